"""The oracle tells apart what JSON tells apart, whatever it remembers of other documents."""

from typing import Any

import pytest
from oracle.oracle import Oracle

LARGE = 3 * 10**287  # which no other test remembers

VERDICTS: dict[str, tuple[dict[str, Any], list[tuple[Any, bool]]]] = {
    "1 and true are two values": (
        {"const": 1},
        [(1, True), (1.0, True), (True, False)],
    ),
    "1 and true are two members": (
        {"enum": [1, "a"]},
        [(1, True), (True, False)],
    ),
    "1 and true are two items": (
        {"uniqueItems": True},
        [([1, True], True), ([1, 1.0], False), ([[1], [True]], True)],
    ),
    "large numbers are the decimals that are written": (
        {"uniqueItems": True},
        [([3e287, LARGE], False), ([3e287, 3e286], True), ([LARGE, LARGE + 1], True)],
    ),
    "a refused value is not remembered as accepted": (
        {"properties": {"a": {"type": "integer"}}},
        [({"a": 1}, True), ({"a": "x"}, False), ({"a": "x"}, False), ({"a": 1}, True)],
    ),
}


@pytest.mark.parametrize("name", VERDICTS)
def test_each_verdict_is_that_of_json(name: str) -> None:
    schema, verdicts = VERDICTS[name]
    oracle = Oracle(schema)
    assert [not oracle.faults_of(it) for it, _ in verdicts] == [it for _, it in verdicts]


def test_the_fault_of_a_union_is_that_of_the_branch_of_the_type() -> None:
    branches = [
        {"type": "string", "minLength": 3},
        {"type": "integer", "minimum": 3},
        {"allOf": [{"type": ["boolean", "null"]}], "const": True},
    ]
    oracle = Oracle({"anyOf": branches})
    keywords = {
        "a": "/anyOf/0/minLength",
        1: "/anyOf/1/minimum",
        2.0: "/anyOf/1/minimum",
        2.5: "/anyOf",
        False: "/anyOf/2/const",
        None: "/anyOf",
    }
    for instance, keyword in [*keywords.items(), *reversed(keywords.items())]:
        assert {it.keyword for it in oracle.faults_of(instance)} == {keyword}, instance

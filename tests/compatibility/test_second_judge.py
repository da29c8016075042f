"""jsonschema-rs, which proves inclusion in its own way, agrees with the verdicts."""

from typing import Any

import jsonschema_rs
import pytest

from tests.zoo.changes import CHANGES, SCHEMA

pytestmark = pytest.mark.toolchain

CONTAINMENT = jsonschema_rs.canonical.Containment
# Edits on which the second judge does not know one direction.
UNKNOWN = {
    "a format that asserts nothing": "narrows",
    "multiples": "narrows",
    "number for integer": "widens",
    "closed": "narrows",
    "closed within": "narrows",
    "closed by unevaluatedProperties": "narrows",
    "strangers typed": "narrows",
    "map typed": "narrows",
    "names of a map": "narrows",
    "patterns of names": "narrows",
}


def covers(greater: Any, smaller: Any) -> Any:
    """Whether jsonschema-rs proves that ``greater`` accepts whatever ``smaller`` accepts."""
    forms = [
        jsonschema_rs.canonicalize(without_draft(it), validate_formats=True)
        for it in (greater, smaller)
    ]
    return forms[0].covers(forms[1])


def without_draft(schema: Any) -> Any:
    """The second judge compares schemas of one draft; no edit uses words of an older one."""
    return {word: it for word, it in schema.items() if word != "$schema"}


@pytest.mark.parametrize("label", CHANGES)
def test_the_second_judge_agrees(label: str) -> None:
    change = CHANGES[label]
    answers = {"widens": covers(SCHEMA, change.schema), "narrows": covers(change.schema, SCHEMA)}
    unknown = {it for it, answer in answers.items() if answer == CONTAINMENT.UNKNOWN}
    denied = {it for it, answer in answers.items() if answer == CONTAINMENT.NO}
    expected = {it for it in answers if change.verdict in (it, "crosses")}
    assert unknown == ({UNKNOWN[label]} if label in UNKNOWN else set())
    assert denied == expected - unknown


def test_every_unknown_is_of_an_edit() -> None:
    assert UNKNOWN.keys() <= CHANGES.keys()

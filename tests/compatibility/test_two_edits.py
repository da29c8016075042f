"""Where two edits meet, a document is found that neither has at its boundary."""

import json
from typing import Any

import pytest
from compatibility.report import Report
from compatibility.revisions import build_revision
from contract.subschemas import Schema

pytestmark = pytest.mark.toolchain

ITEM: Schema = {
    "type": "object",
    "properties": {"count": {"type": "integer", "minimum": 1}},
    "required": ["count"],
}
BOUNDS: dict[str, tuple[Schema, Schema]] = {
    "minimum": ({"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 2}),
    "minimum of zero": ({"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}),
    "maximum": ({"type": "integer", "maximum": 9}, {"type": "integer", "maximum": 8}),
    "minItems of objects": (
        {"type": "array", "items": ITEM, "minItems": 1},
        {"type": "array", "items": ITEM, "minItems": 2},
    ),
    "a bound within": (
        {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}},
        {"type": "object", "properties": {"n": {"type": "integer", "minimum": 2}}},
    ),
}


def message(bound: Schema, **others: Schema) -> Schema:
    return {"type": "object", "properties": {"l": bound, **others}, "required": ["l"]}


def verdict(old: Any, new: Any) -> str:
    before, after = (
        build_revision("1.0.0", None, {"m/Message.json": json.dumps(it).encode()})
        for it in (old, new)
    )
    (comparison,) = Report(before, after, strict=False, judged=True).comparisons
    return comparison.verdict


@pytest.mark.parametrize("name", BOUNDS)
def test_a_bound_is_tightened_and_a_member_removed(name: str) -> None:
    loose, tight = BOUNDS[name]
    note: Schema = {"type": "string", "maxLength": 3}
    assert verdict(message(loose, note=note), message(tight)) == "crosses"
    assert verdict(message(tight), message(loose, note=note)) == "crosses"

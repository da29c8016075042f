"""What a file of definitions changes, the messages that need it tell; it is no message itself."""

import json
from typing import Any

import pytest
from compatibility.report import Report
from compatibility.revisions import Revision, build_revision

pytestmark = pytest.mark.toolchain

SHORT, LONG = ({"type": "string", "maxLength": it} for it in (3, 5))
TYPES, ORDER = "common/Types.json", "shop/Order.json"


def contract_with(definitions: Any, reference: str = "Code") -> dict[str, Any]:
    price = {"$ref": f"../common/Types.json#/$defs/{reference}"}
    return {TYPES: {"$defs": definitions}, ORDER: {"properties": {"price": price}}}


def revision(files: dict[str, Any], version: str) -> Revision:
    sources = {it: json.dumps(schema).encode() for it, schema in files.items()}
    return build_revision(version, version, sources)


def verdicts(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """The verdict and the version that each message asks for."""
    report = Report(revision(old, "1.0.0"), revision(new, "2.0.0"), strict=False, judged=True)
    return {it.message: (it.verdict, it.bump) for it in report.comparisons}


BEFORE = contract_with({"Code": SHORT, "Other": SHORT})


def test_an_edit_is_that_of_the_message_that_needs_the_definition() -> None:
    assert verdicts(BEFORE, contract_with({"Code": LONG, "Other": SHORT})) == {
        "common/Types": ("same", "patch"),
        "shop/Order": ("widens", "major"),
    }


def test_an_edit_that_no_message_needs_asks_for_a_patch_version() -> None:
    assert verdicts(BEFORE, contract_with({"Code": SHORT, "Other": LONG})) == {
        "common/Types": ("same", "patch"),
        "shop/Order": ("same", "none"),
    }


def test_equal_files_ask_for_no_version() -> None:
    assert set(verdicts(BEFORE, BEFORE).values()) == {("same", "none")}


def test_a_file_of_definitions_comes_and_goes_without_a_word() -> None:
    inline: dict[str, Any] = {ORDER: {"properties": {"price": {"$ref": "#/$defs/Code"}}}}
    inline[ORDER]["$defs"] = {"Code": SHORT}
    for sides in ((BEFORE, inline), (inline, BEFORE)):
        assert verdicts(*sides)["common/Types"] == ("same", "patch")


def test_a_file_to_which_nobody_refers_any_more_is_a_new_message() -> None:
    alone = {TYPES: BEFORE[TYPES], ORDER: {"properties": {"price": SHORT}}}
    assert verdicts(BEFORE, alone)["common/Types"] == ("widens", "minor")

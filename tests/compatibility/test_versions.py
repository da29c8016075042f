"""Messages that come, go and move, and the version that a report asks for."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from compat import main
from compatibility.report import Report, next_version
from compatibility.revisions import Revision, build_revision
from compatibility.show import as_text
from contract.settings import Resource, Settings

from tests.zoo.changes import CHANGES, SOURCE
from tests.zoo.comparing import MESSAGE, as_source, tuple_of
from tests.zoo.first_contract import FILE
from tests.zoo.small_schemas import TEXT, WHOLE, members

pytestmark = pytest.mark.toolchain

OTHER = "operations/Other.json"


def report(old: dict[str, bytes], new: dict[str, bytes]) -> Report:
    return Report(
        build_revision("1.0.0", "1.0.0", old), build_revision("2.0.0", "2.0.0", new), False, True
    )


def outline(compared: Report) -> list[tuple[str, str, str, list[str]]]:
    return [
        (it.message, it.verdict, it.bump, [jt.effect for jt in it.findings])
        for it in compared.comparisons
    ]


def test_a_new_message_is_a_minor_version() -> None:
    compared = report({FILE: SOURCE}, {FILE: SOURCE, OTHER: b'{"type": "object"}'})
    assert outline(compared) == [
        (MESSAGE, "same", "none", []),
        ("operations/Other", "widens", "minor", ["added"]),
    ]


def test_a_message_that_is_gone_is_a_major_version() -> None:
    compared = report({FILE: SOURCE, OTHER: b'{"type": "object"}'}, {FILE: SOURCE})
    assert outline(compared) == [
        (MESSAGE, "same", "none", []),
        ("operations/Other", "narrows", "major", ["deleted"]),
    ]
    (finding,) = compared.comparisons[1].findings
    assert (finding.breaks, finding.witness) == ("writers", {})


def test_a_message_of_another_name_is_told_as_renamed() -> None:
    renamed = SOURCE.replace(b'"title": "CloseChatSessionResponse"', b'"title": "Other"')
    compared = report({FILE: SOURCE}, {OTHER: renamed})
    assert outline(compared) == [(MESSAGE, "same", "major", ["renamed"])]
    assert compared.comparisons[0].findings[0].new == "operations/Other"


def test_a_change_in_another_file_changes_those_that_refer_to_it() -> None:
    page = as_source({"type": "object", "properties": {"price": {"$ref": "Money.json"}}})
    money = [as_source({"type": "integer", "minimum": it}) for it in (0, 1)]
    files = [{"shop/Page.json": page, "shop/Money.json": it} for it in money]
    assert outline(report(*files)) == [
        ("shop/Money", "narrows", "major", ["narrows"]),
        ("shop/Page", "narrows", "major", ["narrows"]),
    ]


def test_a_renamed_message_that_was_edited_is_no_renamed_one() -> None:
    old, new = (as_source(members(l=tuple_of(9, **it))) for it in ({}, {"uniqueItems": True}))
    assert [it[1:] for it in outline(report({"m/Old.json": old}, {"m/New.json": new}))] == [
        ("widens", "minor", ["added"]),
        ("narrows", "major", ["deleted"]),
    ]


def test_of_many_messages_those_that_changed_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for side in ("old", "new"):
        (tmp_path / side / "m").mkdir(parents=True)
        for index in range(12):
            edited = side == "new" and index == 5
            schema = members(a=TEXT, **({} if edited else {"b": WHOLE}))
            (tmp_path / side / f"m/Message{index}.json").write_bytes(as_source(schema))
    assert main([str(tmp_path / "old"), str(tmp_path / "new")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [it for it in lines if not it.startswith("  ")][1:] == [
        "m/Message5: widens, asks for a major version",
        "m/Message0, m/Message1, m/Message10 and 8 others: same",
        "asks for a major version",
    ]
    assert "  Message5.b: removed int | MISSING" in lines


@pytest.mark.parametrize(
    ("version", "bump", "needed"),
    [
        ("1.2.3", "none", "1.2.3"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "major", "2.0.0"),
        ("0.2.3", "major", "0.3.0"),
        ("0.2.3", "minor", "0.3.0"),
        ("0.2.3", "patch", "0.2.4"),
        ("1.2", "patch", "1.2.1"),
    ],
)
def test_the_next_version(version: str, bump: str, needed: str) -> None:
    assert next_version(version, bump) == needed


@pytest.mark.parametrize(
    ("label", "version", "fails"),
    [
        ("enum member", "1.0.0", True),
        ("enum member", "1.9.9", True),
        ("enum member", "2.0.0", False),
        ("optional property", "1.0.1", True),
        ("optional property", "1.1.0", False),
        ("description", "1.0.0", True),
        ("description", "1.0.1", False),
    ],
)
def test_a_version_that_understates_fails(label: str, version: str, fails: bool) -> None:
    old = build_revision("v1.0.0", "1.0.0", {FILE: SOURCE})
    new = build_revision("new", version, {FILE: as_source(CHANGES[label].schema)})
    assert Report(old, new, False, True).is_failing is fails


def test_before_the_first_major_version_a_minor_version_breaks() -> None:
    """Semantic Versioning 2.0.0, section 4: the version that is asked for is the one needed."""
    schemas = [{"shop/A.json": as_source({"enum": it})} for it in (["a"], ["a", "b"])]
    for old, asks in (("0.9.0", "a minor version, which may break"), ("1.9.0", "a major version")):
        report = Report(
            build_revision("a", old, schemas[0]), build_revision("b", old, schemas[1]), False, True
        )
        assert f"shop/A: widens, asks for {asks}" in as_text([report])
        assert ("a major version" in as_text([report])) is (report.needed_version == "2.0.0")


READ_OTHERWISE: dict[str, Any] = {
    "formats": {"formats": "annotate"},
    "dialect": {"dialect": "http://json-schema.org/draft-04/schema#"},
    "resources": {"resources": {"urn:x": Resource("x.json", b'{"maxLength": 3}')}},
}


@pytest.mark.parametrize("setting", READ_OTHERWISE)
def test_an_equal_file_that_is_read_otherwise_is_compared(setting: str) -> None:
    """In draft-04 ``uuid`` is no format, and 1.0 is no integer."""
    members = {"a": {"type": "string", "format": "uuid"}, "b": {"$ref": "urn:x"}}
    files = {"shop/A.json": as_source({"type": "object", "properties": members})}
    resources = {"urn:x": Resource("x.json", b'{"maxLength": 2}')}
    settings = Settings(resources=resources)
    old = build_revision("a", "1.0.0", files, settings)
    new = build_revision("b", "1.0.0", files, replace(settings, **READ_OTHERWISE[setting]))
    (comparison,) = Report(old, new, False, True).comparisons
    assert (comparison.verdict, comparison.bump) == ("widens", "major")


def test_words_in_a_shared_file_change_only_the_messages_that_show_them() -> None:
    types = {name: {"type": "string", "description": "old"} for name in ("Seen", "Other")}
    message = {"type": "object", "properties": {"a": {"$ref": "Types.json#/$defs/Seen"}}}

    def revision_of(edited: str) -> Revision:
        words = {**types, edited: {"type": "string", "description": "new"}}
        files = {"Order": message, "Types": {"$defs": words}}
        return build_revision("r", None, {f"shop/{it}.json": as_source(files[it]) for it in files})

    for edited, bumps in (("Seen", ["patch", "patch"]), ("Other", ["none", "patch"])):
        report = Report(revision_of(""), revision_of(edited), False, True)
        assert [it.bump for it in report.comparisons] == bumps

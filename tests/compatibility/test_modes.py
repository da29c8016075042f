"""A mode, in the words of schema registries, says whom a message may break in no version."""

import json
from datetime import date
from functools import cache
from typing import Any

import pytest
from compatibility.formats import FORMATTERS, as_json
from compatibility.modes import PROTECTED, mode_of
from compatibility.report import Report, settings_faults
from compatibility.revisions import Revision, build_revision
from compatibility.show import as_text
from contract.refusal import Refused
from contract.settings import COMPATIBILITY_MODES, AcceptedBreak, Settings, read_settings

pytestmark = pytest.mark.toolchain

TODAY = date(2026, 6, 1)
COUNT: Any = {"type": "object", "properties": {"n": {"type": "integer", "maximum": 100}}}


def with_count(**words: Any) -> Any:
    member = {**COUNT["properties"]["n"], **words}
    return {**COUNT, "properties": {"n": member}}


SCHEMAS: dict[str, Any] = {
    "widens": with_count(maximum=200),
    "narrows": with_count(maximum=50),
    "crosses": with_count(maximum=200, minimum=0),
    "mild": {**COUNT, "properties": {**COUNT["properties"], "note": {"type": "string"}}},
    "code": {**COUNT, "properties": {"n": {**COUNT["properties"]["n"], "default": 1}}},
}
FILE = "shop/Order.json"


def revision(schema: Any, version: str | None, settings: Settings = Settings()) -> Revision:  # noqa: B008 - it is frozen
    sources = {"shop/Other.json": b'{"type": "null"}'}
    if schema is not None:
        sources[FILE] = json.dumps(schema).encode()
    return build_revision(version or "f", version, dict(sorted(sources.items())), settings)


FIRST = revision(COUNT, "1.0.0")


@cache
def report(
    label: str,
    mode: str,
    version: str = "2.0.0",
    *entries: AcceptedBreak,
    strict: bool = False,
    pattern: str = "*",
) -> Report:
    settings = Settings(accepted=entries, compatibility={pattern: mode})
    new = revision(SCHEMAS.get(label), version, settings)
    return Report(FIRST, new, strict, True, TODAY)


FORBIDDEN = {
    "backward": {"narrows", "crosses", "gone"},
    "forward": {"widens", "crosses"},
    "full": {"widens", "narrows", "crosses", "gone"},
    "none": set[str](),
}


def test_every_mode_is_a_setting() -> None:
    assert FORBIDDEN.keys() == PROTECTED.keys() == {*COMPATIBILITY_MODES}


@pytest.mark.parametrize("mode", FORBIDDEN)
@pytest.mark.parametrize("label", [*SCHEMAS, "gone"])
@pytest.mark.one_in(2)
def test_what_a_mode_forbids_no_version_allows(mode: str, label: str) -> None:
    found = report(label, mode)
    assert found.is_forbidden is (label in FORBIDDEN[mode])
    assert found.is_failing is found.is_forbidden


@pytest.mark.parametrize("mode", FORBIDDEN)
@pytest.mark.parametrize("label", ["widens", "narrows", "crosses"])
@pytest.mark.one_in(2)
def test_for_what_a_mode_allows_a_minor_version_is_enough(mode: str, label: str) -> None:
    if label in FORBIDDEN[mode]:
        assert report(label, mode).bump == "major"
    else:
        found = report(label, mode, "1.1.0")
        assert (found.bump, found.is_failing) == ("minor", False)
        assert report(label, mode, "1.0.1").is_failing


def test_python_code_is_judged_by_the_version_in_every_mode() -> None:
    renamed = revision(None, "1.9.0", Settings(compatibility={"*": "none"}))
    gone = Report(revision(COUNT, "1.0.0"), renamed, False, True, TODAY)
    assert (gone.bump, gone.is_understated, gone.is_forbidden) == ("major", True, False)


def test_a_mild_break_is_forbidden_only_where_it_is_taken_for_what_it_is() -> None:
    assert not report("mild", "backward").is_failing
    assert report("mild", "backward", strict=True).is_forbidden


def test_a_break_that_a_mode_forbids_can_be_accepted() -> None:
    (comparison, _) = report("narrows", "backward").comparisons
    name = comparison.findings[0].fingerprint
    entry = AcceptedBreak(name, "nobody sends more", TODAY)
    found = report("narrows", "backward", "1.1.0", entry)
    assert (found.bump, found.is_failing) == ("minor", False)


# Too many states: nothing proves that both patterns match the same.
HARD = "^[a-z][0-9]{0,4000}[0-9a-z]$"


def hard(pattern: str) -> Any:
    return {"type": "object", "properties": {"n": {"type": "string", "pattern": pattern}}}


def test_what_is_undecided_fails_only_if_the_mode_protects_who_may_break() -> None:
    for mode, fails in (("none", False), ("full", True), ("backward", True), ("forward", True)):
        settings = Settings(compatibility={"*": mode})
        old = revision(hard(HARD), "1.0.0")
        new = revision(hard(f"{HARD}(?:)"), "1.1.0", settings)
        found = Report(old, new, False, True, TODAY)
        assert {it.effect for it in found.comparisons[0].findings} == {"undecided"}
        assert found.is_failing is fails, mode
        assert {it.may_break for it in found.comparisons[0].findings} == {"readers", "writers"}


def test_what_may_break_readers_alone_is_allowed_where_only_writers_are_protected() -> None:
    """That the second pattern matches more is neither proven nor seen."""
    either = {"anyOf": [{"pattern": HARD}, {"pattern": f"{HARD}(?:)"}]}
    wider = {"type": "object", "properties": {"n": {"type": "string", **either}}}
    for mode, fails in (("backward", False), ("forward", True)):
        new = revision(wider, "1.1.0", Settings(compatibility={"*": mode}))
        found = Report(revision(hard(HARD), "1.0.0"), new, False, True, TODAY)
        assert {it.may_break for it in found.comparisons[0].findings} == {"readers"}
        assert found.is_failing is fails, mode


def test_a_report_names_the_mode_that_forbids_and_the_one_that_allows() -> None:
    crossing = report("crosses", "backward")
    text = as_text([crossing])
    assert 'compatibility = "backward" forbids this in any version' in text
    assert 'compatibility = "backward" allows this' in text
    assert text.splitlines()[-1].startswith("no version allows what is forbidden above: undo it")
    shown = json.loads(as_json([crossing]))["contracts"][0]["findings"]
    assert {it["effect"]: (it["forbidden"], it["allowed"]) for it in shown} == {
        "narrows": ('compatibility = "backward"', None),
        "widens": (None, 'compatibility = "backward"'),
    }
    levels = [line.split(" ")[0] for line in FORMATTERS["github"]([crossing], []).splitlines()]
    assert sorted(levels) == ["::error", "::notice"]


# Which messages.


def test_the_closest_pattern_counts() -> None:
    modes = {"*": "none", "shop/*": "backward", "shop/Order": "full", "shop/Order*": "forward"}
    expected = {"shop/Order": "full", "shop/Orders": "forward", "shop/A": "backward", "a/B": "none"}
    assert {it: mode_of(it, modes) for it in expected} == expected
    assert mode_of("a/B", {"shop/*": "full"}) is None
    assert mode_of("shop/Order", {"shop/order": "full"}) is None


def test_a_pattern_that_fits_no_message_is_named() -> None:
    found = report("widens", "full", pattern="shop/Ordr")
    assert not found.is_forbidden
    (fault,) = settings_faults(found.new, [found], TODAY)
    assert str(fault) == (
        "pyproject.toml: [tool.contract.compatibility] 'shop/Ordr' fits no message;"
        " write one like shop/Order"
    )
    gone = report("gone", "full", pattern="shop/Order")
    assert settings_faults(gone.new, [gone], TODAY) == [], "it fits the message that is gone"


# What pyproject.toml says.


def read(compatibility: Any) -> Any:
    members = {"tool": {"contract": {"compatibility": compatibility}}}
    return read_settings(members, str.encode).compatibility


def test_one_mode_is_for_all_messages_and_a_table_for_some() -> None:
    assert read("full") == {"*": "full"}
    assert read({"shop/*": "none"}) == {"shop/*": "none"}


@pytest.mark.parametrize("value", ["BACKWARD", "backwards", "", 1, ["full"], {"shop/*": "all"}])
def test_what_is_no_mode_is_refused_with_the_modes(value: Any) -> None:
    with pytest.raises(Refused, match=r'compatibility .*; write one of "backward", "forward"'):
        read(value)

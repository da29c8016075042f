"""The official JSON-Schema-Test-Suite: what is taken is exact, what is not says why and what to
write instead."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase

import pytest

from tests.zoo.suite import LINE, OTHERWISE, Outcome, cases, reason, run

pytestmark = [pytest.mark.dialect, pytest.mark.xdist_group("suite")]

REQUIRED_EXACT = 0.904  # at least, of the trials of the required part
ALL_EXACT = 0.85  # at least, of the trials of all parts

# What jsonschema 4.26.0 carries; fewer would prove less.
TRIALS = {"required": 1257, "optional": 158, "format": 491}
# How many trials are refused for which reason (``*`` stands for any text).
NOTHING = "names nothing under schemas/, and nothing is fetched; add it there or correct*"
REFUSED: dict[str, int] = {
    "'*hostname' has no definition that implementations agree on; write a pattern, *": 104,
    "'idn-email' has no definition that implementations agree on; write a pattern, *": 17,
    "'regex' has no definition that implementations agree on; write a pattern, *": 16,
    "'dependencies' was split in two; write dependentRequired or dependentSchemas": 36,
    "'*' is no keyword of this draft that models can keep; *": 7,  # as each test calls it
    "the dialect is JSON Schema 2020-12, 2019-09 or draft-07; name one of them": 9,
    "Pydantic follows a $ref in it; leave it out": 3,
    "'#/examples/0' is no schema; refer to one": 2,
    f"'https://json-schema.org/draft/2020-12/schema' {NOTHING}": 4,
    f"'*.json*' {NOTHING}": 45,  # served by the suite
    "'*' means another schema by where it is reached from; write a $ref": 23,
}


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return list(run(cases()))


def test_the_whole_suite_is_run(outcomes: list[Outcome]) -> None:
    assert Counter(it.case.part for it in outcomes) == TRIALS


def test_no_verdict_is_wrong(outcomes: list[Outcome]) -> None:
    """At neither entry point, and what was accepted is written as it was read."""
    found = [it for it in outcomes if it.kind == "wrong"]
    wrong = [f"{it}, {entry}: {fault}" for it in found for entry, fault in it.wrong.items()]
    assert not wrong, "\n".join([f"{len(found)} trials are wrong", *wrong])


def test_most_of_the_suite_is_exact(
    outcomes: list[Outcome],
    record_property: Callable[[str, str], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    kinds = Counter(it.kind for it in outcomes)
    numbers = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
    record_property("official suite, draft 2020-12", numbers)
    with capsys.disabled():
        print("", *table(outcomes), sep="\n")
    assert share(it for it in outcomes if it.case.part == "required") >= REQUIRED_EXACT
    assert share(outcomes) >= ALL_EXACT


def share(outcomes: Iterable[Outcome]) -> float:
    """The part of the trials that are exact."""
    kinds = Counter(it.kind for it in outcomes)
    return kinds["exact"] / kinds.total()


OLDER = {"draft2019-09": (0.83, 1864), "draft7": (0.87, 1465)}


@pytest.mark.full
@pytest.mark.parametrize("draft", OLDER)
def test_older_drafts_are_exact_by_their_own_rules(
    draft: str, capsys: pytest.CaptureFixture[str]
) -> None:
    least, number = OLDER[draft]
    found = list(run(cases(draft)))
    with capsys.disabled():
        print("", counted(draft, found), sep="\n")
    assert [f"{it}: {it.wrong}" for it in found if it.kind == "wrong"] == []
    assert len(found) == number
    assert share(found) >= least


def test_the_contract_says_otherwise_by_name_alone(outcomes: list[Outcome]) -> None:
    """Each such name stands for a trial of the suite, and the models do what the reason says."""
    for name in OTHERWISE:
        found = [it for it in outcomes if fnmatchcase(str(it), name)]
        assert found or name.startswith("optional/content"), name  # of draft-07
        assert [str(it) for it in found if not it.refusal and not it.wrong] == [], name


def test_every_refusal_has_a_place_and_a_cure(outcomes: list[Outcome]) -> None:
    lines = {line for it in outcomes for line in (it.refusal or "").splitlines()}
    assert sorted(line for line in lines if not LINE.fullmatch(line)) == []


def test_refusals_are_for_named_reasons_only(outcomes: list[Outcome]) -> None:
    """A new kind of refusal shows up under its own words, a lost one as a missing name."""
    counts = Counter(named(it.refusal) for it in outcomes if it.refusal)
    assert counts == REFUSED, json.dumps(dict(counts.most_common()), indent=4)


def named(refusal: str) -> str:
    """The name of its reason, or its own words where it has none."""
    words = reason(refusal)
    found = (name for name in REFUSED if fnmatchcase(words, name))
    return words if words in REFUSED else next(found, words)


def table(outcomes: list[Outcome]) -> Iterator[str]:
    """What became of the trials of each file of the suite, and of each part of it."""
    yield " | ".join([row("file", "tests", "exact", "refused")] * 2)
    files = list(dict.fromkeys(it.case.file for it in outcomes))
    cells = [counted(file, [it for it in outcomes if it.case.file == file]) for file in files]
    half = -(-len(cells) // 2)
    yield from map(" | ".join, zip(cells[:half], [*cells[half:], ""], strict=False))
    for part in TRIALS:
        yield counted(f"all {part}", [it for it in outcomes if it.case.part == part])
    yield counted("all", outcomes)


def counted(name: str, outcomes: list[Outcome]) -> str:
    kinds = Counter(it.kind for it in outcomes)
    others = [f"{kind} {kinds[kind]}" for kind in ("otherwise", "wrong") if kinds[kind]]
    return row(name, len(outcomes), kinds["exact"], kinds["refused"]) + ", ".join(others)


def row(name: str, *numbers: object) -> str:
    return f"{name:<36}" + "".join(f"{number:>8}" for number in numbers)

"""The official JSON-Schema-Test-Suite: what is taken is exact, what is not says why and what to
write instead."""

import fnmatch
import json
from collections import Counter
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import pytest

from tests.zoo.suite import (
    DRAFTS,
    LATEST,
    LINE,
    OTHERWISE,
    Case,
    cases,
    otherwise,
    reason,
    refusal_of,
    run,
)

pytestmark = pytest.mark.dialect

# What jsonschema 4.26.0 carries; fewer would prove less. Then the least share that is exact.
TRIALS = {
    "draft2020-12": (1906, 0.974),
    "draft2019-09": (1864, 0.976),
    "draft7": (1465, 0.995),
    "draft6": (1149, 0.997),
    "draft4": (863, 0.996),
}
REQUIRED_EXACT = 0.993  # at least, of the required part of the latest draft
# How many trials are refused for which reason (``*`` stands for any text).
REFUSED: dict[str, int] = {
    "'dependencies' was split in two; write dependentRequired or dependentSchemas": 36,
    "the dialect is JSON Schema 2020-12, 2019-09, draft-07, draft-06 or draft-04; write *": 9,
    "Pydantic follows a $ref in it; leave it out": 3,
}


SUITES = {draft: cases(draft) for draft in DRAFTS}


@cache
def refusals(draft: str) -> list[tuple[Case, str | None]]:
    """Each case with why it is refused, if it is."""
    return [(case, refusal_of(case)) for case in SUITES[draft]]


ALL_CASES = [case for suite in SUITES.values() for case in suite]


def tried() -> Iterator[Any]:
    """Every file of each draft; by default of older drafts one case of a file."""
    for draft, suite in SUITES.items():
        for file in dict.fromkeys(case.file for case in suite):
            whole = [case for case in suite if case.file == file]
            one = [max(whole, key=lambda it: len(it.trials))]
            if draft != LATEST:
                yield pytest.param(draft, file, one, id=f"{draft}-{file}-one")
            marks = [pytest.mark.full] if draft != LATEST else []
            yield pytest.param(draft, file, whole, id=f"{draft}-{file}", marks=marks)


@pytest.mark.parametrize(("draft", "file", "suite"), [*tried()])
@pytest.mark.one_in(20)
def test_no_verdict_is_wrong(
    draft: str, file: str, suite: list[Case], record_property: Callable[[str, int], None]
) -> None:
    """At neither entry point, and what was accepted is written as it was read; where the contract
    says otherwise, the models do so too."""
    found = [*run(suite)]
    kinds = Counter(it.kind for it in found)
    record_property(f"official suite, {draft}: exact verdicts", kinds["exact"])
    assert [f"{it}: {it.wrong}" for it in found if it.kind == "wrong"] == []
    assert [str(it) for it in found if it.kind == "otherwise" and not it.wrong] == []


def test_each_file_of_each_draft_is_tried_by_default() -> None:
    every = [*tried()]
    assert {it.values[:2] for it in every if not it.marks} == {it.values[:2] for it in every}


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_whole_suite_is_there_and_most_of_it_is_taken(draft: str) -> None:
    number, least = TRIALS[draft]
    assert sum(len(case.trials) for case in SUITES[draft]) == number
    assert share_taken(refusals(draft)) >= least


def test_most_of_the_required_part_is_taken() -> None:
    required = [(case, refusal) for case, refusal in refusals(LATEST) if case.part == "required"]
    assert share_taken(required) >= REQUIRED_EXACT


def share_taken(suite: list[tuple[Case, str | None]]) -> float:
    """The part of the trials that is neither refused nor judged otherwise: what is exact."""
    exact = [
        trial
        for case, refusal in suite
        for trial in case.trials
        if not refusal and not otherwise(case, trial)
    ]
    return len(exact) / sum(len(case.trials) for case, _ in suite)


def test_each_name_of_what_the_contract_says_otherwise_is_of_a_trial() -> None:
    names = [f"{case}: {it.description}" for case in ALL_CASES for it in case.trials]
    assert [name for name in OTHERWISE if not fnmatch.filter(names, name)] == []


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_refusal_has_a_place_and_a_cure(draft: str) -> None:
    lines = {line for _, refusal in refusals(draft) for line in (refusal or "").splitlines()}
    assert sorted(line for line in lines if not LINE.fullmatch(line)) == []


def test_refusals_are_for_named_reasons_only() -> None:
    """A new kind of refusal shows up under its own words, a lost one as a missing name."""
    counts = Counter[str]()
    for case, refusal in refusals(LATEST):
        if refusal:
            counts[named(refusal)] += len(case.trials)
    assert counts == REFUSED, json.dumps(dict(counts.most_common()), indent=4)


def named(refusal: str) -> str:
    """The name of its reason, or its own words where it has none."""
    words = reason(refusal)
    found = (name for name in REFUSED if fnmatchcase(words, name))
    return words if words in REFUSED else next(found, words)

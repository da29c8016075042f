"""The kit for consumers' tests: what it draws reaches every keyword, and the schema agrees."""

import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from contract.json_values import is_array, is_object
from contract.project import ROOT
from documents.boundary import Document
from generate import render
from hypothesis import find, given, seed, settings
from hypothesis import strategies as st
from oracle.oracle import Oracle
from proof.sandbox import imported_package
from pydantic import BaseModel

from tests.zoo.first_contract import FILE, FILES, IMPORTS, PACKAGE, models, testing
from tests.zoo.judging import disagreements
from tests.zoo.keywords import KEYWORDS
from tests.zoo.messages import CLOSE_CHAT
from tests.zoo.reach import assertions, sole_reasons
from tests.zoo.small_schemas import contract_of

CloseChatSessionResponse = models.CloseChatSessionResponse
# Strings, numbers, arrays, objects, branches and references, beside the first contract's.
KINDS = [
    *("multiple-and-bounds", "lengths", "pattern-of-digits", "format-date-time", "unique-items"),
    *("contains", "prefix-items-fixed", "pattern-properties-closed", "map-sized", "one-of-tagged"),
    *("dependent-required", "not-a-range", "if-then", "recursive-list", "enum-of-kinds"),
]
SCHEMAS: dict[str, Any] = {**KEYWORDS, "always": {}}
MESSAGE = "kit.Message"


class Drawn(NamedTuple):
    """What the kit drew for a message."""

    documents: list[Any]
    near_misses: list[Any]


@pytest.fixture(scope="module")
def kit_of() -> Iterator[Callable[[str], Any]]:
    """The kit that comes along with a package of one other message, a schema of KEYWORDS."""
    with ExitStack() as packages:

        @cache
        def kit(kind: str) -> Any:
            files = render(contract_of(kit_Message=SCHEMAS[kind])).files
            package = packages.enter_context(imported_package(files))
            return importlib.import_module(f"{package}.testing")

        yield kit


@pytest.fixture(scope="module")
def of_kind(kit_of: Callable[[str], Any]) -> Callable[[str], Drawn]:
    @cache
    def draw(kind: str) -> Drawn:
        kit = kit_of(kind)
        return Drawn(draws(kit.documents(MESSAGE), 30), draws(kit.near_misses(MESSAGE), 40, 3))

    return draw


STARTS = 24  # as many reach every keyword


@pytest.fixture(
    scope="module",
    params=[pytest.param(4, id="few"), pytest.param(STARTS, id="all", marks=pytest.mark.full)],
)
def of_close_chat(request: pytest.FixtureRequest) -> Drawn:
    model, times = CloseChatSessionResponse, request.param
    near_misses = draws(testing.near_misses(model), 50, times)
    return Drawn(draws(testing.documents(model), 60, min(times, 4)), near_misses)


def draws(strategy: st.SearchStrategy[Any], number: int, times: int = 1) -> list[Any]:
    """The same each time. What Hypothesis draws first varies most: more by starting again."""
    found: list[Any] = []
    for start in range(times):

        @seed(start)
        @settings(max_examples=number, deadline=None, database=None)
        @given(strategy)
        def draw(it: Any) -> None:
            found.append(it)

        draw()
    return found


def distinct(documents: list[Any]) -> int:
    return len({json.dumps(it, sort_keys=True) for it in documents})


def refused(near_misses: list[Any]) -> list[Any]:
    return [it.document for it in near_misses]


def faults(model: type[BaseModel], oracle: Oracle, drawn: Drawn) -> list[str]:
    """Where model, schema and kit do not agree on a verdict."""
    documents = [Document("drawn", it) for it in drawn.documents]
    documents += [Document("missed", it) for it in refused(drawn.near_misses)]
    wrong = [it.name for it in documents if oracle.accepts(it.instance) != (it.name == "drawn")]
    return [*wrong, *disagreements(model, oracle, documents)]


COLD = f"""\
from pathlib import Path
from {PACKAGE}.testing import documents, models, near_misses
strategy = {{}}("operations.CloseChatSessionResponse")
table = Path(".hypothesis/unicode_data")
print(table.exists())
strategy.validate()
print(table.exists())
"""


@pytest.mark.parametrize("kind", ["documents", "near_misses", "models"])
@pytest.mark.one_in(3)
def test_a_machine_that_draws_for_the_first_time_makes_the_table_of_unicode_before(
    kind: str, tmp_path: Path
) -> None:
    """Hypothesis limits the time of the first draws, and a CI service draws for the first time."""
    kept = {it: os.environ[it] for it in os.environ if it != "HYPOTHESIS_STORAGE_DIRECTORY"}
    done = subprocess.run(
        [sys.executable, "-c", COLD.format(kind)],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": str(IMPORTS)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.full
def test_draws_reach_far(of_close_chat: Drawn) -> None:
    documents, near_misses = of_close_chat
    assert distinct(documents) >= 100
    assert distinct(refused(near_misses)) >= len(near_misses) / 6
    payloads = [it["payload"] for it in documents]
    definitions = CLOSE_CHAT.schema["$defs"]
    for schema, found in (
        (CLOSE_CHAT.schema, documents),
        (definitions["ChatSessionClosedPayload"], payloads),
    ):
        for name in schema["properties"]:
            assert distinct([it[name] for it in found if name in it]) >= 2, name
            assert (name in schema["required"]) == all(name in it for it in found), name
        assert len({name for it in found for name in it} - set(schema["properties"])) >= 5
    assert {it["status"] for it in documents} == set(definitions["RequestStatus"]["enum"])
    packaged = [json.dumps(it) for it in testing.examples(CloseChatSessionResponse).values()]
    assert sum(json.dumps(it) not in packaged for it in documents) >= 80


def test_near_misses_break_every_keyword_on_its_own(of_close_chat: Drawn) -> None:
    """But for three at most where few are drawn."""
    expected = set(assertions(CLOSE_CHAT.schema, CLOSE_CHAT.schema))
    assert len(expected) == 31
    near_misses = refused(of_close_chat.near_misses)
    missing = expected - sole_reasons(CLOSE_CHAT.oracle, near_misses)
    assert len(missing) <= (0 if len(near_misses) >= 50 * STARTS else 3), missing


def test_the_schema_agrees_on_all_that_is_drawn(of_close_chat: Drawn) -> None:
    assert faults(CLOSE_CHAT.model, CLOSE_CHAT.oracle, of_close_chat) == []


def test_a_near_miss_has_the_places_that_the_schema_names(of_close_chat: Drawn) -> None:
    for document, pointers in of_close_chat.near_misses:
        assert pointers == sorted({it.instance for it in CLOSE_CHAT.oracle.faults_of(document)})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.one_in(15)
def test_it_does_so_for_other_schemas(
    kind: str, kit_of: Callable[[str], Any], of_kind: Callable[[str], Drawn]
) -> None:
    drawn = of_kind(kind)
    assert distinct(drawn.documents) >= 5
    assert distinct(refused(drawn.near_misses)) >= 5
    model = kit_of(kind).model_class(MESSAGE)
    assert faults(model, Oracle(KEYWORDS[kind]), drawn) == []
    assert all(it.pointers for it in drawn.near_misses)


def words(pointers: set[str]) -> set[str]:
    """The keyword at the end of each, which a name may follow for ``required``."""
    return {re.sub("/required/[^/]*$", "/required", it).split("/")[-1] for it in pointers}


@pytest.mark.full
def test_near_misses_break_the_rarer_keywords_too(of_kind: Callable[[str], Drawn]) -> None:
    expected, broken = set[str](), set[str]()
    for kind in KINDS:
        schema, near_misses = KEYWORDS[kind], of_kind(kind).near_misses
        expected |= words(set(assertions(schema, schema)))
        broken |= words(sole_reasons(Oracle(schema), refused(near_misses)))
    assert len(expected) >= 18
    assert expected - broken == set()


def test_what_takes_nothing_has_near_misses_alone_and_the_other_way_round(
    kit_of: Callable[[str], Any],
) -> None:
    never = kit_of("never")
    assert never.documents(MESSAGE).is_empty
    assert never.examples(MESSAGE) == {}
    assert all(it.pointers == [""] for it in draws(never.near_misses(MESSAGE), 20))
    always = kit_of("always")
    assert distinct(draws(always.documents(MESSAGE), 50)) >= 10
    assert always.near_misses(MESSAGE).is_empty


def test_models_are_of_the_documents() -> None:
    found = draws(testing.models(CloseChatSessionResponse), 50)
    assert {type(it) for it in found} == {CloseChatSessionResponse}
    written = [json.loads(it.model_dump_json(exclude_unset=True)) for it in found]
    assert distinct(written) >= 10
    assert all(map(CLOSE_CHAT.oracle.accepts, written))


@pytest.mark.full
def test_a_draw_shrinks_to_a_packaged_document() -> None:
    """Or to one with the one change that matters: no stranger, no long string is left."""
    packaged = testing.examples(CloseChatSessionResponse)

    def found(name: str) -> Any:
        quick = settings(database=None, max_examples=500, derandomize=True)
        strategy = testing.documents(CloseChatSessionResponse)
        return find(strategy, lambda it: name in it, settings=quick)

    assert found("payload") == packaged["minimal"]
    for name in ("timestamp", "error", "metadata"):
        least = {**packaged["minimal"], name: found(name)[name]}
        assert found(name) in (least, packaged["complete"])


def test_examples_and_rejected_are_the_packaged_documents() -> None:
    (suite,) = json.loads(FILES[f"pydantic_models/conformance/{FILE}"])
    packaged = suite["tests"]
    taken, missed = testing.examples(CLOSE_CHAT.model), testing.rejected(CLOSE_CHAT.model)
    assert taken == {it["description"]: it["data"] for it in packaged if it["valid"]}
    assert {name: it.document for name, it in missed.items()} == {
        it["description"]: it["data"] for it in packaged if not it["valid"]
    }
    assert all(it.pointers for it in missed.values())
    assert testing.examples(CLOSE_CHAT.name.replace("/", ".")) == taken


def spoil(value: Any) -> None:
    """Empty it and all that is in it."""
    for inner in list(value.values()) if is_object(value) else value if is_array(value) else []:
        spoil(inner)
    if is_object(value) or is_array(value):
        value.clear()


def test_whoever_spoils_a_document_spoils_no_other() -> None:
    def drawn() -> list[Any]:
        packaged = [*testing.examples(CLOSE_CHAT.model).values()]
        missed = draws(testing.near_misses(CLOSE_CHAT.model), 10)
        return [*packaged, *draws(testing.documents(CLOSE_CHAT.model), 10), *refused(missed)]

    before = json.dumps(drawn())
    for document in drawn():
        spoil(document)
    assert json.dumps(drawn()) == before


@pytest.mark.parametrize(
    "message",
    [models.ChatSessionClosedPayload, BaseModel, "operations.Nope", "operations", "os.path"],
)
def test_what_is_no_message_is_named_in_one_line(message: Any) -> None:
    for ask in (testing.examples, testing.rejected, testing.documents, testing.models):
        with pytest.raises(LookupError, match="no message of this package; name one of ") as caught:
            ask(message)
        assert str(caught.value).endswith("name one of operations.CloseChatSessionResponse")


def test_without_hypothesis_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis.strategies", None)
    testing.strategies_for.cache_clear()
    for ask in (testing.documents, testing.near_misses, testing.models):
        with pytest.raises(ModuleNotFoundError) as caught:
            ask(CloseChatSessionResponse)
        assert str(caught.value) == (
            "hypothesis is not installed;"
            " install the extra [testing] of the contract, or hypothesis itself"
        )
    assert testing.examples(CloseChatSessionResponse)
    assert testing.rejected(CloseChatSessionResponse)
    assert "\ntesting = [" in (ROOT / "pyproject.toml").read_text("utf-8")

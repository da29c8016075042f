"""What is proven of two schemas no document denies, and nearly all that is so is proven."""

import json
from collections import Counter
from itertools import combinations
from random import Random
from typing import Any

import jsonschema_rs
import pytest
from compatibility.inclusion.automata import UndecidedPattern, shortest_string
from compatibility.inclusion.prover import Prover
from compatibility.inclusion.strings import FORMAT_ENOUGH, FORMAT_NEEDS, WIDER_FORMATS
from compatibility.schema_pair import is_included
from compatibility.witnesses import boundary_instances
from contract.read import build_contract
from contract.refusal import Refused
from contract.subschemas import Schema
from documents.boundary import BoundaryDocuments
from documents.formats import FORMATS
from documents.strings import matching_strings
from documents.work import Work
from oracle.oracle import Oracle
from oracle.strings import has_match

from tests.zoo.first_contract import NAME
from tests.zoo.inclusions import FACTS
from tests.zoo.inclusions_by_parts import PART_FACTS
from tests.zoo.keywords import KEYWORDS
from tests.zoo.messages import CLOSE_CHAT
from tests.zoo.mutants import mutants
from tests.zoo.near_schemas import VALUES, drawn_schema, near_schema

pytestmark = pytest.mark.toolchain

SCHEMAS = {**KEYWORDS, NAME: CLOSE_CHAT.schema}
SOME = 4  # mutants of a schema
EVERY = 7  # of pairs of schemas, and of mutants of the contract, one in so many

# Mutants on which neither a proof nor a document decides, and why.
UNDECIDED = {
    "bounds-beyond-doubles:type number": "JSON has fractions there, doubles have not",
    "contains-after-prefix/contains:type string": "positions are not counted for contains",
}


def normal(schema: Any) -> Schema:
    contract = build_contract({"module/Message.json": json.dumps(schema).encode()}, "1.0.0")
    return contract.modules["module"].messages["Message"]


def with_definitions(schema: Schema) -> Schema:
    return {"$defs": {}, **schema}


def instances(schema: Schema) -> list[Any]:
    return [document.instance for document in BoundaryDocuments(schema)]


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.one_in(8)
def test_every_schema_includes_itself(name: str) -> None:
    schema = with_definitions(normal(SCHEMAS[name]))
    assert is_included(schema, schema)
    other = json.loads(json.dumps(schema).replace("#/$defs/", "#/$defs/Other"))
    other["$defs"] = {f"Other{it}": other["$defs"][it] for it in other["$defs"]}
    assert is_included(schema, {**other, "$defs": {**schema["$defs"], **other["$defs"]}})


def verdict(old: Schema, new: Schema) -> str:
    """``<`` if it is proven that new includes old, ``w`` if a document denies it, ``?`` else; and
    the other way round. Fails where a document denies what is proven."""
    before, after = Oracle(old).accepts, Oracle(new).accepts
    said = [(before(it), after(it)) for it in [*instances(old), *instances(new)]]
    marks = ""
    for proven, denied in (
        (is_included(with_definitions(old), with_definitions(new)), (True, False) in said),
        (is_included(with_definitions(new), with_definitions(old)), (False, True) in said),
    ):
        assert not (proven and denied)
        marks += "<" if proven else "w" if denied else "?"
    return marks


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(it, marks=pytest.mark.full if it == "CloseChatSessionResponse" else ())
        for it in SCHEMAS
    ],
)
@pytest.mark.one_in(8)
def test_mutants_are_decided(name: str) -> None:
    """Their edits are of every keyword, so each keyword's function is right and enough."""
    schema = normal(SCHEMAS[name])
    some = slice(0, None, EVERY) if name == NAME else slice(SOME)
    for label, mutant in list(mutants(schema))[some]:
        try:
            other = normal(mutant)
            marks = verdict(schema, other)
        except Refused:
            continue
        assert "?" not in marks or f"{name}{label}" in UNDECIDED, label


@pytest.mark.parametrize(
    "each", [6 * EVERY, pytest.param(2 * EVERY, marks=pytest.mark.full)], ids=["few", "more"]
)
def test_of_unlike_schemas_nothing_is_proven_that_a_document_denies(each: int) -> None:
    schemas = {name: normal(schema) for name, schema in KEYWORDS.items()}
    counts = Counter[str]()
    for one, other in list(combinations(schemas, 2))[::each]:
        left, right = with_definitions(schemas[one]), with_definitions(schemas[other])
        for some, others in ((left, right), (right, left)):
            proven = is_included(some, others)
            counts["proven" if proven else "not"] += 1
            if proven:
                accepts, denies = Oracle(some).accepts, Oracle(others).accepts
                tried = [*instances(left), *instances(right)]
                assert [it for it in tried if accepts(it) and not denies(it)] == []
    assert counts["proven"] > 700 / each
    assert counts["not"] > 3500 / each


CONTAINMENT = jsonschema_rs.canonical.Containment
FEW_SEEDS = range(12)  # of schemas that are drawn, each with one near it
MORE_SEEDS = range(12, 120)


@pytest.mark.parametrize(
    "seeds", [FEW_SEEDS, pytest.param(MORE_SEEDS, marks=pytest.mark.full)], ids=["few", "more"]
)
def test_of_near_schemas_nothing_is_proven_that_a_document_or_another_prover_denies(
    seeds: range,
) -> None:
    """The values at the corners are tried, and the boundary documents of both; jsonschema-rs is
    the other prover. What is neither proven nor denied is rare."""
    counts = Counter[str]()
    for seed in seeds:
        random = Random(seed)
        drawn = drawn_schema(random)
        sources = [drawn, near_schema(random, drawn)]
        schemas = [with_definitions(normal(it)) for it in sources]
        tried = [*VALUES, *(it for one in schemas for it in boundary_instances(one).instances[:99])]
        for one, other in ((0, 1), (1, 0)):
            accepts, denies = Oracle(schemas[one]).accepts, Oracle(schemas[other]).accepts
            proven = is_included(schemas[one], schemas[other])
            denied = [it for it in tried if accepts(it) and not denies(it)]
            assert not (proven and denied), (sources, denied)
            greater, smaller = (jsonschema_rs.canonicalize(sources[it]) for it in (other, one))
            assert not (proven and greater.covers(smaller) == CONTAINMENT.NO), sources
            counts["proven" if proven else "denied" if denied else "undecided"] += 1
    assert counts["proven"] > len(seeds) / 2
    assert counts["denied"] > len(seeds) / 4
    assert counts["undecided"] <= len(seeds) / 15


@pytest.mark.parametrize(("left", "right", "near", "value"), [*FACTS, *PART_FACTS])
def test_what_is_so_is_proven_and_what_is_nearly_so_is_not(
    left: Any, right: Any, near: Any, value: Any
) -> None:
    """Each of them is the work of one keyword or of two."""
    proof = Prover({})
    assert proof.is_proven(left, right)
    assert not proof.is_proven(left, near)
    assert (Oracle(left).accepts(value), Oracle(near).accepts(value)) == (True, False)


def test_what_two_branches_accept_one_of_them_alone_does_not() -> None:
    assert Prover({}).is_proven({"oneOf": [True, True]}, False)


def test_recursion_is_an_induction() -> None:
    """A tree of integers is a tree of numbers, and not the other way round."""

    def tree(kind: str) -> Schema:
        node = {"properties": {"value": {"type": kind}, "left": {"$ref": "#/$defs/Node"}}}
        return {"$ref": "#/$defs/Node", "$defs": {"Node": {"type": "object", **node}}}

    assert is_included(tree("integer"), tree("number"))
    assert not is_included(tree("number"), tree("integer"))


def test_what_needs_itself_without_end_has_no_values() -> None:
    endless: Schema = {"type": "object", "required": ["next"], "properties": {}}
    endless["properties"]["next"] = {"$ref": "#/$defs/Node"}
    proof = Prover({"Node": endless})
    assert proof.is_proven({"$ref": "#/$defs/Node"}, False)
    assert not proof.is_proven({"type": "object"}, False)


def test_an_array_without_equal_items_is_no_longer_than_their_values_are_many() -> None:
    unique: Schema = {"type": "array", "uniqueItems": True, "items": {"enum": ["a", "b", 1]}}
    holding_itself = {**unique, "items": {"$ref": "#/$defs/Holding"}}
    proof = Prover({"Holding": holding_itself})
    assert proof.is_proven({**unique, "minItems": 4}, False)
    assert not proof.is_proven({**unique, "minItems": 3}, False)
    assert proof.is_proven({"$ref": "#/$defs/Holding"}, {"type": "array"})


def test_too_many_cases_are_given_up() -> None:
    """What is true is not proven here, and nothing false ever is; the work is bounded."""
    many: Schema = {
        "allOf": [{"oneOf": [{"minimum": i}, {"multipleOf": i + 2}]} for i in range(40)]
    }
    proof = Prover({})
    work = Work(1_000)
    assert not proof.is_proven(many, {"multipleOf": 0.3}, work)
    assert not work.is_done
    assert not proof.is_proven({"type": "integer", **many}, {"minimum": 0}, work)
    assert work.is_done
    assert proof.is_proven({"type": "integer"}, {"type": "number"})


# Languages.

PATTERNS = (
    *(
        "^[a-z]{2,4}$",
        "^[a-z0-9]+$",
        "[a-z]",
        "^a",
        "b$",
        "^(?:a|b)*$",
        "^(?:ab+c){1,3}$",
        "",
        "^$",
    ),
    *(
        r"^cs_\d{6}_\w+$",
        r"cs_\d{6}",
        r"^\S+@\S+$",
        "@",
        "^.$",
        "^[^a]*$",
        r"^\W",
        "a|^b$",
        "^(?=a)",
    ),
    *("^(?!ab)[ab]+$", "^[]$", "^[^]$", r"^\u{1F600}+$", "(?<year>[0-9]{4})-", "^a?b*?c+$"),
    *(r"\bword\b", r"^.\b.$", r"^\b\w+$", r"a\b", r"\b ", r"(?:a\b|b)-?$", r"^\b\b[ab]+\b$"),
    *(r"^\p{Lu}", r"^\P{L}+$", r"^[\p{Nd}a]+$", r"^\p{Script=Greek}?$", r"^[^\p{L}\p{Z}]*$"),
)

SHORT_STRINGS = ("", "a", "b", "ab", "abc", "a ", " a")


def test_a_shortest_string_is_found_or_there_is_none() -> None:
    """By regress, which is another engine; and where there is none, no sample is one."""
    counts = Counter[bool]()
    for one in PATTERNS:
        for other in PATTERNS:
            text = shortest_string([one], [other])
            counts[text is None] += 1
            tried = [text] if text is not None else [*matching_strings(one), *SHORT_STRINGS]
            outside = [it for it in tried if has_match(one, it) and not has_match(other, it)]
            assert outside == ([] if text is None else [text]), (one, other)
    assert counts[True] > 80
    assert counts[False] > 300


def test_lengths_count() -> None:
    assert shortest_string(["^a*$"], least=3) == "aaa"
    assert shortest_string(["^a*$"], ["^a{0,2}$"], most=2) is None
    assert shortest_string(["^(?:ab)+$"], least=3, most=3) is None
    assert shortest_string([], [], least=2) == "aa"
    assert shortest_string([r"^(?:(?!a)(?=[a-c])\w)+$"], ["^b"]) == "c"
    assert shortest_string(["^(?:(?!ab).)+$", "a[ab]$"]) == "aa"
    assert shortest_string(["^a*b?$"], ["^(?!ab)"]) == "ab"
    assert shortest_string(["^y"], ["^(?!x)(?!z)"]) is None
    assert shortest_string(["^[yz]"], ["^(?!x)(?!z)"], least=2) == "zz"


@pytest.mark.parametrize(
    ("one", "other"),
    [("[a-z].{0,200}[0-9]", "[a-z].{0,201}[0-9]"), ("a.{1000}b", "c.{1000}d")],
)
@pytest.mark.full
def test_a_search_through_many_states_is_given_up(one: str, other: str) -> None:
    with pytest.raises(UndecidedPattern):
        shortest_string([one], [other])
    assert not is_included({"pattern": one, "$defs": {}}, {"pattern": other, "$defs": {}})


def test_a_repetition_within_a_repetition_is_decided() -> None:
    assert shortest_string(["(a*)*b(a*)*c(a*)*d"], ["^(?:x|y|z){40}$"]) == "bcd"


@pytest.mark.parametrize("pattern", ["^(?:a{999}){999}$", "(?:ab{999}c){9}"])
def test_what_automata_cannot_tell_is_unknown(pattern: str) -> None:
    with pytest.raises(UndecidedPattern):
        shortest_string([pattern], ["x"])
    assert not is_included({"pattern": pattern, "$defs": {}}, {"pattern": "x", "$defs": {}})
    assert is_included({"pattern": pattern, "$defs": {}}, {"pattern": pattern, "$defs": {}})


@pytest.mark.parametrize("name", FORMAT_NEEDS)
def test_what_a_format_is_known_to_need_is_in_each_of_its_strings(name: str) -> None:
    accepts = Oracle({"format": name}).accepts
    valid = [it for it in FORMATS[name].values() if accepts(it)]
    assert valid
    assert all(has_match(FORMAT_NEEDS[name], it) for it in valid)


EVERY_STRING = [text for texts in FORMATS.values() for text in texts.values()]


@pytest.mark.parametrize("name", FORMAT_ENOUGH)
def test_what_is_enough_for_a_format_is(name: str) -> None:
    accepts, enough = Oracle({"format": name}).accepts, FORMAT_ENOUGH[name]
    some = [it for it in [*EVERY_STRING, *matching_strings(enough)] if has_match(enough, it)]
    assert some
    assert [it for it in some if not accepts(it)] == []


@pytest.mark.parametrize("name", WIDER_FORMATS)
def test_what_is_of_a_format_is_of_the_wider_ones(name: str) -> None:
    accepts = Oracle({"format": name}).accepts
    wider = [Oracle({"format": it}).accepts for it in WIDER_FORMATS[name]]
    some = [it for it in EVERY_STRING if accepts(it)]
    assert some
    assert all(one(it) for one in wider for it in some)

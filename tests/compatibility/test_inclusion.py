"""What is proven of two schemas no document denies, and nearly all that is so is proven."""

import json
from collections import Counter
from itertools import combinations
from random import Random
from typing import Any
from uuid import UUID

import jsonschema_rs
import pytest
from compatibility.inclusion.automata import UndecidedPattern, shortest_string
from compatibility.inclusion.prover import Prover
from compatibility.schema_pair import is_included
from compatibility.witnesses import boundary_instances
from contract.read import build_contract
from contract.refusal import Refused
from contract.subschemas import Schema
from documents.boundary import BoundaryDocuments
from documents.strings import matching_strings
from documents.work import Work
from oracle.oracle import Oracle
from oracle.strings import has_match

from tests.zoo.first_contract import NAME
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
    found = ""
    for proven, denied in (
        (is_included(with_definitions(old), with_definitions(new)), (True, False) in said),
        (is_included(with_definitions(new), with_definitions(old)), (False, True) in said),
    ):
        assert not (proven and denied)
        found += "<" if proven else "w" if denied else "?"
    return found


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
            found = verdict(schema, other)
        except Refused:
            continue
        assert "?" not in found or f"{name}{label}" in UNDECIDED, label


@pytest.mark.parametrize(
    "each", [6 * EVERY, pytest.param(2 * EVERY, marks=pytest.mark.full)], ids=["few", "more"]
)
def test_of_unlike_schemas_nothing_is_proven_that_a_document_denies(each: int) -> None:
    schemas = {name: normal(schema) for name, schema in KEYWORDS.items()}
    found = Counter[str]()
    for one, other in list(combinations(schemas, 2))[::each]:
        left, right = with_definitions(schemas[one]), with_definitions(schemas[other])
        for some, others in ((left, right), (right, left)):
            proven = is_included(some, others)
            found["proven" if proven else "not"] += 1
            if proven:
                accepts, denies = Oracle(some).accepts, Oracle(others).accepts
                tried = [*instances(left), *instances(right)]
                assert [it for it in tried if accepts(it) and not denies(it)] == []
    assert found["proven"] > 700 / each
    assert found["not"] > 3500 / each


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
    found = Counter[str]()
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
            found["proven" if proven else "denied" if denied else "undecided"] += 1
    assert found["proven"] > len(seeds) / 2
    assert found["denied"] > len(seeds) / 4
    assert found["undecided"] <= len(seeds) / 15


WHOLE: Schema = {"type": "integer"}
ARRAY: Schema = {"type": "array"}
TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
TWO: Schema = {"contains": WHOLE, "minContains": 2}
A, B = {"required": ["a"]}, {"required": ["b"]}
NUMBER: Schema = {"type": "number"}
OBJECT: Schema = {"type": "object"}


FROM_0_TO_5: Schema = {"minimum": 0, "maximum": 5}
BOTH_TEXTS: Schema = {"properties": {it: {"type": "string"} for it in "ab"}}
NO_TEXT_A, NO_TEXT_B = (
    {"required": [it], "properties": {it: {"not": {"type": "string"}}}} for it in "ab"
)


def tagged(name: str, kind: str) -> Schema:
    """A record with a tag and a value of a type."""
    described = {"k": {"const": name}, "v": {"type": kind}}
    return {"type": "object", "properties": described, "required": ["k"]}


TAGGED_BY_ONE_OF: Schema = {"oneOf": [tagged("x", "string"), tagged("y", "integer")]}
TAGGED_BY_ANOTHER: Schema = {"oneOf": [tagged("x", "integer"), tagged("y", "string")]}
TAGGED_BY_IF: Schema = {
    **{"type": "object", "properties": {"k": {"enum": ["x", "y"]}}, "required": ["k"]},
    "if": {"properties": {"k": {"const": "x"}}},
    "then": {"properties": {"v": {"type": "string"}}},
    "else": {"properties": {"v": {"type": "integer"}}},
}

# What is included, and beside it what is so nearly, with a value that denies it.
FACTS: list[tuple[Any, Any, Any, Any]] = [
    ({"exclusiveMaximum": 5}, {"maximum": 5}, {"exclusiveMaximum": 4.5}, 4.75),
    ({"maximum": 4.5}, {"exclusiveMaximum": 5}, {"exclusiveMaximum": 4.5}, 4.5),
    ({"minimum": 5}, {"exclusiveMinimum": 4.5}, {"exclusiveMinimum": 5}, 5),
    ({**WHOLE, "exclusiveMinimum": 4}, {"minimum": 5}, {"minimum": 6}, 5),
    ({**WHOLE, "exclusiveMinimum": 4.5}, {"minimum": 5}, {"minimum": 6}, 5),
    ({**WHOLE, "minimum": 1, "maximum": 3}, {"enum": [3, 2.0, 1]}, {"enum": [1, 2]}, 3),
    ({"multipleOf": 6}, {"multipleOf": 1.5}, {"multipleOf": 4}, 6),
    ({"type": "number"}, {"type": ["integer", "number"]}, WHOLE, 0.5),
    ({"enum": [1, True]}, {"type": ["integer", "boolean"]}, {"enum": [1]}, True),
    ({"const": 1.0}, {"const": 1}, {"const": True}, 1),
    ({"maxLength": 2}, {"maxLength": 3}, {"maxLength": 1}, "ab"),
    ({"minLength": 3}, {"minLength": 2}, {"minLength": 4}, "abc"),
    ({"type": "string", "pattern": "^a{2}$"}, {"maxLength": 2}, {"maxLength": 1}, "aa"),
    ({"type": "string", "pattern": "^a{2}$"}, {"minLength": 2}, {"minLength": 3}, "aa"),
    ({"format": "uuid"}, {"format": "session"}, {"format": "email"}, str(UUID(int=1))),
    ({"prefixItems": [WHOLE], "items": False}, {"maxItems": 1}, {"maxItems": 0}, [1]),
    ({**ARRAY, "contains": WHOLE}, {"minItems": 1}, {"minItems": 2}, [1]),
    ({"contains": WHOLE, "minContains": 0}, {"minItems": 0}, {"minItems": 1}, []),
    (TWO, {"contains": {"type": "number"}}, {"contains": WHOLE, "minContains": 3}, [1, 2]),
    ({**TWO, "maxContains": 3}, {**TWO, "maxContains": 4}, {**TWO, "maxContains": 2}, [1, 2, 3]),
    ({**TEXTS, "minItems": 1}, {"contains": {"type": "string"}}, {"contains": WHOLE}, ["a"]),
    ({"items": WHOLE, "maxItems": 2}, {"contains": WHOLE, "minContains": 0}, TEXTS, [1]),
    ({"maxItems": 1}, {"uniqueItems": True}, {"contains": WHOLE}, [None]),
    ({"maxItems": 2}, {"maxItems": 3}, {"uniqueItems": True}, [1, 1]),
    (
        {"maxItems": 2},
        {"contains": {}, "minContains": 0, "maxContains": 2},
        {"maxItems": 1},
        [1, 2],
    ),
    ({"type": "object", **A}, {"minProperties": 1}, {"minProperties": 2}, {"a": 0}),
    (
        {"dependentRequired": {"a": ["b"], "b": ["c"]}, **A},
        {"required": ["c"]},
        {"required": ["d"]},
        {"a": 1, "b": 2, "c": 3},
    ),
    (
        {"dependentRequired": {"a": ["b"]}},
        {"dependentRequired": {"a": []}},
        {"dependentRequired": {"a": ["c"]}},
        {"a": 1, "b": 2},
    ),
    ({"properties": {"a": False}}, {"dependentRequired": {"a": ["b"]}}, A, {}),
    ({"properties": {"a": {}}, "additionalProperties": False}, {"maxProperties": 1}, A, {}),
    (
        {"additionalProperties": WHOLE},
        {"properties": {"a": WHOLE}},
        {"properties": {"a": False}},
        {"a": 1},
    ),
    (
        {"patternProperties": {"^a": WHOLE}},
        {"properties": {"ab": WHOLE}},
        {"properties": {"b": WHOLE}},
        {"b": ""},
    ),
    (
        {"propertyNames": {"pattern": "^a"}},
        {"properties": {"b": False}},
        {"properties": {"a": False}},
        {"a": 1},
    ),
    (
        {"propertyNames": {"maxLength": 2}},
        {"propertyNames": {"maxLength": 3}},
        {"maxProperties": 9},
        {f"{i:02}": i for i in range(10)},
    ),
    ({"allOf": [A, B]}, {"required": ["b", "a"]}, {"required": ["c"]}, {"a": 1, "b": 2}),
    ({"anyOf": [A, B]}, {"anyOf": [B, A]}, {"oneOf": [A, B]}, {"a": 1, "b": 2}),
    ({"oneOf": [A, B]}, {"anyOf": [A, B]}, {"not": A}, {"a": 1}),
    ({"not": {"minimum": 3}}, {"exclusiveMaximum": 3}, {"maximum": 2}, 2.5),
    (
        {"not": A, "type": "object"},
        {"properties": {"a": False}},
        {"properties": {"b": False}},
        {"b": 1},
    ),
    ({"if": A, "then": B, "type": "object", **A}, B, {"required": ["c"]}, {"a": 1, "b": 2}),
    (
        {"if": A, "then": B},
        {"dependentSchemas": {"a": B}},
        {"dependentSchemas": {"b": A}},
        {"b": 1},
    ),
    ({"if": A, "then": B, "else": B}, {"anyOf": [B, {"type": "array"}]}, A, {"b": 1}),
    # Few values.
    ({**NUMBER, "minimum": 10, "maximum": 10}, {"const": 10}, {"const": 11}, 10),
    ({**NUMBER, "minimum": 0.5, "maximum": 0.5}, {"enum": [0.5, 1]}, {"const": 1}, 0.5),
    (
        {**NUMBER, "minimum": 0, "maximum": 1, "multipleOf": 0.5},
        {"enum": [0, 0.5, 1]},
        {"enum": [0, 1]},
        0.5,
    ),
    ({"type": "string", "maxLength": 0}, {"const": ""}, {"const": "a"}, ""),
    (
        {"type": "string", "pattern": "^(?:a|b)?$"},
        {"enum": ["a", "b", ""]},
        {"enum": ["a", "b"]},
        "",
    ),
    ({**ARRAY, "maxItems": 0}, {"const": []}, {"const": [1]}, []),
    ({**ARRAY, "items": False}, {"const": []}, {"minItems": 1}, []),
    ({**OBJECT, "maxProperties": 0}, {"const": {}}, {"minProperties": 1}, {}),
    # Names that can be.
    ({**OBJECT, "maxProperties": 0}, {"additionalProperties": False}, A, {}),
    ({**OBJECT, "additionalProperties": False}, {"maxProperties": 0}, A, {}),
    ({**OBJECT, "propertyNames": False}, {"maxProperties": 0}, A, {}),
    (
        {**OBJECT, "maxProperties": 1, **A},
        {"properties": {"a": {}}, "additionalProperties": False},
        {"properties": {"b": {}}, "additionalProperties": False},
        {"a": 1},
    ),
    (
        {"propertyNames": {"enum": ["a"]}},
        {"properties": {"a": {}}, "additionalProperties": False},
        {"properties": {"b": {}}, "additionalProperties": False},
        {"a": 1},
    ),
    (
        {"propertyNames": {"pattern": "^a"}},
        {"patternProperties": {"^a": {}}, "additionalProperties": False},
        {"patternProperties": {"^ab": {}}, "additionalProperties": False},
        {"a": 1},
    ),
    (
        {"patternProperties": {"^a": {}}, "additionalProperties": False},
        {"propertyNames": {"pattern": "^a"}},
        {"propertyNames": {"pattern": "^ab"}},
        {"a": 1},
    ),
    (
        {"properties": {"a": WHOLE}},
        {"patternProperties": {"^a$": WHOLE}},
        {"patternProperties": {"^a": WHOLE}},
        {"ab": ""},
    ),
    # Opposites.
    (
        {"type": "string"},
        {"anyOf": [{"minLength": 1}, {"const": ""}]},
        {"anyOf": [{"minLength": 2}, {"const": ""}]},
        "a",
    ),
    (
        {"type": "string"},
        {"oneOf": [{"minLength": 1}, {"const": ""}]},
        {"oneOf": [{"minLength": 0}, {"const": ""}]},
        "",
    ),
    ({"not": {"not": A}}, {"anyOf": [A, {"type": "array"}]}, B, {"a": 1}),
    ({**OBJECT, **A}, {"not": {"not": A}}, {"not": {"not": B}}, {"a": 1}),
    ({"type": "string", "not": {"const": ""}}, {"pattern": "^[^]"}, {"minLength": 2}, "a"),
    ({"type": "string", "minLength": 3}, {"pattern": "^[^]{3}"}, {"pattern": "^[^]{4}"}, "aaa"),
    (
        {"type": "integer"},
        {"anyOf": [{"maximum": 5}, {"minimum": 6, "maximum": 8}, {"minimum": 9}]},
        {"anyOf": [{"maximum": 5}, {"minimum": 6, "maximum": 8}, {"minimum": 10}]},
        9,
    ),
    (
        {**NUMBER, "minimum": 0},
        {"oneOf": [{"minimum": 0, "maximum": 5}, {"exclusiveMinimum": 5}]},
        {"oneOf": [{"minimum": 0, "maximum": 5}, {"minimum": 5}]},
        5,
    ),
    ({**ARRAY, "contains": WHOLE}, {"not": {"items": {"not": WHOLE}}}, {"items": WHOLE}, [1, ""]),
    ({"not": {"items": {"not": WHOLE}}}, {"contains": WHOLE}, {"items": WHOLE}, [1, ""]),
    ({**ARRAY, "items": {"not": WHOLE}}, {"not": {"contains": WHOLE}}, {"contains": {}}, []),
    (
        {"contains": WHOLE, "minContains": 0, "maxContains": 0},
        {"items": {"not": WHOLE}},
        {"items": {"not": {"type": "string"}}},
        [""],
    ),
    (
        {"properties": {"a": {"type": ["string", "integer"]}}, **A},
        {"anyOf": [{"properties": {"a": {"type": it}}, **A} for it in ("string", "integer")]},
        {"anyOf": [{"properties": {"a": {"type": it}}, **A} for it in ("string", "null")]},
        {"a": 1},
    ),
    (
        {**OBJECT, "dependentRequired": {"a": ["b"]}},
        {"anyOf": [{"not": A}, B]},
        {"anyOf": [{"not": B}, A]},
        {"b": 1},
    ),
    # Of several opposites each counts.
    (
        OBJECT,
        {"anyOf": [BOTH_TEXTS, NO_TEXT_A, NO_TEXT_B]},
        {"anyOf": [BOTH_TEXTS, NO_TEXT_A]},
        {"b": 1},
    ),
    (
        OBJECT,
        {"anyOf": [{"required": ["a", "b"]}, *({"properties": {it: False}} for it in "ab")]},
        {"anyOf": [{"required": ["a", "b"]}, {"properties": {"a": False}}]},
        {"a": 1},
    ),
    (
        NUMBER,
        {"anyOf": [FROM_0_TO_5, {"exclusiveMinimum": 5}, {"exclusiveMaximum": 0}]},
        {"anyOf": [FROM_0_TO_5, {"exclusiveMinimum": 5}]},
        -1,
    ),
    (
        ARRAY,
        {"anyOf": [{"contains": WHOLE}, {"items": {"not": WHOLE}}]},
        {"anyOf": [{"contains": WHOLE, "minContains": 2}, {"items": {"not": WHOLE}}]},
        [1],
    ),
    (
        ARRAY,
        {"anyOf": [{"items": WHOLE}, {"contains": {"not": WHOLE}}]},
        {"anyOf": [{"prefixItems": [TEXTS], "items": WHOLE}, {"contains": {"not": WHOLE}}]},
        [1],
    ),
    # A tag, told by if and by oneOf.
    (TAGGED_BY_IF, TAGGED_BY_ONE_OF, TAGGED_BY_ANOTHER, {"k": "x", "v": ""}),
    (TAGGED_BY_ONE_OF, TAGGED_BY_IF, TAGGED_BY_ANOTHER, {"k": "x", "v": ""}),
]


@pytest.mark.parametrize(("left", "right", "near", "value"), FACTS)
def test_facts(left: Any, right: Any, near: Any, value: Any) -> None:
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
    found = Counter[bool]()
    for one in PATTERNS:
        for other in PATTERNS:
            try:
                text = shortest_string([one], [other])
            except UndecidedPattern:
                assert other.startswith(("^(?=", "^(?!"))
                continue
            found[text is None] += 1
            tried = [text] if text is not None else [*matching_strings(one), *SHORT_STRINGS]
            outside = [it for it in tried if has_match(one, it) and not has_match(other, it)]
            assert outside == ([] if text is None else [text]), (one, other)
    assert found[True] > 80
    assert found[False] > 300


def test_lengths_count() -> None:
    assert shortest_string(["^a*$"], least=3) == "aaa"
    assert shortest_string(["^a*$"], ["^a{0,2}$"], most=2) is None
    assert shortest_string(["^(?:ab)+$"], least=3, most=3) is None
    assert shortest_string([], [], least=2) == "aa"


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

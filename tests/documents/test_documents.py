"""The boundary documents reach every keyword of the normal form and tell every mutant apart."""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import partial

import pytest
from contract.json_values import is_object, kind_of
from contract.refusal import Refused
from contract.subschemas import Schema
from documents.boundary import (
    MANY_DOCUMENTS,
    SOME_DOCUMENTS,
    BoundaryDocuments,
    Document,
    boundary_documents,
)
from documents.pool import POOL
from documents.search import NONE, ValueSearch
from documents.work import OutOfWork, Work
from oracle.oracle import Oracle

from tests.zoo.keywords import KEYWORDS
from tests.zoo.mutants import mutants
from tests.zoo.reach import assertions, sole_reasons
from tests.zoo.timing import grows_less

pytestmark = pytest.mark.dialect

every_schema = pytest.mark.parametrize("name", KEYWORDS)

# By the name of the schema: keywords that cannot be the sole reason of a rejection.
OBJECTS_ALONE = "what is no object meets the condition"
IMPLIED = {
    "if-then-else-of-two-types": {"/else/type": OBJECTS_ALONE},
    "all-of-objects": {
        "/allOf/0/type": "the other branch says it too",
        "/allOf/1/type": "the other branch says it too",
    },
    "one-of-required": {"/type": "what is no object fits both branches"},
    "object-of-one-tagged": {"/type": "what is no object fits both branches"},
    "not-required": {"/type": "what is no object has all members that it needs"},
    "enum-of-null": {"/enum": "the type says it too"},
    "enum-of-booleans": {"/enum": "the type says it too"},
    "const-null-typed": {"/const": "the type says it too"},
    "titled-constants-typed": {"/type": "both constants are integers"},
    "reference-to-titled-constants": {"/properties/color/type": "both constants are strings"},
    "prefix-items-and-contains": {"/minItems": "a string and an integer are two items"},
}
# By the name of the schema: mutants that say the same as the schema.
DISJOINT = "no value fits two branches"
OTHER_TYPE = "no value is of this type"
WHOLE = "all values are whole numbers"
NAME = "a name is a string"
HALF = "an integer is a multiple of 1.5 if it is one of 3"
EQUIVALENT = {
    "enum-of-null": {":enum dropped": "the type says it too"},
    "enum-with-null-typed": {":type * added": OTHER_TYPE},
    "enum-of-integers": {":type number": WHOLE},
    "enum-of-integers-or-null": {":type * added": OTHER_TYPE},
    "enum-of-whole-numbers": {":type integer": WHOLE},
    "enum-of-booleans": {":enum dropped": "the type says it too"},
    "enum-of-typed-kinds": {":type * added": OTHER_TYPE},
    "enum-of-other-types": {":enum * removed": "the type forbids it"},
    "enum-and-length": {":enum a removed": "it is too short", ":enum member added": "as a is"},
    "enum-of-integers-and-bounds": {
        ":minimum *": "no value is near the bound",
        ":enum 1 removed": "the bound forbids it",
    },
    "titled-constants": {":oneOf as anyOf": DISJOINT},
    "titled-constants-typed": {
        ":type *": WHOLE,
        ":anyOf as oneOf": DISJOINT,
        "/anyOf/?:const or *": "the type forbids it, or the other branch has it",
    },
    "constants-with-null": {
        ":anyOf as oneOf": DISJOINT,
        "/anyOf/?:const or *": "another branch has it",
    },
    "reference-to-an-integer-enum": {"/$defs/Level:type number": WHOLE},
    "reference-to-titled-constants": {
        "/$defs/Color:type alone dropped": "both constants are strings",
        "/$defs/*Of as *Of": DISJOINT,
        "/$defs/Color/oneOf/?:const or *": "the type forbids it",
        "/$defs/Size/anyOf/1:const or 1": "the other branch has it",
    },
    "const-string-typed": {":const or *": "the type forbids it"},
    "const-integer-typed": {":type number": WHOLE, ":const or *": "the type forbids it"},
    "const-true": {":const or *": "the type forbids it"},
    "const-null-typed": {":const *": "the type says it too"},
    "prefix-items-sized": {":uniqueItems": "the two items are of different types"},
    "prefix-items-and-contains": {":minItems *": "a string and an integer are two items"},
    "prefix-items-recursive": {"/$defs/Form:uniqueItems": "the two items are of different types"},
    "property-names-const": {"/propertyNames:const or *": NAME},
    "all-of-references": {"/allOf/1:null allowed": "the other part is of strings"},
    "property-names-referred": {"*:null allowed": NAME},
    "property-names-of-a-titled-enum": {"*:null allowed": NAME},
    "property-names-and-patterns": {
        ":patternProperties ^x- as x-": "the one name that has it begins with it",
        "/propertyNames:enum *": "no pattern matches it",
    },
    "bounds-of-integers-in-fractions": {":m* as exclusive*": "no integer is at a fraction"},
    "bounds-beyond-doubles": {":type number": "no double in these bounds has a fraction"},
    "multiple-of-three": {":type number": "multiples are integers", ":multipleOf halved": HALF},
    "multiple-and-bounds": {":maximum as exclusiveMaximum": "9.75 is no multiple"},
    "items-false": {":uniqueItems": "there is no item"},
    "prefix-items-closed": {":uniqueItems": "the two items are of different types"},
    "prefix-items-fixed": {":uniqueItems": "the two items are of different types"},
    "prefix-items-false": {":uniqueItems": "there is one item at most"},
    "all-of": {
        "/allOf/0:type number": "multiples of 2 are integers",
        "/allOf/?:m*imum*": "3 and 9 are no multiples of 2",
    },
    "all-of-objects": {
        "/allOf/?:type alone dropped": "the other branch says it too",
        "/allOf/?:null allowed": "the other branch forbids it",
    },
    "all-of-beside-properties": {":required kind added": "a branch requires it"},
    "any-of": {":anyOf as oneOf": DISJOINT},
    "one-of": {
        "/oneOf/0:type number": "multiples are integers",
        "/oneOf/0:multipleOf halved": HALF,
    },
    "one-of-tagged": {":oneOf as anyOf": DISJOINT},
    "one-of-required": {":type alone dropped": "what is no object fits both branches"},
    "object-of-one-tagged": {
        ":type alone dropped": "what is no object fits both branches",
        ":oneOf as anyOf": DISJOINT,
    },
    "not-required": {":type alone dropped": "what is no object has all members"},
    "if-then-else": {":type number": "multiples are integers", "/then:multipleOf halved": HALF},
    "if-then": {"/if/properties/country:const or *": "the country is a string"},
    "if-then-else-of-two-types": {
        "/then:required a added": "the condition says it of objects",
        "/else:type alone dropped": OBJECTS_ALONE,
        "/else:null allowed": OBJECTS_ALONE,
    },
    "constants-repeated": {
        ":anyOf 0 dropped": "the other branch lists it too",
        "/anyOf/1:enum a removed": "the other branch lists it too",
    },
    "reference-to-false": {
        ":property b dropped": "any value may be there",
        "/properties/b:*": "any value may be there",
    },
    "recursive-json": {
        "/$defs/Json:oneOf as anyOf": DISJOINT,
        "*:null allowed": "null is allowed already",
    },
}


@every_schema
@pytest.mark.one_in(8)
def test_every_assertion_alone_rejects_a_document(name: str) -> None:
    schema, oracle = KEYWORDS[name], Oracle(KEYWORDS[name])
    instances = [document.instance for document in BoundaryDocuments(schema)]
    accepted = sum(map(oracle.accepts, instances))
    assert accepted >= 1 or name == "never"
    assert accepted < len(instances)
    unreached = set(assertions(schema, schema)) - sole_reasons(oracle, instances)
    assert unreached == set(IMPLIED.get(name, ()))


@every_schema
@pytest.mark.one_in(8)
def test_every_mutant_is_told_apart(name: str) -> None:
    schema = KEYWORDS[name]
    instances = [document.instance for document in BoundaryDocuments(schema)]
    verdicts = list(map(Oracle(schema).accepts, instances))
    excused = EQUIVALENT.get(name, {})
    surviving = [
        mutant
        for mutant, changed in mutants(schema)
        if all(map(same_verdict, [Oracle(changed)] * len(instances), instances, verdicts))
    ]
    unexplained = [it for it in surviving if not any(fnmatchcase(it, how) for how in excused)]
    assert unexplained == []
    assert all(any(fnmatchcase(it, how) for it in surviving) for how in excused)


def same_verdict(oracle: Oracle, instance: object, verdict: bool) -> bool:
    return oracle.accepts(instance) == verdict


@every_schema
@pytest.mark.one_in(16)
def test_names_are_unique_and_stable(name: str) -> None:
    documents = list(BoundaryDocuments(KEYWORDS[name]))
    assert len({document.name for document in documents}) == len(documents)
    assert documents == list(BoundaryDocuments(KEYWORDS[name]))


# Why jsonschema-rs judges otherwise.
OTHERWISE = {"pattern-of-identity-escapes": "it reads \\< and \\> as the edges of words"}


@every_schema
@pytest.mark.one_in(8)
def test_the_second_judge_agrees(name: str) -> None:
    oracle = Oracle(KEYWORDS[name])
    differing = [
        document.instance
        for document in BoundaryDocuments(KEYWORDS[name])
        if oracle.accepts(document.instance) != oracle.second_opinion(document.instance)
    ]
    # jsonschema-rs takes punctuation for a digit of a date or a time
    others = [it for it in differing if not re.search("[0-9][-*]:|[0-9][-*]0-|-0-", it)]
    assert bool(others) == (name in OTHERWISE), others


def test_a_search_ends_when_its_steps_are_done() -> None:
    schema = wide_schema(20)
    every, some = boundary_documents("", schema), boundary_documents("", schema, Work(70))
    assert some == every[: len(some)]
    assert 0 < len(some) < len(every)
    with pytest.raises(Refused, match=r"m\.json#: no valid document was found in 1 steps"):
        boundary_documents("m.json#", schema, Work(1))


def test_time_grows_with_the_number_of_members_and_no_faster() -> None:
    few, many = (partial(drawn, wide_schema(number)) for number in (15, 60))
    assert len(many()) >= 60 * 25
    assert grows_less(4 * 2.5, few, many)


def test_arrays_within_arrays_do_not_double_the_documents() -> None:
    few, many = (len([*BoundaryDocuments(arrays(it))]) for it in (6, 12))
    assert MANY_DOCUMENTS < many < 1.2 * few


def drawn(schema: Schema) -> list[Document]:
    return [*BoundaryDocuments(schema)]


def arrays(depth: int) -> Schema:
    schema = wide_schema(20)
    for _ in range(depth):
        schema = {"type": "array", "items": schema}
    return schema


def wide_schema(number: int) -> Schema:
    kinds = [it for it in KEYWORDS.values() if "$defs" not in it and it != {"not": {}}]
    members = {f"member{index}": kinds[index % 15] for index in range(number)}
    return {"type": "object", "properties": members}


def condition(kind: str) -> Schema:
    """What a closed object of this kind is, as ``if`` and ``then``."""
    names: Schema = {"kind": {"type": "string"}, f"of-{kind}": {"type": "integer"}}
    then: Schema = {"properties": names, "required": [*names], "additionalProperties": False}
    return {"if": {"properties": {"kind": {"const": kind}}}, "then": then}


def chained(kinds: list[str]) -> Schema:
    """The conditions, each in the ``else`` of the one before."""
    first, *others = kinds
    return {**condition(first), "else": chained(others) if others else False}


def beside_each_other(kinds: list[str]) -> Schema:
    return {"allOf": [*map(condition, kinds)]}


def in_a_definition(kinds: list[str]) -> Schema:
    return {"$ref": "#/$defs/A", "$defs": {"A": beside_each_other(kinds)}}


# With as many that trying what each of them may say does not come to the end.
@pytest.mark.parametrize(
    ("conditions", "number"), [(beside_each_other, 5), (in_a_definition, 5), (chained, 8)]
)
def test_the_search_meets_each_of_the_conditions_that_exclude_each_other(
    conditions: Callable[[list[str]], Schema], number: int
) -> None:
    kinds = [f"kind{index}" for index in range(number)]
    kind: Schema = {"type": "string", "enum": kinds}
    record = {"type": "object", "properties": {"kind": kind}, "required": ["kind"]}
    schema = {**record, **conditions(kinds)}
    accepts = Oracle(schema).accepts
    assert {it.instance["kind"] for it in drawn(schema) if accepts(it.instance)} == {*kinds}


def test_the_search_finds_which_of_many_conditions_a_value_meets() -> None:
    """One that meets any of these is invalid, but for the last, which follows from none of them."""
    members = [f"m{index}" for index in range(8)]
    unmet = [{"if": {"required": [it]}, "then": {"maxProperties": 1}} for it in members]
    last = {"if": {"not": {"required": members[:1]}}, "then": {"required": ["code", "word"]}}
    schema: Schema = {
        **{"type": "object", "required": ["code"], "allOf": [*unmet, last]},
        "properties": {"code": {"type": "integer", "minimum": 777}, "word": {"type": "string"}},
    }
    value = ValueSearch(schema).find(schema, complete=False)
    assert (value is not NONE, Oracle(schema).accepts(value)) == (True, True)


def test_the_names_of_a_map_are_those_that_it_asks_for() -> None:
    names: Schema = {"propertyNames": {"pattern": "^name-[a-c]$"}}
    schema: Schema = {"type": "object", "additionalProperties": {"type": "integer"}, **names}
    found = drawn({**schema, "minProperties": 2})
    assert any(Oracle({**schema, "minProperties": 2}).accepts(it.instance) for it in found)


def test_each_member_of_a_large_message_has_a_value_of_each_kind() -> None:
    names = [f"m{index}" for index in range(150)]
    member: Schema = {"type": ["string", "null"]}
    schema: Schema = {"type": "object", "properties": dict.fromkeys(names, member)}
    documents = BoundaryDocuments(schema)
    instances = [it.instance for it in documents if is_object(it.instance)]
    assert SOME_DOCUMENTS < documents.case_count < MANY_DOCUMENTS
    kinds = {*map(kind_of, POOL.values())}
    assert all({kind_of(it[name]) for it in instances if name in it} == kinds for name in names)


def test_who_asks_about_a_large_schema_pays_for_it_before_any_answer() -> None:
    large = {"anyOf": [{"const": it} for it in range(20)]}
    work = Work(30)
    ValueSearch({}, work).judge(large)
    assert work.left == 30 - len([large, *large["anyOf"]])
    with pytest.raises(OutOfWork):
        ValueSearch({}, work).judge(large)

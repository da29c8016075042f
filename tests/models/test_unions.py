"""An instance of a class enters a union that a tag tells apart, whatever its attribute is."""

import json
from importlib import import_module
from itertools import product
from time import process_time
from typing import Any

import pytest
from models.sharing import python_classes
from models.tags import tag_of
from oracle.oracle import Oracle
from output.package import python_package
from proof.sandbox import imported_package, model_in
from pydantic import ValidationError

from tests.zoo.judging import is_valid, prove
from tests.zoo.small_schemas import contract_of

NEXT: Any = {"$ref": "#/$defs/Either"}


def branch(tag: str, value: str | float, **more: Any) -> Any:
    properties = {tag: {"const": value}, **more}
    return {"type": "object", "properties": properties, "required": [tag]}


# The name of the tag; the last two are called like a class, and like the other class's attribute.
@pytest.mark.parametrize("tag", ["kind", "@type", "class", "model_x", "First", "@other"])
@pytest.mark.parametrize("more", [[], [{"type": "string"}]], ids=["objects", "beside-a-string"])
def test_instances_and_documents_enter_their_branch(tag: str, more: list[Any]) -> None:
    branches = [{"$ref": "#/$defs/First"}, {"$ref": "#/$defs/Second"}, *more]
    definitions = {
        "Either": {"oneOf": branches},
        "First": branch(tag, "a", next=NEXT),
        "Second": branch(tag, "b", next=NEXT, other={"type": "string"}),
    }
    schema = {
        "type": "object",
        "properties": {"it": {"$ref": "#/$defs/Either"}},
        "$defs": definitions,
    }
    contract = contract_of(m_Thing=schema)
    package = python_package(contract, python_classes(contract), formatted=False)
    inner = {tag: "b", "other": "a"}
    with imported_package(package) as name:
        module: Any = import_module(f"{name}.m")
        for value in (inner, {tag: "a", "next": inner}):
            made = module.First if value[tag] == "a" else module.Second
            for given in (value, made.model_validate(value)):
                thing = module.Thing(it=given)
                assert isinstance(thing.it, made)
                assert json.loads(thing.model_dump_json(exclude_unset=True)) == {"it": value}


def test_branches_may_leave_their_type_to_what_is_beside() -> None:
    either = {
        "type": "object",
        "required": ["class"],
        "oneOf": [{"$ref": "#/$defs/First"}, {"$ref": "#/$defs/Second"}],
    }
    untyped: Any = {it: {"properties": {"class": {"const": it}}} for it in ("First", "Second")}
    schema = {"type": "object", "properties": {"it": either}, "$defs": untyped}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    assert classes["m"].classes["Thing"].field_of["it"].annotation.count("'oneOf'") == 0
    package = python_package(contract, classes, formatted=False)
    with imported_package(package) as name:
        module: Any = import_module(f"{name}.m")
        thing = module.Thing.model_validate_json('{"it": {"class": "Second"}}')
        assert isinstance(thing.it, module.SecondObject)
        assert not is_valid(module.Thing, {"it": {}})


@pytest.mark.parametrize("more", [[], [{"type": "null"}]], ids=["references", "beside-null"])
def test_a_union_of_references_names_its_branches_once(more: list[Any]) -> None:
    one, other = ({"type": "object", "properties": {it: {"type": "string"}}} for it in "ab")
    references: list[Any] = [{"$ref": "#/$defs/First"}, {"$ref": "#/$defs/Second"}, *more]
    schema = {
        "type": "object",
        "properties": {"it": {"oneOf": references}},
        "$defs": {"First": one, "Second": other},
    }
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    annotation = classes["m"].classes["Thing"].field_of["it"].annotation
    kind = "First | Second | None" if more else "First | Second"
    assert annotation == f"Annotated[{kind}, OneOf(), OneAlone(0)] | MISSING"
    oracle = Oracle(schema)
    with imported_package(python_package(contract, classes, formatted=False)) as name:
        module: Any = import_module(f"{name}.m")
        values: list[Any] = [{"a": ""}, {"a": "", "b": ""}, {"a": 1}, {"b": 1}, [], None]
        for it in values:
            assert is_valid(module.Thing, {"it": it}) is oracle.accepts({"it": it}), it
        with pytest.raises(ValidationError, match=r"the branches \[0, 1\] do"):
            module.Thing.model_validate({"it": {}})
        assert isinstance(module.Thing(it=module.Second(b="")).it, module.Second)
        assert module.Thing.model_json_schema()["properties"]["it"] == {"oneOf": references}


OVERLAPPING: Any = {
    "oneOf": [
        {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
        {"type": "object", "properties": {"b": {"type": "integer"}}, "required": ["b"]},
        {"type": "string", "pattern": "^a"},
        {"type": "string", "pattern": "b$"},
        {"type": "integer"},
    ]
}
# An instance and the message of its one error.
REFUSED: list[tuple[Any, str]] = [
    (None, "Input should be object, string or integer"),
    ({}, "No branch fits; the nearest is ThingItWithA: 'a' is required"),
    ("c", "No branch fits; the nearest is string: String should match pattern '^a'"),
    ({"a": "", "b": 1}, "Input should satisfy oneOf: expected one branch that fits, the branches"),
    ("ab", "Input should satisfy oneOf: expected one branch that fits, the branches [2, 3] do"),
]


def test_branches_that_overlap_are_read_once_and_refused_with_their_cause() -> None:
    schema = {"type": "object", "properties": {"it": OVERLAPPING}}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    assert (
        "OneOf(), OneAlone(0, 2, by={'a': 0, 'b': 1})]"
        in classes["m"].classes["Thing"].field_of["it"].annotation
    )
    package = python_package(contract, classes, formatted=False)
    with imported_package(package) as imported:
        thing = model_in(imported, "m", "Thing")
        assert all(is_valid(thing, {"it": it}) for it in ({"a": ""}, {"b": 1}, "a", "b", 1))
        for instance, message in REFUSED:
            with pytest.raises(ValidationError) as raised:
                thing.model_validate({"it": instance})
            (error,) = raised.value.errors()
            assert error["loc"] == ("it",)
            assert error["msg"].startswith(message)
    assert prove(contract, package).documents > 20


def test_a_branch_that_overlaps_is_told_from_others_that_do_where_the_rest_is_mixed() -> None:
    with_y = {"type": ["object", "array"], "properties": {"y": {"const": "1"}}, "required": ["y"]}
    without_y = branch("y", "2", x=TEXT)
    small = [{"type": "object", "required": [it]} for it in "pq"]
    schema = {"type": "object", "properties": {"it": {"oneOf": [with_y, without_y, *small]}}}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    annotation = classes["m"].classes["Thing"].field_of["it"].annotation
    assert "OneOf('y', {'1': 0, '2': 1}, mixed=[0]), OneAlone(2, 3" in annotation
    oracle = Oracle(schema)
    with imported_package(python_package(contract, classes, formatted=False)) as package:
        thing = model_in(package, "m", "Thing")
        for names in ("", "p", "q", "pq", "y", "py", "pqy"):
            document = {"it": dict.fromkeys(names, "1")}
            assert is_valid(thing, document) is oracle.accepts(document), document
        with pytest.raises(ValidationError, match=r"the branches \[2, 3\] do"):
            thing.model_validate({"it": {"p": 1, "q": 1}})


def test_what_is_asserted_beside_a_union_is_told_before_the_union() -> None:
    either = {"oneOf": [{"required": ["k"]}, {"required": ["x"]}], "required": ["k"]}
    schema = {"type": "object", "properties": {"it": either}}
    contract = contract_of(m_Thing=schema)
    package = python_package(contract, python_classes(contract), formatted=False)
    assert prove(contract, package).documents > 20  # which compares the places of errors


def test_a_branch_without_the_tag_is_entered_by_its_name_beside_a_mixed_one() -> None:
    mixed = {
        **{"type": ["object", "string"], "required": ["x", "y"]},
        "properties": {"x": {"type": "integer"}, "y": {"const": "1"}},
    }
    tagged = branch("y", "2", z={"type": ["string", "integer"]})
    short = {"type": "object", "properties": {"x": TEXT}, "required": ["x"]}
    one_of = [mixed, {**tagged, "required": ["z", "y"]}, short]
    schema = {"type": "object", "properties": {"it": {"oneOf": one_of}}}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    annotation = classes["m"].classes["Thing"].field_of["it"].annotation
    assert "mixed=[0]), OneAlone(2, by={'x': (0, 2), 'z': 1})" in annotation
    oracle = Oracle(schema)
    with imported_package(python_package(contract, classes, formatted=False)) as package:
        thing = model_in(package, "m", "Thing")
        for x, y, z in product((None, 1, "1"), (None, "1", "2"), (None, "1")):
            members = {"x": x, "y": y, "z": z}
            document = {"it": {name: it for name, it in members.items() if it is not None}}
            assert is_valid(thing, document) is oracle.accepts(document), document


A, B = ({"type": "object", "properties": {it: {"type": "string"}}, "required": [it]} for it in "ab")
LISTS = [{"type": "array", "items": {"type": it}} for it in ("string", "integer")]
# A schema with a type and branches, and its type in Python.
TYPED: list[tuple[Any, str]] = [
    ({"type": "object", "oneOf": [A, B]}, "ThingItWithA | ThingItWithB"),
    ({"type": "object", "anyOf": [A, {"allOf": [A, B]}]}, "ThingItOption1 | ThingItWithB"),
    (
        {"type": "object", "anyOf": [B, {"type": "object", "oneOf": [A, B]}]},
        "ThingItWithB | (ThingItOption2WithA | ThingItOption2WithB)",
    ),
    ({"type": "array", "anyOf": LISTS}, "list[str] | list[int]"),
    ({"type": "object", "oneOf": [A, {"type": "object"}]}, "dict[str, Any]"),
    ({"type": "object", "oneOf": [A, {"required": ["b"]}]}, "dict[str, Any]"),
    ({"type": "object", "oneOf": [A, B], "additionalProperties": LISTS[0]}, "dict[str, list[str]]"),
    ({"type": "array", "anyOf": LISTS, "items": {"type": "null"}}, "list[None]"),
]


@pytest.mark.parametrize(("schema", "kind"), TYPED)
def test_a_type_beside_branches_of_that_type_leaves_them_typed(schema: Any, kind: str) -> None:
    thing = {"type": "object", "properties": {"it": schema}, "required": ["it"]}
    contract = contract_of(m_Thing=thing)
    assert python_classes(contract)["m"].classes["Thing"].field_of["it"].plain == kind


CLOSED: Any = {"type": "object", "properties": {"b": {}}, "additionalProperties": False}
KIND: Any = {"anyOf": [{"const": "c"}, {"type": "array"}]}
TAGGED = branch("b", "a")
# Two branches, whether no object fits both, and documents.
PAIRS: dict[str, tuple[Any, Any, bool, list[Any]]] = {
    "a closed one lacks what the other requires": (A, CLOSED, True, [{"a": ""}, {"b": ""}]),
    "a pattern may allow what the other requires": (
        A,
        {**CLOSED, "patternProperties": {"^a|c": {}}},
        False,
        [{"a": ""}, {"a": 1}, {"b": 1}],
    ),
    "a pattern asks for another prefix": (
        A,
        {**CLOSED, "patternProperties": {"^x-": {}}},
        True,
        [{"a": "", "x-": 1}, {"b": 1, "x-": 1}, {"x-": 1}],
    ),
    "the prefix of a pattern is that of what the other requires": (
        {"type": "object", "properties": {"x-a": {}}, "required": ["x-a"]},
        {**CLOSED, "patternProperties": {"^x-": {}}},
        False,
        [{"x-a": ""}, {"b": 1}],
    ),
    "a member that may be absent has other strings": (
        TAGGED,
        {"type": "object", "properties": {"b": KIND}},
        True,
        [{"b": "a"}, {"b": "c"}, {"b": []}, {}],
    ),
    "a member that may be absent has any string": (
        TAGGED,
        {"type": "object", "properties": {"b": {"type": ["string", "array"]}}},
        False,
        [{"b": "a"}, {"b": "c"}, {"b": []}, {}],
    ),
    "numbers that a required member is": (
        branch("b", 1),
        {"type": "object", "properties": {"b": {"enum": [2.0, "c"]}}},
        True,
        [{"b": 1}, {"b": 1.0}, {"b": 2}, {"b": True}, {"b": "c"}, {}],
    ),
    "a number and a boolean": (
        branch("b", 1),
        branch("b", True),
        True,
        [{"b": 1}, {"b": 1.0}, {"b": True}, {"b": False}],
    ),
    "numbers that doubles do not tell apart": (
        branch("b", 2**53),
        branch("b", 2**53 + 1),
        False,
        [{"b": 2**53}, {"b": 2**53 + 1}, {"b": 2**53 + 2}],
    ),
    "any string but that of the other": (
        branch("b", "a"),
        {
            "type": "object",
            "properties": {"b": {"type": ["string", "null"], "not": {"const": "a"}}},
        },
        True,
        [{"b": "a"}, {"b": "c"}, {"b": None}, {"b": 1}, {}],
    ),
    "a fraction is not among the integers that the other excludes": (
        branch("b", 2.5),
        {
            **{"type": "object", "required": ["b"]},
            "properties": {"b": {"not": {"type": "integer", "enum": [1, 2.5]}}},
        },
        False,
        [{"b": 2.5}, {"b": 1}, {"b": 2}, {}],
    ),
    "a member that both may lack": (
        {**TAGGED, "required": []},
        {"type": "object", "properties": {"b": KIND}},
        False,
        [{"b": "a"}, {"b": "c"}, {}],
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_branches_are_asserted_only_if_an_object_may_fit_two(name: str) -> None:
    left, right, disjoint, documents = PAIRS[name]
    either = {"$ref": "#/$defs/Either"}
    definitions = {"Either": {"oneOf": [left, right, {"type": "null"}]}}
    schema = {"type": "object", "properties": {"it": either}, "$defs": definitions}
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    assert ("OneAlone(" in classes["m"].classes["Either"].alias) is not disjoint
    oracle = Oracle(schema)
    with imported_package(python_package(contract, classes, formatted=False)) as package:
        thing = model_in(package, "m", "Thing")
        for document in ({"it": it} for it in (*documents, None, 1)):
            assert is_valid(thing, document) is oracle.accepts(document), document


def optional(value: Any, **more: Any) -> Any:
    """An object that may lack its tag."""
    return {"type": "object", "properties": {"kind": {"const": value}, **more}}


TEXT, NUMBER = {"type": "string"}, {"type": "number"}
ANY_OTHER: Any = {"kind": {"type": "string", "not": {"enum": ["a", "b"]}}, "it": {"type": "null"}}
FORBIDS: Any = {"type": "object", "properties": {"it": TEXT}, "additionalProperties": False}
ASKS: Any = {**FORBIDS, "required": ["it"]}
TAGS: dict[str, tuple[Any, str]] = {
    "numbers": (
        {"oneOf": [branch("kind", 1, it=TEXT), branch("kind", 2.0, it=NUMBER)]},
        "OneOf('kind', {1: 0, 2: 1})",
    ),
    "fractions": (
        {"oneOf": [branch("kind", 1, it=TEXT), branch("kind", 2.5, it=NUMBER)]},
        "OneOf('kind', {1: 0, 2.5: 1})",
    ),
    "a number and a boolean that Python does not tell apart": (
        {"oneOf": [branch("kind", it, **{f"{it}": TEXT}) for it in (1, True, False)]},
        "OneOf('kind', {1: (0, 1), False: 2})",
    ),
    "required beside the union": (
        {
            "type": "object",
            "required": ["kind"],
            "oneOf": [optional("a", it=TEXT), optional("b", it=NUMBER)],
        },
        "OneOf('kind', {'a': 0, 'b': 1})",
    ),
    "absent from each": (
        {"anyOf": [optional("a", it=TEXT), optional("b", it=NUMBER)]},
        "AnyOf('kind', {'a': 0, 'b': 1}, absent=[0, 1])",
    ),
    "absent from each, beside a string": (
        {"anyOf": [optional("a", it=TEXT), optional(2, it=NUMBER), TEXT]},
        "AnyOf('kind', {'a': 0, 2: 1}, absent=[0, 1])",
    ),
    "forbidden in one": (
        {"anyOf": [branch("kind", "a", it=NUMBER), FORBIDS]},
        "AnyOf('kind', {'a': 0}, absent=[1])",
    ),
    "forbidden in two": (
        {"anyOf": [ASKS, {**ASKS, "properties": {"it": NUMBER}}, branch("kind", "a", b=TEXT)]},
        "AnyOf('kind', {'a': 2}, absent=[0, 1])",
    ),
    "of objects beside other values": (
        {"anyOf": [{**branch("kind", it), "type": ["object", "null"]} for it in "ab"]},
        "AnyOf('kind', {'a': 0, 'b': 1}, mixed=[0, 1])",
    ),
    "of objects beside any value": (
        {"required": ["kind"], "anyOf": [ASKS, {"properties": {"kind": {"const": "a"}}}]},
        "AnyOf('kind', {'a': 1}, mixed=[1])",
    ),
    "any other in one": (
        {
            "oneOf": [
                branch("kind", "a", it=TEXT),
                branch("kind", "b", it=NUMBER),
                {"type": "object", "properties": ANY_OTHER, "required": ["kind"]},
            ]
        },
        "OneOf('kind', {'a': 0, 'b': 1}, others=[2])",
    ),
}
KINDS: list[Any] = ["a", "b", "c", 1, 1.0, 2, 2.5, True, False, None]
TAGGED_OBJECTS: list[Any] = [{"kind": it, "it": value} for it in KINDS for value in ("", 1, None)]
OBJECTS: list[Any] = [{}, {"kind": "a"}, {"it": ""}, {"it": 1}, {"it": None}, {"it": "", "b": 1}]


@pytest.mark.parametrize("name", TAGS)
def test_a_tag_may_be_any_constant_and_need_not_be_there(name: str) -> None:
    either, marker = TAGS[name]
    schema = {
        "type": "object",
        "properties": {"it": {"$ref": "#/$defs/Either"}},
        "$defs": {"Either": either},
    }
    contract = contract_of(m_Thing=schema)
    classes = python_classes(contract)
    assert marker in classes["m"].classes["Either"].alias
    oracle = Oracle(schema)
    with imported_package(python_package(contract, classes, formatted=False)) as package:
        thing = model_in(package, "m", "Thing")
        verdicts = {is_valid(thing, {"it": it}) for it in TAGGED_OBJECTS}
        assert verdicts == {True, False}
        values: list[Any] = [*TAGGED_OBJECTS, *OBJECTS, None, "", []]
        for it in values:
            assert is_valid(thing, {"it": it}) is oracle.accepts({"it": it}), it
    assert prove(contract, python_package(contract, classes, formatted=False)).documents > 20


@pytest.mark.parametrize("name", ["absent from each", "any other in one"])
def test_an_object_with_a_tag_enters_one_branch(name: str) -> None:
    schema = {"type": "object", "properties": {"it": TAGS[name][0]}}
    contract = contract_of(m_Thing=schema)
    package = python_package(contract, python_classes(contract), formatted=False)
    with imported_package(package) as imported:
        thing = model_in(imported, "m", "Thing")
        with pytest.raises(ValidationError) as raised:
            thing.model_validate_json('{"it": {"kind": "a", "it": 1}}')
    assert [[*error["loc"]][-1] for error in raised.value.errors()] == ["it"]


def test_unions_within_unions_import_in_time_by_their_number() -> None:
    imported_in(2)  # what is needed once
    assert imported_in(14) < 6 * imported_in(7)


def test_the_tag_of_a_union_is_looked_for_in_time_by_its_size() -> None:
    assert looked_for_in(unlike_branches(160)) < 10 * looked_for_in(unlike_branches(40))
    assert looked_for_in(nested_branches(12)) < 20 * looked_for_in(nested_branches(6))


def unlike_branches(count: int) -> list[Any]:
    """Branches that have no member in common."""
    return [
        {"type": "object", "properties": {f"{at}-{it}": TEXT for it in range(20)}}
        for at in range(count)
    ]


def nested_branches(depth: int) -> list[Any]:
    """Branches that may lack their tag, each first one around others of the kind."""
    inner: Any = TEXT
    for _ in range(depth):
        inner = {"anyOf": [optional("a", it=inner), optional("b", it=NUMBER)]}
    branches: list[Any] = inner["anyOf"]
    return branches


def looked_for_in(branches: list[Any]) -> float:
    """The CPU time to look for a tag among branches that have none."""
    times = list[float]()
    for _ in range(3):
        start = process_time()
        assert tag_of(branches, {}) is None
        times.append(process_time() - start)
    return min(times)


def imported_in(depth: int) -> float:
    """The CPU time to import unions, each within the one before."""
    union = {"anyOf": nested_branches(depth)}
    schema = {"type": "object", "properties": {"it": union}}
    contract = contract_of(m_Thing=schema)
    package = python_package(contract, python_classes(contract), formatted=False)
    start = process_time()
    with imported_package(package) as name:
        assert is_valid(model_in(name, "m", "Thing"), {})
        return process_time() - start


@pytest.mark.parametrize("types", [["integer", "number"], ["number", "integer", "string"]])
def test_a_number_keeps_its_form_beside_integers(types: list[str]) -> None:
    schema = {"type": "object", "properties": {"it": {"type": types}}}
    contract = contract_of(m_Thing=schema)
    package = python_package(contract, python_classes(contract), formatted=False)
    with imported_package(package) as name:
        thing = model_in(name, "m", "Thing")
        for text in ('{"it":1.0}', '{"it":1}', '{"it":1.5}'):
            assert thing.model_validate_json(text).model_dump_json(exclude_unset=True) == text

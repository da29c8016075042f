"""Schema -> boundary documents: just valid, just invalid, each with a stable name.

For every keyword at every location the documents on both sides of it, every value against a
small pool of other values, every member dropped, every object given a stranger. A name is the
path of the fault in the document, then the keyword, then the case:
``payload/total_messages/minimum/below``. Whether a document is valid is the oracle's to say.
"""

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from errors import Refused
from names import attributes
from oracle import Oracle
from values import DEFINITIONS, Schema, is_array, is_object, pointer, reachable

Case = tuple[str, Any]


@dataclass(frozen=True)
class Document:
    """One JSON value and the stable name it goes by."""

    name: str
    instance: Any


NONE = object()
POOL: dict[str, Any] = {
    "null": None,
    "false": False,
    "true": True,
    "zero": 0,
    "one": 1,
    "minus-one": -1,
    "fifteen-point-zero": 15.0,
    "a-half": 0.5,
    "just-above-one": 1.0000000001,
    "just-above-zero": 1e-10,
    "two-to-the-53-plus-one": 2**53 + 1,
    "two-to-the-63": 2**63,
    "minus-two-to-the-64": -(2**64),
    "ten-to-the-300": 1e300,
    "empty-string": "",
    "string": "text",
    "string-1": "1",
    "string-true": "true",
    "string-null": "null",
    "string-beyond-ascii": "é\u2028\U0001f600\x00",
    "long-string": "x" * 1000,
    "empty-array": [],
    "array": [1, None],
    "empty-object": {},
    "object": {"stranger": [1.5, {"": None}]},
}

UUIDS = {
    "lower": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "upper": "0F8FAD5B-D9CB-469F-A165-70867728950E",
    "nil": "00000000-0000-0000-0000-000000000000",
    "max": "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "no-hyphens": "0f8fad5bd9cb469fa16570867728950e",
    "urn": "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e",
    "braces": "{0f8fad5b-d9cb-469f-a165-70867728950e}",
    "open-brace": "{0f8fad5b-d9cb-469f-a165-70867728950e",
    "close-brace": "0f8fad5b-d9cb-469f-a165-70867728950e}",
    "underscore": "0f8f_d5b-d9cb-469f-a165-70867728950e",
    "full-width-digit": "\uff10f8fad5b-d9cb-469f-a165-70867728950e",
    "leading-space": " 0f8fad5b-d9cb-469f-a165-70867728950e",
    "space-inside": " f8fad5b-d9cb-469f-a165-70867728950e",
    "final-newline": "0f8fad5b-d9cb-469f-a165-70867728950e\n",
    "one-short": "0f8fad5b-d9cb-469f-a165-70867728950",
    "one-long": "0f8fad5b-d9cb-469f-a165-70867728950e0",
    "no-hex": "gf8fad5b-d9cb-469f-a165-70867728950e",
    "hyphen-moved": "0f8fad5-bd9cb-469f-a165-70867728950e",
    "hyphen-for-digit": "0f8fad5b-d9cb-469f-a165--0867728950e",
    "32-digits-and-spaces": "  0f8fad5bd9cb469fa16570867728950e  ",
}
FORMATS = {"uuid": UUIDS}


class Documents:
    """The boundary documents of one message."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.definitions: dict[str, Schema] = schema.get("$defs", {})
        self.recursive = {
            name
            for name, definition in self.definitions.items()
            if name in reachable(definition, self.definitions)
        }

    def __iter__(self) -> Iterator[Document]:
        """Every document once, names unique, in the order of the schema."""
        self.entered: set[str] = set()
        root = {word: value for word, value in self.schema.items() if word != "$defs"}
        yield Document("minimal", self.example(root, complete=False))
        yield Document("complete", self.example(root, complete=True))
        for name, instance in self.cases(root, ()):
            yield Document(name, instance)

    def cases(self, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
        """The values to try where ``schema`` stands; ``trail`` names the definitions entered."""
        yield from ((f"value/{label}", value) for label, value in POOL.items())
        yield from self.keyword_cases(schema, trail)

    def keyword_cases(self, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
        """The values on both sides of each keyword; a definition that holds itself is entered
        once, or k of them that hold each other would be in every order of k."""
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(DEFINITIONS)
            if name not in self.entered:
                self.entered |= {name} & self.recursive
                yield from self.keyword_cases(self.definitions[name], (*trail, name))
        for word, cases in KEYWORDS.items():
            if word in schema:
                yield from cases(self, schema, trail)

    def example(self, schema: Schema, *, complete: bool, trail: tuple[str, ...] = ()) -> Any:
        """A valid value: its own example if it has one, else the plainest that fits."""
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(DEFINITIONS)
            complete = complete and self.recursive.isdisjoint(trail)
            return self.example(self.definitions[name], complete=complete, trail=(*trail, name))
        if "anyOf" in schema:
            return self.example(schema["anyOf"][0], complete=complete, trail=trail)
        if "properties" in schema:
            members = schema["properties"] if complete else schema.get("required", ())
            return {
                name: self.example(schema["properties"][name], complete=complete, trail=trail)
                for name in members
            }
        fitting = filter(self.oracle(schema).accepts, self.candidates(schema, complete, trail))
        found = next(fitting, NONE)
        if found is NONE:
            shown = json.dumps(schema)[:80]
            raise Refused(f": nothing was found that satisfies {shown}; add an example to it")
        return found

    def candidates(self, schema: Schema, complete: bool, trail: tuple[str, ...]) -> Iterator[Any]:
        """Values of which one should fit, the plainest first."""
        yield from schema.get("examples", ())
        yield from schema.get("enum", ())
        yield schema.get("const")
        yield from numbers(schema)
        yield from ("x" * int(schema.get("minLength", 0)), "text", 1, True, None)
        yield from FORMATS.get(schema.get("format", ""), {}).values()
        if not complete:
            yield from ([], {})
        if "items" in schema:
            item = self.example(schema["items"], complete=complete, trail=trail)
            yield [item] * max(1, int(schema.get("minItems", 0)))
        values = schema.get("additionalProperties", {})
        value = self.example(values if values is not True else {}, complete=complete, trail=trail)
        yield {f"key{index}": value for index in range(max(1, int(schema.get("minProperties", 0))))}
        yield from ([], {})

    def oracle(self, schema: Schema) -> Oracle:
        return Oracle({**schema, "$defs": self.definitions})


def numbers(schema: Schema) -> Iterator[Any]:
    """Numbers on and between the bounds, and multiples."""
    step = schema.get("multipleOf", 1)
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    for limit in (low, high, step):
        if limit is not None:
            multiple = limit // step * step
            yield from (limit, limit + 1, limit - 1, multiple, multiple + step)
    if low is not None and high is not None:
        yield (low + high) / 2


def properties(documents: Documents, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
    """Each member through its own cases, then left out, with all others present."""
    whole = documents.example(schema, complete=True, trail=trail)
    for name, subschema in schema["properties"].items():
        step = pointer([name]).removeprefix("/")
        for case, value in documents.cases(subschema, trail):
            yield f"{step}/{case}", {**whole, name: value}
        yield f"{step}/absent", without(whole, name)
    for label, value in POOL.items():
        yield f"stranger/{label}", {**whole, "stranger": value}
    for name, stranger in attributes(schema["properties"]).items():
        if stranger not in whole:  # a model must not take its attribute for the property
            step = pointer([name]).removeprefix("/")
            yield f"{step}/attribute", {**whole, stranger: None}
            yield f"{step}/attribute-alone", {stranger: None, **without(whole, name)}


def required(documents: Documents, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
    """Each required member missing from an object that holds nothing else but the others."""
    least = documents.example(schema, complete=False, trail=trail)
    for name in schema["required"]:
        step = pointer([name]).removeprefix("/")
        yield f"required/{step}", without(least, name)


def without(instance: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in instance.items() if key != name}


def additional_properties(
    documents: Documents, schema: Schema, trail: tuple[str, ...]
) -> Iterator[Case]:
    """Each value that the map's schema is about, under one key."""
    values = schema["additionalProperties"]
    if is_object(values):
        for case, value in documents.cases(values, trail):
            yield f"additionalProperties/{case}", {"key": value}


def items(documents: Documents, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
    """Each item through its own cases, in first and in last place."""
    whole = documents.example(schema, complete=True, trail=trail)
    for case, value in documents.cases(schema["items"], trail):
        yield f"0/{case}", [value, *whole[1:]]
        yield f"{len(whole)}/{case}", [*whole, value]


def any_of(documents: Documents, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
    """What each branch says of its own; the pool is tried once for all of them."""
    for index, branch in enumerate(schema["anyOf"]):
        for case, value in documents.keyword_cases(branch, trail):
            yield f"anyOf/{index}/{case}", value


def enum(documents: Documents, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
    """Each member, and near each member what is none."""
    for index, member in enumerate(schema["enum"]):
        yield from near(f"enum/{index}", member)


def const(documents: Documents, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
    """The value, and near it what it is not."""
    yield from near("const", schema["const"])


def near(name: str, text: str) -> Iterator[Case]:
    yield name, text
    yield f"{name}/upper", text.upper()
    yield f"{name}/longer", f"{text} "
    yield f"{name}/shorter", text[:-1]


def format_(documents: Documents, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
    """Spellings of the format and near misses of it."""
    for label, text in FORMATS[schema["format"]].items():
        yield f"format/{label}", text


def bound(word: str) -> Callable[[Documents, Schema, tuple[str, ...]], Iterator[Case]]:
    """A bound met exactly and missed on both sides, by one and by a little."""

    def cases(documents: Documents, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
        limit = schema[word]
        yield f"{word}/at", limit
        yield f"{word}/whole-below", math.floor(limit)
        yield f"{word}/whole-above", math.ceil(limit)
        yield f"{word}/below", limit - 1
        yield f"{word}/above", limit + 1
        yield f"{word}/at-as-float", float(limit)
        yield f"{word}/a-little-below", limit - 0.5
        yield f"{word}/a-little-above", limit + 0.5

    return cases


def multiple_of(documents: Documents, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
    """A multiple, and its neighbours."""
    step = schema["multipleOf"]
    yield from ((f"multipleOf/{factor}-times", step * factor) for factor in (0, 1, 7, -1))
    yield from ((f"multipleOf/{off}-off", step * 7 + off) for off in (-1, 1))


def size(
    word: str, make: Callable[[Documents, Schema, tuple[str, ...], int], Any]
) -> Callable[[Documents, Schema, tuple[str, ...]], Iterator[Case]]:
    """A bound on the size of what ``make`` makes, met exactly and missed on both sides."""

    def cases(documents: Documents, schema: Schema, trail: tuple[str, ...]) -> Iterator[Case]:
        limit = int(schema[word])
        for label, length in (("at", limit), ("below", limit - 1), ("above", limit + 1)):
            if length >= 0:
                made = make(documents, schema, trail, length)
                yield f"{word}/{label}", made
                yield f"{word}/{label}-and-a-null", with_null(made)

    return cases


def with_null(made: Any) -> Any:
    """The first item or value exchanged: two faults at once, where null is one."""
    if is_array(made):
        return [None, *made[1:]]
    return dict.fromkeys(made) if is_object(made) else None


def text_of(documents: Documents, schema: Schema, trail: tuple[str, ...], length: int) -> str:
    """Characters beyond the Basic Multilingual Plane: a length is a number of code points."""
    return "\U0001f600" * length


def array_of(documents: Documents, schema: Schema, trail: tuple[str, ...], length: int) -> Any:
    return [documents.example(schema["items"], complete=True, trail=trail)] * length


def map_of(documents: Documents, schema: Schema, trail: tuple[str, ...], length: int) -> Any:
    values = schema["additionalProperties"]
    value = documents.example(values if values is not True else {}, complete=True, trail=trail)
    return {f"key{index}": value for index in range(length)}


KEYWORDS: dict[str, Callable[[Documents, Schema, tuple[str, ...]], Iterator[Case]]] = {
    "properties": properties,
    "required": required,
    "additionalProperties": additional_properties,
    "items": items,
    "anyOf": any_of,
    "const": const,
    "enum": enum,
    "format": format_,
    "minimum": bound("minimum"),
    "maximum": bound("maximum"),
    "exclusiveMinimum": bound("exclusiveMinimum"),
    "exclusiveMaximum": bound("exclusiveMaximum"),
    "multipleOf": multiple_of,
    "minLength": size("minLength", text_of),
    "maxLength": size("maxLength", text_of),
    "minItems": size("minItems", array_of),
    "maxItems": size("maxItems", array_of),
    "minProperties": size("minProperties", map_of),
    "maxProperties": size("maxProperties", map_of),
}

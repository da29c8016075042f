"""A schema taken apart into conjunctions of plain keywords, each for one kind of value.

Branches become alternatives, of which each holds or does not; what does not hold is said in plain
keywords where these can, and is set apart where they cannot.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from values import Schema, is_annotation, is_array

Subschema = Schema | bool

# The kinds of JSON values; a number is an integer or has a fraction.
KINDS = ("null", "boolean", "integer", "fraction", "string", "array", "object")
NUMBER = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
# The keywords that speak of values of one kind and hold no other schema of the same value.
PLAIN: dict[str, tuple[str, ...]] = {
    "null": (),
    "boolean": (),
    "integer": NUMBER,
    "fraction": NUMBER,
    "string": ("minLength", "maxLength", "pattern", "format"),
    "array": (
        *("items", "prefixItems", "contains", "minContains", "maxContains"),
        *("minItems", "maxItems", "uniqueItems"),
    ),
    "object": (
        *("properties", "patternProperties", "additionalProperties", "propertyNames"),
        *("required", "dependentRequired", "minProperties", "maxProperties"),
    ),
}
OF_SOME_KIND = frozenset(word for words in PLAIN.values() for word in words)


@dataclass(frozen=True)
class Conjunction:
    """The values of one kind that satisfy all of ``parts``, plain keywords, and none of
    ``excluded``; ``given`` are the schemas that the parts were taken from, as text."""

    kind: str
    parts: tuple[Schema, ...] = ()
    excluded: tuple[Subschema, ...] = ()
    given: frozenset[str] = frozenset()

    def values(self, word: str) -> list[Any]:
        return [part[word] for part in self.parts if word in part]


def text(schema: Subschema) -> str:
    """A schema as text, but for its annotations and definitions."""
    said = schema if isinstance(schema, bool) else {it: schema[it] for it in assertions(schema)}
    return json.dumps(said, sort_keys=True)


def assertions(schema: Schema) -> list[str]:
    return [word for word in schema if not is_annotation(word) and word != "$defs"]


def kind_of(value: Any) -> str:
    """The kind of a JSON value: 1.0 is an integer."""
    if isinstance(value, float):
        return "integer" if value.is_integer() else "fraction"
    return KIND[type(value).__name__]


KIND = {
    **{"NoneType": "null", "bool": "boolean", "int": "integer"},
    **{"str": "string", "list": "array", "dict": "object"},
}


def kinds(schema: Schema) -> list[str]:
    """The kinds of value that the schema's ``type`` allows."""
    named = schema.get("type", KINDS)
    listed = list(named) if is_array(named) or named is KINDS else [named]
    return [*listed, *(("integer", "fraction") if "number" in listed else ())]


def plain(schema: Schema, kind: str) -> Schema:
    """Of a schema the plain keywords that say something of values of a kind."""
    return {word: it for word, it in schema.items() if word in ("enum", "const", *PLAIN[kind])}


# Branches. Of the alternatives that a keyword gives, at least one is met by any value.

Choice = tuple[Subschema, bool]  # a subschema of the same value, and whether it holds
Alternatives = list[tuple[Choice, ...]]


def choices(schema: Schema, kind: str) -> Iterator[list[Choice]]:
    """Every way in which the branches of a schema can hold or not."""
    alternatives = [it for branch in BRANCHES for it in branch(schema, kind)]
    return ([choice for taken in way for choice in taken] for way in product(*alternatives))


def any_of(schema: Schema, kind: str) -> Iterator[Alternatives]:
    if "anyOf" in schema:
        yield [((it, True),) for it in schema["anyOf"]]


def one_of(schema: Schema, kind: str) -> Iterator[Alternatives]:
    if "oneOf" in schema:
        branches: list[Subschema] = schema["oneOf"]
        yield [
            tuple((it, index == one) for index, it in enumerate(branches))
            for one in range(len(branches))
        ]


def not_(schema: Schema, kind: str) -> Iterator[Alternatives]:
    if "not" in schema:
        yield [((schema["not"], False),)]


def conditional(schema: Schema, kind: str) -> Iterator[Alternatives]:
    if "if" in schema:
        yield met_or_not(schema["if"], schema.get("then", True), schema.get("else", True))


def dependent(schema: Schema, kind: str) -> Iterator[Alternatives]:
    for name, it in schema.get("dependentSchemas", {}).items() if kind == "object" else ():
        yield met_or_not(has(name), it, True)


def has(name: str) -> Schema:
    return {"type": "object", "required": [name]}


def met_or_not(condition: Subschema, then: Subschema, otherwise: Subschema) -> Alternatives:
    return [((condition, True), (then, True)), ((condition, False), (otherwise, True))]


BRANCHES: tuple[Callable[[Schema, str], Iterator[Alternatives]], ...] = (
    any_of,
    one_of,
    not_,
    conditional,
    dependent,
)


# The opposite of a schema.

OPPOSITES: dict[str, Callable[[Any], Subschema | None]] = {
    "minimum": lambda it: {"exclusiveMaximum": it},
    "maximum": lambda it: {"exclusiveMinimum": it},
    "exclusiveMinimum": lambda it: {"maximum": it},
    "exclusiveMaximum": lambda it: {"minimum": it},
    "minLength": lambda it: {"maxLength": it - 1} if it else False,
    "maxLength": lambda it: {"minLength": it + 1},
    "minItems": lambda it: {"maxItems": it - 1} if it else False,
    "maxItems": lambda it: {"minItems": it + 1},
    "minProperties": lambda it: {"maxProperties": it - 1} if it else False,
    "maxProperties": lambda it: {"minProperties": it + 1},
    "required": lambda it: {"properties": {it[0]: False}} if len(it) == 1 else None,
}


def opposite(schema: Subschema, kind: str) -> Subschema | None:
    """What a value of this kind satisfies if and only if it does not satisfy the schema, or None
    if that cannot be said in plain keywords."""
    if isinstance(schema, bool):
        return not schema
    if kind not in kinds(schema):
        return True
    of_others = OF_SOME_KIND.difference(PLAIN[kind])
    telling = [word for word in assertions(schema) if word != "type" and word not in of_others]
    if not telling:
        return False
    alone = len(telling) == 1 and telling[0] in OPPOSITES
    return OPPOSITES[telling[0]](schema[telling[0]]) if alone else None

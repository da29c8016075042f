"""Recursive schemas of every shape, each with documents of any depth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]
R: Schema = {"$ref": "#/$defs/R"}
S: Schema = {"$ref": "#/$defs/S"}
LEAF: Schema = {"type": "integer", "minimum": 0}


@dataclass(frozen=True)
class Recursive:
    """The definition R (and others), and how a document of it becomes one that is a level deeper.

    ``leaf`` is valid, ``fault`` is not; ``alternates`` if each level turns the verdict round.
    ``references`` are followed at each level: pydantic-core follows no more than 255 in all where
    it reads Python values.
    """

    definition: Schema
    deeper: Callable[[Any], Any] = lambda inner: {"next": inner}
    leaf: Any = 1
    fault: Any = -1
    others: Mapping[str, Schema] | None = None
    alternates: bool = False
    references: int = 1

    @property
    def message(self) -> Schema:
        """An object whose member ``root`` is R, and ``roots`` any number of them."""
        definitions = {"R": self.definition, **(self.others or {})}
        return {
            "type": "object",
            "properties": {"root": R, "roots": {"type": "array", "items": R}},
            "$defs": definitions,
        }

    def document(self, depth: int, valid: bool) -> Any:
        inner = self.leaf if valid != (self.alternates and depth % 2 == 1) else self.fault
        for _ in range(depth):
            inner = self.deeper(inner)
        return {"root": inner}

    def wide_document(self, width: int, valid: bool) -> Any:
        return {"roots": [self.document(4, valid)["root"] for _ in range(width)]}


def node(**more: Any) -> Schema:
    """An object with a member ``next`` that is R."""
    return {"type": "object", "properties": {"next": R, **more}, "required": ["next", *more]}


def tagged(*tags: Any, word: str = "const", name: str = "kind") -> list[Schema]:
    return [node(**{name: {word: tag}}) for tag in tags]


def either(*branches: Schema, word: str = "anyOf") -> Schema:
    return {word: [*branches, LEAF]}


def with_member(name: str, value: Any) -> Callable[[Any], Any]:
    return lambda inner: {name: value, "next": inner}


def in_array(inner: Any) -> Any:
    return [inner]


LINK: Schema = {"properties": {"next": R}, "required": ["next"], "type": "object"}
ANY_LINK: Schema = {"properties": {"next": R}}
LEAF_OR_LINK: Schema = {"type": ["integer", "object"], "minimum": 0}

RECURSIVE: dict[str, Recursive] = {
    # Unions that a string tells apart.
    "anyOf of six constants": Recursive(
        either(*tagged("a", "b", "c", "d", "e", "f")), with_member("kind", "f")
    ),
    "oneOf of six constants": Recursive(
        either(*tagged("a", "b", "c", "d", "e", "f"), word="oneOf"), with_member("kind", "f")
    ),
    "oneOf of enums": Recursive(
        either(*tagged(["a", "b"], ["c", "d"], word="enum"), word="oneOf"), with_member("kind", "d")
    ),
    "constants of any name": Recursive(
        either(*tagged("a", "b", name="@type")), with_member("@type", "b")
    ),
    "constants behind references": Recursive(
        either(S, node(kind={"const": "b"})),
        with_member("kind", "a"),
        others={"S": node(kind={"$ref": "#/$defs/A"}), "A": {"const": "a"}},
    ),
    "constants in allOf": Recursive(
        either(*({"allOf": [it, {"minProperties": 1}]} for it in tagged("a", "b"))),
        with_member("kind", "b"),
    ),
    "a union of unions": Recursive(
        either({"anyOf": tagged("a", "b")}, {"oneOf": tagged("c", "d")}), with_member("kind", "d")
    ),
    "strings that two branches share": Recursive(
        either(*tagged(["a", "b"], ["b", "c"], ["c", "a"], word="enum")), with_member("kind", "b")
    ),
    "two members together": Recursive(
        either(*(node(a={"const": x}, b={"const": y}) for x in "pq" for y in "rs")),
        lambda inner: {"a": "q", "b": "s", "next": inner},
    ),
    "objects alone, of strings": Recursive(
        {"oneOf": [*tagged("a", "b"), {**LINK, "properties": {"kind": {"const": "leaf"}}}]},
        with_member("kind", "b"),
        leaf={"kind": "leaf", "next": 1},
        fault={"kind": "leaf"},
        references=2,
    ),
    # Unions that something else tells apart.
    "integer constants": Recursive(either(*tagged(1, 2, 3)), with_member("kind", 3)),
    "boolean constants": Recursive(either(*tagged(True, False)), with_member("kind", False)),
    "null and other constants": Recursive(either(*tagged(None, "a", 1)), with_member("kind", 1)),
    "a constant that one branch does not have": Recursive(
        either(*tagged("a", "b"), LINK), with_member("kind", "c")
    ),
    "a constant that may be absent": Recursive(
        either(*({**it, "required": ["next"]} for it in tagged("a", "b")))
    ),
    "a constant that one branch may lack": Recursive(
        either(*tagged("a"), {**LINK, "properties": {"next": R, "kind": {"const": "b"}}})
    ),
    "any string but the constants of the others": Recursive(
        either(
            *tagged("a", "b"),
            node(kind={"type": "string", "not": {"enum": ["a", "b"]}}),
            word="oneOf",
        ),
        with_member("kind", "c"),
    ),
    "constants of objects beside arrays": Recursive(
        either(*({**it, "type": ["object", "array"], "items": R} for it in tagged("a", "b"))),
        lambda inner: [{"kind": "b", "next": inner}],
        references=2,
    ),
    "a branch beside a small one that overlaps": Recursive(
        either(LINK, {"type": "object", "required": ["ref"]}, word="oneOf"),
        references=2,
    ),
    "branches of constants beside small ones that overlap": Recursive(
        either(
            *tagged("a", "b"),
            {"type": "object", "required": ["ref"]},
            {"type": "object", "required": ["id"]},
            word="oneOf",
        ),
        with_member("kind", "b"),
        references=2,
    ),
    "required names": Recursive(
        either(*({**LINK, "required": [name]} for name in ("a", "b", "next")))
    ),
    "closed names": Recursive(
        either(
            *(
                {
                    "type": "object",
                    "properties": {name: R, "next": R},
                    "additionalProperties": False,
                }
                for name in ("a", "b", "c")
            )
        )
    ),
    "types": Recursive(
        either(LINK, {"type": "array", "items": R}, {"type": "string"}, word="oneOf"),
        lambda inner: [{"next": inner}],
        references=2,
    ),
    "arrays by their first item": Recursive(
        either(*({"type": "array", "prefixItems": [{"const": it}, R]} for it in "abc")),
        lambda inner: ["c", inner],
    ),
    # Unions that nothing tells apart.
    "anyOf of equal objects": Recursive(either(LINK, {**LINK, "minProperties": 1})),
    "anyOf of three open objects": Recursive(
        either(*({"type": "object", "properties": {"next": R, it: LEAF}} for it in "abc"))
    ),
    # Of the two, the one with the shorter name is judged, then read.
    "oneOf of objects that overlap": Recursive(
        {
            "oneOf": [
                {**LINK, "title": "A"},
                {**LINK, "title": "With b", "required": ["next", "b"]},
                LEAF,
            ]
        },
        references=2,
    ),
    "anyOf of arrays": Recursive(
        either({"type": "array", "items": R}, {"type": "array", "items": R, "minItems": 1}),
        in_array,
    ),
    "anyOf of maps": Recursive(
        either(
            *({"type": "object", "additionalProperties": R, "minProperties": it} for it in (0, 1))
        )
    ),
    "two definitions in turn": Recursive(
        either(LINK, {**LINK, "properties": {"next": S}}),
        others={"S": either(LINK, {**LINK, "properties": {"next": S}})},
    ),
    # Assertions around the recursion.
    "allOf of two links": Recursive({"allOf": [ANY_LINK, ANY_LINK, LEAF_OR_LINK]}),
    "allOf of the same through references": Recursive(
        {"allOf": [S, S, LEAF_OR_LINK]}, others={"S": ANY_LINK}, references=2
    ),
    "allOf in a row": Recursive(
        {"allOf": [S, {"minProperties": 0}]},
        others={"S": {"allOf": [{"$ref": "#/$defs/T"}, LEAF_OR_LINK]}, "T": ANY_LINK},
        references=4,
    ),
    "an extension": Recursive(
        either({"allOf": [S, {"properties": {"a": LEAF}}]}), others={"S": LINK}
    ),
    "an extension of what holds it": Recursive(
        either(S, {"allOf": [S, {"required": ["b"], "properties": {"b": R}}]}, word="oneOf"),
        others={"S": {**LINK, "maxProperties": 1}},
        references=2,
    ),
    "an extension that narrows what holds it": Recursive(
        either({"allOf": [S, {"properties": {"next": R}}, {"properties": {"next": S}}]}),
        others={"S": {"properties": {"next": {}}, "type": ["object", "integer"], "minimum": 0}},
    ),
    "extensions of constants": Recursive(
        either(
            *(
                {"allOf": [S, {"properties": {"kind": {"const": it}}, "required": ["kind"]}]}
                for it in "abc"
            ),
            word="oneOf",
        ),
        with_member("kind", "b"),
        others={"S": LINK},
    ),
    "a reference with properties beside": Recursive(
        {"$ref": "#/$defs/S", "properties": {"next": R}, "required": ["next"]},
        leaf={"next": 1},
        fault={"next": "x"},
        others={"S": {"type": ["object", "integer"], "properties": {"next": either(R)}}},
        references=2,
    ),
    "not": Recursive(
        {"not": {"anyOf": [{"type": "integer", "maximum": -1}, LINK]}}, alternates=True
    ),
    "not of not": Recursive({"not": {"not": {"allOf": [ANY_LINK, LEAF_OR_LINK]}}}),
    "if, then and else": Recursive(
        {"if": {"type": "object"}, "then": LINK, "else": LEAF},
    ),
    "the recursion in if": Recursive(
        {"if": LINK, "then": {"maxProperties": 1}, "else": LEAF},
    ),
    "if by the kind": Recursive(
        {
            "type": ["object", "integer"],
            "minimum": 0,
            "allOf": [
                {
                    "if": {"properties": {"kind": {"const": it}}, "required": ["kind"]},
                    "then": ANY_LINK,
                    "else": ANY_LINK,
                }
                for it in "abc"
            ],
        },
        with_member("kind", "b"),
    ),
    "dependentSchemas": Recursive(
        {**LEAF_OR_LINK, "dependentSchemas": {"next": ANY_LINK, "kind": ANY_LINK}},
        with_member("kind", 1),
    ),
    "contains": Recursive(either({"type": "array", "contains": R}), in_array),
    "contains beside items": Recursive(
        either({"type": "array", "contains": R, "items": R, "maxContains": 1}), in_array
    ),
    "prefixItems beside items": Recursive(
        either({"type": "array", "prefixItems": [R], "items": R}), lambda inner: [inner, 0]
    ),
    "patternProperties that overlap": Recursive(
        either({**LINK, "patternProperties": {"^n": R, "t$": R}, "additionalProperties": R})
    ),
    "unevaluatedProperties": Recursive(
        either({"type": "object", "anyOf": [ANY_LINK, ANY_LINK], "unevaluatedProperties": False})
    ),
    "unevaluatedItems": Recursive(
        either({"type": "array", "allOf": [{"prefixItems": [R]}], "unevaluatedItems": R}),
        lambda inner: [inner, 0],
    ),
    "uniqueItems": Recursive(
        either({"type": "array", "items": R, "uniqueItems": True}), lambda inner: [inner, 0]
    ),
    "a class with an assertion": Recursive(either({**LINK, "maxProperties": 1})),
    "a class that asserts its own members": Recursive(
        either({**LINK, "anyOf": [ANY_LINK, {"required": ["b"]}]})
    ),
    "an assertion on a map": Recursive(
        either({"type": "object", "additionalProperties": R, "propertyNames": {"maxLength": 4}})
    ),
    "null or the same": Recursive({"anyOf": [LINK, {"type": "null"}]}, leaf=None, fault=1),
}


CHAIN_WORDS = ("anyOf", "oneOf", "class", "allOf")


def chain(word: str, length: int) -> Schema:
    """A message whose ``root`` is the first of so many definitions, each of objects whose ``next``
    is the definition after it along two paths; none is recursive."""
    definitions: Schema = {f"D{length}": LEAF}
    for index in range(length):
        link: Schema = {
            "type": "object",
            "properties": {"next": {"$ref": f"#/$defs/D{index + 1}"}},
            "required": ["next"],
        }
        with_b = {**link, "required": ["next", "b"]}
        shapes: dict[str, Schema] = {
            "anyOf": {"anyOf": [link, {**link, "minProperties": 1}]},
            "oneOf": {"oneOf": [link, with_b]},
            "class": {**link, "anyOf": [with_b, {"properties": link["properties"]}]},
            "allOf": {"allOf": [{"not": with_b}, {"if": link, "then": link, "else": False}]},
        }
        definitions[f"D{index}"] = shapes[word]
    return {
        "type": "object",
        "properties": {"root": {"$ref": "#/$defs/D0"}},
        "$defs": definitions,
    }


def ring(length: int) -> Schema:
    """A message of so many definitions, each of which leads to the next one and to the first, by a
    union that has a name and by an object that stands within."""
    definitions: Schema = {}
    for index in range(length):
        after = {"$ref": f"#/$defs/D{(index + 1) % length}"}
        inner = {"type": "object", "properties": {"first": {"$ref": "#/$defs/D0"}}}
        definitions[f"D{index}"] = {
            "type": "object",
            "properties": {"next": {"$ref": f"#/$defs/Any{index}"}, "inner": inner},
        }
        definitions[f"Any{index}"] = {"anyOf": [after, {"type": "integer"}]}
    return {"$ref": "#/$defs/D0", "$defs": definitions}


def chain_document(length: int, valid: bool) -> Any:
    return Recursive({}).document(length, valid)

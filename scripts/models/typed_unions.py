"""Unions beside a type, the type that they leave to the schema around them, and their markers.

``{"type": "object", "anyOf": [{"properties": …}, {"properties": …}]}`` is a union of two classes.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from contract.json_values import is_object
from contract.subschemas import Definitions, Schema, Subschema
from models.mixed import accepts_others, describes_members
from models.records import is_composition
from models.tags import tag_attributes, tag_of
from models.unions import (
    branches_beside,
    is_disjoint,
    json_types,
    others_than,
    required_apart,
)

Key = TypeVar("Key")
# Keywords by which a plain type says more than its name.
TYPE_DETAILS: dict[str, frozenset[str]] = {
    "object": frozenset(("properties", "patternProperties", "additionalProperties")),
    "array": frozenset(("items", "prefixItems")),
}


def union_of_one_type(schema: Schema, definitions: Definitions) -> str:
    """The keyword whose branches can be of the schema's type, and each says more of it than the
    schema does beside; empty if there is none."""
    words: list[str] = [it for it in ("anyOf", "oneOf") if it in schema]
    if not words and schema.keys() >= {"if", "then", "else"}:
        words = ["if"]
    kind = str(schema.get("type"))
    if len(words) != 1 or kind not in TYPE_DETAILS or "$ref" in schema:
        return ""
    detailed = not schema.keys().isdisjoint(TYPE_DETAILS[kind])
    branches = branches_of(schema, words[0])
    telling = all(is_object(it) and is_telling(it, kind, definitions) for it in branches)
    return words[0] if telling and not detailed else ""


def branches_of(schema: Schema, word: str) -> list[Any]:
    return [schema["then"], schema["else"]] if word == "if" else schema[word]


def is_telling(schema: Schema, kind: str, definitions: Definitions) -> bool:
    """Whether the schema can be of the type and describes its content."""
    types = json_types(schema, definitions)
    if types != frozenset({kind}):
        return kind == "object" and kind in types and describes_members(schema, definitions)
    details = TYPE_DETAILS[kind] & schema.keys()
    return (
        "$ref" in schema
        or any(schema[word] not in (True, False, {}) for word in details)
        or is_composition(schema, definitions)
        or bool(union_of_one_type(schema, definitions))
    )


def is_of_type(schema: Schema, kind: str, definitions: Definitions) -> bool:
    return json_types(as_object(schema, definitions), definitions) == frozenset({kind})


def as_object(schema: Subschema, definitions: Definitions) -> Schema:
    """The branch as one of objects alone, if it describes their members and leaves their type to
    the schema around it."""
    if not is_object(schema):
        return {} if schema else {"not": {}}
    untyped = schema.keys().isdisjoint(("type", "$ref", "const", "enum"))
    record = untyped and describes_members(schema, definitions)
    return {**schema, "type": "object"} if record else schema


def as_object_alone(schema: Schema, definitions: Definitions) -> Schema:
    """The schema as one of objects alone, if it describes their members and no other value is
    valid."""
    return as_object(schema, definitions) if excludes_others(schema, definitions) else schema


def excludes_others(schema: Schema, definitions: Definitions) -> bool:
    """Whether any value but an object would fit two branches of the ``oneOf``."""
    return sum(accepts_others(it, definitions) for it in schema.get("oneOf", ())) > 1


def unions_of_objects(schema: Schema, definitions: Definitions) -> Iterator[str]:
    """The keywords of the unions where no value but an object is valid: the type says it, or any
    other value would fit two branches of a ``oneOf``."""
    word = union_of_one_type(schema, definitions)
    if word and schema["type"] == "object":
        yield from ("then", "else") if word == "if" else (word,)
    elif schema.keys().isdisjoint(("type", "$ref")):
        records = all(is_of_type(it, "object", definitions) for it in schema.get("oneOf", ()))
        if records and excludes_others(schema, definitions):
            yield "oneOf"


def union_marker(
    name: str, schema: Schema, word: str, definitions: Definitions, apart: Iterable[int] = ()
) -> str:
    """The marker of a union, with the tag by which its objects differ, but for those of branches
    ``apart``."""
    branches = others_than(apart, branches_beside(schema, word))
    tag = tag_of(branches, definitions)
    if tag is None:
        disjoint = name == "AnyOf" and is_disjoint(branches, definitions)
        return f"{name}({'disjoint=True' if disjoint else ''})"
    indices = one_or_several(tag.branches)
    attributes = tag_attributes(tag.name, {"anyOf": branches}, definitions) - {tag.name}
    others = [sorted(attributes, key=lambda it: (-len(it), it))] if attributes else []
    arguments = [*map(repr, (tag.name, indices, *others))]
    for word in ("others", "absent", "mixed"):
        arguments += [f"{word}={[*getattr(tag, word)]}"] if getattr(tag, word) else []
    return f"{name}({', '.join(arguments)})"


def one_or_several(
    indices: Mapping[Key, tuple[int, ...]],
) -> dict[Key, int | tuple[int, ...]]:
    return {key: it[0] if len(it) == 1 else it for key, it in indices.items()}


def watching_marker(schema: Schema, apart: list[int], definitions: Definitions) -> str:
    """The marker that refuses what fits several branches of a ``oneOf``."""
    names = required_apart(branches_beside(schema, "oneOf"), definitions)
    by = [f"by={one_or_several(names)!r}"] if names else []
    return f"OneAlone({', '.join([*map(str, apart), *by])})"

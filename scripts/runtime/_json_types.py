"""A value or a core schema -> the types of JSON Schema (2020-12, Core 4.2.1) that it has."""

import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from ._types import is_object

Types = frozenset[str]

NUMBERS: Types = frozenset({"integer", "number"})
ALL_TYPES: Types = frozenset({"null", "boolean", "string", "array", "object"}) | NUMBERS
TYPES: Mapping[str, Types] = {
    **{it: frozenset({it}) for it in ("integer", "string")},
    "number": NUMBERS,
    "none": frozenset({"null"}),
    "null": frozenset({"null"}),
    "bool": frozenset({"boolean"}),
    "boolean": frozenset({"boolean"}),
    "int": frozenset({"integer"}),
    "float": NUMBERS,
    "str": frozenset({"string"}),
    "uuid": frozenset({"string"}),
    **dict.fromkeys(("array", "list", "tuple"), frozenset({"array"})),
    **dict.fromkeys(("object", "model", "model-fields", "dict"), frozenset({"object"})),
    "missing-sentinel": frozenset(),
}
NO_TYPES: Types = frozenset()
UNIONS = ("union", "tagged-union")
TUPLE: Any = tuple  # typed so that type checkers do not take a choice for one of anything
NULL_SCHEMA: Any = {"type": "none"}


def types_of(value: Any) -> Types:
    """The types of a value; an integer is a number too."""
    if isinstance(value, dict):  # the most frequent, and the soonest known
        return TYPES["object"]
    if isinstance(value, enum.Enum):
        return types_of(value.value)
    if isinstance(value, bool):
        return TYPES["boolean"]
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return NUMBERS
    if isinstance(value, float):
        return frozenset({"number"})
    if value is None:
        return TYPES["null"]
    if isinstance(value, (list, tuple)):
        return TYPES["array"]
    return TYPES["object" if isinstance(value, (Mapping, BaseModel)) else "string"]


NOT_AN_OBJECT_ERROR = "not_an_object"
# What need not be looked into: whole numbers, the step of an Assert, and what no class describes.
TYPES_BY_ERROR: Mapping[str, Types] = {
    "int_type": TYPES["integer"],
    "assertion": ALL_TYPES,
    NOT_AN_OBJECT_ERROR: ALL_TYPES - TYPES["object"],
}


def core_types(schema: Any, definitions: Mapping[str, Any]) -> Types:
    """The types of the values that a core schema may accept."""
    types = own_types(schema, definitions)
    metadata: Any = schema.get("metadata", {})
    assertion = getattr(schema.get("cls"), "__assertion__", metadata.get("marker"))
    asserted: Any = getattr(assertion, "schema", None)
    if not is_object(asserted):
        return types
    references: Mapping[str, Any] = metadata.get("references", {})

    def types_of_reference(name: str) -> Types:
        return core_types(references[name], definitions) if name in references else ALL_TYPES

    return types & schema_types(asserted, types_of_reference)


def own_types(schema: Any, definitions: Mapping[str, Any]) -> Types:
    kind = schema["type"]
    if kind == "definition-ref":
        return core_types(definitions[schema["schema_ref"]], definitions)
    if schema.get("custom_error_type") in TYPES_BY_ERROR:
        return TYPES_BY_ERROR[schema["custom_error_type"]]
    if kind == "chain":
        return ALL_TYPES.intersection(*(core_types(it, definitions) for it in schema["steps"]))
    if kind in UNIONS:
        return NO_TYPES.union(*(core_types(it, definitions) for it in choices_of(schema)))
    if kind == "nullable":
        return TYPES["null"] | core_types(schema["schema"], definitions)
    if kind == "literal":
        return types_of_any(schema["expected"])
    if kind == "enum":
        return types_of_any(schema["members"])
    if kind == "json-or-python":
        return core_types(schema["json_schema"], definitions)
    if kind == "model" and not schema.get("root_model"):
        return TYPES["object"]
    if "schema" in schema:
        return core_types(schema["schema"], definitions)
    return TYPES.get(kind, ALL_TYPES)


def choices_of(union: Any) -> list[Any]:
    """The choices of a core schema's union without their labels and tags."""
    choices: Any = union["choices"]
    plain = choices.values() if is_object(choices) else choices
    return [it[0] if isinstance(it, TUPLE) else it for it in plain]


def types_of_any(values: Iterable[Any]) -> Types:
    return NO_TYPES.union(*map(types_of, values))


def schema_types(schema: Any, types_of_reference: Callable[[str], Types]) -> Types:
    """The types that a JSON Schema leaves by ``type``, constants, references, ``allOf``, unions."""
    if not is_object(schema):
        return ALL_TYPES
    types = ALL_TYPES
    if "type" in schema:
        named = schema["type"]
        types &= NO_TYPES.union(
            *(TYPES[it] for it in ([named] if isinstance(named, str) else named))
        )
    for word in schema.keys() & {"const", "enum"}:
        types &= types_of_any(schema[word] if word == "enum" else [schema[word]])
    if "$ref" in schema:
        types &= types_of_reference(schema["$ref"].rpartition("/")[2])
    for part in schema.get("allOf", ()):
        types &= schema_types(part, types_of_reference)
    for word in schema.keys() & {"anyOf", "oneOf"}:
        types &= NO_TYPES.union(*(schema_types(it, types_of_reference) for it in schema[word]))
    return types


def names_of(types: Types) -> list[str]:
    """The names of the types, ``number`` for all numbers."""
    named = types - {"integer"} if "number" in types else types
    return sorted(named, key=ORDER.index)


ORDER = ["object", "array", "string", "number", "integer", "boolean", "null"]


def alternatives(names: Iterable[str]) -> str:
    """``object, array or null``; of many names the first."""
    known = [*names] or ["nothing"]
    *first, last = known if len(known) <= MOST_NAMES else [*known[:MOST_NAMES], "another branch"]
    return f"{', '.join(first)} or {last}" if first else last


MOST_NAMES = 8


def branch_names(schema: Any) -> list[str]:
    """The names of the branches of a core schema's union, each once: of a class or a definition its
    name, of another branch its types. It may refer to what is not made yet."""
    kind = schema["type"]
    if kind == "definition-ref":  # MODULE.NAME:ID
        names = [schema["schema_ref"].partition(":")[0].rpartition(".")[2]]
    elif kind == "model":
        names = [schema["cls"].__name__]
    elif kind in UNIONS and schema.get("custom_error_type") != "int_type":
        names = [name for it in choices_of(schema) for name in branch_names(it)]
    elif kind == "nullable":
        names = [*branch_names(schema["schema"]), "null"]
    elif kind == "chain":
        names = branch_names(schema["steps"][-1])
    elif "schema" in schema:
        names = branch_names(schema["schema"])
    else:
        names = names_of(own_types(schema, {}))
    return [*dict.fromkeys(names)]

"""Module of a Contract -> a document that datamodel-code-generator renders as it is.

It does not keep what is said inside a type, so each type is handed over as a placeholder
definition; what was taken out of the document is remembered beside it.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from contract.json_values import is_object
from contract.names import attribute_names
from contract.read import Module
from contract.subschemas import (
    DEFINITION_PREFIX,
    Definitions,
    Schema,
    is_annotation,
    is_class_schema,
    reachable_names,
    referenced_names,
)
from models.defaults import is_python_default
from models.types import annotation, assertions, extras, is_argument, is_unknown_format, literal


@dataclass(frozen=True)
class Prepared:
    """A document that datamodel-code-generator renders as it is, and what was taken out of it."""

    document: Schema
    inline: frozenset[str]
    # The annotation behind each placeholder and each alias.
    types: dict[str, str] = field(default_factory=dict[str, str])
    aliases: dict[str, str] = field(default_factory=dict[str, str])
    # Further arguments of Field and ConfigDict, by class and attribute.
    arguments: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict[Any, Any])
    # Further lines of a class's body; of a message that is no object the docstring.
    lines: dict[str, list[str]] = field(default_factory=dict[str, Any])
    roots: dict[str, list[str]] = field(default_factory=dict[str, Any])


def prepare_module(module: Module) -> Prepared:
    definitions: dict[str, Schema] = {}
    prepared = Prepared({"$defs": definitions}, module.inline)
    for name, schema in module.definitions.items():
        if is_class_schema(schema):
            definitions[name] = prepare_class(name, schema, module.definitions, prepared)
        elif is_enum(name, schema) and name not in module.messages:
            definitions[name] = schema
        else:
            definitions[name] = reference_schema(
                schema, without=enclosing_aliases(name, module.definitions)
            )
            prepare_type(name, schema, module, prepared)
    return prepared


def is_enum(name: str, schema: Schema) -> bool:
    """Whether the definition becomes an enum: of strings, and nothing said that one cannot say."""
    told = schema.keys() <= {"type", "enum", "title", "description"}
    named = schema.get("title") == name and schema.get("type") == "string" and "enum" in schema
    described = "description" not in schema or docstring_lines(schema) != []
    return told and named and described and literal(schema) is not None


def reference_schema(schema: Schema, without: AbstractSet[str] = frozenset()) -> Schema:
    """A definition that keeps only the references, which order the classes."""
    targets = [target for target in referenced_names(schema) if target not in without]
    return {"anyOf": [{"$ref": DEFINITION_PREFIX + target} for target in targets]}


def enclosing_aliases(name: str, definitions: Definitions) -> set[str]:
    """The aliases that ``name`` is within by aliases alone: in a ring none comes first."""
    aliases = {it: schema for it, schema in definitions.items() if not is_class_schema(schema)}
    return {it for it in aliases if name in reachable_names(aliases[it], aliases)}


def prepare_type(name: str, schema: Schema, module: Module, prepared: Prepared) -> None:
    """An alias, or the class of a message that is no object."""
    if name not in module.messages:
        prepared.aliases[name] = annotation(schema, module.definitions)
        return
    configure_class(name, schema, prepared)
    body = annotation(schema, module.definitions, nested=False)
    prepared.roots[name] = docstring_lines(schema)
    prepared.lines[name] = [f"root: {body}"]


def docstring_lines(schema: Schema) -> list[str]:
    """The description as the docstring of a class, if one can keep it as it is."""
    text = schema.get("description", "")
    plain = is_argument("description", text) and all(map(str.isprintable, text.split("\n")))
    return [repr(text)] if plain else []


def configure_class(name: str, schema: Schema, prepared: Prepared) -> None:
    """What a class says in its configuration: a title that is not its name, and the annotations
    that are neither title nor docstring."""
    title = {} if schema.get("title") == name else {"title": schema.get("title")}
    if "title" in title and title["title"] == "":  # which Pydantic takes for none
        title = {"title": None}
    told = {"title"} if schema.get("title") else set[str]()
    told |= {"description"} if docstring_lines(schema) else set()
    extra = {
        word: it
        for word, it in schema.items()
        if ((is_annotation(word) or is_unknown_format(word, schema)) and word not in told)
        or (word == "additionalProperties" and it is True)
    }
    arguments = {**title, **({"json_schema_extra": extra} if extra else {})}
    if arguments:
        prepared.arguments[name, "model_config"] = arguments


def prepare_class(
    name: str, schema: Schema, definitions: Definitions, prepared: Prepared
) -> Schema:
    """The class with attributes for properties and placeholders for types."""
    attribute = attribute_names(schema["properties"], definitions)
    required = schema.get("required", ())
    members = {
        attribute[key]: prepare_member(
            Member(name, attribute[key], key, key in required), subschema, definitions, prepared
        )
        for key, subschema in schema["properties"].items()
    }
    configure_class(name, schema, prepared)
    prepared.lines[name] = class_lines(schema, definitions)
    told = {"description": schema["description"]} if docstring_lines(schema) else {}
    closed = {"additionalProperties": False} if is_closed(schema) else {}
    needed = [attribute[key] for key in required if key in attribute]
    return {"type": "object", **told, **closed, "properties": members, "required": needed}


class Member(NamedTuple):
    """A property on its way to an attribute."""

    owner: str
    attribute: str
    key: str
    required: bool


def prepare_member(
    member: Member, schema: Schema, definitions: Definitions, prepared: Prepared
) -> Schema:
    """What datamodel-code-generator is told of it; the rest is put back as arguments of Field."""
    extra = extras(schema, definitions)
    aliased = member.attribute != member.key
    told = {word: it for word, it in schema.items() if is_argument(word, it)}
    # Beside an alias the default stays an annotation: an unknown key called like the attribute
    # would let a default of the model's own pass for a member that was set.
    own = "default" in extra and not (member.required or aliased)
    if own and is_python_default(schema, definitions):
        told["default"] = extra.pop("default")
    arguments = {
        **({"alias": member.key} if aliased else {}),
        **({"json_schema_extra": extra} if extra else {}),
    }
    if arguments:
        prepared.arguments[member.owner, member.attribute] = arguments
    plain = assertions(schema).keys() == {"$ref"}
    reference = {"$ref": schema["$ref"]} if plain else placeholder(schema, definitions, prepared)
    return {**reference, **told}


def is_closed(schema: Schema) -> bool:
    return schema.get("additionalProperties") is False and "patternProperties" not in schema


def class_lines(schema: Schema, definitions: Definitions) -> list[str]:
    """The type of unknown members, and what is asserted of the whole object."""
    lines: list[str] = []
    said = {"type", "properties"}
    if set(schema.get("required", ())) <= schema["properties"].keys():
        said.add("required")
    if "patternProperties" not in schema:  # else only other members are meant
        said.add("additionalProperties")
        values = schema.get("additionalProperties")
        if is_object(values):
            values = annotation(values, definitions)
            lines.append(f"__pydantic_extra__: dict[str, {values}] = Field(init=False)")
    rest = assertions(schema, frozenset(said))
    return [*lines, *([f"__assertion__ = Assert({rest!r})"] if rest else [])]


def placeholder(schema: Schema, definitions: Definitions, prepared: Prepared) -> Schema:
    """A reference in the place of ``schema``."""
    name = f"Type{len(prepared.types)}Ω"  # names of the contract are ASCII
    prepared.types[name] = annotation(schema, definitions, nested=False)
    prepared.document["$defs"][name] = reference_schema(schema)
    return {"$ref": DEFINITION_PREFIX + name}

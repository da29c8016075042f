"""Contract -> the Python classes of each module, worked out once: emission, reference pages and
the compatibility gate read them.

Text of a schema enters by ``repr``, names by the checks of ``contract/names.py``.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from contract.json_values import is_array, is_object, without
from contract.module import Module
from contract.names import attribute_names
from contract.subschemas import (
    Definitions,
    Schema,
    is_annotation,
    is_class_schema,
    needs_of,
    reachable_names,
    referred_name,
)
from contract.sunsets import is_deprecated
from models.defaults import DefaultTexts
from models.docstrings import (
    class_docstring,
    docstring,
    enum_docstring,
    field_docstring,
    is_argument,
)
from models.enums import PythonEnum, python_enum
from models.filled_defaults import Defaults, refused_defaults
from models.inline_classes import HoistedDefinitions, hoist_objects
from models.maps import ModuleDefinitions, pattern_values, typed_pattern
from models.mixed import class_name_of_objects, is_mixed
from models.records import mentioned_names
from models.recursion import judged_once
from models.scalars import EXACT_TYPES, is_unknown_format
from models.types import (
    CHOSEN_BY_NAME,
    annotation,
    class_assertions,
    extras,
)

ALIAS = "an alias"


@dataclass(frozen=True)
class PythonField:
    """An attribute of a class; ``default`` is None where the member is required."""

    attribute: str
    key: str
    annotation: str
    default: str | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict[str, Any])
    # The docstring below it, as the text of Python.
    docstring: str = ""

    @property
    def value(self) -> str:
        """What the class body assigns to the attribute; empty for a bare annotation."""
        if not self.arguments:
            return self.default or ""
        first = "..." if self.default is None else f"default={self.default}"
        return f"Field({first}, {call_arguments(self.arguments)})"

    @property
    def plain(self) -> str:
        return plain_type(self.annotation)

    @property
    def can_be_missing(self) -> bool:
        """Whether the attribute of an absent member is MISSING."""
        return self.default == "MISSING"


@dataclass(frozen=True)
class PythonClass:
    """A class, an enum or (``base`` is ALIAS) a type alias, as texts of Python."""

    name: str
    base: str
    docstring: str = ""
    config: str = ""
    # The annotation of the members that the schema does not name; empty for any value.
    further: str = ""
    # The call of what it asserts beside its members; empty if it asserts nothing.
    assertion: str = ""
    # Whether each value is judged once, however many paths lead to it.
    once: bool = False
    fields: tuple[PythonField, ...] = ()
    # The values of an enum by the names of its members, and the docstrings of those.
    members: Mapping[str, str] = field(default_factory=dict[str, str])
    notes: Mapping[str, str] = field(default_factory=dict[str, str])
    # The schema of an enum that its members do not say; that of a composition as it is written.
    emitted: str = ""
    # Whether who builds an instance is warned.
    deprecated: bool = False
    # The definitions that ``emitted`` mentions, and those that it is a composition of.
    mentions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    # The classes that this one extends, and the attributes that it has from them.
    bases: tuple[str, ...] = ()
    inherited: frozenset[str] = frozenset()
    alias: str = ""

    @property
    def parents(self) -> str:
        """What the class derives from, as the text of Python."""
        own = [self.base] if self.base == "InlineModel" or not self.bases else []
        return ", ".join([*self.bases, *own])

    @property
    def own_fields(self) -> list[PythonField]:
        return [it for it in self.fields if it.attribute not in self.inherited]

    @property
    def is_empty(self) -> bool:
        parts = (self.docstring, self.config, self.further, self.assertion, self.emitted)
        return not (any(parts) or self.once or self.own_fields or self.members)

    @property
    def value_type(self) -> str:
        """The type of an alias, or of the value of a message that is not an object."""
        return plain_type(self.alias) if self.alias else self.fields[0].plain

    @cached_property
    def field_of(self) -> dict[str, PythonField]:
        """The fields by the names of their properties."""
        return {it.key: it for it in self.fields}


@dataclass(frozen=True)
class PythonModule:
    """The classes of a module by name, and the definitions that they are made of: those of the
    contract, and one for each object that a schema describes where it stands."""

    name: str
    messages: Collection[str]
    definitions: Definitions
    classes: Mapping[str, PythonClass]
    # Of the classes that another module defines that module, by name.
    imported: Mapping[str, str] = field(default_factory=dict[str, str])
    # Of the classes of objects that a schema describes where they stand, the definition and the
    # path there, by name.
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @cached_property
    def needs(self) -> dict[str, set[str]]:
        """What each definition refers to, and what its class mentions."""
        needs = needs_of(self.definitions)
        return {
            name: it | (self.definitions.keys() & self.classes[name].mentions)
            for name, it in needs.items()
        }


def python_module(name: str, module: Module) -> PythonModule:
    hoisted = hoist_objects(module.definitions, module.names)
    definitions = ModuleDefinitions(hoisted.schemas)
    definitions.inline = hoisted.inline
    definitions.messages = frozenset(module.messages)
    enums = {
        key: enum
        for key, schema in definitions.items()
        for enum in [None if key in module.messages else python_enum(key, schema)]
        if enum
    }
    maker = ClassMaker(
        definitions,
        hoisted,
        definitions.messages,
        enums,
        judged_once(definitions),
        refused_defaults(definitions),
    )
    classes = {it: maker.make(it, schema) for it, schema in definitions.items()}
    places = hoisted.places
    return PythonModule(name, definitions.messages, definitions, classes, places=places)


@dataclass(frozen=True)
class ClassMaker:
    """Makes the classes of one module."""

    definitions: Definitions
    hoisted: HoistedDefinitions
    messages: frozenset[str]
    enums: Mapping[str, PythonEnum]
    once: frozenset[str]
    refused_defaults: Defaults

    @property
    def defaults(self) -> DefaultTexts:
        return DefaultTexts(self.definitions, self.enums, self.messages)

    def make(self, name: str, schema: Schema) -> PythonClass:
        if is_class_schema(schema):
            return self.model(name, schema)
        if name in self.enums:
            return self.enum(name, schema)
        if name not in self.messages:
            alias = annotation(schema, self.definitions, once=name in self.once)
            return PythonClass(name, ALIAS, field_docstring(schema, indent=""), alias=alias)
        kind = annotation(schema, self.definitions, nested=False, once=name in self.once)
        root = PythonField("root", "", kind)
        return PythonClass(
            name,
            "RootModel",
            class_docstring(schema),
            call_arguments(class_config(name, schema)),
            fields=(root,),
            deprecated=is_deprecated(schema),
        )

    def enum(self, name: str, schema: Schema) -> PythonClass:
        """The class of a few constants that have names."""
        enum = self.enums[name]
        return PythonClass(
            name,
            enum.base,
            enum_docstring(schema) if enum.base == "StrEnum" else docstring(schema),
            members=enum.members,
            notes=enum.notes,
            emitted=enum.emitted,
        )

    def model(self, name: str, schema: Schema) -> PythonClass:
        """The class of an object with properties."""
        written = self.hoisted.written.get(name)
        untyped = "WithoutType()" if name in self.hoisted.untyped else ""
        return PythonClass(
            name,
            "InlineModel" if name in self.hoisted.inline else "Model",
            class_docstring(schema),
            call_arguments(class_config(name, schema, inline=name in self.hoisted.inline)),
            self.further(schema),
            self.assertion(schema),
            name in self.once,
            tuple(self.fields(name, schema)),
            emitted=f"WrittenAs({literal_text(written)})" if written else untyped,
            deprecated=is_deprecated(schema),
            mentions=tuple(dict.fromkeys(mentioned_names(written))),
            parts=self.hoisted.bases.get(name, ()),
        )

    def further(self, schema: Schema) -> str:
        """The annotation of the members that the class does not name; empty for any value."""
        values = further_values(schema, self.definitions)
        text = annotation(values, self.definitions) if values else ""
        return f"{text} | Any" if is_by_name(schema, self.definitions) else text

    def assertion(self, schema: Schema) -> str:
        """What the class asserts beside its members; empty if it asserts nothing."""
        rest = class_assertions(schema)
        if is_by_name(schema, self.definitions):
            return f"ByName({rest!r}, {[typed_pattern(schema, self.definitions)]!r})"
        if pattern_values(schema) is None:
            return f"Assert({rest!r})" if rest else ""
        beside = without(rest, *CHOSEN_BY_NAME)
        arguments = [[*schema["patternProperties"]], *([beside] if beside else [])]
        return f"PatternProperties({', '.join(map(repr, arguments))})"

    def fields(self, name: str, schema: Schema) -> Iterator[PythonField]:
        attributes = attribute_names(schema["properties"], self.definitions)
        for key, member in schema["properties"].items():
            required = key in schema.get("required", ())
            fills = not required and (name, key) not in self.refused_defaults
            yield self.field(attributes[key], key, member, required, fills)

    def field(
        self, attribute: str, key: str, schema: Schema, required: bool, fills: bool
    ) -> PythonField:
        extra = extras(schema, self.definitions)
        kind = annotation(schema, self.definitions, nested=False)
        default = None if required else "MISSING"
        # Beside an alias the default stays an annotation: a further key that is called like the
        # attribute would let the model's own default pass for a member that was set.
        own = (
            self.defaults.text(schema)
            if "default" in extra and fills and attribute == key
            else None
        )
        if own:
            default = own
            del extra["default"]
        arguments = {
            **{word: schema[word] for word in sorted(schema) if is_argument(word, schema[word])},
            **({"deprecated": extra.pop("deprecated")} if is_deprecated(schema) else {}),
            **({"validate_default": True} if default == "[]" and self.uses_class(schema) else {}),
            **({"alias": key} if attribute != key else {}),
            **({"json_schema_extra": extra} if extra else {}),
        }
        optional = f"{kind} | MISSING" if default == "MISSING" else kind
        description = field_docstring(self.with_description(schema))
        return PythonField(attribute, key, optional, default, arguments, description)

    def with_description(self, schema: Schema) -> Schema:
        """The schema of a member; of an inner object with the description that its class has."""
        name = referred_name(schema)
        if is_mixed(schema):
            name = class_name_of_objects(schema)
        inner = self.definitions[name] if name in self.hoisted.inline else {}
        return {
            **({"description": inner["description"]} if "description" in inner else {}),
            **schema,
        }

    def uses_class(self, schema: Schema) -> bool:
        names = reachable_names(schema, self.definitions)
        return any(is_class_schema(self.definitions[it]) for it in names)


def literal_text(value: Any) -> str:
    """The value as Python text, with ``...`` for itself."""
    if is_object(value):
        return f"{{{', '.join(f'{name!r}: {literal_text(it)}' for name, it in value.items())}}}"
    if is_array(value):
        return f"[{', '.join(map(literal_text, value))}]"
    return "..." if value is ... else repr(value)


def call_arguments(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{word}={value!r}" for word, value in arguments.items())


def class_config(name: str, schema: Schema, *, inline: bool = False) -> dict[str, Any]:
    """The configuration of a class: a title other than its name, or any that an inner object has,
    and the annotations that are neither title nor docstring."""
    closed = is_class_schema(schema) and schema.get("additionalProperties") is False
    own = schema.get("title") or None
    title = {} if own == default_title(name, inline) else {"title": own}
    elsewhere = {"title"} if schema.get("title") else set[str]()
    elsewhere |= {"description"} if docstring(schema) else set()
    extra = {
        word: value
        for word, value in schema.items()
        if ((is_annotation(word) or is_unknown_format(word, schema)) and word not in elsewhere)
        or (word == "additionalProperties" and value is True)
    }
    return {
        **({"extra": "forbid"} if closed and "patternProperties" not in schema else {}),
        **title,
        **({"json_schema_extra": extra} if extra else {}),
    }


def default_title(name: str, inline: bool) -> str | None:
    return None if inline else name


def further_values(schema: Schema, definitions: Definitions) -> Schema | None:
    """The schema of the members that the class does not name, of some of them if a pattern tells
    which; None where one may be any."""
    if "patternProperties" in schema:
        pattern = typed_pattern(schema, definitions)
        return schema["patternProperties"][pattern] if pattern else pattern_values(schema)
    values = schema.get("additionalProperties", True)
    return values if is_object(values) else None


def is_by_name(schema: Schema, definitions: Definitions) -> bool:
    """Whether a pattern tells which further members are of a class, and which are any value."""
    return pattern_values(schema) is None and typed_pattern(schema, definitions) is not None


def plain_type(text: str) -> str:
    """The type that a type checker sees: ``Annotated[int, …]`` is ``int``."""
    return ast.unparse(MetadataRemover().visit(ast.parse(text, mode="eval")))


def union_members(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.BinOp):
        yield from (it for side in (node.left, node.right) for it in union_members(side))
    else:
        yield ast.unparse(node)


PLAIN_TYPES = {name: plain for (plain, _), name in EXACT_TYPES.items() if name != "Never"}


class MetadataRemover(ast.NodeTransformer):
    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """A union with each of its types once."""
        union = self.generic_visit(node)
        texts = dict.fromkeys(union_members(union))
        return ast.parse(" | ".join(texts), mode="eval").body

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(PLAIN_TYPES.get(node.id, node.id))

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if isinstance(node.slice, ast.Tuple) and ast.unparse(node.value) == "Annotated":
            plain: ast.AST = self.visit(node.slice.elts[0])
            return plain
        if ast.unparse(node.value) == "SerializeAsAny":
            return node.slice
        return self.generic_visit(node)

"""Contract -> the Python classes of each module, worked out once: emission, reference pages and
the compatibility gate read them.

Text of a schema enters by ``repr``, names by the checks of ``contract/names.py``.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract.json_values import is_object
from contract.names import attribute_names
from contract.read import Contract, Module
from contract.refusal import Refused
from contract.subschemas import (
    DEFINITION_PREFIX,
    Definitions,
    Schema,
    is_annotation,
    is_class_schema,
    reachable_names,
)
from datamodel_code_generator.reference import ModelResolver, ModelType
from models.defaults import is_python_default
from models.filled_defaults import Defaults, refused_defaults
from models.inline_classes import hoist_objects
from models.types import annotation, assertions, extras, is_argument, is_unknown_format, literal
from runtime._finding import failures_at

ALIAS = "an alias"


@dataclass(frozen=True)
class PythonField:
    """An attribute of a class; ``default`` is None where the member is required."""

    attribute: str
    key: str
    annotation: str
    default: str | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict[str, Any])

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
    assertion: str = ""
    fields: tuple[PythonField, ...] = ()
    # The values of an enum by the names of its members.
    members: Mapping[str, str] = field(default_factory=dict[str, str])
    alias: str = ""

    @property
    def is_empty(self) -> bool:
        parts = (self.docstring, self.config, self.further, self.assertion)
        return not (any(parts) or self.fields or self.members)

    @property
    def value_type(self) -> str:
        """The type of an alias, or of the value of a message that is no object."""
        return plain_type(self.alias) if self.alias else self.fields[0].plain

    @property
    def field_of(self) -> dict[str, PythonField]:
        """The fields by the names of their properties."""
        return {it.key: it for it in self.fields}


@dataclass(frozen=True)
class PythonModule:
    """The classes of a module by name, and the definitions that they are made of: those of the
    contract, and one for each object that a schema describes where it stands."""

    name: str
    definitions: Definitions
    classes: Mapping[str, PythonClass]


def python_classes(contract: Contract) -> dict[str, PythonModule]:
    found: dict[str, PythonModule] = {}
    for name, module in contract.modules.items():
        with failures_at(f"{name}/"):
            found[name] = python_module(name, module)
    return found


def python_module(name: str, module: Module) -> PythonModule:
    definitions, inline = hoist_objects(module.definitions)
    enums = {
        it: enum_members(schema["enum"])
        for it, schema in definitions.items()
        if it not in module.messages and is_enum(it, schema)
    }
    refused = refused_defaults(definitions)
    maker = ClassMaker(definitions, inline, frozenset(module.messages), enums, refused)
    classes = {it: maker.make(it, schema) for it, schema in definitions.items()}
    return PythonModule(name, definitions, classes)


@dataclass(frozen=True)
class ClassMaker:
    """What the classes of one module have in common."""

    definitions: Definitions
    inline: frozenset[str]
    messages: frozenset[str]
    enums: Mapping[str, Mapping[str, str]]
    refused_defaults: Defaults

    def make(self, name: str, schema: Schema) -> PythonClass:
        if is_class_schema(schema):
            return self.model(name, schema)
        if name in self.enums:
            return PythonClass(name, "StrEnum", enum_docstring(schema), members=self.enums[name])
        if name not in self.messages:
            return PythonClass(name, ALIAS, alias=annotation(schema, self.definitions))
        root = PythonField("root", "", annotation(schema, self.definitions, nested=False))
        config = call_arguments(class_config(name, schema))
        return PythonClass(name, "RootModel", docstring(schema), config, fields=(root,))

    def model(self, name: str, schema: Schema) -> PythonClass:
        """The class of an object with properties."""
        values = schema.get("additionalProperties", True)
        typed = is_object(values) and "patternProperties" not in schema
        rest = class_assertions(schema)
        return PythonClass(
            name,
            "InlineModel" if name in self.inline else "Model",
            docstring(schema),
            call_arguments(class_config(name, schema)),
            annotation(values, self.definitions) if typed else "",
            repr(rest) if rest else "",
            tuple(self.fields(name, schema)),
        )

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
        own = "default" in extra and fills and attribute == key
        if own and is_python_default(schema, self.definitions, self.enums):
            default = self.default_text(schema, extra.pop("default"))
        arguments = {
            **{word: schema[word] for word in sorted(schema) if is_argument(word, schema[word])},
            **({"validate_default": True} if default == "[]" and self.uses_class(schema) else {}),
            **({"alias": key} if attribute != key else {}),
            **({"json_schema_extra": extra} if extra else {}),
        }
        optional = f"{kind} | MISSING" if default == "MISSING" else kind
        return PythonField(attribute, key, optional, default, arguments)

    def uses_class(self, schema: Schema) -> bool:
        names = reachable_names(schema, self.definitions)
        return any(is_class_schema(self.definitions[it]) for it in names)

    def default_text(self, schema: Schema, default: Any) -> str:
        """The default in Python: of an enum its member."""
        name = schema.get("$ref", "").removeprefix(DEFINITION_PREFIX)
        members = {value: member for member, value in self.enums.get(name, {}).items()}
        return f"{name}.{members[repr(default)]}" if repr(default) in members else repr(default)


def call_arguments(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{word}={value!r}" for word, value in arguments.items())


def is_enum(name: str, schema: Schema) -> bool:
    """Whether an enum of strings expresses all of the definition."""
    words = {"type", "enum", "title", "description"}
    named = schema.get("title") == name and schema.get("type") == "string" and "enum" in schema
    described = "description" not in schema or docstring(schema) != ""
    return schema.keys() <= words and named and described and literal(schema) is not None


def enum_members(values: list[str]) -> dict[str, str]:
    """The values by the names that datamodel-code-generator gives them."""
    resolver = ModelResolver(capitalise_enum_members=True)
    members: dict[str, str] = {}
    for value in values:
        name = resolver.get_valid_field_name(
            value, excludes=set(members), model_type=ModelType.ENUM
        )
        if not name.isidentifier() or name in members:
            raise Refused(f"{value!r} has no name in an enum; change the value or drop the title")
        members[name] = repr(value)
    return members


def docstring(schema: Schema) -> str:
    """The description as the docstring of a class; empty if a docstring would change it."""
    text = schema.get("description", "")
    plain = is_argument("description", text) and all(map(str.isprintable, text.split("\n")))
    return ast.unparse(ast.Module([ast.Expr(ast.Constant(text))], [])) if plain else ""


def enum_docstring(schema: Schema) -> str:
    """The description of an enum; what Pydantic takes for that of any enum has a name instead."""
    placeholder = "An enumeration."
    said = schema.get("description") == placeholder
    return f"__description__ = {placeholder!r}" if said else docstring(schema)


def class_config(name: str, schema: Schema) -> dict[str, Any]:
    """The configuration of a class: a title other than its name, and the annotations that are
    neither title nor docstring."""
    closed = is_class_schema(schema) and schema.get("additionalProperties") is False
    title = {} if schema.get("title") == name else {"title": schema.get("title") or None}
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


def class_assertions(schema: Schema) -> Schema:
    """The keywords of an object that neither its fields nor its further members express."""
    expressed = {"type", "properties"}
    if set(schema.get("required", ())) <= schema["properties"].keys():
        expressed.add("required")
    if "patternProperties" not in schema:  # else only other members are meant
        expressed.add("additionalProperties")
    return assertions(schema, frozenset(expressed))


def plain_type(text: str) -> str:
    """The type that a type checker sees: ``Annotated[int, …]`` is ``int``."""
    return ast.unparse(MetadataRemover().visit(ast.parse(text, mode="eval")))


class MetadataRemover(ast.NodeTransformer):
    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if isinstance(node.slice, ast.Tuple) and ast.unparse(node.value) == "Annotated":
            plain: ast.AST = self.visit(node.slice.elts[0])
            return plain
        return self.generic_visit(node)

"""A reference page -> findings: where its tables disagree with its own JSON Schema.

The tables come from a Pydantic model, the schema from its ``model_json_schema``. Of a row's type
only the head is compared, ``list`` for ``list[int]``; a constraint has Pydantic's name or JSON
Schema's, a default is written as text, as JSON or as Python.
"""

import ast
import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from contract.json_values import (
    Location,
    is_array,
    is_equal,
    is_object,
    json_pointer,
    short_json,
)
from contract.subschemas import Schema, is_class_schema, listed_values, referred_name
from pages.markdown import unescape_text
from pages.read import Constraint, Details, Page, Row
from runtime._finding import Finding

# The heads of the annotations that Pydantic may have made a schema from, by its shape; a class has
# its own name.
TYPE_HEADS = {
    "values": ("Literal",),
    "values of any type": ("Literal", "Any"),
    "values or null": ("Literal", "Any", "Optional", "UnionType"),
    "value null": ("Literal", "Any", "None", "NoneType"),
    "one or null": ("Optional", "UnionType"),
    "several or null": ("Optional", "Union", "UnionType"),
    "several": ("Union", "UnionType"),
    "number or string": ("Decimal", "Union", "UnionType"),
    "string": ("str",),
    **{f"string uuid{version}": ("UUID",) for version in ("", 1, 3, 4, 5, 6, 7, 8)},
    "string date-time": ("datetime", "str"),
    "string date": ("date", "str"),
    "string time": ("time", "str"),
    "string duration": ("timedelta", "str"),
    "string binary": ("bytes", "str"),
    "string base64": ("bytes", "str"),
    "string base64url": ("bytes", "str"),
    "string path": ("Path", "str"),
    "string email": ("EmailStr", "str"),
    "string uri": ("AnyUrl", "AnyHttpUrl", "HttpUrl", "str"),
    "string ipv4": ("IPv4Address", "str"),
    "string ipv6": ("IPv6Address", "str"),
    "string password": ("SecretStr", "str"),
    "integer": ("int",),
    "number": ("float",),
    "boolean": ("bool",),
    "null": ("None", "NoneType"),
    "object": ("Dict", "dict", "Mapping"),
    "array": ("List", "list", "Sequence", "Tuple", "tuple"),
    "array of unique items": ("Set", "set", "FrozenSet", "frozenset", "List", "list"),
    "array by place": ("Tuple", "tuple"),
    "anything": ("Any",),
}


# Pydantic's names of constraints and the keywords for each; a page lists every keyword here.
CONSTRAINTS = {
    "ge": ("minimum",),
    "gt": ("exclusiveMinimum",),
    "le": ("maximum",),
    "lt": ("exclusiveMaximum",),
    "multiple_of": ("multipleOf",),
    "min_length": ("minLength", "minItems", "minProperties"),
    "max_length": ("maxLength", "maxItems", "maxProperties"),
    "pattern": ("pattern",),
    "format": ("format",),
}


KEYWORDS = tuple(keyword for keywords in CONSTRAINTS.values() for keyword in keywords)


NO_DEFAULT = "PydanticUndefined"


REQUIRED_MARKS = {True: "✓", False: ""}


def table_findings(page: Page, schema: Schema) -> Iterator[Finding]:
    """Every place where the page's tables disagree with ``schema``, the page's own."""
    path, message = message_schema(schema)
    definitions = schema.get("$defs", {})
    required = message.get("required", [])
    properties: dict[str, Any] = message.get("properties", {})
    yield from opening_findings(page, path, message)
    yield from name_findings(page, (*path, "properties"), properties)
    rows = {row.name: row for row in reversed(page.rows)}
    all_details = {details.name: details for details in reversed(page.details)}
    for name, member in properties.items():
        own = Property(page, (*path, "properties", name), name, member if is_object(member) else {})
        if name in rows:
            yield from row_findings(own, rows[name], name in required, definitions)
        details = all_details.get(name, Details(page.fields_line, name, [], None))
        yield from constraint_findings(own, details)
        yield from default_findings(own, details)


@dataclass(frozen=True)
class Property:
    """A property in the page's own schema, and its place there."""

    page: Page
    path: Location
    name: str
    schema: Schema

    def finding(self, line: int, kind: str, what: str, *step: str | int) -> Finding:
        return finding_at(self.page, line, kind, what, (*self.path, *step))


def finding_at(page: Page, line: int, kind: str, what: str, path: Location) -> Finding:
    return Finding(page.file, kind, what, json_pointer(path), line)


def message_schema(schema: Schema) -> tuple[Location, Schema]:
    """The schema of the message: a definition if the message refers to itself."""
    name = referred_name(schema)
    target = schema.get("$defs", {}).get(name)
    return (("$defs", name), target) if is_object(target) else ((), schema)


def opening_findings(page: Page, path: Location, message: Schema) -> Iterator[Finding]:
    """The findings of the title and of the description under it."""
    for word, passage in (("title", page.title), ("description", page.description)):
        value = message.get(word, "")
        if not is_same_text(passage.text, value):
            what = difference_text(f"the {word}", passage.text, value)
            yield finding_at(page, passage.line, word, what, (*path, word))


def difference_text(what: str, on_page: str, value: Any) -> str:
    return f"{what} is {short_json(on_page)}, in the schema {short_json(value)}; make both equal"


def is_same_text(markdown: str, value: str) -> bool:
    """Whether the Markdown is the text, with or without escapes; spacing does not count."""
    return fold_spaces(value) in (fold_spaces(markdown), fold_spaces(unescape_text(markdown)))


def fold_spaces(text: str) -> str:
    return " ".join(text.replace("<br>", " ").split())


def name_findings(page: Page, path: Location, properties: Schema) -> Iterator[Finding]:
    """A property without a row; a row or heading without a property, and a second one."""
    named = {row.name for row in page.rows}
    for name in (it for it in properties if it not in named):
        what = f"no row for `{name}`; add one"
        yield finding_at(page, page.fields_line, "missing", what, (*path, name))
    for word, parts in (("row", page.rows), ("heading", page.details)):
        seen: set[str] = set()
        for part in parts:
            if part.name not in properties:
                what = f"a {word} for `{part.name}`, which is no property; remove it"
                yield finding_at(page, part.line, "extra", what, path)
            elif part.name in seen:
                what = f"a second {word} for `{part.name}`; remove one"
                yield finding_at(page, part.line, "extra", what, (*path, part.name))
            seen.add(part.name)


def row_findings(
    own: Property, row: Row, required: bool, definitions: Mapping[str, Any]
) -> Iterator[Finding]:
    if row.required != REQUIRED_MARKS[required]:
        what = f"the mark of `{row.name}` is {short_json(row.required)}"
        cure = f"by `required` of the schema {short_json(REQUIRED_MARKS[required])}"
        yield own.finding(row.line, "required", f"{what}, {cure}; make both equal")
    heads = heads_of_schema(own.schema, definitions)
    kind = without_links(row.type)
    if kind not in heads and head_of_type(kind, required) not in heads:
        what = f"the type of `{row.name}` is {short_json(kind)}, by its schema "
        yield own.finding(row.line, "type", f"{what}{' or '.join(heads)}; make both equal")
    value = own.schema.get("description", "")
    if not is_same_text(row.description, value):
        what = difference_text(f"the description of `{row.name}`", row.description, value)
        yield own.finding(row.line, "description", what, "description")


def heads_of_schema(schema: Schema, definitions: Mapping[str, Any]) -> tuple[str, ...]:
    """The heads that the type of a property may have: the name and the title of its class, or
    those of its shape."""
    reference = reference_target(schema)
    if reference:
        name = reference.rsplit("/", 1)[-1].removesuffix(".json")
        definition = definitions.get(name)
        title = definition.get("title", name) if is_object(definition) else name
        return (name,) if title == name else (name, title)
    if is_class_schema(schema) and "title" in schema:
        return (schema["title"],)
    return TYPE_HEADS[type_shape(schema)]


def without_links(kind: str) -> str:
    """A type without its links and backslashes."""
    return unescape_text(re.sub(r"(?<!\\)\[(\w+)\]\(#[^)]*\)", r"\1", kind))


def head_of_type(kind: str, required: bool) -> str:
    """The head of a type such as ``list[int] | None``; the whole text if it is not a type.

    ``MISSING`` stands for an absent member.
    """
    try:
        tree = ast.parse(kind if required else kind.removesuffix(" | MISSING"), mode="eval").body
    except SyntaxError:
        return kind
    if isinstance(tree, ast.BinOp):
        return "UnionType"
    return ast.unparse(tree.value if isinstance(tree, ast.Subscript) else tree)


def reference_target(schema: Schema) -> str | None:
    """The target of a reference; pydantic before 2.9 wraps the reference in ``allOf``."""
    alone = schema.get("allOf", [])
    target = alone[0] if len(alone) == 1 and is_object(alone[0]) else schema
    return target.get("$ref")


def type_shape(schema: Schema) -> str:
    """The key of TYPE_HEADS for a schema that is not a class."""
    if "enum" in schema or "const" in schema:
        return values_shape(schema)
    branches = schema.get("anyOf") or schema.get("oneOf")
    if branches:
        return union_shape([it.get("type") if is_object(it) else None for it in branches])
    types = schema.get("type", "anything")
    if is_array(types):
        return union_shape(types)
    if types == "array" and "prefixItems" in schema:
        return "array by place"
    if types == "array" and schema.get("uniqueItems"):
        return "array of unique items"
    formatted = f"{types} {schema.get('format')}"
    return formatted if formatted in TYPE_HEADS else str(types)


def values_shape(schema: Schema) -> str:
    """The shape of a few values."""
    values = listed_values(schema)
    if is_array(values) and None in values:
        return "value null" if len(values) == 1 else "values or null"
    return "values" if "type" in schema else "values of any type"


def union_shape(types: list[Any]) -> str:
    """The shape of a union of these types, None for a branch without one."""
    if "null" in types:
        return "one or null" if len(types) == 2 else "several or null"
    return "number or string" if sorted(map(str, types)) == ["number", "string"] else "several"


def constrained_schemas(schema: Schema) -> Iterator[tuple[Location, Schema]]:
    """The schema, and its branches but null, where Pydantic puts the constraints of Optional."""
    yield (), schema
    for index, branch in enumerate(schema.get("anyOf", [])):
        if is_object(branch) and branch.get("type") != "null":
            yield ("anyOf", index), branch


def constraint_findings(own: Property, details: Details) -> Iterator[Finding]:
    listed: set[str] = set()
    for constraint in details.constraints:
        words = CONSTRAINTS.get(constraint.name, (constraint.name,))
        listed.update(words)
        yield from listed_constraint_findings(own, constraint, words)
    for word in (it for it in own.schema if it in KEYWORDS and it not in listed):
        value = value_text(own.schema[word])
        what = f"the constraints of `{own.name}` leave out {word}; add - {word}: {value}"
        yield own.finding(details.line, "constraint", what, word)


def listed_constraint_findings(
    own: Property, listed: Constraint, words: Sequence[str]
) -> Iterator[Finding]:
    """The finding of one listed constraint; none if the schema has its keyword with this value."""
    values = [
        ((*path, word), schema[word])
        for path, schema in constrained_schemas(own.schema)
        for word in words
        if word in schema
    ]
    if not values:
        what = f"`{own.name}` lists {listed.name}, its schema no {' or '.join(words)}; remove it"
        yield own.finding(listed.line, "constraint", what)
    elif not any(is_written_value(listed.value, value) for _, value in values):
        path, value = values[0]
        what = difference_text(f"{listed.name} of `{own.name}`", listed.value, value)
        yield own.finding(listed.line, "constraint", what, *path)


def default_findings(own: Property, details: Details) -> Iterator[Finding]:
    listed = details.default
    has_default, default = "default" in own.schema, own.schema.get("default")
    if listed is None:
        if default is not None:
            what = f"no default of `{own.name}`; add **Default:** `{value_text(default)}`"
            yield own.finding(details.line, "default", what, "default")
        return
    if listed.text == NO_DEFAULT:
        equal = not has_default
    else:
        equal = has_default and is_written_value(listed.text, default)
    if not equal:
        value = value_text(default) if has_default else NO_DEFAULT
        what = f"the default of `{own.name}` is `{listed.text}`, in the schema `{value}`"
        yield own.finding(listed.line, "default", f"{what}; make both equal", "default")


def is_written_value(text: str, value: Any) -> bool:
    """Whether the text is the value: a string without quotes, JSON, or Python's literal."""
    return text == value or any(is_equal(it, value) for it in parsed_values(text))


def parsed_values(text: str) -> Iterator[Any]:
    """The values that the text is in JSON and in Python, whose tuples are arrays."""
    for parse in (json.loads, parse_python):
        with suppress(ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            yield parse(text)


def parse_python(text: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about \\d in a string: here it is a pattern's
        return json.loads(json.dumps(ast.literal_eval(text)))


def value_text(value: Any) -> str:
    """The value as a page shows it: a string without quotes, else JSON."""
    return value if isinstance(value, str) else short_json(value)

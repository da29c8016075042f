"""A reference page against itself: what its tables say -> where its own schema says otherwise.

The tables are made of a Pydantic model, the schema by ``model_json_schema``: a row's type is the
head of the annotation or, as ``scripts/pages.py`` writes it, all of it; constraints are Pydantic's
or JSON Schema's, defaults Python's or JSON's.
"""

import ast
import json
import re
import string
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from contract.json_values import Location, is_array, is_equal, is_object, json_pointer
from contract.subschemas import DEFINITION_PREFIX, Schema, is_class_schema
from pages.read import Constraint, Details, Page, Row
from runtime._finding import Finding

# The heads of annotations that a schema may come of, by its shape; classes are named by theirs.
WORDS = {
    "values": ("Literal",),
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


# Pydantic's words and the keywords that each may stand for; every keyword here has to be listed.
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


MARKS = {True: "✓", False: ""}


def disagreements(page: Page, schema: Schema) -> Iterator[Finding]:
    """Every place where the page's tables say something else than ``schema``, its own."""
    path, message = itself(schema)
    definitions = schema.get("$defs", {})
    required = message.get("required", [])
    properties: dict[str, Any] = message.get("properties", {})
    yield from heads(page, path, message)
    yield from pairs(page, (*path, "properties"), properties)
    rows = {row.name: row for row in reversed(page.rows)}
    details = {it.name: it for it in reversed(page.details)}
    for name, it in properties.items():
        own = Property(page, (*path, "properties", name), name, it if is_object(it) else {})
        if name in rows:
            yield from row_faults(own, rows[name], name in required, definitions)
        place = details[name].line if name in details else page.fields
        told = details.get(name, Details(place, name, [], None))
        yield from constraint_faults(own, told)
        yield from default_faults(own, told)


@dataclass(frozen=True)
class Property:
    """A property by the page's own schema, and where it stands there."""

    page: Page
    path: Location
    name: str
    schema: Schema

    def fault(self, line: int, kind: str, what: str, *step: str | int) -> Finding:
        return fault(self.page, line, kind, what, (*self.path, *step))


def fault(page: Page, line: int, kind: str, what: str, path: Location) -> Finding:
    return Finding(page.file, kind, f"line {line}: {what}", json_pointer(path))


def itself(schema: Schema) -> tuple[Location, Schema]:
    """The schema of the message, which is a definition where the message holds itself."""
    name = str(schema.get("$ref", "")).removeprefix(DEFINITION_PREFIX)
    target = schema.get("$defs", {}).get(name)
    return (("$defs", name), target) if is_object(target) else ((), schema)


def heads(page: Page, path: Location, message: Schema) -> Iterator[Finding]:
    """The title and the paragraph under it."""
    for word, said in (("title", page.title), ("description", page.description)):
        value = message.get(word, "")
        if not reads(said.text, value):
            yield fault(
                page, said.line, word, differ(f"the {word}", said.text, value), (*path, word)
            )


def differ(what: str, said: str, value: Any) -> str:
    return f"{what} is {shown(said)}, in the schema {shown(value)}; make both equal"


def shown(value: Any) -> str:
    """A value as JSON, cut to what can be read in a line."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


def reads(said: str, value: str) -> bool:
    """Whether Markdown says the text, whose line ends it folds; with backslashes escaped or not."""
    return folded(value) in (folded(said), folded(unescaped(said)))


def folded(text: str) -> str:
    return " ".join(text.replace("<br>", " ").split())


def unescaped(text: str) -> str:
    """Without the backslashes before ASCII punctuation (CommonMark 2.4)."""
    signs = iter(text)
    return "".join(it if it != "\\" else escape(next(signs, "")) for it in signs)


def escape(sign: str) -> str:
    return sign if sign and sign in string.punctuation else f"\\{sign}"


def pairs(page: Page, path: Location, properties: Schema) -> Iterator[Finding]:
    """Each property has one row and at most one heading, and these have their property."""
    told = {row.name for row in page.rows}
    for name in (it for it in properties if it not in told):
        yield fault(page, page.fields, "missing", f"no row for `{name}`; add one", (*path, name))
    for what, parts in (("row", page.rows), ("heading", page.details)):
        seen: set[str] = set()
        for it in parts:
            if it.name not in properties:
                text = f"a {what} for `{it.name}`, which is no property; remove it"
                yield fault(page, it.line, "extra", text, path)
            elif it.name in seen:
                text = f"a second {what} for `{it.name}`; remove one"
                yield fault(page, it.line, "extra", text, (*path, it.name))
            seen.add(it.name)


def row_faults(
    own: Property, row: Row, required: bool, definitions: Mapping[str, Any]
) -> Iterator[Finding]:
    if row.required != MARKS[required]:
        what = f"the mark of `{row.name}` is {shown(row.required)}"
        cure = f"by `required` of the schema {shown(MARKS[required])}; make both equal"
        yield own.fault(row.line, "required", f"{what}, {cure}")
    words = heads_of(own.schema, definitions)
    kind = unlinked(row.type)
    if kind not in words and not is_whole(kind, own.schema, required, definitions):
        what = f"the type of `{row.name}` is {shown(kind)}, by its schema "
        yield own.fault(row.line, "type", f"{what}{' or '.join(words)}; make both equal")
    value = own.schema.get("description", "")
    if not reads(row.description, value):
        what = differ(f"the description of `{row.name}`", row.description, value)
        yield own.fault(row.line, "description", what, "description")


def heads_of(schema: Schema, definitions: Mapping[str, Any]) -> tuple[str, ...]:
    """The words for the type of a property: its class by name or title, or those of its shape."""
    reference = referred(schema)
    if reference:
        name = reference.rsplit("/", 1)[-1]
        definition = definitions.get(name)
        title = definition.get("title", name) if is_object(definition) else name
        return (name,) if title == name else (name, title)
    return (
        (schema["title"],)
        if is_class_schema(schema) and "title" in schema
        else WORDS[shape(schema)]
    )


def unlinked(kind: str) -> str:
    """A type without its links and backslashes."""
    return unescaped(re.sub(r"(?<!\\)\[(\w+)\]\(#[^)]*\)", r"\1", kind))


def is_whole(kind: str, schema: Schema, required: bool, definitions: Mapping[str, Any]) -> bool:
    """Whether the text is a type like ``list[int] | None``, and this one; ``MISSING`` is what
    stands for an absent member."""
    try:
        members = alternatives(ast.parse(kind, mode="eval").body)
    except SyntaxError:
        return False
    if not required and len(members) > 1 and ast.unparse(members[-1]) == "MISSING":
        members.pop()
    return fits(members, schema, definitions)


def alternatives(kind: ast.expr) -> list[ast.expr]:
    """The types of a union."""
    if isinstance(kind, ast.BinOp) and isinstance(kind.op, ast.BitOr):
        return [*alternatives(kind.left), *alternatives(kind.right)]
    return [kind]


def fits(members: list[ast.expr], schema: Any, definitions: Mapping[str, Any]) -> bool:
    """Whether these types are those of the schema, each of one of its branches."""
    branches = list(branches_of(schema if is_object(schema) else {}))
    table = [[is_one(member, it, definitions) for it in branches] for member in members]
    return all(map(any, table)) and all(map(any, zip(*table, strict=True)))


def branches_of(schema: Schema) -> Iterator[Schema]:
    union: list[Any] = schema.get("anyOf") or schema.get("oneOf") or []
    if is_array(schema.get("type")):
        union = [{**schema, "type": it} for it in schema["type"]]
    if not union or referred(schema):
        yield schema
    for it in union:
        yield from branches_of(it if is_object(it) else {})


def is_one(member: ast.expr, schema: Schema, definitions: Mapping[str, Any]) -> bool:
    """Whether the type is that of the schema, which is no union."""
    head = ast.unparse(member.value if isinstance(member, ast.Subscript) else member)
    if "type" not in schema and not referred(schema) and head == "Any":
        return True  # whatever it says, no type does
    if head not in heads_of(schema, definitions):
        return False
    if not isinstance(member, ast.Subscript):
        return head not in PARTS
    inner = member.slice.elts if isinstance(member.slice, ast.Tuple) else [member.slice]
    return PARTS[head](inner, schema, definitions) if head in PARTS else False


def is_literal(inner: list[ast.expr], schema: Schema, _: Mapping[str, Any]) -> bool:
    values = schema["enum"] if "enum" in schema else [schema["const"]]
    return [ast.literal_eval(it) for it in inner] == values


def is_list(inner: list[ast.expr], schema: Schema, definitions: Mapping[str, Any]) -> bool:
    return len(inner) == 1 and fits(alternatives(inner[0]), schema.get("items"), definitions)


def is_map(inner: list[ast.expr], schema: Schema, definitions: Mapping[str, Any]) -> bool:
    values = schema.get("additionalProperties")
    text = len(inner) == 2 and ast.unparse(inner[0]) == "str"
    return text and fits(alternatives(inner[1]), values, definitions)


def is_tuple(inner: list[ast.expr], schema: Schema, definitions: Mapping[str, Any]) -> bool:
    items = schema.get("prefixItems", [])
    pairs = zip(inner, items, strict=False)
    return len(inner) == len(items) and all(
        fits(alternatives(it), item, definitions) for it, item in pairs
    )


# What stands in the brackets of a type.
PARTS: dict[str, Callable[[list[ast.expr], Schema, Mapping[str, Any]], bool]] = {
    "Literal": is_literal,
    "list": is_list,
    "dict": is_map,
    "tuple": is_tuple,
}


def referred(schema: Schema) -> str | None:
    """The target of a reference, which stood in an allOf of one before pydantic 2.9."""
    alone = schema.get("allOf", [])
    target = alone[0] if len(alone) == 1 and is_object(alone[0]) else schema
    return target.get("$ref")


def shape(schema: Schema) -> str:
    """The row of WORDS for a schema that is no class."""
    if "enum" in schema or "const" in schema:
        return "values"
    branches = schema.get("anyOf") or schema.get("oneOf")
    if branches:
        return union([it.get("type") if is_object(it) else None for it in branches])
    types = schema.get("type", "anything")
    if is_array(types):
        return union(types)
    if types == "array" and "prefixItems" in schema:
        return "array by place"
    if types == "array" and schema.get("uniqueItems"):
        return "array of unique items"
    formatted = f"{types} {schema.get('format')}"
    return formatted if formatted in WORDS else str(types)


def union(types: list[Any]) -> str:
    """The shape of several schemas of these types, None for one that does not say."""
    if "null" in types:
        return "one or null" if len(types) == 2 else "several or null"
    return "number or string" if sorted(map(str, types)) == ["number", "string"] else "several"


def places(schema: Schema) -> Iterator[tuple[Location, Schema]]:
    """The schema, and the branches that are not null, in which Optional puts constraints."""
    yield (), schema
    for index, branch in enumerate(schema.get("anyOf", [])):
        if is_object(branch) and branch.get("type") != "null":
            yield ("anyOf", index), branch


def constraint_faults(own: Property, told: Details) -> Iterator[Finding]:
    listed: set[str] = set()
    for it in told.constraints:
        words = CONSTRAINTS.get(it.name, (it.name,))
        listed.update(words)
        yield from listed_fault(own, it, words)
    for word in (it for it in own.schema if it in KEYWORDS and it not in listed):
        value = written(own.schema[word])
        what = f"the constraints of `{own.name}` leave out {word}; add - {word}: {value}"
        yield own.fault(told.line, "constraint", what, word)


def listed_fault(own: Property, it: Constraint, words: Sequence[str]) -> Iterator[Finding]:
    """None if the schema has one of the keywords with this value."""
    found = [
        ((*path, word), schema[word])
        for path, schema in places(own.schema)
        for word in words
        if word in schema
    ]
    if not found:
        what = f"`{own.name}` lists {it.name}, its schema no {' or '.join(words)}; remove it"
        yield own.fault(it.line, "constraint", what)
    elif not any(says(it.value, value) for _, value in found):
        path, value = found[0]
        what = differ(f"{it.name} of `{own.name}`", it.value, value)
        yield own.fault(it.line, "constraint", what, *path)


def default_faults(own: Property, told: Details) -> Iterator[Finding]:
    default = own.schema.get("default")
    if told.default is None and default is not None:
        what = f"no default of `{own.name}`; add **Default:** `{written(default)}`"
        yield own.fault(told.line, "default", what, "default")
    elif told.default is not None:
        agree = (
            "default" not in own.schema
            if told.default.text == NO_DEFAULT
            else "default" in own.schema and says(told.default.text, default)
        )
        if not agree:
            value = written(default) if "default" in own.schema else NO_DEFAULT
            what = f"the default of `{own.name}` is `{told.default.text}`, in the schema `{value}`"
            yield own.fault(told.default.line, "default", f"{what}; make both equal", "default")


def says(text: str, value: Any) -> bool:
    """Whether the text is the value: a string without quotes, JSON, or Python's literal."""
    return text == value or any(is_equal(it, value) for it in literals(text))


def literals(text: str) -> Iterator[Any]:
    """What the text means as JSON and as Python, whose tuples are arrays."""
    for read in (json.loads, python_literal):
        with suppress(ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            yield read(text)


def python_literal(text: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of \\d in a string, which is a pattern's here
        return json.loads(json.dumps(ast.literal_eval(text)))


def written(value: Any) -> str:
    """As the page writes it: a string without quotes, else JSON."""
    return value if isinstance(value, str) else shown(value)

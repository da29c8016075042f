"""Definitions that become an enum of Python: a titled ``enum`` of strings or of integers, and an
``anyOf`` or ``oneOf`` whose every branch is a constant with a title, which names the member."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract.json_values import without
from contract.refusal import Refused
from contract.subschemas import Schema, assertions_of
from datamodel_code_generator.reference import ModelResolver, ModelType
from models.docstrings import PLACEHOLDER, docstring
from models.literals import BRANCH_KEYWORDS, Constants, constants

# By the type of all values, the base of an enum, and that of one with titled members.
ENUM_BASES = {str: ("StrEnum", "TitledStrEnum"), int: ("IntEnum", "TitledIntEnum")}


@dataclass(frozen=True)
class PythonEnum:
    """The base of an enum, and its values as texts by the names of its members."""

    base: str
    members: Mapping[str, str]
    # Docstrings by the names of members.
    notes: Mapping[str, str] = field(default_factory=dict[str, str])
    # The schema, where the members do not say it.
    emitted: str = ""


def python_enum(name: str, schema: Schema) -> PythonEnum | None:
    """The enum that expresses all of the definition, if one does."""
    choices = constants(schema)
    kinds: set[Any] = {type(it) for it in choices.values} if choices else set()
    if choices is None or len(kinds) != 1 or not kinds <= ENUM_BASES.keys():
        return None
    plain, titled = ENUM_BASES[kinds.pop()]
    if choices.keyword in BRANCH_KEYWORDS:
        return titled_enum(titled, choices, schema)
    if schema.get("title") != name or not {"enum"} <= assertions_of(schema) <= {"type", "enum"}:
        return None
    members = enum_members(choices.values)
    if is_emitted(schema):
        return PythonEnum(plain, members)
    return PythonEnum(titled, members, emitted=emitted_text(schema))


def is_emitted(schema: Schema) -> bool:
    """Whether Pydantic emits all of the definition for an enum that has its title as a name."""
    described = "description" not in schema or docstring(schema) != ""
    described &= schema.get("type") == "string" or schema.get("description") != PLACEHOLDER
    words = {"type", "enum", "title", "description"}
    return described and schema.get("type") in ("string", "integer") and schema.keys() <= words


def emitted_text(schema: Schema) -> str:
    """The schema without what Pydantic emits of the docstring."""
    is_shown = docstring(schema) and schema["description"] != PLACEHOLDER
    return repr(without(schema, *(["description"] if is_shown else [])))


def titled_enum(base: str, choices: Constants, schema: Schema) -> PythonEnum | None:
    """The enum of an anyOf or oneOf of titled constants; None if a title cannot be a name."""
    branches: list[Schema] = schema[choices.keyword]
    words = {"const", "type", "title", "description"}
    plain = all(it.keys() <= words and it.keys() >= {"const", "title"} for it in branches)
    if not plain or not schema.keys() <= {"type", choices.keyword, "title", "description"}:
        return None
    names = [member_name(it["title"], ()) for it in branches]
    if len(set(names)) < len(names) or not all(map(is_member_name, names)):
        return None
    return PythonEnum(
        base,
        dict(zip(names, map(repr, choices.values), strict=True)),
        {name: docstring(it) for name, it in zip(names, branches, strict=True) if docstring(it)},
        emitted_text(schema),
    )


def enum_members(values: Iterable[Any]) -> dict[str, str]:
    """The values by the names that datamodel-code-generator gives to strings; 1 is VALUE_1."""
    members: dict[str, str] = {}
    for value in values:
        text = value if isinstance(value, str) else f"value {value}".replace("-", "minus ")
        name = member_name(text, members)
        if not is_member_name(name) or name in members:
            raise Refused(f"{value!r} has no name in an enum; change the value or drop the title")
        members[name] = repr(value)
    return members


def member_name(text: str, taken: Iterable[str]) -> str:
    """The name as Python reads it (PEP 3131)."""
    resolver = ModelResolver(capitalise_enum_members=True)
    name = resolver.get_valid_field_name(text, excludes=set(taken), model_type=ModelType.ENUM)
    return unicodedata.normalize("NFKC", name)


def is_member_name(name: str) -> bool:
    """Whether an enum has a member of this name, and nothing of its own."""
    return name.isidentifier() and not name.startswith("_")

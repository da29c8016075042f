"""Which defaults of the contract a model can have as its own, and which it only tells of."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from contract.subschemas import (
    DEFINITION_PREFIX,
    Definitions,
    Schema,
    reachable_names,
    subschemas,
)
from oracle.oracle import Oracle


def is_python_default(schema: Schema, definitions: Definitions, enums: Collection[str]) -> bool:
    """Whether the default is valid, and in Python the same value as in JSON; ``enums`` are the
    definitions that are classes of members."""
    default = schema["default"]
    found = {name: definitions[name] for name in sorted(reachable_names(schema, definitions))}
    if not Oracle({**schema, "$defs": found}).accepts(default):
        return False
    members = found.keys() & set(enums)
    if members and schema.get("$ref", "").removeprefix(DEFINITION_PREFIX) in members:
        return schema.keys().isdisjoint(("const", "enum"))
    return is_plain_default(default, schema, found) and (not members or default in (None, []))


def is_plain_default(default: Any, schema: Schema, found: Mapping[str, Schema]) -> bool:
    """Whether the default is what the model would make of it: no UUID, no object of a class, no
    float for an integer."""
    types = [it for root in (schema, *found.values()) for _, it in subschemas(root)]
    integers = any("integer" in it.get("type", "") for it in types)
    return default in (None, []) or not (
        any(not it.keys().isdisjoint(("format", "properties")) for it in types)
        or (integers and "." in json.dumps(default).lower().replace("e", "."))
    )

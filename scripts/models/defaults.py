"""Which defaults of the contract a model can have as its own, and which it only tells of."""

import json
from typing import Any

from contract.subschemas import Definitions, Schema, reachable_names, subschemas
from oracle.oracle import Oracle


def is_python_default(schema: Schema, definitions: Definitions) -> bool:
    """Whether the default is valid, and in Python the same value as in JSON."""
    default = schema["default"]
    found = {name: definitions[name] for name in sorted(reachable_names(schema, definitions))}
    valid = Oracle({**schema, "$defs": found}).accepts(default)
    return valid and is_plain_default(default, schema, list(found.values()))


def is_plain_default(default: Any, schema: Schema, used: list[Schema]) -> bool:
    """Whether the default is what the model would make of it: no UUID, no object of a class, no
    float for an integer; the member of an enum only as the default itself."""
    if "$ref" in schema and [it for it in used if "enum" in it and "title" in it] == used:
        return schema.keys().isdisjoint(("const", "enum")) and isinstance(default, str)
    types = [it for root in (schema, *used) for _, it in subschemas(root)]
    integers = any("integer" in it.get("type", "") for it in types)
    return default in (None, []) or not (
        any(not it.keys().isdisjoint(("format", "properties")) for it in types)
        or any("enum" in it for it in used)
        or (integers and "." in json.dumps(default).lower().replace("e", "."))
    )

"""Which defaults of the contract a model can have as its own, and which it only annotates."""

from collections.abc import Collection
from typing import Any

from contract.json_values import values_within
from contract.subschemas import Definitions, Schema, reachable_names, subschemas
from oracle.oracle import Oracle


def is_python_default(schema: Schema, definitions: Definitions, boxed: Collection[str]) -> bool:
    """Whether the default is valid, and in Python the same value as in JSON; the values of the
    definitions that are ``boxed`` are not."""
    default = schema["default"]
    used = {name: definitions[name] for name in sorted(reachable_names(schema, definitions))}
    valid = Oracle({**schema, "$defs": used}).accepts(default)
    return valid and is_plain_default(default, schema, used, boxed)


def is_plain_default(
    default: Any, schema: Schema, used: Definitions, boxed: Collection[str]
) -> bool:
    """Whether the default is what the model would make of it: no UUID, no object of a class, no
    float for an integer."""
    types = [it for root in (schema, *used.values()) for _, it in subschemas(root)]
    whole = any("integer" in it.get("type", "") or {"enum", "const"} & it.keys() for it in types)
    return default in (None, []) or not (
        any(not it.keys().isdisjoint(("format", "properties")) for it in types)
        or not used.keys().isdisjoint(boxed)
        or (whole and any(isinstance(it, float) for _, it in values_within(default)))
    )

"""Objects described where they stand -> classes named by their path.

``{"properties": {"address": {"type": "object", "properties": …}}}`` of ``Order`` becomes
``OrderAddress``, whatever its neighbours are called.
"""

from collections.abc import Mapping
from typing import Any

from contract.class_names import class_name
from contract.json_values import Location, is_object
from contract.names import is_class_name
from contract.subschemas import DEFINITION_PREFIX, Schema, is_class_schema, map_children
from models.types import type_of

# What of an object is said by the place that holds it, not by its class.
PLACE_ANNOTATIONS = {"properties": ("default", "title")}


def hoist_objects(definitions: Mapping[str, Schema]) -> tuple[dict[str, Schema], frozenset[str]]:
    """The definitions with their inner objects as definitions of their own, and the names of
    those."""
    hoist = Hoister(definitions)
    whole = {name: hoist.within(name, schema) for name, schema in definitions.items()}
    return {**whole, **hoist.inline}, frozenset(hoist.inline)


class Hoister:
    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        self.definitions = definitions
        self.inline: dict[str, Schema] = {}

    def within(self, name: str, schema: Schema) -> Schema:
        """The schema of ``name`` with references for its typed inner objects."""
        typed = self.typed(schema)

        def change(path: Location, child: Any) -> Any:
            if path[0] not in typed or not is_object(child):
                return child
            inner = self.name(name, path)
            if not is_class_schema(child):
                return self.within(inner, child)
            around = PLACE_ANNOTATIONS.get(str(path[0]), ("default",))
            outside = {word: child[word] for word in around if word in child}
            body = {word: it for word, it in child.items() if word not in around}
            inner = self.fresh(inner)
            self.inline[inner] = {}
            self.inline[inner] = self.within(inner, body)
            return {"$ref": DEFINITION_PREFIX + inner, **outside}

        return map_children(schema, change)

    def typed(self, schema: Schema) -> set[str]:
        """The keywords whose subschemas become types of their own."""
        if is_class_schema(schema):
            return {"properties", "additionalProperties"}
        found = type_of(schema, self.definitions)
        unions = {"anyOf", "oneOf"} if " | " in found.plain and "type" not in schema else set[str]()
        return {*found.says, *unions}

    def name(self, name: str, path: Location) -> str:
        word, *steps = path
        suffix = {"items": "Item", "additionalProperties": "Value"}.get(str(word), "")
        if word in ("anyOf", "oneOf"):
            suffix = f"Option{int(steps[0]) + 1}"
        if word == "prefixItems":
            suffix = f"Item{int(steps[0]) + 1}"
        return name + (suffix or class_name(str(steps[0])))

    def fresh(self, name: str) -> str:
        taken = {*self.definitions, *self.inline}
        while name in taken or not is_class_name(name):
            name += "Object"
        return name

"""Objects described where they stand -> classes named by their path.

``{"properties": {"address": {"type": "object", "properties": …}}}`` of ``Order`` becomes
``OrderAddress``, whatever its neighbours are called.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from contract.chosen_names import IDLE_CURE, SETTING
from contract.json_values import Location, is_object, json_pointer
from contract.names import class_name, is_class_name
from contract.refusal import Refused
from contract.subschemas import DEFINITION_PREFIX, Schema, is_class_schema, map_children
from models.maps import pattern_values
from models.types import typed_part

# What of an object is said by the place that holds it, not by its class.
PLACE_ANNOTATIONS = {"properties": ("default", "title")}


Names = Mapping[tuple[str, ...], str]


def hoist_objects(
    definitions: Mapping[str, Schema], names: Names = MappingProxyType({})
) -> tuple[dict[str, Schema], frozenset[str]]:
    """The definitions with their inner objects as definitions of their own, and the names of
    those; ``names`` are chosen by definition and path."""
    hoist = Hoister(definitions, names)
    whole = {name: hoist.within(name, schema, (name,)) for name, schema in definitions.items()}
    idle = [it for it in names if it[0] in definitions and names[it] not in hoist.inline]
    if idle:
        places = [f"{it[0]}{json_pointer(it[1:])}" for it in idle]
        raise Refused(*(f"{SETTING}: {it!r} becomes no class; {IDLE_CURE}" for it in places))
    return {**whole, **hoist.inline}, frozenset(hoist.inline)


NAME_SUFFIXES = {"items": "Item", "additionalProperties": "Value", "patternProperties": "Value"}


class Hoister:
    def __init__(self, definitions: Mapping[str, Schema], names: Names) -> None:
        self.definitions, self.names = definitions, names
        self.inline: dict[str, Schema] = {}

    def within(self, name: str, schema: Schema, place: tuple[str, ...]) -> Schema:
        """The schema of ``name`` with references for its typed inner objects; ``place`` is the
        definition that it stands in and its path there."""
        typed = self.typed(schema)

        def change(path: Location, child: Any) -> Any:
            if path[0] not in typed or not is_object(child):
                return child
            there = (*place, *map(str, path))
            inner = self.name(name, path)
            if not is_class_schema(child):
                return self.within(inner, child, there)
            around = PLACE_ANNOTATIONS.get(str(path[0]), ("default",))
            outside = {word: child[word] for word in around if word in child}
            body = {word: it for word, it in child.items() if word not in around}
            inner = self.chosen(there) or self.fresh(inner)
            self.inline[inner] = {}
            self.inline[inner] = self.within(inner, body, there)
            return {"$ref": DEFINITION_PREFIX + inner, **outside}

        return map_children(schema, change)

    def typed(self, schema: Schema) -> set[str]:
        """The keywords whose subschemas become types of their own."""
        if is_class_schema(schema):
            single = len(schema.get("patternProperties", ())) == 1
            typed = single and pattern_values(schema) is not None
            return {"properties", "additionalProperties", *(["patternProperties"] if typed else [])}
        return {*typed_part(schema, self.definitions)[0]}

    def name(self, name: str, path: Location) -> str:
        word, *steps = path
        suffix = NAME_SUFFIXES.get(str(word), "")
        if word in ("anyOf", "oneOf"):
            suffix = f"Option{int(steps[0]) + 1}"
        if word == "prefixItems":
            suffix = f"Item{int(steps[0]) + 1}"
        return name + (suffix or class_name(str(steps[0])))

    def chosen(self, place: tuple[str, ...]) -> str:
        """The name that the owner chose for the place; empty where there is none."""
        name = self.names.get(place, "")
        if name in self.definitions or name in self.inline:
            raise Refused(f"{SETTING}: the name {name!r} is taken; choose another")
        return name

    def fresh(self, name: str) -> str:
        taken = {*self.definitions, *self.inline, *self.names.values()}
        while name in taken or not is_class_name(name):
            name += "Object"
        return name

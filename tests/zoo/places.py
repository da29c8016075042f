"""The places where a keyword can stand, and every keyword there in three turns of a third."""

import json

from contract.subschemas import Schema

from tests.zoo.keywords import SCHEMAS


def places(schema: Schema) -> dict[str, Schema]:
    """The schema as a message, as a member, among others, within a list, a map and a union."""
    inner = {word: it for word, it in schema.items() if word != "$defs"}
    around = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    value: dict[str, Schema] = {
        "Optional": {"type": "object", "properties": {"it": inner}},
        "Closed": {"type": "object", "properties": {"it": inner}, "additionalProperties": False},
        "Items": {"type": "array", "items": inner},
        "Values": {"type": "object", "additionalProperties": inner},
        "Nullable": {
            "type": "object",
            "properties": {"it": {"anyOf": [inner, {"type": "null"}], "default": None}},
        },
        "Either": {"anyOf": [inner, {"type": "string", "const": "other"}]},
        "Both": {"allOf": [inner, {}]},
        "Not": {"not": inner},
    }
    return {"Message": schema, **{name: {**it, **around} for name, it in value.items()}}


TURNS = (0, 1, 2)
PLACES = [*places({})]


def places_of_turn(name: str, turn: int) -> list[str]:
    """A third of the places, another third for the next keyword."""
    first = [*SCHEMAS].index(name) + turn
    return [place for index, place in enumerate(PLACES) if (index + first) % len(TURNS) == 0]


def sources_of_turn(name: str, turn: int) -> dict[str, bytes]:
    """By path the schema of the keyword in each place, as a message called like the place."""
    schemas = places(SCHEMAS[name])
    return {
        f"m{index}/{place}.json": json.dumps(schemas[place]).encode()
        for index, place in enumerate(places_of_turn(name, turn))
    }

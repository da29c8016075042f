"""The places where a keyword can stand."""

from contract.subschemas import Schema


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

"""Edits of the first contract, each with what it does to whom: forth and back."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.zoo.first_contract import CONTRACT, FILE

SOURCE = CONTRACT.schema_files[FILE]
SCHEMA = json.loads(SOURCE)
Step = Callable[[Any], None]


@dataclass(frozen=True)
class Change:
    """What one edit is, the verdict on it, the version it asks for, and that to undo it."""

    steps: tuple[Step, ...]
    verdict: str
    bump: str
    back: str

    @property
    def schema(self) -> Any:
        schema = copy.deepcopy(SCHEMA)
        for step in self.steps:
            step(schema)
        return schema


def same(*steps: Step, bump: str = "patch", back: str | None = None) -> Change:
    return Change(steps, "same", bump, back or bump)


def widens(*steps: Step, bump: str = "major", back: str = "major") -> Change:
    return Change(steps, "widens", bump, back)


def narrows(*steps: Step, bump: str = "major", back: str = "major") -> Change:
    return Change(steps, "narrows", bump, back)


def crosses(*steps: Step) -> Change:
    return Change(steps, "crosses", "major", "major")


def holder(schema: Any, place: str) -> tuple[Any, Any]:
    *path, last = place.strip("/").split("/")
    for step in path:
        schema = schema[int(step) if isinstance(schema, list) else step]
    return schema, last


def put(place: str, value: Any) -> Step:
    def step(schema: Any) -> None:
        parent, last = holder(schema, place)
        parent[last] = copy.deepcopy(value)

    return step


def drop(place: str) -> Step:
    def step(schema: Any) -> None:
        parent, last = holder(schema, place)
        del parent[last]

    return step


def add(place: str, *values: Any) -> Step:
    def step(schema: Any) -> None:
        parent, last = holder(schema, place)
        parent[last] = [*parent[last], *values]

    return step


def remove(place: str, value: Any) -> Step:
    def step(schema: Any) -> None:
        parent, last = holder(schema, place)
        parent[last].remove(value)

    return step


def reverse(place: str) -> Step:
    """The other order of an array or of an object's members."""

    def step(schema: Any) -> None:
        parent, last = holder(schema, place)
        found = parent[last]
        parent[last] = found[::-1] if isinstance(found, list) else dict([*found.items()][::-1])

    return step


def rename(old: str, new: str) -> Step:
    """A definition's name and title, and every reference to it."""

    def step(schema: Any) -> None:
        text = json.dumps(schema).replace(f'"#/$defs/{old}"', f'"#/$defs/{new}"')
        schema.update(json.loads(text))
        schema["$defs"][new] = {**schema["$defs"].pop(old), "title": new}

    return step


def whole(change: Callable[[Any], Any]) -> Step:
    """Another schema made of the first."""

    def step(schema: Any) -> None:
        changed = change(copy.deepcopy(schema))
        schema.clear()
        schema.update(changed)

    return step


STATUS = "$defs/RequestStatus"
PAYLOAD = "$defs/ChatSessionClosedPayload"
MEMBERS = f"{PAYLOAD}/properties"
NULL = {"type": "null"}
FAILED: Any = {"properties": {"status": {"const": "failed"}}, "required": ["status"]}

CHANGES: dict[str, Change] = {
    # Annotations, and the same said otherwise.
    "description": same(put("description", "Another.")),
    "description of a member": same(put("properties/status/description", "Another.")),
    "description gone": same(drop("properties/error/description")),
    "title": same(put("properties/timestamp/title", "Time")),
    "examples": same(put(f"{MEMBERS}/total_events/examples", [1])),
    "comment": same(put("$comment", "for owners")),
    "own annotation": same(put("x-owner", "chat")),
    "deprecated": same(put("properties/error/deprecated", True), bump="minor", back="patch"),
    "draft": same(put("$schema", "https://json-schema.org/draft/2019-09/schema")),
    "id": same(put("$id", "https://example.org/close")),
    "definition renamed": same(rename("RequestStatus", "Status"), bump="major"),
    "class renamed": same(rename("ChatSessionClosedPayload", "Closed"), bump="major"),
    "definition that nobody uses": same(put("$defs/Spare", {"type": "string"})),
    "anyOf reordered": same(reverse("properties/error/anyOf")),
    "oneOf for anyOf": same(
        drop("properties/error/anyOf"), put("properties/error/oneOf", [{"type": "string"}, NULL])
    ),
    "types for anyOf": same(
        drop("properties/error/anyOf"), put("properties/error/type", ["string", "null"])
    ),
    "required reordered": same(reverse("required")),
    "properties reordered": same(reverse("properties")),
    "enum reordered": same(reverse(f"{STATUS}/enum")),
    "the same bound": same(
        drop(f"{MEMBERS}/total_events/minimum"), put(f"{MEMBERS}/total_events/exclusiveMinimum", -1)
    ),
    "the same bound by a fraction": same(put(f"{MEMBERS}/total_events/minimum", -0.5)),
    "a bound that says nothing": same(put(f"{MEMBERS}/session_id/minLength", 0)),
    "a format that asserts nothing": same(put(f"{MEMBERS}/session_id/format", "session")),
    "multiples of one": same(put(f"{MEMBERS}/total_events/multipleOf", 1)),
    "free map unsaid": same(drop("properties/metadata/additionalProperties")),
    "open record said": same(put("additionalProperties", True)),
    "reference in allOf": same(
        drop("properties/payload/$ref"),
        put("properties/payload/allOf", [{"$ref": "#/$defs/ChatSessionClosedPayload"}]),
    ),
    "definition in its place": same(
        whole(
            lambda it: {
                **it,
                "properties": {**it["properties"], "status": it["$defs"]["RequestStatus"]},
            }
        ),
        bump="major",
    ),
    "type beside enum unsaid": same(drop(f"{STATUS}/type"), bump="major"),
    "double negation": same(put("not", {"not": {"type": "object"}}), bump="patch"),
    "allOf of what is said": same(put("allOf", [{"required": ["status"]}])),
    "default": same(put(f"{MEMBERS}/tool_session_closed/default", True), bump="minor"),
    "default gone": same(drop("properties/error/default"), bump="major"),
    "free property": same(put("properties/anything", {}), bump="minor", back="major"),
    # Sets of values.
    "enum member": widens(add(f"{STATUS}/enum", "archived")),
    "enum members": widens(add(f"{STATUS}/enum", "archived", "lost")),
    "enum member gone": narrows(remove(f"{STATUS}/enum", "failed")),
    "enum member replaced": crosses(
        remove(f"{STATUS}/enum", "failed"), add(f"{STATUS}/enum", "broken")
    ),
    "enum gone": widens(drop(f"{STATUS}/enum")),
    "enum of another type": widens(add(f"{STATUS}/enum", None), drop(f"{STATUS}/type")),
    "const": narrows(put(f"{MEMBERS}/tool_session_closed/const", False)),
    # Required and optional.
    "required": narrows(add("required", "timestamp")),
    "required within": narrows(add(f"{PAYLOAD}/required", "duration_seconds")),
    "no longer required": widens(remove("required", "payload")),
    "no longer required within": widens(remove(f"{PAYLOAD}/required", "session_id")),
    "another required": crosses(remove("required", "payload"), add("required", "timestamp")),
    "dependent": narrows(put("dependentRequired", {"error": ["timestamp"]})),
    "dependent schema": narrows(put("dependentSchemas", {"error": {"required": ["timestamp"]}})),
    "conditional": narrows(put("if", FAILED), put("then", {"required": ["error"]})),
    # Bounds.
    "minimum gone": widens(drop(f"{MEMBERS}/total_messages/minimum")),
    "minimum lower": widens(put(f"{MEMBERS}/total_messages/minimum", -1)),
    "minimum higher": narrows(put(f"{MEMBERS}/total_messages/minimum", 1)),
    "minimum higher within null": narrows(put(f"{MEMBERS}/duration_seconds/anyOf/0/minimum", 1)),
    "maximum": narrows(put(f"{MEMBERS}/total_messages/maximum", 1000)),
    "maximum for minimum": crosses(
        drop(f"{MEMBERS}/total_messages/minimum"), put(f"{MEMBERS}/total_messages/maximum", 10)
    ),
    "multiples": narrows(put(f"{MEMBERS}/total_messages/multipleOf", 5)),
    "minLength": narrows(put(f"{MEMBERS}/session_id/minLength", 1)),
    "maxLength": narrows(put(f"{MEMBERS}/session_id/maxLength", 40)),
    "pattern": narrows(put(f"{MEMBERS}/session_id/pattern", "^cs_")),
    "format": narrows(put(f"{MEMBERS}/closed_at/format", "date-time")),
    "format gone": widens(drop("properties/request_id/format")),
    "another format": crosses(put("properties/request_id/format", "email")),
    # Types.
    "null allowed": widens(
        drop("properties/timestamp/type"),
        put("properties/timestamp/anyOf", [{"type": "string"}, NULL]),
    ),
    "null allowed by a list": widens(put("properties/timestamp/type", ["string", "null"])),
    "null forbidden": narrows(
        drop("properties/error/anyOf"),
        drop("properties/error/default"),
        put("properties/error/type", "string"),
    ),
    "number for integer": widens(put(f"{MEMBERS}/total_events/type", "number")),
    "another type": crosses(put(f"{MEMBERS}/closed_at/type", "boolean")),
    "type gone": widens(drop("properties/timestamp/type")),
    "type of the message gone": widens(drop("type")),
    "array for a map": crosses(put("properties/metadata", {"type": "array"})),
    "one branch more": widens(add(f"{MEMBERS}/tool_session_id/anyOf", {"type": "integer"})),
    # Members.
    "optional property": narrows(
        put("properties/trace_id", {"type": "string"}), bump="minor", back="major"
    ),
    "optional property within": narrows(
        put(f"{MEMBERS}/closed_by", {"type": "string"}), bump="minor", back="major"
    ),
    "two optional properties": narrows(
        put("properties/trace_id", {"type": "string"}),
        put(f"{MEMBERS}/closed_by", {"$ref": "#/$defs/RequestStatus"}),
        bump="minor",
        back="major",
    ),
    "optional property and a bound": narrows(
        put("properties/trace_id", {"type": "string"}), put(f"{MEMBERS}/total_events/minimum", 1)
    ),
    "required property": narrows(
        put("properties/trace_id", {"type": "string"}), add("required", "trace_id")
    ),
    "property gone": widens(drop("properties/timestamp"), back="minor"),
    "property renamed": crosses(
        drop("properties/timestamp"), put("properties/time", {"type": "string"})
    ),
    "closed": narrows(put("additionalProperties", False)),
    "closed within": narrows(put(f"{PAYLOAD}/additionalProperties", False)),
    "closed by unevaluatedProperties": narrows(put("unevaluatedProperties", False)),
    "strangers typed": narrows(put("additionalProperties", {"type": "string"})),
    "property of a map": narrows(put("properties/metadata/properties", {"a": {"type": "string"}})),
    "map typed": narrows(put("properties/metadata/additionalProperties", {"type": "string"})),
    "map closed": narrows(put("properties/metadata/additionalProperties", False)),
    "map bounded": narrows(put("properties/metadata/maxProperties", 5)),
    "map with members": narrows(put("properties/metadata/minProperties", 1)),
    "names of a map": narrows(put("properties/metadata/propertyNames", {"pattern": "^[a-z]+$"})),
    "patterns of names": narrows(put("patternProperties", {"^x-": {"type": "string"}})),
}

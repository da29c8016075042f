"""An edit of a schema -> the places of documents that it speaks of, as patterns of JSON Pointers.

In a place ``*`` stands for any member or item, and ``**`` for anything further down.
"""

from collections.abc import Iterable, Iterator, Mapping

from contract.json_values import is_object
from contract.refusal import Refused
from contract.subschemas import Schema, Subschema, child_schemas, reachable_names, referred_name
from reports.lines import steps_of

Steps = tuple[str, ...]
EVERYWHERE: list[Steps] = [("**",)]
MOST_SCHEMAS = 100_000  # visited for one message; beyond that an edit may be anywhere
# Where the instance of a subschema stands; others judge the same instance.
WITHIN_OBJECTS = ("patternProperties", "additionalProperties", "unevaluatedProperties")
WITHIN_ARRAYS = ("items", "contains", "unevaluatedItems")


def parse_pointer(pointer: str) -> Steps:
    """The steps of a JSON Pointer (RFC 6901). Raises Refused if the text is not one."""
    if pointer and not pointer.startswith("/"):
        raise Refused(f"{pointer}: is no JSON Pointer; write one like /payload/session_id")
    return steps_of(pointer)


def touches(place: Steps, pointer: Steps) -> bool:
    """Whether the place is the one that the pointer names, or within it, or around it."""
    for mine, other in zip(place, pointer, strict=False):
        if "**" in (mine, other):
            return True
        if mine != other and "*" not in (mine, other):
            return False
    return True


class Visits:
    """Where each schema of a message is asserted: its location in the schema, and the place."""

    def __init__(self, schema: Schema) -> None:
        self.definitions: Mapping[str, Schema] = schema.get("$defs", {})
        self.recursions: list[tuple[str, Steps]] = []
        self.is_whole = True
        self.visits: list[tuple[Steps, Steps]] = []
        for visit in self.visit(schema, (), (), frozenset()):
            self.visits.append(visit)
            if len(self.visits) > MOST_SCHEMAS:
                self.is_whole = False
                break

    def has_place(self, pointer: Steps) -> bool:
        """Whether a schema describes what the pointer leads to."""
        return not self.is_whole or any(
            touches(place, pointer) and (len(place) >= len(pointer) or "**" in place)
            for _, place in (*self.visits, *self.recursions)
        )

    def visit(
        self, schema: Subschema, location: Steps, place: Steps, opened: frozenset[str]
    ) -> Iterator[tuple[Steps, Steps]]:
        yield location, place
        if not is_object(schema):
            return
        if "$ref" in schema:
            yield from self.follow(referred_name(schema), place, opened)
        for path, child in child_schemas(schema):
            if path[0] != "$defs":
                steps = tuple(map(str, path))
                yield from self.visit(
                    child, (*location, *steps), (*place, *instance_step(steps)), opened
                )

    def follow(
        self, name: str, place: Steps, opened: frozenset[str]
    ) -> Iterator[tuple[Steps, Steps]]:
        if name in opened:
            self.recursions.append((name, (*place, "**")))
        elif name in self.definitions:
            schema = self.definitions[name]
            yield from self.visit(schema, ("$defs", name), place, opened | {name})

    def recursive_places(self, location: Steps) -> Iterator[Steps]:
        """Where a definition that holds itself stands again, if the location is within it."""
        for name, place in self.recursions:
            reached = {name, *reachable_names(self.definitions[name], self.definitions)}
            if location[:1] == ("$defs",) and reached.intersection(location[1:2]):
                yield place


def instance_step(path: Steps) -> Steps:
    if path[0] in ("properties", "prefixItems"):
        return path[1:]
    return ("*",) if path[0] in (*WITHIN_OBJECTS, *WITHIN_ARRAYS) else ()


def places_of_edit(visits: Iterable[Visits], location: Steps) -> list[Steps]:
    """The places of what an edit changed, by the innermost schema that either version has there.

    EVERYWHERE if that is not known.
    """
    sides = [*visits]
    around = [it for side in sides for it in side.visits if it[0] == location[: len(it[0])]]
    longest = max((len(it) for it, _ in around), default=0)
    places = [place for it, place in around if len(it) == longest]
    is_known = all(it.is_whole for it in sides) and (longest > 0 or location[:1] != ("$defs",))
    if not is_known or not places:
        return EVERYWHERE
    return [*places, *(it for side in sides for it in side.recursive_places(location))]

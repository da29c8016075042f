"""Two schemas of a message in normal form, with names in common: edits, inclusion, what is mild."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from conjunctions import kinds, text
from edits import ABSENT, Edit, applied, at, body, edits, renamed
from exact import matches
from inclusion import Inclusion
from values import (
    DEFINITIONS,
    IN_PLACE,
    MAPS,
    ONES,
    Definitions,
    Path,
    Schema,
    children,
    is_object,
    reachable,
    replaced,
    same,
    subschemas,
)


class Pair:
    """The schemas of a message in normal form, with names in common, and what was edited."""

    def __init__(self, old: Schema, new: Schema) -> None:
        if is_bare(old) != is_bare(new):  # a message that came or ceased to hold itself
            old, new = unfolded(old), unfolded(new)
        alike = renamed(old, new)
        self.edits = edits(old, alike)
        self.asserting = [it for it in self.edits if it.asserts]
        self.old, self.new = completed(old, alike), completed(alike, old)

    @property
    def unedited(self) -> bool:
        """Whether both are one but for annotations and order."""
        return not self.asserting and text(self.old) == text(self.new)

    @cached_property
    def same(self) -> bool:
        """Whether both are proven to accept the same documents."""
        return included(self.old, self.new) and included(self.new, self.old)

    @cached_property
    def mild(self) -> list[Edit]:
        """Optional properties that an open record got or lost."""
        return [it for it in self.asserting if is_mild(self.old, self.new, it)]

    @cached_property
    def is_mild(self) -> bool:
        """Whether all that changed is what nothing had described, or nothing describes now."""
        without = applied(self.new, [it.reverted() for it in self.mild])
        return bool(self.mild) and included(without, self.old) and included(self.old, without)


def is_bare(schema: Schema) -> bool:
    return body(schema).keys() == {"$ref"}


def unfolded(schema: Schema) -> Schema:
    """A schema that is but a reference as what it refers to."""
    if not is_bare(schema):
        return schema
    definitions = schema["$defs"]
    return {**definitions[schema["$ref"].removeprefix(DEFINITIONS)], "$defs": definitions}


def completed(schema: Schema, other: Schema) -> Schema:
    """The schema with the definitions that only the other one has."""
    return {**schema, "$defs": {**other.get("$defs", {}), **schema.get("$defs", {})}}


def is_mild(old: Schema, new: Schema, edit: Edit) -> bool:
    """Whether the edit is of an optional property of a record that was and is open."""
    if edit.word != "properties" or ABSENT not in (edit.old, edit.new):
        return False
    path, name = edit.path[:-2], str(edit.path[-1])
    without = old if edit.old is ABSENT else new
    records = [at(schema, path) for schema in (old, new)]
    return is_record(at(without, path)) and not any(
        is_spoken_of(name, it, record)
        for schema, record in zip((old, new), records, strict=True)
        for group in groups(schema)
        if any(it is record for it in group)
        for it in group
    )


def is_record(schema: Any) -> bool:
    """Whether a schema describes members by name; a map does not."""
    return is_object(schema) and "object" in kinds(schema) and bool(schema.get("properties"))


def groups(schema: Schema) -> Iterator[list[Schema]]:
    """For each place where values stand the schemas that speak of the same value there."""
    definitions = schema.get("$defs", {})
    yield list(together(body(schema), definitions, schema))
    for root in (body(schema), *definitions.values()):
        for path, it in subschemas(root):
            if path and keyword(path) not in IN_PLACE:
                yield list(together(it, definitions))


def keyword(path: Path) -> str:
    """The keyword that holds the schema at a path: ``items``, ``properties/NAME``, ``allOf/0``."""
    return str(path[-1] if path[-1] in ONES and path[-2:-1] not in BY_NAME else path[-2])


BY_NAME = tuple((word,) for word in MAPS)


def together(
    schema: Schema, definitions: Definitions, itself: Schema | None = None
) -> Iterator[Schema]:
    """The schema, what it refers to and its branches, and so on."""
    yield schema if itself is None else itself
    if "$ref" in schema:
        yield from together(definitions[schema["$ref"].removeprefix(DEFINITIONS)], definitions)
    for path, it in children(schema):
        if path[0] in IN_PLACE and is_object(it):
            yield from together(it, definitions)


def is_spoken_of(name: str, schema: Schema, record: Schema) -> bool:
    """Whether a schema says something of a member of this name; of the record its property is
    what came or went."""
    dependents = [*schema.get("dependentRequired", {}).items()]
    named = {it for trigger, names in dependents for it in (trigger, *names)}
    named |= {*schema.get("required", ()), *schema.get("dependentSchemas", ())}
    named |= set() if schema is record else set(schema.get("properties", ()))
    closed = schema.get("additionalProperties", True) not in (True, {})
    patterned = any(matches(it, name) for it in schema.get("patternProperties", ()))
    listed = not schema.keys().isdisjoint(("enum", "const", "propertyNames"))
    return name in named or closed or patterned or listed


def included(some: Schema, others: Schema) -> bool:
    """Whether it is proven that what satisfies ``some`` satisfies ``others``; definitions of one
    name may differ."""
    distinct, definitions = apart(some, others)
    return Inclusion(definitions).proven(body(distinct), body(others))


def apart(schema: Schema, other: Schema) -> tuple[Schema, dict[str, Schema]]:
    """The schema with names of its own for what the other one defines otherwise, and the
    definitions of both."""
    mine, others = schema.get("$defs", {}), other.get("$defs", {})
    unlike = {name for name in mine if name in others and not same(mine[name], others[name])}
    own = {name for name in mine if name in unlike or unlike & reachable(mine[name], mine)}

    def change(path: Path, inner: Any) -> Any:
        copy = replaced(inner, change) if is_object(inner) else inner
        if is_object(copy) and copy.get("$ref", "").removeprefix(DEFINITIONS) in own:
            copy["$ref"] += OTHER
        return copy

    changed = change((), schema)
    named = {name + OTHER if name in own else name: it for name, it in changed["$defs"].items()}
    return changed, {**named, **others}


OTHER = "'"  # no class name has one

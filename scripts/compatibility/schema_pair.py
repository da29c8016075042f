"""Two schemas of a message in normal form, with names in common: edits, inclusion, what is mild."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from compatibility.edits import ABSENT, Edit, apply_edits, edits_between, rename_definitions
from compatibility.inclusion.conjunctions import allowed_kinds, assertion_text
from compatibility.inclusion.prover import MAX_STEPS, Prover
from compatibility.witnesses import boundary_instances, shortest_first
from contract.json_values import Location, is_equal, is_object, without
from contract.subschemas import (
    IN_PLACE_APPLICATORS,
    SINGLE_SUBSCHEMAS,
    SUBSCHEMA_MAPS,
    Schema,
    Subschema,
    map_children,
    map_subschemas,
    reachable_names,
    referred_name,
    schemas_in_place,
    subschemas,
)
from documents.work import Work
from oracle.strings import has_match
from reports.lines import value_at


class SchemaPair:
    """The schemas of a message in normal form, with names in common, and what was edited."""

    def __init__(self, old: Schema, new: Schema) -> None:
        # A message that came or ceased to hold itself.
        if is_bare_reference(old) != is_bare_reference(new):
            old, new = unfold_reference(old), unfold_reference(new)
        alike = rename_definitions(old, new)
        self.edits = edits_between(old, alike)
        self.asserting_edits = [it for it in self.edits if it.is_assertion]
        self.old, self.new = add_definitions(old, alike), add_definitions(alike, old)
        self.work = Work(MAX_STEPS)

    @property
    def is_unedited(self) -> bool:
        """Whether both differ in annotations and order alone."""
        return not self.asserting_edits and assertion_text(self.old) == assertion_text(self.new)

    @cached_property
    def same(self) -> bool:
        """Whether both are proven to accept the same documents."""
        return self.is_included(self.old, self.new) and self.is_included(self.new, self.old)

    def is_included(self, some: Schema, others: Schema) -> bool:
        """As ``is_included``, within the work that is left for questions beside the verdict."""
        return is_included(some, others, self.work)

    @cached_property
    def trimmed_documents(self) -> list[Any]:
        """The boundary documents of both without the optional members that are as before: all of
        those may be too many."""
        edited = [path for it in self.asserting_edits for path in it.paths]
        schemas = [trimmed_schema(it, edited) for it in (self.old, self.new)]
        return shortest_first([it for one in schemas for it in boundary_instances(one).instances])

    @cached_property
    def mild(self) -> list[Edit]:
        """Optional properties that an open record got or lost."""
        return [it for it in self.asserting_edits if is_mild_edit(self.old, self.new, it)]

    @cached_property
    def is_mild(self) -> bool:
        """Whether the schemas differ only in members that one of them does not describe."""
        rest = apply_edits(self.new, [it.inverse() for it in self.mild])
        return (
            bool(self.mild)
            and self.is_included(rest, self.old)
            and self.is_included(self.old, rest)
        )


def trimmed_schema(schema: Schema, edited: list[Location]) -> Schema:
    """The schema without the optional members that are not edited and lead to nothing edited;
    those that are edited come first."""
    definitions = schema.get("$defs", {})
    touched = {str(path[1]) for path in edited if path[:1] == ("$defs",)}

    def is_edited(path: Location, member: Subschema) -> bool:
        on_way = any(path[: len(it)] == it[: len(path)] for it in edited)
        return on_way or not touched.isdisjoint(reachable_names(member, definitions))

    def trim(path: Location, inner: Subschema) -> Subschema:
        if not is_object(inner):
            return inner
        whole = map_children(inner, lambda steps, child: trim((*path, *steps), child))
        members = whole.get("properties", {})
        first = [it for it in members if is_edited((*path, "properties", it), members[it])]
        names = dict.fromkeys([*first, *(it for it in inner.get("required", ()) if it in members)])
        return {**whole, **({"properties": {it: members[it] for it in names}} if members else {})}

    trimmed = trim((), schema)
    return trimmed if is_object(trimmed) else schema


def is_bare_reference(schema: Schema) -> bool:
    return without(schema, "$defs").keys() == {"$ref"}


def unfold_reference(schema: Schema) -> Schema:
    """A schema that is but a reference as what it refers to."""
    if not is_bare_reference(schema):
        return schema
    definitions = schema["$defs"]
    return {**definitions[referred_name(schema)], "$defs": definitions}


def add_definitions(schema: Schema, other: Schema) -> Schema:
    """The schema with the definitions that only the other one has."""
    return {**schema, "$defs": {**other.get("$defs", {}), **schema.get("$defs", {})}}


def is_mild_edit(old: Schema, new: Schema, edit: Edit) -> bool:
    """Whether the edit is of an optional property of a record that was and is open."""
    if edit.keyword != "properties" or ABSENT not in (edit.old, edit.new):
        return False
    path, name = edit.path[:-2], str(edit.path[-1])
    without = old if edit.old is ABSENT else new
    records = [value_at(schema, path) for schema in (old, new)]
    return is_record(value_at(without, path)) and not any(
        is_described(name, other, record)
        for schema, record in zip((old, new), records, strict=True)
        for group in schemas_by_value(schema)
        if any(it is record for it in group)
        for other in group
    )


def is_record(schema: Any) -> bool:
    """Whether a schema describes members by name; a map does not."""
    is_one = is_object(schema) and "object" in allowed_kinds(schema)
    return is_one and bool(schema.get("properties"))


def schemas_by_value(schema: Schema) -> Iterator[list[Schema]]:
    """By each place of values the schemas that judge the same value there."""
    definitions = schema.get("$defs", {})
    for path, inner in subschemas(schema):
        if not path or holding_keyword(path) not in IN_PLACE_APPLICATORS:
            yield [*schemas_in_place(inner, definitions)]


def holding_keyword(path: Location) -> str:
    """The keyword that holds the schema at a path: ``items``, ``properties/NAME``, ``allOf/0``."""
    return str(
        path[-1] if path[-1] in SINGLE_SUBSCHEMAS and path[-2:-1] not in MAP_STEPS else path[-2]
    )


MAP_STEPS = tuple((word,) for word in SUBSCHEMA_MAPS)


def is_described(name: str, schema: Schema, record: Schema) -> bool:
    """Whether a schema says something of a member of this name; of the record its property is
    what came or went."""
    dependents = [*schema.get("dependentRequired", {}).items()]
    named = {it for trigger, names in dependents for it in (trigger, *names)}
    named |= {*schema.get("required", ()), *schema.get("dependentSchemas", ())}
    named |= set() if schema is record else set(schema.get("properties", ()))
    closed = schema.get("additionalProperties", True) not in (True, {})
    patterned = any(has_match(it, name) for it in schema.get("patternProperties", ()))
    listed = not schema.keys().isdisjoint(("enum", "const", "propertyNames"))
    return name in named or closed or patterned or listed


def is_included(some: Schema, others: Schema, work: Work | None = None) -> bool:
    """Whether it is proven that what satisfies ``some`` satisfies ``others``, within the work if
    it is given; definitions of one name may differ."""
    distinct, definitions = separate_definitions(some, others)
    return Prover(definitions).is_proven(without(distinct, "$defs"), without(others, "$defs"), work)


def separate_definitions(schema: Schema, other: Schema) -> tuple[Schema, dict[str, Schema]]:
    """The schema with names of its own for what the other one defines otherwise, and the
    definitions of both."""
    mine, others = schema.get("$defs", {}), other.get("$defs", {})
    unlike = {name for name in mine if name in others and not is_equal(mine[name], others[name])}
    own = {name for name in mine if name in unlike or unlike & reachable_names(mine[name], mine)}

    def change(inner: Schema) -> Schema:
        is_own = referred_name(inner) in own
        return {**inner, "$ref": inner["$ref"] + OWN_NAME_SUFFIX} if is_own else inner

    changed = map_subschemas(schema, change)
    named = {
        name + OWN_NAME_SUFFIX if name in own else name: it for name, it in changed["$defs"].items()
    }
    return changed, {**named, **others}


OWN_NAME_SUFFIX = "'"  # no class name has one

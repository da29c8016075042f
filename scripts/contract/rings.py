"""Refusals of definitions that refer to each other so that nothing could be judged."""

from collections.abc import Collection, Mapping
from graphlib import TopologicalSorter

from contract.class_names import Place
from contract.json_values import is_object
from contract.refusal import Refused
from contract.subschemas import (
    IN_PLACE_APPLICATORS,
    Schema,
    Subschema,
    child_schemas,
    needs_of,
    reachable_names,
    reached_from,
    referenced_names,
    referred_name,
)


def refuse_loops(definitions: Mapping[str, Schema], places: Mapping[str, Place]) -> None:
    """Refuse a definition that holds itself without a step into the instance between."""
    needs = needs_of({name: in_place_part(schema) for name, schema in definitions.items()})
    for name in definitions:
        if name in reached_from(name, needs):
            raise Refused(
                f"{places[name]}: needs itself for the same instance;"
                " put a property or an item between"
            )


MAX_WAYS, WAYS_PER_REFERENCE = 500, 10


def refuse_many_ways(
    root: Schema, definitions: Mapping[str, Schema], places: Mapping[str, Place]
) -> None:
    """Refuse definitions that references reach on many ways for the same instance.

    The instance is judged on each way. If each of n definitions refers twice to the next, there
    are 2^n ways.
    """
    targets = {name: referenced_names(in_place_part(it)) for name, it in definitions.items()}
    targets[""] = referenced_names(in_place_part(root))
    most = max(MAX_WAYS, WAYS_PER_REFERENCE * sum(map(len, targets.values())))
    ways: dict[str, int] = {}
    for name in TopologicalSorter(targets).static_order():
        ways[name] = sum(1 + ways[it] for it in targets[name])
        if ways[name] > most:
            raise Refused(
                f"{places[name]}: its references judge the same instance on over {most} ways;"
                " refer to each definition once"
            )


def in_place_part(schema: Schema) -> Schema:
    """The part of the schema that judges the same instance: its references and applicators."""
    inner: Schema = {word: schema[word] for word in ("$ref",) if word in schema}
    parts = [
        child
        for path, child in child_schemas(schema)
        if path[0] in IN_PLACE_APPLICATORS and is_object(child)
    ]
    return {**inner, "allOf": [in_place_part(it) for it in parts]}


def refuse_endless(
    root: Schema, definitions: Mapping[str, Schema], places: Mapping[str, Place]
) -> None:
    """Refuse a message that has to hold a definition which has to hold itself."""
    endless = dict(definitions)
    while finite := [name for name in endless if not has_to_hold(endless[name], endless)]:
        for name in finite:
            del endless[name]
    if has_to_hold(root, endless):
        ring = (name for name in endless if name in reachable_names(endless[name], endless))
        raise Refused(f"{places[next(ring)]}: needs itself without end; make a member optional")


def has_to_hold(schema: Subschema, names: Collection[str]) -> bool:
    """Whether each value of the schema holds one of a definition of these names."""
    if not is_object(schema):
        return False
    whole = [*schema.get("allOf", ()), *needed_members(schema), *needed_items(schema)]
    unions = [schema[word] for word in ("anyOf", "oneOf") if word in schema]
    return (
        referred_name(schema) in names
        or any(has_to_hold(it, names) for it in whole)
        or any(all(has_to_hold(it, names) for it in union) for union in unions)
    )


def needed_members(schema: Schema) -> list[Subschema]:
    """The schemas of the members without which there is no value."""
    properties: Schema = schema.get("properties", {}) if schema.get("type") == "object" else {}
    return [properties[name] for name in schema.get("required", ()) if name in properties]


def needed_items(schema: Schema) -> list[Subschema]:
    """The schemas of the items without which there is no value."""
    least = schema.get("minItems", 0) if schema.get("type") == "array" else 0
    first = schema.get("prefixItems", [])
    return [
        *first[: int(least)],
        *([schema["items"]] if least > len(first) and "items" in schema else []),
    ]

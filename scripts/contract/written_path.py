"""A path in the normal form -> the path of the same place in the schema that the owner wrote."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from contract.json_values import Location, is_object
from contract.normal_form import REFERENCE_KEYWORDS
from contract.subschemas import SINGLE_SUBSCHEMAS, SUBSCHEMA_LISTS, SUBSCHEMA_MAPS
from reports.lines import value_at

Path = Sequence[str | int]

# What the normal form says by a keyword may be written with these.
WRITTEN_WITH: dict[str, list[Location]] = {
    "prefixItems": [("items",)],
    "items": [("additionalItems",), ("unevaluatedItems",)],
    "additionalProperties": [("patternProperties", ".*"), ("unevaluatedProperties",)],
    "dependentRequired": [("dependencies",)],
    "dependentSchemas": [("dependencies",)],
    "$defs": [("definitions",)],
}


# The normal form may write these around parts of a schema that does not have them.
ADDED_KEYWORDS = ("allOf", "if", "then", "else")


def written_path(schema: Any, path: Path) -> Location | None:
    """The path in the schema as it is written; None of a place that the schema does not have."""
    if not path:
        return ()
    for start, rest in beginnings(schema, path) if is_object(schema) else ():
        inner = value_at(schema, start)
        end = None if inner is None else written_path(inner, rest)
        if end is not None:
            return (*start, *end)
    return None


def beginnings(schema: Any, path: Path) -> Iterator[tuple[Location, Path]]:
    """The ways in which the path may begin in the schema, each with the rest of the path."""
    word, rest = str(path[0]), path[1:]
    if word in BRANCHES and rest:
        branches = dict(enumerate(BRANCHES[word](schema, word)))
        yield from ((start, rest[1:]) for start in [branches.get(int(rest[0]))] if start)
    else:
        taken = 1 if word in (*SUBSCHEMA_MAPS, *SUBSCHEMA_LISTS) else len(rest)
        taken = 0 if word in SINGLE_SUBSCHEMAS else taken
        for start in ((word,), *WRITTEN_WITH.get(word, ())):
            yield (*start, *rest[:taken]), rest[taken:]
    yield from (((it, 0), path) for it in BRANCHES if len(schema.get(it, ())) == 1)
    if word in ADDED_KEYWORDS:
        yield (), rest[1:] if word == "allOf" else rest


def parts_of_all(schema: Any, word: str) -> list[Location]:
    """The parts of an ``allOf``: references are the first."""
    references: list[Location] = [(it,) for it in REFERENCE_KEYWORDS if it in schema]
    return [*references, *((word, index) for index, _ in enumerate(schema.get(word, ())))]


def branches_of_union(schema: Any, word: str) -> list[Location]:
    """The branches of a union, null last; those of an ``anyOf`` within it are in its place."""
    branches: list[tuple[Location, Any]] = []
    for index, branch in enumerate(schema.get(word, ())):
        if word == "anyOf" and is_object(branch) and branch.keys() == {"anyOf"}:
            inner = branches_of_union(branch, word)
            branches += [((word, index, *it), value_at(branch, it)) for it in inner]
        else:
            branches.append(((word, index), branch))
    return [path for path, _ in sorted(branches, key=lambda branch: branch[1] == NULL)]


NULL = {"type": "null"}

BRANCHES: dict[str, Callable[[Any, str], list[Location]]] = {
    "allOf": parts_of_all,
    "anyOf": branches_of_union,
    "oneOf": branches_of_union,
}

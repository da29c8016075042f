"""``oneOf``: a union whose branches exclude each other, or one that refuses what fits several.

``Annotated[Cat | Dog, OneOf()]``. Shipped to packages that use it alone.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import count
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from ._any_of import AS_WRITTEN, AnyOf, first_that_fits, several
from ._assert import Assert, as_emitted, expectation
from ._json_types import alternatives, branch_names
from ._keywords import DEFINITION_PREFIX, Schema
from ._types import is_object
from ._unions import (
    NEVER_SCHEMA,
    keep_if,
    keep_unless,
    only_name,
    then_or_fail,
    union_of,
    with_one_error,
)


class OneOf(AnyOf):
    """``"oneOf"`` of branches that no instance fits two of (JSON Schema 2020-12, Core 10.2.1.3)."""

    def chosen(self, union: Any) -> Any:
        """The first branch that fits, which is the only one."""
        return first_that_fits(union)

    def of_some(self, branches: list[Any], kept: Collection[int]) -> Any:
        """The union without the other branches; those kept are branches that the tag knows."""
        if len(kept) < 2:
            return union_of(branches[it] for it in kept)
        choices = [it if at in kept else NEVER_SCHEMA for at, it in enumerate(branches)]
        return self.exact_schema(core_schema.union_schema(choices))

    def emitted_schema(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        return {"oneOf" if word == "anyOf" else word: it for word, it in emitted.items()}


class OneAlone(Assert):
    """Refuses what fits several branches of a union (JSON Schema 2020-12, Core 10.2.1.3).

    Without those ``apart``, given by their indices, the other branches exclude each other: an
    instance that fits none of those apart is read at once, any other one by the one that it fits.
    Each branch of objects requires one of the names of ``by``: an object that has one of them
    alone is read by the branches of that name, which exclude each other.
    """

    def __init__(self, *apart: int, by: Mapping[str, int | tuple[int, ...]] | None = None) -> None:
        super().__init__({})  # the branches are those of the annotated type
        self.apart, self.by = apart, several(by or {})

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        plain: Any = handler(source)
        union, read = marked_union(plain)
        branches = branches_of(read)
        names = distinct_names(branches)
        self.schema = {"oneOf": [*map(named_schema, names)]}
        apart = [branches[it] for it in self.apart]
        rest = {*range(len(branches))}.difference(self.apart)
        others = written_once(union.of_some(branches, rest), handler)
        ways = [
            then_or_fail(only_name(it, self.by), self.read_by(union, branches, entered))
            for it, entered in self.by.items()
        ]
        ways += watched(apart, others)
        exact = with_one_error(union_of(ways), "oneOf", expectation(self.schema))
        references = {
            name: as_emitted(it, handler) for name, it in zip(names, branches, strict=True)
        }
        asked = core_schema.union_schema([*apart, others])
        return self.made({**exact, **AS_WRITTEN}, plain, references=references, asked=asked)

    def read_by(self, union: OneOf, branches: list[Any], entered: Collection[int]) -> Any:
        """Reads by branches that exclude each other; those apart are unknown to the tag."""
        apart = [branches[it] for it in entered if it in self.apart]
        others = union.of_some(branches, {*entered}.difference(self.apart))
        return union_of([*apart, others])

    def emitted_keywords(self, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {}  # OneOf says them


def written_once(schema: Any, handler: GetCoreSchemaHandler) -> Any:
    """The schema, or a reference to it if it holds many watched unions: it is used twice, and what
    is within it as often as there are paths. Each reference counts among the 255 that pydantic-core
    follows into a document."""
    if watched_unions(schema) < MANY_WATCHED:
        return schema
    return handler.generate_schema(Definition(schema))


MANY_WATCHED = 4
ARRAYS: Any = (list, tuple)  # typed so that type checkers do not take an item for one of anything


def watched_unions(schema: Any) -> int:
    """How often a watched union stands in the core schema; in a class, they are read once."""
    if isinstance(schema, ARRAYS):
        return sum(map(watched_unions, schema))
    if not is_object(schema) or schema.get("type") == "model":
        return 0
    inner = (it for word, it in schema.items() if word != "metadata")
    return ("asked" in schema.get("metadata", ())) + sum(map(watched_unions, inner))


class Definition:
    """What Pydantic reads as a type: the core schema as a definition, and a reference to it."""

    def __init__(self, schema: Any) -> None:
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        name = f"{__name__}:{next(NUMBERS)}"
        definition: Any = {**self.schema, "ref": name}
        reference = core_schema.definition_reference_schema(name)
        return core_schema.definitions_schema(reference, [definition])


NUMBERS = count()


def watched(apart: list[Any], others: Any) -> Iterator[Any]:
    """The ways to read what fits one branch alone, of which the others exclude each other."""
    for at, branch in enumerate(apart):
        alone = [keep_unless(union_of([*apart[at + 1 :], others])), branch]
        yield then_or_fail(keep_if(branch), core_schema.chain_schema(alone))
    yield others


def marked_union(plain: Any) -> tuple[OneOf, Any]:
    """The marker of the union that the core schema reads, and what Pydantic made of the union. To
    make the branches anew would take exponential time where unions are within unions."""
    metadata: Any = plain["metadata"]
    marker, union = metadata["marker"], metadata["plain"]
    return (marker, union) if isinstance(marker, OneOf) else marked_union(union)


def branches_of(union: Any) -> list[Any]:
    """The branches of Pydantic's union, null last."""
    if union["type"] == "nullable":
        return [*branches_of(union["schema"]), core_schema.none_schema()]
    return union["choices"] if union["type"] == "union" else [union]


def named_schema(name: str) -> Schema:
    return {"type": name} if name == "null" else {"$ref": DEFINITION_PREFIX + name}


def distinct_names(branches: list[Any]) -> list[str]:
    """A name for each branch: of its class or definition, of another branch its types, with its
    number where several have the same."""
    names = [alternatives(branch_names(it)) for it in branches]
    return [
        f"{name} (branch {at})" if names.count(name) > 1 else name for at, name in enumerate(names)
    ]

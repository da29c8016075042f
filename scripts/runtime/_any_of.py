"""A union with one error, or one whose objects enter a branch by a tag."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic_core import CoreSchema, core_schema

from ._json_types import alternatives, branch_names
from ._types import ExactMarker, Integer, Number
from ._unions import ANY_SCHEMA, intersection_of, keep_if, keep_unless, object_schema

Key = TypeVar("Key")


class AnyOf(ExactMarker):
    """``"anyOf"`` of more than a schema and null (JSON Schema 2020-12, Core 10.2.1.2).

    One error where no branch fits, instead of those of every branch. With ``tag``, the name of a
    member, an object enters only the branches that ``branches`` gives for its value, by their
    indices; where every branch is of objects, the errors are those of the branch. ``attributes``
    are the names by which instances of the classes have the member, if they are others. An object
    with another value enters the branches of ``others``, one without the member those of
    ``absent``; what is no object enters those without a tag, and those that are ``mixed``. Of
    ``disjoint`` branches no instance fits two.
    """

    def __init__(
        self,
        tag: str | None = None,
        branches: Mapping[str | int | float, int | tuple[int, ...]] | None = None,
        attributes: Iterable[str] = (),
        *,
        others: Iterable[int] = (),
        absent: Iterable[int] = (),
        mixed: Iterable[int] = (),
        disjoint: bool = False,
    ) -> None:
        self.tag, self.branches, self.attributes = tag, branches or {}, [*attributes]
        self.others, self.absent, self.mixed = {*others}, {*absent}, {*mixed}
        self.disjoint = disjoint

    def exact_schema(self, plain: Any) -> Any:
        if is_tagged(plain):
            return core_schema.chain_schema([plain], **AS_WRITTEN)
        if self.tag is None:
            return with_one_union_error(self.chosen(plain))
        if plain["type"] == "nullable":
            return {**plain, "schema": self.exact_schema(plain["schema"]), **AS_WRITTEN}
        return self.tagged_schema(plain["choices"], self.tag)

    def chosen(self, union: Any) -> Any:
        """The union, which by Pydantic's rules prefers one of the branches that fit."""
        return first_that_fits(union) if self.disjoint else union

    def tagged_schema(self, choices: list[Any], tag: str) -> Any:
        """The choice by the tag, then those of what does not have one of its values."""
        indices = several(self.branches)
        paths: list[list[str | int]] = [[name] for name in (tag, *self.attributes)]
        tagged = core_schema.tagged_union_schema(
            {it: self.one_of([choices[index] for index in at]) for it, at in indices.items()},
            paths,
            serialization=core_schema.simple_ser_schema("any"),
        )
        loose = self.others | self.absent
        rest = {*range(len(choices))}.difference(loose, *indices.values())
        gates = [(self.untagged_object(tag), loose)] if loose else []
        if self.mixed:
            gates.append((NOT_AN_OBJECT, loose | rest | self.mixed))
            rest = set[int]()
        gated = [
            core_schema.chain_schema([gate, self.one_of([choices[it] for it in sorted(entered)])])
            for gate, entered in gates
        ]
        others = [*gated, *(choices[it] for it in sorted(rest))]
        union = core_schema.union_schema(
            [tagged, *others], mode="left_to_right", metadata={"gated": len(gated)}
        )
        return with_one_union_error(union) if others else tagged

    def untagged_object(self, tag: str) -> Any:
        """The instance itself if it does not have one of the tag's values, or is no object."""
        known = core_schema.literal_schema([*self.branches]) if self.others else ANY_SCHEMA
        untagged = keep_unless(object_schema({tag: (known, True)}))
        return intersection_of([AN_OBJECT, untagged]) if self.mixed else untagged

    def one_of(self, choices: list[Any]) -> Any:
        if len(choices) == 1:
            return choices[0]
        return with_one_union_error(self.chosen(core_schema.union_schema(choices)))


def several(indices: Mapping[Key, int | tuple[int, ...]]) -> dict[Key, tuple[int, ...]]:
    return {key: (at,) if isinstance(at, int) else at for key, at in indices.items()}


AN_OBJECT, NOT_AN_OBJECT = keep_if(object_schema({})), keep_unless(object_schema({}))


def first_that_fits(schema: Any) -> Any:
    """The same of branches that no instance fits two of: the first that fits is the only one.

    Those come first that fail soonest.
    """
    if schema["type"] == "nullable":
        return {**schema, "schema": first_that_fits(schema["schema"])}
    if schema["type"] != "union":
        return schema
    choices = sorted(schema["choices"], key=lambda it: (is_number(it), it["type"] != "str"))
    return {**schema, "choices": choices, "mode": "left_to_right"}


def is_number(schema: Any) -> bool:
    return isinstance(schema.get("metadata", {}).get("marker"), (Integer, Number))


# A value is written by what it is; no branch is tried.
AS_WRITTEN: Any = {"serialization": core_schema.simple_ser_schema("any")}


def is_tagged(schema: Any) -> bool:
    """Whether it is a union that Pydantic itself tells apart, now or when its classes are there."""
    inner = schema["schema"] if schema["type"] == "nullable" else schema
    postponed = "pydantic_internal_union_discriminator" in inner.get("metadata", {})
    return inner["type"] == "tagged-union" or postponed


def with_one_union_error(schema: Any) -> CoreSchema:
    """One error for all of the union's; it names the branches, for whoever reads the model within
    a model of another package. ``ExactModel`` says more."""
    return core_schema.custom_error_schema(
        schema,
        custom_error_type="any_of",
        custom_error_message=f"Input should be {alternatives(branch_names(schema))}",
        **AS_WRITTEN,
    )

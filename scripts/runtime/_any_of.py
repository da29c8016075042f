"""A union with one error, or one whose objects enter a branch by a tag."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import CoreSchema, core_schema

from ._json_types import alternatives, branch_names
from ._types import ExactMarker, Integer, Number, is_object
from ._unions import ANY_SCHEMA, keep_unless, object_schema


class AnyOf(ExactMarker):
    """``"anyOf"`` of more than a schema and null (JSON Schema 2020-12, Core 10.2.1.2).

    One error where no branch fits, instead of those of every branch. With ``tag``, the name of a
    member, an object enters only the branches that ``branches`` gives for its value, by their
    indices; where every branch is of objects, the errors are those of the branch. ``attributes``
    are the names by which instances of the classes have the member, if they are others. An object
    is read as if there was no tag where it lacks the member, if that may be ``absent``, and where
    it has another value, if ``others`` are valid. Of ``disjoint`` branches no instance fits two.
    """

    def __init__(
        self,
        tag: str | None = None,
        branches: Mapping[str | int | float, int | tuple[int, ...]] | None = None,
        attributes: Iterable[str] = (),
        *,
        absent: bool = False,
        others: bool = False,
        disjoint: bool = False,
    ) -> None:
        self.tag, self.branches, self.attributes = tag, branches or {}, [*attributes]
        self.absent, self.others, self.disjoint = absent, others, disjoint

    @property
    def has_untagged(self) -> bool:
        """Whether some objects are read without the tag."""
        return self.absent or self.others

    def exact_schema(self, plain: Any) -> Any:
        if is_tagged(plain):
            return core_schema.chain_schema([plain], **AS_WRITTEN)
        if self.tag is None or (self.has_untagged and holds_untagged(plain)):
            return with_one_union_error(self.chosen(plain))
        if plain["type"] == "nullable":
            return {**plain, "schema": self.exact_schema(plain["schema"]), **AS_WRITTEN}
        return self.tagged_schema(plain["choices"], self.tag)

    def chosen(self, union: Any) -> Any:
        """The union, which by Pydantic's rules prefers one of the branches that fit."""
        return first_that_fits(union) if self.disjoint else union

    def tagged_schema(self, choices: list[Any], tag: str) -> Any:
        """The choice by the tag, then the others."""
        indices = {it: (at,) if isinstance(at, int) else at for it, at in self.branches.items()}
        paths: list[list[str | int]] = [[name] for name in (tag, *self.attributes)]
        tagged = core_schema.tagged_union_schema(
            {it: choice_of([choices[index] for index in at]) for it, at in indices.items()},
            paths,
            serialization=core_schema.simple_ser_schema("any"),
        )
        if self.has_untagged:
            return with_one_union_error(self.with_untagged(tagged, choices, tag))
        entered = {index for at in indices.values() for index in at}
        others = [it for index, it in enumerate(choices) if index not in entered]
        if not others:
            return tagged
        return with_one_union_error(
            core_schema.union_schema([tagged, *others], mode="left_to_right")
        )

    def with_untagged(self, tagged: Any, choices: list[Any], tag: str) -> Any:
        """The choice by the tag, then that of what has none of its values."""
        known = core_schema.literal_schema([*self.branches]) if self.others else ANY_SCHEMA
        untagged = keep_unless(object_schema({tag: (known, True)}))
        others = with_one_union_error(self.chosen(core_schema.union_schema(choices)))
        steps = core_schema.chain_schema([untagged, others])
        return core_schema.union_schema(
            [tagged, steps], mode="left_to_right", metadata={"untagged": untagged}
        )


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


def holds_untagged(schema: Any) -> bool:
    """Whether a union stands within that has its choices twice. Around it another would have them
    four times, and so on."""
    if is_object(schema):
        is_untagged = "untagged" in schema.get("metadata", {})
        inner = [it for word, it in schema.items() if word != "metadata"]
        return is_untagged or any(map(holds_untagged, inner))
    return isinstance(schema, ARRAYS) and any(map(holds_untagged, schema))


ARRAYS: Any = (list, tuple)  # typed so that type checkers do not take an item for one of anything


def choice_of(choices: list[Any]) -> Any:
    return (
        choices[0] if len(choices) == 1 else with_one_union_error(core_schema.union_schema(choices))
    )


def with_one_union_error(schema: Any) -> CoreSchema:
    """One error for all of the union's; it names the branches, for whoever reads the model within
    a model of another package. ``ExactModel`` says more."""
    return core_schema.custom_error_schema(
        schema,
        custom_error_type="any_of",
        custom_error_message=f"Input should be {alternatives(branch_names(schema))}",
        **AS_WRITTEN,
    )

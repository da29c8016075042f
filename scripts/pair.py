"""Two schemas of a message in normal form, with names in common: edits, inclusion, what is mild."""

from functools import cached_property
from typing import Any

from edits import ABSENT, Edit, applied, at, body, edits, renamed
from exact import matches
from inclusion import Inclusion
from values import DEFINITIONS, Path, Schema, is_class, is_object, reachable, replaced, same


class Pair:
    """The schemas of a message in normal form, with names in common, and what was edited."""

    def __init__(self, old: Schema, new: Schema) -> None:
        alike = renamed(old, new)
        self.edits = edits(old, alike)
        self.asserting = [it for it in self.edits if it.asserts]
        self.old, self.new = completed(old, alike), completed(alike, old)

    @cached_property
    def mild(self) -> list[Edit]:
        """Optional properties that an open record got or lost."""
        return [it for it in self.asserting if is_mild(self.old, self.new, it)]

    @cached_property
    def is_mild(self) -> bool:
        """Whether all that changed is what nothing had described, or nothing describes now."""
        without = applied(self.new, [it.reverted() for it in self.mild])
        return bool(self.mild) and included(without, self.old) and included(self.old, without)


def completed(schema: Schema, other: Schema) -> Schema:
    """The schema with the definitions that only the other one has."""
    return {**schema, "$defs": {**other.get("$defs", {}), **schema.get("$defs", {})}}


def is_mild(old: Schema, new: Schema, edit: Edit) -> bool:
    """Whether the edit is of an optional property of a record that was and is open."""
    if edit.word != "properties" or ABSENT not in (edit.old, edit.new):
        return False
    record, name = edit.path[:-2], str(edit.path[-1])
    return all(is_open(at(schema, record), name) for schema in (old, new))


def is_open(record: Any, name: str) -> bool:
    """Whether a record takes any value for a member of this name, or would if it had none."""
    return (
        is_object(record)
        and is_class(record)
        and record.get("additionalProperties", True) is True
        and name not in record.get("required", ())
        and not any(matches(it, name) for it in record.get("patternProperties", ()))
    )


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

"""Two schemas in normal form -> the edits that lead from one to the other, keyword by keyword."""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from contract.json_values import (
    Location,
    is_array,
    is_equal,
    is_object,
    json_pointer,
    missing_values,
    without,
)
from contract.subschemas import (
    DEFINITION_PREFIX,
    SINGLE_SUBSCHEMAS,
    SUBSCHEMA_LISTS,
    SUBSCHEMA_MAPS,
    Schema,
    child_schemas,
    is_annotation,
    map_subschemas,
    referred_name,
)
from reports.lines import value_at


class Absence(Enum):
    """No value; the same in each process."""

    ABSENT = "absent"


ABSENT = Absence.ABSENT


# Keywords that say what kind of thing a schema is: where one takes the place of another, the
# schema as a whole was edited.
SHAPE_KEYWORDS = {"type", "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if"}


# The keywords that assert nothing without the first of them: where that comes or goes, all of them
# do, as one edit.
CONDITION_KEYWORDS = ("if", "then", "else")


@dataclass(frozen=True)
class Edit:
    """At ``path`` of the schema ``old`` became ``new``, one of which may be ABSENT; or one member
    of the set that stands there did. ``keyword`` is the one that the edit belongs to. Of a
    condition that comes or goes ``old`` or ``new`` is a schema of all its keywords."""

    path: Location
    keyword: str
    old: Any
    new: Any
    member: bool = False

    @property
    def pointer(self) -> str:
        return json_pointer(self.path)

    @property
    def is_condition(self) -> bool:
        """Whether a whole condition comes or goes."""
        return self.keyword == "if" and ABSENT in (self.old, self.new)

    @property
    def paths(self) -> list[Location]:
        """The places that it changes."""
        around = self.path[:-1]
        return [(*around, it) for it in CONDITION_KEYWORDS] if self.is_condition else [self.path]

    @property
    def is_assertion(self) -> bool:
        return not is_annotation(self.keyword)

    def inverse(self) -> "Edit":
        return Edit(self.path, self.keyword, self.new, self.old, self.member)


def apply_edits(schema: Schema, edits: Iterable[Edit]) -> Schema:
    """The schema with the edits made in it; an edit whose place is gone is left out."""
    changed = copy.deepcopy(schema)
    for edit in edits:
        if not edit.path:
            changed = {**copy.deepcopy(edit.new), "$defs": changed.get("$defs", {})}
        else:
            parent = value_at(changed, edit.path[:-1])
            around = value_at(changed, edit.path[:-2]) if edit.keyword in SUBSCHEMA_MAPS else None
            if parent is None and is_object(around):
                parent = around.setdefault(edit.keyword, {})
            if parent is not None:
                apply_edit(edit, parent)
    return changed


def apply_edit(edit: Edit, parent: Any) -> None:
    """One edit in the object or array that holds its place."""
    step: Any = edit.path[-1]
    if edit.member:
        kept = [it for it in parent.get(step, ()) if not is_equal(it, edit.old)]
        parent[step] = kept if edit.new is ABSENT else [*kept, edit.new]
    elif edit.is_condition:
        for word in CONDITION_KEYWORDS:
            parent.pop(word, None)
        parent.update({} if edit.new is ABSENT else copy.deepcopy(edit.new))
    elif edit.new is not ABSENT:
        parent[step] = copy.deepcopy(edit.new)
    else:
        parent.pop(step, None)


def edits_between(old: Schema, new: Schema) -> list[Edit]:
    """Every edit, by place; definitions are compared where both schemas have one of a name."""
    edits = list(edits_below(without(old, "$defs"), without(new, "$defs"), ()))
    definitions = [schema.get("$defs", {}) for schema in (old, new)]
    for name in definitions[0].keys() & definitions[1].keys():
        edits += edits_below(definitions[0][name], definitions[1][name], ("$defs", name))
    return sorted(edits, key=lambda it: it.pointer)


def edits_below(old: Any, new: Any, path: Location) -> Iterator[Edit]:
    """The edits below a place at which a schema stands, or is ABSENT on one side."""
    if not is_object(old) or not is_object(new):
        yield from [] if is_equal(old, new) else [Edit(path, parent_keyword(path), old, new)]
        return
    whole = is_reshaped(old, new)
    if whole:
        yield Edit(path, parent_keyword(path), old, new)
    condition = [] if whole else [*condition_edits(old, new, path)]
    yield from condition
    for word in {**old, **new}:
        if (is_annotation(word) or not whole) and not (condition and word in CONDITION_KEYWORDS):
            before, after = old.get(word, ABSENT), new.get(word, ABSENT)
            yield from keyword_edits(word, before, after, (*path, word))


def condition_edits(old: Schema, new: Schema, path: Location) -> Iterator[Edit]:
    """The condition that comes or goes."""
    if ("if" in old) != ("if" in new):
        whole: list[Any] = [
            {it: one[it] for it in CONDITION_KEYWORDS if it in one} if "if" in one else ABSENT
            for one in (old, new)
        ]
        yield Edit((*path, "if"), "if", whole[0], whole[1])


def is_reshaped(old: Schema, new: Schema) -> bool:
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    return bool(SHAPE_KEYWORDS & gone) and bool(SHAPE_KEYWORDS & come)


def parent_keyword(path: Location) -> str:
    """The keyword that holds the schema at a path."""
    return next(
        (str(step) for step in path[-2:] if step in SUBSCHEMA_MAPS or step in SINGLE_SUBSCHEMAS),
        "allOf",
    )


def keyword_edits(word: str, old: Any, new: Any, path: Location) -> Iterator[Edit]:
    """The edits of one keyword, which one of the schemas may lack."""
    if word in SUBSCHEMA_MAPS:
        maps = [it if is_object(it) else {} for it in (old, new)]
        for name in {**maps[0], **maps[1]}:
            before, after = (it.get(name, ABSENT) for it in maps)
            yield from edits_below(before, after, (*path, name))
    elif ABSENT in (old, new):
        yield Edit(path, word, old, new)
    elif word in SINGLE_SUBSCHEMAS:
        yield from edits_below(old, new, path)
    elif word in SUBSCHEMA_LISTS:
        yield from branch_edits(word, old, new, path)
    elif word in ("enum", "required"):
        yield from (Edit(path, word, it, ABSENT, True) for it in missing_values(old, new))
        yield from (Edit(path, word, ABSENT, it, True) for it in missing_values(new, old))
    elif not is_equal(
        *(sorted(it) if word == "type" and is_array(it) else it for it in (old, new))
    ):
        yield Edit(path, word, old, new)


def unmatched_values(some: list[Any], others: list[Any]) -> list[Any]:
    """Those of ``some`` that do not have an equal of their own among the others."""
    rest = list(others)
    unmatched: list[Any] = []
    for value in some:
        equal = next((index for index, other in enumerate(rest) if is_equal(value, other)), None)
        if equal is None:
            unmatched.append(value)
        else:
            del rest[equal]
    return unmatched


def branch_edits(word: str, old: list[Any], new: list[Any], path: Location) -> Iterator[Edit]:
    """Edits of branches at the same index; their order matters in prefixItems alone."""
    gone, come = unmatched_values(old, new), unmatched_values(new, old)
    pairs = list(zip(old, new, strict=False))
    moved = word == "prefixItems" and not gone and old != new
    in_place = all(is_equal(*it) or (it[0] in gone and it[1] in come) for it in pairs)
    if len(old) == len(new) and in_place:
        for index, (before, after) in enumerate(pairs):
            yield from edits_below(before, after, (*path, index))
    elif gone or come or moved or len(old) != len(new):
        yield Edit(path, word, old, new)


def rename_definitions(old: Schema, new: Schema) -> Schema:
    """The new schema with its definitions called as in the old one wherever one of another name
    stands in the same place."""
    names = old_definition_names(old, new)

    def change(schema: Schema) -> Schema:
        name = referred_name(schema)
        return {**schema, "$ref": DEFINITION_PREFIX + names[name]} if name in names else schema

    whole = map_subschemas(new, change)
    definitions = {names.get(name, name): it for name, it in whole.get("$defs", {}).items()}
    return {**whole, **({"$defs": definitions} if definitions else {})}


def old_definition_names(old: Schema, new: Schema) -> dict[str, str]:
    """By new name the old name of each definition that was renamed."""
    definitions = [schema.get("$defs", {}) for schema in (old, new)]
    old_names: dict[str, str] = {}
    waiting: list[tuple[Any, Any]] = [(without(old, "$defs"), without(new, "$defs"))]
    seen: set[tuple[str, str]] = set()
    while waiting:
        pair = waiting.pop()
        names = [referred_name(it) for it in pair if "$ref" in it]
        if len(names) == 2 and (names[0], names[1]) not in seen:
            seen.add((names[0], names[1]))
            waiting.append((definitions[0][names[0]], definitions[1][names[1]]))
            free = names[1] not in definitions[0] and names[0] not in definitions[1]
            if free and names[0] not in old_names.values():
                old_names.setdefault(names[1], names[0])
        inner = [dict(child_schemas(it)) for it in pair]
        both = [(inner[0][step], inner[1][step]) for step in inner[0] if step in inner[1]]
        waiting += [pair for pair in both if is_object(pair[0]) and is_object(pair[1])]
    return old_names

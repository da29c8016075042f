"""Two schemas in normal form -> the edits that lead from one to the other, keyword by keyword."""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from values import (
    DEFINITIONS,
    LISTS,
    MAPS,
    ONES,
    Path,
    Schema,
    children,
    is_annotation,
    is_array,
    is_object,
    pointer,
    replaced,
    same,
)

ABSENT = object()
# Keywords that say what kind of thing a schema is: where one takes the place of another, the
# schema as a whole was edited.
SHAPES = {"type", "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if"}


@dataclass(frozen=True)
class Edit:
    """At ``path`` of the schema ``old`` became ``new``, one of which may be ABSENT; or one member
    of the set that stands there did. ``word`` is the keyword that the edit belongs to."""

    path: Path
    word: str
    old: Any
    new: Any
    member: bool = False

    @property
    def pointer(self) -> str:
        return pointer(self.path)

    @property
    def asserts(self) -> bool:
        return not is_annotation(self.word)

    def reverted(self) -> "Edit":
        return Edit(self.path, self.word, self.new, self.old, self.member)


def applied(schema: Schema, edits: Iterable[Edit]) -> Schema:
    """The schema with the edits made in it; what has no place there any more is left out."""
    changed = copy.deepcopy(schema)
    for edit in edits:
        if not edit.path:
            changed = {**copy.deepcopy(edit.new), "$defs": changed.get("$defs", {})}
        else:
            parent = at(changed, edit.path[:-1])
            around = at(changed, edit.path[:-2]) if edit.word in MAPS else None
            if parent is None and is_object(around):
                parent = around.setdefault(edit.word, {})
            if parent is not None:
                make(edit, parent)
    return changed


def at(schema: Any, path: Path) -> Any:
    """The value at a path, None where there is none."""
    for step in path:
        if is_object(schema) and step in schema:
            schema = schema[str(step)]
        elif is_array(schema) and isinstance(step, int) and step < len(schema):
            schema = schema[step]
        else:
            return None
    return schema


def make(edit: Edit, parent: Any) -> None:
    """One edit in the object or array that holds its place."""
    step: Any = edit.path[-1]
    if edit.member:
        kept = [it for it in parent.get(step, ()) if not same(it, edit.old)]
        parent[step] = kept if edit.new is ABSENT else [*kept, edit.new]
    elif edit.new is not ABSENT:
        parent[step] = copy.deepcopy(edit.new)
    else:
        parent.pop(step, None)


def edits(old: Schema, new: Schema) -> list[Edit]:
    """Every edit, by place; definitions are compared where both schemas have one of a name."""
    found = list(changes(body(old), body(new), ()))
    definitions = [schema.get("$defs", {}) for schema in (old, new)]
    for name in definitions[0].keys() & definitions[1].keys():
        found += changes(definitions[0][name], definitions[1][name], ("$defs", name))
    return sorted(found, key=lambda it: it.pointer)


def body(schema: Schema) -> Schema:
    return {word: it for word, it in schema.items() if word != "$defs"}


def changes(old: Any, new: Any, path: Path) -> Iterator[Edit]:
    """The edits below a place at which a schema stands."""
    if not is_object(old) or not is_object(new):
        yield from [] if same(old, new) else [Edit(path, holder(path), old, new)]
        return
    whole = reshaped(old, new)
    if whole:
        yield Edit(path, holder(path), old, new)
    for word in {**old, **new}:
        if is_annotation(word) or not whole:
            before, after = old.get(word, ABSENT), new.get(word, ABSENT)
            yield from of_word(word, before, after, (*path, word))


def reshaped(old: Schema, new: Schema) -> bool:
    gone, come = SHAPES & (old.keys() - new.keys()), SHAPES & (new.keys() - old.keys())
    return bool(gone and come)


def holder(path: Path) -> str:
    """The keyword that holds the schema at a path."""
    return next((str(step) for step in path[-2:] if step in MAPS or step in ONES), "allOf")


def of_word(word: str, old: Any, new: Any, path: Path) -> Iterator[Edit]:
    """The edits of one keyword, which one of the schemas may lack."""
    if word in MAPS:
        maps = [it if is_object(it) else {} for it in (old, new)]
        for name in {**maps[0], **maps[1]}:
            before, after = (it.get(name, ABSENT) for it in maps)
            yield from of_member(word, before, after, (*path, name))
    elif ABSENT in (old, new):
        yield Edit(path, word, old, new)
    elif word in ONES:
        yield from changes(old, new, path)
    elif word in LISTS:
        yield from of_branches(word, old, new, path)
    elif word in ("enum", "required"):
        yield from (Edit(path, word, it, ABSENT, True) for it in missing(old, new))
        yield from (Edit(path, word, ABSENT, it, True) for it in missing(new, old))
    elif not same(*(sorted(it) if word == "type" and is_array(it) else it for it in (old, new))):
        yield Edit(path, word, old, new)


def of_member(word: str, old: Any, new: Any, path: Path) -> Iterator[Edit]:
    """The edits of one schema of a map."""
    if old is ABSENT or new is ABSENT:
        yield Edit(path, word, old, new)
    else:
        yield from changes(old, new, path)


def missing(some: list[Any], others: list[Any]) -> list[Any]:
    return [it for it in some if not any(same(it, other) for other in others)]


def left_over(some: list[Any], others: list[Any]) -> list[Any]:
    """What of some has no equal of its own among the others."""
    rest = list(others)
    found: list[Any] = []
    for it in some:
        equal = next((index for index, other in enumerate(rest) if same(it, other)), None)
        if equal is None:
            found.append(it)
        else:
            del rest[equal]
    return found


def of_branches(word: str, old: list[Any], new: list[Any], path: Path) -> Iterator[Edit]:
    """Branches that stand at the same index; their order says something in prefixItems alone."""
    gone, come = left_over(old, new), left_over(new, old)
    pairs = list(zip(old, new, strict=False))
    moved = word == "prefixItems" and not gone and old != new
    in_place = all(same(*it) or (it[0] in gone and it[1] in come) for it in pairs)
    if len(old) == len(new) and in_place:
        for index, (before, after) in enumerate(pairs):
            yield from changes(before, after, (*path, index))
    elif gone or come or moved or len(old) != len(new):
        yield Edit(path, word, old, new)


def renamed(old: Schema, new: Schema) -> Schema:
    """The new schema with its definitions called as in the old one wherever one of another name
    stands in the same place."""
    names = aligned(old, new)

    def change(path: Path, schema: Any) -> Any:
        if not is_object(schema):
            return schema
        copy = replaced(schema, change)
        if "$ref" in copy:
            name = str(copy["$ref"]).removeprefix(DEFINITIONS)
            copy["$ref"] = DEFINITIONS + names.get(name, name)
        return copy

    whole = change((), new)
    definitions = {names.get(name, name): it for name, it in whole.get("$defs", {}).items()}
    return {**whole, **({"$defs": definitions} if definitions else {})}


def aligned(old: Schema, new: Schema) -> dict[str, str]:
    """Of definitions that one schema has under another name, by new name the old one."""
    definitions = [schema.get("$defs", {}) for schema in (old, new)]
    found: dict[str, str] = {}
    waiting: list[tuple[Any, Any]] = [(body(old), body(new))]
    seen: set[tuple[str, str]] = set()
    while waiting:
        pair = waiting.pop()
        names = [it["$ref"].removeprefix(DEFINITIONS) for it in pair if "$ref" in it]
        if len(names) == 2 and (names[0], names[1]) not in seen:
            seen.add((names[0], names[1]))
            waiting.append((definitions[0][names[0]], definitions[1][names[1]]))
            free = names[1] not in definitions[0] and names[0] not in definitions[1]
            if free and names[0] not in found.values():
                found.setdefault(names[1], names[0])
        inner = [dict(children(it)) for it in pair]
        both = [(inner[0][step], inner[1][step]) for step in inner[0] if step in inner[1]]
        waiting += [pair for pair in both if is_object(pair[0]) and is_object(pair[1])]
    return found

"""``if`` and ``then`` in the parts of an ``allOf`` -> one choice by the string of a member.

``{"if": {"properties": {"kind": {"const": "a"}}}, "then": …}`` and its like ask of each object
which of the conditions its ``kind`` meets. That is looked up here.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from pydantic_core import core_schema

from ._types import is_array, is_object
from ._unions import (
    intersection_of,
    keep_if,
    object_schema,
    then_or_fail,
    union_of,
    with_one_error,
)

Schema = dict[str, Any]
Compile = Callable[[Any], Any]
Groups = dict[str, dict[str, list[int]]]  # by member and string the indices of the parts


def judged_by_string(parts: list[Any], compile_part: Compile, words: Collection[str]) -> Any:
    """The core schema of all parts; where an object has a string that conditions name, it judges
    what these ask for and no other condition on that member. ``words`` are the keywords."""
    groups = conditions(parts, words)
    name = max(groups, key=lambda it: len(groups[it]), default="")
    compiled = [*map(compile_part, parts)]
    if len(groups.get(name, ())) < 2:
        return intersection_of(compiled)
    indices = {index for some in groups[name].values() for index in some}
    then = {
        string: intersection_of(compile_part(parts[index]["then"]) for index in some)
        for string, some in groups[name].items()
    }
    known = keep_if(object_schema({name: (core_schema.literal_schema([*then]), True)}))
    chosen = core_schema.tagged_union_schema(then, name)
    each = intersection_of(compiled[index] for index in sorted(indices))
    choice = with_one_error(union_of([then_or_fail(known, chosen), each]))
    return intersection_of([*(it for at, it in enumerate(compiled) if at not in indices), choice])


def conditions(parts: Iterable[Any], words: Collection[str]) -> Groups:
    groups: Groups = {}
    for index, part in enumerate(parts):
        if not is_object(part) or {it for it in part if it in words or it == "else"} != {"if"}:
            continue
        if "then" not in part or holds_condition(part["then"]):
            continue
        for name, string in tested_strings(part["if"], words):
            groups.setdefault(name, {}).setdefault(string, []).append(index)
    return groups


def holds_condition(value: Any) -> bool:
    """Whether a condition is within: what is looked up is compiled twice, at each level again."""
    inner = value.values() if is_object(value) else value if is_array(value) else ()
    return (is_object(value) and "if" in value) or any(map(holds_condition, inner))


def tested_strings(schema: Any, words: Collection[str]) -> list[tuple[str, str]]:
    """The member with each of its strings if the schema says of an object that it has one of
    these, and says no more; none otherwise."""
    members = schema.get("properties") if is_object(schema) else None
    if not is_object(members) or len(members) != 1:
        return []
    ((name, member),) = members.items()
    asserted = {word: it for word, it in schema.items() if word in words}
    plain = {"properties": members, "type": "object", "required": [name]}
    if not is_object(member) or any(plain.get(word) != it for word, it in asserted.items()):
        return []
    inner = {word: it for word, it in member.items() if word in words and (word, it) != STRING}
    if inner.keys() not in ({"const"}, {"enum"}):
        return []
    values = [inner["const"]] if "const" in inner else inner["enum"]
    are_texts = is_array(values) and all(isinstance(it, str) for it in values)
    return [(name, it) for it in dict.fromkeys(values)] if are_texts else []


STRING = ("type", "string")

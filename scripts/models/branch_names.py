"""A union -> the names of its branches: by title, else by tag, else by what one alone requires,
is or describes, else by the types or the constants of its members."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from contract.json_values import is_object
from contract.names import class_name, is_class_name
from contract.subschemas import Definitions, Schema
from models.tags import tag_of
from models.unions import (
    JSON_TYPES,
    described_names,
    json_types,
    member_constants,
    member_schema,
    required_names,
)

Words = Callable[[list[Any], Definitions], list[str]]


NULL: Schema = {"type": "null"}


def branch_names(
    branches: list[Any], definitions: Definitions, places: Sequence[str] = ()
) -> list[str]:
    """A name for each branch: the first way that names it as no other branch; else its place, or
    its number. A branch beside null alone does not need one."""
    if len(branches) == 2 and NULL in branches:
        return ["", ""]
    names: dict[int, str] = {}
    for words_of in WAYS:
        if len(names) == len(branches):
            break
        words = [class_name(it) if it.strip() else "" for it in words_of(branches, definitions)]
        count = Counter(words)
        for index, word in enumerate(words):
            if word and count[word] == 1 and is_class_name(word):
                names.setdefault(index, word)
    places = places or [f"Option{number}" for number, _ in enumerate(branches, start=1)]
    return [names.get(index, place) for index, place in enumerate(places)]


def titles(branches: list[Any], definitions: Definitions) -> list[str]:
    return [str(it.get("title", "")) if is_object(it) else "" for it in branches]


def tags(branches: list[Any], definitions: Definitions) -> list[str]:
    """The constant that leads to a branch alone."""
    tag = tag_of(branches, definitions)
    words = ["" for _ in branches]
    for constant, indices in tag.branches.items() if tag else ():
        if tag and len(indices) == 1:
            words[indices[0]] = words[indices[0]] or tag_word(tag.name, constant)
    return words


def tag_word(name: str, constant: object) -> str:
    """A string as it is; a number or a boolean with the name of its member."""
    return constant if isinstance(constant, str) else f"{name} {constant}".lower()


def described_tags(branches: list[Any], definitions: Definitions) -> list[str]:
    """The constant that one member is in a branch: the member that tells most branches apart."""
    names = all_names(branches, definitions)
    return most_telling([constants_by_branch(branches, it, definitions) for it in names])


def all_names(branches: list[Any], definitions: Definitions) -> list[str]:
    """The members that the branches describe, each once."""
    names = (name for it in branches for name in described_names(it, definitions))
    return [*dict.fromkeys(names)]


def constants_by_branch(branches: list[Any], name: str, definitions: Definitions) -> list[str]:
    """The constant that the member is in each branch; empty where it is not one."""
    each = [member_constants(it, name, definitions) or [] for it in branches]
    return [tag_word(name, it[0]) if len(it) == 1 else "" for it in each]


def most_telling(lists: list[list[str]]) -> list[str]:
    """Of lists of words for branches the one with the most words, of which no two are the same."""
    telling = [words for words in lists if len({*words} - {""}) == sum(map(bool, words)) > 1]
    return max(telling, key=lambda words: sum(map(bool, words)), default=list[str]())


def joined_tags(branches: list[Any], definitions: Definitions) -> list[str]:
    """The constants that the members of a branch are."""
    names = all_names(branches, definitions)
    each = [constants_by_branch(branches, it, definitions) for it in names]
    return [" ".join(filter(None, words)) for words in zip(*each, strict=True)]


def types_of_members(branches: list[Any], definitions: Definitions) -> list[str]:
    """A member with the one type that it has in a branch and in no other one."""
    names = all_names(branches, definitions)
    return most_telling([types_by_branch(branches, it, definitions) for it in names])


def types_by_branch(branches: list[Any], name: str, definitions: Definitions) -> list[str]:
    """The member and its type in each branch; empty where it is not of one type."""
    members = [member_schema(it, name, definitions) for it in branches]
    types = [json_types(it, definitions) for it in members]
    return [f"{name} {''.join(it)}" if len(it) == 1 else "" for it in types]


def own_members(branches: list[Any], definitions: Definitions) -> list[str]:
    """The first member that a branch requires and no other branch does."""
    return first_own([required_names(it, definitions) for it in branches])


def described_members(branches: list[Any], definitions: Definitions) -> list[str]:
    """The first member that a branch describes and no other branch does."""
    return first_own([described_names(it, definitions) for it in branches])


def first_own(members: list[list[str]]) -> list[str]:
    """Of each branch's members the first that no other branch has, as part of a name."""
    count = Counter(name for names in members for name in set(names))
    own = [next((name for name in names if count[name] == 1), "") for names in members]
    return [f"with {name}" if name else "" for name in own]


def own_types(branches: list[Any], definitions: Definitions) -> list[str]:
    """The type of a branch, if it is of one type that no other branch has."""
    types = [json_types(it, definitions) if is_object(it) else JSON_TYPES for it in branches]
    count = Counter(name for names in types for name in names)
    return ["".join(names) if [count[it] for it in names] == [1] else "" for names in types]


WAYS: tuple[Words, ...] = (
    *(titles, tags, described_tags, own_members, own_types, described_members),
    *(types_of_members, joined_tags),
)

"""A union -> the names of its branches: by title, else by tag, else by what one alone requires,
is or describes."""

from collections import Counter
from collections.abc import Callable
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
    required_names,
)

Words = Callable[[list[Any], Definitions], list[str]]


NULL: Schema = {"type": "null"}


def branch_names(branches: list[Any], definitions: Definitions) -> list[str]:
    """A name for each branch: the first way that names it as no other branch; else its number. A
    branch beside null alone does not need one."""
    if len(branches) == 2 and NULL in branches:
        return ["", ""]
    names = [f"Option{number}" for number, _ in enumerate(branches, start=1)]
    for words_of in reversed(WAYS):
        words = [class_name(it) if it.strip() else "" for it in words_of(branches, definitions)]
        count = Counter(words)
        for index, word in enumerate(words):
            if word and count[word] == 1 and is_class_name(word):
                names[index] = word
    return names


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
    """The constant that one member is in each branch, if the branch has it: one for each branch."""
    for name in described_names(branches[0], definitions):
        each = [member_constants(it, name, definitions) or [] for it in branches]
        words = [tag_word(name, constant) for constants in each for constant in constants]
        if all(len(it) == 1 for it in each) and len({*words}) == len(words):
            return words
    return ["" for _ in branches]


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
)

"""Pattern -> strings that match it, and strings near a string."""

import re
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from documents.pool import Case
from oracle.strings import has_match

parser: Any = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")


PALETTE = "aA0-_ b1.Z9xé\n\u2028"


CATEGORY_PATTERNS = {"DIGIT": r"[0-9]", "WORD": r"[0-9A-Za-z_]", "SPACE": r"\s"}


@cache
def matching_strings(pattern: str, tries: int = 8) -> tuple[str, ...]:
    """Some strings that an ECMA-262 pattern matches, made from its syntax tree in Python."""
    tree = syntax_tree(pattern)
    texts = dict.fromkeys(text_of_tree(tree, index) for index in range(tries) if tree is not None)
    return tuple(text for text in texts if not has_surrogate(text) and has_match(pattern, text))


def has_surrogate(text: str) -> bool:
    """Whether the string holds half of a surrogate pair, as Python reads ``\\uD83D``."""
    return any("\ud800" <= character <= "\udfff" for character in text)


@cache
def syntax_tree(pattern: str) -> Any:
    """The syntax tree by Python's parser, None if Python refuses the pattern."""
    python = re.sub(r"\\[pP]\{[^}]*\}", "[A-Za-z]", pattern).replace("(?<", "(?P<")
    python = python.replace("(?P<=", "(?<=").replace("(?P<!", "(?<!")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return parser.parse(python)
        except (re.error, OverflowError, RecursionError):
            return None


def text_of_tree(tree: Any, index: int) -> str:
    """The string of a tree that takes the ``index``-th way at every choice and repetition."""
    return "".join(TEXT_BY_NODE.get(str(kind), empty_text)(value, index) for kind, value in tree)


def empty_text(value: Any, index: int) -> str:
    """The string of an anchor or a lookaround."""
    return ""


def literal(value: Any, index: int) -> str:
    return chr(value)


def not_literal(value: Any, index: int) -> str:
    return character_at([it for it in PALETTE if ord(it) != value], index)


def any_character(value: Any, index: int) -> str:
    return character_at(list(PALETTE[:12]), index)


def branch(value: Any, index: int) -> str:
    return text_of_tree(value[1][index % len(value[1])], index)


def group(value: Any, index: int) -> str:
    return text_of_tree(value[-1], index)


def repeat(value: Any, index: int) -> str:
    least, most, body = value
    return "".join(text_of_tree(body, index + it) for it in range(min(least + index, int(most))))


def character_set(value: Any, index: int) -> str:
    negated = str(value[0][0]) == "NEGATE"
    if negated:
        return character_at(
            [it for it in PALETTE if not any(is_in_set(n, it) for n in value[1:])], index
        )
    kind, what = value[index % len(value)]
    if str(kind) == "RANGE":
        return chr(what[0] + index % (what[1] - what[0] + 1))
    return literal(what, index) if str(kind) == "LITERAL" else category(what, index)


def category(value: Any, index: int) -> str:
    return character_at([it for it in PALETTE if in_category(str(value), it)], index)


def in_category(name: str, character: str) -> bool:
    parts = name.split("_")
    is_member = re.fullmatch(CATEGORY_PATTERNS.get(parts[-1], "."), character) is not None
    return is_member != ("NOT" in parts)


def is_in_set(node: Any, character: str) -> bool:
    kind, what = str(node[0]), node[1]
    if kind == "RANGE":
        return bool(what[0] <= ord(character) <= what[1])
    return chr(what) == character if kind == "LITERAL" else in_category(str(what), character)


def character_at(characters: list[str], index: int) -> str:
    return characters[index % len(characters)] if characters else ""


TEXT_BY_NODE: dict[str, Callable[[Any, int], str]] = {
    "LITERAL": literal,
    "NOT_LITERAL": not_literal,
    "ANY": any_character,
    "BRANCH": branch,
    "SUBPATTERN": group,
    "ATOMIC_GROUP": text_of_tree,
    "MAX_REPEAT": repeat,
    "MIN_REPEAT": repeat,
    "POSSESSIVE_REPEAT": repeat,
    "IN": character_set,
    "CATEGORY": category,
}


def near_strings(text: str) -> Iterator[Case]:
    """Small edits of a string, which an inexact reading of a pattern would accept."""
    middle = len(text) // 2
    yield "final-newline", f"{text}\n"
    yield "leading-newline", f"\n{text}"
    yield "longer", f"{text}!"
    yield "leading", f"!{text}"
    yield "shorter", text[:-1]
    yield "first-missing", text[1:]
    yield "twice", text * 2
    yield "other-case", text.swapcase()
    yield "line-separator-inside", f"{text[:middle]}\u2028{text[middle + 1 :]}"
    yield "letter-inside", f"{text[:middle]}q{text[middle + 1 :]}"
    yield "digit-inside", f"{text[:middle]}5{text[middle + 1 :]}"
    yield "other-digits", re.sub("[0-9]", "\u0663", text)
    yield "accented", re.sub("[a-z]", "é", text)

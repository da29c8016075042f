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


CATEGORIES = {"DIGIT": r"[0-9]", "WORD": r"[0-9A-Za-z_]", "SPACE": r"\s"}


@cache
def matching_strings(pattern: str, tries: int = 8) -> tuple[str, ...]:
    """Some texts that an ECMA-262 pattern matches, by a reading of it as a Python one."""
    tree = parsed(pattern)
    found = (sample(tree, index) for index in range(tries)) if tree is not None else ()
    texts = dict.fromkeys(found)
    return tuple(it for it in texts if is_text(it) and has_match(pattern, it))


def is_text(text: str) -> bool:
    """Whether it holds no half of a surrogate pair, as Python reads ``\\uD83D``."""
    return not any("\ud800" <= it <= "\udfff" for it in text)


@cache
def parsed(pattern: str) -> Any:
    """The syntax tree, or None where Python reads it otherwise."""
    python = re.sub(r"\\[pP]\{[^}]*\}", "[A-Za-z]", pattern).replace("(?<", "(?P<")
    python = python.replace("(?P<=", "(?<=").replace("(?P<!", "(?<!")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return parser.parse(python)
        except (re.error, OverflowError, RecursionError):
            return None


def sample(tree: Any, index: int) -> str:
    """The text of a tree where every choice and every repetition is the ``index``-th."""
    return "".join(NODES.get(str(kind), nothing)(value, index) for kind, value in tree)


def nothing(value: Any, index: int) -> str:
    """Of anchors and of what looks around."""
    return ""


def literal(value: Any, index: int) -> str:
    return chr(value)


def other_than(value: Any, index: int) -> str:
    return pick([it for it in PALETTE if ord(it) != value], index)


def any_of_them(value: Any, index: int) -> str:
    return pick(list(PALETTE[:12]), index)


def branch(value: Any, index: int) -> str:
    return sample(value[1][index % len(value[1])], index)


def group(value: Any, index: int) -> str:
    return sample(value[-1], index)


def repeat(value: Any, index: int) -> str:
    least, most, body = value
    return "".join(sample(body, index + it) for it in range(min(least + index, int(most))))


def one_of(value: Any, index: int) -> str:
    negated = str(value[0][0]) == "NEGATE"
    if negated:
        return pick([it for it in PALETTE if not any(holds(n, it) for n in value[1:])], index)
    kind, what = value[index % len(value)]
    if str(kind) == "RANGE":
        return chr(what[0] + index % (what[1] - what[0] + 1))
    return literal(what, index) if str(kind) == "LITERAL" else category(what, index)


def category(value: Any, index: int) -> str:
    return pick([it for it in PALETTE if in_category(str(value), it)], index)


def in_category(name: str, character: str) -> bool:
    words = name.split("_")
    found = re.fullmatch(CATEGORIES.get(words[-1], "."), character) is not None
    return found != ("NOT" in words)


def holds(node: Any, character: str) -> bool:
    kind, what = str(node[0]), node[1]
    if kind == "RANGE":
        return bool(what[0] <= ord(character) <= what[1])
    return chr(what) == character if kind == "LITERAL" else in_category(str(what), character)


def pick(characters: list[str], index: int) -> str:
    return characters[index % len(characters)] if characters else ""


NODES: dict[str, Callable[[Any, int], str]] = {
    "LITERAL": literal,
    "NOT_LITERAL": other_than,
    "ANY": any_of_them,
    "BRANCH": branch,
    "SUBPATTERN": group,
    "ATOMIC_GROUP": lambda value, index: sample(value, index),
    "MAX_REPEAT": repeat,
    "MIN_REPEAT": repeat,
    "POSSESSIVE_REPEAT": repeat,
    "IN": one_of,
    "CATEGORY": category,
}


def near_strings(text: str) -> Iterator[Case]:
    """Small edits of a text: what an inexact reading of a pattern would let through."""
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

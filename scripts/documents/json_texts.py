"""A valid document -> JSON texts that differ from it in spelling alone or break JSON.

No JSON value can stand for these cases: many parsers read ``7`` and ``7.0`` as one value, and no
writer repeats a member. A text that is not I-JSON (RFC 7493) is refused. One exception: of two
members with one name the last one counts.
"""

import json
import math
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from contract.json_values import Location, is_object, json_pointer, values_within, with_part
from oracle.oracle import Oracle

PLACEHOLDER = "\ue000"  # a string that no document holds; a token replaces it


MOST_PLACES = 100  # of numbers, among which an integer is looked for
NESTING_DEPTH = 100  # nested arrays: more than people write, fewer than parsers refuse


def json_texts(document: Any, judge: Oracle) -> Iterator[tuple[str, str, bool]]:
    """Every text that is made from a valid document: its stable name, the text, and whether it is a
    valid document of the message."""
    named = [*number_texts(document, judge), *member_texts(document), *string_texts(document)]
    for name, text in [*named, *changed_texts(document)]:
        yield name, text, accepts_text(judge, text)


def accepts_text(judge: Oracle, text: str) -> bool:
    """Whether the text is I-JSON and its value is valid."""
    try:
        text.encode()
        value = json.loads(text, parse_constant=refuse_token, parse_float=finite_number)
        json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate has no UTF-8
    except ValueError:
        return False
    return judge.accepts(value)


def refuse_token(token: str) -> Any:
    raise ValueError(token)


def finite_number(token: str) -> float:
    number = float(token)
    return number if math.isfinite(number) else refuse_token(token)


NUMBER_TOKENS = {
    "fraction-of-zero": "7.0",
    "exponent": "1e2",
    "negative-exponent": "70e-1",
    "capital-exponent": "1E+2",
    "negative-zero": "-0",
    "beyond-2^53": "9007199254740993",
    "fraction": "7.5",
    "small": "1e-7",
    "beyond-doubles": "1e400",
    "negative-beyond": "-1e400",
    "leading-zero": "07",
    "plus": "+7",
    "hexadecimal": "0x7",
    "point-alone": "7.",
    "point-first": ".7",
    "NaN": "NaN",
    "Infinity": "Infinity",
    "string": '"7"',
}


def number_texts(document: Any, judge: Oracle) -> Iterator[tuple[str, str]]:
    """Spellings of a number, at the first place of an integer and at the first of any number."""
    numbers = (path for path, value in values_within(document) if type(value) in (int, float))
    places = [*islice(numbers, MOST_PLACES)]
    wholes = [it for it in places if not judge.accepts(with_part(document, it, 7.5))]
    for path in dict.fromkeys([*wholes[:1], *[it for it in places if it not in wholes][:1]]):
        for name, token in NUMBER_TOKENS.items():
            yield f"{path_prefix(path)}number/{name}", text_with_token(document, path, token)


def member_texts(document: Any) -> Iterator[tuple[str, str]]:
    """The first member twice, then once with its name escaped."""
    if not is_object(document) or not document:
        return
    name, value = next(iter(document.items()))
    inner = json.dumps(document)[1:]
    key = json.dumps(name)
    yield "members/twice-the-last-counts", f"{{{key}: {json.dumps([value])}, {inner}"
    yield (
        "members/twice-the-first-does-not",
        f"{unclosed_text(document)}, {key}: {json.dumps([value])}}}",
    )
    escaped = "".join(f"\\u{ord(it):04x}" for it in name)
    yield "members/name-escaped", "{" + inner.replace(key, f'"{escaped}"', 1)


def unclosed_text(document: Any) -> str:
    return json.dumps(document)[:-1]


STRING_TOKENS = {
    "escapes": r'"\b\f\n\r\t\/\\\""',
    "code-unit": r'"\u0041"',
    "pair": r'"\ud83d\ude00"',
    "lone-surrogate": r'"\ud800"',
    "reversed-pair": r'"\ude00\ud83d"',
    "newline": '"a\nb"',
    "control": '"\x01"',
    "unknown-escape": r'"\x41"',
    "single-quotes": "'a'",
    "open": '"a',
    "null-character": r'"\u0000"',
}


def string_texts(document: Any) -> Iterator[tuple[str, str]]:
    """Spellings of a string, as the value of a member that no schema knows."""
    if is_object(document):
        for name, token in STRING_TOKENS.items():
            yield (
                f"stranger/string/{name}",
                text_with_token({**document, "stranger": 0}, ("stranger",), token),
            )
        deep = "[" * NESTING_DEPTH + "]" * NESTING_DEPTH
        yield "stranger/deep", text_with_token({**document, "stranger": 0}, ("stranger",), deep)


TEXT_CHANGES: dict[str, Callable[[str], str]] = {
    "white-space": lambda it: f" \t\r\n{it}\r\n",
    "byte-order-mark": lambda it: f"\ufeff{it}",
    "empty": lambda it: "",
    "space-alone": lambda it: " ",
    "twice": lambda it: f"{it} {it}",
    "comma-behind": lambda it: f"{it},",
    "comment": lambda it: f"{it} // why",
    "cut-off": lambda it: it[:-1],
    "no-break-space": lambda it: f"\u00a0{it}",
}


def changed_texts(document: Any) -> Iterator[tuple[str, str]]:
    for name, change in TEXT_CHANGES.items():
        yield f"text/{name}", change(json.dumps(document))
    if is_object(document) and document:
        yield "text/trailing-comma", f"{unclosed_text(document)},}}"


def text_with_token(document: Any, path: Location, token: str) -> str:
    return json.dumps(with_part(document, path, PLACEHOLDER), ensure_ascii=False).replace(
        f'"{PLACEHOLDER}"', token
    )


def path_prefix(path: Location) -> str:
    return f"{json_pointer(path).removeprefix('/')}/" if path else ""

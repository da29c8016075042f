"""The path of a value in JSON text -> its JSON Pointer, and the line where the value begins."""

import json
import re
from collections.abc import Iterable, Iterator

MAX_SHOWN_LENGTH = 300  # characters of a pointer or a text in the report for people
WHITE_SPACE = re.compile(r"[ \t\r\n]*")
READ_JSON = json.JSONDecoder().raw_decode


def json_pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a path of member names and indices."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def line_of(text: str, path: Iterable[str | int]) -> int:
    """The line of the value, from 1; for a missing member the line of its object.

    The text has to be JSON. Of members with one name the last one counts.
    """
    at = skip_space(text, 0)
    for step in path:
        at = dict(child_positions(text, at)).get(step, at)
    return text.count("\n", 0, at) + 1


def child_positions(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """The name or index of each child of the value at ``at``, with the position of the child."""
    opened, index = text[at], 0
    at = skip_space(text, at + 1)
    while opened in "{[" and text[at] not in "}]":
        name, at = read_member_name(text, at) if opened == "{" else (index, at)
        yield name, at
        at = skip_space(text, READ_JSON(text, at)[1])
        at = skip_space(text, at + 1) if text[at] == "," else at
        index += 1


def read_member_name(text: str, at: int) -> tuple[str, int]:
    """The name of a member, and the position of its value."""
    name, at = READ_JSON(text, at)
    return name, skip_space(text, skip_space(text, at) + 1)  # past the colon


def skip_space(text: str, at: int) -> int:
    """The position behind white space (RFC 8259, section 2)."""
    space = WHITE_SPACE.match(text, at)
    return space.end() if space else at


def printable_text(text: str) -> str:
    """The text cut to MAX_SHOWN_LENGTH, with each unprintable character escaped."""
    if text.isprintable() and len(text) <= MAX_SHOWN_LENGTH:
        return text
    text = text if len(text) <= MAX_SHOWN_LENGTH else f"{text[:MAX_SHOWN_LENGTH]}…"
    return "".join(it if it.isprintable() else f"\\u{ord(it):04x}" for it in text)

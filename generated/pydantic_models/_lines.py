"""JSON text and a path -> the line where the value stands, which no JSON parser of Python tells."""

import json
import re
from collections.abc import Iterable, Iterator

SPACE = re.compile(r"[ \t\r\n]*")
READ = json.JSONDecoder().raw_decode


def line_of(text: str, path: Iterable[str | int]) -> int:
    """From 1; of what is not there, as a missing member, the line of what it should be in.

    The text is JSON: whoever asks has read it. Of members of one name the last counts.
    """
    at = skip(text, 0)
    for step in path:
        at = dict(parts(text, at)).get(step, at)
    return text.count("\n", 0, at) + 1


def parts(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """The members or items of the value at ``at`` by name or index, each where it begins."""
    opened, index = text[at], 0
    at = skip(text, at + 1)
    while opened in "{[" and text[at] not in "}]":
        name, at = member(text, at) if opened == "{" else (index, at)
        yield name, at
        at = skip(text, READ(text, at)[1])
        at = skip(text, at + 1) if text[at] == "," else at
        index += 1


def member(text: str, at: int) -> tuple[str, int]:
    """A name, and where its value begins."""
    name, at = READ(text, at)
    return name, skip(text, skip(text, at) + 1)  # past the colon


def skip(text: str, at: int) -> int:
    """The place of what comes after white space (RFC 8259, section 2)."""
    found = SPACE.match(text, at)
    return found.end() if found else at

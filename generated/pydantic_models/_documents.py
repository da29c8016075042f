"""Files of JSON -> blocks of documents, in memory that the longest document bounds.

A file is read as it comes: plain or compressed, a document on each line, one in all, or an array of
them. This module needs the standard library alone.
"""

import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

from ._finding import Finding

MEBIBYTE = 1 << 20
BLOCK_SIZE = 1 << 16  # bytes that are judged at once, if no line is longer
COMPRESSED_ENDINGS = (".gz", ".zst")
NO_ZSTANDARD = "Python reads Zstandard since 3.14; decompress it and validate standard input"
READ_ERRORS = (OSError, EOFError, zlib.error)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
JSON_SPACE = b" \t\r\n"


MAX_WAITING = 100  # items that wait to be judged at once

NO_ARRAY = "is no array of documents; leave out --as array"
CUT_ARRAY = "Invalid JSON: EOF while parsing a list"
WRONG_END = "Invalid JSON: expected `,` or `]`"
BEHIND_ARRAY = "Invalid JSON: trailing characters"
MARKED_ARRAY = "starts with a byte order mark; write it without one"
# What is skipped at once: strings without escapes, arrays and objects that hold no others.
STRING = rb'"[^"\\]*"'
INNERMOST = rb'[\[{][^"\[\]{}]*(?:' + STRING + rb'[^"\[\]{}]*)*[\]}]'
IN_STRING = re.compile(rb'[^"\\]*')
OUTSIDE = re.compile(rb'(?:[^"\[\]{},]+|' + STRING + rb")*")
BETWEEN_ITEMS = re.compile(rb'(?:[^"\[\]{},]+|' + STRING + rb"|" + INNERMOST + rb")*")
IN_ITEM = re.compile(rb'(?:[^"\[\]{}]+|' + STRING + rb"|" + INNERMOST + rb")*")
STEPS = {b"": 0, b"\\": 2}  # bytes behind a position; an escape has two
DEPTHS = {b"[": 1, b"{": 1, b"]": -1, b"}": -1, b",": 0}


class Lines(NamedTuple):
    """Whole lines, each a document or blank; the number of the first, from 1."""

    file: str
    text: bytes
    number: int


class Item(NamedTuple):
    """A document, None in place of one that is too long; where it stands in its file: its JSON
    Pointer, and the line and column of its first byte, from 1."""

    text: bytes | None
    pointer: str = ""
    line: int = 1
    column: int = 1


class Items(NamedTuple):
    """Documents that may be longer than a line; ``shape`` is ``document`` or ``array``."""

    file: str
    shape: str
    items: list[Item]


# A finding stands for a file, or the rest of it, that holds no documents.
Block: TypeAlias = Lines | Items | Finding


def default_shape(path: str) -> str:
    """What a file of this name holds: ``document`` if it ends in .json, compressed or not."""
    name = path.lower()
    for ending in COMPRESSED_ENDINGS:
        name = name.removesuffix(ending)
    return "document" if name.endswith(".json") else "lines"


def blocks_of(
    raw: io.BufferedReader, name: str, shape: str, longest: int, *, size: int = BLOCK_SIZE
) -> Iterator[Block]:
    """The documents of an open file, ``longest`` bytes each at most. Raises READ_ERRORS."""
    file = decompressed(raw)
    encoding = wide_encoding(file.peek(8)[:8])
    if encoding:
        what = f"is {encoding}; write it as UTF-8"
        yield Finding(name, "encoding", what, line=1)
    elif shape == "lines":
        yield from line_blocks(file, name, longest, size)
    elif shape == "array":
        yield from item_blocks(file, name, longest, size)
    else:
        text = file.read(longest + 1)
        yield Items(name, shape, [Item(text if len(text) <= longest else None)])


def wide_encoding(start: bytes) -> str | None:
    """UTF-16 or UTF-32, by the first bytes of a JSON text (RFC 4627, section 3); else None."""
    name = json.detect_encoding(start)
    is_wide = not name.startswith("utf-8") and start.decode(name, "ignore").strip("\0") != ""
    return name[:6].upper() if is_wide else None


def decompressed(raw: io.BufferedReader) -> io.BufferedReader:
    """The file as it was before gzip (RFC 1952) or Zstandard (RFC 8878), by its first bytes."""
    start = raw.peek(4)[:4]
    for magic, open_file in DECOMPRESSORS.items():
        if start.startswith(magic):
            return io.BufferedReader(open_file(raw), MEBIBYTE)
    return raw


def open_zstandard(raw: io.BufferedReader) -> Any:
    """Raises OSError where Python does not have ``compression.zstd``."""
    try:
        return import_module("compression.zstd").ZstdFile(raw)
    except ImportError:
        raise OSError(0, NO_ZSTANDARD) from None


DECOMPRESSORS: dict[bytes, Callable[[io.BufferedReader], Any]] = {
    b"\x1f\x8b": lambda raw: import_module("gzip").GzipFile(fileobj=raw),
    b"\x28\xb5\x2f\xfd": open_zstandard,
}


def line_blocks(file: io.BufferedReader, name: str, longest: int, size: int) -> Iterator[Lines]:
    """The file cut behind ends of lines. What cannot be judged of a long line is left out."""
    number = 1
    while text := file.read1(size):
        if not text.endswith(b"\n"):
            tail = file.readline(longest + 1)
            text += tail
            while len(tail) > longest and not tail.endswith(b"\n"):
                tail = file.readline(longest + 1)
        yield Lines(name, text, number)
        number += text.count(b"\n") + (not text.endswith(b"\n"))


def bounded_lines(text: bytes, longest: int) -> Iterator[bytes | None]:
    """Every line; None in place of a line with more than ``longest`` bytes before its end."""
    lines = io.BytesIO(text)
    if len(text) <= longest:
        return lines
    return (it if len(it.removesuffix(b"\n")) <= longest else None for it in lines)


def item_blocks(file: io.BufferedReader, name: str, longest: int, size: int) -> Iterator[Block]:
    """The items of a JSON array, some at once; a finding where the file stops being an array."""
    splitter, waiting, length = ArraySplitter(longest), list[Item](), 0
    fault: Finding | None = None
    try:
        for item in splitter.items(iter(lambda: file.read1(size), b"")):
            waiting.append(item)
            length += len(item.text or b"")
            if length >= size or len(waiting) >= MAX_WAITING:
                yield Items(name, "array", waiting)
                waiting, length = [], 0
    except ArrayError as error:
        fault = Finding(name, "json_invalid", str(error), line=splitter.line)
    if waiting:
        yield Items(name, "array", waiting)
    if fault:
        yield fault


class ArrayError(ValueError):
    """Why a text is no JSON array, and the column."""


class ArraySplitter:
    """Chunks of a JSON array -> its items, cut at the commas between them and not read further.

    ``line`` and ``column`` say how far it came.
    """

    def __init__(self, longest: int) -> None:
        self.longest, self.line, self.column = longest, 1, 1
        self.depth = self.count = self.skipped = 0
        self.is_open = self.is_closed = self.in_string = False
        self.parts, self.length, self.start = list[bytes](), 0, (1, 1)

    def items(self, chunks: Iterable[bytes]) -> Iterator[Item]:
        """Every item. Raises ArrayError where the text stops being an array."""
        for chunk in chunks:
            begin = 0
            for at in self.borders(chunk):
                self.keep(chunk[begin:at])
                yield from self.cut(chunk[at : at + 1])
                begin = at + 1
            self.keep(chunk[begin:])
        if not self.is_closed:
            raise self.fault(CUT_ARRAY if self.is_open else NO_ARRAY)

    def borders(self, chunk: bytes) -> Iterator[int]:
        """The position of each mark that begins or ends an item, or stands outside of the array."""
        at = self.skipped
        while at < len(chunk):
            skipped = self.skipped_pattern().match(chunk, at)
            at = skipped.end() if skipped else at
            mark = chunk[at : at + 1]
            if mark == b'"':
                self.in_string = not self.in_string
            elif mark in DEPTHS:
                if self.depth == 0 or (self.depth == 1 and mark in b",]}"):
                    yield at
                self.depth += DEPTHS[mark]
            at += STEPS.get(mark, 1)
        self.skipped = at - len(chunk)

    def skipped_pattern(self) -> re.Pattern[bytes]:
        """What comes before the next mark that matters."""
        if self.in_string:
            return IN_STRING
        return IN_ITEM if self.depth > 1 else BETWEEN_ITEMS if self.depth else OUTSIDE

    def keep(self, text: bytes) -> None:
        """Take text as a part of the item, unless that becomes too long."""
        if self.is_closed and text.strip(JSON_SPACE):
            self.advance(text[: len(text) - len(text.lstrip(JSON_SPACE))])
            raise self.fault(BEHIND_ARRAY)
        self.length += len(text)
        if self.length <= self.longest:
            self.parts.append(text)
        else:
            self.parts.clear()
        self.advance(text)

    def cut(self, mark: bytes) -> Iterator[Item]:
        """The item that ends before the mark, if there is one."""
        text = b"".join(self.parts)
        is_blank = self.length <= self.longest and not text.strip(JSON_SPACE)
        if self.is_closed or (self.is_open and mark == b"}"):
            raise self.fault(BEHIND_ARRAY if self.is_closed else WRONG_END)
        if not self.is_open and (mark != b"[" or not is_blank):
            raise self.fault(MARKED_ARRAY if text.startswith(BYTE_ORDER_MARK) else NO_ARRAY)
        if self.is_open and not (is_blank and mark == b"]" and self.count == 0):
            yield self.item(text + mark if is_blank else text)
        self.is_open, self.is_closed = True, mark == b"]"
        self.advance(mark)
        self.parts, self.length, self.start = [], 0, (self.line, self.column)

    def item(self, text: bytes) -> Item:
        index, self.count = self.count, self.count + 1
        return Item(text if self.length <= self.longest else None, f"/{index}", *self.start)

    def advance(self, text: bytes) -> None:
        """Count lines and columns."""
        self.line += text.count(b"\n")
        end = text.rfind(b"\n")
        self.column = len(text) - end if end >= 0 else self.column + len(text)

    def fault(self, what: str) -> ArrayError:
        what, *cure = what.split("; ")
        return ArrayError("; ".join([f"{what}, column {self.column}", *cure]))

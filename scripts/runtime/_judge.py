"""Lines of data -> findings, by the model of a message: here and on the partitions of an engine.

This module is a file of its own because it imports pydantic.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from importlib import import_module
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

from pydantic import BaseModel, ValidationError

from ._finding import Finding, Refused
from ._lines import json_pointer, line_of
from ._paths import error_path
from ._places import Place, place_of
from ._strict import STRICT_KINDS, NotStrictError, refuse_loose_json

# None stands for a line that cannot be judged: one that is too long, or a null of an engine.
Line: TypeAlias = str | bytes | bytearray | None
MAX_FINDINGS = 20  # reported findings of one document
JSON_SPACE = " \t\r\n"
REFUSALS = (ValidationError, NotStrictError)
SYNTAX_KINDS = ("json_invalid", "json_type")
POSITION_PATTERN = re.compile(r" at line (\d+) column (\d+)$")


class Position(NamedTuple):
    """Where a document stands: its file; the line and column of its first byte, from 1, the line
    None if the file holds nothing else; its JSON Pointer in the file."""

    file: str
    line: int | None
    column: int = 1
    pointer: str = ""
    is_line: bool = False  # it does not go on behind the end of the line


class Judge:
    """The findings of documents of one message, and the numbers of documents.

    ``strict`` refuses what readers of JSON take for different values. ``by_place`` counts the
    faults in ``places``. ``sample`` keeps the texts of the first ``sample_size`` invalid documents.
    Raises Refused if the contract has no such message.
    """

    def __init__(
        self, message: str, strict: bool = False, by_place: bool = False, sample_size: int = 0
    ) -> None:
        self.message = full_message_name(message)
        module, name = self.message.split(".")
        self.model: type[BaseModel] = getattr(import_module(f".{module}", __package__), name)
        self.read: Any = self.read_strictly if strict else self.model.model_validate_json
        self.valid = self.invalid = self.findings = 0
        self.places = Counter[Place]() if by_place else None
        self.sample_size, self.sample = sample_size, list[Line]()

    def clear(self) -> None:
        """Begin to count anew."""
        self.valid = self.invalid = self.findings = 0
        self.places, self.sample = None if self.places is None else Counter[Place](), []

    def read_strictly(self, text: Any) -> BaseModel:
        refuse_loose_json(decode_text(text))
        return self.model.model_validate_json(text)

    def lines(self, lines: Iterable[Line], file: str, first: int = 1) -> Iterator[Finding]:
        """The findings of lines, each of which is a document or blank; ``first`` is a number."""
        read = self.read
        for number, line in enumerate(lines, first):
            try:
                read(line)
            except REFUSALS as error:
                if not is_blank(line):
                    position = Position(file, number, is_line=True)
                    yield from self.findings_of(error, line, position)
            else:
                self.valid += 1

    def document(self, text: Line, position: Position) -> Iterator[Finding]:
        """The findings of a text that is one document."""
        try:
            self.read(text)
        except REFUSALS as error:
            yield from self.findings_of(error, text, position)
        else:
            self.valid += 1

    def findings_of(
        self, error: ValidationError | NotStrictError, text: Line, position: Position
    ) -> Iterator[Finding]:
        """A finding for each of the first MAX_FINDINGS errors, without the refused values."""
        errors: list[Any] = [
            *error.errors(include_url=False, include_context=False, include_input=False)
        ]
        if isinstance(error, ValidationError):
            errors = [{**it, "loc": error_path(self.model, it)} for it in errors]
        self.count(errors, text)
        for fault in errors[:MAX_FINDINGS]:
            yield finding_of(fault, text, position)
        if len(errors) > MAX_FINDINGS:
            what = f"{len(errors) - MAX_FINDINGS} more findings"
            yield Finding(position.file, "more", what, None, position.line)

    def count(self, errors: Collection[Any], text: Line) -> None:
        """Count an invalid document and its errors."""
        self.invalid += 1
        self.findings += len(errors)
        if self.places is not None:
            self.places.update(place_of(it["type"], it["msg"], it["loc"]) for it in errors)
        if text is not None and len(self.sample) < self.sample_size:
            self.sample.append(text)


def finding_of(fault: Any, text: Line, position: Position) -> Finding:
    """The finding of one error."""
    kind, what, path = fault["type"], fault["msg"], fault["loc"]
    pointer: str | None = position.pointer + json_pointer(path)
    if kind in SYNTAX_KINDS or kind in STRICT_KINDS:
        what, line = positioned_fault(what, text, position)
    elif position.is_line:
        line = position.line
    else:
        line = (position.line or 1) - 1 + line_of(decode_text(text), path)
    if kind in SYNTAX_KINDS:  # there is no document to point into
        pointer = position.pointer or None
    return Finding(position.file, kind, what, pointer, line)


def is_blank(line: Line) -> bool:
    """Whether the line holds nothing but white space (RFC 8259, section 2)."""
    return line is not None and not decode_text(line).strip(JSON_SPACE)


def decode_text(text: Line) -> str:
    """The text as a string; invalid UTF-8 is replaced."""
    return text or "" if isinstance(text, str | None) else text.decode("utf-8", "replace")


def positioned_fault(what: str, text: Line, position: Position) -> tuple[str, int | None]:
    """What is wrong with the text, with the column, and the line in the file."""
    if text and (text[:1] == "\ufeff" or text[:3] == b"\xef\xbb\xbf"):
        return "starts with a byte order mark; write it without one", position.line or 1
    if is_blank(text):
        return "is empty; write a document into it", position.line or 1
    match = POSITION_PATTERN.search(what)
    if match is None:
        return what, position.line
    what, line, column = what[: match.start()], int(match[1]), int(match[2])
    column += position.column - 1 if line == 1 else 0
    if line == 1 or not position.is_line:
        what += f", column {column}"
    # Pydantic names the next line if a line is cut short.
    return what, position.line if position.is_line else (position.line or 1) - 1 + line


def full_message_name(message: str) -> str:
    """``MODULE.MESSAGE`` for this name or for a MESSAGE that one module alone has."""
    names = message_names()
    fitting = [name for name in names if message in (name, name.split(".")[1])]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise Refused(f"{message}: there are several; name one of {', '.join(fitting)}")
    raise Refused(f"{message}: is no message of the contract; name one of {', '.join(names)}")


def message_names() -> list[str]:
    """Every message of the contract, from the manifest, which may be in a zip file. A message has
    conformance documents; other files define parts of messages."""
    manifest = json.loads(files(__package__ or "").joinpath("manifest.json").read_bytes())
    paths = [it.removesuffix(".json").split("/") for it in manifest["files"]]
    return [".".join(names) for folder, *names in paths if folder == "conformance"]

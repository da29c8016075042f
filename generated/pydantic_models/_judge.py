"""Lines of data -> findings, by the model of a message: here and on the partitions of an engine.

This module is a file of its own because it imports pydantic.
"""

import json
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.resources import files
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError

from ._finding import Finding, Refused
from ._lines import json_pointer, line_of
from ._places import error_path

# None stands for a line that cannot be judged: one that is too long, or a null of an engine.
Line: TypeAlias = str | bytes | bytearray | None
MAX_FINDINGS = 20  # reported findings of one document
JSON_SPACE = " \t\r\n"
POSITION_PATTERN = re.compile(r" at line (\d+) column (\d+)$")


class Judge:
    """The findings of documents of one message, and the number of documents.

    Raises Refused if the contract has no such message.
    """

    def __init__(self, message: str) -> None:
        self.message = full_message_name(message)
        module, name = self.message.split(".")
        self.model: type[BaseModel] = getattr(import_module(f".{module}", __package__), name)
        self.valid = self.invalid = self.findings = 0

    @property
    def documents(self) -> int:
        return self.valid + self.invalid

    def lines(self, lines: Iterable[Line], file: str) -> Iterator[Finding]:
        """The findings of lines, each of which is a document or blank."""
        validate: Any = self.model.model_validate_json
        for number, line in enumerate(lines, 1):
            try:
                validate(line)
            except ValidationError as error:
                if not is_blank(line):
                    yield from self.findings_of(error, line, file, number)
            else:
                self.valid += 1

    def document(self, text: Line, file: str) -> Iterator[Finding]:
        """The findings of a text that is one document."""
        validate: Any = self.model.model_validate_json
        try:
            validate(text)
        except ValidationError as error:
            yield from self.findings_of(error, text, file, None)
        else:
            self.valid += 1

    def findings_of(
        self, error: ValidationError, text: Line, file: str, number: int | None
    ) -> Iterator[Finding]:
        """A finding for each of the first MAX_FINDINGS errors, without the refused values."""
        self.invalid += 1
        self.findings += error.error_count()
        errors = error.errors(include_url=False, include_context=False, include_input=False)
        for fault in errors[:MAX_FINDINGS]:
            kind, what = fault["type"], fault["msg"]
            if kind in ("json_invalid", "json_type"):  # there is no document to point into
                what, line = syntax_fault(what, text, number)
                yield Finding(file, kind, what, None, line)
            else:
                path = error_path(self.model, fault)
                line = number or line_of(decode_text(text), path)
                yield Finding(file, kind, what, json_pointer(path), line)
        if len(errors) > MAX_FINDINGS:
            yield Finding(file, "more", f"{len(errors) - MAX_FINDINGS} more findings", None, number)


def is_blank(line: Line) -> bool:
    """Whether the line holds nothing but white space (RFC 8259, section 2)."""
    return line is not None and not decode_text(line).strip(JSON_SPACE)


def decode_text(text: Line) -> str:
    """The text as a string; invalid UTF-8 is replaced."""
    return text or "" if isinstance(text, str | None) else text.decode("utf-8", "replace")


def syntax_fault(what: str, text: Line, number: int | None) -> tuple[str, int | None]:
    """Why the text is no JSON, and the line of the fault: ``number``, or a line of the document."""
    if text and (text[:1] == "\ufeff" or text[:3] == b"\xef\xbb\xbf"):
        return "starts with a byte order mark; write it without one", number or 1
    position = POSITION_PATTERN.search(what)
    if position is None:
        return what, number
    line, column = position.groups()
    what = what[: position.start()]
    if number is None or line == "1":
        what += f", column {column}"
    return what, number or int(line)  # pydantic names the next line if a line is cut short


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
    """Every message of the contract, from the manifest, which may be in a zip file."""
    manifest = files(__package__ or "").joinpath("manifest.json").read_bytes()
    return [it.removesuffix(".json").replace("/", ".") for it in json.loads(manifest)["schemas"]]

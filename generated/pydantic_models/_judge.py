"""Lines of data -> findings, by the model of a message: here and on the partitions of an engine.

Its own file, for it imports pydantic.
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

# None stands for what cannot be judged: too long to be read, or a null of an engine.
Line: TypeAlias = str | bytes | bytearray | None
MAX_FINDINGS = 20  # findings of one document that are told
JSON_SPACE = " \t\r\n"
POSITION_PATTERN = re.compile(r" at line (\d+) column (\d+)$")


class Judge:
    """Tells what is wrong with documents of one message, and counts them.

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
        """Every line is a document, but for those that are blank."""
        validate: Any = self.model.model_validate_json
        for number, line in enumerate(lines, 1):
            try:
                validate(line)
            except ValidationError as error:
                if not is_blank(line):
                    yield from self.found(error, line, file, number)
            else:
                self.valid += 1

    def document(self, text: Line, file: str) -> Iterator[Finding]:
        """The whole text is a document, however many lines it has."""
        validate: Any = self.model.model_validate_json
        try:
            validate(text)
        except ValidationError as error:
            yield from self.found(error, text, file, None)
        else:
            self.valid += 1

    def found(
        self, error: ValidationError, text: Line, file: str, number: int | None
    ) -> Iterator[Finding]:
        """A finding for each error, the first ``MOST`` of them, without the values refused."""
        self.invalid += 1
        self.findings += error.error_count()
        told = error.errors(include_url=False, include_context=False, include_input=False)
        for it in told[:MAX_FINDINGS]:
            kind, what = it["type"], it["msg"]
            if kind in ("json_invalid", "json_type"):  # there is no document to point into
                what, line = syntax_fault(what, text, number)
                yield Finding(file, kind, what, None, line)
            else:
                line = number or line_of(decode_text(text), it["loc"])
                yield Finding(file, kind, what, json_pointer(it["loc"]), line)
        if len(told) > MAX_FINDINGS:
            yield Finding(file, "more", f"{len(told) - MAX_FINDINGS} more findings", None, number)


def is_blank(line: Line) -> bool:
    """Whether it holds nothing but white space (RFC 8259, section 2)."""
    return line is not None and not decode_text(line).strip(JSON_SPACE)


def decode_text(text: Line) -> str:
    return text or "" if isinstance(text, str | None) else text.decode("utf-8", "replace")


def syntax_fault(what: str, text: Line, number: int | None) -> tuple[str, int | None]:
    """Why the text is no JSON, and its line: the given one, or within a document the fault's."""
    if text and (text[:1] == "\ufeff" or text[:3] == b"\xef\xbb\xbf"):
        return "starts with a byte order mark; write it without one", number or 1
    position = POSITION_PATTERN.search(what)
    if position is None:
        return what, number
    line, column = position.groups()
    what = what[: position.start()]
    if number is None or line == "1":
        what += f", column {column}"
    return what, number or int(line)  # of a line that is cut short pydantic names the next


def full_message_name(message: str) -> str:
    """``MODULE.MESSAGE`` for that, or for a MESSAGE that one module alone has."""
    there = message_names()
    fitting = [it for it in there if message in (it, it.split(".")[1])]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise Refused(f"{message}: there are several; name one of {', '.join(fitting)}")
    raise Refused(f"{message}: is no message of the contract; name one of {', '.join(there)}")


def message_names() -> list[str]:
    """Every message of the contract, read so that a package in a zip file will do."""
    manifest = files(__package__ or "").joinpath("manifest.json").read_bytes()
    return [it.removesuffix(".json").replace("/", ".") for it in json.loads(manifest)["schemas"]]

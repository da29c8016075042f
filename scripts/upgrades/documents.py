"""Documents that a consumer recorded -> the causes for which two packages judge them otherwise."""

import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, NamedTuple

from reports.lines import line_at, steps_of
from reports.report import counted
from runtime._finding import Finding, Refused, display_path
from upgrades.places import Steps, touches

LONGEST = 1 << 26  # bytes of a document


class Document(NamedTuple):
    """A text, None if it is too long to judge; where it stands: its first line, its JSON Pointer in
    the file, and whether it ends with the line."""

    text: bytes | None
    line: int
    pointer: str = ""
    is_line: bool = False


class Judged(NamedTuple):
    """What two versions say of the documents of a file: the causes for which one accepts what the
    other rejects, the number of documents, and of those that both reject."""

    changes: list["Change"]
    documents: int
    rejected: int

    def __str__(self) -> str:
        if not self.documents:
            return "does not hold a document"
        neither = f", {self.rejected} valid for neither version" if self.rejected else ""
        return f"{counted(self.documents, 'document')} judged{neither}"


@dataclass
class Change:
    """How many documents the version ``accepts`` takes and the version ``rejects`` refuses at the
    same place by the same keyword; the finding and the steps of the first."""

    accepts: str
    rejects: str
    first: Finding
    steps: Steps
    count: int = 0

    def __str__(self) -> str:
        documents = "1 document is" if self.count == 1 else f"{self.count} documents are"
        return f"{documents} valid for {self.accepts}, not for {self.rejects}: {self.first.what}"


class Packages:
    """The package that a consumer has and the one that it may take, and a message of both."""

    def __init__(self, copy: Path, fresh: Path, message: str) -> None:
        names = import_package(copy, "contract_now"), import_package(fresh, "contract_then")
        self.judges = [import_module(f"{it}._judge").Judge(message) for it in names]
        self.reading, self.places = (
            import_module(f"{names[1]}.{it}") for it in ("_documents", "_places")
        )

    def faults(self, text: bytes | None, name: str) -> list[list[Any]]:
        """What each version finds in a text that is one document."""
        return [[*judge.lines([text], name)] for judge in self.judges]

    def documents(self, file: Path) -> Iterator[Document]:
        """The documents of a file of lines, or of a file whose name ends in ``.json``: one, or an
        array of them; compressed or not. Raises Refused if that cannot be read."""
        shape = self.reading.default_shape(file.name)
        if shape == "document":
            (whole,) = self.read(file, shape)
            if not self.is_array_of_documents(whole, display_path(file)):
                yield whole
                return
            shape = "array"
        yield from self.read(file, shape)

    def is_array_of_documents(self, whole: Document, name: str) -> bool:
        is_array = (whole.text or b"").lstrip().startswith(b"[")
        return is_array and all(self.faults(whole.text, name))

    def read(self, file: Path, shape: str) -> Iterator[Document]:
        name = display_path(file)
        try:
            with opened_input(file) as opened:
                for block in self.reading.blocks_of(opened, name, shape, LONGEST):
                    yield from self.documents_in(block)
        except (EOFError, zlib.error) as error:
            raise Refused(f"{name}: {error}; name what can be read") from error

    def documents_in(self, block: Any) -> Iterator[Document]:
        if isinstance(block, self.reading.Lines):
            lines = self.reading.bounded_lines(block.text, LONGEST)
            numbered = enumerate(lines, block.number)
            kept = ((it, number) for number, it in numbered if it is None or it.strip())
            yield from (Document(*it, is_line=True) for it in kept)
        elif isinstance(block, self.reading.Items):
            yield from (Document(it.text, it.line, it.pointer) for it in block.items)
        else:
            raise Refused(str(block))


def opened_input(file: Path) -> AbstractContextManager[Any]:
    """The file, or for ``-`` what is piped in."""
    return nullcontext(sys.stdin.buffer) if str(file) == "-" else file.open("rb")


def import_package(folder: Path, name: str) -> str:
    """The package in a folder, imported under a name of its own."""
    init = folder / "__init__.py"
    spec = spec_from_file_location(name, init, submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None or not init.is_file():
        raise Refused(f"{display_path(folder)}: is no package; vendor it again")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return name


def judged_documents(
    file: Path, packages: Packages, versions: tuple[str, str], places: Iterable[Steps]
) -> Judged:
    """The documents of a file, judged by both versions.

    ``places`` are those that the schemas describe: two members of a map are one place.
    """
    name, known = display_path(file), [*dict.fromkeys(places)]
    changes: dict[tuple[object, ...], Change] = {}
    documents = rejected = 0
    for document in packages.documents(file):
        before, after = packages.faults(document.text, name)
        documents += 1
        rejected += bool(before and after)
        if bool(before) == bool(after):
            continue
        accepts, rejects = versions if after else versions[::-1]
        causes: dict[tuple[object, ...], Change] = {}
        for fault in before or after:
            steps = steps_of(fault.pointer or "")
            keyword = packages.places.keyword_of(fault.kind, fault.what)
            first = located(fault, document, name)
            place = pattern_of(steps, known)
            causes.setdefault((accepts, place, keyword), Change(accepts, rejects, first, steps))
        for cause, change in causes.items():
            changes.setdefault(cause, change).count += 1
    return Judged([*changes.values()], documents, rejected)


def pattern_of(steps: Steps, places: list[Steps]) -> Steps:
    """The place that a schema describes, or the steps with * for each index of an array."""
    like = (it for it in places if len(it) == len(steps) and touches(it, steps))
    plain = tuple("*" if it.isdigit() else it for it in steps)
    return min(like, key=lambda it: it.count("*"), default=plain)


def located(fault: Any, document: Document, name: str) -> Finding:
    """The fault with its place in the file."""
    line = document.line
    if not document.is_line and document.text is not None:
        with suppress(ValueError):  # a text that is not JSON does not have places
            line += line_at(document.text.decode(), steps_of(fault.pointer or "")) - 1
    pointer = None if fault.pointer is None else document.pointer + fault.pointer
    return Finding(name, "data", fault.what, pointer, line)

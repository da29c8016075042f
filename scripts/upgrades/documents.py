"""Documents that a consumer recorded -> those on which two packages have another verdict."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from runtime._finding import Finding, Refused, display_path

Judging = Callable[[bytes, str], list[Any]]


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


def faults_by(package: str, message: str) -> Judging:
    """What the models of a package find in a text that is one document."""
    judge = import_module(f"{package}._judge").Judge(message)
    return lambda text, file: [*judge.lines([text], file)]


def changed_documents(
    file: Path, old: Judging, new: Judging, versions: tuple[str, str]
) -> Iterator[Finding]:
    """A finding for each document that one version accepts and the other does not.

    A name that ends in ``.json`` is one document; other files hold one on each line.
    """
    name = display_path(file)
    for line, text in documents_in(file):
        sides = [judging(text, name) for judging in (old, new)]
        if bool(sides[0]) != bool(sides[1]):
            accepts, rejects = versions if sides[1] else versions[::-1]
            (fault, *_) = sides[0] or sides[1]
            what = f"valid for {accepts}, not for {rejects}: {fault.what}"
            yield Finding(name, "data", what, fault.pointer, line or fault.line)


def documents_in(file: Path) -> Iterator[tuple[int | None, bytes]]:
    with file.open("rb") as opened:
        if file.name.lower().endswith(".json"):
            yield None, opened.read()
            return
        yield from ((number, it) for number, it in enumerate(opened, 1) if it.strip())

"""Generated files -> an importable package, for as long as the proof needs it."""

import py_compile
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import cache_from_source
from itertools import count
from pathlib import Path

from contract.project import PACKAGE
from pydantic import BaseModel
from runtime._finding import faults_named

package_numbers = count()


@contextmanager
def imported_package(files: Mapping[str, bytes]) -> Generator[str]:
    """The package of ``files`` under a name of its own, as a consumer may vendor it.

    Bytecode is kept of the runtime alone, which each package has; nobody imports the rest again.
    """
    package = f"contract_under_proof_{next(package_numbers)}"
    with tempfile.TemporaryDirectory() as folder:
        write_files({**files, **runtime_bytecode(files)}, Path(folder))
        (Path(folder) / PACKAGE).rename(Path(folder) / package)
        sys.path.insert(0, folder)
        kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            yield package
        finally:
            sys.dont_write_bytecode = kept
            sys.path.remove(folder)
            for name in [name for name in sys.modules if name.split(".")[0] == package]:
                del sys.modules[name]


def runtime_bytecode(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The compiled modules of the runtime, at the paths where Python looks for them."""
    modules = {
        path: text for path, text in files.items() if Path(path).match(f"{PACKAGE}/_[!_]*.py")
    }
    return {cache_from_source(path): bytecode_of(text) for path, text in modules.items()}


@cache
def bytecode_of(text: bytes) -> bytes:
    """The module compiled, for Python to take without a look at the text (PEP 552)."""
    with tempfile.TemporaryDirectory() as folder:
        source, compiled = Path(folder, "module.py"), Path(folder, "module.pyc")
        source.write_bytes(text)
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(source), str(compiled), doraise=True, invalidation_mode=mode)
        return compiled.read_bytes()


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    for path, content in files.items():
        with faults_named(str(folder / path)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def model_in(package: str, module: str, message: str) -> type[BaseModel]:
    """The model of a message, in a package that is imported under this name."""
    model: type[BaseModel] = getattr(import_module(f"{package}.{module}"), message)
    return model

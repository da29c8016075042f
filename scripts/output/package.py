"""Contract -> the bytes of every generated file; nothing is written here."""

import ast
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from contract.project import PACKAGE, ROOT
from contract.read import Contract
from models.classes import PythonModule
from models.emit import module_texts
from models.sharing import python_classes

RUNTIME = ROOT / "scripts" / "runtime"
# What consumers call; __main__ imports the module of a command when it is called.
ENTRY_MODULES = b"from . import __main__, _types, _upgrade, _validate, _verify, testing"


def package_code(contract: Contract, *, formatted: bool = True) -> dict[str, bytes]:
    """What runs, and the schemas; without the documents that prove it."""
    return python_package(contract, python_classes(contract), formatted=formatted)


def python_package(
    contract: Contract, modules: Mapping[str, PythonModule], *, formatted: bool = True
) -> dict[str, bytes]:
    """The package of the contract's classes; ``formatted`` is for what people read."""
    texts = module_texts(modules, formatted=formatted)
    files = {
        "__init__.py": INIT_TEMPLATE.format(version=contract.version).encode(),
        "README.md": (RUNTIME / "README.md").read_bytes(),
        "py.typed": b"",
        **runtime_modules(texts.values(), texts.keys()),
        **{f"schemas/{path}": text for path, text in contract.schema_files.items()},
        **{f"{name}.py": text for name, text in texts.items()},
    }
    return {f"{PACKAGE}/{path}": content for path, content in files.items()}


def runtime_modules(texts: Iterable[bytes], own: Collection[str] = ()) -> dict[str, bytes]:
    """The runtime modules that the texts import, or that those import; not the contract's own."""
    modules: dict[str, bytes] = {}
    waiting = [ENTRY_MODULES, *texts]
    while waiting:
        for name in imported_modules(waiting.pop()):
            path = RUNTIME / f"{name}.py"
            if path.name not in modules and name not in own:
                modules[path.name] = path.read_bytes()
                waiting.append(modules[path.name])
    return dict(sorted(modules.items()))


@cache
def imported_modules(text: bytes) -> tuple[str, ...]:
    """``from ._types import …`` and ``from . import _formats`` name modules beside the text."""
    imports = [it for it in ast.walk(ast.parse(text)) if isinstance(it, ast.ImportFrom)]
    beside = [it for it in imports if it.level == 1]
    named = [[it.module] if it.module else [alias.name for alias in it.names] for it in beside]
    return tuple(name for names in named for name in names)


INIT_TEMPLATE = '''\
"""The contract's messages as Pydantic models: one module for each folder of schemas."""

from collections.abc import Iterable, Iterator

from ._finding import Finding

__all__ = ["Finding", "__version__", "findings"]

__version__ = "{version}"


def findings(
    message: str, lines: Iterable[str | bytes | bytearray | None], file: str = "-"
) -> Iterator[Finding]:
    """What is wrong with documents of ``MODULE.MESSAGE``, one on each line; blank lines are none.

    For the partitions of an engine: a function of a module, with arguments that can be pickled.
    ``file`` is what the findings name, their ``line`` counts from 1. Raises Refused if there is
    no such message. Pydantic is imported when it is called.
    """
    from ._judge import Judge

    return Judge(message).lines(lines, file)
'''

"""Contract -> the bytes of every generated file; nothing is written here."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version

from contract.project import MANIFESTS, PACKAGE, ROOT
from contract.read import Contract
from models.emit import module_text
from output.conformance import conformance_files
from output.manifest import sha256
from pages.write import reference_pages
from runtime._verify import manifest_text

RUNTIME = ROOT / "scripts" / "runtime"
# The programs that shape the bytes beside scripts/ itself.
TOOLS = ("datamodel-code-generator", "ruff")


def render_contract(contract: Contract) -> dict[str, bytes]:
    """Every generated file by its path, a pure function of the contract and the toolchain."""
    files = provable_files(contract)
    files |= reference_pages(contract, files)
    parts = {
        part: {path: files[path] for path in sorted(files) if path.startswith(f"{part}/")}
        for part in MANIFESTS
    }
    manifests = {MANIFESTS[part]: manifest_bytes(contract, part, it) for part, it in parts.items()}
    return {path: it for part in parts.values() for path, it in part.items()} | manifests


def provable_files(contract: Contract) -> dict[str, bytes]:
    """What the proof is of: the code, and the documents that it is run on."""
    return {**package_code(contract), **conformance_files(contract)}


def package_code(contract: Contract) -> dict[str, bytes]:
    """What runs, and the schemas; without the documents that prove it."""
    modules = {f"{name}.py": module_text(name, it) for name, it in contract.modules.items()}
    files = {
        "__init__.py": INIT.format(version=contract.version).encode(),
        "README.md": (RUNTIME / "README.md").read_bytes(),
        "py.typed": b"",
        **runtime_modules(modules.values()),
        **{f"schemas/{path}": text for path, text in contract.schema_files.items()},
        **modules,
    }
    return {f"{PACKAGE}/{path}": content for path, content in files.items()}


def runtime_modules(texts: Iterable[bytes]) -> dict[str, bytes]:
    """The runtime modules that the texts import, or that those import."""
    found: dict[str, bytes] = {}
    waiting = [b"from . import __main__, _types, testing", *texts]
    while waiting:
        for name in imported_modules(waiting.pop()):
            path = RUNTIME / f"{name}.py"
            if path.name not in found:
                found[path.name] = path.read_bytes()
                waiting.append(found[path.name])
    return dict(sorted(found.items()))


def imported_modules(text: bytes) -> Iterator[str]:
    """``from ._types import …`` and ``from . import _formats`` name modules beside the text."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield from [node.module] if node.module else [it.name for it in node.names]


INIT = '''\
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


def manifest_bytes(contract: Contract, part: str, files: Mapping[str, bytes]) -> bytes:
    """What this part was made from and what it consists of, hashed with SHA-256;
    paths are relative to it, whatever the package is called where it is vendored."""
    members = {
        "version": contract.version,
        "schemas": {path: sha256(text) for path, text in contract.schema_files.items()},
        "toolchain": {tool: version(tool) for tool in TOOLS},
        "files": {
            path.removeprefix(f"{part}/"): sha256(content) for path, content in files.items()
        },
    }
    return manifest_text(members)

"""Schemas in, exact models out: ``generate.py [--schemas DIR] [--out DIR] [--check] [--format F]``.

Exit status 0: done, or nothing drifted; 1: something drifted; 2: refused, nothing was written.
"""

import argparse
import ast
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import models
from conformance import conformance
from contract import Contract, build, read_sources
from drift import (
    CORPUS,
    DOCS,
    MANIFEST,
    MANIFESTS,
    PACKAGE,
    drift,
    on_disk,
    recorded_hashes,
    sha256,
)
from errors import Refused
from pages import pages
from proof import prove
from runtime._report import Finding, add_format, exit_status, tell
from runtime._verify import manifest_text

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
ROOT = HERE.parent
# The programs that shape the bytes beside scripts/ itself.
TOOLS = ("datamodel-code-generator", "ruff")


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    return exit_status(lambda: run(options))


def run(options: argparse.Namespace) -> int:
    contract = build(read_sources(options.schemas), contract_version())
    files = render(contract)
    if options.check:
        return check(files, options.out, options.format)
    try:
        proof = prove(contract, files, progress)
    finally:
        progress("")
    replace(files, options.out)
    print(f"{os.path.relpath(options.out)}: {proof}")
    return 0


def progress(text: str) -> None:
    """One line on a terminal, written over each time."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Schemas in, exact Pydantic models out.")
    parser.add_argument("--schemas", type=Path, default=ROOT / "schemas", metavar="DIR")
    parser.add_argument("--out", type=Path, default=ROOT / "generated", metavar="DIR")
    parser.add_argument(
        "--check", action="store_true", help="report what drifted, write nothing, exit 1 if any"
    )
    add_format(parser)
    return parser.parse_args(arguments)


def contract_version() -> str:
    """The contract's version, said once in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["version"])


def render(contract: Contract) -> dict[str, bytes]:
    """Every generated file by its path, a pure function of the contract and the toolchain."""
    files = provable(contract)
    files |= pages(contract, files)
    parts = {
        part: {path: files[path] for path in sorted(files) if path.startswith(f"{part}/")}
        for part in MANIFESTS
    }
    manifests = {MANIFESTS[part]: manifest(contract, part, it) for part, it in parts.items()}
    return {path: it for part in parts.values() for path, it in part.items()} | manifests


def provable(contract: Contract) -> dict[str, bytes]:
    """What the proof is of: the code, and the documents that it is run on."""
    return {**code(contract), **conformance(contract)}


def code(contract: Contract) -> dict[str, bytes]:
    """What runs, and the schemas; without the documents that prove it."""
    modules = {f"{name}.py": models.source(name, it) for name, it in contract.modules.items()}
    files = {
        "__init__.py": INIT.format(version=contract.version).encode(),
        "py.typed": b"",
        **runtime(modules.values()),
        **{f"schemas/{path}": text for path, text in contract.sources.items()},
        **modules,
    }
    return {f"{PACKAGE}/{path}": content for path, content in files.items()}


def runtime(texts: Iterable[bytes]) -> dict[str, bytes]:
    """The runtime modules that the texts import, or that those import."""
    found: dict[str, bytes] = {}
    waiting = [b"from . import __main__, _json, testing", *texts]
    while waiting:
        for name in imported_modules(waiting.pop()):
            path = HERE / "runtime" / f"{name}.py"
            if path.name not in found:
                found[path.name] = path.read_bytes()
                waiting.append(found[path.name])
    return dict(sorted(found.items()))


def imported_modules(text: bytes) -> Iterator[str]:
    """``from ._json import …`` and ``from . import _formats`` name modules beside the text."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield from [node.module] if node.module else [it.name for it in node.names]


INIT = '''\
"""The contract's messages as Pydantic models: one module for each folder of schemas."""

from collections.abc import Iterable, Iterator

from ._report import Finding

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
    from ._findings import Judge

    return Judge(message).lines(lines, file)
'''


def manifest(contract: Contract, part: str, files: Mapping[str, bytes]) -> bytes:
    """What this part was made from and what it consists of, hashed with SHA-256;
    paths are relative to it, whatever the package is called where it is vendored."""
    members = {
        "version": contract.version,
        "schemas": {path: sha256(text) for path, text in contract.sources.items()},
        "toolchain": {tool: version(tool) for tool in TOOLS},
        "files": {
            path.removeprefix(f"{part}/"): sha256(content) for path, content in files.items()
        },
    }
    return manifest_text(members)


def check(files: Mapping[str, bytes], out: Path, form: str) -> int:
    """Report each file that drifted; what the schemas and the toolchain give is ``files``."""
    found = drift(files, out)
    # For people by the path within the folder, for programs by the path that opens the file.
    place = "" if form == "text" else f"{os.path.relpath(out)}/"
    findings = [Finding(f"{place}{it.path}", it.kind, f"{it.kind}; {it.cause}") for it in found]
    numbers = "" if found else f"{os.path.relpath(out)}: files {len(files)}, drift 0"
    return tell(findings, form, numbers, files=len(files))


def replace(files: Mapping[str, bytes], out: Path) -> None:
    """Make ``out`` hold exactly ``files``, each replaced as a whole, unchanged ones untouched."""
    found = on_disk(out)
    if MANIFEST not in found and found.keys() - files.keys():
        raise Refused(f"{out}: holds files but no {MANIFEST}; name a folder of generate's own")
    recorded = recorded_hashes(found)
    refuse_others(files, found, out)
    for path, content in files.items():
        if found.get(path) != content:
            write(out, path, content)
    for path in found.keys() - files.keys():
        if recorded.get(path) == sha256(found[path]):  # written by an earlier run, not by a hand
            (out / path).unlink()


def refuse_others(files: Mapping[str, bytes], found: Mapping[str, bytes], out: Path) -> None:
    """What lies in a part without a manifest is somebody else's, unless it is the same."""
    for part in (DOCS, CORPUS):
        common = {path for path in found.keys() & files.keys() if path.startswith(f"{part}/")}
        if MANIFESTS[part] not in found and any(found[path] != files[path] for path in common):
            raise Refused(f"{out}/{part}: is somebody else's; name a folder of generate's own")


def write(out: Path, path: str, content: bytes) -> None:
    """One file, there as a whole or not at all."""
    target = out / path
    if not target.resolve().is_relative_to(out.resolve()):
        raise Refused(f"{target}: a link leads out of {out}; remove it")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_bytes(content)
    os.replace(fresh, target)


if __name__ == "__main__":
    sys.exit(main())

"""The package into another tree: ``vendor.py DEST [--check] [--format text|json|github]``.

The standard library alone, for those who take the contract have not its toolchain.
Exit status 0: taken, or what lies there is the same; 1: it is not, or it was edited; 2: refused.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from runtime._finding import Finding, Refused, add_format, exit_status, shown, tell
from runtime._verify import intact, manifest, recorded

ROOT = Path(__file__).resolve().parent.parent


SOURCE = ROOT / "generated" / "pydantic_models"


# Taking the package anew cures these, and nobody's work is lost.
CURED = ("missing", "line-endings")


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    return exit_status(lambda: run(options))


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Copy the package into another tree.")
    parser.add_argument("dest", type=Path, metavar="DEST", help="becomes DEST/pydantic_models")
    parser.add_argument(
        "--check", action="store_true", help="say how the copy differs, write nothing"
    )
    add_format(parser)
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    whole()
    copy = options.dest / SOURCE.name
    return check(copy, options.format) if options.check else take(copy, options.format)


def whole() -> None:
    """Refuse to hand on what is not as it was generated."""
    try:
        faults = [f"{it.file}: {it.kind}; run make" for it in intact(SOURCE)]
    except Refused as refused:
        raise Refused(f"{str(refused).split(';')[0]}; run make") from refused
    if faults:
        raise Refused(*faults)


def take(copy: Path, form: str) -> int:
    """Replace the copy as a whole, unless that would lose what somebody wrote there."""
    edits = [it for it in edited(copy) if it.kind not in CURED] if os.path.lexists(copy) else []
    if not edits:
        replace(copy)
    return tell(edits, form, "" if edits else summary(copy), version=version(SOURCE))


def check(copy: Path, form: str) -> int:
    """Whether the copy is intact, and how it differs from what this checkout would give."""
    if not os.path.lexists(copy):
        raise Refused(f"{shown(copy)}: is not there; {command('vendor', 'DEST', copy.parent)}")
    edits = edited(copy)
    findings = [*edits, *differences(copy, {it.file for it in edits})]
    more = {"version": version(copy), "here": version(SOURCE)}
    return tell(findings, form, "" if findings else f"{summary(copy)}, as here", **more)


def edited(copy: Path) -> list[Finding]:
    """What is not as the copy's own manifest has it; Refused if it is no copy of ours."""
    if copy.is_symlink() or not copy.is_dir():
        raise Refused(f"{shown(copy.parent)}/{copy.name}: is no folder of ours; move it away")
    return intact(copy)


def differences(copy: Path, edits: set[str]) -> Iterator[Finding]:
    """How the copy as it was taken differs from this checkout, and what takes it."""
    there, here = recorded(copy), recorded(SOURCE)
    files = [path for path in sorted({*there, *here}) if there.get(path) != here.get(path)]
    if files:
        versions = f"version {version(copy)}, here {version(SOURCE)}"
        look = command("compat", "BASE", copy / "schemas")
        it = f"{versions}; look with {look}, take it with {command('vendor', 'DEST', copy.parent)}"
        yield Finding(shown(copy), "version", it)
    for path in files:
        if shown(copy / path) not in edits:
            kind = "missing" if path not in there else "extra" if path not in here else "changed"
            yield Finding(shown(copy / path), "version", f"{kind} against this checkout")


def command(target: str, name: str, path: Path) -> str:
    """What to type where the caller stands; make takes paths relative to the Makefile."""
    folder = os.path.relpath(ROOT)
    return f"make -C {folder} {target} {name}={os.path.relpath(path.resolve(), ROOT)}"


def summary(copy: Path) -> str:
    return f"{shown(copy)}: version {version(copy)}, files {len(recorded(copy))}"


def version(package: Path) -> str:
    return str(manifest(package)["version"])


def replace(copy: Path) -> None:
    """The package beside the copy, then both change places: a failure leaves what was there."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{copy.name}.", dir=copy.parent) as beside:
        fresh, old = Path(beside) / "new", Path(beside) / "old"
        shutil.copytree(SOURCE, fresh, ignore=shutil.ignore_patterns("__pycache__"))
        if copy.exists():
            copy.rename(old)
        try:
            fresh.rename(copy)
        except OSError:
            if old.exists():
                old.rename(copy)
            raise


if __name__ == "__main__":
    sys.exit(main())

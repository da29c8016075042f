#!/usr/bin/env python3
"""The package into another tree: ``vendor.py DEST [--check] [--root SHA256] [--format F]``.

It needs the standard library alone: whoever takes the contract does not have its toolchain.
Standard error says so if the package was changed since its version was released.
Exit status 0: taken, or what lies there is the same; 1: it is not, or it was edited; 2: refused.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reports.formats import add_report_option, print_findings
from reports.report import Report, reported
from runtime._finding import (
    Finding,
    Refused,
    display_path,
    exit_status,
)
from runtime._verify import (
    add_root_option,
    integrity_findings,
    read_manifest,
    recorded_hashes,
    root_findings,
    root_hash,
    with_root,
)

ROOT = Path(__file__).resolve().parent.parent


PACKAGE_FOLDER = ROOT / "generated" / "pydantic_models"


# Taking the package anew cures these, and nobody's work is lost.
CURED_BY_VENDORING = ("missing", "line-endings")


def main(arguments: list[str] | None = None) -> int:
    return exit_status(lambda: run(parse_options(arguments)))


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Copy the package into another tree.")
    parser.add_argument("dest", type=Path, metavar="DEST", help="becomes DEST/pydantic_models")
    parser.add_argument(
        "--check", action="store_true", help="say how the copy differs, write nothing"
    )
    add_root_option(parser)
    add_report_option(parser)
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    refuse_damaged_package()
    copy = options.dest / PACKAGE_FOLDER.name
    if options.check:
        return check_copy(copy, options.root, options.format)
    refuse_other_package(options.root)
    return take_copy(copy, options.format)


def refuse_damaged_package() -> None:
    """Refuse to hand on a package that differs from what was generated."""
    try:
        faults = [f"{it.file}: {it.kind}; run make" for it in integrity_findings(PACKAGE_FOLDER)]
    except Refused as refused:
        raise Refused(f"{str(refused).split(';')[0]}; run make") from refused
    if faults:
        raise Refused(*faults)


def refuse_other_package(root: str | None) -> None:
    """Refuse to hand on another release than the one with the hash ``root``."""
    for finding in root_findings(PACKAGE_FOLDER, root):
        here = f"here is version {package_version(PACKAGE_FOLDER)}"
        raise Refused(f"{finding.file}: {finding.what.split(';')[0]}; {here}, check out the other")


def take_copy(copy: Path, form: str) -> int:
    """Replace the copy as a whole, unless that would lose what somebody wrote there."""
    edits = (
        [it for it in edit_findings(copy) if it.kind not in CURED_BY_VENDORING]
        if os.path.lexists(copy)
        else []
    )
    if not edits:
        replace_copy(copy)
        warn_of_changes()
    more = {"version": package_version(PACKAGE_FOLDER), "root": root_hash(PACKAGE_FOLDER)}
    verdict = f"{display_path(copy)}: not taken" if edits else copy_summary(copy)
    return print_findings(
        Report("vendor", verdict, reported(edits), [display_path(copy)]), form, **more
    )


def warn_of_changes() -> None:
    """Say on standard error that the package is not the release of its version."""
    tag = f"v{package_version(PACKAGE_FOLDER)}"
    released = file_at(f"refs/tags/{tag}", "manifest.json")
    if released not in (None, (PACKAGE_FOLDER / "manifest.json").read_bytes()):
        take = f"git -C {os.path.relpath(ROOT)} checkout {tag}"
        text = f"not {tag} as it was released, but with changes since; {take} for the release"
        print(f"{display_path(PACKAGE_FOLDER)}: {text}", file=sys.stderr)


def file_at(ref: str, name: str) -> bytes | None:
    """A file of the package as it was at a ref; None if git does not know."""
    command = ["git", "-C", str(PACKAGE_FOLDER), "show", f"{ref}:./{name}"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def check_copy(copy: Path, root: str | None, form: str) -> int:
    """Whether the copy is intact, and how it differs from what this checkout would give."""
    if not os.path.lexists(copy):
        raise Refused(
            f"{display_path(copy)}: is not there; {make_command('vendor', 'DEST', copy.parent)}"
        )
    edits = with_root(edit_findings(copy), copy, root)
    findings = [*edits, *checkout_differences(copy, {it.file for it in edits})]
    more = {"version": package_version(copy), "here": package_version(PACKAGE_FOLDER)}
    more |= {"root": root_hash(copy)}
    verdict = f"{copy_summary(copy)}, {'differs' if findings else 'as here'}"
    report = Report("vendor", verdict, reported(findings), [display_path(copy)])
    return print_findings(report, form, **more)


def edit_findings(copy: Path) -> list[Finding]:
    """What differs from the copy's own manifest; raises Refused if it is not a copy of ours."""
    if copy.is_symlink() or not copy.is_dir():
        raise Refused(
            f"{display_path(copy.parent)}/{copy.name}: is no folder of ours; move it away"
        )
    return integrity_findings(copy)


def checkout_differences(copy: Path, edits: set[str]) -> Iterator[Finding]:
    """How the copy as it was taken differs from this checkout, and what takes it."""
    there, here = recorded_hashes(copy), recorded_hashes(PACKAGE_FOLDER)
    files = [path for path in sorted({*there, *here}) if there.get(path) != here.get(path)]
    if files:
        versions = f"version {package_version(copy)}, here {package_version(PACKAGE_FOLDER)}"
        look = make_command("compat", "BASE", copy / "schemas")
        take = make_command("vendor", "DEST", copy.parent)
        what = f"{versions}; look with {look}, take it with {take}"
        yield Finding(display_path(copy), "version", what)
    for path in files:
        if display_path(copy / path) not in edits:
            kind = "missing" if path not in there else "extra" if path not in here else "changed"
            yield Finding(display_path(copy / path), "version", f"{kind} against this checkout")


def make_command(target: str, name: str, path: Path) -> str:
    """What to type where the caller stands; make takes paths relative to the Makefile."""
    folder = os.path.relpath(ROOT)
    return f"make -C {folder} {target} {name}={os.path.relpath(path.resolve(), ROOT)}"


def copy_summary(copy: Path) -> str:
    numbers = f"version {package_version(copy)}, files {len(recorded_hashes(copy))}"
    return f"{display_path(copy)}: {numbers}, root {root_hash(copy)}"


def package_version(package: Path) -> str:
    return str(read_manifest(package)["version"])


def replace_copy(copy: Path) -> None:
    """The package beside the copy, then both change places: a failure leaves what was there."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{copy.name}.", dir=copy.parent) as beside:
        fresh, old = Path(beside) / "new", Path(beside) / "old"
        shutil.copytree(PACKAGE_FOLDER, fresh, ignore=shutil.ignore_patterns("__pycache__"))
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

"""Schemas in, exact models out: ``generate.py [--schemas DIR] [--out DIR] [--check] [--format F]``.

Exit status 0: done, or nothing drifted; 1: something drifted; 2: refused, nothing was written.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from contract.project import ROOT, contract_version
from contract.read import build_contract, read_schema_files
from output.drift import drift_of
from output.package import render_contract
from output.write import replace_files
from proof.agreement import prove
from runtime._finding import Finding, add_format_option, exit_status, print_report


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    return exit_status(lambda: run(options))


def run(options: argparse.Namespace) -> int:
    contract = build_contract(read_schema_files(options.schemas), contract_version())
    files = render_contract(contract)
    if options.check:
        return check_drift(files, options.out, options.format)
    try:
        proof = prove(contract, files, show_progress)
    finally:
        show_progress("")
    replace_files(files, options.out)
    print(f"{os.path.relpath(options.out)}: {proof}")
    return 0


def show_progress(text: str) -> None:
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
    add_format_option(parser)
    return parser.parse_args(arguments)


def check_drift(files: Mapping[str, bytes], out: Path, form: str) -> int:
    """Report each file that drifted; what the schemas and the toolchain give is ``files``."""
    found = drift_of(files, out)
    # For people by the path within the folder, for programs by the path that opens the file.
    place = "" if form == "text" else f"{os.path.relpath(out)}/"
    findings = [Finding(f"{place}{it.path}", it.kind, f"{it.kind}; {it.cause}") for it in found]
    numbers = "" if found else f"{os.path.relpath(out)}: files {len(files)}, drift 0"
    return print_report(findings, form, numbers, files=len(files))


if __name__ == "__main__":
    sys.exit(main())

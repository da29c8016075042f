"""What taking this checkout changes for a consumer: ``upgrade.py COPY [--reads P] [--writes P]
[--message M] [--data FILE] [--code FOLDER] [--format FORMAT]``.

The copy's own command ``python -m PACKAGE upgrade --to CHECKOUT`` runs this.
Exit status 0: nothing that it has to change; 1: something; 2: could not run.
"""

import argparse
import os
import sys
from pathlib import Path

from contract.project import PACKAGE, ROOT
from contract.refusal import Refused
from reports.formats import add_report_option
from reports.report import split_by_level
from runtime._finding import display_path, exit_status
from runtime._verify import integrity_findings
from upgrades.consumer import Consumer, findings_for, roles_of
from upgrades.show import answer_text

FRESH = ROOT / "generated" / PACKAGE


def main(arguments: list[str] | None = None) -> int:
    chosen = parse_options(arguments)
    return exit_status(lambda: run(chosen))


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What an upgrade changes for a consumer.")
    parser.add_argument("copy", type=Path, metavar="COPY", help="the package that it has")
    parser.add_argument("--reads", action="append", help="JSON Pointers, with commas between")
    parser.add_argument("--writes", action="append", help="JSON Pointers, with commas between")
    parser.add_argument("--message", action="append", help="MODULE.MESSAGE, if it takes only one")
    parser.add_argument("--data", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--code", type=Path, action="append", default=[], metavar="FOLDER")
    add_report_option(parser)
    return parser.parse_args(arguments)


def run(chosen: argparse.Namespace) -> int:
    faults = integrity_findings(FRESH)
    if faults:
        raise Refused(*(f"{it.file}: {it.kind}; run make -C {display_path(ROOT)}" for it in faults))
    refuse_incomplete(chosen.copy)
    roles = roles_of(chosen.reads, chosen.writes)
    message = only_message(chosen.message or [])
    consumer = Consumer(chosen.copy, FRESH, roles, message, chosen.data, chosen.code)
    consumer.refuse_unknown_places()
    findings = [*findings_for(consumer)]
    has_it = (chosen.copy / "manifest.json").read_bytes() == (FRESH / "manifest.json").read_bytes()
    order = ["your copy is this version already"] if has_it else consumer.order
    command = "" if has_it else vendor_command(chosen.copy)
    print(answer_text(consumer.versions, findings, order, command, chosen.format))
    errors, _ = split_by_level(findings)
    return 1 if errors else 0


def refuse_incomplete(copy: Path) -> None:
    """Refuse a copy without a manifest or without some of its schemas."""
    schemas = display_path(copy / "schemas")
    gone = [it for it in integrity_findings(copy) if it.kind == "missing"]
    faults = [it for it in gone if it.file.startswith(schemas)]
    if faults:
        raise Refused(*faults)


def only_message(named: list[str]) -> str | None:
    """The message that is named. Raises Refused if several are."""
    if len({*named}) > 1:
        raise Refused(f"--message {' '.join(named)}: are several; name one, or none for all")
    return named[0] if named else None


def vendor_command(copy: Path) -> str:
    """What takes this checkout, as one would type it here; make reads from its own folder."""
    folder = os.path.relpath(copy.resolve().parent, ROOT)
    return f"make -C {os.path.relpath(ROOT)} vendor DEST={folder}"


if __name__ == "__main__":
    sys.exit(main())

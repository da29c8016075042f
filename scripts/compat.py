"""What changed for whom: ``compat.py [OLD [NEW]] [--strict] [--format FORMAT]``.

OLD and NEW are each a tag or another ref of this repository or a folder laid out like
``schemas/``; by default the last release is compared with the working tree, which is compared with
every supported version too.

Exit status 0: the version says what changed; 1: it understates it, something is undecided or
forbidden in any version, or a setting of the comparison is wrong; 2: could not compare.
"""

import argparse
import sys
from datetime import date

from compatibility.formats import FORMATTERS
from compatibility.report import Report, settings_faults
from compatibility.revisions import base_revisions, named_revision, working_tree_revision
from contract.project import ROOT
from reports.formats import add_report_option
from reports.refusals import refusals_shown
from runtime._finding import exit_status


def main(arguments: list[str] | None = None) -> int:
    chosen = parse_options(arguments)
    return exit_status(lambda: run(chosen))


def run(chosen: argparse.Namespace) -> int:
    with refusals_shown("compat", chosen.format, ROOT / "schemas"):
        return compare(chosen)


def compare(chosen: argparse.Namespace) -> int:
    new = working_tree_revision() if chosen.new is None else named_revision(chosen.new)
    bases = base_revisions(chosen.old, chosen.new)
    today = date.today()
    reports = [Report(it, new, chosen.strict, judged, today) for it, judged in bases]
    faults = settings_faults(new, reports, today)
    print(FORMATTERS[chosen.format](reports, faults))
    return 1 if faults or any(it.is_failing for it in reports) else 0


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What changed for whom between two contracts.")
    parser.add_argument("old", nargs="?", help="a ref or a folder; default: the last release")
    parser.add_argument("new", nargs="?", help="a ref or a folder; default: the working tree")
    parser.add_argument("--strict", action="store_true", help="take the mild for what it is")
    add_report_option(parser, "html")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

"""A release, whole or not at all: ``release.py [--version V] [--draft|--dry-run] [--test C]``.

Exit status 0: released, or nothing changed; 1: it is undecided who breaks, a change is forbidden in
any version, or an entry of the accepted breaks is incomplete, stale or expired; 2: could not
release, and everything is as it was.
Nothing is pushed.
"""

import argparse
import signal
import sys
from collections.abc import Iterable
from typing import Any

from compatibility.revisions import Revision
from contract.project import PROJECT_FILE
from releases.changelog import CHANGELOG
from releases.plan import Plan
from releases.steps import (
    DRAFT_STEPS,
    UNDONE_TEXT,
    judged,
    obstacle,
    planned,
    section_lines,
    steps_of_release,
    take_steps,
)
from runtime._finding import exit_status

INTERRUPTED_STATUS = 128 + signal.SIGINT


def main(arguments: list[str] | None = None) -> int:
    chosen = parse_options(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        return exit_status(lambda: run(chosen))
    except KeyboardInterrupt:
        print(f"interrupted: {UNDONE_TEXT}", file=sys.stderr)
        return INTERRUPTED_STATUS


def interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Release the contract, whole or not at all.")
    parser.add_argument("--version", help="default: the one that the changes ask for")
    parser.add_argument(
        "--test", default="make test", metavar="COMMAND", help="has to succeed (make test)"
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument(
        "--draft", action="store_true", help="write version and changelog for you to edit, and stop"
    )
    only.add_argument("--dry-run", action="store_true", help="say what would be done, and stop")
    return parser.parse_args(arguments)


def run(chosen: argparse.Namespace) -> int:
    steps = DRAFT_STEPS if chosen.draft else steps_of_release(chosen.test)
    new, reports = judged()
    why_not = obstacle(new, reports)
    if why_not:
        print(why_not)
        return 1
    plan = planned(new, reports, chosen.version)
    if plan is None:
        print(nothing_text(new, reports[0].old))
        return 0
    print(f"judge: {plan.asks}; this is {plan.version}", flush=True)
    if chosen.dry_run:
        return show_plan(plan, steps)
    take_steps(plan, steps)
    print(next_step(plan, chosen.draft))
    return 0


def nothing_text(new: Revision, last: Revision) -> str:
    text = f"nothing changed since {last}; there is nothing to release"
    if new.version == last.version:
        return text
    return (
        f"{text}; {PROJECT_FILE} and {CHANGELOG} still have the draft of {new.version}: write"
        f' version = "{last.version}", and remove the section'
    )


def show_plan(plan: Plan, steps: Iterable[str]) -> int:
    print(f"\n{CHANGELOG}:\n## {plan.version}\n")
    print("\n".join(section_lines(plan)))
    print(f"\nnothing was written; the steps would be: {', '.join(steps)}")
    return 0


def next_step(plan: Plan, draft: bool) -> str:
    if draft:
        return f"next: edit ## {plan.version} in {CHANGELOG}, then make release"
    return f"next: git push origin HEAD {plan.tag}"


if __name__ == "__main__":
    sys.exit(main())

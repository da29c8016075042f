"""``python -m PACKAGE COMMAND``: what a copy can say of itself, wherever it was vendored.

Exit status 0: fine; 1: findings; 2: could not run.
"""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from . import _validate, _verify
from ._finding import exit_status


class Command(NamedTuple):
    """What it does, its options, and what to run with them."""

    summary: str
    add_options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


COMMANDS = {
    "verify": Command(
        "whether every file is as it was generated", _verify.add_options, _verify.verify
    ),
    "validate": Command(
        "whether documents are as a message asks", _validate.add_options, _validate.validate
    ),
}


def main(arguments: list[str] | None = None) -> int:
    made = build_parser()
    options, rest = made.parse_known_args(arguments)
    if rest:  # as Python before 3.13 leaves the files that come after an option
        if "files" not in options or any(it[1:] and it[0] == "-" for it in rest):
            made.error(f"unrecognized arguments: {' '.join(rest)}")
        options.files = [*options.files, *rest]
    return exit_status(lambda: COMMANDS[options.command].run(options))


def build_parser() -> argparse.ArgumentParser:
    package = __package__ or ""
    made = argparse.ArgumentParser(prog=f"python -m {package}", description="The contract's copy.")
    made.add_argument("--version", action="version", version=import_module(package).__version__)
    commands = made.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        command.add_options(
            commands.add_parser(name, help=command.summary, description=command.summary)
        )
    return made


if __name__ == "__main__":
    sys.exit(main())

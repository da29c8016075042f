"""``python -m PACKAGE COMMAND``: the commands of a copy, wherever it was vendored.

Exit status 0: fine; 1: findings; 2: could not run.
"""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from . import _upgrade, _validate, _verify
from ._finding import exit_status


class Command(NamedTuple):
    """A summary, the function that adds the options, and the function that runs with them."""

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
    "upgrade": Command(
        "what taking another version changes for you", _upgrade.add_options, _upgrade.upgrade
    ),
}


def main(arguments: list[str] | None = None) -> int:
    return exit_status(lambda: run(arguments))


def run(arguments: list[str] | None) -> int:
    parser = build_parser()
    options, rest = parser.parse_known_args(arguments)
    if rest:  # Python before 3.13 leaves files here that come after an option
        if "files" not in options or any(it[1:] and it[0] == "-" for it in rest):
            parser.error(f"unrecognized arguments: {' '.join(rest)}")
        options.files = [*options.files, *rest]
    return COMMANDS[options.command].run(options)


def build_parser() -> argparse.ArgumentParser:
    package = __package__ or ""
    parser = argparse.ArgumentParser(
        prog=f"python -m {package}", description="The contract's copy."
    )
    parser.add_argument("--version", action="version", version=import_module(package).__version__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        command.add_options(
            commands.add_parser(name, help=command.summary, description=command.summary)
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())

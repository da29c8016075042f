"""``python -m PACKAGE COMMAND``: the commands of a copy, wherever it was vendored.

Exit status 0: fine; 1: findings; 2: could not run.
"""

import argparse
import sys
from importlib import import_module
from typing import Any

from ._finding import exit_status

# Each is a function in the module of its name, with an underscore.
COMMANDS = {
    "verify": "whether every file is as it was generated",
    "validate": "whether documents are as a message asks",
    "upgrade": "what taking another version changes for you",
}


def main(arguments: list[str] | None = None) -> int:
    return exit_status(lambda: run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    parser = build_parser(arguments)
    options, rest = parser.parse_known_args(arguments)
    if rest:  # Python before 3.13 leaves files here that come after an option
        if "files" not in options or any(it[1:] and it[0] == "-" for it in rest):
            parser.error(f"unrecognized arguments: {' '.join(rest)}")
        options.files = [*options.files, *rest]
    status: int = getattr(module_of(options.command), options.command)(options)
    return status


def module_of(command: str) -> Any:
    return import_module(f"._{command}", __package__)


def build_parser(arguments: list[str]) -> argparse.ArgumentParser:
    """The parser of these arguments: no module is imported that they do not name."""
    package = __package__ or ""
    parser = argparse.ArgumentParser(
        prog=f"python -m {package}", description="The contract's copy."
    )
    parser.add_argument("--version", action="version", version=import_module(package).__version__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name in arguments:
            module_of(name).add_options(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())

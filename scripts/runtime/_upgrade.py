"""What taking another version changes for whoever has this copy: the checkout answers.

This module needs the standard library alone. The work is done by ``scripts/upgrade.py`` of the
checkout, with the Python that ``make`` has set up there.
"""

import argparse
import os
import subprocess
from pathlib import Path

from ._finding import Refused

OPTIONS = {
    "reads": ("POINTERS", "what you read, as JSON Pointers with commas between; default: all"),
    "writes": ("POINTERS", "what you write; default: all, or nothing beside --reads"),
    "message": ("MESSAGE", "MODULE.MESSAGE, if you take only one"),
    "data": (
        "FILE",
        "documents of yours, compressed or not: one on each line, or if the name ends in .json one"
        " or an array of them",
    ),
    "code": ("FOLDER", "Python code of yours"),
}


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="CHECKOUT",
        help="a clone of the contract's repository, at the version that you want",
    )
    for name, (metavar, text) in OPTIONS.items():
        # A list of all that is given; the checkout refuses what it takes only once.
        parser.add_argument(f"--{name}", action="append", metavar=metavar, help=text)
    parser.add_argument("--format", choices=REPORT_FORMATS, default="text")


# Of the checkout, which makes the report.
REPORT_FORMATS = ("text", "json", "github", "markdown", "sarif", "junit")


def upgrade(options: argparse.Namespace) -> int:
    """Ask the checkout; the exit status is its own: 0 nothing to change, 1 something, 2 neither."""
    checkout: Path = options.to
    script, python = checkout / "scripts" / "upgrade.py", checkout / ".venv" / "bin" / "python"
    if not script.is_file():
        fault = "does not have scripts/upgrade.py"
        raise Refused(f"{checkout}: {fault}; name an up-to-date clone (git pull)")
    if not python.exists():
        raise Refused(f"{checkout}: is not set up; run make -C {checkout}")
    copy = Path(__file__).parent
    command = [str(python), str(script), str(copy), f"--format={options.format}"]
    for name in OPTIONS:
        values: list[str] = getattr(options, name) or []
        command += [f"--{name}={it}" for it in values]
    # What this Python imports is not for the one of the checkout.
    own = {name: it for name, it in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(command, env=own, check=False).returncode

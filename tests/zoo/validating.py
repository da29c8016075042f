"""Documents for ``validate``, the lines that it prints of them, and the command."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from tests.zoo.first_contract import GENERATED, NAME
from tests.zoo.messages import text, valid, with_payload

FULL = f"operations.{NAME}"
GOOD = text(valid()).encode()
LOW = text(with_payload(total_events=-1)).encode()
PRETTY = json.dumps(with_payload(total_events=-1), indent=2)
AT_LEAST = "#/payload/total_events: Input should be greater than or equal to 0"
MARK = "starts with a byte order mark; write it without one"

Run = Callable[..., tuple[int, list[str], str]]


def command(*arguments: str, package: str = "pydantic_models") -> list[str]:
    """Its own process, which a shell in the background may have told to ignore Ctrl-C."""
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        f" from {package}.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    return [sys.executable, "-c", code, "validate", NAME, *arguments]


def process(*arguments: str, unbuffered: str = "", **how: Any) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(GENERATED)}
    environment["PYTHONUNBUFFERED"] = unbuffered
    how = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.Popen(command(*arguments), env=environment, **how)


def numbers(documents: int, invalid: int, faults: int) -> str:
    return f"documents {documents}, invalid {invalid}, findings {faults}"

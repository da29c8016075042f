"""A rule while tests run: those of the tool do not read the contract of this repository.

Its owner may change it in any way, and no test of the tool may notice.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from contract.project import ROOT

CONTRACT_FOLDERS = tuple(str(ROOT / it) for it in ("schemas", "generated"))
GUIDE_FOR_AUTHORS = str(ROOT / "schemas/README.md")  # belongs to the tool
TESTS = Path(__file__).parent
READERS = ("schemas", "consumers/test_readme.py")

readers: list[bool] = [False]


@contextmanager
def rule_for(path: Path) -> Iterator[None]:
    """While a test of that file is imported or runs."""
    readers.append(any(path.is_relative_to(TESTS / it) for it in READERS))
    try:
        yield
    finally:
        readers.pop()


def may_read_contract() -> bool:
    return readers[-1]


def refuse_contract(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in ("open", "subprocess.Popen") or may_read_contract():
        return
    named = str(arguments)
    if event == "open":
        named = os.path.abspath(arguments[0]) if isinstance(arguments[0], str) else ""
    if named == GUIDE_FOR_AUTHORS:
        return
    if any(f"{it}{end}" in named for it in CONTRACT_FOLDERS for end in ("/", "'")):
        raise RuntimeError(
            f"{named}: belongs to the contract here; use tests/zoo/first_contract.py"
        )


sys.addaudithook(refuse_contract)

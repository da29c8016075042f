"""The first contract, CloseChatSessionResponse 1.0.0, rendered once in each process.

It is imported as ``first_contract``, a package that somebody vendored under that name.
"""

import importlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contract.read import build_contract, read_schema_files
from generate import render
from proof.sandbox import write_files

NAME = "CloseChatSessionResponse"
VERSION = "1.0.0"
SCHEMAS = Path(__file__).parent / "close_chat"
FILE = f"operations/{NAME}.json"
# The reference page that the schema was taken from.
PAGE = Path(__file__).parent / f"{NAME}.md"

CONTRACT = build_contract(read_schema_files(SCHEMAS), VERSION)
FILES = render(CONTRACT).files

kept = TemporaryDirectory()
GENERATED = Path(kept.name) / "generated"
PACKAGE_FOLDER = GENERATED / "pydantic_models"
write_files(FILES, GENERATED)

PACKAGE = "first_contract"
IMPORTS = Path(kept.name) / "imports"
IMPORTS.mkdir()
(IMPORTS / PACKAGE).symlink_to(PACKAGE_FOLDER)
sys.path.append(str(IMPORTS))

models: Any = importlib.import_module(f"{PACKAGE}.operations")
testing: Any = importlib.import_module(f"{PACKAGE}.testing")
findings: Any = importlib.import_module(PACKAGE).findings
command_line: Any = importlib.import_module(f"{PACKAGE}.__main__").main


def with_own_name(code: str) -> str:
    """Code of a consumer, its imports led to this package."""
    return code.replace("pydantic_models", PACKAGE)

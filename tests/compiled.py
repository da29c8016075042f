"""Modules of the runtime are compiled once in each process, though each package has its own."""

import tempfile
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

TEMPORARY = Path(tempfile.gettempdir()).resolve()
compile_source = SourceFileLoader.source_to_code


@cache
def compiled(source: bytes) -> CodeType:
    return compile(source, "a module of the runtime", "exec", dont_inherit=True)


def source_to_code(loader: SourceFileLoader, data: Any, path: Any, **options: Any) -> CodeType:
    """The same code for the same text; what else tests write is compiled as ever."""
    file = Path(path)
    if file.name.startswith("_") and file.is_relative_to(TEMPORARY):
        return compiled(bytes(data))
    return compile_source(loader, data, path, **options)


pytest.MonkeyPatch().setattr(SourceFileLoader, "source_to_code", source_to_code)

"""Text of a schema -> docstrings."""

import ast
import inspect
from typing import Any

from contract.subschemas import Schema


def is_plain_text(value: Any) -> bool:
    """Whether a docstring or an argument of Field gives the text back as it is."""
    return bool(value) and value == inspect.cleandoc(value)


def docstring(schema: Schema) -> str:
    """The description as the docstring of a class; empty if a docstring would change it."""
    text = schema.get("description", "")
    plain = is_plain_text(text) and all(map(str.isprintable, text.split("\n")))
    return ast.unparse(ast.Module([ast.Expr(ast.Constant(text))], [])) if plain else ""


# What Python 3.10 has for the docstring of any enum, and Pydantic leaves out.
PLACEHOLDER = "An enumeration."


def enum_docstring(schema: Schema) -> str:
    """The description of an enum; what Pydantic takes for that of any enum has a name instead."""
    named = schema.get("description") == PLACEHOLDER
    return f"__description__ = {PLACEHOLDER!r}" if named else docstring(schema)

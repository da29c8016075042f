"""Text of a schema -> docstrings."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

from contract.subschemas import Schema
from contract.sunsets import is_deprecated


def is_plain_text(value: Any) -> bool:
    """Whether a docstring or an argument of Field gives the text back as it is."""
    return bool(value) and value == inspect.cleandoc(value)


def is_argument(word: str, value: Any) -> bool:
    """Whether Field has an argument for the annotation, and keeps its value."""
    if word in ("title", "description"):
        return is_plain_text(value)
    return word == "examples" and bool(value)


def docstring(schema: Schema) -> str:
    """The description as the docstring of a class; empty if a docstring would change it."""
    text = schema.get("description", "")
    is_kept = is_plain_text(text) and is_printable(text) and not has_trailing_blanks(text)
    return string_literal(text) if is_kept else ""


def class_docstring(schema: Schema) -> str:
    """The docstring of a class; of one that is deprecated the runtime takes the last paragraph
    away, which the description does not have."""
    text = docstring(schema)
    if not is_deprecated(schema):
        return text
    note = FIELD_NOTES["deprecated"]
    return string_literal(f"{schema['description']}\n\n{note}" if text else note)


def is_printable(text: str) -> bool:
    return all(map(str.isprintable, text.split("\n")))


def has_trailing_blanks(text: str) -> bool:
    """Whether a line ends with blanks, which formatters of Python take from a docstring."""
    return any(line != line.rstrip() for line in text.split("\n"))


def string_literal(text: str) -> str:
    """The text as a docstring of Python is written."""
    return ast.unparse(ast.Module([ast.Expr(ast.Constant(text))], []))


# What else editors show of a field.
FIELD_NOTES = {"deprecated": "Deprecated.", "readOnly": "Read-only.", "writeOnly": "Write-only."}
INDENT = "    "
DOCSTRING_WIDTH = 90


def field_docstring(schema: Schema, indent: str = INDENT) -> str:
    """The docstring below an attribute, or not indented below an alias, for editors alone: nothing
    reads the value of it."""
    text = inspect.cleandoc(schema.get("description", ""))
    notes = " ".join(it for word, it in FIELD_NOTES.items() if schema.get(word) is True)
    lines = [line for it in (text, notes) if is_printable(it) for line in paragraph(it)][1:]
    indented = "\n".join([*lines[:1], *(f"{indent}{it}".rstrip() for it in lines[1:])])
    return string_literal(indented) if lines else ""


def paragraph(text: str) -> Iterator[str]:
    """The lines of a text behind an empty one, those of prose short."""
    yield from [""] if text else []
    for line in text.splitlines():
        prose = len(line) > DOCSTRING_WIDTH and line[:1].isalnum()
        yield from PROSE.wrap(line) if prose else [line]


PROSE = textwrap.TextWrapper(DOCSTRING_WIDTH, break_long_words=False, break_on_hyphens=False)


# What Python 3.10 has for the docstring of any enum, and Pydantic leaves out.
PLACEHOLDER = "An enumeration."


def enum_docstring(schema: Schema) -> str:
    """The description of an enum; what Pydantic takes for that of any enum has a name instead."""
    named = schema.get("description") == PLACEHOLDER
    return f"__description__ = {PLACEHOLDER!r}" if named else docstring(schema)

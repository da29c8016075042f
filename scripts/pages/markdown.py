"""Texts from outside -> GitHub-flavoured Markdown that shows them as they are.

Sections are those of CommonMark 0.31 (CM) and of GFM 0.29.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

LINE_ENDS = re.compile(r"\r\n|\r|\n")


# Characters that are invisible or turn the text around them, except joiners of letters and emoji.
INVISIBLE_CHARACTERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)


# What Markdown would take for markup (CM 2.4, 2.5, 4, 6; GFM 6.5, 6.9; GitHub's $); the last
# character of a match gets the backslash.
MARKUP = re.compile(
    r"[\\`*<>\[\]~$]"
    r"|&(?=#?[A-Za-z0-9]+;)"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"  # an underscore within a word is text
    r"|:(?=//)|(?<=www)\."  # a backslash within a bare URL would be shown
    r"|^[#+=-]|^[0-9]+[.)](?=\s|$)"
)


def escape_text(value: str) -> str:
    """The text as one line of Markdown, with ``<br>`` for the line ends within."""
    return "<br>".join(map(inline_text, LINE_ENDS.split(value.strip())))


def inline_text(line: str) -> str:
    return MARKUP.sub(escape_marks, visible_text(line))


def escape_marks(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}\\{match[0][-1]}"


def visible_text(line: str) -> str:
    """The line with each invisible character as JSON escapes it, ``\\u202e`` and the like."""
    return INVISIBLE_CHARACTERS.sub(lambda it: f"\\u{ord(it[0]):04x}", line.replace("\t", " "))


def unescape_text(markdown: str) -> str:
    """The text without the backslashes before ASCII punctuation (CM 2.4)."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


def code_span(value: str) -> str:
    """A code span (CM 6.1), between more backticks than there are in it."""
    inner = visible_text(value)
    fence = "`" * (longest_backtick_run(inner) + 1)
    edges = inner[:1] + inner[-1:]
    padded = "`" in edges or (edges == "  " and inner.strip(" "))
    return f"{fence} {inner} {fence}" if padded else f"{fence}{inner}{fence}"


def value_span(instance: Any) -> str:
    """A JSON value as a code span."""
    return code_span(json.dumps(instance, ensure_ascii=False))


def longest_backtick_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def escape_document(instance: Any) -> str:
    """A JSON value as a block."""
    return code_block("json", hard_lines(json.dumps(instance, indent=2, ensure_ascii=False)))


def hard_lines(text: str) -> str:
    """The text with the invisible characters of its lines escaped."""
    return "\n".join(map(visible_text, text.split("\n")))


def code_block(language: str, text: str) -> str:
    """A fenced block (CM 4.5) that holds the text as it is."""
    fence = "`" * max(3, longest_backtick_run(text) + 1)
    end = "" if text.endswith("\n") else "\n"
    return f"{fence}{language}\n{text}{end}{fence}"


def markdown_table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table (GFM 4.10) of cells that are Markdown each."""
    heads = list(titles)
    lines = [table_row(heads), "|" + "|".join("-" * (len(it) + 2) for it in heads) + "|"]
    return "\n".join([*lines, *map(table_row, rows)])


def table_row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(it.replace("|", "\\|") for it in cells) + " |"


def heading_anchors(headings: Iterable[str]) -> list[str]:
    """The anchor of each heading of a page, given as plain text, by GitHub's rule: without
    punctuation, and with a number where an earlier heading has that anchor."""
    repeats: dict[str, int] = {}
    for heading in headings:
        plain = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        anchor = plain
        while anchor in repeats:
            repeats[plain] += 1
            anchor = f"{plain}-{repeats[plain]}"
        repeats[anchor] = 0
    return list(repeats)

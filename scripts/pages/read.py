"""A reference page in Markdown -> Page: what it says of a message, each with its line.

The reader knows as much of CommonMark 0.31 and of GitHub's tables as such a page is made of:
headings, fenced code, rows, list items and lines of text. What a page lacks is refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from contract.refusal import Refused

COLUMNS = ("Field", "Type", "Required", "Description")


class Block(NamedTuple):
    """A line, or a fenced block as one; ``kind`` is ``#``, ``##`` … for a heading, ``row``,
    ``item``, ``rule``, ``text``, or ``code`` with its language."""

    line: int  # from 1
    kind: str
    text: str


class Said(NamedTuple):
    line: int
    text: str


class Row(NamedTuple):
    """A field as the table has it, escapes of the table undone."""

    line: int
    name: str
    type: str
    required: str
    description: str


class Constraint(NamedTuple):
    line: int
    name: str
    value: str


@dataclass(frozen=True)
class Details:
    """What stands under ``### `name` ``."""

    line: int
    name: str
    constraints: Sequence[Constraint]
    default: Said | None


@dataclass(frozen=True)
class Page:
    """``schema`` is the JSON of the page, its line that of the fence before it."""

    file: str
    title: Said
    package: Said
    description: Said
    fields: int  # the line of the heading of the table
    rows: Sequence[Row]
    details: Sequence[Details]
    schema: Said


def read_page(file: str, content: bytes) -> Page:
    """Raises Refused with ``file:line: what; cure`` for what the page lacks."""
    lines = text_blocks(file, content)
    parts = list(blocks(file, lines))
    opening = until(parts, "##")
    title = only(file, [it for it in opening if it.kind == "#"], "title", "# Message")
    package = only(file, labelled(opening, "Package"), "package", "**Package:** `a.b`")
    fields = section(file, parts, "Fields")
    table = [it for it in fields if it.kind == "row"]
    return Page(
        file=file,
        title=Said(title.line, title.text),
        package=Said(package.line, uncoded(package.text)),
        description=paragraph(lines, package.line, parts[len(opening)].line),
        fields=fields[0].line,
        rows=list(rows(file, fields[0].line, table)),
        details=details(file, section(file, parts, "Field Details", needed=False)),
        schema=json_block(file, section(file, parts, "JSON Schema")),
    )


def text_blocks(file: str, content: bytes) -> list[str]:
    """The lines without their ends, LF or CRLF; other line separators of Unicode are text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{file}: is not UTF-8; save it as UTF-8") from error
    return [line.removesuffix("\r") for line in text.split("\n")]


def blocks(file: str, lines: list[str]) -> Iterator[Block]:
    rest = iter(enumerate(lines, 1))
    for number, line in rest:
        fence, language = opened(line)
        if fence:
            yield Block(number, f"code {language}", fenced(file, number, fence, rest))
        else:
            yield Block(number, *kind(line))


def opened(line: str) -> tuple[str, str]:
    """The fence that the line opens and its language (CommonMark 4.5); empty if it opens none."""
    body = line.lstrip(" ")
    for mark in "`~":
        info = body.lstrip(mark)
        fence = body[: len(body) - len(info)]
        if len(fence) >= 3 and indent(line) <= 3 and not (mark == "`" and "`" in info):
            return fence, (info.split() or [""])[0].lower()
    return "", ""


def fenced(file: str, number: int, fence: str, rest: Iterator[tuple[int, str]]) -> str:
    """The text up to the line that closes the fence: of its marks, at least as many."""
    found: list[str] = []
    for _, line in rest:
        body = line.strip()
        if set(body) == {fence[0]} and len(body) >= len(fence) and indent(line) <= 3:
            return "".join(f"{it}\n" for it in found)
        found.append(line)
    raise Refused(f"{file}:{number}: the block is not closed; add a line {fence}")


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def kind(line: str) -> tuple[str, str]:
    text = line.strip()
    title = text.lstrip("#")
    marks = text[: len(text) - len(title)]
    if 1 <= len(marks) <= 6 and title[:1] in ("", " ", "\t"):
        return marks, title.strip()
    if text.startswith("|"):
        return "row", text
    if text.startswith(("- ", "* ", "+ ")):
        return "item", text[2:].strip()
    return ("rule" if len(text) >= 3 and set(text) == {"-"} else "text"), text


def until(parts: Sequence[Block], mark: str) -> list[Block]:
    """The blocks before the first heading of that level."""
    ends = [index for index, it in enumerate(parts) if it.kind == mark]
    return list(parts[: ends[0]] if ends else parts)


def section(file: str, parts: Sequence[Block], name: str, needed: bool = True) -> list[Block]:
    """The heading ``## name`` and the blocks under it; nothing if there need be none."""
    found = [it for it in parts if it.kind == "##" and it.text == name]
    if not found and not needed:
        return []
    start = parts.index(only(file, found, f"section {name}", f"## {name}"))
    return [parts[start], *until(parts[start + 1 :], "##")]


def only(file: str, found: Sequence[Block], what: str, form: str) -> Block:
    """The one there is; raises Refused for none and for a second."""
    if not found:
        raise Refused(f"{file}:1: has no {what}; add {form}")
    if len(found) > 1:
        raise Refused(f"{file}:{found[1].line}: a second {what}; remove one")
    return found[0]


def labelled(parts: Sequence[Block], label: str) -> list[Block]:
    """What stands behind ``**label:**`` on a line of its own."""
    mark = f"**{label}:**"
    return [
        Block(it.line, it.kind, it.text.removeprefix(mark).strip())
        for it in parts
        if it.kind == "text" and it.text.startswith(mark)
    ]


def paragraph(lines: list[str], start: int, end: int) -> Said:
    """The text between two lines, the rule at its end aside; it may be Markdown of its own."""
    within = lines[start : end - 1]
    while within and kind(within[-1]) in (("text", ""), kind("---")):
        within.pop()
    first = next((index for index, it in enumerate(within) if it.strip()), 0)
    return Said(start + first + 1, "\n".join(within[first:]))


def rows(file: str, heading: int, table: Sequence[Block]) -> Iterator[Row]:
    """The rows of the table, whose header names COLUMNS in any order."""
    titles = cells(table[0].text) if table else []
    missing = [it for it in COLUMNS if it not in titles]
    if missing:
        place = table[0].line if table else heading
        raise Refused(f"{file}:{place}: the table has no {missing[0]}; add that column")
    for row in table[2:]:  # the second is the line of dashes
        found = cells(row.text)
        if len(found) != len(titles):
            raise Refused(
                f"{file}:{row.line}: {len(found)} cells under {len(titles)} titles;"
                " write | within a cell as \\|"
            )
        name, word, required, description = (found[titles.index(it)] for it in COLUMNS)
        yield Row(row.line, uncoded(name), uncoded(word), required, description)


def cells(row: str) -> list[str]:
    """The cells between the bars; ``\\|`` is a bar within a cell, in code as well (GFM 4.10)."""
    found = [""]
    escaped = False
    for sign in row.strip().removeprefix("|"):
        if sign == "|" and not escaped:
            found.append("")
        else:
            found[-1] = (found[-1][:-1] if sign == "|" else found[-1]) + sign
        escaped = sign == "\\"
    return [it.strip() for it in (found if found[-1] else found[:-1])]


def uncoded(text: str) -> str:
    """The text within a code span (CommonMark 6.1), other text as it is."""
    inner = text.lstrip("`")
    fence = text[: len(text) - len(inner)]
    if text == "``":  # no code span, but what an empty value is written as
        return ""
    if not fence or not inner.endswith(fence):
        return text
    inner = inner.removesuffix(fence)
    spaced = len(inner) >= 2 and inner[0] == inner[-1] == " " and inner.strip()
    return inner[1:-1] if spaced else inner


def details(file: str, parts: Sequence[Block]) -> list[Details]:
    """Each heading ``### `name` `` of the section and what stands under it."""
    starts = [index for index, it in enumerate(parts) if it.kind == "###"]
    return [detail(file, parts[start], until(parts[start + 1 :], "###")) for start in starts]


def detail(file: str, heading: Block, parts: Sequence[Block]) -> Details:
    default = labelled(parts, "Default")
    return Details(
        heading.line,
        uncoded(heading.text),
        [constraint(file, it) for it in listed(parts)],
        Said(default[0].line, uncoded(default[0].text)) if default else None,
    )


def listed(parts: Sequence[Block]) -> Iterator[Block]:
    """The items under ``**Constraints:**``, up to the next line of other text."""
    within = False
    for it in parts:
        if it.kind == "item" and within:
            yield it
        elif it.text:
            within = it.kind == "text" and it.text.startswith("**Constraints:**")


def constraint(file: str, item: Block) -> Constraint:
    name, colon, value = item.text.partition(":")
    if not colon:
        raise Refused(f"{file}:{item.line}: {item.text!r} has no value; write - key: value")
    return Constraint(item.line, uncoded(name.strip()), uncoded(value.strip()))


def json_block(file: str, parts: Sequence[Block]) -> Said:
    found = [it for it in parts if it.kind == "code json"]
    if not found:
        raise Refused(f"{file}:{parts[0].line}: has no schema; add a block ```json under it")
    block = only(file, found, "block of JSON", "```json")
    return Said(block.line, block.text)

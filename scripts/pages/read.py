"""A reference page in Markdown -> Page: title, table, details and schema, each with its line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from contract.refusal import Refused
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node
from pages.markdown import LINE_ENDS

COLUMNS = ("Field", "Type", "Required", "Description")


# The texts of headings, lines and cells stay Markdown: descriptions are compared as written too.
BLOCKS = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])


CODE_SPANS = MarkdownIt("zero").enable("backticks")


class Passage(NamedTuple):
    line: int  # from 1
    text: str


class Row(NamedTuple):
    """A row of the table of fields, without the escapes of the table."""

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
    """The constraints and the default under ``### `name` ``."""

    line: int
    name: str
    constraints: Sequence[Constraint]
    default: Passage | None


@dataclass(frozen=True)
class Page:
    """``schema`` is the JSON of the page, its line that of the fence before it."""

    file: str
    title: Passage
    package: Passage
    description: Passage
    fields_line: int  # of the heading of the table
    rows: Sequence[Row]
    details: Sequence[Details]
    schema: Passage


def read_page(file: str, content: bytes) -> Page:
    """The parts of the page. Raises Refused with ``file:line: what; cure`` for a part it lacks."""
    lines = decode_lines(file, content)
    blocks = Node(BLOCKS.parse("\n".join(lines))).children
    opening = blocks_before(blocks, "h2")
    titles = [passage(it) for it in opening if it.tag == "h1"]
    title = only(file, titles, "title", "# Message")
    package = only(file, labelled_passages(opening, "Package"), "package", "**Package:** `a.b`")
    fields = section(file, blocks, "Fields")
    return Page(
        file=file,
        title=title,
        package=Passage(package.line, without_code_span(package.text)),
        description=description(lines, package.line, opening),
        fields_line=first_line(fields[0]),
        rows=list(table_rows(file, fields)),
        details=all_details(file, section(file, blocks, "Field Details", needed=False)),
        schema=json_block(file, section(file, blocks, "JSON Schema")),
    )


def decode_lines(file: str, content: bytes) -> list[str]:
    """The lines without their ends; other line separators of Unicode are text."""
    try:
        return LINE_ENDS.split(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(f"{file}: is not UTF-8; save it as UTF-8") from error


def first_line(block: Node) -> int:
    return block.map[0] + 1 if block.map else 0


def passage(block: Node) -> Passage:
    """The Markdown of a heading or a paragraph."""
    return Passage(first_line(block), block.children[0].content)


def blocks_before(blocks: Sequence[Node], tag: str) -> Sequence[Node]:
    """The blocks before the first heading of that level."""
    end = next((index for index, it in enumerate(blocks) if it.tag == tag), len(blocks))
    return blocks[:end]


def section(file: str, blocks: Sequence[Node], name: str, needed: bool = True) -> Sequence[Node]:
    """The heading ``## name`` and the blocks under it; none if the section is not needed."""
    starts = [
        index for index, it in enumerate(blocks) if it.tag == "h2" and passage(it).text == name
    ]
    if not starts and not needed:
        return []
    only(file, [passage(blocks[it]) for it in starts], f"section {name}", f"## {name}")
    return [blocks[starts[0]], *blocks_before(blocks[starts[0] + 1 :], "h2")]


def only(file: str, passages: Sequence[Passage], what: str, form: str) -> Passage:
    """The only passage; raises Refused for none and for a second."""
    if not passages:
        raise Refused(f"{file}:1: does not have a {what}; add {form}")
    if len(passages) > 1:
        raise Refused(f"{file}:{passages[1].line}: a second {what}; remove one")
    return passages[0]


def labelled_passages(blocks: Sequence[Node], label: str) -> list[Passage]:
    """What stands behind ``**label:**`` at the start of a line."""
    mark = f"**{label}:**"
    return [
        Passage(number, line.removeprefix(mark).strip())
        for block in blocks
        if block.type == "paragraph"
        for number, line in enumerate(passage(block).text.split("\n"), first_line(block))
        if line.startswith(mark)
    ]


def description(lines: list[str], start: int, opening: Sequence[Node]) -> Passage:
    """The text after the line ``start``, without the rule at its end; blocks of any kind."""
    end = max(it.map[1] for it in opening if it.map and it.type != "hr")
    blanks = next((index for index, it in enumerate(lines[start:end]) if it.strip()), 0)
    return Passage(start + blanks + 1, "\n".join(lines[start + blanks : end]).rstrip())


def table_rows(file: str, blocks: Sequence[Node]) -> Iterator[Row]:
    """The rows of the table, whose header names COLUMNS in any order."""
    tables = [it for it in blocks if it.type == "table"]
    form = f"| {' | '.join(COLUMNS)} | and a line of dashes"
    only(file, [Passage(first_line(it), "") for it in tables], "table of fields", form)
    header, *rows = [it for it in tables[0].walk() if it.type == "tr"]
    titles = cells(header)
    missing = [it for it in COLUMNS if it not in titles]
    if missing:
        line = first_line(header)
        raise Refused(f"{file}:{line}: the table does not have {missing[0]}; add that column")
    for row in rows:
        texts = cells(row)
        name, kind, required, text = (texts[titles.index(it)] for it in COLUMNS)
        yield Row(first_line(row), without_code_span(name), without_code_span(kind), required, text)


def cells(row: Node) -> list[str]:
    return [it.children[0].content for it in row.children]


def without_code_span(text: str) -> str:
    """The text within a code span, other text as it is."""
    if text == "``":  # no code span, but what an empty value is written as
        return ""
    spans = CODE_SPANS.parseInline(text)[0].children or []
    return spans[0].content if [it.type for it in spans] == ["code_inline"] else text


def all_details(file: str, blocks: Sequence[Node]) -> list[Details]:
    """The details under each heading ``### `name` `` of the section."""
    starts = [index for index, it in enumerate(blocks) if it.tag == "h3"]
    return [
        field_details(file, passage(blocks[start]), blocks_before(blocks[start + 1 :], "h3"))
        for start in starts
    ]


def field_details(file: str, heading: Passage, blocks: Sequence[Node]) -> Details:
    defaults = labelled_passages(blocks, "Default")
    return Details(
        heading.line,
        without_code_span(heading.text),
        [read_constraint(file, it) for it in constraint_items(blocks)],
        Passage(defaults[0].line, without_code_span(defaults[0].text)) if defaults else None,
    )


def constraint_items(blocks: Sequence[Node]) -> Iterator[Passage]:
    """The items of the lists that follow a line ``**Constraints:**``."""
    listed = False
    for block in blocks:
        if block.type != "bullet_list":
            last = passage(block).text.split("\n")[-1] if block.type == "paragraph" else ""
            listed = last.startswith("**Constraints:**")
        elif listed:
            yield from (passage(it) for it in block.walk() if it.type == "paragraph")


def read_constraint(file: str, item: Passage) -> Constraint:
    name, colon, value = item.text.partition(":")
    if not colon:
        fault = f"{item.text!r} does not have a value"
        raise Refused(f"{file}:{item.line}: {fault}; write - key: value")
    return Constraint(item.line, without_code_span(name.strip()), without_code_span(value.strip()))


def json_block(file: str, blocks: Sequence[Node]) -> Passage:
    fences = [
        Passage(first_line(block), block.content)
        for block in blocks
        if block.type == "fence" and block.info.lower().split()[:1] == ["json"]
    ]
    if not fences:
        line = first_line(blocks[0])
        raise Refused(f"{file}:{line}: does not have a schema; add a block ```json under it")
    return only(file, fences, "block of JSON", "```json")

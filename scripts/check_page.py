"""Reference pages against ``schemas/``: ``check_page.py PAGE.md … [--schemas DIR] [--format F]``.

Whether schemas/ and the page's tables still agree with the page's JSON Schema.
Exit status 0: they agree; 1: findings; 2: refused, a page or a schema could not be read.
"""

import argparse
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from contract.dialect import schema_refusals
from contract.json_values import (
    Location,
    is_array,
    is_equal,
    is_object,
    json_pointer,
    missing_values,
    short_json,
)
from contract.read import module_and_message, parse_schema
from contract.refusal import Refused
from contract.subschemas import Schema, subschemas
from pages.check_tables import table_findings
from pages.read import Page, read_page
from reports.formats import FORMATS, add_report_option
from reports.lines import line_at
from reports.report import Report, reported
from runtime._finding import Finding, exit_status, report_text

ROOT = File(__file__).parent.parent


# Keywords whose arrays are sets: their order does not change a verdict. It is reported because the
# order of enum is that of the members of a class.
SET_KEYWORDS = ("enum", "required", "type")


@dataclass(frozen=True)
class PageComparison:
    """How far ``schema``, a file, is the JSON Schema of ``page``: a key of SAME, or ``other``;
    and what is wrong with either."""

    page: str
    schema: str
    same: str
    findings: Sequence[Finding]

    def __str__(self) -> str:
        agreement = AGREEMENT_TEXTS[self.same]
        return f"{self.page}: agrees with itself; {self.schema} is its JSON Schema{agreement}"


AGREEMENT_TEXTS = {
    "bytes": " byte for byte",
    "json": " but for spacing, order of members or spelling",
    "order": " but for the order within enum, required or type",
}


def main(arguments: list[str] | None = None) -> int:
    return exit_status(lambda: run(parse_options(arguments)))


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Reference pages against schemas/.")
    parser.add_argument("pages", nargs="+", type=File, metavar="PAGE.md")
    parser.add_argument("--schemas", type=File, default=ROOT / "schemas", metavar="DIR")
    add_report_option(parser)
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    if not options.schemas.is_dir():
        raise Refused(f"{options.schemas}: no such folder; name one that is laid out like schemas/")
    comparisons = compare_pages(options.pages, options.schemas)
    print(comparisons_text(comparisons, options.format))
    return 1 if any(it.findings for it in comparisons) else 0


def comparisons_text(comparisons: list[PageComparison], form: str) -> str:
    """The report on all pages."""
    findings = [finding for it in comparisons for finding in it.findings]
    if form == "json":
        pages = [{"page": it.page, "schema": it.schema, "same": it.same} for it in comparisons]
        return report_text(findings, form, pages=pages)
    texts = [report_text(it.findings, "text") or str(it) for it in comparisons]
    if form == "text":
        return "\n".join(texts)
    verdict = f"pages {len(comparisons)}, differences {len(findings)}"
    files = [file for it in comparisons for file in (it.page, it.schema)]
    agreeing = [str(it) for it in comparisons if not it.findings]
    return FORMATS[form](Report("source", verdict, reported(findings), files, agreeing))


def compare_pages(pages: Iterable[File], schemas: File) -> list[PageComparison]:
    """The comparison of each page; raises Refused with the refusals of all at once."""
    comparisons: list[PageComparison] = []
    refusals: list[str] = []
    for path in pages:
        try:
            comparisons.append(compare_page(path, schemas))
        except Refused as refused:
            refusals.append(str(refused))
    if refusals:
        raise Refused(*refusals)
    return comparisons


def compare_page(path: File, schemas: File) -> PageComparison:
    page = read_page(os.path.relpath(path), path.read_bytes())
    schema = page_schema(page)
    target = schemas / schema_file(page)
    file = os.path.relpath(target)
    same, drifted = compare_schemas(
        page, schema, file, target.read_bytes() if target.is_file() else None
    )
    return PageComparison(page.file, file, same, [*drifted, *table_findings(page, schema)])


def schema_file(page: Page) -> str:
    """MODULE/MESSAGE.json: the package's last part is the module, the title the message."""
    file = f"{page.package.text.rsplit('.', 1)[-1]}/{page.title.text}.json"
    try:
        module_and_message(file)
    except Refused as refused:
        raise Refused(f"{page.file}:{page.title.line}: {refused}") from refused
    return file


def page_schema(page: Page) -> Schema:
    """The page's JSON Schema, checked; where it is not JSON, by the line of the page."""
    lines, place = "\n" * page.schema.line, f"{page.file}:{page.schema.line}"
    schema = checked_schema(place, parse_schema(page.file, (lines + page.schema.text).encode()))
    if not is_object(schema):
        raise Refused(f"{place}: does not have fields; write an object")
    return schema


def checked_schema(file: str, schema: Schema | bool) -> Schema | bool:
    """The schema, in the dialect of the contract."""
    faults = schema_refusals(schema)
    if faults:
        raise Refused(*(f"{file}#{fault}" for fault in faults))
    return schema


def compare_schemas(
    page: Page, theirs: Schema, file: str, text: bytes | None
) -> tuple[str, list[Finding]]:
    """How far the file is the page's JSON Schema, a key of SAME or ``other``, and where not."""
    source = f"the JSON Schema of {page.file}:{page.schema.line}"
    if text is None:
        what = f"is not there; write {source} into it and run make"
        return "other", [Finding(file, "missing", what)]
    if text == page.schema.text.encode():
        return "bytes", []
    ours = checked_schema(file, parse_schema(file, text))
    if is_equal(ours, theirs):
        return "json", []
    cure = f"take over {source} and run make, or correct the page"
    findings = [
        Finding(
            file,
            kind,
            f"{kind}; {what}; {cure}",
            json_pointer(path),
            line_at(text.decode("utf-8-sig"), path),
        )
        for path, kind, what in schema_differences(
            ours, theirs, (), set_locations(ours) & set_locations(theirs)
        )
    ]
    return "other" if findings else "order", findings


# The place, ``changed``, ``missing`` or ``extra``, and what is there.
SchemaDifference = tuple[Location, str, str]


def schema_differences(
    ours: Any, theirs: Any, path: Location, sets: Collection[Location]
) -> Iterator[SchemaDifference]:
    """The least places at which schemas/ and the page differ."""
    if is_object(ours) and is_object(theirs):
        yield from child_differences(ours, theirs, path, sets)
    elif is_array(ours) and is_array(theirs) and path in sets:
        yield from (missing_difference(path, it) for it in missing_values(theirs, ours))
        yield from (extra_difference(path, it) for it in missing_values(ours, theirs))
    elif is_array(ours) and is_array(theirs):
        yield from child_differences(dict(enumerate(ours)), dict(enumerate(theirs)), path, sets)
    elif not is_equal(ours, theirs):
        yield path, "changed", f"is {short_json(ours)}, in the page {short_json(theirs)}"


def child_differences(
    ours: Mapping[Any, Any], theirs: Mapping[Any, Any], path: Location, sets: Collection[Location]
) -> Iterator[SchemaDifference]:
    """The differences of the children, by member or by index."""
    for step in dict.fromkeys([*ours, *theirs]):
        place = (*path, step)
        if step not in ours:
            yield missing_difference(place, theirs[step])
        elif step not in theirs:
            yield extra_difference(place, ours[step])
        else:
            yield from schema_differences(ours[step], theirs[step], place, sets)


def missing_difference(path: Location, value: Any) -> SchemaDifference:
    return path, "missing", f"the page has {short_json(value)}"


def extra_difference(path: Location, value: Any) -> SchemaDifference:
    return path, "extra", f"the page does not have {short_json(value)}"


def set_locations(schema: Schema | bool) -> set[Location]:
    """The places of SET_KEYWORDS in a schema, without those in its data."""
    if not is_object(schema):
        return set()
    return {(*path, word) for path, it in subschemas(schema) for word in SET_KEYWORDS if word in it}


if __name__ == "__main__":
    sys.exit(main())

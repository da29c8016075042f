"""Why a command could not run, in the format that was asked for, beside the lines for people."""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from reports.formats import FORMATS
from reports.lines import line_at, steps_of
from reports.report import Report, reported
from runtime._finding import Finding, Refused, display_path


@contextmanager
def refusals_shown(command: str, form: str, schemas: Path) -> Generator[None]:
    """Print the report of a refusal raised within, and raise it again with the lines of its places;
    text and JSON print none.

    ``schemas`` is the folder that the files of the findings may lie in.
    """
    try:
        yield
    except Refused as refused:
        findings = [located(it, schemas) for it in refused.findings]
        if form in FORMATS:
            print(FORMATS[form](Report(command, "could not run", reported(findings))))
        raise Refused(*findings) from None


def located(finding: Finding, schemas: Path) -> Finding:
    """The finding with the path that opens its file, and with the line of its pointer."""
    path = schemas / finding.file
    if not finding.file or not path.is_file():
        return finding
    line = finding.line
    if finding.pointer is not None:
        with suppress(ValueError, RecursionError):  # what is not JSON does not have places
            line = line_at(path.read_text("utf-8"), steps_of(finding.pointer))
    return replace(finding, file=display_path(path), line=line)

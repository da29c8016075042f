"""What ``git diff`` shows of a schema: the lines that differ, the verdict, and a witness.

Git runs this as an external diff driver (gitattributes, "Defining an external diff driver"):
``diff_schemas.py PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE``.
Exit status 0, because git stops at any other; 2: a file could not be read.
"""

import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from compatibility.report import Report
from compatibility.revisions import Revision, build_revision
from compatibility.show import alike_messages, comparison_lines
from contract.project import ROOT, contract_settings
from contract.read import read_schema_files
from contract.refusal import Refused
from runtime._finding import exit_status

USAGE = "diff_schemas.py: is for git alone; see Review a change in schemas/README.md"
SCHEMAS = "schemas/"


def main(arguments: list[str] | None = None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    return exit_status(lambda: run(given))


def run(given: list[str]) -> int:
    if len(given) < 5 or not given[0].startswith(SCHEMAS):
        raise Refused(USAGE)
    path, old, new = given[0], *(file_content(given[it]) for it in (1, 4))
    print(*diff_lines(path, old, new), sep="\n")
    try:
        print(*verdict_lines(path.removeprefix(SCHEMAS), old, new), sep="\n")
    except Refused as refused:
        print(refused)
    return 0


def file_content(name: str) -> bytes:
    """The content of a file; git calls a missing one /dev/null."""
    return Path(name).read_bytes()


def diff_lines(path: str, old: bytes, new: bytes) -> Iterator[str]:
    before, after = (it.decode(errors="replace").splitlines() for it in (old, new))
    yield from unified_diff(before, after, f"a/{path}", f"b/{path}", lineterm="")


def verdict_lines(file: str, old: bytes, new: bytes) -> Iterator[str]:
    """The verdict on the edit of one file; the other files are as they are now."""
    others = {it: text for it, text in read_schema_files(ROOT / SCHEMAS).items() if it != file}
    before = revision("the old schema", others, file, old)
    report = Report(before, revision("the new schema", others, file, new), False, False)
    for alike in alike_messages(report):
        if alike[0].bump != "none":
            yield from comparison_lines(alike, report)


def revision(name: str, others: dict[str, bytes], file: str, text: bytes) -> Revision:
    sources = dict(sorted({**others, **({file: text} if text else {})}.items()))
    return build_revision(name, None, sources, contract_settings())


if __name__ == "__main__":
    sys.exit(main())

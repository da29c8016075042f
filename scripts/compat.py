"""What changed for whom: ``compat.py [OLD [NEW]] [--strict] [--format text|json|github]``.

OLD and NEW are each a tag or another ref of this repository or a folder laid out like
``schemas/``; by default the last release is compared with the working tree, which is compared with
every supported version too.

Exit status 0: the version says what changed; 1: it understates it, or something is undecided;
2: could not compare.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from compatibility.report import Report
from compatibility.revisions import (
    Revision,
    is_before_first_release,
    last_release_tag,
    named_revision,
    release_revision,
    release_tag,
    release_tags,
    supported_tags,
    working_tree_revision,
)
from compatibility.show import FORMATTERS
from runtime._finding import add_format_option, exit_status


def main(arguments: list[str] | None = None) -> int:
    return exit_status(lambda: run(parse_options(arguments)))


def run(chosen: argparse.Namespace) -> int:
    new = working_tree_revision() if chosen.new is None else named_revision(chosen.new)
    reports = [Report(it, new, chosen.strict, judged) for it, judged in base_revisions(chosen)]
    print(FORMATTERS[chosen.format](reports))
    return 1 if any(it.is_failing for it in reports) else 0


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What changed for whom between two contracts.")
    parser.add_argument("old", nargs="?", help="a ref or a folder; default: the last release")
    parser.add_argument("new", nargs="?", help="a ref or a folder; default: the working tree")
    parser.add_argument("--strict", action="store_true", help="take the mild for what it is")
    add_format_option(parser)
    return parser.parse_args(arguments)


def base_revisions(chosen: argparse.Namespace) -> Iterator[tuple[Revision, bool]]:
    """What to compare with, and whether the version is judged by it: what was never released
    promised nobody anything, then the last release has the say."""
    if not chosen.old and is_before_first_release():
        return
    known = release_tags()
    first = named_revision(chosen.old) if chosen.old else release_revision(last_release_tag())
    promised = not known or first.version is None or release_tag(first.version) in known
    yield first, promised
    others = [] if chosen.new else supported_tags()
    if not promised:
        is_ref = chosen.new and not Path(chosen.new).is_dir()
        others = [last_release_tag(chosen.new if is_ref else "HEAD"), *others]
    for name in dict.fromkeys(others):
        if name != first.name:
            yield release_revision(name), True


if __name__ == "__main__":
    sys.exit(main())

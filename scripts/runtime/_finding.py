"""Findings for people, for programs and for GitHub: a line, a member, an annotation each.

The standard library alone, for a copy answers for itself where nothing else is installed.
"""

import errno
import json
import os
import re
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    import argparse  # whoever imports a model needs none

REPORT_FORMATS = ("text", "json", "github")
# The exit status that a shell gives to a program ended by SIGINT, by SIGPIPE.
INTERRUPTED_STATUS, PIPE_CLOSED_STATUS = 128 + 2, 128 + 13


@dataclass(frozen=True)
class Finding:
    """What is wrong with a file, with its cure; ``kind`` is one word for programs, ``pointer``
    a JSON Pointer (RFC 6901) into the file or None for the whole of it, ``line`` counts from 1.
    Of a file that holds a document on each line the pointer leads into that document."""

    file: str
    kind: str
    what: str
    pointer: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.file else self.what

    @property
    def place(self) -> str:
        """File, line and pointer, as far as they are known."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return place if self.pointer is None else f"{place}#{self.pointer}"

    @property
    def within_file(self) -> str:
        """The finding for a reader who sees its file and its line already."""
        return self.what if self.pointer is None else f"{self.pointer or 'the root'}: {self.what}"

    @property
    def message(self) -> str:
        """What is wrong, without the cure."""
        return self.what.partition("; ")[0]

    @property
    def cure(self) -> str:
        """What to write or to type, "" if that is not said."""
        return self.what.partition("; ")[2]

    def members(self) -> dict[str, Any]:
        """For JSON; ``line`` only where there is one."""
        return {name: it for name, it in vars(self).items() if name != "line" or it is not None}


REFUSED = "refused"  # the kind of a finding for which a command could not run
LINE = re.compile(r"(?P<file>[^\s#:][^#:]*)(?::(?P<line>\d+))?(?:#(?P<pointer>.*?))?: (?P<what>.*)")


class Refused(Exception):  # noqa: N818 - it is an answer, not a mistake of ours
    """What cannot be kept exact or done: findings, or lines of ``file#pointer: what; cure``."""

    def __init__(self, *faults: str | Finding) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.findings = tuple(finding for it in faults for finding in findings_in(it))


def findings_in(fault: str | Finding) -> list[Finding]:
    """The finding itself, or that of each line."""
    return [fault] if isinstance(fault, Finding) else [*map(parse_line, fault.splitlines())]


def parse_line(text: str) -> Finding:
    """The finding that is written so; one without a place if none is written."""
    parts = LINE.fullmatch(text)
    if parts is None:
        return Finding("", REFUSED, text)
    line = None if parts["line"] is None else int(parts["line"])
    return Finding(parts["file"], REFUSED, parts["what"], parts["pointer"], line)


def exit_status(run: Callable[[], int]) -> int:
    """What ``run`` returns (0 fine, 1 a finding), or 2 and one line why it could not run.

    128 and the number of the signal after Ctrl-C, or if the reader of a pipe closed it.
    """
    try:
        return reported_status(run)
    except OSError as error:  # the line cannot be written either
        return output_fault_status(error)


def reported_status(run: Callable[[], int]) -> int:
    """The exit status; why the run failed is on standard error. Raises OSError if one of the
    standard streams cannot be written."""
    try:
        return flushed_status(run)
    except KeyboardInterrupt:
        return INTERRUPTED_STATUS
    except Refused as refused:
        print(refused, file=sys.stderr)
    except OSError as error:
        if is_of_output(error):
            raise
        place = f"{error.filename}: " if error.filename is not None else ""
        print(f"{place}{error.strerror}; name what can be read and written", file=sys.stderr)
    except Exception as error:  # a mistake of ours is no finding: exit status 1 is for those alone
        print(failure_line(error), file=sys.stderr)
        if sys.flags.dev_mode:
            import traceback

            traceback.print_exc()
    return 2


def flushed_status(run: Callable[[], int]) -> int:
    """What ``run`` returns once standard output is written: at exit no fault could be named."""
    try:
        return run()
    finally:
        print(end="", flush=True)


def is_of_output(error: OSError) -> bool:
    """Whether a standard stream cannot be written. An error that names a file is of that file."""
    of_full_disk = error.errno == errno.ENOSPC and error.filename is None
    return isinstance(error, BrokenPipeError) or of_full_disk or bool(broken_outputs())


def output_fault_status(error: OSError) -> int:
    """The exit status if a standard stream cannot be written. A closed pipe needs no words."""
    broken = broken_outputs()
    for stream in broken.values():  # what is left in it is lost, and is not tried again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED_STATUS
    with suppress(OSError):
        names = " and ".join(broken) or "standard output"
        print(f"{names}: {error.strerror}; name an output with room", file=sys.stderr)
    return 2


def broken_outputs() -> dict[str, TextIO]:
    """The standard streams that do not take what waits to be written, by their names. Nothing
    waits in a stream that Python does not buffer."""
    broken: dict[str, TextIO] = {}
    for name, stream in (("standard output", sys.stdout), ("standard error", sys.stderr)):
        try:
            print(end="", file=stream, flush=True)
        except OSError:
            broken[name] = stream
    return broken


@contextmanager
def faults_named(file: str) -> Generator[None]:
    """Every OSError inside names the file: one of writing has no name by itself."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, file) from error


@contextmanager
def failures_at(place: str) -> Generator[None]:
    """Whatever fails in here without being refused failed at ``place``, ``file#``."""
    try:
        yield
    except Exception as error:
        if not hasattr(error, "failed_at"):  # the innermost place is the nearest
            vars(error).update(failed_at=place, failed_line=failing_line(error))
        raise


def failure_line(error: Exception) -> str:
    """One line of a mistake of the tool's own: where in a schema, what, and where in the code.

    In a copy it may be a mistake of whoever edited that.
    """
    what = f"{type(error).__name__}: {str(error)[:200]}".splitlines()[0].rstrip(": ")
    place = f"{vars(error)['failed_at']}: " if "failed_at" in vars(error) else ""
    line = vars(error).get("failed_line") or failing_line(error)
    is_copy = Path(__file__).with_name("manifest.json").exists()
    return (
        f"{place}the {'copy' if is_copy else 'tool itself'} failed at {line} ({what});"
        f"{f' see python -m {__package__} verify; if the copy is intact,' if is_copy else ''}"
        " report this line and the input to the maintainers of the tool, python -X dev shows"
        " them more"
    )


def failing_line(error: Exception) -> str:
    """The innermost line of our own code, as ``folder/module.py:12``."""
    step, here = error.__traceback__, Path(__file__).parents[1]
    line = "a place unknown"
    while step is not None:
        path = Path(step.tb_frame.f_code.co_filename)
        if here in path.parents:
            line = f"{path.relative_to(here).as_posix()}:{step.tb_lineno}"
        step = step.tb_next
    return line


def display_path(path: Path) -> str:
    """The path as the caller would type it, which is how GitHub names files too."""
    path, here = Path(os.path.abspath(path)), Path.cwd()  # a link is named, not what it leads to
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def add_format_option(parser: "argparse.ArgumentParser") -> None:
    parser.add_argument("--format", choices=REPORT_FORMATS, default="text", help="of the findings")


def print_report(findings: Iterable[Finding], form: str, numbers: str, **more: Any) -> int:
    """Print the report, then the numbers if there are any; the exit status it comes to."""
    reported = [*findings]
    if reported or form == "json":
        print(report_text(reported, form, **more))
    if numbers and form != "json":
        print(numbers)
    return 1 if reported else 0


def report_text(findings: Iterable[Finding], form: str, **more: Any) -> str:
    """The findings in one of FORMATS; ``more`` are members of the JSON object beside them."""
    if form == "json":
        return dump_json({**more, "findings": [finding.members() for finding in findings]})
    if form == "github":
        return "\n".join(
            github_annotation(it.file, it.within_file, line=it.line) for it in findings
        )
    return "\n".join(map(str, findings))


def dump_json(members: Mapping[str, Any]) -> str:
    return json.dumps(members, indent=2, ensure_ascii=False)


def github_annotation(file: str, text: str, level: str = "error", line: int | None = None) -> str:
    """A workflow command of GitHub Actions, whose values have three characters escaped."""
    place = escape_github(file).replace(":", "%3A").replace(",", "%2C")
    if line is not None:
        place += f",line={line}"
    return f"::{level} file={place}::{escape_github(text)}"


def escape_github(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

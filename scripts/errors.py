"""The one answer other than success, and what a command makes of it."""

import sys
import traceback
from collections.abc import Callable


class Refused(Exception):  # noqa: N818 - it is an answer, not a mistake of ours
    """What cannot be kept exact or done: lines of ``file#pointer: what; cure``."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))


def status(command: Callable[[], int]) -> int:
    """The exit status of a command: its own, or 2 with a line that says why it could not run."""
    try:
        return command()
    except Refused as refused:
        print(refused, file=sys.stderr)
    except OSError as error:
        cure = "name what can be read and written"
        print(f"{error.filename}: {error.strerror}; {cure}", file=sys.stderr)
    except Exception:  # a mistake of ours is no finding: exit status 1 is for findings alone
        traceback.print_exc()
    return 2

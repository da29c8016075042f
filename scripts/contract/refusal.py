"""The one answer other than success, the same in scripts/ and in the copies of others."""

from collections.abc import Generator
from contextlib import contextmanager

from runtime._finding import Refused

__all__ = ["TOO_DEEP", "Refused", "depth_refused"]

TOO_DEEP = "is nested too deeply; move parts into $defs"


@contextmanager
def depth_refused(place: str) -> Generator[None]:
    """Refuse the schema at ``place`` if Python's limit of recursion ends what reads it."""
    try:
        yield
    except RecursionError as error:
        raise Refused(f"{place}: {TOO_DEEP}") from error

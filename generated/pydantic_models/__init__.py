"""The contract's messages as Pydantic models: one module for each folder of schemas."""

from collections.abc import Iterable, Iterator

from ._finding import Finding

__all__ = ["Finding", "__version__", "findings"]

__version__ = "1.0.0"


def findings(
    message: str, lines: Iterable[str | bytes | bytearray | None], file: str = "-"
) -> Iterator[Finding]:
    """What is wrong with documents of ``MODULE.MESSAGE``, one on each line; blank lines are none.

    For the partitions of an engine: a function of a module, with arguments that can be pickled.
    ``file`` is what the findings name, their ``line`` counts from 1. Raises Refused if there is
    no such message. Pydantic is imported when it is called.
    """
    from ._judge import Judge

    return Judge(message).lines(lines, file)

"""How much a search or a proof may do: counted steps, which are the same on every machine."""

from dataclasses import dataclass
from math import inf
from typing import NoReturn


class OutOfWork(Exception):  # noqa: N818 - it is an answer
    """The steps that were allowed are done."""


@dataclass
class Work:
    """The steps that are ``left``; one step looks at about one subschema."""

    left: float = inf

    def spend(self, steps: int = 1) -> None:
        """Count steps before they are done.

        Raises OutOfWork if so many are not left.
        """
        self.left -= steps
        if self.left < 0:
            raise OutOfWork

    def end(self) -> NoReturn:
        """Leave what is left; raises OutOfWork."""
        self.left = -1
        raise OutOfWork

    @property
    def is_done(self) -> bool:
        """Whether more was asked for than was left."""
        return self.left < 0

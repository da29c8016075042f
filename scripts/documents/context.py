"""Where a schema stands while its documents are made."""

from dataclasses import dataclass, replace

from contract.subschemas import Schema
from documents.search import Names

DEEP = 6  # schemas beside a schema


@dataclass(frozen=True)
class Place:
    """Where a schema stands: the definitions entered, what else its value has to satisfy."""

    trail: Names = ()
    beside: tuple[Schema | bool, ...] = ()

    def within(self, *schemas: Schema | bool) -> "Place":
        """Deep within others only the last ones count: the search is bounded."""
        return replace(self, beside=(*self.beside, *schemas)[-DEEP:])

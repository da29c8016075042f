"""What a keyword may ask of a proof; the prover answers (``prover.py``)."""

from collections.abc import Iterator
from typing import Protocol

from compatibility.inclusion.conjunctions import Conjunction
from contract.subschemas import Definitions, Subschema
from oracle.oracle import Oracle


class Proof(Protocol):
    """A proof in progress; each answer True is proven, False is not known."""

    definitions: Definitions
    oracle: Oracle

    def can_prove(self, left: tuple[Subschema, ...], right: Subschema) -> bool:
        """Whether all that satisfies each of ``left`` satisfies ``right``."""
        ...

    def is_implied(self, case: Conjunction, schema: Subschema) -> bool:
        """Whether all of the case satisfies the schema."""
        ...

    def is_implied_by_pieces(self, case: Conjunction, schema: Subschema) -> bool:
        """The same, if need be piece by piece."""
        ...

    def is_disjoint(self, case: Conjunction, schema: Subschema) -> bool:
        """Whether nothing of the case satisfies the schema."""
        ...

    def empty(self, case: Conjunction) -> bool:
        """Whether no value satisfies the case."""
        ...

    def refined_cases(self, case: Conjunction, *schemas: Subschema) -> Iterator[Conjunction]:
        """The cases of what satisfies the schemas too, without those proven to be empty."""
        ...

    def cases_without(self, case: Conjunction, *schemas: Subschema) -> Iterator[Conjunction]:
        """What of a case satisfies none of the schemas."""
        ...

    def member(self, case: Conjunction, name: str) -> tuple[Subschema, ...]:
        """The schemas of the member of this name."""
        ...

    def item_schemas(self, case: Conjunction, index: int) -> tuple[Subschema, ...]:
        """The schemas of the item at this index."""
        ...

    def is_forbidden(self, case: Conjunction, name: str) -> bool:
        """Whether no object of the case has a member of this name."""
        ...

"""What a keyword's cases are made with: the place of its schema, and the search for values."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from contract.subschemas import Schema, Subschema
from documents.pool import Case
from documents.search import ValueSearch
from documents.views import Names, View

MAX_BESIDE = 6  # schemas that a value has to satisfy beside its own


@dataclass(frozen=True)
class Place:
    """Where a schema stands: the definitions entered, and the schemas beside it."""

    trail: Names = ()
    beside: tuple[Subschema, ...] = ()

    def within(self, *schemas: Subschema) -> "Place":
        """The place with these schemas beside it too; only the last ones are kept."""
        return replace(self, beside=(*self.beside, *schemas)[-MAX_BESIDE:])


class Documents(Protocol):
    """The boundary documents of one message, as the cases of a keyword use them."""

    search: ValueSearch

    @property
    def has_many(self) -> bool:
        """Whether so many are drawn that one of a kind has to be enough."""
        ...

    def cases(self, schema: Subschema, place: Place) -> Iterator[Case]:
        """The values to try where ``schema`` stands: the pool, then those of its keywords."""
        ...

    def keyword_cases(self, schema: Subschema, place: Place) -> Iterator[Case]:
        """The values on both sides of each keyword of ``schema``."""
        ...

    def examples_of(self, name: str, place: Place, *schemas: Subschema) -> Iterator[Case]:
        """The least and the complete value of these schemas, where there is one."""
        ...

    def find(self, place: Place, *schemas: Subschema, complete: bool = True) -> Any:
        """A value of these schemas, or NONE."""
        ...

    def object(self, schema: Schema, place: Place, *, complete: bool) -> dict[str, Any]:
        """A valid object, or an empty one if the search finds none."""
        ...

    def array(self, schema: Schema, place: Place) -> list[Any]:
        """A valid array, or an empty one if the search finds none."""
        ...

    def view(self, schema: Schema, place: Place) -> View:
        """The schemas that a value of ``schema`` has to satisfy at this place."""
        ...


def allowed_names(documents: Documents, schema: Schema, place: Place, wanted: Schema) -> list[str]:
    """A name that is wanted and that ``propertyNames`` allows; none without that keyword."""
    if "propertyNames" not in schema:
        return []
    name = documents.find(Place(place.trail, (schema["propertyNames"],)), wanted)
    return [name] if isinstance(name, str) else []

"""What a schema says of its own end: ``deprecated: true`` (Validation 9.3), and ``x-sunset``, the
first day on which it may be gone (as the header of RFC 8594)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from contract.drafts import LATEST_DRAFT, schemas_with_draft
from contract.json_values import is_object, json_pointer
from contract.settings import written_date
from contract.subschemas import Schema
from runtime._finding import Finding

SUNSET = "x-sunset"


def sunset_of(schema: Any) -> date | None:
    """The first day on which what is deprecated may be gone."""
    return written_date(schema.get(SUNSET)) if is_deprecated(schema) else None


def is_deprecated(schema: Any) -> bool:
    return is_object(schema) and schema.get("deprecated") is True


def sunset_faults(schemas: Mapping[str, Any]) -> Iterator[Finding]:
    """A finding for each sunset that is not a date or stands without ``deprecated``; the schemas
    are by path, as they are written."""
    for file, schema in schemas.items():
        for path, _, inner in schemas_with_draft(schema, LATEST_DRAFT):
            if SUNSET in inner:
                place = json_pointer((*path, SUNSET))
                yield from (Finding(file, "sunset", what, place) for what in faults_of(inner))


def faults_of(schema: Schema) -> Iterator[str]:
    if written_date(schema[SUNSET]) is None:
        yield f'{schema[SUNSET]!r} is not a date; write "2027-01-31", a date of this form'
    if not is_deprecated(schema):
        yield 'stands without "deprecated": true; add that, or remove it'

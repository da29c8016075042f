"""Two versions of one message, compared; and small schemas to compare."""

import json
from typing import Any

from compatibility.findings import MessageComparison
from compatibility.report import Report
from compatibility.revisions import build_revision

from tests.zoo.changes import SCHEMA, SOURCE
from tests.zoo.first_contract import FILE

MESSAGE = FILE.removesuffix(".json")
BASE = build_revision("1.0.0", None, {FILE: SOURCE})


def as_source(schema: Any) -> bytes:
    return json.dumps(schema, indent=2).encode()


def comparison(old: Any, new: Any, *, strict: bool = False) -> MessageComparison:
    before, after = (
        BASE if it is SCHEMA else build_revision("1.1.0", None, {FILE: as_source(it)})
        for it in (old, new)
    )
    (compared,) = Report(before, after, strict, True).comparisons
    return compared


def tuple_of(number: int, **more: Any) -> Any:
    return {"type": "array", "prefixItems": [{}] * number, "items": False, **more}

"""Faults counted by the place in the document and the keyword of JSON Schema that they fail."""

import json
from collections import Counter
from collections.abc import Iterable

from ._lines import json_pointer, printable_text

Place = tuple[str, str]  # a JSON Pointer with * for each index of an array, and a keyword
MAX_PLACES = 1000  # names of members may be data, and every document have others
OTHER_PLACES: Place = ("(other places)", "(any)")
# Kind of error -> keyword (JSON Schema 2020-12, Validation; Core, section 10).
KEYWORDS = {
    "missing": "required",
    "extra_forbidden": "additionalProperties",
    "enum": "enum",
    "literal_error": "enum",
    "int_from_float": "type",
    "finite_number": "type",
    "greater_than_equal": "minimum",
    "less_than_equal": "maximum",
    "greater_than": "exclusiveMinimum",
    "less_than": "exclusiveMaximum",
    "multiple_of": "multipleOf",
    "string_too_short": "minLength",
    "string_too_long": "maxLength",
    "string_pattern_mismatch": "pattern",
    "uuid_parsing": "format",
    "any_of": "anyOf",
    "union_tag_invalid": "enum",
    "union_tag_not_found": "required",
}
SIZE_KEYWORDS = {
    ("too_short", "List"): "minItems",
    ("too_long", "List"): "maxItems",
    ("too_short", "Dictionary"): "minProperties",
    ("too_long", "Dictionary"): "maxProperties",
}
NOT_JSON = ("json_invalid", "json_type", "encoding")
ASSERTION_START = "Input should satisfy "


def place_of(kind: str, what: str, path: Iterable[str | int]) -> Place:
    """Where an error belongs in the table."""
    pattern = json_pointer("*" if isinstance(step, int) else step for step in path)
    return pattern, keyword_of(kind, what)


def keyword_of(kind: str, what: str) -> str:
    """The keyword that an error fails, or the kind of the error if it is no keyword's."""
    if kind == "assertion":
        return what.removeprefix(ASSERTION_START).partition(":")[0].partition(" at ")[0]
    if kind in NOT_JSON:
        return "(no JSON)"
    known = KEYWORDS.get(kind) or SIZE_KEYWORDS.get((kind, what.split(" ")[0]))
    return known or ("type" if kind.endswith("_type") else kind)


def add_places(counted: Counter[Place], more: Counter[Place]) -> None:
    """Add numbers; beyond MAX_PLACES places they are added up in one."""
    for place, number in more.items():
        is_known = place in counted or len(counted) < MAX_PLACES
        counted[place if is_known else OTHER_PLACES] += number


def places_text(counted: Counter[Place], form: str) -> str:
    """A row for each place, the most frequent first; for programs an object on each line."""
    rows = sorted(counted.items(), key=lambda it: (-it[1], it[0]))
    cells = [
        {"findings": number, "keyword": keyword, "pointer": pointer}
        for (pointer, keyword), number in rows
    ]
    if form == "json":
        return "".join(json.dumps(it) + "\n" for it in cells)
    table = [["findings", "keyword", "pointer"]] if cells else []
    table += [[printable_text(str(it) or '""') for it in cell.values()] for cell in cells]
    width = max((len(keyword) for _, keyword, _ in table), default=0)
    lines = (f"{number:>8}  {word:{width}}  {it}".rstrip() for number, word, it in table)
    return "".join(f"{line}\n" for line in lines)

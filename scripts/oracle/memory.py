"""What the oracle remembers: equal values as one object, and the values and the types that a
validator accepts or rejects.

The documents of one schema have most of their parts in common. With this memory each subschema
judges a part once, and a document takes the time of what is new in it.

Entries are known by the identity of objects, and each entry keeps these objects alive.
"""

from typing import Any, TypeVar

from contract.json_values import is_array, is_object, with_exact_integers

MAX_ENTRIES = 500_000  # of one table, about 100 MB

Entry = TypeVar("Entry")
Table = dict[Any, Entry]

VALUES: Table[Any] = {}
KEPT_VALUES: Table[tuple[Any, Any]] = {}
SUBSCHEMA_VALIDATORS: Table[tuple[Any, Any, Any]] = {}
TARGET_VALIDATORS: Table[tuple[Any, Any]] = {}
ACCEPTED: Table[tuple[Any, Any]] = {}
REJECTED: Table[tuple[Any, Any]] = {}
TYPED: Table[tuple[bool, Any]] = {}
PREFERRED_CAUSES: Table[tuple[int, Any]] = {}  # by the branches of a union


def remember(table: Table[Entry], key: Any, entry: Entry) -> Entry:
    """The entry, which the table holds from now on; a full table begins anew."""
    if len(table) >= MAX_ENTRIES:
        table.clear()
    table[key] = entry
    return entry


def known_value(value: Any) -> Any:
    """The one object for this JSON value, with exact integers; nobody may change it.

    Values are equal here if their types are equal too: 1, 1.0 and true are three values.
    """
    kept = KEPT_VALUES.get(id(value))
    if kept is not None:
        return kept[1]
    if is_object(value):
        made: Any = {name: known_value(member) for name, member in value.items()}
        key: Any = (*made, *map(id, made.values()))
    elif is_array(value):
        made = [known_value(item) for item in value]
        key = (list, *map(id, made))
    else:
        key = (value.__class__, value)
        made = value if key in VALUES else with_exact_integers(value)
    return VALUES[key] if key in VALUES else remember(VALUES, key, made)


def keep(value: Any) -> Any:
    """The value itself, which nobody changes from now on: it is known by its identity."""
    if id(value) not in KEPT_VALUES and (is_object(value) or is_array(value)):
        for inner in value.values() if is_object(value) else value:
            keep(inner)
        remember(KEPT_VALUES, id(value), (value, known_value(value)))
    return value

"""``model_json_schema()`` against the schema it was generated from."""

import json
from collections.abc import Iterator
from typing import Any

from contract.json_values import is_array, is_equal, is_object, json_pointer
from contract.subschemas import Schema
from pydantic import BaseModel


def emitted_differences(model: type[BaseModel], schema: Schema) -> Iterator[str]:
    """Where ``model_json_schema()`` differs from the source, in either mode."""
    emitted = [model.model_json_schema(mode=mode) for mode in ("validation", "serialization")]
    places = dict.fromkeys(
        place for it in emitted for place in schema_differences(in_order(schema), in_order(it))
    )
    yield from (f"{place}: the models emit this otherwise; report this schema" for place in places)


def sorted_json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


UNORDERED_KEYWORDS = (("enum",), ("type",), ("anyOf",), ("oneOf",))


def in_order(value: Any, word: str = "") -> Any:
    """The schema with its unordered lists sorted at every depth, within other lists too."""
    if word in ("const", "default", "examples"):
        return value
    if is_object(value):
        return {name: in_order(it, name) for name, it in value.items()}
    if not is_array(value):
        return value
    items = value if word == "enum" else [in_order(it) for it in value]
    return sorted(items, key=sorted_json) if (word,) in UNORDERED_KEYWORDS else items


def schema_differences(
    source: Any, emitted: Any, path: tuple[str | int, ...] = ()
) -> Iterator[str]:
    """JSON Pointers of the innermost values that differ.

    Python takes ``Literal["a", "b"]`` for ``Literal["b", "a"]`` and may emit either for both.
    """
    if path[-1:] in UNORDERED_KEYWORDS and is_array(source) and is_array(emitted):
        source, emitted = sorted(source, key=sorted_json), sorted(emitted, key=sorted_json)
    if is_object(source) and is_object(emitted):
        for name in {**source, **emitted}:
            if name in source and name in emitted:
                yield from schema_differences(source[name], emitted[name], (*path, name))
            else:
                yield json_pointer((*path, name))
    elif not is_equal(source, emitted):
        yield json_pointer(path)

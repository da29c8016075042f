"""Schema -> why the contract cannot hold it: ``pointer: what; cure``, nothing if it can.

First JSON Schema's own meta-schema, then ``dialect.json``, a meta-schema of what is exact,
then what no meta-schema can say.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from names import is_class_name
from oracle import Oracle
from values import (
    DEFINITIONS,
    Schema,
    is_object,
    pointer,
    reachable,
    subschemas,
)

META: Any = Draft202012Validator(Draft202012Validator.META_SCHEMA)
DIALECT: Any = Draft202012Validator(
    json.loads(Path(__file__).with_name("dialect.json").read_text("utf-8"))
)


def faults(message: str, schema: Schema) -> list[str]:
    """Every fault of the schema of ``message``, of the first kind that has any."""
    try:
        for validator in (META, DIALECT):
            lines = sorted({line(error) for error in leaves(validator.iter_errors(schema))})
            if lines:
                return lines
        return [fault for check in CHECKS for fault in check(message, schema)]
    except RecursionError:
        return [": is nested too deeply; move parts into $defs"]


def leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """The errors a person can act on: one without a comment of the dialect's own gives way to
    its causes."""
    for error in errors:
        if error.context and comment(error) is None:
            yield from leaves(error.context)
        else:
            yield error


def comment(error: ValidationError) -> str | None:
    """What the dialect says of this error and its cure."""
    schema: Any = error.schema
    return schema.get("$comment") if is_object(schema) else None


def line(error: ValidationError) -> str:
    """One line: where, which keyword, why, and what to write instead."""
    place = pointer(error.absolute_path)
    if "propertyNames" in error.absolute_schema_path:
        return f"{place}: {error.instance!r} {comment(error) or 'is refused here; leave it out'}"
    what = error.message if len(error.message) < 200 else f"{error.message[:200]}…"
    return f"{place}: {comment(error) or f'{what}; correct it (JSON Schema 2020-12)'}"


def class_names(message: str, schema: Schema) -> Iterator[str]:
    for name in schema.get("$defs", {}):
        place = pointer(["$defs", name])
        if not is_class_name(name):
            yield f"{place}: {name!r} is no class name; rename the definition"
        if name == message:
            yield f"{place}: a message is not exact as a definition of its own yet; rename it"


def titles(message: str, schema: Schema) -> Iterator[str]:
    """Pydantic emits the name of an enum as its title."""
    for path, subschema in definitions(schema):
        name = path[-1]
        if "enum" in subschema and subschema.get("title") != name:
            yield f'{pointer(path)}/title: an enum carries its name; write "title": "{name}"'


def definitions(schema: Schema) -> list[tuple[tuple[str, str], Schema]]:
    return [(("$defs", name), it) for name, it in schema.get("$defs", {}).items()]


def targets(message: str, schema: Schema) -> Iterator[str]:
    """Each $ref has a definition, each definition a $ref."""
    found = schema.get("$defs", {})
    for path, subschema in subschemas(schema):
        target = subschema.get("$ref")
        if target is not None and target.removeprefix(DEFINITIONS) not in found:
            yield f"{pointer(path)}/$ref: {target!r} names no definition; add it to $defs"
    used = reachable(schema, found)
    for name in found:
        if name not in used:
            yield f"{pointer(['$defs', name])}: is never referred to; drop it"


def endless_types(message: str, schema: Schema) -> Iterator[str]:
    """A class may hold itself, another type may not."""
    aliases = {path[-1]: it for path, it in definitions(schema) if "properties" not in it}
    for name, alias in aliases.items():
        if name in reachable(alias, aliases):
            place = pointer(["$defs", name])
            yield f"{place}: is not exact within itself yet; put an object with properties between"


def unions(message: str, schema: Schema) -> Iterator[str]:
    """Pydantic emits null once and last."""
    for path, subschema in subschemas(schema):
        branches: list[Schema] = subschema.get("anyOf", [])
        nulls = [index for index, it in enumerate(branches) if it.get("type") == "null"]
        if nulls and nulls != [len(branches) - 1]:
            yield f"{pointer((*path, 'anyOf'))}: null is said once and last; write it so"


def required_members(message: str, schema: Schema) -> Iterator[str]:
    for path, subschema in subschemas(schema):
        members = subschema.get("properties", {})
        for name in subschema.get("required", ()):
            place = pointer((*path, "required"))
            if name not in members:
                yield f"{place}: {name!r} is no property; declare it or drop it"
            elif "default" in members[name]:
                yield f"{place}: {name!r} has a default, which says it is optional; drop one"


def defaults(message: str, schema: Schema) -> Iterator[str]:
    """A default is valid, and in Python the same value as in JSON."""
    found = schema.get("$defs", {})
    for path, subschema in subschemas(schema):
        place = pointer((*path, "default"))
        if "default" not in subschema:
            continue
        if not Oracle({**subschema, "$defs": found}).accepts(subschema["default"]):
            yield f"{place}: is rejected by its own schema; correct it"
        elif not is_plain(subschema["default"], subschema, found):
            yield f"{place}: is not exact for its type yet; leave it out"
        elif "$ref" in json.dumps(subschema["default"]):
            yield f"{place}: Pydantic follows a $ref in it; leave it out"


def is_plain(default: Any, schema: Schema, found: dict[str, Schema]) -> bool:
    """Whether the default is what the model would make of it: no UUID, no object of a class, no
    float for an integer; the member of an enum only as the default itself."""
    used = [found[name] for name in reachable(schema, found)]
    if "$ref" in schema and [it for it in used if "enum" in it] == used:
        return True
    types = [it for root in (schema, *used) for _, it in subschemas(root)]
    integers = any(it.get("type") == "integer" for it in types)
    return default in (None, []) or not (
        any(it.keys() & {"format", "properties"} for it in types)
        or any("enum" in it for it in used)
        or (integers and "." in json.dumps(default).lower().replace("e", "."))
    )


def lone_surrogates(message: str, schema: Schema) -> Iterator[str]:
    try:
        json.dumps(schema, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        yield ": holds a lone surrogate, which is no I-JSON; write another character"


CHECKS: tuple[Callable[[str, Schema], Iterator[str]], ...] = (
    lone_surrogates,
    class_names,
    titles,
    targets,
    endless_types,
    unions,
    required_members,
    defaults,
)

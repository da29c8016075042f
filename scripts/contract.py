"""Schemas on disk -> Contract: checked against the dialect, definitions shared.

A folder under ``schemas/`` is a module, a file is a top-level message named by its stem.
After a Contract is built, no later step meets a keyword it does not know.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from names import is_class_name, is_module_name
from oracle import Oracle
from values import Schema, is_object, pointer, same

HERE = Path(__file__).parent
DIALECT: Any = Draft202012Validator(json.loads((HERE / "dialect.json").read_text("utf-8")))
META: Any = Draft202012Validator(Draft202012Validator.META_SCHEMA)
DEFINITIONS = "#/$defs/"


class Refused(Exception):  # noqa: N818 - it is an answer, not a mistake of ours
    """What the generator cannot keep exact: lines of ``file#pointer: what; cure``."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class Module:
    """The messages of one folder and the definitions they share, each named as its class."""

    messages: Mapping[str, Schema]
    definitions: Mapping[str, Schema]


@dataclass(frozen=True)
class Contract:
    """Everything the generator may know: ``modules`` by name, ``sources`` by relative path."""

    version: str
    modules: Mapping[str, Module]
    sources: Mapping[str, bytes]


def read_sources(folder: Path) -> dict[str, bytes]:
    """Every ``MODULE/MESSAGE.json`` below ``folder``, by its relative path, sorted."""
    if not folder.is_dir():
        raise Refused(f"{folder}: no such folder; name one that is laid out like schemas/")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files:
        raise Refused(f"{folder}: holds no schema; add MODULE/MESSAGE.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def build(sources: Mapping[str, bytes], version: str) -> Contract:
    """Check every schema and share the definitions of each module.

    Raises Refused with one line for each fault found.
    """
    ordered = dict(sorted(sources.items()))
    messages: dict[str, dict[str, Schema]] = {}
    for file, text in ordered.items():
        module, message = place(file)
        schema = parse(file, text)
        check(file, schema)
        messages.setdefault(module, {})[message] = schema
    modules = {name: Module(found, share(name, found)) for name, found in messages.items()}
    return Contract(version, modules, ordered)


def place(file: str) -> tuple[str, str]:
    """``operations/X.json`` -> ``("operations", "X")``."""
    parts = file.split("/")
    if len(parts) != 2 or not parts[1].endswith(".json"):
        raise Refused(f"{file}: not of the form MODULE/MESSAGE.json; move or rename it")
    module, message = parts[0], parts[1].removesuffix(".json")
    if not is_module_name(module):
        raise Refused(f"{file}: {module!r} is no module name; rename the folder")
    if not is_class_name(message):
        raise Refused(f"{file}: {message!r} is no class name; rename it like CloseChatResponse")
    return module, message


def parse(file: str, text: bytes) -> Schema:
    """The JSON object that the file holds (RFC 8259, member names unique as in RFC 7493)."""
    try:
        schema = json.loads(text, object_pairs_hook=unique, parse_constant=not_json)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{file}#: not JSON: {error}; correct the file") from error
    if not is_object(schema):
        raise Refused(f"{file}#: a message's schema is a JSON object; write one")
    return schema


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, refused if a member name occurs twice (RFC 7493, section 2.3)."""
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if twice:
        raise ValueError(f"the member name {twice[0]!r} occurs twice")
    return dict(pairs)


def not_json(token: str) -> None:
    raise ValueError(f"{token} is no JSON value")


def check(file: str, schema: Schema) -> None:
    """Refuse what is no 2020-12 schema, then what is outside the dialect, then dangling names."""
    for validator in (META, DIALECT):
        lines = sorted({refusal(file, error) for error in leaves(validator.iter_errors(schema))})
        if lines:
            raise Refused(*lines)
    lines = [f"{file}#{line}" for line in dangling(schema)]
    if lines:
        raise Refused(*lines)


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


def refusal(file: str, error: ValidationError) -> str:
    """One line: where, which keyword, why, and what to write instead."""
    place = f"{file}#{pointer(error.absolute_path)}"
    if "propertyNames" in error.absolute_schema_path:
        return f"{place}: {error.instance!r} {comment(error) or 'is refused here; leave it out'}"
    return f"{place}: {comment(error) or error.message}"


def dangling(schema: Schema) -> Iterator[str]:
    """``pointer: fault; cure`` for each name that stands for nothing."""
    definitions = schema.get("$defs", {})
    for name in definitions:
        if not is_class_name(name):
            yield f"{pointer(['$defs', name])}: {name!r} is no class name; rename the definition"
    for path, subschema in subschemas(schema):
        target = subschema.get("$ref")
        if target is not None and target.removeprefix(DEFINITIONS) not in definitions:
            yield f"{pointer(path)}/$ref: {target!r} names no definition; add it to $defs"
        for name in subschema.get("required", ()):
            if name not in subschema["properties"]:
                yield f"{pointer(path)}/required: {name!r} is no property; declare it or drop it"
        yield from poor_default(subschema, definitions, path)
    used = reachable(schema, definitions)
    for name in definitions:
        if name not in used:
            yield f"{pointer(['$defs', name])}: is never referred to; drop it"


def poor_default(
    schema: Schema, definitions: Mapping[str, Schema], path: Iterable[str | int]
) -> Iterator[str]:
    """A default that its own schema rejects: models would write it."""
    if "default" in schema and not Oracle({**schema, "$defs": definitions}).accepts(
        schema["default"]
    ):
        yield f"{pointer(path)}/default: is rejected by its own schema; correct it"


def subschemas(schema: Schema, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Schema]]:
    """Every subschema of the dialect with its path, the schema itself first."""
    yield path, schema
    for word in ("$defs", "properties"):
        for name, subschema in schema.get(word, {}).items():
            yield from subschemas(subschema, (*path, word, name))
    for index, subschema in enumerate(schema.get("anyOf", ())):
        yield from subschemas(subschema, (*path, "anyOf", index))
    for word in ("items", "additionalProperties"):
        if is_object(schema.get(word)):
            yield from subschemas(schema[word], (*path, word))


def references(schema: Schema) -> list[str]:
    """The names of the definitions that ``schema`` refers to, its own ``$defs`` aside."""
    body = {word: value for word, value in schema.items() if word != "$defs"}
    found = [sub["$ref"] for _, sub in subschemas(body) if "$ref" in sub]
    return [target.removeprefix(DEFINITIONS) for target in found]


def reachable(schema: Schema, definitions: Mapping[str, Schema]) -> set[str]:
    """The definitions that ``schema`` uses, directly or through others."""
    found: set[str] = set()
    waiting = references(schema)
    while waiting:
        name = waiting.pop()
        if name not in found and name in definitions:
            found.add(name)
            waiting += references(definitions[name])
    return found


def share(module: str, messages: Mapping[str, Schema]) -> dict[str, Schema]:
    """One class for each name of the module; equal definitions are one, unequal ones refused."""
    classes: dict[str, Schema] = {}
    owners: dict[str, str] = {}
    for message, schema in messages.items():
        root = {word: value for word, value in schema.items() if word not in ("$defs", "$schema")}
        for name, definition in {**schema.get("$defs", {}), message: root}.items():
            if name in classes and not same(classes[name], definition):
                raise Refused(
                    f"{module}/{message}.json#: {name!r} is defined otherwise in"
                    f" {module}/{owners[name]}.json; make both equal or rename one"
                )
            classes.setdefault(name, definition)
            owners.setdefault(name, message)
    return classes

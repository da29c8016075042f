"""Schemas on disk -> Contract: checked against the dialect, definitions shared.

A folder under ``schemas/`` is a module, a file is a top-level message named by its stem.
After a Contract is built, no later step meets a keyword it does not know.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from contract.chosen_names import chosen_names, refuse_idle_names
from contract.class_names import Place, defined_otherwise
from contract.dialect import schema_refusals
from contract.drafts import unify_dependencies, with_draft_named
from contract.json_values import is_equal, is_object, without
from contract.library import URI_PREFIX, SchemaLibrary, documents_by_uri, with_absolute_id
from contract.module import Module
from contract.names import (
    class_name,
    is_message_name,
    is_module_name,
    module_name,
    name_fault,
)
from contract.normal_form import NormalForm, normal_form
from contract.refusal import Refused, depth_refused
from contract.settings import Settings
from contract.shared import files_of_definitions, settle_definitions, without_messages
from contract.subschemas import DEFINITION_PREFIX, Schema
from contract.words import pointers_on_the_way
from runtime._finding import display_path, failures_at


@dataclass(frozen=True)
class Contract:
    """Everything the generator may know: ``modules`` by name; by relative path the ``sources``
    and the schemas that they hold; ``documents`` by URI, which are these and what they may refer
    to; the ``settings`` that they are read by; and by relative path and name the ``places`` of the
    definitions that a message needs."""

    version: str
    modules: Mapping[str, Module]
    schema_files: Mapping[str, bytes]
    schemas: Mapping[str, Schema | bool]
    documents: Mapping[str, Schema | bool]
    settings: Settings
    places: Mapping[str, Mapping[str, Place]]

    @property
    def messages(self) -> list[tuple[str, str]]:
        """The module and the name of every message."""
        return [(name, it) for name, module in self.modules.items() for it in module.messages]


def read_schema_files(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` but the README.md files, by its relative path, sorted."""
    shown = display_path(folder)
    if not folder.is_dir():
        raise Refused(f"{shown}: no such folder; name one that is laid out like schemas/")
    present = sorted(folder.rglob("*"))
    broken = [display_path(it) for it in present if it.is_symlink() and not it.is_file()]
    if broken:
        cure = "put the file or the folder itself here"
        raise Refused(*(f"{it}: a link that does not lead to a file; {cure}" for it in broken))
    files = {path.relative_to(folder).as_posix(): path for path in present if path.is_file()}
    schemas = {name: path for name, path in files.items() if not is_beside(name)}
    if not schemas:
        raise Refused(f"{shown}: does not have a schema; add MODULE/MESSAGE.json")
    return {name: path.read_bytes() for name, path in schemas.items()}


def is_beside(path: str) -> bool:
    """Whether a file in ``schemas/`` is no schema: a README.md, what the system hides, and the
    copies that editors keep."""
    *_, name = parts = PurePosixPath(path).parts
    return name == "README.md" or name.endswith("~") or any(it.startswith(".") for it in parts)


DEFAULT_SETTINGS = Settings()


def build_contract(
    sources: Mapping[str, bytes], version: str, settings: Settings = DEFAULT_SETTINGS
) -> Contract:
    """Check every schema and share the definitions of each module.

    Raises Refused with one line for each fault found, of every file.
    """
    ordered = dict(sorted(sources.items()))
    schemas = map_files(lambda file, text: read_schema(file, text, settings), ordered)
    resources = {
        uri: with_absolute_id(read_resource(resource.path, resource.text, settings), uri)
        for uri, resource in settings.resources.items()
    }
    documents = documents_by_uri(schemas, resources)
    chosen = chosen_names(settings.names, schemas)
    library = SchemaLibrary(documents, settings.annotations, schemas, chosen, settings.formats)
    normal = map_files(lambda file, _: normalize_file(file, library), ordered)
    forms: dict[str, dict[str, NormalForm]] = {}
    for file, form in normal.items():
        module, message = module_and_message(file)
        forms.setdefault(module, {})[message] = form
    refuse_case_clashes([*forms, *(f"{name}/{it}" for name in forms for it in forms[name])])
    modules = settle_definitions(
        {name: module_of(name, messages) for name, messages in forms.items()}
    )
    refuse_idle_names(chosen, modules.values())
    places = {file: form.places for file, form in normal.items()}
    modules = without_messages(modules, files_of_definitions(schemas, places))
    return Contract(version, modules, ordered, schemas, documents, settings, places)


def map_files(
    step: Callable[[str, bytes], NormalForm | Schema | bool], sources: Mapping[str, bytes]
) -> dict[str, Any]:
    """What ``step`` makes of each file; the refusals of all files at once."""
    done: dict[str, Any] = {}
    refusals: list[str] = []
    for file, text in sources.items():
        try:
            with failures_at(f"{file}#"):
                done[file] = step(file, text)
        except Refused as refused:
            refusals += str(refused).splitlines()
    if refusals:  # two files may refer to the same fault
        raise Refused(*dict.fromkeys(refusals))
    return done


def read_schema(file: str, text: bytes, settings: Settings) -> Schema | bool:
    """The schema of one message, checked."""
    module_and_message(file)
    schema = with_draft_named(parse_schema(file, text), settings.dialect)
    on_the_way = pointers_on_the_way(schema)
    faults = schema_refusals(schema, settings.annotations, on_the_way=on_the_way)
    if faults:
        raise Refused(*(f"{file}#{fault}" for fault in faults))
    unify_dependencies(schema)
    return with_absolute_id(schema, URI_PREFIX + file)


def read_resource(path: str, text: bytes, settings: Settings) -> Schema | bool:
    """The schema in a file that lies elsewhere; what of it is used is checked there."""
    schema = with_draft_named(parse_schema(path, text), settings.dialect)
    unify_dependencies(schema)
    return schema


def normalize_file(file: str, library: SchemaLibrary) -> NormalForm:
    with depth_refused(f"{file}#"):
        return normal_form(module_and_message(file)[1], file, library)


def module_of(name: str, forms: Mapping[str, NormalForm]) -> Module:
    """The module of the normal forms of one folder."""
    homes = {it: home for form in forms.values() for it, home in form.homes.items()}
    places = {message: form.places for message, form in forms.items()}
    module = build_module(name, {message: it.schema for message, it in forms.items()}, places)
    return replace(
        module,
        homes={it: home for it, home in homes.items() if home != name and it in module.definitions},
        names={it: chosen for form in forms.values() for it, chosen in form.names.items()},
    )


Places = Mapping[str, Mapping[str, Place]]  # by message and by name of a definition


def build_module(name: str, messages: Mapping[str, Schema], places: Places) -> Module:
    return Module(messages, share_definitions(name, messages, places))


def refuse_case_clashes(names: list[str]) -> None:
    """Refuse paths that differ in case alone: some file systems take them for one."""
    folded = Counter(name.casefold() for name in names)
    alike = [name for name in names if folded[name.casefold()] > 1]
    if alike:
        raise Refused(f"{', '.join(alike)}: differ in case alone; rename one")


# File names that Windows reserves, whatever their ending.
WINDOWS_NAMES = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)]
)


def module_and_message(file: str) -> tuple[str, str]:
    """``operations/X.json`` -> ``("operations", "X")``."""
    module, _, name = file.partition("/")
    if "/" in name or not name.endswith(".json"):
        raise Refused(f"{file}: {misplaced(PurePosixPath(file))}")
    message = name.removesuffix(".json")
    if not is_module_name(module):
        cure = f" {module_name(module)}" if is_module_name(module_name(module)) else ""
        fault = name_fault(module, "module")
        raise Refused(f"{file}: {module!r} {fault}; rename the folder{cure}")
    if not is_message_name(message):
        near = class_name(message)
        names = (it for it in (near, f"{near}Message") if is_message_name(it))
        cure = next(names, "in ASCII letters, like OrderLine")
        fault = name_fault(message, "class")
        raise Refused(f"{file}: {message!r} {fault}; rename the file {cure}.json")
    for name in (module, message):
        if name.casefold() in WINDOWS_NAMES:
            raise Refused(f"{file}: Windows reserves the name {name!r}; rename it")
    return module, message


def misplaced(path: PurePosixPath) -> str:
    """What is wrong with a path that is not of the form MODULE/MESSAGE.json."""
    kind = path.suffix.lower()
    if kind in (".yaml", ".yml"):
        return f"schemas are JSON; write it as {path.stem}.json"
    if kind == ".json" and path.suffix != kind:
        return f"the ending is .json; rename the file {path.stem}.json"
    if kind == ".json":
        module = path.parts[0] if path.parts[1:] else "MODULE"
        return f"the folder of a schema is its module; move it to schemas/{module}/{path.name}"
    return "not of the form MODULE/MESSAGE.json; rename or remove it"


def parse_schema(file: str, text: bytes) -> Schema | bool:
    """The schema that the file holds (RFC 8259, member names unique as in RFC 7493)."""
    encoding = json.detect_encoding(text)
    if encoding != "utf-8":  # RFC 8259, section 8.1
        marked = "begins with a byte order mark" if encoding == "utf-8-sig" else f"is {encoding}"
        raise Refused(f"{file}#: {marked}; save the file as UTF-8 without a byte order mark")
    try:
        with depth_refused(f"{file}#"):
            schema = json.loads(
                text,
                object_pairs_hook=unique_members,
                parse_constant=refuse_number,
                parse_float=finite_double,
            )
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise Refused(f"{file}:{line}: is not UTF-8; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise Refused(f"{file}:{error.lineno}: not JSON: {syntax_fault(error)}") from error
    except ValueError as error:
        raise Refused(f"{file}#: not JSON: {error}; correct the file") from error
    if not is_object(schema) and not isinstance(schema, bool):
        raise Refused(f"{file}#: a schema is an object or a boolean; write one")
    return schema


def syntax_fault(error: json.JSONDecodeError) -> str:
    """What is wrong with the text, and the cure where what stands there tells it."""
    before, after = error.doc[: error.pos].rstrip(), error.doc[error.pos :]
    if not error.doc.strip():
        return "the file is empty; write a schema"
    if (after[:1] in ("}", "]") and before.endswith(",")) or "trailing comma" in error.msg:
        return "a comma stands before a closing bracket; remove the comma"
    for start, what in SYNTAX_FAULTS.items():
        if after.startswith(start):
            return what
    if not after.strip():
        return "the file ends within the schema; close its brackets"
    known = PARSER_FAULTS.get(error.msg, "").format(error.colno)
    return known or f"{error.msg}, at column {error.colno}; correct the file"


# What is wrong, by how the text goes on.
SYNTAX_FAULTS = {
    **dict.fromkeys(("//", "/*", "#"), 'JSON does not have comments; write "$comment": "…"'),
    "'": "a single quote; write double quotes",
    **dict.fromkeys("\u201c\u201d\u201e\u2018\u2019", 'a quote of a word processor; write "'),
    "True": "True is a word of Python; write true",
    "False": "False is a word of Python; write false",
    "None": "None is a word of Python; write null",
}
# What is wrong, by what Python's parser says, with the column.
PARSER_FAULTS = {
    "Expecting ',' delimiter": "a comma is missing before column {}; write it",
    "Expecting ':' delimiter": "a colon is missing before column {}; write it",
    "Extra data": "the schema ends before column {}; remove what follows, or a bracket too many",
    "Invalid \\escape": "JSON does not have the escape at column {}; write \\\\ for a backslash",
    "Invalid control character at": "a text has a tab or a line end at column {}; write \\t or \\n",
}


def unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, refused if a member name occurs twice (RFC 7493, section 2.3)."""
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if twice:
        raise ValueError(f"the member name {twice[0]!r} occurs twice")
    return dict(pairs)


def finite_double(token: str) -> float:
    """A double (RFC 8259, section 6), refused where it would be infinite."""
    number = float(token)
    return number if math.isfinite(number) else refuse_number(token)


def refuse_number(token: str) -> NoReturn:
    raise ValueError(f"{token} is no JSON value that doubles have")


def share_definitions(
    module: str, messages: Mapping[str, Schema], places: Places
) -> dict[str, Schema]:
    """One class for each name of the module; equal definitions are one, unequal ones refused."""
    classes: dict[str, Schema] = {}
    owners: dict[str, str] = {}
    for message, schema in messages.items():
        root = without(schema, "$defs")
        itself = {} if root == {"$ref": DEFINITION_PREFIX + message} else {message: root}
        for name, definition in {**schema.get("$defs", {}), **itself}.items():
            if name in classes and not is_equal(classes[name], definition):
                here, there = (
                    places.get(it, {}).get(name, Place(f"{module}/{it}.json", ()))
                    for it in (message, owners[name])
                )
                raise Refused(f"{here}: {name!r} {defined_otherwise(there)}")
            classes.setdefault(name, definition)
            owners.setdefault(name, message)
    return classes

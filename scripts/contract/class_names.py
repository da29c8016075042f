"""Schemas -> the names of their classes, the same in every message of a module.

A message is named by its file and a definition by its key. Any other place is named after the
message of its file and after its anchor, its ``$id`` or its key.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote

from contract.chosen_names import SETTING, ChosenName
from contract.drafts import LATEST_DRAFT, draft_of, modern_keywords
from contract.json_values import Location, is_object, json_pointer, values_within
from contract.names import class_name, is_class_name
from contract.refusal import Refused


class Place(NamedTuple):
    """Where a schema stands: the file and the path in it."""

    file: str
    path: Location

    def __str__(self) -> str:
        return f"{self.file}#{json_pointer(self.path)}"

    def of_reference(self, schema: Any) -> "Place":
        """The place of the reference in the schema that stands here, if it has one."""
        return Place(self.file, (*self.path, "$ref")) if "$ref" in schema else self

    def around_reference(self) -> "Place":
        """The place of the schema that has the reference that stands here, if one does."""
        return Place(self.file, self.path[:-1]) if self.path[-1:] == ("$ref",) else self

    @property
    def message(self) -> str:
        return PurePosixPath(self.file).stem


def defined_otherwise(there: Place) -> str:
    """What is wrong with a definition that has the name of another one in its module."""
    return f"is defined otherwise at {there}; make both equal or rename one"


def places_of(files: Mapping[str, Any]) -> dict[int, Place]:
    """The place of every object in the files, by its identity."""
    return {
        id(inner): Place(file, path)
        for file, schema in files.items()
        for path, inner in values_within(schema)
        if is_object(inner)
    }


# By dynamic anchor what it means where a reference is followed (Core 8.2.3.2).
Scope = tuple[tuple[str, str], ...]


class ClassNames:
    """The names in one module: its messages, their definitions, and what else they refer to."""

    def __init__(
        self,
        module: str,
        files: Mapping[str, Any],
        places: Mapping[int, Place],
        chosen: Iterable[ChosenName] = (),
    ) -> None:
        self.places = places
        self.names: dict[tuple[int, Scope], str] = {}
        self.chosen = {id(it.schema): it.name for it in chosen}
        own = {file: schema for file, schema in files.items() if file.startswith(f"{module}/")}
        for file, schema in own.items():
            named = names_in_file(schema, PurePosixPath(file).stem)
            self.names |= {(it, ()): name for it, name in named.items() if it not in self.chosen}
        self.taken = {*self.names.values(), *(PurePosixPath(it).stem for it in own)}

    def place(self, contents: Any, default: Place) -> Place:
        """Where a schema stands in the files, ``default`` if it stands in none."""
        return self.places.get(id(contents), default)

    def name(self, contents: Any, place: Place, scope: Scope = ()) -> str:
        """The name of the schema that stands at the place; what another schema changes the
        meaning of has the name of that too."""
        key = (id(contents), scope)
        if key not in self.names:
            chosen = "" if scope else self.chosen.get(id(contents), "")
            if chosen in self.taken:
                raise Refused(f": the name {chosen!r} of {SETTING} is taken; choose another")
            name = chosen or fresh_name(self.derived_name(contents, place, scope), self.taken)
            self.taken.add(name)
            self.names[key] = name
        return self.names[key]

    def derived_name(self, contents: Any, place: Place, scope: Scope) -> str:
        word = place_word(contents, place)
        if scope:
            return f"{class_name(word)}In{class_name(last_word(scope[-1][1]))}"
        plain = is_class_name(word) or is_definition(place.path)
        return plain_class_name(word) if plain else place.message + class_name(word)


def names_in_file(schema: Any, message: str) -> dict[int, str]:
    """The names of the root and of its definitions; a root that only refers to the definition of
    its own name leaves the name to it."""
    own = bare_reference_name(schema)
    definitions = [pair for pair in root_definitions(schema) if is_object(pair[1])]
    names = {} if own == message else {id(schema): message}
    taken = {message} if own != message else set[str]()
    for plain in (True, False):  # who has a class name keeps it
        for key, definition in definitions:
            if is_class_name(key) == plain:
                names[id(definition)] = fresh_name(plain_class_name(definition_word(key)), taken)
                taken.add(names[id(definition)])
    return names


def root_definitions(schema: Any) -> Iterator[tuple[str, Any]]:
    """The definitions of a file by their keys, those in ``$defs`` first."""
    for word in ("$defs", "definitions"):
        yield from schema.get(word, {}).items() if is_object(schema) else ()


def bare_reference_name(schema: Any) -> str | None:
    """The key of the definition, if the schema is nothing but a reference to one; else None."""
    match = re.fullmatch(r"#/(?:\$defs|definitions)/([^/]+)", bare_reference(schema))
    return match[1] if match else None


# Keywords that say what a schema is called or hold others, nothing of an instance.
NAMING_KEYWORDS = {
    *("$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor"),
    *("$defs", "definitions"),
}


def bare_reference(schema: Any) -> str:
    """The target of a schema that is nothing but a reference, else nothing."""
    words = modern_keywords(schema, draft_of(schema) or LATEST_DRAFT) if is_object(schema) else {}
    return str(words["$ref"]) if words.keys() - NAMING_KEYWORDS == {"$ref"} else ""


def place_word(contents: Any, place: Place) -> str:
    """What a place is called: by the key of a definition, an anchor, an ``$id`` or the last key."""
    if not place.path:
        return place.message
    if is_definition(place.path):
        return definition_word(str(place.path[-1]))
    anchors = [contents[it] for it in ("$anchor", "$dynamicAnchor", "$id", "id") if it in contents]
    return last_word(str(anchors[0] if anchors else place.path[-1]))


def is_definition(path: Location) -> bool:
    return not path or path[-2:-1] in (("$defs",), ("definitions",))


def definition_word(key: str) -> str:
    """The key, of a URI its last word."""
    return last_word(key) if "://" in key else key


def last_word(text: str) -> str:
    """``https://example.org/money.json#`` -> ``money``, ``#here`` -> ``here``."""
    words = [it for it in re.split(r"[/#]", text) if it]
    word = unquote(words[-1]).replace("~1", "/").replace("~0", "~") if words else ""
    return word.removesuffix(".json")


def plain_class_name(key: str) -> str:
    return key if is_class_name(key) else class_name(key)


def fresh_name(name: str, taken: set[str]) -> str:
    """The name, with a number if it is taken or means something in Python."""
    candidate, number = name, 2
    while candidate in taken or not is_class_name(candidate):
        candidate, number = f"{name}{number}", number + 1
    return candidate

"""Source schema -> normal form: the same assertions in the plainest words of JSON Schema 2020-12.

Every ``$ref`` is ``#/$defs/NAME`` with NAME a class name, whatever anchor, pointer, ``$id`` or
file it was said by; older drafts are told in the words of 2020-12; ``unevaluated*`` in those of
``if`` and ``additionalProperties``. An ordinary schema is its own normal form.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from contract.class_names import ClassNames, Place, last_word, places_of
from contract.drafts import draft_of, modern_keywords
from contract.json_values import Location, is_array, is_equal, is_object, json_pointer
from contract.refusal import Refused
from contract.subschemas import (
    DEFINITION_PREFIX,
    IN_PLACE_APPLICATORS,
    SINGLE_SUBSCHEMAS,
    SUBSCHEMA_LISTS,
    SUBSCHEMA_MAPS,
    Schema,
    child_schemas,
    is_annotation,
    map_children,
    reachable_names,
    referenced_names,
)
from contract.unevaluated import without_unevaluated
from referencing import Registry, Specification
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

URI_PREFIX = "contract:/"


# Said by the document around them, or taken over by the references themselves.
IDENTITY_KEYWORDS = {
    *("$schema", "$id", "$anchor", "$defs", "definitions"),
    *("$dynamicAnchor", "$dynamicRef", "$recursiveAnchor", "$recursiveRef"),
}


class SchemaLibrary:
    """The files of ``schemas/`` by their URIs; nothing else can be referred to."""

    def __init__(self, files: Mapping[str, Schema | bool]) -> None:
        resources = {
            URI_PREFIX + file: (draft_of(it) or DRAFT202012).create_resource(it)
            for file, it in files.items()
        }
        self.registry = Registry[Any]().with_resources(resources.items()).crawl()
        objects = [
            pair
            for it in files.values()
            for pair in schemas_with_draft(it, draft_of(it) or DRAFT202012)
        ]
        # The draft of every object in the files, and how often each anchor is there.
        self.draft_by_id = {id(it): specification for specification, it in objects}
        self.anchor_counts = Counter(str(it.get("$dynamicAnchor")) for _, it in objects)
        self.files, self.places = files, places_of(files)
        self.names_by_module: dict[str, ClassNames] = {}

    def names(self, module: str) -> ClassNames:
        """The names of the classes of a module."""
        if module not in self.names_by_module:
            self.names_by_module[module] = ClassNames(module, self.files, self.places)
        return self.names_by_module[module]


def normal_form(message: str, file: str, library: SchemaLibrary) -> Schema:
    """The normal form of one file's schema, with the definitions it needs in ``$defs``.

    Raises Refused with lines of ``file#pointer: what; cure``.
    """
    return Normalizer(message, file, library).schema()


class Normalizer:
    """One message on its way into normal form."""

    def __init__(self, message: str, file: str, library: SchemaLibrary) -> None:
        self.message, self.place = message, Place(file, ())
        self.source = library.registry.contents(URI_PREFIX + file)
        self.resolver = library.registry.resolver(URI_PREFIX + file)
        self.draft_by_id, self.anchor_counts = library.draft_by_id, library.anchor_counts
        self.names = library.names(file.partition("/")[0])
        # The definitions that the message needs: where each stands, and how to read it.
        self.places: dict[str, Place] = {}
        # Not where the definition of the message's name has it.
        self.has_own_name = self.names.names.get(id(self.source)) == message
        self.known: set[int] = {id(self.source)} if self.has_own_name else set()
        self.pending_definitions: list[tuple[str, Place, Schema, Any]] = []

    def schema(self) -> Schema:
        root = translate_at(self.place, self.translate, self.source, self.resolver)
        found: dict[str, Schema] = {}
        while self.pending_definitions:
            name, place, source, resolver = self.pending_definitions.pop(0)
            schema = translate_at(place, self.translate, source, resolver)
            self.add(found, name, place.of_reference(source), schema)
        parts = (root, *found.values())
        if self.has_own_name and any(self.message in referenced_names(it) for it in parts):
            found[self.message] = root
            self.places[self.message] = self.place.of_reference(self.source)
            root = {"$ref": DEFINITION_PREFIX + self.message}
        root, found = follow_references(root, found, self.places)
        refuse_loops(found, self.places)
        root, found = translate_at(self.place, without_unevaluated, root, found)
        used = reachable_names(root, found)
        return self.as_emitted(root, {name: it for name, it in found.items() if name in used})

    def add(self, found: dict[str, Schema], name: str, place: Place, schema: Schema) -> None:
        """Add a definition; two of one name in a module are one class."""
        if name in found and not is_equal(found[name], schema):
            raise Refused(
                f"{place.file}#: {name!r} is defined otherwise in {self.places[name].file};"
                " make both equal or rename one"
            )
        found.setdefault(name, schema)
        self.places.setdefault(name, place)

    def as_emitted(self, root: Schema, kept: dict[str, Schema]) -> Schema:
        """The root as Pydantic says it: by reference to its own name if it holds itself alone."""
        itself = root == {"$ref": DEFINITION_PREFIX + self.message}
        if itself and not any(self.message in referenced_names(it) for it in kept.values()):
            root = kept.pop(self.message)
        return {**root, **({"$defs": kept} if kept else {})}

    def translate(self, source: Schema | bool, resolver: Any) -> Any:
        """The schema in words of 2020-12, references by name."""
        if not is_object(source):
            return {} if source else {"not": {}}
        specification = self.draft_by_id[id(source)]
        resolver = resolver.in_subresource(specification.create_resource(source))
        words = modern_keywords(source, specification)
        kept = {word: it for word, it in words.items() if word not in {"$ref", *IDENTITY_KEYWORDS}}
        referred = [
            self.reference(words, word, resolver) for word in REFERENCE_KEYWORDS if word in words
        ]

        def child(step: tuple[str | int, ...], subschema: Any) -> Any:
            if isinstance(subschema, bool) and step[0] in BOOLEAN_KEYWORDS:
                return subschema
            return translate_at(step, self.translate, subschema, resolver)

        return simplify_schema(join_references(map_children(kept, child), referred))

    def reference(self, schema: Schema, word: str, resolver: Any) -> Schema:
        """``$ref`` or another reference as one to a definition by its name."""
        target = schema[word]
        try:
            resolved = resolver.lookup(target)
        except (Unresolvable, ValueError) as error:
            raise Refused(
                f"/{word}: {target!r} names nothing under schemas/, and nothing is fetched;"
                " add it there or correct the reference"
            ) from error
        if isinstance(resolved.contents, bool):
            return {} if resolved.contents else {"not": {}}
        if id(resolved.contents) not in self.draft_by_id:
            raise Refused(f"/{word}: {target!r} is no schema; refer to one")
        if word == "$dynamicRef":
            self.refuse_dynamic(target, resolved.contents)
        return {"$ref": DEFINITION_PREFIX + self.name(target, resolved)}

    def refuse_dynamic(self, target: str, contents: Schema) -> None:
        """A $dynamicRef is a $ref where one place alone carries its anchor (Core 8.2.3.2)."""
        anchor = contents.get("$dynamicAnchor")
        if anchor is not None and self.anchor_counts[anchor] > 1:
            raise Refused(
                f"/$dynamicRef: {target!r} means another schema by where it is reached from;"
                " write a $ref"
            )

    def name(self, target: str, resolved: Any) -> str:
        """The name of the definition that the reference leads to, which is read later."""
        contents = resolved.contents
        place = self.names.place(contents, Place(self.place.file, (last_word(target),)))
        name = self.names.name(contents, place)
        if id(contents) not in self.known:
            self.known.add(id(contents))
            self.pending_definitions.append((name, place, contents, resolved.resolver))
        return name


def translate_at(place: Place | Location, translate: Callable[..., Any], *arguments: Any) -> Any:
    """What ``translate`` gives, or its refusal with the place or path before it."""
    try:
        return translate(*arguments)
    except Refused as refused:
        before = str(place) if isinstance(place, Place) else json_pointer(place)
        raise Refused(before + str(refused)) from refused


REFERENCE_KEYWORDS = ("$ref", "$dynamicRef", "$recursiveRef")


# Where true and false say it best.
BOOLEAN_KEYWORDS = ("additionalProperties", "items", "unevaluatedProperties", "unevaluatedItems")


def schemas_with_draft(
    schema: Any, around: Specification[Any]
) -> Iterator[tuple[Specification[Any], Schema]]:
    """Every subschema that is an object, with its draft."""
    if is_object(schema):
        own = (draft_of(schema) or around) if "$schema" in schema else around
        yield own, schema
        for child in draft_children(schema):
            yield from schemas_with_draft(child, own)


def draft_children(schema: Schema) -> Iterator[Any]:
    """What stands in a schema as a subschema, in the words of any draft."""
    for word, value in schema.items():
        if word in (*SINGLE_SUBSCHEMAS, "additionalItems"):
            yield from value if is_array(value) else [value]
        elif word in SUBSCHEMA_LISTS:
            yield from value
        elif word in (*SUBSCHEMA_MAPS, "definitions", "dependencies"):
            yield from value.values()


def join_references(schema: Schema, referred: list[Schema]) -> Schema:
    """The schema with what it refers to; a second reference goes into allOf."""
    first = [it for it in referred[:1] if it.keys().isdisjoint(schema)]
    more = referred[len(first) :]
    rest = {"allOf": [*schema.get("allOf", ()), *more]} if more else {}
    return {**(first[0] if first else {}), **schema, **rest}


def simplify_schema(schema: Schema) -> Schema:
    """Without what says nothing, null last, a lone branch for the schema around it."""
    words = {word: it for word, it in schema.items() if not is_vacuous(word, it, schema)}
    if is_array(words.get("type")):
        types = sorted(words["type"], key=lambda it: it == "null")
        words["type"] = types[0] if len(types) == 1 else types
    if "anyOf" in words:
        words["anyOf"] = sorted(
            flatten_unions(words["anyOf"]), key=lambda it: it == {"type": "null"}
        )
    if "required" in words:  # as Pydantic emits them: in the order of the properties
        order = [*words.get("properties", ()), *words["required"]]
        words["required"] = sorted(words["required"], key=order.index)
    if words.get("items") is True and words.get("type") == "array":
        words["items"] = {}
    if words.get("additionalProperties") == {}:
        words["additionalProperties"] = True
    for word in ("allOf", "anyOf", "oneOf"):
        if len(words.get(word, ())) == 1 and all(is_annotation(it) for it in words if it != word):
            return simplify_schema(
                {**words[word][0], **{it: words[it] for it in words if it != word}}
            )
    return words


def flatten_unions(branches: list[Any]) -> list[Any]:
    """A union within a union says no more than one."""
    inner = [it["anyOf"] if it.keys() == {"anyOf"} else [it] for it in branches]
    return [it for found in inner for it in found]


def is_vacuous(word: str, value: Any, schema: Schema) -> bool:
    if word in ("then", "else"):
        return "if" not in schema
    if word in ("minContains", "maxContains"):
        return "contains" not in schema
    if word in ("required", "dependentRequired", "dependentSchemas", "patternProperties"):
        return not value
    if word == "properties":  # of no type in particular
        return not value and schema.get("type") != "object"
    return word == "uniqueItems" and value is False


def follow_references(
    root: Schema, found: dict[str, Schema], places: Mapping[str, Place]
) -> tuple[Schema, dict[str, Schema]]:
    """References that lead to mere references lead to the end of the chain."""
    ends = {name: chain_end(name, found, places) for name in found}

    def change(path: Any, schema: Any) -> Any:
        if not is_object(schema):
            return schema
        copy = map_children(schema, change)
        if "$ref" in copy:
            target = ends[copy["$ref"].removeprefix(DEFINITION_PREFIX)]
            said = {word for word in copy if is_redundant(word, copy, found[target])}
            copy = {word: it for word, it in copy.items() if word not in said}
            copy["$ref"] = DEFINITION_PREFIX + target
        return copy

    return change((), root), {name: change((), it) for name, it in found.items()}


# Keywords that mean something else beside others of them.
INTERACTING_KEYWORDS = (
    *("$ref", "properties", "patternProperties", "additionalProperties", "prefixItems", "items"),
    *("contains", "minContains", "maxContains", "if", "then", "else"),
)


def is_redundant(word: str, schema: Schema, definition: Schema) -> bool:
    """Whether the definition says the same, which Pydantic leaves out beside a reference to it."""
    own = word in definition and word not in INTERACTING_KEYWORDS
    return own and is_equal(schema[word], definition[word])


def chain_end(name: str, found: Mapping[str, Schema], places: Mapping[str, Place]) -> str:
    seen = [name]
    while found[seen[-1]].keys() == {"$ref"}:
        target = found[seen[-1]]["$ref"].removeprefix(DEFINITION_PREFIX)
        if target in seen:
            raise Refused(f"{places[name]}: refers to nothing but itself; say what it is")
        seen.append(target)
    return seen[-1]


def refuse_loops(found: Mapping[str, Schema], places: Mapping[str, Place]) -> None:
    """A definition may hold itself only with a step into the instance between."""
    for name, schema in found.items():
        if name in reachable_names(
            in_place_part(schema), {it: in_place_part(found[it]) for it in found}
        ):
            raise Refused(
                f"{places[name]}: needs itself for the same instance;"
                " put a property or an item between"
            )


def in_place_part(schema: Schema) -> Schema:
    """What of the schema speaks of the very instance: its references and applicators."""
    inner: Schema = {word: schema[word] for word in ("$ref",) if word in schema}
    parts = [
        it
        for path, it in child_schemas(schema)
        if path[0] in IN_PLACE_APPLICATORS and is_object(it)
    ]
    return {**inner, "allOf": [in_place_part(it) for it in parts]}

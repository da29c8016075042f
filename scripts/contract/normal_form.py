"""Source schema -> normal form: the same assertions in the plainest words of JSON Schema 2020-12.

Every ``$ref`` becomes ``#/$defs/NAME`` with NAME a class name, whatever anchor, pointer, ``$id``
or file the owner referred to. Keywords of older drafts become those of 2020-12.
``unevaluated*`` becomes ``if`` with ``additionalProperties`` or ``items``. An ordinary schema is
its own normal form.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin

from contract.class_names import Place, Scope, defined_otherwise, last_word
from contract.drafts import LATEST_DRAFT, modern_keywords, older_formats
from contract.json_values import (
    Location,
    is_array,
    is_equal,
    is_object,
    json_pointer,
    values_within,
    without,
)
from contract.library import (
    URI_PREFIX,
    SchemaLibrary,
    document_id,
    is_absolute,
    nearest_reference,
)
from contract.names import class_name
from contract.refusal import Refused
from contract.rings import refuse_endless, refuse_loops, refuse_many_ways
from contract.subschemas import (
    DEFINITION_PREFIX,
    Schema,
    is_annotation,
    is_class_schema,
    map_children,
    map_subschemas,
    reachable_names,
    referenced_names,
    referred_name,
)
from contract.unevaluated import without_unevaluated
from referencing.exceptions import Unresolvable
from referencing.jsonschema import lookup_recursive_ref

# Said by the document around them, or taken over by the references themselves.
IDENTITY_KEYWORDS = {
    *("$schema", "$id", "id", "$anchor", "$vocabulary", "$defs", "definitions"),
    *("$dynamicAnchor", "$dynamicRef", "$recursiveAnchor", "$recursiveRef"),
}


class NormalForm(NamedTuple):
    """The schema of a file in normal form, with the definitions it needs in ``$defs``; by their
    names the folders that those are written in, and their places; the names chosen for objects
    within."""

    schema: Schema
    homes: Mapping[str, str]
    places: Mapping[str, Place]
    names: Mapping[tuple[str, ...], str]


def normal_form(message: str, file: str, library: SchemaLibrary) -> NormalForm:
    """The normal form of one file's schema.

    Raises Refused with lines of ``file#pointer: what; cure``.
    """
    normalizer = Normalizer(message, file, library)
    schema = normalizer.schema()
    if normalizer.inner_targets:  # which are known only when all references are
        normalizer = Normalizer(message, file, library, normalizer.inner_targets)
        schema = normalizer.schema()
    defined = schema.get("$defs", {})
    homes = {
        name: home
        for key, name in normalizer.known.items()
        for home, written in [library.homes.get(key, ("", ""))]
        if home and name in defined
        if name in (written, class_name(written), library.chosen_by_id.get(key))
    }
    places = {name: it.around_reference() for name, it in normalizer.places.items()}
    places |= {
        name: library.places_in_resources[key]
        for key, name in normalizer.known.items()
        if key in library.places_in_resources
    }
    return NormalForm(schema, homes, places, chosen_within(normalizer.known, library))


def chosen_within(names: Mapping[int, str], library: SchemaLibrary) -> dict[tuple[str, ...], str]:
    """The names chosen for objects within the definitions that have ``names``."""
    return {
        (names[id(chosen.owner)], *chosen.path): chosen.name
        for chosen in library.chosen
        if chosen.path and id(chosen.owner) in names
    }


class Normalizer:
    """One message on its way into normal form; ``shared`` are the objects within it that
    references lead to as well, by their identities."""

    def __init__(
        self, message: str, file: str, library: SchemaLibrary, shared: Collection[int] = ()
    ) -> None:
        self.shared, self.objects = shared, set[int]()
        self.message, self.place = message, Place(file, ())
        self.source = library.registry.contents(URI_PREFIX + file)
        self.resolver = library.registry.resolver(URI_PREFIX + file)
        self.library, self.names = library, library.class_names(file.partition("/")[0])
        # Where each of the definitions stands that the message needs.
        self.places: dict[str, Place] = {}
        # Not where the definition of the message's name has it.
        self.has_own_name = self.names.names.get((id(self.source), ())) == message
        # The names of the definitions that are met, and what waits to be read.
        self.known: dict[int, str] = {id(self.source): message} if self.has_own_name else {}
        self.met: set[tuple[int, Scope]] = {(it, ()) for it in self.known}
        self.pending_definitions: list[tuple[str, Place, Schema, Any]] = []
        # The drafts of what is read.
        self.drafts: set[Any] = set()

    @property
    def inner_targets(self) -> set[int]:
        """The objects described where they stand that references lead to."""
        return self.objects & self.known.keys()

    def schema(self) -> Schema:
        root = translate_at(self.place, self.translate_within, self.source, self.resolver)
        definitions: dict[str, Schema] = {}
        while self.pending_definitions:
            name, place, source, resolver = self.pending_definitions.pop(0)
            schema = translate_at(place, self.translate_target, source, resolver)
            self.add(definitions, name, place.of_reference(source), schema)
        parts = (root, *definitions.values())
        if self.has_own_name and any(self.message in referenced_names(it) for it in parts):
            definitions[self.message] = root
            self.places[self.message] = self.place.of_reference(self.source)
            root = {"$ref": DEFINITION_PREFIX + self.message}
        root, definitions = follow_references(root, definitions, self.places)
        refuse_loops(definitions, self.places)
        refuse_many_ways(root, definitions, {**self.places, "": self.place})
        refuse_endless(root, definitions, self.places)
        latest = {it is LATEST_DRAFT for it in self.drafts}
        by_contains = None if len(latest) > 1 else True in latest
        root, definitions = translate_at(
            self.place, without_unevaluated, root, definitions, by_contains
        )
        used = reachable_names(root, definitions)
        return self.as_emitted(root, {name: it for name, it in definitions.items() if name in used})

    def add(self, definitions: dict[str, Schema], name: str, place: Place, schema: Schema) -> None:
        """Add a definition; two of one name in a module become one class."""
        if name in definitions and not is_equal(definitions[name], schema):
            raise Refused(f"{place}: {name!r} {defined_otherwise(self.places[name])}")
        definitions.setdefault(name, schema)
        self.places.setdefault(name, place)

    def as_emitted(self, root: Schema, kept: dict[str, Schema]) -> Schema:
        """The root as Pydantic emits it: by reference to its own name if it holds itself alone."""
        itself = root == {"$ref": DEFINITION_PREFIX + self.message}
        if itself and not any(self.message in referenced_names(it) for it in kept.values()):
            root = kept.pop(self.message)
        return {**root, **({"$defs": kept} if kept else {})}

    def translate_within(self, source: Schema | bool, resolver: Any) -> Any:
        """A schema that stands where the resolver is, and may have an ``$id`` of its own."""
        if is_object(source):
            resolver = resolver.in_subresource(self.resource(source))
        return self.translate(source, resolver)

    def translate_target(self, source: Schema, resolver: Any) -> Any:
        """A schema that a reference led to; the resolver may know a document by another URI than
        the document itself."""
        resource = self.resource(source)
        inside = resolver.in_subresource(resource) if is_absolute(resource.id()) else resolver
        return self.translate(source, inside)

    def resource(self, source: Schema) -> Any:
        return self.library.draft_by_id[id(source)].create_resource(source)

    def translate(self, source: Schema | bool, resolver: Any) -> Any:
        """The schema in words of 2020-12, references by name; the resolver is within it."""
        if not is_object(source):
            return {} if source else {"not": {}}
        draft = self.library.draft_by_id[id(source)]
        self.drafts.add(draft)
        words = modern_keywords(source, draft, formats=self.library.formats)
        kept = {word: it for word, it in words.items() if is_kept(word, it)}
        referred = [
            self.reference(words, word, resolver) for word in REFERENCE_KEYWORDS if word in words
        ]

        def child(step: tuple[str | int, ...], subschema: Any) -> Any:
            if isinstance(subschema, bool) and step[0] in BOOLEAN_KEYWORDS:
                return subschema
            if id(subschema) in self.shared:
                return self.reference_to(subschema, resolver)
            if is_object(subschema) and is_shareable(subschema):
                self.objects.add(id(subschema))
            return translate_at(step, self.translate_within, subschema, resolver)

        referred += older_formats(words, draft)
        return simplify_schema(join_references(map_children(kept, child), referred))

    def reference(self, schema: Schema, word: str, resolver: Any) -> Schema:
        """``$ref`` or another reference as one to a definition by its name."""
        target = schema[word]
        try:
            resolved = (
                lookup_recursive_ref(resolver)
                if word == "$recursiveRef"
                else resolver.lookup(target)
            )
        except (Unresolvable, ValueError, TypeError) as error:
            raise Refused(f"/{word}: {target!r} {self.why_lost(target, resolver)}") from error
        if id(resolved.resolver.lookup("#").contents) in self.library.ambiguous:
            alike = "leads to one of several schemas that are called alike"
            raise Refused(f"/{word}: {target!r} {alike}; give each an $id of its own")
        if isinstance(resolved.contents, bool):
            return {} if resolved.contents else {"not": {}}
        self.refuse_values(word, target, resolved.contents)
        scope = self.library.dynamic_scope(resolved.contents, resolved.resolver)
        anchor = f"#{resolved.contents.get('$dynamicAnchor')}"
        if word == "$ref" and scope and target.endswith(anchor):
            raise Refused(f"/$ref: {target!r} is a dynamic anchor; write a JSON Pointer to it")
        contents: Any = resolved.contents
        place = self.names.place(contents, Place(self.place.file, (last_word(target),)))
        return self.reference_to(contents, resolved.resolver, scope, place)

    def why_lost(self, target: str, resolver: Any) -> str:
        """The fault of a reference that leads nowhere."""
        base = document_id(resolver.lookup("#").contents) or ""
        uri = urldefrag(urljoin(base, target)).url
        near = nearest_reference(target, resolver.lookup("#").contents)
        if near:
            return f"names nothing in this file; write {near!r}"
        near = self.library.nearest_file(target, self.place.file)
        if near:
            return f"names nothing under schemas/; write {near!r}"
        if not is_absolute(uri) or uri.startswith(URI_PREFIX) or uri in self.library.registry:
            cure = "add it there or correct the reference"
        else:
            copy = f"vendored/{last_word(uri) or 'schema'}.json"
            line = f'[tool.contract.resources] "{uri}" = "{copy}"'
            cure = f"add it there, or keep a copy and name it in pyproject.toml: {line}"
        return f"names nothing under schemas/, and nothing is fetched; {cure}"

    def refuse_values(self, word: str, target: str, value: Any) -> None:
        """A reference may lead to any value that is a schema, wherever it stands."""
        if not is_object(value):
            raise Refused(f"/{word}: {target!r} is no schema; refer to one")
        refusals = self.library.refusals(value)
        if refusals:
            raise Refused(f"/{word}: {target!r} leads to {refusals[0]}")

    def reference_to(
        self, contents: Any, resolver: Any, scope: Scope = (), place: Place | None = None
    ) -> Schema:
        """The reference to a definition by its name; the definition is read later."""
        place = place or self.names.place(contents, self.place)
        name = self.names.name(contents, place, scope)
        if (id(contents), scope) not in self.met:
            self.met.add((id(contents), scope))
            self.known |= {} if scope else {id(contents): name}
            self.pending_definitions.append((name, place, contents, resolver))
        return {"$ref": DEFINITION_PREFIX + name}


def is_shareable(schema: Schema) -> bool:
    """Whether the schema is an object of a class, and all that it says is of the class."""
    return is_class_schema(schema) and not SAID_OF_PLACES & schema.keys()


SAID_OF_PLACES = {"$id", "id", "default", "deprecated", "readOnly", "writeOnly"}


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


def is_kept(word: str, value: Any) -> bool:
    """Whether a keyword stays as it is; a note that holds a ``$ref`` cannot, because Pydantic
    would follow it."""
    noted = is_annotation(word) and word != "default"
    followed = noted and any(is_object(it) and "$ref" in it for _, it in values_within(value))
    return word not in {"$ref", *IDENTITY_KEYWORDS} and not followed


# What says of an object which members it has; allOf may.
MEMBER_KEYWORDS = frozenset(
    {"properties", "required", "patternProperties", "additionalProperties", "allOf"}
)


def join_references(schema: Schema, referred: list[Schema]) -> Schema:
    """The schema with what it refers to; a second reference goes into allOf, and so does one
    beside members: the parts of one class."""
    if referred and not MEMBER_KEYWORDS.isdisjoint(schema):
        return {"allOf": [*referred, *schema.get("allOf", ())], **without(schema, "allOf")}
    first = [it for it in referred[:1] if it.keys().isdisjoint(schema)]
    more = referred[len(first) :]
    rest = {"allOf": [*schema.get("allOf", ()), *more]} if more else {}
    return {**(first[0] if first else {}), **schema, **rest}


def simplify_schema(schema: Schema) -> Schema:
    """The schema without idle keywords, null last, a lone branch merged into the schema."""
    words = {word: it for word, it in schema.items() if not is_vacuous(word, it, schema)}
    if is_array(words.get("type")):
        types = sorted(words["type"], key=lambda it: it == "null")
        words["type"] = types[0] if len(types) == 1 else types
    if "enum" in words:
        words["enum"] = sorted(words["enum"], key=lambda it: it is None)
    if "anyOf" in words:
        words["anyOf"] = flatten_unions(words["anyOf"])
    for word in words.keys() & {"anyOf", "oneOf"}:
        words[word] = sorted(words[word], key=lambda it: it == {"type": "null"})
    if "required" in words:  # as Pydantic emits them: in the order of the properties
        order = [*words.get("properties", ()), *words["required"]]
        words["required"] = sorted(words["required"], key=order.index)
    if words.get("items") is True and words.get("type") == "array":
        words["items"] = {}
    if words.get("patternProperties", {}).keys() == {".*"} and not words.get("properties"):
        words["additionalProperties"] = words.pop("patternProperties")[".*"]
    if words.get("additionalProperties") == {}:
        words["additionalProperties"] = True
    for word in ("allOf", "anyOf", "oneOf"):
        if len(words.get(word, ())) == 1 and all(is_annotation(it) for it in words if it != word):
            return simplify_schema({**words[word][0], **without(words, word)})
    return words


def flatten_unions(branches: list[Any]) -> list[Any]:
    """The branches, those of a union within the union in its place."""
    inner = [it["anyOf"] if it.keys() == {"anyOf"} else [it] for it in branches]
    return [it for union in inner for it in union]


def is_vacuous(word: str, value: Any, schema: Schema) -> bool:
    if word in ("then", "else"):
        return "if" not in schema
    if word in ("minContains", "maxContains"):
        return "contains" not in schema
    if word in ("required", "dependentRequired", "dependentSchemas", "patternProperties"):
        return not value
    if word == "allOf":
        return all(it is True or it == {} for it in value)
    if word == "properties":  # of no type in particular
        return not value and schema.get("type") != "object"
    return word == "uniqueItems" and value is False


def follow_references(
    root: Schema, definitions: dict[str, Schema], places: Mapping[str, Place]
) -> tuple[Schema, dict[str, Schema]]:
    """Make each reference to a mere reference lead to the end of the chain."""
    ends = {name: chain_end(name, definitions, places) for name in definitions}

    def change(schema: Schema) -> Schema:
        if "$ref" not in schema:
            return schema
        target = ends[referred_name(schema)]
        redundant = {word for word in schema if is_redundant(word, schema, definitions[target])}
        return {**without(schema, *redundant), "$ref": DEFINITION_PREFIX + target}

    return map_subschemas(root, change), {
        name: map_subschemas(it, change) for name, it in definitions.items()
    }


# Keywords that mean something else beside others of them.
INTERACTING_KEYWORDS = (
    *("$ref", "properties", "patternProperties", "additionalProperties", "prefixItems", "items"),
    *("contains", "minContains", "maxContains", "if", "then", "else"),
)


def is_redundant(word: str, schema: Schema, definition: Schema) -> bool:
    """Whether the definition has the same keyword; Pydantic omits that beside a reference to it."""
    own = word in definition and word not in INTERACTING_KEYWORDS
    return own and is_equal(schema[word], definition[word])


def chain_end(name: str, definitions: Mapping[str, Schema], places: Mapping[str, Place]) -> str:
    seen = [name]
    while definitions[seen[-1]].keys() == {"$ref"}:
        target = referred_name(definitions[seen[-1]])
        if target in seen:
            raise Refused(f"{places[name]}: refers to nothing but itself; say what it is")
        seen.append(target)
    return seen[-1]

"""The schemas that a contract may refer to, by URI; nothing is fetched.

These are the files of ``schemas/``, the resources that ``pyproject.toml`` names, and the
meta-schemas of JSON Schema itself.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit, uses_relative

from contract.chosen_names import ChosenName
from contract.class_names import ClassNames, Scope, last_word, places_of
from contract.class_names import Place as NamedPlace
from contract.dialect import schema_refusals
from contract.drafts import LATEST_DRAFT, draft_of, schemas_with_draft
from contract.json_values import Location, is_array, is_equal, is_object, references_in
from contract.refusal import Refused
from contract.subschemas import Schema, definitions_of
from contract.words import pointers_on_the_way
from referencing import Registry, Resource, Specification
from referencing.exceptions import NoSuchAnchor, NoSuchResource
from referencing.jsonschema import DRAFT4, DRAFT201909, DynamicAnchor, lookup_recursive_ref

URI_PREFIX = "contract:/"


# The URIs of a contract's schemas are relative to each other (RFC 3986, section 5.2).
uses_relative.append("contract")


# The meta-schemas of every draft; the package is untyped.
META_SCHEMAS: Registry[Any] = import_module("jsonschema_specifications").REGISTRY


Documents = Mapping[str, Schema | bool]


class SchemaLibrary:
    """Schemas by their URIs; references cannot lead to anything else, nor to the ``ambiguous``:
    those that another one in the same file is called as, by identity."""

    def __init__(
        self,
        documents: Documents,
        annotations: Sequence[str],
        files: Documents,
        chosen: Sequence[ChosenName],
        formats: str,
    ) -> None:
        drafts = {uri: draft_of(it) or LATEST_DRAFT for uri, it in documents.items()}
        resources = {uri: drafts[uri].create_resource(it) for uri, it in documents.items()}
        self.ambiguous = {id(it) for it in schemas_with_shared_id(resources)}
        self.registry: Registry[Any] = META_SCHEMAS.with_resources(resources.items()).crawl()
        self.annotations, self.formats, self.documents = annotations, formats, documents
        self.draft_by_id: dict[int, Specification[Any]] = {}
        for uri, document in documents.items():
            if uri.removeprefix(URI_PREFIX) in files:  # are checked, the others where they are used
                self.admit(document, drafts[uri])
        self.chosen, self.chosen_by_id = chosen, {id(it.schema): it.name for it in chosen}
        self.chosen_definitions = [it for it in chosen if not it.path]
        # The folder and the name of each definition.
        self.homes = {
            id(schema): (PurePosixPath(file).parent.name, name)
            for file, whole in files.items()
            for name, schema in {**definitions_of(whole), PurePosixPath(file).stem: whole}.items()
            if is_object(schema)
        }
        self.files, self.places_in_files = files, places_of(files)
        self.names_by_module: dict[str, ClassNames] = {}
        self.places: dict[int, Place] = {}
        self.on_the_way: dict[int, set[str]] = {}

    def class_names(self, module: str) -> ClassNames:
        """The names of the classes of a module."""
        if module not in self.names_by_module:
            self.names_by_module[module] = ClassNames(
                module, self.files, self.places_in_files, self.chosen_definitions
            )
        return self.names_by_module[module]

    def admit(self, schema: Schema | bool, around: Specification[Any]) -> None:
        """Take a schema and those within it for schemas."""
        for _, specification, inner in schemas_with_draft(schema, around):
            self.draft_by_id[id(inner)] = specification

    @cached_property
    def places_in_resources(self) -> dict[int, NamedPlace]:
        """The place of every object in the resources, by its identity; the file is the URI."""
        resources = {
            uri: it for uri, it in self.documents.items() if not uri.startswith(URI_PREFIX)
        }
        return places_of(resources)

    @cached_property
    def shared_anchors(self) -> list[str]:
        """The names of the dynamic anchors that stand in several places."""
        documents = [*self.documents.values(), *map(META_SCHEMAS.contents, META_SCHEMAS)]
        counts = Counter(
            str(schema["$dynamicAnchor"])
            for each in documents
            for schema, _ in places_in(each)
            if "$dynamicAnchor" in schema
        )
        return sorted(name for name, times in counts.items() if times > 1)

    def dynamic_scope(self, value: Any, resolver: Any) -> Scope:
        """What decides where a dynamic reference in or below a schema leads (Core 8.2.3.2).

        For each dynamic anchor the outermost resource that holds it, and in 2019-09 the one that
        ``$recursiveRef`` leads to, by ``$id``; without the resource that the schema is in.
        """
        uris = [uri for uri, _ in resolver.dynamic_scope()][::-1]
        if not uris:
            return ()
        own = resolver.lookup("#").contents
        holders = {name: self.outermost(name, uris) for name in self.shared_anchors}
        if self.draft_by_id[id(value)] is DRAFT201909:
            holders["$recursiveRef"] = lookup_recursive_ref(resolver).contents
        return tuple(
            (name, str(it.get("$id"))) for name, it in holders.items() if it and it is not own
        )

    def outermost(self, anchor: str, uris: Iterable[str]) -> Any:
        """The first of the resources that holds a dynamic anchor of this name, or None."""
        holding = (uri for uri in uris if self.has_dynamic_anchor(uri, anchor))
        return next(map(self.registry.contents, holding), None)

    def has_dynamic_anchor(self, uri: str, name: str) -> bool:
        try:
            return isinstance(self.registry.anchor(uri, name).value, DynamicAnchor)
        except (NoSuchAnchor, NoSuchResource):
            return False

    def refusals(self, value: Schema) -> list[str]:
        """Why a value that a reference leads to cannot be taken for a schema.

        It may stand where JSON Schema does not expect one: under a word that no draft knows.
        """
        if id(value) in self.draft_by_id:
            return []
        document, path, around = self.place(value)
        on_the_way = self.on_the_way.get(id(document)) or pointers_on_the_way(document)
        self.on_the_way[id(document)] = on_the_way
        lines = schema_refusals(value, self.annotations, around, path, on_the_way)
        if not lines:
            self.admit(value, around)
        return lines

    def place(self, value: Schema) -> "Place":
        """Where a value stands."""
        if not self.places:
            documents = [*self.documents.values(), *map(META_SCHEMAS.contents, META_SCHEMAS)]
            self.places = {id(it): place for each in documents for it, place in places_in(each)}
        return self.places[id(value)]

    def nearest_file(self, target: str, file: str) -> str | None:
        """The reference from a file to another one that is most likely meant: to a definition
        there, or to a file whose name is almost the same."""
        if file not in self.files or is_absolute(target):
            return None
        path, mark, fragment = target.partition("#")
        known = {os.path.relpath(it, PurePosixPath(file).parent): it for it in self.files}
        if path in known:
            near = nearest_reference(mark + fragment, self.files[known[path]])
            return near and path + near
        near = nearest_path(path, known)
        return near and near + mark + fragment


# The document that a value stands in, its path there, and the draft of the schema around it.
Place = tuple[Schema | bool, Location, Specification[Any]]


def nearest_reference(target: str, document: Schema | bool) -> str | None:
    """The reference to a definition of the document that is most likely meant: one of the same
    name under the other keyword, or one of a name that is spelled almost the same."""
    words = document if is_object(document) else {}
    places = {
        name: f"#/{word}/{name}"
        for word in ("$defs", "definitions")
        for name in words.get(word, ())
    }
    is_local = "://" not in target and not target.partition("#")[0].endswith(".json")
    near = get_close_matches(last_word(target), places, n=1) if is_local else []
    return places[near[0]] if near else None


def nearest_path(path: str, known: Iterable[str]) -> str | None:
    """Of the known paths the one that is nearest, if the name of its file is almost the same."""
    names = {it: PurePosixPath(it).stem.casefold() for it in known}
    name = PurePosixPath(path).stem.casefold()
    alike = get_close_matches(name, [*names.values()], n=1, cutoff=0.8)
    near = get_close_matches(path, [it for it in names if names[it] in alike], n=1, cutoff=0)
    return near[0] if near else None


def places_in(document: Schema | bool) -> Iterator[tuple[Schema, Place]]:
    """Every object of a document with its place."""
    waiting: list[tuple[Any, Location, Specification[Any]]] = [
        (document, (), draft_of(document) or LATEST_DRAFT)
    ]
    while waiting:
        value, path, around = waiting.pop()
        if is_object(value):
            draft = (draft_of(value) or around) if "$schema" in value else around
            yield value, (document, path, draft)
            waiting += [(child, (*path, name), draft) for name, child in value.items()]
        elif is_array(value):
            waiting += [(child, (*path, index), around) for index, child in enumerate(value)]


def documents_by_uri(files: Documents, resources: Documents) -> dict[str, Schema | bool]:
    """The files, by ``contract:/`` and their path, and the resources.

    A file that calls itself by an absolute ``$id`` may still refer to a file beside it by its
    path: what lies beside it here is served beside its ``$id``. One whose ``$id`` does not count,
    because it stands beside a ``$ref`` of an older draft, may refer to what is served beside that.
    """
    documents = {**{URI_PREFIX + file: it for file, it in files.items()}, **resources}
    own = {uri: document_id(it) for uri, it in documents.items()}
    known = {*documents, *own.values()}
    # What references are relative to, what they may be relative to as well, and the document.
    waiting = [
        (own[uri] or uri, uri if own[uri] else hidden_id(it), it)
        for uri, it in documents.items()
        if uri.startswith(URI_PREFIX)
    ]
    while waiting:
        base, other, document = waiting.pop()
        for target in references_outward(document):
            uri, beside = urljoin(base, target), urljoin(other, target)
            if uri not in known and beside in documents:
                known.add(uri)
                documents[uri] = documents[beside]
                waiting.append((uri, beside, documents[beside]))
    return documents


def hidden_id(document: Schema | bool) -> str:
    """What a document would call itself if that did not stand beside a ``$ref``."""
    named = document.get("$id", document.get("id", "")) if is_object(document) else ""
    return named if isinstance(named, str) else ""


def schemas_with_shared_id(resources: Mapping[str, Resource[Any]]) -> Iterator[Any]:
    """The schemas that call themselves by the same URI as another one in the same file, unless the
    two are equal: what a reference to it leads to would be left to chance (Core 8.2.1).

    Raises Refused where the other one is in another file, or is the file.
    """
    first = {uri: (uri, it.contents) for uri, it in resources.items()}
    for place, resource in resources.items():
        for uri, content in schemas_by_id(place, resource):
            other, known = first.setdefault(uri, (place, content))
            if known is content or is_equal(known, content):
                continue
            yield from (known, content)
            if other != place or uri in resources:
                places = [it.removeprefix(URI_PREFIX) for it in (place, other)]
                raise Refused(
                    f"{places[0]}#: a schema in {places[1]} is called"
                    f" {uri.removeprefix(URI_PREFIX)} too;"
                    " give each an $id of its own"
                )


def schemas_by_id(base: str, resource: Resource[Any]) -> Iterator[tuple[str, Any]]:
    """The schemas within a resource, by the URIs that they call themselves."""
    own = resource.id()
    uri = urljoin(base, own) if own else base
    if own:
        yield uri, resource.contents
    for inner in resource.subresources():
        yield from schemas_by_id(uri, inner)


def document_id(document: Schema | bool) -> str | None:
    """What the document calls itself, by the rules of its draft; None if it does not."""
    return (draft_of(document) or LATEST_DRAFT).create_resource(document).id()


def with_absolute_id(document: Schema | bool, uri: str) -> Schema | bool:
    """The document with its ``$id`` as an absolute URI; ``uri`` is where it lies."""
    own = document_id(document)
    if own is None or not is_object(document):
        return document
    word = "id" if draft_of(document) is DRAFT4 else "$id"
    return {**document, word: urljoin(uri, own)}


def is_absolute(uri: str | None) -> bool:
    """Whether a URI has a scheme (RFC 3986, section 4.3)."""
    return uri is not None and bool(urlsplit(uri).scheme)


def references_outward(document: Any) -> set[str]:
    """The URIs without fragment that a document refers to, as they are written."""
    return {urldefrag(it).url for it in references_in(document)} - {""}

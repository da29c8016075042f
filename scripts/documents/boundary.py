"""Schema -> boundary documents: just valid or just invalid, each with a stable name.

Every keyword at every place contributes documents on both sides of it. Every value is exchanged
for each value of a small pool, every member is dropped, every object is given a stranger. A name
is the path of the fault in the document, then the keyword, then the case:
``payload/total_messages/minimum/below``. The oracle decides whether a document is valid.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from contract.json_values import is_array, is_object, kind_of, number_of_values, short_json, without
from contract.notes import contradiction
from contract.refusal import Refused
from contract.subschemas import Schema, all_of_schemas, referred_name
from documents.keywords import KEYWORDS
from documents.pool import POOL, Case
from documents.search import NONE, ValueSearch
from documents.views import Names, Place, View
from documents.work import OutOfWork, Work

SOME_DOCUMENTS = 2_000  # beyond them, each place has one value of each kind of the pool
MANY_DOCUMENTS = 8_000  # beyond them, a definition is not entered at a further place
MAX_STEPS = 20_000_000  # of a search, half a minute at most; a large schema needs a million
MAX_VALUES = 5_000_000  # in all documents together; those of a large schema hold two million
MANY_PLACES = 4  # beyond them neither, or each diamond of references would double the documents


POOL_BY_KIND: list[list[Case]] = [
    [(label, value) for label, value in POOL.items() if kind_of(value) == kind]
    for kind in dict.fromkeys(map(kind_of, POOL.values()))
]


@dataclass(frozen=True)
class Document:
    """One JSON value and the stable name it goes by."""

    name: str
    instance: Any


class BoundaryDocuments:
    """The boundary documents of one message; iteration raises OutOfWork when ``work`` is done."""

    def __init__(self, schema: Schema | bool, work: Work | None = None) -> None:
        self.schema = schema
        self.search = ValueSearch(schema, work)
        self.definitions = self.search.definitions

    def __iter__(self) -> Iterator[Document]:
        """Every document once, names unique, in the order of the schema."""
        self.entered: Counter[str] = Counter()
        names: Counter[str] = Counter()
        self.case_count = self.pool_part = value_count = 0
        for name, instance in self.all_cases():
            value_count += number_of_values(instance)
            if value_count > MAX_VALUES:
                self.search.work.end()
            names[name] += 1
            self.case_count += 1
            again = f"#{names[name]}" if names[name] > 1 else ""
            yield Document(f"{name}{again}", instance)

    @property
    def has_many(self) -> bool:
        return self.case_count > MANY_DOCUMENTS

    def all_cases(self) -> Iterator[Case]:
        """The least and the complete document, then the cases of the schema."""
        root = without(self.schema, "$defs") if is_object(self.schema) else self.schema
        for name, complete in (("minimal", False), ("complete", True)):
            document = self.search.find(root, complete=complete)
            if document is not NONE:
                yield name, document
            elif name == "minimal":
                self.refuse_unsatisfiable(root)
        yield from self.cases(root, Place())

    def refuse_unsatisfiable(self, root: Schema | bool) -> None:
        """Refuse a message for which no value is known, unless its schema says that none is valid.

        The values of other keywords (``not``, ``anyOf``) may be in the pool: ``examine`` refuses.
        """
        if self.search.is_endless:
            raise Refused(": needs itself without end; make a member optional")
        keywords = {"type", "required", "properties", "$ref", "allOf"}
        if not is_never(root) and is_object(root) and root.keys() & keywords:
            name, schema = next(self.unsatisfied_members(root, ()), ("", root))
            if schema is False:
                raise Refused(f": the member {name!r} is required and not allowed; correct one")
            what = f"the member {name!r}, " if name else ""
            for word, fault in contradiction(schema) if is_object(schema) else ():
                named = f"the member {name!r}" if name else "the message"
                raise Refused(f": {named} cannot be valid: {word} {fault}")
            fault = f"nothing was found that satisfies {what}{short_json(schema)}"
            raise Refused(f": {fault}; add an example to it")

    def unsatisfied_members(
        self, schema: Schema | bool, trail: Names
    ) -> Iterator[tuple[str, Schema | bool]]:
        """The innermost required members for which there is no value, with their schemas."""
        for view in self.search.views(schema, False, trail):
            for name in view.required_names():
                inner = view.member_schema(name)
                if self.search.find(inner, complete=False, trail=view.trail) is NONE:
                    yield from self.unsatisfied_members(inner, view.trail)
                    yield name, inner

    def cases(self, schema: Schema | bool, place: Place) -> Iterator[Case]:
        """The values to try where ``schema`` stands, beyond many documents its keywords' alone."""
        yield from ((f"value/{label}", value) for label, value in self.pool_values())
        yield from self.keyword_cases(schema, place)

    def pool_values(self) -> list[Case]:
        """The pool; beyond some documents one value of each kind, for each place another one."""
        if self.has_many:
            return []
        if self.case_count <= SOME_DOCUMENTS:
            return [*POOL.items()]
        self.pool_part += 1
        return [cases[self.pool_part % len(cases)] for cases in POOL_BY_KIND]

    def keyword_cases(self, schema: Schema | bool, place: Place) -> Iterator[Case]:
        """The values on both sides of each keyword of ``schema``."""
        is_spent = self.search.is_spent or self.has_many
        if not is_object(schema) or (is_spent and place.beside):
            return
        if "$ref" in schema:
            yield from self.definition_cases(schema, place)
        for keyword, cases in KEYWORDS.items():
            if keyword in schema:
                yield from cases(self, schema, place)

    def definition_cases(self, schema: Schema, place: Place) -> Iterator[Case]:
        """The cases of the definition behind ``$ref``; a recursive one is entered once.

        Otherwise k definitions that refer to each other would be entered in every order.
        """
        name = referred_name(schema)
        is_known = name in self.entered and (
            name in self.search.recursive
            or name in place.trail
            or self.has_many
            or self.entered[name] >= MANY_PLACES
        )
        if not is_known:
            self.entered[name] += 1
            siblings = [schema] if len(schema) > 1 else []
            inner = replace(place.within(*siblings), trail=(*place.trail, name))
            yield from self.keyword_cases(self.definitions[name], inner)

    def find(self, place: Place, *schemas: Schema | bool, complete: bool = True) -> Any:
        """A value of these schemas, one that satisfies the place too if there is one, or NONE."""
        for wanted in (all_of_schemas(*place.beside, *schemas), all_of_schemas(*schemas)):
            value = self.search.find(wanted, complete=complete, trail=place.trail)
            if value is not NONE:
                return value
        return NONE

    def object(self, schema: Schema, place: Place, *, complete: bool) -> dict[str, Any]:
        """A valid object, or an empty one if the search finds none."""
        value = self.find(place, schema, {"type": "object"}, complete=complete)
        return value if is_object(value) else {}

    def array(self, schema: Schema, place: Place) -> list[Any]:
        """A valid array, or an empty one if the search finds none."""
        value = self.find(place, schema, {"type": "array"})
        return value if is_array(value) else []

    def allowed_names(self, schema: Schema, place: Place, wanted: Schema) -> list[str]:
        """A name that is wanted and that ``propertyNames`` allows; none without that keyword."""
        if "propertyNames" not in schema:
            return []
        name = self.find(Place(place.trail, (schema["propertyNames"],)), wanted)
        return [name] if isinstance(name, str) else []

    def view(self, schema: Schema, place: Place) -> View:
        """The schemas that a value of ``schema`` has to satisfy here, by the first choices."""
        views = self.search.views(all_of_schemas(*place.beside, schema), True, place.trail)
        return next(views, View(True, place.trail, (), [schema]))

    def examples_of(self, name: str, place: Place, *schemas: Schema | bool) -> Iterator[Case]:
        """The least and the complete value, where there is one."""
        for label, complete in (("least", False), ("whole", True)):
            value = self.find(place, *schemas, complete=complete)
            if value is not NONE:
                yield f"{name}/{label}", value


def is_never(schema: Schema | bool) -> bool:
    """Whether the schema itself says that no value is valid: ``false``, ``not: {}``."""
    if not is_object(schema):
        return not schema
    return schema.get("not") in (True, {}) or any(map(is_never, schema.get("allOf", ())))


def boundary_documents(place: str, schema: Schema, work: Work | None = None) -> list[Document]:
    """The boundary documents of a message that a search draws before its work is done.

    ``place`` opens each line of a refusal. Raises Refused where there is no document.
    """
    work, documents = work or Work(MAX_STEPS), list[Document]()
    steps = work.left
    try:
        with suppress(OutOfWork):
            documents.extend(BoundaryDocuments(schema, work))
        if not documents:
            raise Refused(f": no valid document was found in {steps} steps; add an example")
        return documents
    except Refused as refused:
        raise Refused(f"{place}{refused}") from refused
    except RecursionError as error:
        raise Refused(f"{place}: needs itself without end; make a member optional") from error

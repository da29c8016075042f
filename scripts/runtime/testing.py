"""For the tests of those who use the contract: documents that it takes and that it refuses.

``examples`` and ``rejected`` are the packaged conformance documents by name. ``documents``,
``near_misses`` and ``models`` are strategies of Hypothesis that draw more from them; each step of
a draw is kept only if the model takes it, so that the model is the judge of all that is drawn.
A message is its class, or its name: ``operations.CloseChatSessionResponse``.
"""
# What Hypothesis has is unknown where it is not installed, and that is no fault of its file.
# pyright: reportMissingImports=false, reportUnknownParameterType=false
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false

import json
import operator
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload

from pydantic import BaseModel, ValidationError

from ._paths import error_pointer
from ._types import is_array, is_object

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy  # type: ignore[import-not-found,unused-ignore]

__all__ = ["NearMiss", "documents", "examples", "models", "near_misses", "rejected"]

M = TypeVar("M", bound=BaseModel)
Location = tuple[str | int, ...]
LocatedValue = tuple[Location, Any]
ABSENT: Any = object()
MAX_CHANGES = 10  # changes of one document
ANY_STEP = -1  # stands for each index of an array, and for each name of an object


class NearMiss(NamedTuple):
    """A document that the message refuses, and the JSON Pointer (RFC 6901) of each fault."""

    document: Any
    pointers: list[str]


def examples(message: type[BaseModel] | str) -> dict[str, Any]:
    """Every packaged document that the message takes, by its name; LookupError if there is no
    such message."""
    return packaged_documents(model_class(message), True)


def rejected(message: type[BaseModel] | str) -> dict[str, NearMiss]:
    """Every packaged document that the message refuses, by its name; LookupError if there is no
    such message."""
    model = model_class(message)
    documents = packaged_documents(model, False)
    return {name: NearMiss(it, fault_pointers(model, it)) for name, it in documents.items()}


def documents(message: type[BaseModel] | str) -> "SearchStrategy[Any]":
    """Documents that the message takes, as ``json.loads`` gives them; the least comes first.

    Raises LookupError if there is no such message, ModuleNotFoundError without Hypothesis.
    """
    drawn: SearchStrategy[Any] = strategies_for(model_class(message)).documents()
    return drawn


def near_misses(message: type[BaseModel] | str) -> "SearchStrategy[NearMiss]":
    """Documents that the message refuses, each with one fault of a packaged one put into a
    document that it takes. Raises as ``documents`` does."""
    drawn: SearchStrategy[NearMiss] = strategies_for(model_class(message)).near_misses()
    return drawn


@overload
def models(message: type[M]) -> "SearchStrategy[M]": ...
@overload
def models(message: str) -> "SearchStrategy[BaseModel]": ...
def models(message: type[BaseModel] | str) -> "SearchStrategy[Any]":
    """Instances of the message, read from ``documents``. Raises as that does."""
    model = model_class(message)

    def instance(document: Any) -> BaseModel:
        return model.model_validate_json(json.dumps(document))

    return documents(model).map(instance)


def model_class(message: type[BaseModel] | str) -> type[BaseModel]:
    """The class of a message; LookupError if it is none of this package."""
    names = [f"{it.parent.name}.{it.stem}" for it in sorted(CONFORMANCE_FOLDER.glob("*/*.json"))]
    name = message if isinstance(message, str) else message_name(message)
    if name not in names:
        raise LookupError(f"{name}: no message of this package; name one of {', '.join(names)}")
    module, _, attribute = name.partition(".")
    model: type[BaseModel] = getattr(import_module(f".{module}", __package__), attribute)
    return model


CONFORMANCE_FOLDER = Path(__file__).parent / "conformance"


def message_name(model: type[BaseModel]) -> str:
    return f"{model.__module__}.{model.__qualname__}".removeprefix(f"{__package__}.")


def packaged_documents(model: type[BaseModel], valid: bool) -> dict[str, Any]:
    """The conformance documents of one verdict, fresh each time."""
    module, _, message = message_name(model).partition(".")
    (case,) = json.loads((CONFORMANCE_FOLDER / module / f"{message}.json").read_bytes())
    return {it["description"]: it["data"] for it in case["tests"] if it["valid"] is valid}


def fault_pointers(model: type[BaseModel], document: Any) -> list[str]:
    """The JSON Pointer of each fault that the model finds, none if it takes the document."""
    return sorted({place for place, _ in pointers_and_types(model, document)})


def pointers_and_types(model: type[BaseModel], document: Any) -> list[tuple[str, str]]:
    """The JSON Pointer and the type of each of Pydantic's errors."""
    try:
        model.model_validate_json(json.dumps(document))
    except ValidationError as error:
        errors: Any = error.errors(include_url=False)
        return sorted((error_pointer(model, it), it["type"]) for it in errors)
    return []


@cache
def strategies_for(model: type[BaseModel]) -> "MessageStrategies":
    """What is drawn from for one message; ModuleNotFoundError without Hypothesis."""
    try:
        strategies = import_module("hypothesis.strategies")
    except ModuleNotFoundError:
        cure = "install the extra [testing] of the contract, or hypothesis itself"
        raise ModuleNotFoundError(f"hypothesis is not installed; {cure}") from None
    return MessageStrategies(model, strategies)


class MessageStrategies:
    """The packaged documents of a message taken apart: each place that they have, and the values
    that stand there in those that are taken."""

    def __init__(self, model: type[BaseModel], strategies: Any) -> None:
        self.model, self.st = model, strategies
        self.taken = [*packaged_documents(model, True).values()]
        self.refused = self.group_by_errors(packaged_documents(model, False).values())
        self.document_by_location: dict[Location, Any] = {}  # with a document that has it
        self.values: dict[Location, dict[str, Any]] = defaultdict(dict)
        self.others: dict[Location, Any] = {}
        floats = strategies.floats(allow_nan=False, allow_infinity=False)
        self.floats, self.free = floats, json_strategy(strategies, floats)
        for document in self.taken:
            for place, value in walk_values(document):
                self.document_by_location.setdefault(place, document)
                general = generalize_location(place)
                for each in {general, (*general[:-1], ANY_STEP)[: len(place)]}:
                    self.values[each].setdefault(json.dumps(value), value)
        # Last, for it is the greatest change.
        self.document_by_location[()] = self.document_by_location.pop((), None)

    def group_by_errors(self, refused: Iterable[Any]) -> list[list[Any]]:
        """Those with the same errors together, so that each is drawn as often as any other; first
        what misses by one member, which a draw shrinks to, last what is refused as a whole."""
        alike: dict[Any, list[Any]] = defaultdict(list)
        for document in refused:
            alike[tuple(pointers_and_types(self.model, document))].append(document)
        return [alike[it] for it in sorted(alike, key=lambda it: (it[0][0] == "", len(it)))]

    def documents(self) -> Any:
        return self.st.deferred(lambda: self.made_ready()) if self.taken else self.st.nothing()

    def made_ready(self) -> Any:
        """Before the first draw, whose time Hypothesis limits: a text needs its table of Unicode,
        which takes it seconds to make."""
        self.st.text().validate()
        return self.st.composite(self.document)()

    def near_misses(self) -> Any:
        if not self.refused:
            return self.st.nothing()
        refused = self.st.sampled_from(self.refused).flatmap(self.st.sampled_from)
        if not self.taken:
            return refused.map(self.as_near_miss)
        return self.st.builds(self.make_near_miss, self.documents(), refused)

    def document(self, draw: Any) -> Any:
        """A packaged document with some changes, fresh each time."""
        instance = draw(self.st.sampled_from(self.taken[:2]) | self.st.sampled_from(self.taken))
        for _ in range(draw(self.st.integers(0, MAX_CHANGES))):
            changed = with_value_at(instance, *self.draw_change(draw, instance))
            instance = instance if fault_pointers(self.model, changed) else changed
        return fresh_copy(instance)

    def make_near_miss(self, document: Any, refused: Any) -> NearMiss:
        """What is wrong with a packaged document, put into another; the packaged one itself where
        the other is taken all the same."""
        changes = ([*changes_between(it, refused)] for it in self.taken[:2])
        for place, value in min(changes, key=len):
            document = with_value_at(document, place, value)
        missed = self.as_near_miss(document)
        return missed if missed.pointers else self.as_near_miss(refused)

    def as_near_miss(self, document: Any) -> NearMiss:
        return NearMiss(fresh_copy(document), fault_pointers(self.model, document))

    def draw_change(self, draw: Any, document: Any) -> LocatedValue:
        """Another value for a place of the document, or a member of any name."""
        kinds = {(place, str if is_object(it) else int) for place, it in walk_values(document)}
        within = [
            it for it in self.document_by_location if not it or (it[:-1], type(it[-1])) in kinds
        ]
        place = draw(self.st.sampled_from(within))
        if (place, str) in kinds and draw(self.st.booleans()):
            return (*place, draw(self.st.text())), draw(self.free | self.at((*place, ANY_STEP)))
        return place, draw(self.at(place))

    def seen(self, place: Location) -> list[Any]:
        return [*self.values[generalize_location(place)].values()]

    def at(self, place: Location) -> Any:
        """What may stand at a place."""
        if place not in self.others:
            self.others[place] = self.st.one_of(*self.choices(place))
        return self.others[place]

    def choices(self, place: Location) -> Iterator[Any]:
        """More of the types that stand there in some document, and what stands there; in this
        order, for a draw shrinks to the first that will do."""
        st, seen = self.st, self.seen(place)
        texts = [it for it in seen if isinstance(it, str)]
        if texts and self.is_valid_at(place, "any"):
            yield st.text()
        elif any(self.is_valid_at(place, it) for it in near_texts(texts[:2]) - {*texts}):
            # Of an enum none is.
            piece = st.text(max_size=2)
            yield st.builds(splice_text, st.sampled_from(texts), st.integers(0), piece)
        numbers = [it for it in seen if isinstance(it, int | float) and not isinstance(it, bool)]
        if numbers:
            yield st.builds(operator.add, st.sampled_from(numbers), st.integers())
        if any(it % 1 for it in numbers):
            yield self.floats
        if any(map(is_array, seen)):
            yield st.lists(self.at((*place, ANY_STEP)))
        yield from [st.sampled_from(seen)] if seen else []

    def is_valid_at(self, place: Location, value: Any) -> bool:
        """Whether there is a document that has the place and is valid with this value there."""
        if place not in self.document_by_location:
            return False
        changed = with_value_at(self.document_by_location[place], place, value)
        return not fault_pointers(self.model, changed)


def json_strategy(st: Any, floats: Any) -> Any:
    """Any JSON value, of few parts."""

    def around(inner: Any) -> Any:
        return st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)

    leaves = st.none() | st.booleans() | st.integers() | floats | st.text()
    return st.recursive(leaves, around, max_leaves=5)


def walk_values(value: Any, place: Location = ()) -> Iterator[LocatedValue]:
    """Every value in the document with its place, its own first."""
    yield place, value
    inner = value.items() if is_object(value) else enumerate(value) if is_array(value) else ()
    for step, member in inner:
        yield from walk_values(member, (*place, step))


def generalize_location(place: Location) -> Location:
    """The items of an array have one place."""
    return tuple(ANY_STEP if isinstance(step, int) else step for step in place)


def changes_between(old: Any, new: Any, place: Location = ()) -> Iterator[LocatedValue]:
    """The innermost values in which ``new`` differs from ``old``."""
    if is_object(old) and is_object(new):
        for name in {**old, **new}:
            yield from changes_between(old.get(name, ABSENT), new.get(name, ABSENT), (*place, name))
    elif is_array(old) and is_array(new) and len(old) == len(new):
        for index, (left, right) in enumerate(zip(old, new, strict=True)):
            yield from changes_between(left, right, (*place, index))
    elif ABSENT in (old, new) or json.dumps(old) != json.dumps(new):  # where True is not 1
        yield place, new


def with_value_at(inner: Any, place: Location, value: Any) -> Any:
    """``inner`` with ``value`` at the place, without it if ABSENT; as it is if the place is not
    in it."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    if is_object(inner) and isinstance(step, str) and (step in inner or not rest):
        changed = {**inner, step: with_value_at(inner.get(step), rest, value)}
        return {name: it for name, it in changed.items() if it is not ABSENT}
    if is_array(inner) and isinstance(step, int) and (step < len(inner) or not rest):
        item = with_value_at(inner[step] if rest else None, rest, value)
        return [*inner[:step], item, *inner[step + 1 :]]
    return inner


def near_texts(texts: list[str]) -> set[str]:
    """The texts with one of their characters exchanged."""
    return {splice_text(it, index, "1") for it in texts for index in range(len(it))}


def splice_text(text: str, index: int, piece: str) -> str:
    """The text with another piece for one of its characters."""
    index %= len(text) + 1
    return text[:index] + piece + text[index + 1 :]


def fresh_copy(document: Any) -> Any:
    """A copy of one's own."""
    return json.loads(json.dumps(document))

"""Random schemas of the whole dialect, random documents: models and schemas agree on all."""

import importlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any

import pytest
from contract.drafts import LATEST_URI
from contract.read import build_contract
from contract.refusal import Refused
from contract.subschemas import Schema
from documents.boundary import BoundaryDocuments, Document
from oracle.oracle import oracle_for
from oracle.validators import DRAFT_VALIDATORS
from output.package import package_code
from proof.sandbox import imported_package

from tests.zoo.judging import disagreements, prove
from tests.zoo.random_documents import near_miss

pytestmark = pytest.mark.dialect

MESSAGES = 3  # of each module, beside the one they all refer to
REFUSED = 0.1  # at most, of the schemas: what nothing satisfies, mostly
DEPTH = 2

MEMBERS = ["id", "kind", "content-type", "1st", "_x", "copy", "A", "b c", "__assertion__"]
DEFINITIONS = {"Node": "Node", "odd name": "odd%20name", "a/b": "a~1b", "Item": "Item"}
TEXTS = ["a", "b c", "ab", "", "x-1", "2024-02-29"]
NUMBERS = [0, 1, -1, 3, 1.0, 2.5, 0.1, 2**53 + 1, 1e25]
PATTERNS = ["^[a-z]+$", "^x-", "b", r"^\w{1,3}$", r"^\d*$"]
FORMATS = ["uuid", "date", "uri", "ipv4", "unknown"]
TYPES = ["null", "boolean", "string", "integer", "number", "array", "object"]
ANNOTATIONS: dict[str, list[Any]] = {
    "title": ["A title", "Node", ""],
    "description": ['in """quotes"""', " two\n lines", ""],
    "default": ["a", 1, 1.0, None, [], {"kind": "a"}],
    "examples": [[], [1, {"$comment": 2}]],
    **{"x-note": [[{}]], "$comment": ["why"], "readOnly": [True], "writeOnly": [False]},
}


@dataclass(frozen=True)
class Place:
    """What a schema may refer to: in place, so that nothing needs itself, and beyond a step."""

    near: tuple[str, ...]
    far: tuple[str, ...]
    depth: int = 0

    def within(self) -> "Place":
        return Place(self.near, self.far, self.depth + 1)

    def beyond(self) -> "Place":
        return Place(self.far, self.far, self.depth + 1)


class Schemas:
    """Random schemas of one draft, one function for each family of keywords."""

    def __init__(self, random: Random, draft: str) -> None:
        self.random, self.draft = random, draft
        self.key = "$defs" if draft == LATEST_URI else "definitions"

    def some(self, choices: dict[str, Callable[[], Any]], likely: float = 0.25) -> Schema:
        """Each keyword with its value, or not."""
        return {word: make() for word, make in choices.items() if self.random.random() < likely}

    def pick(self, choices: Iterable[Any]) -> Callable[[], Any]:
        return lambda: self.random.choice(list(choices))

    def typed(self, kind: str) -> Schema:
        return {"type": kind} if self.random.random() < 0.85 else {}

    def any(self, place: Place) -> Schema | bool:
        """A schema of one family, now and then of two, or with annotations."""
        if self.random.random() < 0.05:
            return self.random.random() < 0.8
        families = LEAVES if place.depth >= DEPTH else (*LEAVES, *BRANCHES)
        schema = self.random.choice(families)(self, place)
        if self.random.random() < 0.1:
            schema = {**self.random.choice(LEAVES)(self, place), **schema}
        told = {word: self.pick(values) for word, values in ANNOTATIONS.items()}
        return {**schema, **self.some(told, 0.03)}

    def several(self, place: Place) -> list[Any]:
        return [self.any(place) for _ in range(self.random.choice([1, 2, 2, 3]))]

    def string(self, place: Place) -> Schema:
        words = {"minLength": self.pick([0, 1, 2.0]), "maxLength": self.pick([3, 36])}
        words |= {"pattern": self.pick(PATTERNS), "format": self.pick(FORMATS)}
        return {**self.typed("string"), **self.some(words, 0.2)}

    def number(self, place: Place) -> Schema:
        words = {
            self.random.choice(["minimum", "exclusiveMinimum"]): self.pick(NUMBERS),
            self.random.choice(["maximum", "exclusiveMaximum"]): self.pick([7, 9.5, 10**30]),
            "multipleOf": self.pick([1, 3, 0.1, 1e-8, 2.0]),
        }
        return {**self.typed(self.random.choice(["integer", "number"])), **self.some(words)}

    def constant(self, place: Place) -> Schema:
        values = [*TEXTS, *NUMBERS, None, True, [], [1, {"a": None}], {"kind": False}]
        texts = {"type": "string", "enum": self.random.sample(TEXTS, 2)}
        mixed = {"enum": self.random.sample(values, self.random.randint(1, 3))}
        return self.random.choice([texts, mixed, {"const": self.random.choice(values)}])

    def plain(self, place: Place) -> Schema:
        return self.typed(self.random.choice(TYPES))

    def reference(self, place: Place) -> Schema:
        """With siblings now and then; before 2019-09 those say nothing."""
        if not place.near:
            return self.plain(place)
        beside = self.random.choice([self.string, self.number, self.plain])(place)
        told = beside if self.random.random() < 0.2 else {}
        return {**told, "$ref": self.random.choice(place.near)}

    def array(self, place: Place) -> Schema:
        inner = place.beyond()
        sizes = {"minItems": self.pick([0, 1, 2]), "maxItems": self.pick([2, 3])}
        others = {"uniqueItems": self.pick([True, False]), "contains": lambda: self.any(inner)}
        found = {**self.typed("array"), **self.some(sizes, 0.2), **self.some(others, 0.15)}
        if "contains" in found and "draft-07" not in self.draft:
            found |= self.some({"minContains": self.pick([0, 1]), "maxContains": self.pick([2, 3])})
        if self.random.random() < 0.7:
            return {**found, **self.some({"items": lambda: self.any(inner)}, 0.7)}
        older = self.draft != LATEST_URI
        prefix, rest = ("items", "additionalItems") if older else ("prefixItems", "items")
        return {**found, prefix: self.several(inner), **self.some({rest: lambda: self.any(inner)})}

    def map(self, place: Place) -> Schema:
        inner = place.beyond()
        words: dict[str, Callable[[], Any]] = {
            "additionalProperties": lambda: self.any(inner),
            "patternProperties": lambda: {self.random.choice(PATTERNS): self.any(inner)},
            "propertyNames": lambda: self.string(inner),
            **{"minProperties": self.pick([0, 1]), "maxProperties": self.pick([3, 4])},
            "required": lambda: self.random.sample(MEMBERS, 1),
        }
        found, name = {**self.typed("object"), **self.some(words)}, self.random.choice(MEMBERS)
        word, needs = self.random.choice(
            [("dependentRequired", ["id"]), ("dependentSchemas", self.any(place.within()))]
        )
        word = "dependencies" if "draft-07" in self.draft else word
        return {**found, **self.some({word: lambda: {name: needs}}, 0.15)}

    def object(self, place: Place) -> Schema:
        """A class; what is required must not need the class."""
        names = self.random.sample(MEMBERS, self.random.randrange(5))
        required = [name for name in names if self.random.random() < 0.3]
        within, beyond = place.within(), place.beyond()
        members = {it: self.any(within if it in required else beyond) for it in names}
        more = self.map(place) if self.random.random() < 0.15 else {}
        rest = self.some({"additionalProperties": self.pick([False, True])})
        rest |= {"required": required} if required else {}
        return {**more, "type": "object", "properties": members, **rest}

    def combined(self, place: Place) -> Schema:
        inner = place.within()
        word = self.random.choice(["allOf", "anyOf", "oneOf", "not", "if"])
        if word not in ("not", "if"):
            null = [{"type": "null"}] if word != "allOf" and self.random.random() < 0.4 else []
            return {word: [*self.several(inner), *null]}
        parts = {it: lambda: self.any(inner) for it in ("then", "else")}
        return {word: self.any(inner), **(self.some(parts, 0.7) if word == "if" else {})}

    def composed(self, place: Place) -> Schema:
        """Parts of one object, some of a definition, some without a type."""
        kinds = [Schemas.object, Schemas.object, Schemas.reference, Schemas.constraint]
        parts = [self.random.choice(kinds)(self, place.within()) for _ in range(3)]
        for it in parts[1:]:
            if self.random.random() < 0.5:
                it.pop("type", None)
        own = self.object(place) if self.random.random() < 0.3 else {}
        return {**own, "allOf": parts}

    def constraint(self, place: Place) -> Schema:
        """What an object has to be beside its members."""
        names = self.random.sample(MEMBERS, 2)
        some: list[Schema] = [
            *({"required": names[:1]}, {"minProperties": 1}, {"not": {"required": names}}),
            {"if": {"required": names[:1]}, "then": {"required": names[1:]}},
            {"properties": {names[0]: self.plain(place)}},
        ]
        return self.random.choice(some)

    def types(self, place: Place) -> Schema:
        kinds = self.random.sample(TYPES, self.random.choice([1, 2, 3]))
        other = self.random.choice([self.string, self.number, self.object])(place)
        return {**other, **self.array(place), "type": kinds}

    def tagged(self, place: Place) -> Schema:
        """Objects told apart by a member."""
        branches = [self.object(place.within()) for _ in range(2)]
        for branch, tag in zip(branches, ("cat", "dog"), strict=True):
            branch["properties"]["kind"] = self.random.choice([{"const": tag}, {"enum": [tag]}])
            branch["required"] = sorted({*branch.get("required", ()), "kind"})
        told = self.some({"discriminator": lambda: {"propertyName": "kind"}})
        return {self.random.choice(["oneOf", "anyOf"]): branches, **told}

    def unevaluated(self, place: Place) -> Schema:
        if "draft-07" in self.draft:
            return self.object(place)
        word, family = ("unevaluatedProperties", Schemas.object)
        if self.draft == LATEST_URI and self.random.random() < 0.3:
            word, family = ("unevaluatedItems", Schemas.array)
        around = family(self, place) if self.random.random() < 0.5 else {}
        parts = [family(self, place.within()) for _ in range(self.random.choice([1, 2]))]
        applied = {self.random.choice(["anyOf", "allOf", "oneOf"]): parts}
        return {**around, **applied, word: self.random.choice([False, True, {"type": "integer"}])}

    def message(self, names: list[str], definitions: Schema) -> Schema:
        near = (*(f"#/{self.key}/{DEFINITIONS[it]}" for it in names), "Shared.json")
        place = Place(near, (*near, "#"))
        root = self.random.choice([Schemas.object, Schemas.object, *BRANCHES])(self, place)
        around = {"allOf": [root]} if "$ref" in root else root
        return {"$schema": self.draft, **around, self.key: definitions}

    def module(self) -> dict[str, Schema | bool]:
        """Messages that share definitions, and a file they refer to."""
        names = self.random.sample(list(DEFINITIONS), self.random.randrange(4))
        near = [f"#/{self.key}/{DEFINITIONS[it]}" for it in names]
        places = [Place(tuple(near[index + 1 :]), tuple(near)) for index in range(len(names))]
        found = {name: self.any(place) for name, place in zip(names, places, strict=True)}
        messages = {f"M{it}": self.message(names, found) for it in range(MESSAGES)}
        return {"Shared": {"$schema": self.draft, **self.object(Place((), ()))}, **messages}


Family = Callable[[Schemas, Place], Schema]
S = Schemas
LEAVES: list[Family] = [S.string, S.number, S.constant, S.plain, S.reference]
BRANCHES = [S.array, S.map, S.object, S.combined, S.composed, S.types, S.tagged, S.unevaluated]


def taken(sources: dict[str, bytes]) -> dict[str, bytes]:
    """The sources that are not refused, each judged beside those before it."""
    found: dict[str, bytes] = {}
    for path in sources:
        module, message = path.removesuffix(".json").split("/")
        with suppress(Refused):
            contract = build_contract({**found, path: sources[path]}, "1")
            next(iter(BoundaryDocuments(contract.modules[module].messages[message])))
            found[path] = sources[path]
    return found


# The number of modules, by turns of each draft.
@pytest.mark.parametrize("modules", [3, pytest.param(8, marks=pytest.mark.full)])
def test_random_schemas_have_exact_models(modules: int) -> None:
    random = Random(4)
    sources: dict[str, bytes] = {}
    for index in range(modules):
        made = Schemas(random, list(DRAFT_VALIDATORS)[index % 3]).module()
        sources |= taken({f"m{index}/{it}.json": json.dumps(made[it]).encode() for it in made})
    assert len(sources) >= (1 - REFUSED) * modules * (MESSAGES + 1)
    contract = build_contract(sources, "1")
    files = package_code(contract, formatted=False)
    assert prove(contract, files).documents >= 100 * len(sources)
    verdicts: list[bool] = []
    with imported_package(files) as package:
        for name, module in contract.modules.items():
            for message, schema in module.messages.items():
                judge = oracle_for(contract, name, message)
                model = getattr(importlib.import_module(f"{package}.{name}"), message)
                some = [it.instance for it in islice(BoundaryDocuments(schema), 100)]
                valid = [it for it in some if judge.accepts(it)]
                tried = [near_miss(it, random) for it in random.choices(valid or [None], k=60)]
                tried = [near_miss(it, random) if random.random() < 0.5 else it for it in tried]
                assert not list(disagreements(model, judge, [Document(name, it) for it in tried]))
                verdicts += [judge.accepts(it) for it in tried]
                assert verdicts[-60:] == [judge.second_opinion(it) for it in tried]
    assert min(verdicts.count(True), verdicts.count(False)) >= 10 * len(sources)

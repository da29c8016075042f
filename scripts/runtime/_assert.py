"""The rarer assertions of JSON Schema 2020-12, compiled to pydantic-core.

``Annotated[list[str], Assert({"uniqueItems": True})]`` accepts what both the type and the JSON
Schema accept, and emits both. Shipped to packages that use it alone.
"""

import inspect
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ForwardRef

import pydantic
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ._any_of import AnyOf, first_that_fits, is_number, with_one_union_error
from ._json_types import NULL_SCHEMA, alternatives
from ._keywords import KEYWORDS_BY_TYPE, Schema, compile_schema, document_of, referred_name
from ._recursion import judged_once_schema
from ._types import (
    ExactMarker,
    ExactModel,
    Model,
    emit_json_schemas,
    is_array,
    is_object,
    without,
)
from ._unions import (
    ANY_SCHEMA,
    keep_if,
    returns_instance,
    then_or_fail,
    union_of,
    unjudged,
    with_one_error,
)


class Assert(ExactMarker):
    """What the JSON Schema ``schema`` asserts, beside the annotated type.

    A ``$ref`` in it names a class or alias of the module. It judges JSON values: pass models and
    other Python objects in its place as ``to_jsonable_python`` gives them. Its one error has the
    type ``assertion`` and stands at the value, whatever in it is wrong; its message names the
    keyword that failed, and the place below.
    """

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.schema_by_class: dict[Any, Schema] = {}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        plain: Any = handler(source)
        step, references = self.compile_step(handler, kind=plain["type"])
        if plain["type"] in JSON_TYPES:  # no tuple, set or bytes
            plain = {**plain, "strict": True}
        steps = [plain] if step is ANY_SCHEMA else [step, plain]
        return self.made(core_schema.chain_schema(steps), plain, references=references)

    def steps(self, cls: Any, schema: Any, handler: GetCoreSchemaHandler) -> list[CoreSchema]:
        """What a class asserts of the whole object, before its fields are read."""
        step, references = self.of_class(cls).compile_step(handler, cls.__module__)
        holder: Any = handler.resolve_ref_schema(schema)
        holder.setdefault("metadata", {})["references"] = references
        return [] if step is ANY_SCHEMA else [step]

    @property
    def judged(self) -> Schema:
        """What is judged before the instance is read."""
        return self.schema

    def of_class(self, cls: Any) -> "Assert":
        return Assert(self.whole(cls))

    def whole(self, cls: Any) -> Schema:
        """The schema with the members that a class has."""
        if cls not in self.schema_by_class:
            fields = cls.model_fields.items()
            names = [name if it.alias is None else it.alias for name, it in fields]
            properties = dict.fromkeys(names, True)
            self.schema_by_class[cls] = {"properties": properties, **self.schema}
        return self.schema_by_class[cls]

    def fault_in(
        self, cls: Any, instance: Any, references: Mapping[str, Any], definitions: dict[str, Any]
    ) -> Any:
        """What is wrong with an instance of the class, or of the type if ``cls`` is None."""
        from ._asserted import Asserted

        schema = self.schema if cls is None else self.whole(cls)
        return Asserted(references, definitions).fault(schema, instance)

    def compile_step(
        self, handler: GetCoreSchemaHandler, module: str | None = None, kind: str = "dict"
    ) -> tuple[CoreSchema, dict[str, CoreSchema]]:
        """The step that judges an instance, and the definitions it refers to by their names.

        ``kind`` is the type of the core schema that reads the instance after it.
        """
        references: dict[str, CoreSchema] = {}

        def resolve(name: str) -> CoreSchema:
            core = handler.generate_schema(ForwardRef(name, module=module))
            references[name] = as_emitted(core, handler)
            return core

        spoken = keywords_of(self.judged, kind)
        if spoken != self.schema:
            compile_schema(self.schema, resolve)  # for its references, which are emitted
        parts = [(part, compile_schema(part, resolve)) for part in conjuncts(spoken)]
        steps = [named_step(part, it, kind) for part, it in parts if it is not ANY_SCHEMA]
        steps += unjudged([*references.values()])
        whole = core_schema.chain_schema(steps) if steps[1:] else [*steps, ANY_SCHEMA][0]
        return whole, references

    def emitted_by(
        self, emitted: JsonSchemaValue, schema: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        plain = self.emitted_schema(emitted)
        return self.beside(plain, self.emitted_keywords(schema, handler))

    def beside(self, plain: JsonSchemaValue, asserted: JsonSchemaValue) -> JsonSchemaValue:
        """What is emitted for the type, with what is emitted for the assertion."""
        return {**plain, **asserted}

    def emitted_keywords(self, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The JSON Schema with its references as the emitted document names them."""
        return with_references(self.schema, schema["metadata"]["references"], handler)


if TYPE_CHECKING:
    from typing_extensions import Never as Never
else:  # no value is valid
    Never = Annotated[Any, Assert({"not": {}})]


class AllOf(Assert):
    """``allOf`` (JSON Schema 2020-12, Core 10.2.1.1): the annotated type is one of its branches,
    that with the index ``at`` and the annotations ``branch``; the ``others`` are asserted.
    ``notes`` are the annotations beside."""

    def __init__(
        self, *others: Any, at: int = 0, branch: Schema | None = None, notes: Schema | None = None
    ) -> None:
        super().__init__({"allOf": [*others]})
        self.at, self.branch, self.notes = at, branch or {}, notes or {}

    def beside(self, plain: JsonSchemaValue, asserted: JsonSchemaValue) -> JsonSchemaValue:
        branches = [*asserted["allOf"]]
        branches.insert(self.at, {**plain, **self.branch})
        return {"allOf": branches, **self.notes}


class IfThenElse(Assert):
    """``if``, ``then`` and ``else`` (JSON Schema 2020-12, Core 10.2.2): a union of two, and the
    condition by which an instance is read as the first."""

    def __init__(self, condition: Schema) -> None:
        super().__init__({"if": condition})

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        plain: Any = handler(source)
        step, references = Assert(self.schema["if"]).compile_step(handler, kind=plain["type"])
        nullable = plain["type"] == "nullable"
        then, otherwise = [plain["schema"], NULL_SCHEMA] if nullable else plain["choices"]
        condition = keep_if(union_of([step, core_schema.chain_schema([*WRITTEN, step])]))
        union = core_schema.union_schema(
            [then_or_fail(condition, then), otherwise],
            mode="left_to_right",
            metadata={"conditional": True},
        )
        return self.made(with_one_union_error(union), plain, references=references)

    def emitted_schema(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        rest = without(emitted, "anyOf")
        return {**rest, **dict(zip(("then", "else"), emitted["anyOf"], strict=True))}


# An instance of a class as the document that would be read as it.
WRITTEN: Any = [
    core_schema.is_instance_schema(BaseModel),
    core_schema.no_info_plain_validator_function(document_of),
]


def text_of(value: Any) -> str:
    """The JSON text, cut where it is long; 2 for 2.0."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
    text = json.dumps(int(value) if is_whole else value, ensure_ascii=False)
    return text if len(text) <= MAX_VALUE_LENGTH else f"{text[:MAX_VALUE_LENGTH]}…"


MAX_VALUE_LENGTH = 100  # characters of a keyword's value in a message
# What a keyword expects, by its value.
VALUE_WORDS = {
    "const": "expected {}",
    "enum": "expected one of {}",
    "minimum": "expected at least {}",
    "maximum": "expected at most {}",
    "exclusiveMinimum": "expected more than {}",
    "exclusiveMaximum": "expected less than {}",
    "multipleOf": "expected a multiple of {}",
    "x-integer": "expected an integer without fraction and exponent",
    "minLength": "expected at least {} characters",
    "maxLength": "expected at most {} characters",
    "pattern": "expected a match of {}",
    "format": "expected the format {}",
    "minItems": "expected at least {} items",
    "maxItems": "expected at most {} items",
    "minProperties": "expected at least {} members",
    "maxProperties": "expected at most {} members",
    "not": "expected what is not {}",
}


def expectation(schema: Schema) -> str:
    """What is expected, as far as one text says it for each instance: the value of a keyword that
    stands alone, or the branches of a ``oneOf`` where all of them are references; else empty."""
    words = [VALUE_WORDS.get(word) for word in schema]
    value = next(iter(schema.values()))
    if len(words) == 1 and words[0] and not (is_array(value) or is_object(value)):
        phrase = words[0].removesuffix("s") if value == 1 else words[0]
        return f": {phrase.format(text_of(value))}"
    branches = schema.get("oneOf", ())
    names = [referred_name(it) for it in branches if is_object(it) and "$ref" in it]
    is_whole = names and len(names) == len(branches)
    return f": exactly one of {alternatives(names)}" if is_whole else ""


def conjuncts(schema: Schema) -> list[Schema]:
    """The schemas that an instance has to satisfy all, each of what is judged at once: one keyword,
    or those of one type that depend on each other."""
    if "type" in schema:
        return [schema]
    parts: dict[str, Schema] = {}
    for word, value in schema.items():
        parts.setdefault(JUDGED_WITH.get(word, word), {})[word] = value
    return [*parts.values()]


ALONE = ("pattern", "format", "dependentRequired", "dependentSchemas")
JUDGED_WITH = {
    "then": "if",
    "else": "if",
    **dict.fromkeys(("contains", "minContains", "maxContains"), "array"),
    **{
        word: name
        for name, (words, _) in KEYWORDS_BY_TYPE.items()
        for word in words.difference(ALONE)
    },
}


def named_step(schema: Schema, judged: Any, kind: str) -> Any:
    """What judges by the schema, with one error that names its keywords."""
    # An equal string or object is as good to what reads it then.
    kinds = {kind} & {"str", "dict"}
    step = judged if returns_instance(judged, *kinds) else keep_if(judged)
    named = {word: it for word, it in schema.items() if word != "properties" or not are_names(it)}
    return with_one_error(step, ", ".join(named), expectation(named))


def are_names(properties: Schema) -> bool:
    """Whether the properties are there for ``additionalProperties`` alone."""
    return all(it is True for it in properties.values())


def keywords_of(schema: Schema, kind: str) -> Schema:
    """The schema without the keywords that speak of no instance of the core schema's type."""
    name = JSON_TYPES.get(kind)
    others = [words for it, (words, _) in KEYWORDS_BY_TYPE.items() if name not in (None, it)]
    return {word: it for word, it in schema.items() if not any(word in words for words in others)}


JSON_TYPES = {"str": "string", "list": "array", "dict": "object"}


def as_emitted(schema: Any, handler: GetCoreSchemaHandler) -> Any:
    """The schema that a reference emits: an object that stands within others as what it is."""
    try:
        definition: Any = handler.resolve_ref_schema(schema)
    except LookupError:  # it is being read
        return schema
    inline = isinstance(definition.get("cls"), type) and issubclass(definition["cls"], InlineModel)
    return without(definition, "ref") if inline else schema


def with_references(
    schema: JsonSchemaValue, references: Mapping[str, Any], handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """The JSON Schema with its references as the emitted document names them."""
    named = dict(zip(references, emit_json_schemas(references.values(), handler), strict=True))

    def rewrite(value: Any) -> Any:
        if is_array(value):
            return [rewrite(item) for item in value]
        if not is_object(value):
            return value
        if not isinstance(value.get("$ref"), str):  # none, or a property that is called so
            whole = {key: rewrite(it) for key, it in value.items()}
            return joined_with_class(whole) if is_mixed(value) else whole
        rest = {key: rewrite(it) for key, it in without(value, "$ref").items()}
        return {**rest, **named[referred_name(value)]}

    written: JsonSchemaValue = rewrite(schema)
    return written


def is_mixed(schema: JsonSchemaValue) -> bool:
    """Whether the generator wrote it: objects of a class, among other values."""
    return schema.get("if") == {"type": ["object"]} and "$ref" in schema.get("then", ())


def joined_with_class(schema: JsonSchemaValue) -> JsonSchemaValue:
    """What the contract says of objects and of other values in one schema."""
    return {**without(schema, "if", "then"), **without(schema["then"], "type")}


class Without(ExactMarker):
    """Leaves a keyword out of the emitted JSON Schema: Pydantic says ``items: {}`` of any list and
    ``type: string`` of any literal, whether the contract does or not."""

    def __init__(self, keyword: str) -> None:
        self.keyword = keyword

    def emitted_schema(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        return without(emitted, self.keyword)


AnyList = Annotated[list[Any], Without("items")]
AnyDict = Annotated[dict[str, Any], Without("additionalProperties")]


class OfType(ExactMarker):
    """Adds the ``type`` to the emitted JSON Schema of a union whose branches are all of it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def emitted_schema(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        return {**emitted, "type": self.name}


class JudgedOnce(ExactMarker):
    """Marks a type that many paths lead to; it changes no verdict."""

    def exact_schema(self, plain: Any) -> CoreSchema:
        return judged_once_schema(plain, self)


class AnyType(AnyOf):
    """``"type"`` as a list: a union whose branches differ by type (Validation 6.1.1)."""

    def exact_schema(self, plain: Any) -> Any:
        numbers = [it for it in plain.get("choices", ()) if is_number(it)]
        # Of an integer and a number Pydantic prefers the one that does not convert.
        return with_one_union_error(plain if len(numbers) > 1 else first_that_fits(plain))

    def emitted_schema(self, emitted: JsonSchemaValue) -> JsonSchemaValue:
        branches: list[JsonSchemaValue] = emitted["anyOf"]
        if any("$ref" in it for it in branches):  # of a class that a ring leads back to
            return emitted
        merged = {word: it for branch in branches for word, it in branch.items()}
        types = [branch["type"] for branch in branches]
        return {**without(emitted, "anyOf"), **merged, "type": types}


# Before 2.14 Pydantic walks a class that is complete along every path to it, and the classes within
# it again: a chain of unions would take exponential time to import.
WALKS_EVERY_PATH = tuple(map(int, pydantic.VERSION.split(".")[:2])) < (2, 14)


def is_read_anew(schema: Any) -> bool:
    """Whether another class reads a class anew, not the core schema of one that is complete."""
    return WALKS_EVERY_PATH and is_object(schema)


class InlineModel(Model):
    """An object that the contract describes where it stands, not as a definition."""

    model_config = ConfigDict(title=None)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> Any:
        kept: Any = cls.__dict__.get("__pydantic_core_schema__")
        anew = is_read_anew(kept)
        if anew:
            del cls.__pydantic_core_schema__
        try:
            core = super().__get_pydantic_core_schema__(source, handler)
        finally:
            if anew:
                cls.__pydantic_core_schema__ = kept
        # Without the name by which Pydantic would make a definition of it.
        definition: Any = handler.resolve_ref_schema(core)
        return without(definition, "ref")


class RootModel(ExactModel, pydantic.RootModel[Any]):
    """A message that is no object: its value is ``root``."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        model: Any = handler.resolve_ref_schema(schema)
        root = model["schema"]
        if isinstance(root.get("metadata", {}).get("marker"), JudgedOnce):
            # Pydantic reads the annotation for each class anew, and with it the marker.
            judged: Any = judged_once_schema(root["schema"], cls)
            model["schema"] = {**root, **judged}
        return schema

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: Any, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        emitted = handler(schema)
        extra: Any = cls.model_config.get("json_schema_extra") or {}
        if cls.model_config.get("title", cls.__name__) is None and "title" not in extra:
            emitted.pop("title", None)
        if cls.__doc__:  # which Pydantic does not say beside a $ref
            emitted.setdefault("description", inspect.cleandoc(cls.__doc__))
        return emitted

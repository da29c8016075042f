"""The error of a union -> the errors of the branch that the instance belongs to, or the nearest.

pydantic-core has one error where no branch of a union fits. Here the branches are asked again,
after the verdict, from the outermost union inwards and of each union along one branch alone, so
that the time is proportional to the document for each level of unions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError, SchemaValidator, core_schema

from ._json_types import (
    NO_TYPES,
    NULL_SCHEMA,
    Types,
    alternatives,
    choices_of,
    core_types,
    names_of,
    types_of,
)
from ._lines import json_pointer
from ._paths import (
    CHILDREN,
    UNION_ERROR,
    document_steps,
    is_union_with_one_error,
    tagged_choice,
    wrapped_schemas,
)
from ._recursion import one_memory
from ._types import is_object

Error = dict[str, Any]  # as ``ValidationError.errors()`` has it
Definitions = dict[str, Any]
ARRAYS: Any = (list, tuple)  # typed so that type checkers do not take an item for one of anything
ASSERTION_ERROR = "assertion"
CONSTANT_ERRORS = ("literal_error", "enum", "union_tag_invalid", "union_tag_not_found")


def with_causes(model: type[BaseModel], error: ValidationError, is_text: bool) -> ValidationError:
    """The same with the errors of branches for those of unions; ``is_text`` is of JSON text."""
    kinds: Any = error.errors(include_url=False, include_context=False, include_input=False)
    if all(it["type"] not in (UNION_ERROR, ASSERTION_ERROR) for it in kinds):
        return error
    try:
        lines: list[Any] = [*causes(model.__pydantic_core_schema__, error)]
    except RecursionError:  # the verdict is right at any depth
        return error
    return ValidationError.from_exception_data(error.title, lines, "json" if is_text else "python")


def causes(schema: Any, error: ValidationError) -> Iterator[Error]:
    """The lines of an error of a model with this core schema, without those of unions."""
    definitions: Definitions = {}
    with one_memory():
        for details in error.errors(include_url=False):
            yield from map(line_error, causes_of({**details}, schema, definitions))


def line_error(error: Error) -> Error:
    """The error as ``from_exception_data`` takes it."""
    kind, context = error["type"], error.get("ctx")
    place = {"loc": tuple(error["loc"]), "input": error["input"]}
    if kind not in known_error_types():
        return {"type": PydanticCustomError(kind, error["msg"], context), **place}
    return {"type": kind, **place, **({} if context is None else {"ctx": context})}


@cache
def known_error_types() -> frozenset[str]:
    """The types of the errors whose messages pydantic-core writes."""
    return frozenset(get_args(core_schema.ErrorType))


def causes_of(error: Error, schema: Any, definitions: Definitions) -> Iterator[Error]:
    """The error itself; of a union's what the union says of the instance."""
    union = vague_union(error, schema, definitions)
    if union is None:
        is_asserted = error["type"] == ASSERTION_ERROR
        yield asserted_error(error, schema, definitions) if is_asserted else error
        return
    branches = [*branches_of(union, definitions, error["input"])]
    accepted = [branch_types(it, definitions) for it in branches]
    entered = [
        outcome_of(branch, definitions, error)
        for branch, types in zip(branches, accepted, strict=True)
        if not types.isdisjoint(types_of(error["input"]))
    ]
    if any(it.fits for it in entered) and error["type"] == ASSERTION_ERROR:  # or something beside
        yield asserted_error(error, schema, definitions)
        return
    error["type"] = UNION_ERROR
    if not entered:
        expected = alternatives(names_of(NO_TYPES.union(*accepted)))
        yield {**error, "type": "union_type", "msg": f"Input should be {expected}"}
    elif len(entered) == 1:
        for cause in branch_causes(entered[0], definitions):
            yield {**cause, "loc": (*error["loc"], *cause["loc"])}
    else:
        yield nearest_error(entered, error, definitions)


def vague_union(error: Error, schema: Any, definitions: Definitions) -> Any:
    """The union in whose branches the cause is; None if the error itself tells it, or its path
    leads to none."""
    if error["type"] not in (UNION_ERROR, ASSERTION_ERROR):
        return None
    nodes = schemas_at(schema, [*error["loc"]], definitions)
    if error["type"] == UNION_ERROR:
        return nodes[-1] if nodes and is_union_with_one_error(nodes[-1]) else None
    for index, node in enumerate(nodes):
        if "asked" in node.get("metadata", {}):
            fits = all(fault_at(it, error, definitions) is None for it in nodes[:index])
            return node["metadata"]["asked"] if fits else None
    return None


def schemas_at(schema: Any, loc: list[Any], definitions: Definitions) -> list[Any]:
    """The core schemas of a value, each wraps the next one; none within a union."""
    nodes = [*wrapped_schemas(schema, definitions)]
    if not loc:
        return nodes
    if nodes[-1]["type"] == "tagged-union":
        return schemas_at(tagged_choice(nodes[-1], loc[0]), loc[1:], definitions)
    child = CHILDREN.get(nodes[-1]["type"])
    return schemas_at(child(nodes[-1], loc[0]), loc[1:], definitions) if child else []


def asserted_error(error: Error, schema: Any, definitions: Definitions) -> Error:
    """The error of an Assert with the keyword that failed, its value and the place below."""
    nodes = schemas_at(schema, [*error["loc"]], definitions)
    faults: Iterator[Any] = (fault_at(it, error, definitions) for it in nodes)
    fault = next((it for it in faults if it), None)
    if fault is None:
        return error
    context = {"keywords": fault.keyword}
    return {**error, "msg": str(fault), "ctx": context, "asserted": fault}


def fault_at(node: Any, error: Error, definitions: Definitions) -> Any:
    """What the Assert of a core schema says is wrong; None if it has none, or takes the value."""
    metadata, cls = node.get("metadata", {}), node.get("cls")
    asserted: Any = getattr(cls, "__assertion__", metadata.get("marker"))
    if not hasattr(asserted, "fault_in"):
        return None
    return asserted.fault_in(cls, error["input"], metadata.get("references", {}), definitions)


def first_cause(outcome: "Outcome", definitions: Definitions) -> Error | None:
    """The first error of a part of a model, at its path in the instance; None if it fits."""
    return next((it for it in branch_causes(outcome, definitions) if it["type"]), None)


def branches_of(schema: Any, definitions: Definitions, instance: Any) -> Iterator[Any]:
    """The branches of a union, those of the unions within among them; only those that the tag of
    the instance leads to."""
    kind = schema["type"]
    if kind == "union" and "custom_error_type" not in schema:
        for plain in entered_choices(schema, definitions, instance):
            inner = wrapped_schema(plain, definitions)
            within = [*branches_of(inner, definitions, instance)]
            yield from within if len(within) > 1 else [plain]
    elif kind == "nullable":
        yield from branches_of(schema["schema"], definitions, instance)
        yield NULL_SCHEMA
    elif is_union_with_one_error(schema):
        yield from branches_of(schema["schema"], definitions, instance)
    else:
        yield schema


def entered_choices(union: Any, definitions: Definitions, instance: Any) -> list[Any]:
    """The choices of a core schema's union; of one with a tag the choice by the tag or that behind
    a gate, and those that have none; of one with a condition the choice by that."""
    choices, metadata = choices_of(union), union.get("metadata", {})
    if "gated" in metadata:
        first = 1 + metadata["gated"]
        ways = [it["steps"] for it in choices[1:first]]
        entered = [it for gate, it in ways if outcome_of(gate, {}, {"input": instance}).fits]
        return [*(entered or choices[:1]), *choices[first:]]
    if "conditional" in metadata:
        condition, then = choices[0]["steps"]
        is_met = outcome_of(condition, definitions, {"input": instance}).fits
        return [then["schema"] if is_met else choices[1]]
    return choices


def wrapped_schema(schema: Any, definitions: Definitions) -> Any:
    """The schema behind references and what judges once."""
    while True:
        if schema["type"] == "definition-ref":
            schema = definitions[schema["schema_ref"]]
        elif schema["type"] == "function-wrap":
            schema = schema["schema"]
        elif schema["type"] == "chain" and len(schema["steps"]) == 1:
            (schema,) = schema["steps"]
        else:
            return schema


@dataclass(frozen=True)
class Outcome:
    """What one branch says of the instance."""

    branch: Any
    errors: list[Error]
    fits: bool = False

    def rank(self) -> tuple[int, int, int]:
        """Less for a branch that is nearer: whose constants fit, with fewer errors, or deeper."""
        constants = sum(it["type"] in CONSTANT_ERRORS for it in self.errors)
        return constants, len(self.errors), -min(len(it["loc"]) for it in self.errors)


def outcome_of(branch: Any, definitions: Definitions, union: Error) -> Outcome:
    """Its errors, each at its path in the instance; the union's own where the branch fits or where
    pydantic-core does not follow so many references in Python values."""
    whole = [{**union, "loc": ()}]
    try:
        validator_of(branch, definitions).validate_python(union["input"])
    except ValidationError as error:
        errors = [{**it} for it in error.errors(include_url=False)]
        is_cut = any(it["type"] == "recursion_loop" for it in errors)
        return Outcome(branch, whole if is_cut else errors)
    return Outcome(branch, whole, fits=True)


BRANCH_TYPES: dict[int, tuple[Any, Types]] = {}


def branch_types(branch: Any, definitions: Definitions) -> Types:
    """The types that a part of a model may accept; they are looked for once."""
    if id(branch) not in BRANCH_TYPES:
        BRANCH_TYPES[id(branch)] = branch, core_types(branch, definitions)
    return BRANCH_TYPES[id(branch)][1]


VALIDATORS: dict[int, tuple[Any, SchemaValidator]] = {}


def validator_of(schema: Any, definitions: Definitions) -> SchemaValidator:
    """The validator of a part of a model; it is made once."""
    is_reference = schema["type"] == "definition-ref"
    target = definitions[schema["schema_ref"]] if is_reference else schema
    if id(target) not in VALIDATORS:
        needed = [definitions[it] for it in sorted(references_of(schema, definitions))]
        alone = core_schema.definitions_schema(schema, needed) if needed else schema
        VALIDATORS[id(target)] = target, SchemaValidator(alone)
    return VALIDATORS[id(target)][1]


def references_of(schema: Any, definitions: Definitions) -> set[str]:
    """The references within the schema, and within what they lead to."""
    names, waiting = set[str](), [schema]
    while waiting:
        new = references_within(waiting.pop()) - names
        names |= new
        waiting += (definitions[it] for it in new)
    return names


REFERENCES: dict[int, tuple[Any, frozenset[str]]] = {}


def references_within(schema: Any) -> frozenset[str]:
    """The references within the schema alone; they are looked for once."""
    if id(schema) not in REFERENCES:
        parts = parts_of(schema)
        names = (it["schema_ref"] for it in parts if it.get("type") == "definition-ref")
        REFERENCES[id(schema)] = schema, frozenset(names)
    return REFERENCES[id(schema)][1]


def parts_of(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema and all objects within it, each once."""
    seen, waiting = set[int](), [schema]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if is_object(part):
            yield part
            # What is no core schema holds some by the names of members.
            is_schema = isinstance(part.get("type"), str)
            waiting += (it for word, it in part.items() if not (is_schema and word == "metadata"))
        elif isinstance(part, ARRAYS):
            waiting += part


def branch_causes(outcome: Outcome, definitions: Definitions) -> Iterator[Error]:
    """The errors of a branch at the places of the faults, by paths without the tags."""
    for error in outcome.errors:
        for cause in causes_of(error, outcome.branch, definitions):
            steps = document_steps(outcome.branch, cause, [*cause["loc"]], definitions)
            yield {**cause, "loc": tuple(steps)}


def nearest_error(outcomes: list[Outcome], union: Error, definitions: Definitions) -> Error:
    """The error of a union that names the nearest branch and its first fault, in ``fault`` too."""
    nearest = min(outcomes, key=Outcome.rank)
    first = next(branch_causes(Outcome(nearest.branch, nearest.errors[:1]), definitions))
    what, path = fault_of(first)
    place = f" at {json_pointer(path)}" if path else ""
    text = f"No branch fits; the nearest is {name_of(nearest.branch, definitions)}: {what}{place}"
    return {**union, "msg": text, "fault": (what, path)}


def fault_of(error: Error) -> tuple[str, tuple[str | int, ...]]:
    """What is wrong, and the path to it; a missing member is named, and not part of the path."""
    path = error["loc"]
    if "fault" in error:
        what, below = error["fault"]
        return what, (*path, *below)
    if error["type"] == "missing" and path:
        return f"{path[-1]!r} is required", path[:-1]
    return error["msg"], path


def name_of(branch: Any, definitions: Definitions) -> str:
    """The name of a branch's class, or its types."""
    schema = wrapped_schema(branch, definitions)
    cls: Any = schema.get("cls")
    return cls.__name__ if cls else alternatives(names_of(core_types(schema, definitions)))

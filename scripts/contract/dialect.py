"""Schema -> why the contract cannot hold it: ``pointer: what; cure``, nothing if it can.

First JSON Schema's own meta-schema of the draft that ``$schema`` names, then ``dialect.json``, a
meta-schema of the values that can be kept exact, and ``words.json``, the keywords of each draft.
"""

import json
from collections.abc import Container, Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import jsonschema_rs
from contract.drafts import DRAFT_SPECIFICATIONS, FORMATS, LATEST_DRAFT, draft_of
from contract.json_values import Location, is_array, is_object, json_pointer, kind_of
from contract.refusal import TOO_DEEP
from contract.subschemas import Schema, subschemas
from contract.words import word_refusals
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import validator_for
from referencing import Specification
from runtime._pattern import portable_rules

FORMAT_CHECKER = FormatChecker(formats=())


@FORMAT_CHECKER.checks("ecma-regex", raises=ValueError)
def is_portable_pattern(instance: object) -> bool:
    """A regular expression that the models can ask for, or why it is none."""
    return not isinstance(instance, str) or bool(portable_rules(instance))


def meta_schema_validator(uri: str) -> Any:
    draft: Any = validator_for({"$schema": uri})
    return draft(draft.META_SCHEMA)


DIALECT_VALIDATOR: Any = Draft202012Validator(
    json.loads(Path(__file__).with_name("dialect.json").read_text("utf-8")),
    format_checker=FORMAT_CHECKER,
)


META_SCHEMAS: dict[Specification[Any], Any] = {
    specification: meta_schema_validator(uri) for uri, specification in DRAFT_SPECIFICATIONS.items()
}


def is_portable(text: str) -> bool:
    try:
        return is_portable_pattern(text)
    except ValueError:
        return False


# The same by another library, which is quick and does not name the faults.
QUICK_DIALECT_VALIDATOR = jsonschema_rs.Draft202012Validator(
    DIALECT_VALIDATOR.schema,
    validate_formats=True,
    formats={"ecma-regex": is_portable},
    offline=True,
)


def is_surely_kept(schema: Schema | bool, draft: Specification[Any]) -> bool:
    """Whether no value is at fault, as far as the quick validators take the schema."""
    named = is_object(schema) and "$schema" in schema
    try:
        judged = (named or draft is LATEST_DRAFT) and jsonschema_rs.meta.is_valid(schema)
        return judged and QUICK_DIALECT_VALIDATOR.is_valid(schema)
    except (ValueError, OverflowError):
        return False


DIALECT_COMMENTS = frozenset(
    it["$comment"] for _, it in subschemas(DIALECT_VALIDATOR.schema) if "$comment" in it
)


def schema_refusals(
    schema: Schema | bool,
    annotations: Sequence[str] = (),
    around: Specification[Any] = LATEST_DRAFT,
    path: Location = (),
    on_the_way: Container[str] = (),
) -> list[str]:
    """Every fault of the schema at ``path`` of a file, of the first kind that has any.

    ``around`` is the draft of a schema that names none; ``annotations`` are the words of the
    owner's own, and ``on_the_way`` the JSON Pointers that references lead through.
    """
    try:
        json.dumps(schema, ensure_ascii=False).encode()
        draft = draft_of(schema) if is_object(schema) and "$schema" in schema else around
        if draft is None:
            return value_refusals(DIALECT_VALIDATOR, schema, path)
        if is_surely_kept(schema, draft):
            return sorted({*word_refusals(schema, draft, annotations, path, on_the_way)})
        faults = value_refusals(META_SCHEMAS[draft], schema, path)
        words = () if faults else word_refusals(schema, draft, annotations, path, on_the_way)
        return faults or sorted({*value_refusals(DIALECT_VALIDATOR, schema, path), *words})
    except UnicodeEncodeError:
        return [": holds a lone surrogate, which is no I-JSON; write another character"]
    except RecursionError:
        return [f": {TOO_DEEP}"]


def value_refusals(validator: Any, schema: Schema | bool, path: Location) -> list[str]:
    """The refusals of the schema at ``path`` by a meta-schema."""
    errors = actionable_errors(validator.iter_errors(schema))
    return sorted({json_pointer(path) + refusal_line(error) for error in errors})


def actionable_errors(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """The errors a person can act on: the causes replace an error without a comment of the
    dialect's own."""
    for error in errors:
        if error.context and dialect_comment(error) is None:
            yield from actionable_errors(nearest_causes(error))
        else:
            yield error


def nearest_causes(error: ValidationError) -> Sequence[ValidationError]:
    """Of the causes those within the value, else those that do not ask for another type: of the
    branches that a value may fit, they belong to the one that its author meant."""
    causes: Sequence[ValidationError] = error.context or ()
    within = [it for it in causes if it.path]
    others = ("type", "enum") if is_array(error.instance) else ("type",)  # a list is no constant
    return within or [it for it in causes if it.validator not in others] or causes


def dialect_comment(error: ValidationError) -> str | None:
    """The dialect's comment on this error; None if the comment is one of a draft's own."""
    schema: Any = error.schema
    comment = schema.get("$comment") if is_object(schema) else None
    return comment if comment in DIALECT_COMMENTS else None


def refusal_line(error: ValidationError) -> str:
    """One line: where, which keyword, why, and what to write instead."""
    place = json_pointer(error.absolute_path)
    comment = dialect_comment(error)
    what = as_written(error)
    what = what if len(what) < 200 else f"{what[:200]}…"
    if error.cause is not None:
        return f"{place}: {str(error.instance)[:80]!r} {comment}: {error.cause}; write it otherwise"
    if "propertyNames" in error.absolute_schema_path or error.validator == "not":
        what = str(error.instance)[:80] if isinstance(error.instance, str) else ""
        return (
            f"{place}: {f'{what!r} ' if what else ''}{comment or 'is refused here; leave it out'}"
        )
    return f"{place}: {comment or f'{what}; {cure_of(error)} (JSON Schema)'}"


def as_written(error: ValidationError) -> str:
    """What the validator says, with the value as JSON where that is no text."""
    value = error.instance
    written, shown = repr(value), json.dumps(value, ensure_ascii=False)
    return error.message if isinstance(value, str) else error.message.replace(written, shown, 1)


def cure_of(error: ValidationError) -> str:
    """What to write instead, as far as the value tells what is meant."""
    words = [it for it in error.absolute_path if isinstance(it, str)]
    word, value = words[-1] if words else "", error.instance
    if word == "type" and str(value) in FORMATS[LATEST_DRAFT]:
        return f'write "type": "string", "format": "{value}"'
    known = CURES.get((word, kind_of(value)))
    if known or (error.validator == "type" and is_quoted(value)):
        return known or f"write {value} without quotes"
    near = TYPES_OF_OTHERS.get(str(value)) if word == "type" else nearest_value(error)
    near = near or nearest_value(error)
    return f"write {near!r}" if near else "correct it"


# What is meant by a value of this type at a keyword.
CURES = {
    ("required", "boolean"): 'write the name into "required" of the object around',
    ("required", "string"): "write a list of names",
    ("enum", "string"): "write a list of values",
    ("items", "array"): 'write "prefixItems"',
    ("exclusiveMinimum", "boolean"): 'write the bound here, and leave out "minimum"',
    ("exclusiveMaximum", "boolean"): 'write the bound here, and leave out "maximum"',
    ("$id", "string"): "leave out what follows #",
}


def is_quoted(value: object) -> bool:
    """Whether a text is a number or a boolean of JSON."""
    try:
        return isinstance(value, str) and isinstance(json.loads(value), int | float)
    except ValueError:
        return False


# What other languages call the types.
TYPES_OF_OTHERS = {
    **dict.fromkeys(("float", "double", "decimal"), "number"),
    **dict.fromkeys(("long", "short", "byte"), "integer"),
    **dict.fromkeys(("list", "tuple", "set"), "array"),
    **dict.fromkeys(("dict", "map", "record", "struct"), "object"),
    **dict.fromkeys(("text", "char", "varchar"), "string"),
    **dict.fromkeys(("none", "nil", "None"), "null"),
}


def nearest_value(error: ValidationError) -> str | None:
    """Of the values that an enum has the one that is most likely meant."""
    known: Any = error.validator_value
    values: list[str] = known if error.validator == "enum" else []
    near = get_close_matches(str(error.instance), values, n=1)
    return near[0] if near else None

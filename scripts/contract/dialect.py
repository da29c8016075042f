"""Schema -> why the contract cannot hold it: ``pointer: what; cure``, nothing if it can.

First JSON Schema's own meta-schema of the draft that ``$schema`` names, then ``dialect.json``, a
meta-schema of what can be kept exact.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
from contract.json_values import is_object, json_pointer
from contract.subschemas import Schema, subschemas
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import validator_for
from runtime._pattern import portable_rules

FORMAT_CHECKER = FormatChecker(formats=())


@FORMAT_CHECKER.checks("ecma-regex", raises=ValueError)
def is_portable_pattern(instance: object) -> bool:
    """A regular expression that the models can ask for, or why it is none."""
    return not isinstance(instance, str) or bool(portable_rules(instance))


DIALECT_VALIDATOR: Any = Draft202012Validator(
    json.loads(Path(__file__).with_name("dialect.json").read_text("utf-8")),
    format_checker=FORMAT_CHECKER,
)


# The same by another library, which is quick and does not name the faults.
QUICK_DIALECT_VALIDATOR = jsonschema_rs.Draft202012Validator(
    DIALECT_VALIDATOR.schema,
    validate_formats=True,
    formats={"ecma-regex": lambda text: is_portable(text)},
    offline=True,
)


def is_portable(text: str) -> bool:
    try:
        return is_portable_pattern(text)
    except ValueError:
        return False


def is_surely_kept(schema: Schema | bool) -> bool:
    """Whether no fault is there, as far as the quick validators take the schema."""
    try:
        return jsonschema_rs.meta.is_valid(schema) and QUICK_DIALECT_VALIDATOR.is_valid(schema)
    except (ValueError, OverflowError):
        return False


DIALECT_COMMENTS = frozenset(
    it["$comment"] for _, it in subschemas(DIALECT_VALIDATOR.schema) if "$comment" in it
)


def schema_refusals(schema: Schema | bool) -> list[str]:
    """Every fault of the schema, of the first kind that has any."""
    try:
        json.dumps(schema, ensure_ascii=False).encode()
        if is_surely_kept(schema):
            return []
        draft: Any = validator_for(schema, default=Draft202012Validator)
        for validator in (draft(draft.META_SCHEMA), DIALECT_VALIDATOR):
            lines = sorted(
                {refusal_line(error) for error in actionable_errors(validator.iter_errors(schema))}
            )
            if lines:
                return lines
    except UnicodeEncodeError:
        return [": holds a lone surrogate, which is no I-JSON; write another character"]
    except RecursionError:
        return [": is nested too deeply; move parts into $defs"]
    return []


def actionable_errors(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """The errors a person can act on: one without a comment of the dialect's own gives way to
    its causes."""
    for error in errors:
        if error.context and dialect_comment(error) is None:
            yield from actionable_errors(error.context)
        else:
            yield error


def dialect_comment(error: ValidationError) -> str | None:
    """What the dialect says of this error and its cure; the drafts have comments of their own."""
    schema: Any = error.schema
    said = schema.get("$comment") if is_object(schema) else None
    return said if said in DIALECT_COMMENTS else None


def refusal_line(error: ValidationError) -> str:
    """One line: where, which keyword, why, and what to write instead."""
    place = json_pointer(error.absolute_path)
    said = dialect_comment(error)
    what = error.message if len(error.message) < 200 else f"{error.message[:200]}…"
    if error.cause is not None:
        return f"{place}: {str(error.instance)[:80]!r} {said}: {error.cause}; write it otherwise"
    if "propertyNames" in error.absolute_schema_path or error.validator == "not":
        what = str(error.instance)[:80] if isinstance(error.instance, str) else ""
        return f"{place}: {f'{what!r} ' if what else ''}{said or 'is refused here; leave it out'}"
    return f"{place}: {said or f'{what}; correct it (JSON Schema)'}"

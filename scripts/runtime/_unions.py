"""And, or, not and exactly one of core schemas, without a Python call.

A union tries its choices from left to right and takes the first one that does not fail. After an
ordinary failure the union goes on to the next choice. After an omitted failure
(``on_error="omit"``) the union stops and fails, whatever choices are left. ``keep_if`` omits the
failure of its schema and then fails in the ordinary way, so the union reaches ``ANY_SCHEMA``, the
instance itself, only where the schema accepts. ``keep_unless`` leaves the failure of its schema
ordinary and then omits its own, so the union reaches ``ANY_SCHEMA`` only where the schema fails.
``with_one_error`` makes an ordinary failure of an omitted one, so that no outer union stops.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import core_schema

NEVER_SCHEMA: Any = core_schema.missing_sentinel_schema()  # MISSING, which is no JSON value
OMITTING_SCHEMA: Any = core_schema.with_default_schema(NEVER_SCHEMA, on_error="omit")
ANY_SCHEMA: Any = core_schema.any_schema()
# The metadata of a schema that returns the instance it accepts.
INSTANCE: Any = {"returned": "instance"}


def union_of(choices: Iterable[Any]) -> Any:
    """Accepts what one of the choices accepts."""
    members = list(choices)
    if len(members) < 2:
        return members[0] if members else NEVER_SCHEMA
    return core_schema.union_schema(members, mode="left_to_right")


def returns_instance(schema: Any, *kinds: str) -> bool:
    """Whether the schema returns the instance that it accepts; so do those of the ``kinds``."""
    kind = schema["type"]
    if "returned" in schema.get("metadata", {}):
        return True
    if kind in ("chain", "union"):
        inner: list[Any] = schema["steps" if kind == "chain" else "choices"]
        return all(returns_instance(it, *kinds) for it in inner)
    if kind == "dict" and "values_schema" in schema:  # it may leave members out
        return False
    return kind in ("any", *kinds)


def unjudged(schemas: list[Any]) -> list[Any]:
    """A step, if there are schemas, that takes any value: of definitions, Pydantic emits those
    that a step leads to."""
    never = core_schema.chain_schema([NEVER_SCHEMA, *schemas])
    return [union_of([ANY_SCHEMA, never])] if schemas else []


def keep_if(accepts: Any) -> Any:
    """The instance itself if ``accepts`` does, whatever that would make of it."""
    if returns_instance(accepts):
        return accepts
    omitted = core_schema.with_default_schema(accepts, on_error="omit")
    kept = first_or_instance(core_schema.chain_schema([omitted, NEVER_SCHEMA]))
    return {**with_one_error(kept), "metadata": INSTANCE}


def keep_unless(accepts: Any) -> Any:
    """The instance itself unless ``accepts`` accepts it."""
    kept = first_or_instance(core_schema.chain_schema([accepts, OMITTING_SCHEMA]))
    return {**with_one_error(kept), "metadata": INSTANCE}


def first_or_instance(first: Any) -> Any:
    """A union of the schema and the instance itself. The label ends the names that pydantic-core
    makes of those of all schemas within: they would double with each level of unions."""
    choices: list[Any] = [(first, "first"), ANY_SCHEMA]
    return core_schema.union_schema(choices, mode="left_to_right", metadata=INSTANCE)


def then_or_fail(condition: Any, schema: Any) -> Any:
    """The schema where the condition, which returns the instance, accepts. Omitted, the schema's
    failure ends the union around it before the next choice."""
    omitted = core_schema.with_default_schema(schema, on_error="omit")
    return core_schema.chain_schema([condition, omitted])


def only_name(name: str, names: Iterable[str]) -> Any:
    """An object itself that has the member, and none of the other names."""
    others = {it: (NEVER_SCHEMA, False) for it in names if it != name}
    return keep_if(object_schema({name: (ANY_SCHEMA, True), **others}))


def object_schema(fields: Mapping[str, tuple[Any, bool]], *, closed: bool = False) -> Any:
    """An object by the schema of each member and whether it has to be there."""
    return core_schema.typed_dict_schema(
        {
            name: core_schema.typed_dict_field(member, required=needed)
            for name, (member, needed) in fields.items()
        },
        strict=True,
        extra_behavior="forbid" if closed else "ignore",
    )


def with_one_error(schema: Any, keywords: str = "the schema", more: str = "") -> Any:
    """One error for all of the schema's; its message ends with ``more``."""
    return core_schema.custom_error_schema(
        schema,
        custom_error_type="assertion",
        custom_error_message=f"Input should satisfy {{keywords}}{more}",
        custom_error_context={"keywords": keywords},
    )


def intersection_of(steps: Iterable[Any]) -> Any:
    """Accepts what every step accepts."""
    kept = [step for step in steps if step is not ANY_SCHEMA]
    if len(kept) < 2:
        return kept[0] if kept else ANY_SCHEMA
    # What a string becomes is an equal string, to the next step the same.
    return core_schema.chain_schema(
        [*(it if returns_instance(it, "str") else keep_if(it) for it in kept[:-1]), kept[-1]]
    )


def exactly_one_of(branches: list[Any]) -> Any:
    """Accepts what one branch accepts, if no later branch accepts it too."""
    choices = [
        core_schema.chain_schema([keep_if(branch), *exclusive_steps(branches[index + 1 :])])
        for index, branch in enumerate(branches)
    ]
    return with_one_error(union_of(choices))


def exclusive_steps(later: list[Any]) -> list[Any]:
    """A step that ends the union around it if a later branch accepts as well."""
    if not later:
        return []
    return [first_or_instance(core_schema.chain_schema([union_of(later), OMITTING_SCHEMA]))]

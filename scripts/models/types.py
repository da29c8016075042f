"""Subschema -> the Python annotation that accepts and rejects the same instances.

The text is an expression over the names in ``names.IMPORTS``; values enter it by ``repr``. A
plain type asserts what it can; the rest of the schema's keywords stand in one ``Assert``.
"""

import ast
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from contract.json_values import is_array, is_object, json_type, without
from contract.subschemas import (
    Definitions,
    Schema,
    Subschema,
    is_annotation,
    is_class_schema,
    listed_values,
    referred_name,
)
from models.docstrings import is_argument
from models.literals import constants, limit
from models.maps import (
    accepts_anything,
    is_titled,
    name_type,
    pattern_choices,
    pattern_values,
    typed_pattern,
)
from models.mixed import class_name_of_objects, describes_members, is_mixed
from models.scalars import (
    BOUNDS,
    Type,
    annotated,
    assertions,
    boolean,
    integer,
    is_unknown_format,
    null,
    number,
    string,
)
from models.tags import discriminator_name
from models.typed_unions import (
    branches_of,
    is_of_type,
    union_marker,
    union_of_one_type,
    watching_marker,
)
from models.unions import branches_apart

# JSON Schema keyword -> argument of pydantic.Field that asserts the same on an exact type.
CONSTRAINTS = {
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
    "multipleOf": "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minItems": "min_length",
    "maxItems": "max_length",
    "minProperties": "min_length",
    "maxProperties": "max_length",
}


def annotation(
    schema: Schema,
    definitions: Definitions,
    kind: Type | None = None,
    *,
    nested: bool = True,
    once: bool = False,
) -> str:
    """The annotation of ``schema``; a nested one carries its title, description and examples.
    Elsewhere they stand in the ``Field`` call of the property.

    ``kind`` is its type where that is known: twice at each level would be exponential time.
    ``once`` is for what many paths lead to, see ``models/recursion.py``.
    """
    python_type = kind or type_of(schema, definitions)
    notes = {word: it for word, it in schema.items() if nested and is_argument(word, it)}
    extra = extras(schema, definitions) if nested else {}
    if python_type.marker_with:
        metadata = [python_type.marker_with(notes | extra)]
    else:
        metadata = [*field_call(schema, python_type, notes, extra), *python_type.markers]
    rest = assertions(schema, python_type.says)
    metadata += [f"Assert({rest!r})"] if rest else []
    metadata += ["JudgedOnce()"] if once else []
    return annotated(python_type.plain, metadata)


def field_call(schema: Schema, python_type: Type, notes: Schema, extra: Schema) -> list[str]:
    """The call of Field with annotations and constraints, if there are any."""
    arguments = [f"{word}={it!r}" for word, it in notes.items()]
    arguments += [f"json_schema_extra={extra!r}"] if extra else []
    arguments += [
        f"{CONSTRAINTS[word]}={limit(schema, word)!r}"
        for word in CONSTRAINTS
        if word in python_type.says & schema.keys() and not is_array(schema["type"])
    ]
    arguments += python_type.arguments
    # The markers come last: constraints after them would run as Python functions.
    return [f"Field({', '.join(arguments)})"] if arguments else []


def extras(schema: Schema, definitions: Definitions) -> Schema:
    """The annotations that are not arguments of Field."""
    return {
        word: value
        for word, value in schema.items()
        if (is_annotation(word) or is_unknown_format(word, schema)) and not is_argument(word, value)
        if word != "discriminator" or discriminator_name(schema, definitions) is None
    }


def class_assertions(schema: Schema) -> Schema:
    """The keywords of an object that neither its fields nor its further members express."""
    expressed = {"type", "properties"}
    if set(schema.get("required", ())) <= schema["properties"].keys():
        expressed.add("required")
    if "patternProperties" not in schema:  # else only other members are meant
        expressed.add("additionalProperties")
    if not schema.get("allOf"):  # which a record has even if it is empty
        expressed.add("allOf")
    return assertions(schema, frozenset(expressed))


def typed_part(schema: Schema, definitions: Definitions) -> tuple[Schema, Schema]:
    """The keywords that types express, and those that an ``Assert`` does; in both are those
    between whose subschemas only an Assert can choose."""
    if is_class_schema(schema):
        typed = pattern_values(schema) or typed_pattern(schema, definitions)
        rest = without(class_assertions(schema), *(CHOSEN_BY_NAME if typed else ()))
        both = frozenset[str]()
    else:
        kind = type_of(schema, definitions)
        rest, both = assertions(schema, kind.says), kind.names
    typed = {word: it for word, it in schema.items() if word not in rest or word in both}
    at, _ = typed_branch(schema, definitions) if "allOf" in typed else (None, None)
    if at is not None:
        typed["allOf"] = [schema["allOf"][at]]
        rest["allOf"] = [it for index, it in enumerate(schema["allOf"]) if index != at]
    return typed, rest


UNION_KEYWORDS = {"anyOf", "oneOf"}


def type_of(schema: Schema, definitions: Definitions) -> Type:
    """The plain Python type that asserts most of ``schema``."""
    few = literal(schema)
    if few:
        return few
    if is_mixed(schema) and "type" not in schema:
        text = f"{class_name_of_objects(schema)} | NotAnObject"
        return Type(text, ("ObjectOrAny()",), CLASS_OF_OBJECTS)
    word = union_of_one_type(schema, definitions)
    python_type = KINDS[word](schema, definitions) if word else None
    if python_type and python_type.plain != "Any":
        if not all(is_of_type(it, schema["type"], definitions) for it in branches_of(schema, word)):
            return python_type
        marker = f"OfType({schema['type']!r})"
        union, *judges = python_type.markers  # whose errors are looked for at the last marker
        markers = (union, marker, *judges)
        return replace(python_type, markers=markers, says=python_type.says | {"type"})
    for word, kind in KINDS.items():
        if word in schema:
            return kind(schema, definitions)
    return Type("Any")


def reference(schema: Schema, definitions: Definitions) -> Type:
    if is_uuid(schema, definitions) and len(assertions(schema)) > 1:
        return Type("str", ('Without("type")',))
    return Type(referred_name(schema), says=frozenset({"$ref"}))


def is_uuid(schema: Schema, definitions: Definitions) -> bool:
    """Whether the type is ``UUID``, which is written in lower case: nothing beside may judge it."""
    if "$ref" in schema:
        return is_uuid(definitions[referred_name(schema)], definitions)
    return "format" in schema and type_of(schema, definitions).plain == "UUID"


def types(schema: Schema, definitions: Definitions) -> Type:
    """The type of each name in ``type``, as a union if there are several."""
    if not is_array(schema["type"]):
        return TYPES[schema["type"]](schema, definitions)
    branches = {name: branch(schema, name, definitions) for name in schema["type"]}
    kept = {
        word
        for word in schema
        if all(word in it for name, it in branches.items() if word in WORDS[name])
        if any(word in it for it in branches.values())
    }
    texts = {
        name: annotation({word: it for word, it in part.items() if word in kept}, definitions)
        for name, part in branches.items()
    }
    if is_mixed(schema):
        texts["object"] = class_name_of_objects(schema)
        kept |= CLASS_OF_OBJECTS
    return Type(" | ".join(texts.values()), ("AnyType()",), frozenset(kept))


CLASS_OF_OBJECTS = frozenset({"if", "then"})


def branch(schema: Schema, name: str, definitions: Definitions) -> Schema:
    """The keywords of the schema that judge the instances of one of its types."""
    around = {} if name == "array" and has_whole_prefix(schema) else AROUND
    words = {
        word for word in WORDS[name] if schema.keys().isdisjoint(around.get(word, frozenset()))
    }
    whole = {word: it for word, it in schema.items() if word in words} | {"type": name}
    says = TYPES[name](whole, definitions).says
    return {word: it for word, it in whole.items() if word in says}


# Keywords that speak of what others leave over.
AROUND = {
    "items": frozenset({"prefixItems"}),
    "additionalProperties": frozenset({"properties", "patternProperties"}),
}


# Keywords that plain types may say in a list of types.
WORDS: dict[str, tuple[str, ...]] = {
    "null": (),
    "boolean": (),
    "string": ("minLength", "maxLength", "pattern", "format"),
    "integer": (*BOUNDS, "multipleOf", "x-integer"),
    "number": (*BOUNDS, "multipleOf"),
    "array": ("prefixItems", "items", "minItems", "maxItems"),
    "object": ("additionalProperties", "minProperties", "maxProperties"),
}


def any_of(schema: Schema, definitions: Definitions) -> Type:
    """A union; one error where no branch fits, of a schema or null that of the schema."""
    texts = union(schema["anyOf"], definitions)
    if texts is None:
        return Type("Any")
    nullable = len(texts) == 2 and texts[1] == "None"
    markers = () if nullable else (union_marker("AnyOf", schema, "anyOf", definitions),)
    return Type(" | ".join(texts), markers, frozenset({"anyOf"}))


def one_of(schema: Schema, definitions: Definitions) -> Type:
    """A union whose branches exclude each other, or one that a marker or an Assert watches."""
    # Pydantic says the branches of an anyOf within a union as those of the union.
    nested = any(it.keys() == {"anyOf"} for it in schema["oneOf"])
    texts = None if nested else union(schema["oneOf"], definitions)
    if texts is None:
        return Type("Any")
    tag = discriminator_name(schema, definitions)
    arguments = (f"discriminator={tag!r}",) if tag else ()
    apart = branches_apart(schema, definitions)
    markers = ["OneOf()" if tag else union_marker("OneOf", schema, "oneOf", definitions, apart)]
    markers += [watching_marker(schema, apart, definitions)] if apart else []
    return Type(" | ".join(texts), (*markers,), frozenset({"oneOf"}), arguments=arguments)


def if_then_else(schema: Schema, definitions: Definitions) -> Type:
    """A union of two types between which the condition chooses; any value if one has no type."""
    branches = [it for it in (schema.get("then"), schema.get("else")) if is_object(it)]
    # Pydantic says an anyOf as the union around it.
    plain = len(branches) == 2 and all(it.keys() != {"anyOf"} for it in branches)
    texts = union(branches, definitions, enough=all) if plain else None
    if texts is None or not is_object(schema["if"]):
        return Type("Any")
    return Type(" | ".join(texts), (f"IfThenElse({schema['if']!r})",), CONDITION)


CONDITION = frozenset({"if", "then", "else"})


def all_of(schema: Schema, definitions: Definitions) -> Type:
    """The type of one branch; the others are asserted."""
    at, kind = typed_branch(schema, definitions)
    if at is None:
        return kind
    others = [repr(it) for index, it in enumerate(schema["allOf"]) if index != at]
    typed = assertions(schema["allOf"][at])
    place = {"at": at, "branch": without(schema["allOf"][at], *typed)}

    def marker(notes: Schema) -> str:
        named = {**place, "notes": notes}.items()
        return f"AllOf({', '.join([*others, *(f'{word}={it!r}' for word, it in named if it)])})"

    text = annotation(typed, definitions, kind)
    return Type(text, says=frozenset({"allOf"}), marker_with=marker)


def typed_branch(schema: Schema, definitions: Definitions) -> tuple[int | None, Type]:
    """The index and the type of a branch of an ``allOf`` that has one, of references the first."""
    branches = {at: assertions(it) for at, it in enumerate(schema["allOf"]) if is_object(it)}
    alone = sum(map(bool, branches.values())) == len(assertions(schema)) == 1
    for at in sorted(branches, key=lambda it: "$ref" not in branches[it]):
        kind = type_of(branches[at], definitions)
        if kind.plain != "Any" and (alone or not is_uuid(branches[at], definitions)):
            return at, kind
    return None, Type("Any")


def union(
    branches: list[Any], definitions: Definitions, enough: Callable[[Iterable[bool]], bool] = any
) -> list[str] | None:
    """The annotations of the branches; None where Python would not keep them apart, or where too
    few of them have a type or will have a class."""
    kinds = [type_of(it, definitions) for it in branches]
    each = [*zip(branches, kinds, strict=True)]
    texts = [annotation(it, definitions, kind) for it, kind in each]
    apart = len(set(texts)) == len(texts) > 1 and all(map(is_one, texts))
    typed = enough(kind.plain != "Any" or describes_members(it, definitions) for it, kind in each)
    return texts if typed and apart and "None" not in texts[:-1] else None


def is_one(text: str) -> bool:
    """Whether a union around it neither swallows the type nor is swallowed."""
    return text != "Any" and not isinstance(ast.parse(text, mode="eval").body, ast.BinOp)


def literal(schema: Schema) -> Type | None:
    """A few constants as a Literal."""
    choices = constants(schema)
    if choices is None:
        return None
    return Type(choices.plain, choices.markers(schema), frozenset({"type", choices.keyword}))


def listed(schema: Schema, definitions: Definitions) -> Type:
    """The types of constants that no Literal holds: of fractions, arrays, objects."""
    kinds = [*dict.fromkeys(map(json_type, listed_values(schema)))]
    if not kinds:
        return Type("Any")
    plain = types({"type": kinds if len(kinds) > 1 else kinds[0]}, definitions)
    return replace(plain, markers=(*plain.markers, 'Without("type")'), says=frozenset())


def array(schema: Schema, definitions: Definitions) -> Type:
    """A list of one kind of item, a tuple with a rest or without, or any list."""
    sizes = frozenset({"type", "minItems", "maxItems"})
    if has_whole_prefix(schema):
        return tuple_(schema, definitions)
    if is_object(schema.get("items")) and "prefixItems" not in schema:
        return Type(f"list[{annotation(schema['items'], definitions)}]", says=sizes | {"items"})
    return Type("list[Any]", ('Without("items")',), sizes)


def has_whole_prefix(schema: Schema) -> bool:
    """Whether an array has an item for each schema of its prefix."""
    length = len(schema.get("prefixItems", ()))
    most = schema.get("maxItems", length)
    return length > 0 and schema.get("minItems", 0) >= length and most >= length


def tuple_(schema: Schema, definitions: Definitions) -> Type:
    """The items of the prefix, then a rest where one may be."""
    sizes: Schema = {
        word: limit(schema, word) for word in ("minItems", "maxItems") if word in schema
    }
    texts = [annotation(it, definitions) for it in schema["prefixItems"]]
    rest = schema.get("items", sizes.get("maxItems") != len(texts))
    if rest is not False:
        text = annotation(rest, definitions) if is_object(rest) else "Any"
        texts.append(f"Unpack[tuple[{text}, ...]]")
    untyped = {"items": schema["items"]} if not schema.get("items", True) else {}
    fixed, says = {**untyped, **sizes}, frozenset({"type", "prefixItems", "items", *sizes})
    text = f"tuple[{', '.join(texts)}]"
    return Type(text, says=says, marker_with=lambda notes: f"PrefixItems({fixed | notes!r})")


def map_(schema: Schema, definitions: Definitions) -> Type:
    """A dict of one kind of value, its names a few or any, or any dict."""
    says = SIZES_OF_MAPS
    key = name_type(schema, definitions)
    patterned = pattern_values(schema) if "properties" not in schema else None
    if patterned is not None:
        marker = f"PatternProperties({[*schema['patternProperties']]!r})"
        says |= {"patternProperties", "additionalProperties"}
        return Type(f"dict[{key}, {annotation(patterned, definitions)}]", (marker,), says)
    if choices := pattern_choices(schema, definitions):
        return map_by_name(schema, key, choices, definitions)
    values = schema.get("additionalProperties", False)
    if values is False or not schema.keys().isdisjoint(("properties", "patternProperties")):
        return Type(f"dict[{key}, Any]", (OF_ANY_VALUE,), says)
    markers = ("TitledValues()",) if is_titled(values, definitions) else ()
    kind = f"dict[{key}, {value_type(values, definitions)}]"
    return Type(kind, markers, says | {"additionalProperties"})


def map_by_name(
    schema: Schema, key: str, choices: list[Subschema], definitions: Definitions
) -> Type:
    """A dict of the types of all members. The names choose one type beside any value; between
    several an Assert does."""
    typed = [it for it in choices if not accepts_anything(it, definitions)]
    first, *others = dict.fromkeys(value_type(it, definitions) for it in typed)
    texts = dict.fromkeys([first, *(value_type(it, definitions) for it in choices)])
    plain = f"dict[{key}, {' | '.join(texts)}]"
    if others or not is_one(first) or key != "str":
        return Type(plain, (OF_ANY_VALUE,), SIZES_OF_MAPS, CHOSEN_BY_NAME)
    chosen = {word: it for word, it in schema.items() if word in CHOSEN_BY_NAME}
    patterns = [name for name, it in schema["patternProperties"].items() if it in typed]
    further = ", further=True" if schema.get("additionalProperties", True) in typed else ""
    marker = f"ByName({chosen!r}, {patterns!r}{further})"
    return Type(plain, (OF_ANY_VALUE, marker), SIZES_OF_MAPS | CHOSEN_BY_NAME)


def value_type(schema: Subschema, definitions: Definitions) -> str:
    return annotation(schema, definitions) if is_object(schema) else "Any"


OF_ANY_VALUE = 'Without("additionalProperties")'
SIZES_OF_MAPS = frozenset({"type", "minProperties", "maxProperties"})
CHOSEN_BY_NAME = frozenset({"patternProperties", "additionalProperties"})


KINDS: dict[str, Callable[[Schema, Definitions], Type]] = {
    "$ref": reference,
    "type": types,
    "anyOf": any_of,
    "oneOf": one_of,
    "if": if_then_else,
    "allOf": all_of,
    "const": listed,
    "enum": listed,
}


TYPES: dict[str, Callable[[Schema, Definitions], Type]] = {
    "string": string,
    "integer": integer,
    "number": number,
    "boolean": boolean,
    "null": null,
    "array": array,
    "object": map_,
}

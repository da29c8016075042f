"""The types of strings, numbers, booleans and null, and what any type consists of."""

from collections.abc import Callable
from dataclasses import dataclass

from contract.subschemas import Definitions, Schema, is_annotation
from runtime._formats import FORMAT_NAMES
from runtime._pattern import portable_rules

BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


@dataclass(frozen=True)
class Type:
    """A Python type, the markers that make it exact, and the keywords it says."""

    plain: str
    markers: tuple[str, ...] = ()
    says: frozenset[str] = frozenset()
    # Keywords whose subschemas it names, though an Assert has to choose between them.
    names: frozenset[str] = frozenset()
    # Keywords of Field beyond the constraints.
    arguments: tuple[str, ...] = ()
    # Writes the marker that carries the annotations, and so takes the place of Field.
    marker_with: Callable[[Schema], str] | None = None


# By a type and what makes it exact, what the runtime calls both.
EXACT_TYPES = {
    ("int", "Integer()"): "ExactInt",
    ("float", "Number()"): "ExactFloat",
    ("list[Any]", 'Without("items")'): "AnyList",
    ("dict[str, Any]", 'Without("additionalProperties")'): "AnyDict",
    ("Any", "Assert({'not': {}})"): "Never",
}


def annotated(plain: str, metadata: list[str]) -> str:
    """The type with its metadata, by the runtime's name for it where there is one."""
    name = EXACT_TYPES.get((plain, metadata[0])) if metadata else None
    plain, metadata = (name, metadata[1:]) if name else (plain, metadata)
    return f"Annotated[{', '.join([plain, *metadata])}]" if metadata else plain


def assertions(schema: Schema, left_out: frozenset[str] = frozenset()) -> Schema:
    """The keywords that assert something, without those in ``left_out``."""
    return {
        word: value
        for word, value in schema.items()
        if word not in left_out and not is_annotation(word) and not is_unknown_format(word, schema)
    }


def is_unknown_format(word: str, schema: Schema) -> bool:
    """A format that asserts nothing: of no strings, or none of ours (Validation 7.2.1)."""
    if word != "format":
        return False
    types = schema.get("type", "string")
    return schema["format"] not in FORMAT_NAMES or "string" not in types


def string(schema: Schema, definitions: Definitions) -> Type:
    sizes = frozenset({"type", "minLength", "maxLength"})
    # A UUID is written in lower case: nothing else may judge how it is written.
    if schema.get("format") == "uuid" and assertions(schema).keys() <= {"type", "format"}:
        return Type("UUID", says=frozenset({"type", "format"}))
    same = portable_rules(schema.get("pattern", "")) == [(True, schema.get("pattern", ""))]
    return Type("str", says=sizes | {"pattern"} if same else sizes)


def integer(schema: Schema, definitions: Definitions) -> Type:
    whole = {word for word in (*BOUNDS, "multipleOf") if is_whole(schema.get(word, 0))}
    marker = "PlainInteger()" if "x-integer" in schema else "Integer()"
    return Type("int", (marker,), frozenset({"type", "x-integer", *whole}))


def is_whole(value: float) -> bool:
    return isinstance(value, int) or value.is_integer()


def number(schema: Schema, definitions: Definitions) -> Type:
    exact = {word for word in BOUNDS if abs(schema.get(word, 0)) < 2**53}
    return Type("float", ("Number()",), frozenset({"type", *exact}))


def boolean(schema: Schema, definitions: Definitions) -> Type:
    return Type("StrictBool", says=frozenset({"type"}))


def null(schema: Schema, definitions: Definitions) -> Type:
    return Type("None", says=frozenset({"type"}))

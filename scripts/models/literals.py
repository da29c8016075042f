"""A schema of a few constants -> ``Literal``: of ``const``, ``enum``, or ``anyOf`` or ``oneOf`` of
nothing but those."""

from dataclasses import dataclass
from typing import Any

from contract.json_values import kind_of, whole_number
from contract.subschemas import Schema, assertions_of, types_of


@dataclass(frozen=True)
class Constants:
    """The values that a ``keyword`` allows, each as Python writes it: 1 for 1.0."""

    keyword: str
    values: tuple[Any, ...]

    @property
    def plain(self) -> str:
        """``Literal[…]`` of the values; null is ``None`` beside it."""
        texts = [repr(it) for it in self.values if it is not None]
        parts = [f"Literal[{', '.join(texts)}]"] if texts else []
        return " | ".join([*parts, "None"] if None in self.values else parts)

    def markers(self, schema: Schema) -> tuple[str, ...]:
        """What makes the Literal exact and emits the schema; none where Pydantic does both."""
        kind = schema.get("type")
        usual = self.keyword == ("const" if len(self.values) == 1 else "enum")
        if usual and kind in ("string", None) and all(isinstance(it, str) for it in self.values):
            return () if kind else ('Without("type")',)
        word = repr(self.keyword)
        if self.keyword in BRANCH_KEYWORDS:
            word = f"{self.keyword}={schema[self.keyword]!r}"
        return (f"Constants({word}{f', type={kind!r}' if kind else ''})",)


BRANCH_KEYWORDS = ("anyOf", "oneOf")


def constants(schema: Schema) -> Constants | None:
    """The constants that are all a schema allows; None where ``Literal`` cannot hold them."""
    words = [it for it in ("const", "enum", *BRANCH_KEYWORDS) if it in schema]
    if not words or "$ref" in schema or {"const", "enum"} <= schema.keys():
        return None
    values = keyword_values(words[0], schema)
    if not values or not all(is_literal(it) and is_of_type(it, schema) for it in values):
        return None
    literals: list[Any] = [int(it) if kind_of(it) == "integer" else it for it in values]
    distinct: dict[Any, Any] = {(type(it), it): it for it in literals}
    # What two branches of an anyOf list is valid; of a oneOf it is not.
    repeated = len(distinct) < len(literals) and words[0] != "anyOf"
    return None if repeated else Constants(words[0], tuple(distinct.values()))


def keyword_values(word: str, schema: Schema) -> list[Any]:
    """The values that the keyword lists; none if a branch is more than a list of values, or if all
    but null stand in one."""
    if word in ("const", "enum"):
        return [schema["const"]] if word == "const" else schema["enum"]
    listed = [branch_values(it) for it in schema[word]]
    others = [it for it in schema[word] if it.get("type") != "null"]
    return [it for values in listed for it in values] if all(listed) and len(others) > 1 else []


def branch_values(branch: Schema) -> list[Any]:
    words = assertions_of(branch) - {"type"}
    if not words and branch.get("type") == "null":
        return [None]
    if words not in ({"const"}, {"enum"}):
        return []
    values = keyword_values(words.pop(), branch)
    return values if all(is_of_type(it, branch) for it in values) else []


def is_literal(value: Any) -> bool:
    """Whether ``Literal`` compares the value as JSON does: no fraction, no large integer."""
    kind = kind_of(value)
    return kind in ("null", "boolean", "string") or (kind == "integer" and abs(value) < 2**53)


def is_of_type(value: Any, schema: Schema) -> bool:
    kind, names = kind_of(value), types_of(schema)
    return not names or kind in names or (kind == "integer" and "number" in names)


def limit(schema: Schema, word: str) -> Any:
    """The keyword's value: 2.0 is 2 where it counts or bounds integers (Core 4.2.3)."""
    whole = schema["type"] != "number" and isinstance(schema[word], float)
    return whole_number(schema[word]) if whole else schema[word]

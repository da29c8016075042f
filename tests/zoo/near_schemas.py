"""Random schemas, small and full of corners, and schemas near them: equal, wider, narrower."""

from collections.abc import Callable
from random import Random
from typing import Any

from contract.json_values import is_object

CONSTANTS: tuple[Any, ...] = ("", [], {}, 1, 0.5)
LEAVES: tuple[Any, ...] = (
    *({"type": it} for it in ("string", "integer", "number", "null")),
    *({"const": it} for it in CONSTANTS),
    *({"enum": ["a", "b"]}, {"enum": ["", 1]}, True, False, {}),
)
PATTERNS = ("^a", "b$", "^a?$", "^(a|b)$", "", "^$", "^[^a]*$", "^ab")
NAMES = ("a", "b", "ab")
MAX_DEPTH = 2

# Values at the corners of all that is drawn here.
VALUES: tuple[Any, ...] = (
    *("", "a", "b", "ab", "ba", 0, 1, 2, 3, 0.5, 1.5, 0.25, -1, 10**20, None, True, False),
    *([], [0], [1], [""], ["a"], [1, 1], ["a", 1], [0.5, "a"], [[], {}], [{}], [{"a": 1}]),
    *({}, {"a": 0}, {"a": ""}, {"b": "a"}, {"a": 1, "b": 2}, {"ab": 1}, {"c": 1}, {"": 0}),
    *({"a": [], "ab": {}}, {"a": 1, "b": "", "ab": None}, {"ba": 0.5}, {"a": {"a": 1}}),
)


def drawn_schema(random: Random, depth: int = 0) -> Any:
    """A schema of three levels at most."""
    if depth > MAX_DEPTH or random.random() < 0.4:
        return drawn_leaf(random)
    return random.choice(SHAPES)(random, lambda: drawn_schema(random, depth + 1))


def drawn_leaf(random: Random) -> Any:
    kind = random.randrange(8)
    if kind == 0:
        words = random.sample(
            ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"], random.randint(1, 2)
        )
        return {word: random.choice([0, 1, 2, 0.5, 1.5]) for word in words}
    if kind == 1:
        bounds = {"minimum": 0, "maximum": 2} if random.random() < 0.5 else {}
        return {"type": "number", "multipleOf": random.choice([1, 2, 3, 0.5, 1.5]), **bounds}
    if kind == 2:
        return {random.choice(["minLength", "maxLength"]): random.randint(0, 2)}
    return {"pattern": random.choice(PATTERNS)} if kind == 3 else random.choice(LEAVES)


Draw = Callable[[], Any]


def negation(random: Random, inner: Draw) -> Any:
    return {"not": inner()}


def union(random: Random, inner: Draw) -> Any:
    word = random.choice(["anyOf", "oneOf", "allOf"])
    return {word: [inner() for _ in range(random.randint(1, 3))]}


def condition(random: Random, inner: Draw) -> Any:
    return {"if": inner(), "then": inner(), "else": inner()}


def record(random: Random, inner: Draw) -> Any:
    names: dict[str, Draw] = {
        "properties": lambda: {it: inner() for it in random.sample(NAMES, random.randint(1, 2))},
        "required": lambda: random.sample(NAMES, random.randint(1, 2)),
        "additionalProperties": lambda: random.choice([False, False, inner()]),
        "patternProperties": lambda: {random.choice(PATTERNS): inner()},
        "propertyNames": lambda: random.choice(
            [{"pattern": "^a"}, {"enum": ["a", "b"]}, {"maxLength": 1}, False, {"const": "a"}]
        ),
        "minProperties": lambda: random.randint(0, 2),
        "maxProperties": lambda: random.randint(0, 2),
        "dependentRequired": lambda: {random.choice(NAMES): [random.choice(NAMES)]},
        "dependentSchemas": lambda: {random.choice(NAMES): inner()},
    }
    return {"type": "object", **{it: names[it]() for it in random.sample([*names], 3)}}


def array(random: Random, inner: Draw) -> Any:
    words: dict[str, Draw] = {
        "items": lambda: random.choice([False, inner(), inner()]),
        "prefixItems": lambda: [inner() for _ in range(random.randint(1, 2))],
        "contains": inner,
        "minContains": lambda: random.randint(0, 2),
        "maxContains": lambda: random.randint(0, 2),
        "minItems": lambda: random.randint(0, 2),
        "maxItems": lambda: random.randint(0, 2),
        "uniqueItems": lambda: True,
    }
    return {"type": "array", **{it: words[it]() for it in random.sample([*words], 3)}}


SHAPES = (negation, union, condition, record, record, record, array, array, array)


def near_schema(random: Random, schema: Any) -> Any:
    """The same said otherwise, something more or less, or one keyword dropped."""
    other = drawn_schema(random, MAX_DEPTH)
    dropped = random.choice([*schema]) if is_object(schema) and schema else ""
    ways = (
        {"not": {"not": schema}},
        {"anyOf": [schema, other]},
        {"allOf": [schema, other]},
        {"anyOf": [{"allOf": [schema, other]}, {"allOf": [schema, {"not": other}]}]},
        {"oneOf": [schema, {"allOf": [other, {"not": schema}]}]},
        {word: it for word, it in schema.items() if word != dropped} if dropped else other,
    )
    return random.choice(ways)

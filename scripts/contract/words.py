"""Schema -> the words in it that say nothing though somebody may mean something by them.

JSON Schema lets an unknown word assert nothing (Core 6.5), so a keyword that is written wrong
would be lost without notice. A word is taken if the draft knows it, if ``words.json`` lists it as
an annotation, if no keyword has its form (``is_indexed``, ``@type``), if a reference leads through
it, or if ``pyproject.toml`` names it.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote

from contract.drafts import (
    KEYWORDS,
    KEYWORDS_OF_ANY_DRAFT,
    WORDS,
    draft_name,
    schemas_with_draft,
)
from contract.json_values import Location, is_object, json_pointer, references_in
from contract.subschemas import ASSERTIONS, Schema, is_annotation, types_of
from referencing import Specification

KNOWN_ANNOTATIONS: tuple[str, ...] = tuple(WORDS["annotations"])


KNOWN_METADATA: tuple[str, ...] = tuple(WORDS["metadata"])


MISLEADING: dict[str, str] = WORDS["misleading"]


REFUSED: dict[str, dict[str, str]] = WORDS["refused"]


CURE = "correct it, or name it in pyproject.toml: [tool.contract] annotations"


def word_refusals(
    schema: Schema | bool,
    around: Specification[Any],
    annotations: Sequence[str] = (),
    path: Location = (),
    on_the_way: Container[str] = (),
) -> Iterator[str]:
    """A line ``pointer: 'word' what; cure`` for each word that is not taken.

    ``annotations`` are words of the owner's own: ``word``, ``x-…`` for all that begin so, ``*``
    for any that is not near to a keyword or to a property. ``on_the_way`` are the JSON Pointers
    that references lead through.
    """
    for place, specification, inner in schemas_with_draft(schema, around, path):
        for word in inner:
            why = why_refused(word, inner, specification, annotations)
            if why and json_pointer((*place, word)) not in on_the_way:
                yield f"{json_pointer(place)}: {word[:80]!r} {why}"


# ``is_indexed``, ``rdfs:range``, ``@type``, ``Name``: anything but ``camelCase``.
FORM_OF_NO_KEYWORD = r"(?![a-z][A-Za-z]*$)[$@_]*[A-Za-z0-9]+([-_.:/ ][A-Za-z0-9]+)*"


def why_refused(
    word: str, schema: Schema, specification: Specification[Any], annotations: Sequence[str]
) -> str | None:
    """Why a word says nothing though it may mean something, None if it is taken."""
    if word in KEYWORDS[specification]:
        return REFUSED.get(draft_name(specification), {}).get(word)
    if is_listed(word, ("x-…", *annotations)) or is_harmless(word, schema):
        return None
    if word in MISLEADING:
        return MISLEADING[word]
    if is_misplaced(word, schema):
        return f"looks like a property; write it within properties, or {CURE}"
    if is_listed(word, KNOWN_ANNOTATIONS):
        return None
    near = nearest_keyword(word, KEYWORDS[specification])
    if near and word not in KEYWORDS_OF_ANY_DRAFT:
        return f"is not a keyword, {near!r} is; {CURE}"
    noted = word not in KEYWORDS_OF_ANY_DRAFT and is_metadata(word, schema[word])
    return None if noted or "*" in annotations else unknown_word(word, specification)


def is_metadata(word: str, value: Any) -> bool:
    """Whether a word that no keyword is like says something of the schema: one that authors write,
    or one whose form no keyword has. A schema under it may be a lost property."""
    listed = is_listed(word, KNOWN_METADATA) or re.fullmatch(FORM_OF_NO_KEYWORD, word) is not None
    return (listed and not is_like_a_schema(value)) or (word == "optional" and value is True)


def unknown_word(word: str, specification: Specification[Any]) -> str:
    """What is wrong with a word that is neither near to a keyword nor an annotation."""
    if word in KEYWORDS_OF_ANY_DRAFT:
        return (
            f"asserts nothing in {draft_name(specification)}; name a draft that has it in $schema"
        )
    return f"is not a keyword of {draft_name(specification)}; {CURE}"


def is_listed(word: str, names: Iterable[str]) -> bool:
    """Whether a word is among the names; ``x-…`` stands for all that begin so."""
    return any(
        word.startswith(name.removesuffix("…")) if name.endswith("…") else word == name
        for name in names
    )


def is_harmless(word: str, schema: Schema) -> bool:
    """Whether a word of another draft, or of OpenAPI 3.0, would change no verdict there."""
    if word == "nullable":  # OpenAPI 3.0.3: it adds null to what ``type`` allows
        return schema[word] is False or "null" in (types_of(schema) or ["null"])
    if word in ("id", "$id"):
        return isinstance(schema[word], str)
    return word == "$defs" and is_object(schema[word])


def is_misplaced(word: str, schema: Schema) -> bool:
    """Whether a schema stands under a name beside ``properties``, as a property would within."""
    named = is_object(schema.get("properties")) and word not in schema["properties"]
    possible = word == "id" or word not in KEYWORDS_OF_ANY_DRAFT
    return named and possible and is_like_a_schema(schema[word])


def is_like_a_schema(value: Any) -> bool:
    """Whether a value has words of schemas alone, and a type or another schema among them."""
    if not is_object(value) or not value.keys() & {"type", "$ref", "properties", "anyOf", "enum"}:
        return False
    words = (it in ASSERTIONS or is_known_annotation(it) for it in value)
    return all(it in TYPES for it in types_of(value)) and all(words)


TYPES = ("string", "number", "integer", "boolean", "null", "array", "object")


def is_known_annotation(word: str) -> bool:
    """Whether a word is an annotation of JSON Schema, or one that ``words.json`` lists."""
    common = ("title", "description", "default")
    return is_annotation(word) and (word in common or is_listed(word, KNOWN_ANNOTATIONS))


def nearest_keyword(word: str, keywords: Iterable[str]) -> str | None:
    """The keyword that a word is most likely written for, if it is near to one."""
    plain = bare_word(word)
    by_word = {bare_word(it): it for it in keywords if len(it) > 3}
    alike = [it for it in by_word if it[:1] == plain[:1] and not is_compound(word, by_word[it])]
    near = get_close_matches(plain, alike, n=1, cutoff=0.82)
    return by_word[near[0]] if near else None


def bare_word(word: str) -> str:
    """The letters of a word, in lower case."""
    return "".join(filter(str.isalnum, word)).casefold()


def is_compound(word: str, keyword: str) -> bool:
    """Whether a word is made of a keyword and others: ``descriptionHtml``, ``title_de``."""
    rest = word.removeprefix(keyword)
    return rest != word and any(map(str.isalnum, rest)) and not rest[0].islower()


def pointers_on_the_way(schema: Any) -> set[str]:
    """Each JSON Pointer that a ``$ref`` of the file leads through or to."""
    pointers = set[str]()
    for target in references_in(schema):
        if target.startswith("#/"):
            steps = unquote(target).removeprefix("#/").split("/")
            pointers |= {f"/{'/'.join(steps[:end])}" for end in range(1, len(steps) + 1)}
    return pointers

"""The tables of a page may say types, constraints, defaults and texts in many ways."""

import json
from typing import Any

import pytest
from check_page import page_schema
from contract.json_values import short_json
from pages.check_tables import CONSTRAINTS, KEYWORDS, TYPE_HEADS, table_findings
from pages.read import read_page, without_code_span

from tests.zoo.page_faults import replaced

pytestmark = pytest.mark.toolchain

# A property that comes of each shape of TYPE_HEADS.
SHAPES: dict[str, dict[str, Any]] = {
    "values": {"const": "a", "type": "string"},
    "values of any type": {"enum": ["a", 1]},
    "values or null": {"enum": ["a", None]},
    "value null": {"const": None},
    "one or null": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    "several or null": {"type": ["string", "integer", "null"]},
    "several": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
    "number or string": {"anyOf": [{"type": "number"}, {"type": "string"}]},
    "array": {"type": "array"},
    "array of unique items": {"type": "array", "uniqueItems": True},
    "array by place": {"type": "array", "prefixItems": [{"type": "string"}]},
    "anything": {},
    **{it: {"type": it} for it in ("string", "integer", "number", "boolean", "null", "object")},
    **{
        it: {"type": "string", "format": it.removeprefix("string ")}
        for it in TYPE_HEADS
        if it.startswith("string ")
    },
}


def page_of(properties: dict[str, Any], rows: list[str], details: str = "", **more: Any) -> str:
    schema = {"title": "Rich", "type": "object", "properties": properties, **more}
    return "\n".join(
        [
            *("# Rich", "", "**Package:** `a.b.rich`", "", "## Fields", ""),
            *("| Field | Type | Required | Description |", "|--|--|--|--|", *rows, ""),
            *("## Field Details", "", details, "", "## JSON Schema", ""),
            *("````json", json.dumps(schema), "````", ""),
        ]
    )


def finding_texts(page: str) -> list[str]:
    """The kind and the text of each finding of the page against itself."""
    read = read_page("page.md", page.encode())
    return [
        f"{it.kind} line {it.line}: {it.what}" for it in table_findings(read, page_schema(read))
    ]


def test_every_row_of_the_types_has_a_shape() -> None:
    assert SHAPES.keys() == TYPE_HEADS.keys()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_type_is_one_of_its_words(shape: str) -> None:
    schema = SHAPES[shape]
    listed = (
        f"### `it`\n\n**Constraints:**\n- format: {schema['format']}" if "format" in schema else ""
    )
    for word in TYPE_HEADS[shape]:
        assert finding_texts(page_of({"it": schema}, [f"| `it` | {word} | | |"], listed)) == []
    for wrong in {"Wrong", *sum(TYPE_HEADS.values(), ())} - {*TYPE_HEADS[shape]}:
        (line,) = finding_texts(page_of({"it": schema}, [f"| `it` | {wrong} | | |"], listed))
        assert f'is "{wrong}", by its schema {" or ".join(TYPE_HEADS[shape])}; make both' in line


# Types as a generated page writes them: the head and a schema of each.
WHOLE_TYPES: dict[str, tuple[str, dict[str, Any]]] = {
    "str | None": ("UnionType", {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    "str | int | None": ("UnionType", {"type": ["string", "integer", "null"]}),
    "list[int | str]": ("list", {"type": "array", "uniqueItems": True}),
    "dict[str, list[float]]": ("dict", {"type": "object"}),
    "tuple[str, int]": ("tuple", {"type": "array", "prefixItems": [{"type": "string"}]}),
    "Literal['a | b', 'c']": ("Literal", {"enum": ["a | b", "c"]}),
    "[Known](#known)": ("Known", {"$ref": "#/$defs/Known"}),
    "str": ("str", {"type": "string"}),
}


def type_findings(kind: str, schema: Any, required: bool) -> list[str]:
    cell = kind.replace("|", "\\|")
    row = f"| `it` | {cell} | {'✓' if required else ''} | |"
    return finding_texts(page_of({"it": schema}, [row], required=["it"] if required else []))


@pytest.mark.parametrize("kind", WHOLE_TYPES)
@pytest.mark.parametrize("other", WHOLE_TYPES)
def test_the_head_of_a_whole_type_is_compared(kind: str, other: str) -> None:
    head, schema = WHOLE_TYPES[kind]
    equal = head == WHOLE_TYPES[other][0]
    assert (type_findings(other, schema, True) == []) == equal
    assert (type_findings(f"{other} | MISSING", schema, False) == []) == equal
    absent = type_findings(f"{other} | MISSING", schema, True)
    assert (absent == []) == (head == "UnionType")


@pytest.mark.parametrize("text", ["str |", "MISSING", "int[]"])
@pytest.mark.parametrize("kind", WHOLE_TYPES)
def test_what_is_no_type_is_a_finding(text: str, kind: str) -> None:
    (line,) = type_findings(text, WHOLE_TYPES[kind][1], False)
    assert line.startswith(f'type line 9: the type of `it` is "{text}", by its schema ')


@pytest.mark.parametrize(
    ("schema", "word"),
    [
        ({"$ref": "#/$defs/Known"}, "Known"),
        ({"$ref": "#/$defs/a__Known_int_"}, "Known[int]"),
        ({"$ref": "../shop/Known.json"}, "Known"),
        ({"allOf": [{"$ref": "#/$defs/Known"}]}, "Known"),
        ({"title": "Inline", "type": "object", "properties": {}}, "Inline"),
        (True, "Any"),
    ],
    ids=["$ref", "title", "file", "allOf", "inline", "true"],
)
def test_a_class_is_named_by_itself(schema: Any, word: str) -> None:
    definitions = {"Known": {"type": "string"}, "a__Known_int_": {"title": "Known[int]"}}
    more: dict[str, Any] = {"$defs": definitions}
    assert finding_texts(page_of({"it": schema}, [f"| `it` | {word} | | |"], **more)) == []
    assert len(finding_texts(page_of({"it": schema}, ["| `it` | Other | | |"], **more))) == 1


def test_a_message_that_holds_itself_is_a_definition() -> None:
    rich = {"title": "Rich", "type": "object", "properties": {"it": {"$ref": "#/$defs/Rich"}}}
    schema = json.dumps({"$defs": {"Rich": rich}, "$ref": "#/$defs/Rich"})
    page = page_of({}, ["| `it` | Rich | | |"])
    block = page.split("````json\n")[1].split("\n````")[0]
    assert finding_texts(page.replace(block, schema)) == []
    read = read_page("page.md", page.replace(block, schema).replace("| Rich |", "| R |").encode())
    (finding,) = table_findings(read, page_schema(read))
    assert finding.pointer == "/$defs/Rich/properties/it"


VALUES: dict[str, Any] = dict.fromkeys(KEYWORDS, 2) | {"pattern": "^a|b:$", "format": "x"}
WORD_AND_KEYWORD = [(word, it) for word, keywords in CONSTRAINTS.items() for it in keywords]


@pytest.mark.parametrize(("word", "keyword"), WORD_AND_KEYWORD)
def test_a_constraint_is_named_by_pydantic_or_by_json_schema(word: str, keyword: str) -> None:
    value = VALUES[keyword]
    within = {"anyOf": [{"type": "null"}, {keyword: value}]}
    for schema, type_word in (({keyword: value}, "Any"), (within, "Optional")):
        for name in (word, keyword):
            page = page_of(
                {"it": schema},
                [f"| `it` | {type_word} | | |"],
                f"### `it`\n\n**Constraints:**\n\n- `{name}`: {value}\n",
            )
            assert finding_texts(page) == []
            (line,) = finding_texts(page.replace(f"`{name}`: {value}", f"`{name}`: 3"))
            assert f"{name} of `it` is" in line
    (line,) = finding_texts(page_of({"it": {keyword: value}}, ["| `it` | Any | | |"]))
    assert line.endswith(f"leave out {keyword}; add - {keyword}: {value}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("a b", "a b"), ("'a'", "a"), ('"a"', "a"), ("1", "1"), ("", ""), ("\\d", "\\d")),
        *(("'\\d'", "\\d"), ("'\\\\d'", "\\d")),
        *(("True", True), ("true", True), ("None", None), ("1.0", 1), ("-1", -1)),
        *(("(1, 'a')", [1, "a"]), ("{'a': None}", {"a": None}), ('["a"]', ["a"])),
    ],
)
def test_a_default_is_written_as_text_as_json_or_as_python(text: str, value: Any) -> None:
    details = f"### `it`\n\n**Default:** `{text}`"
    assert finding_texts(page_of({"it": {"default": value}}, ["| `it` | Any | | |"], details)) == []
    (line,) = finding_texts(page_of({"it": {"default": [value]}}, ["| `it` | Any | | |"], details))
    assert line.startswith(f"default line 15: the default of `it` is `{text}`, in the schema `[")


@pytest.mark.parametrize(
    "text", ["1", "1.5", "yes", "{[]}", "'\\d'", "NaN", "[" * 100_000], ids=lambda it: it[:9]
)
def test_what_is_not_the_default_is_none(text: str) -> None:
    details = f"### `it`\n\n**Default:** `{text}`"
    assert (
        len(finding_texts(page_of({"it": {"default": True}}, ["| `it` | Any | | |"], details))) == 1
    )


def test_a_default_but_null_is_listed() -> None:
    rows = ["| `it` | Any | | |"]
    assert finding_texts(page_of({"it": {"default": None}}, rows)) == []
    assert finding_texts(page_of({"it": {"default": 0}}, rows)) == [
        "default line 5: no default of `it`; add **Default:** `0`"
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("a \\| b", "a | b"),
        ("`a\\|b`", "`a|b`"),
        ("\\_a\\_ \\\\d", "_a_ \\d"),
        ("\\d+ \\_", "\\d+ \\_"),
        ("a<br>b", "a\nb"),
        ("a b", "a\n\n  b"),
        ("a\u2028b", "a\u2028b"),
    ],
)
def test_a_cell_says_its_text(cell: str, text: str) -> None:
    page = page_of({"it": {"description": text}}, [f"| `it` | Any | | {cell} |"])
    assert finding_texts(page) == []
    assert len(finding_texts(page.replace(f"{cell} |", f"{cell}x |"))) == 1


def test_a_paragraph_may_be_markdown_of_its_own() -> None:
    text = "One.\n\n- two\n\n```\n    ```\n## Fields\n```\n```a``` b\n\n    ```"
    page = page_of({}, [], description=text)
    assert finding_texts(page.replace("`a.b.rich`", f"`a.b.rich`\n\n{text}\n\n---")) == []


def test_a_code_span_may_hold_backticks() -> None:
    spans = {"`a`": "a", "`` `a` ``": "`a`", "` `": " ", "a`b": "a`b", "``": ""}
    assert {text: without_code_span(text) for text in spans} == spans


def test_columns_stand_in_any_order() -> None:
    page = page_of({"it": {"type": "string"}}, ["| | | `it` | str | more |"])
    titles = "| Field | Type | Required | Description |\n|--|"
    others = "| Required | Description | Field | Type | More |\n|--|--|"
    assert finding_texts(replaced(page, (titles, others))) == []


def test_a_long_value_is_cut_to_what_can_be_read() -> None:
    assert (short_json("é"), short_json("x" * 58), len(short_json("x" * 99))) == (
        '"é"',
        f'"{"x" * 58}"',
        60,
    )

"""Any text and any keyword of a schema stands on its page, and is read there as it was written."""

import json
import re
from typing import Any

import pytest
from check_page import page_schema
from contract.subschemas import Schema
from pages.check_tables import table_findings
from pages.constraints import USES
from pages.markdown import code_block, escape_text, unescape_text

from tests.zoo.message_pages import block, case, cases, github_anchors, headings, own, section

HOSTILE = [
    "a | b \\| c \\\\| d",
    "`code` ``more`` ```",
    "<script>alert(1)</script> <!-- x --> &lt; &#60; &amp",
    "# no heading",
    "- no item",
    "+ none",
    "1. nor one",
    "> no quote",
    "=== --- ***",
    "[x](https://example.com) ![y](z) [^1] [a]: b",
    "*a* _b_ __c__ ~~d~~ snake_case $e$ https://a_b.c/?d=1&e=_f_ www.g.h",
    "line\nand\r\nline\rand <br> line",
    "trailing \\",
    "| --- |",
    "~~~json",
    "Größe 中文 🙂 e\u0301",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_description_is_read_as_it_was_written(text: str) -> None:
    """In the table, under a heading and in the index."""
    member = {"type": "string", "description": text}
    inner = {"type": "object", "properties": {"it": member}, "description": text}
    schema = {**inner, "title": "Host", "properties": {"it": member, "in": {"$ref": "#/$defs/In"}}}
    found = case("Host", {**schema, "$defs": {"In": inner}})
    page = own(found)
    lines = re.sub("\r\n|\r", "\n", text)
    assert read_back(page.rows[0].description) == lines
    assert read_back(page.description.text) == lines
    assert read_back(section(found.text, "### `In`").strip().splitlines()[0]) == lines
    assert not [*table_findings(page, page_schema(page))]
    assert [it for it in headings(found.text) if it[0] in ("#", "##")] == [
        *(("#", "Host"), ("##", "Import"), ("##", "Fields"), ("##", "Field Details")),
        *(("##", "Definitions"), ("##", "Examples"), ("##", "JSON Schema")),
    ]


def read_back(markdown: str) -> str:
    """What a line of Markdown says, by the backslashes before punctuation (CommonMark 2.4)."""
    assert not re.search(r"(?<!\\)(\\\\)*[`<\[*]", markdown.replace("<br>", ""))
    return "\n".join(map(unescape_text, markdown.split("<br>")))


@pytest.mark.parametrize("name", ["a|b", "`", "a``b", " x ", "$ref-like", "é", "a\\|b", "\\"])
def test_a_name_is_read_as_it_was_written(name: str) -> None:
    found = own(case("Odd", {"type": "object", "properties": {name: {"type": "string"}}}))
    assert [it.name for it in found.rows] == [it.name for it in found.details] == [name]


def test_what_nobody_sees_is_seen() -> None:
    found = case("Unseen", {"type": "object", "properties": {"a": {"const": "\u202e\x00\x7f"}}})
    assert not set("\u202e\x00\x7f") & set(found.text)
    assert block(found.text, "### Complete") == {"a": "\u202e\x00\x7f"}
    assert escape_text("\u202ea\tb\x07") == r"\\u202ea b\\u0007"


def test_a_schema_stands_on_its_page_as_it_is_written() -> None:
    text = '{"type": "object", "properties": {},\n"description": "````\\n```",  "x-y":\t1}'
    (found,) = cases({"m/Fence.json": text.encode()}).values()
    assert own(found).schema.text == f"{text}\n"
    assert code_block("json", "```\n") == "````json\n```\n````"


def test_a_class_called_like_a_heading_is_found() -> None:
    part = {"type": "object", "properties": {"fields": {"$ref": "#/$defs/Fields"}}}
    names = {"Fields": {"type": "string", "minLength": 1}, "Definitions": part, "Complete": part}
    schema = {"$ref": "#/$defs/Definitions", "$defs": names}
    members = {"definitions": schema["$ref"], "complete": "#/$defs/Complete", "taken": "#"}
    properties: Any = {name: {"$ref": it} for name, it in members.items()}
    found = case("Taken", {"type": "object", "properties": properties, "$defs": names})
    links = dict(re.findall(r"\[(\w+)\]\(#([^)]*)\)", found.text))
    places = github_anchors([it for _, it in headings(found.text)])
    assert links["Taken"] == "taken"
    assert [places[links[it]] for it in names] == [*names]
    levels = [level for level, _ in headings(found.text)]
    order = {anchor: index for index, anchor in enumerate(places)}
    for it in names:
        assert levels[order[links[it]]] == "###"
        assert order["definitions-1"] < order[links[it]] < order["examples"]


# Forms of schemas


def test_files_of_older_drafts_and_that_refer_to_each_other() -> None:
    money: Schema = {
        **{"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/M"},
        "definitions": {"M": {"type": "number", "minimum": 0}},
    }
    old = {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "type": "object",
        "properties": {
            "cost": {"$ref": "../shared/Money.json"},
            "pair": {"type": "array", "items": [{"type": "string"}, {"type": "integer"}]},
        },
    }
    texts = {"shared/Money.json": json.dumps(money), "m/Order.json": json.dumps(old)}
    found = cases({path: it.encode() for path, it in texts.items()})
    order = found["m/Order"].text
    assert "| `cost` | [M](#m) \\| MISSING |" in order
    assert "\n### `M`\n" in order
    assert '- prefixItems: `[{"type": "string"}, {"type": "integer"}]`' in order
    assert own(found["m/Order"]).schema.text == texts["m/Order.json"] + "\n"
    assert "- minimum: `0`" in section(found["shared/Money"].text, "### `M`")


def test_a_keyword_that_no_type_says_stands_as_json() -> None:
    items = {"type": "array", "items": {"type": "integer", "maximum": 5}, "uniqueItems": True}
    schema = {"type": "object", "properties": {"a": items}, "dependentRequired": {"a": ["b"]}}
    text = case("Rare", {**schema, "additionalProperties": {"type": "string"}}).text
    assert '- items: `{"type": "integer", "maximum": 5}`\n- uniqueItems: `true`\n' in text
    assert '- dependentRequired: `{"a": ["b"]}`' in section(text, "## Fields")
    assert "Further members are of the type str." in section(text, "## Fields")
    assert "**In words:** no two items equal\n" in text


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 9}, "at least 1, at most 9"),
        ({"exclusiveMinimum": 1, "exclusiveMaximum": 9.5}, "more than 1, less than 9.5"),
        ({"type": "number", "multipleOf": 0.5}, "a multiple of 0.5"),
        ({"type": "string", "minLength": 1, "maxLength": 2}, "at least 1 character, at most 2"),
        ({"type": "array", "minItems": 1, "maxItems": 2}, "at least 1 item, at most 2 items"),
        ({"type": "object", "minProperties": 1, "maxProperties": 2}, "at least 1 member, at most"),
        ({"const": 7.5}, "exactly 7.5"),
        ({"type": "string", "format": "date"}, "a date of RFC 3339"),
        ({"type": "string", "format": "odd"}, "odd, which is not checked"),
        ({"anyOf": [{"type": "integer", "minimum": 3}, {"type": "null"}]}, "at least 3"),
    ],
)
def test_constraints_in_words(schema: Schema, words: str) -> None:
    text = case("Said", {"type": "object", "properties": {"a": schema}}).text
    assert section(text, "### `a`").split("**In words:** ")[1].startswith(words)


def test_annotations_without_a_place_of_their_own_are_notes() -> None:
    member = {"type": "string", "deprecated": False, "x-owner": "a`b", "title": "T"}
    text = case("Noted", {"type": "object", "properties": {"a": member}}).text
    assert '**Notes:**\n- deprecated: `false`\n- x-owner: ``"a`b"``\n' in text


@pytest.mark.parametrize("word", USES)
def test_what_a_member_is_for_stands_below_its_name_in_plain_words(word: str) -> None:
    member: Schema = {"type": "string", word: True, "minLength": 2}
    nullable: Schema = {"anyOf": [{"type": "string", "readOnly": True}, {"type": "null"}]}
    inner: Schema = {"type": "object", "properties": {"b": nullable}, word: True}
    whole = {
        "type": "object",
        "properties": {"a": member, "c": {"type": "array", "items": inner}},
        word: True,
    }
    text = case("Used", whole).text
    assert f"### `a`\n\n{USES[word]}\n" in text
    assert f"### `b`\n\n{USES['readOnly']}\n" in text
    assert f"## Fields\n\n{USES[word]}\n" in text
    assert "**Notes:**" not in text


def test_what_is_said_of_a_schema_or_null_is_said() -> None:
    inner = {"type": "integer", "description": "inner", "examples": [5], "x-unit": "s"}
    member = {"anyOf": [inner, {"type": "null"}], "examples": [6]}
    text = case("Either", {"type": "object", "properties": {"a": member}}).text
    told = section(text, "### `a`")
    for it in ("\ninner\n", "**Examples:** `5`", "**Examples:** `6`", '- x-unit: `"s"`'):
        assert it in told

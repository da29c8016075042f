"""The reference pages say what the schemas say, all of it, and nothing that comes from elsewhere.

The facts are read from the schemas and asked of the models, never of the generator.
"""

import json
import re
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from check_page import main, page_schema
from contract.json_values import json_pointer
from contract.project import ROOT
from contract.read import build_contract
from contract.subschemas import Schema, is_class_schema, subschemas
from documents.boundary import BoundaryDocuments
from models.sharing import python_classes
from oracle.oracle import Oracle, oracle_for
from output.package import python_package
from pages.check_tables import table_findings
from pages.markdown import code_block, code_span, escape_text, unescape_text
from pages.read import Page, read_page, without_code_span
from pages.write import ModulePages, reference_page
from proof.evidence import Evidence, judge_documents
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.zoo.first_contract import (
    CONTRACT,
    FILE,
    FILES,
    GENERATED,
    NAME,
    SCHEMAS,
    VERSION,
    with_own_name,
)
from tests.zoo.first_contract import PAGE as ORIGINAL
from tests.zoo.keywords import SCHEMAS as KEYWORDS
from tests.zoo.messages import CLOSE_CHAT
from tests.zoo.shapes import SHAPES

PAGE = GENERATED / f"docs/operations/{NAME}.md"


class Case(NamedTuple):
    """A message with its page, its judge, and its model."""

    name: str
    schema: Schema
    text: str
    judge: Oracle
    model: type[BaseModel]


PACKAGES = ExitStack()  # a model imports what explains its errors when there is one


@pytest.fixture(autouse=True, scope="module")
def packages() -> Generator[None]:
    """Each package can be imported as long as the tests of its models run."""
    with PACKAGES:
        yield


def cases(sources: dict[str, bytes], documents: int = 100) -> dict[str, Case]:
    """The messages of the sources by MODULE/MESSAGE, with as many documents to choose from."""
    contract = build_contract(sources, "1")
    modules = python_classes(contract)
    package = python_package(contract, modules, formatted=False)
    built: dict[str, Case] = {}
    imported = PACKAGES.enter_context(imported_package(package))
    for module, name in contract.messages:
        schema = contract.modules[module].messages[name]
        oracle, model = oracle_for(contract, module, name), model_in(imported, module, name)
        judged = judge_documents(oracle, islice(BoundaryDocuments(schema), documents))
        evidence = Evidence(module, name, schema, oracle, judged)
        source = contract.schema_files[f"{module}/{name}.json"]
        (page,) = reference_page(ModulePages(modules[module]), evidence, source, model).values()
        schema = modules[module].definitions[name]
        built[evidence.name] = Case(evidence.name, schema, page.decode(), oracle, model)
    return built


def case(name: str, schema: Any) -> Case:
    return cases({f"m/{name}.json": json.dumps(schema).encode()})[f"m/{name}"]


@pytest.fixture(
    scope="module",
    params=[pytest.param(10, id="few"), pytest.param(1, id="all", marks=pytest.mark.full)],
)
def everything(request: pytest.FixtureRequest) -> dict[str, Case]:
    """The contract, a message for each n-th keyword and one for every Pydantic shape."""
    schemas = [*KEYWORDS.values()][:: request.param]
    keywords = {f"keywords/K{index}": it for index, it in enumerate(schemas)}
    # Of Digits older versions of pydantic emit a pattern that is refused.
    models = {name: it for name, it in SHAPES.items() if name != "Digits"}
    shapes = {f"shapes/{name}": TypeAdapter(it).json_schema() for name, it in models.items()}
    known = {f"{name}.json": json.dumps(it).encode() for name, it in {**keywords, **shapes}.items()}
    return cases({**known, **CONTRACT.schema_files}, documents=30)


def headings(text: str) -> list[tuple[str, str]]:
    """Level and text of each heading, outside the blocks; code spans of one mark undone."""
    lines = re.sub(r"^(`{3,})\w*\n.*?^\1$", "", text, flags=re.M | re.S).split("\n")
    found = [re.fullmatch("(#+) (.*)", it) for it in lines]
    return [(it[1], without_code_span(it[2])) for it in found if it]


def section(text: str, title: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    level = title.split()[0]
    rest = text.split(f"\n{title}\n", 1)[1]
    return re.split(rf"^#{{1,{len(level)}}} ", rest, maxsplit=1, flags=re.M)[0]


def block(text: str, title: str, index: int = 0) -> Any:
    """The JSON of a block under a heading."""
    found = re.findall(r"^(`{3,})json\n(.*?)^\1$", section(text, title), flags=re.M | re.S)
    return json.loads(found[index][1])


def table_cells(row: str) -> list[str]:
    return [it.strip() for it in re.split(r"(?<!\\)\|", row)[1:-1]]


def own(case: Case) -> Page:
    return read_page(case.name, case.text.encode())


# The first contract


def objects(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """The place on the page and the schema of each object with properties."""
    yield "## Fields", schema
    for name, it in schema["$defs"].items():
        if "properties" in it:
            yield f"### `{name}`", it


SCHEMA = CLOSE_CHAT.schema
MEMBERS = [
    (place, name, it, name in around["required"])
    for place, around in objects(SCHEMA)
    for name, it in around["properties"].items()
]


@pytest.mark.parametrize(("place", "name", "schema", "required"), MEMBERS)
def test_every_fact_of_a_property_is_on_the_page(
    place: str, name: str, schema: Schema, required: bool
) -> None:
    text = PAGE.read_text("utf-8")
    rows = [
        table_cells(it)
        for it in section(text, place).splitlines()
        if it.startswith(f"| `{name}` |")
    ]
    ((_, _, mark, description),) = rows
    assert mark == ("✓" if required else "")
    assert description == schema["description"]
    top = place == "## Fields"
    place = f"### `{name}`" if top else f"#### `{name}`"
    told = section(text.split("## Field Details" if top else "## Definitions")[1], place)
    for _, it in subschemas(schema):
        for word in it.keys() & {"minimum", "format"}:
            assert f"- {word}: `{it[word]}`\n" in told
        if "default" in it:
            assert f"**Default:** `{json.dumps(it['default'])}`\n" in told
        for example in it.get("examples", []):
            assert f"`{json.dumps(example)}`" in told.split("**Examples:** ")[1].splitlines()[0]
        assert it is schema or it.get("description", "") in told


def test_every_fact_of_the_message_is_on_the_page() -> None:
    page = read_page("page.md", PAGE.read_bytes())
    assert page.title.text == SCHEMA["title"]
    assert page.package.text == "pydantic_models.operations"
    assert page.description.text == SCHEMA["description"]
    assert page.schema.text.encode() == CONTRACT.schema_files[FILE]
    text = PAGE.read_text("utf-8")
    for name, it in SCHEMA["$defs"].items():
        assert section(text, f"### `{name}`").strip().startswith(it["description"])
    rows = [
        table_cells(it) for it in section(text, "### `RequestStatus`").splitlines() if "`" in it
    ]
    values = SCHEMA["$defs"]["RequestStatus"]["enum"]
    assert rows == [[f'`"{it}"`', f"`RequestStatus.{it.upper()}`"] for it in values]
    assert "PydanticUndefined" not in text


def test_the_page_says_what_the_original_page_said() -> None:
    ours, theirs = (read_page("page.md", it.read_bytes()) for it in (PAGE, ORIGINAL))
    facts = [[(it.name, it.required, it.description) for it in one.rows] for one in (ours, theirs)]
    assert facts[0] == facts[1]
    known = {it.name: [jt[1:] for jt in it.constraints] for it in ours.details}
    assert {it.name: [jt[1:] for jt in it.constraints] for it in theirs.details}.items() <= (
        known.items()
    )
    assert (ours.schema.text, ours.title.text, ours.package.text, ours.description.text) == (
        *(theirs.schema.text, theirs.title.text),
        *(theirs.package.text, theirs.description.text),
    )


def test_the_readers_of_reference_pages_accept_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(PAGE), "--schemas", str(SCHEMAS)]) == 0
    assert capsys.readouterr().out.endswith(f"{NAME}.json is its JSON Schema byte for byte\n")


def test_the_types_are_whole_and_lead_to_their_classes() -> None:
    types = {it.name: unescape_text(it.type) for it in read_page("", PAGE.read_bytes()).rows}
    assert types == {
        "request_id": "UUID",
        "status": "[RequestStatus](#requeststatus)",
        "payload": "[ChatSessionClosedPayload](#chatsessionclosedpayload)",
        "timestamp": "str | MISSING",
        "error": "str | None",
        "metadata": "dict[str, Any] | MISSING",
    }


def test_the_import_line_imports() -> None:
    found: dict[str, Any] = {}
    exec(with_own_name(PAGE.read_text("utf-8").split("```python\n")[1].split("```")[0]), found)
    assert found[NAME] is CLOSE_CHAT.model


def test_the_index_leads_to_every_page() -> None:
    text = (GENERATED / "docs/index.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)]*)\) \| (.*) \|", text)
    assert links == [(f"operations/{NAME}.md", SCHEMA["description"])]
    assert f"Version {VERSION} of" in text


# Every schema


def test_the_documents_on_a_page_are_what_they_are_said_to_be(everything: dict[str, Case]) -> None:
    """By the schema as it was written, and by the model; the errors are the model's."""
    counted: list[str] = []
    for it in everything.values():
        text = it.text[it.text.index("\n## Examples\n") :]
        for title in (f"{level} {name}" for level, name in headings(text) if level == "###"):
            counted.append(title)
            instance = block(text, title)
            errors = errors_of(it.model, instance)
            valid = title in ("### Complete", "### Minimal")
            assert it.judge.accepts(instance) == (errors == []) == valid
            assert valid or block(text, title, 1) == errors
    least = 0.7 * len(everything)
    assert all(counted.count(f"### {it}") > least for it in ("Complete", "Minimal", "Rejected"))


def errors_of(model: type[BaseModel], instance: Any) -> list[Any]:
    try:
        model.model_validate_json(json.dumps(instance))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return [{**it, "loc": [*it["loc"]]} for it in found]
    return []


def test_every_link_leads_to_a_heading_and_every_class_has_one(everything: dict[str, Case]) -> None:
    linked = 0
    for it in everything.values():
        anchors = github_anchors([heading for _, heading in headings(it.text)])
        links = re.findall(r"(?<!\\)\[(\w+)\]\(#([^)]*)\)", it.text)
        linked += len(links)
        assert all(anchors[anchor] == name for name, anchor in links), it.name
    assert linked > 0.4 * len(everything)


def github_anchors(titles: list[str]) -> dict[str, str]:
    """By anchor the heading that it leads to (github-slugger 2)."""
    found: dict[str, str] = {}
    for title in titles:
        slug = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        numbers = (f"-{index}" if index else "" for index in range(len(titles)))
        found[next(f"{slug}{it}" for it in numbers if f"{slug}{it}" not in found)] = title
    return found


def test_null_is_refused_where_the_page_says_so(everything: dict[str, Case]) -> None:
    """Of each member of a complete document, where nothing but its own schema is asked."""
    compared = set[tuple[bool, bool]]()
    for it in everything.values():
        named = is_class_schema(it.schema) and it.schema.keys().isdisjoint(("if", "allOf", "not"))
        instance: dict[str, Any] = block(it.text, "### Complete") if named else {}
        for name, schema in it.schema["properties"].items() if named else ():
            told = section(it.text, f"### {code_span(name)}").split("**Absent or null:** ")[1]
            assert told.startswith("required; ") == (name in it.schema.get("required", ()))
            refused = told.splitlines()[0].endswith("; null is refused.")
            faults = {jt.instance for jt in it.judge.faults_of({**instance, name: None})}
            assert refused == (json_pointer((name,)) in faults), (it.name, name, schema)
            compared.add((refused, told.startswith("required; ")))
    assert len(compared) == 4


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of members that are deprecated
def test_what_an_absent_member_is_in_python(everything: dict[str, Case]) -> None:
    compared = set[str]()
    for it in everything.values():
        if not is_class_schema(it.schema):
            continue
        least = block(it.text, "### Minimal")
        read = it.model.model_validate(least)
        for name in it.schema["properties"].keys() - least.keys():
            told = section(it.text, f"### {code_span(name)}")
            words = told.split("**Absent or null:** ")[1].split("; ")[0]
            python = re.search(r"\*\*Python:\*\* `(.*)`", told)
            value = getattr(read, python[1] if python else name)
            if words == "may be absent, in Python `MISSING`":
                compared.add(words)
                assert str(value) == "MISSING"
            else:
                default = json.loads(
                    without_code_span(words.removeprefix("may be absent, which means "))
                )
                compared.add(type(default).__name__)
                assert value == default
    assert len(compared) >= 5


def test_the_readers_agree_with_every_page_of_their_form(everything: dict[str, Case]) -> None:
    """But for types that the reader has no words for, and titles that are no names."""
    faults: list[str] = []
    for it in everything.values():
        if not it.name.startswith("shapes/") or "\n| Field |" not in section(it.text, "## Fields"):
            continue
        page = own(it)
        faults += [
            f"{jt.kind} {jt.pointer}"
            for jt in table_findings(page, page_schema(page))
            if jt.kind != "title"
        ]
    assert faults == ["type /properties/random_id"]


# Texts from outside

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
    money = {"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/M"}
    money["definitions"] = {"M": {"type": "number", "minimum": 0}}  # type: ignore[assignment]
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
        ({"type": "string", "minLength": 1, "maxLength": 2}, "at least 1 characters, at most 2"),
        ({"type": "array", "minItems": 1, "maxItems": 2}, "at least 1 items, at most 2 items"),
        ({"type": "object", "minProperties": 1}, "at least 1 members"),
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
    member = {"type": "string", "deprecated": True, "x-owner": "a`b", "title": "T"}
    text = case("Noted", {"type": "object", "properties": {"a": member}}).text
    assert '**Notes:**\n- deprecated: `true`\n- x-owner: ``"a`b"``\n' in text


def test_what_is_said_of_a_schema_or_null_is_said() -> None:
    inner = {"type": "integer", "description": "inner", "examples": [5], "x-unit": "s"}
    member = {"anyOf": [inner, {"type": "null"}], "examples": [6]}
    text = case("Either", {"type": "object", "properties": {"a": member}}).text
    told = section(text, "### `a`")
    for it in ("\ninner\n", "**Examples:** `5`", "**Examples:** `6`", '- x-unit: `"s"`'):
        assert it in told


def test_nothing_of_the_machine_is_on_a_page() -> None:
    pages = [it.decode() for path, it in FILES.items() if path.startswith("docs/")]
    assert len(pages) == 3
    for text in pages:
        assert not [it for it in (str(Path.home()), str(ROOT), "under_proof") if it in text]

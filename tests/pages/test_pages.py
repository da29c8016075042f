"""The reference pages say what the schemas say, all of it, and nothing that comes from elsewhere.

The facts are read from the schemas and asked of the models, never of the generator.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from check_page import main, page_schema
from contract.json_values import json_pointer
from contract.project import ROOT
from contract.subschemas import Schema, is_class_schema, subschemas
from pages.check_tables import table_findings
from pages.markdown import code_span, unescape_text
from pages.read import read_page, without_code_span
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

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
from tests.zoo.message_pages import (
    Case,
    block,
    cases,
    github_anchors,
    headings,
    own,
    section,
    table_cells,
)
from tests.zoo.messages import CLOSE_CHAT
from tests.zoo.shapes import SHAPES

PAGE = GENERATED / f"docs/operations/{NAME}.md"


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
                assert to_jsonable_python(value) == default
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


def test_nothing_of_the_machine_is_on_a_page() -> None:
    pages = [it.decode() for path, it in FILES.items() if path.startswith("docs/")]
    assert len(pages) == 3
    for text in pages:
        assert not [it for it in (str(Path.home()), str(ROOT), "under_proof") if it in text]

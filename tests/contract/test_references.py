"""A reference leads to whatever is a schema and lies here; nothing is fetched."""

import json
import re
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest
from contract.drafts import DRAFT_NAMES
from contract.project import settings_in
from contract.read import Contract
from contract.refusal import Refused
from contract.settings import Resource, Settings
from oracle.oracle import Oracle, oracle_for

from tests.zoo.judging import prove
from tests.zoo.small_schemas import WHOLE, contract_of_files

pytestmark = pytest.mark.dialect

NOTHING = "names nothing under schemas/, and nothing is fetched; add it there"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> NoReturn:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def contract_of(files: dict[str, Any], **resources: Any) -> Contract:
    """Files by their path, and resources by the last word of their URI."""
    kept = {
        f"https://example.org/{name}.json": Resource(f"kept/{name}.json", json.dumps(it).encode())
        for name, it in resources.items()
    }
    return contract_of_files(files, Settings(resources=kept))


def test_a_reference_may_name_a_definition_with_characters_of_no_uri() -> None:
    """As generators of schemas write it; jsonschema-rs reads the same with an encoded reference."""
    names = {"List<int>": "#/$defs/List<int>", "a[]|é": "#/$defs/a[]|é", "%<": "#/$defs/%25<"}
    for name, reference in names.items():
        message: Any = {"properties": {"a": {"$ref": reference}}}
        message["$defs"] = {name: {"type": "integer"}}
        assert_whole_numbers_alone(contract_of({"m/Message.json": message}))
    assert Oracle({"const": {"$ref": "<"}}).second_opinion({"$ref": "<"})


@pytest.mark.parametrize("place", ["properties", "patternProperties"])
def test_a_reference_may_stand_beside_unevaluated_properties(place: str) -> None:
    closed = {"$ref": "#/$defs/Part", "unevaluatedProperties": False}
    part = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
    message = {"type": "object", place: {"a": closed}, "$defs": {"Part": part}}
    contract = contract_of({"m/Message.json": message})
    assert prove(contract).documents >= 30
    oracle = oracle_for(contract, "m", "Message")
    documents = [{"a": {"name": ""}}, {"a": {"name": "", "other": 1}}]
    assert [oracle.accepts(it) for it in documents] == [True, False]


def assert_whole_numbers_alone(contract: Contract) -> None:
    """That ``m/Message`` takes integers alone at ``a``: by models, oracle and second opinion."""
    assert prove(contract).documents >= 10
    oracle = oracle_for(contract, "m", "Message")
    documents = [{"a": 1}, {"a": "1"}]
    assert [oracle.accepts(it) for it in documents] == [True, False]
    assert [oracle.second_opinion(it) for it in documents] == [True, False]


def message(target: str, **words: Any) -> dict[str, Any]:
    return {**words, "type": "object", "properties": {"a": {"$ref": target}}}


HERE = "https://example.org/schemas/m/Message.json"


@pytest.mark.parametrize("draft", DRAFT_NAMES)
@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/types.json",
        "https://example.org/types.json#",
        "https://example.org/types.json#/definitions/Whole",
        "../../types.json",
    ],
)
@pytest.mark.one_in(4)
def test_a_reference_leads_to_a_file_by_what_it_calls_itself(draft: str, target: str) -> None:
    identity = "id" if draft == "draft-04" else "$id"
    named = {"$schema": DRAFT_NAMES[draft], identity: "https://example.org/types.json"}
    types = {**named, "definitions": {"Whole": WHOLE}, **WHOLE}
    schema = message(target, **{"$schema": DRAFT_NAMES[draft], identity: HERE})
    assert_whole_numbers_alone(contract_of({"m/Message.json": schema, "n/Types.json": types}))


@pytest.mark.parametrize(
    "target",
    ["Types.json", "./Types.json#/$defs/Whole", "../n/Other.json", "../n/Other.json#/items"],
)
def test_what_lies_beside_a_file_lies_beside_its_id_too(target: str) -> None:
    files = {
        "m/Message.json": message(target, **{"$id": HERE}),
        "m/Types.json": {**WHOLE, "$defs": {"Whole": WHOLE}},
        "n/Other.json": {"$ref": "../m/Types.json", "items": WHOLE},
    }
    assert_whole_numbers_alone(contract_of(files))


@pytest.mark.parametrize("place", ["x-types/Whole", "examples/0", "const/Whole", "own/types/0"])
def test_a_pointer_leads_to_any_schema_wherever_it_stands(place: str) -> None:
    word = place.split("/")[0]
    value: Any = [WHOLE] if word == "examples" else {"Whole": WHOLE, "types": [WHOLE]}
    schema = message(f"#/properties/b/not/{place}")
    schema["properties"]["b"] = {"not": {word: value, "type": "array"}}
    assert_whole_numbers_alone(contract_of({"m/Message.json": schema}))


def test_a_reference_leads_to_a_resource_that_the_owner_keeps() -> None:
    schema = message("https://example.org/types.json#/$defs/Whole")
    types = {"$defs": {"Whole": {"$ref": "numbers.json"}, "Unused": {"requierd": ["a"]}}}
    assert_whole_numbers_alone(contract_of({"m/Message.json": schema}, types=types, numbers=WHOLE))


@pytest.mark.parametrize("target", ["../b/New.json", "../b/New.json#/$defs/Inner"])
@pytest.mark.parametrize("draft", ["draft-04", "draft-07", "2019-09"])
def test_a_file_that_names_no_draft_is_of_the_latest_whoever_refers_to_it(
    draft: str, target: str
) -> None:
    members = {
        "id": {"type": "string", "format": "uuid"},
        "list": {"prefixItems": [{"type": "string"}]},
    }
    inner = {"type": "object", "properties": members, "dependentRequired": {"id": ["list"]}}
    schema = message(target, **{"$schema": DRAFT_NAMES[draft]})
    files = {"a/Old.json": schema, "b/New.json": {**inner, "$defs": {"Inner": inner}}}
    contract = contract_of(files)
    assert prove(contract).documents >= 100


@pytest.mark.parametrize("is_resource", [False, True])
@pytest.mark.parametrize("is_inner", [False, True])
def test_two_schemas_that_call_themselves_alike_are_refused_unless_they_are_equal(
    is_inner: bool, is_resource: bool
) -> None:
    def schema_named(kind: str) -> dict[str, Any]:
        named = {"$id": "https://example.org/kind", "type": kind}
        return {"$defs": {"Inner": named}} if is_inner else named

    def contract_with(kind: str) -> Contract:
        first = schema_named("object")
        if is_resource:
            return contract_of({"m/First.json": first}, other=schema_named(kind))
        return contract_of({"m/First.json": first, "m/Other.json": schema_named(kind)})

    assert contract_with("object").messages
    with pytest.raises(Refused, match=r"is called https://example.org/kind too; give each an \$id"):
        contract_with("string")


@pytest.mark.parametrize("place", ["properties", "$defs"])
def test_a_schema_that_calls_itself_by_the_path_of_another_file_is_refused(place: str) -> None:
    thing = {"type": "object", "properties": {"member": WHOLE}}
    other = {"type": "object", place: {"v": {"$id": "Thing.json", "type": "object"}}}
    with pytest.raises(Refused, match=r"is called m/Thing.json too; give each an \$id"):
        contract_of({"m/Thing.json": thing, "m/Other.json": other})


def test_an_id_that_a_reference_hides_says_where_a_resource_is_served() -> None:
    """By draft-07 it does not count, and yet its author refers to what is beside it there."""

    def hiding(name: str, target: str) -> dict[str, Any]:
        uri = f"https://example.org/{name}.json"
        return {"$schema": DRAFT_NAMES["draft-07"], "$id": uri, "$ref": target}

    messages = {"m/Message.json": hiding("message", "types.json")}
    contract = contract_of(messages, types=hiding("types", "kind.json"), kind=WHOLE)
    assert prove(contract).documents >= 10
    oracle = oracle_for(contract, "m", "Message")
    assert [oracle.accepts(it) for it in (1, "1")] == [True, False]
    assert [oracle.second_opinion(it) for it in (1, "1")] == [True, False]
    with pytest.raises(Refused, match="'requierd' is not a keyword"):
        contract_of(messages, types={"requierd": []})


ALIKE = r"leads to one of several schemas that are called alike; give each an \$id of its own$"


@pytest.mark.parametrize("draft", ["draft-04", "2020-12"])
def test_two_schemas_of_a_file_may_be_called_alike_where_no_reference_leads_to_them(
    draft: str,
) -> None:
    word = "id" if draft == "draft-04" else "$id"
    kinds: list[dict[str, Any]] = [{"type": "string"}, WHOLE, {"items": WHOLE, "minItems": 1}]
    alike = [{word: "https://example.org/one", "definitions": {"V": WHOLE}, **it} for it in kinds]
    schema: dict[str, Any] = {
        "$schema": DRAFT_NAMES[draft],
        **{"type": "object", "properties": dict(zip("abc", alike, strict=True))},
    }
    contract = contract_of({"m/Message.json": schema})
    assert prove(contract).documents >= 50
    for target in ("https://example.org/one", "https://example.org/one#/definitions/V"):
        properties = {**schema["properties"], "d": {"$ref": target}}
        with pytest.raises(Refused, match=ALIKE):
            contract_of({"m/Message.json": {**schema, "properties": properties}})
    alike[1]["items"] = {"$ref": "#/definitions/V"}
    with pytest.raises(Refused, match=ALIKE):
        contract_of({"m/Message.json": schema})


def test_what_is_used_of_a_resource_is_checked_by_its_own_draft() -> None:
    old = {"$schema": DRAFT_NAMES["draft-04"], "minimum": 3, "exclusiveMinimum": True}
    files = {"m/Message.json": message("https://example.org/old.json")}
    found = contract_of(files, old=old).modules["m"].definitions["MessageOld"]
    assert found == {"exclusiveMinimum": 3}
    with pytest.raises(
        Refused, match=r"#/properties/a/\$ref: 'https://example.org/old.json' leads"
    ):
        contract_of(files, old={"requierd": ["a"]})
    with pytest.raises(Refused, match=r"^kept/old.json#: a schema is an object or a boolean"):
        contract_of(files, old=[])


@pytest.mark.parametrize("identity", [{}, {"$id": "https://example.org/m/Message.json"}])
@pytest.mark.parametrize("target", ["https://example.org/n/Types.json#/a", "../n/Types.json#/a"])
def test_a_reference_that_leads_out_is_refused_with_the_line_to_write(
    target: str, identity: dict[str, str]
) -> None:
    with pytest.raises(Refused) as refused:
        contract_of({"m/Message.json": message(target, **identity)})
    line = '[tool.contract.resources] "https://example.org/n/Types.json" = "vendored/Types.json"'
    known = bool(identity) or target.startswith("https:")
    assert str(refused.value).startswith(f"m/Message.json#/properties/a/$ref: {target!r} {NOTHING}")
    assert str(refused.value).endswith(
        f"name it in pyproject.toml: {line}" if known else "or correct the reference"
    )


def test_a_pointer_that_leads_nowhere_in_a_resource_is_refused_as_that() -> None:
    files = {"m/Message.json": message("https://example.org/types.json#/a")}
    with pytest.raises(Refused, match=r"add it there or correct the reference$"):
        contract_of(files, types={})


@pytest.mark.parametrize("draft", DRAFT_NAMES)
@pytest.mark.one_in(5)
def test_the_meta_schema_of_each_draft_is_exact(draft: str) -> None:
    contract = contract_of({"m/Message.json": {"$ref": DRAFT_NAMES[draft]}})
    assert prove(contract).documents >= 1000
    oracle = oracle_for(contract, "m", "Message")
    assert [oracle.accepts({"type": it}) for it in ("string", "text")] == [True, False]


@pytest.mark.parametrize("draft", DRAFT_NAMES)
def test_a_reference_leads_to_a_part_of_a_meta_schema(draft: str) -> None:
    parts = {
        "2019-09": "https://json-schema.org/draft/2019-09/meta/validation#/$defs/nonNegativeInteger",
        "2020-12": "https://json-schema.org/draft/2020-12/meta/validation#/$defs/nonNegativeInteger",
    }
    word = "positiveInteger" if draft == "draft-04" else "nonNegativeInteger"
    target = parts.get(draft, f"{DRAFT_NAMES[draft]}#/definitions/{word}")
    assert_whole_numbers_alone(contract_of({"m/Message.json": message(target)}))


def test_a_dynamic_reference_means_what_the_outermost_schema_says() -> None:
    tree = {
        "$id": "https://example.org/tree",
        "$dynamicAnchor": "node",
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$dynamicRef": "#node"}}},
    }
    strict = {
        "$id": "https://example.org/strict",
        "$dynamicAnchor": "node",
        "$ref": "tree",
        "required": ["name"],
    }
    names = {"open": "tree", "strict": "strict"}
    both = {
        "properties": {name: {"$ref": f"https://example.org/{it}"} for name, it in names.items()}
    }
    contract = contract_of({"m/Both.json": both, "m/Tree.json": tree, "m/Strict.json": strict})
    assert prove(contract).messages == 3
    oracle = oracle_for(contract, "m", "Both")
    child = {"name": 1, "children": [{"children": []}]}
    assert [oracle.accepts({it: child}) for it in ("open", "strict")] == [True, False]
    assert [oracle.second_opinion({it: child}) for it in ("open", "strict")] == [True, False]


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/other.json",
        "file:///etc/passwd",
        "Other.json",
        "urn:a:b",
        "#other",
        "/x",
    ],
)
def test_what_lies_nowhere_is_refused_and_not_fetched(target: str) -> None:
    with pytest.raises(Refused) as refused:
        contract_of({"m/Message.json": message(target, **{"$id": HERE})}, types=WHOLE)
    assert str(refused.value).startswith(f"m/Message.json#/properties/a/$ref: {target!r} {NOTHING}")


def test_pyproject_names_the_files_of_resources(tmp_path: Path) -> None:
    (tmp_path / "kept.json").write_bytes(b"{}")
    project = tmp_path / "pyproject.toml"
    project.write_text(
        '[tool.contract.resources]\n"https://example.org/x#" = "kept.json"\n', "utf-8"
    )
    found = settings_in(tmp_path)
    assert found == Settings(resources={"https://example.org/x": Resource("kept.json", b"{}")})
    (tmp_path / "kept.json").unlink()
    missing = "'kept.json': No such file or directory; put it there or correct the path"
    with pytest.raises(Refused, match=re.escape(missing)):
        settings_in(tmp_path)

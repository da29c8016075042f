"""Many schemas, long texts and deep documents: time grows with their number and no faster."""

import importlib
import json
import sys
from pathlib import Path

import pytest
from contract.read import build_contract
from generate import main, render
from proof.sandbox import imported_package

from tests.zoo.first_contract import CONTRACT, FILE, SCHEMAS
from tests.zoo.judging import prove
from tests.zoo.small_schemas import contract_of
from tests.zoo.timing import grows_less

pytestmark = pytest.mark.dialect


def messages(number: int) -> dict[str, bytes]:
    """The first contract, again and again, each with a member of its own."""
    source = json.loads(CONTRACT.schema_files[FILE])
    found: dict[str, bytes] = {}
    for index in range(number):
        members = {**source["properties"], f"p{index}": {"type": "string"}}
        schema = {**source, "title": f"M{index}", "properties": members}
        found[f"many/M{index}.json"] = json.dumps(schema).encode()
    return found


@pytest.mark.full
def test_time_grows_linearly_with_the_number_of_schemas() -> None:
    few, many = messages(10), messages(50)
    render(build_contract(few, "1"))  # whatever is loaded at the first time
    small, large = (build_contract(it, "1") for it in (few, many))
    assert len(large.modules["many"].definitions) == 52
    assert grows_less(5 * 2, lambda: build_contract(few, "1"), lambda: build_contract(many, "1"))
    assert grows_less(5 * 2, lambda: render(small), lambda: render(large))


CATASTROPHIC = ["^(a+)+$", "^(a|a)*$", "^(.*a){20}$", "(x+x+)+y", r"^(\w+\s?)*$", "^(?!(a+)+$)a*b$"]


@pytest.mark.parametrize("pattern", CATASTROPHIC)
@pytest.mark.one_in(3)
def test_no_pattern_hangs(pattern: str) -> None:
    """Backtracking would take longer than the universe has."""
    sources = {"m/Text.json": json.dumps({"type": "string", "pattern": pattern}).encode()}
    contract = build_contract(sources, "1")
    files = render(contract).files
    assert prove(contract, files).documents >= 30
    with imported_package(files) as package:
        model = importlib.import_module(f"{package}.m").Text
        texts = ["a" * 20_000 + "!", "x" * 20_000 + "!", "word " * 5_000 + "!"]
        for text in texts:
            with pytest.raises(ValueError, match=r"string_pattern_mismatch|assertion"):
                model.model_validate(text)


@pytest.mark.parametrize("pattern", ["^[]$", "^[^]$", r"^\0$", r"^[\b]$"])
def test_a_pattern_that_jsonschema_rs_refuses_is_proved(pattern: str) -> None:
    schema = {"properties": {"text": {"type": "string", "pattern": pattern}}}
    contract = contract_of(m_Holder={"type": "object", **schema})
    assert prove(contract, render(contract).files).documents >= 30


def test_a_deep_document_of_a_recursive_schema_is_judged() -> None:
    tree = {"type": "object", "properties": {"in": {"$ref": "#"}}, "maxProperties": 1}
    contract = contract_of(m_Tree=tree)
    files = render(contract).files
    assert prove(contract, files).documents >= 30
    with imported_package(files) as package:
        model = importlib.import_module(f"{package}.m").Tree
        good = '{"in":' * 80 + "{}" + "}" * 80
        assert model.model_validate_json(good).model_dump_json(exclude_unset=True) == good
        with pytest.raises(ValueError, match="assertion"):
            model.model_validate_json(good.replace("{}", '{"a":1,"b":2}'))


def test_progress_is_told_to_a_terminal_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--schemas", str(SCHEMAS), "--out", str(tmp_path)]
    assert main(arguments) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(arguments) == 0
    told = capsys.readouterr().err
    assert "1/1 operations/CloseChatSessionResponse" in told
    assert told.endswith("\r\x1b[K")

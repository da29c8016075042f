"""A copy judges each document as proven, or --deep names the document."""

import importlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from contract.read import build_contract
from generate import render
from oracle.oracle import Oracle
from pydantic import VERSION
from runtime import _conformance

from tests.zoo.first_contract import FILE as SCHEMA
from tests.zoo.first_contract import PACKAGE as FIRST
from tests.zoo.first_contract import PACKAGE_FOLDER, command_line, models
from tests.zoo.vendored import CHANGED, COPY, DOCUMENTS, FILES, deep, documents_of, forged, verify


def test_every_document_is_judged_with_the_pydantic_that_is_there(app: Path) -> None:
    assert deep() == (
        0,
        f"{COPY}: files {FILES} intact; documents {DOCUMENTS}, disagreements 0;"
        f" pydantic {VERSION}\n",
        "",
    )


def test_deep_needs_pydantic(app: Path) -> None:
    line = "pydantic is not installed; install it, or verify without --deep\n"
    assert verify("--deep") == (2, "", line)


def test_deep_imports_nothing_that_was_changed(app: Path) -> None:
    with (app / "operations.py").open("a") as file:
        file.write('open("imported", "w")\n')
    assert deep() == (1, f"{COPY}/operations.py: {CHANGED}\n", "")
    assert not Path("imported").exists()


def test_of_many_documents_a_sample_is_judged_that_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    conformance = importlib.import_module(f"{FIRST}._conformance")
    monkeypatch.setattr(conformance, "MAX_DOCUMENTS", 100)
    assert command_line(["verify", "--deep"]) == 0
    printed = capsys.readouterr().out
    judged = int(printed.split("documents ")[1].split(" ")[0])
    assert 80 <= judged <= 100
    assert (
        f"documents {judged} of {DOCUMENTS} (a sample of each message; --all judges all),"
        in printed
    )
    assert command_line(["verify", "--all"]) == 0
    assert f"documents {DOCUMENTS}, disagreements 0" in capsys.readouterr().out


@pytest.mark.parametrize("messages", [1, 10, 100, 1000])
def test_what_deep_judges_does_not_grow_with_the_number_of_messages(messages: int) -> None:
    """Each message has its share, and the shares of messages that have parts in common differ."""
    tests = [*range(524)]
    shares = [_conformance.sample_of(tests, messages, number) for number in range(messages)]
    assert min(map(len, shares)) > 0
    assert sum(map(len, shares)) <= max(_conformance.MAX_DOCUMENTS, 524)
    least = min(524, _conformance.MAX_DOCUMENTS // 2)
    assert len({it for share in shares for it in share}) >= least


def test_deep_finds_what_pydantic_judges_otherwise(app: Path) -> None:
    forged(app, "Field(ge=0), Integer()", "Field(ge=1), Integer()")
    status, out, _ = deep()
    *lines, numbers = out.splitlines()
    assert status == 1
    assert (
        f"{COPY}/operations.py: operations/CloseChatSessionResponse, document minimal,"
        f" model_validate_json, pydantic {VERSION}: refused, the contract accepts it;"
        f" {_conformance.VERDICT_CURE}" in lines
    )
    assert len([it for it in lines if " document minimal, model_validate, " in it]) == 1
    assert numbers.endswith(f"disagreements {len(lines)}; pydantic {VERSION}")


def test_deep_finds_what_cannot_be_imported(app: Path) -> None:
    forged(app, "class ", "nothing\n\n\nclass ")
    status, out, _ = deep("--format", "github")
    assert status == 1
    assert out.startswith(
        f"::error file={COPY}/operations.py::operations/CloseChatSession"
        f"Response cannot be imported with pydantic {VERSION}: NameError("
    )


def test_deep_finds_each_way_to_be_wrong() -> None:
    """Of a verdict, and of what is written of a document that was taken."""
    model = models.CloseChatSessionResponse
    test = next(it for it in documents_of(PACKAGE_FOLDER / "conformance" / SCHEMA) if it["valid"])
    text = json.dumps(test["data"])
    entry = "model_validate_json"
    assert _conformance.verdict_fault(model, entry, text, True) is None
    assert (
        _conformance.verdict_fault(model, entry, text, False) == "accepted, the contract refuses it"
    )
    assert (
        _conformance.verdict_fault(model, entry, "{}", True) == "refused, the contract accepts it"
    )
    no_model: Any = dict
    fault = _conformance.verdict_fault(no_model, entry, text, True)
    assert fault is not None
    assert fault.startswith("raised AttributeError(")
    taken = model.model_validate_json(text)
    upper = text.replace("0f8fad5b", "0F8FAD5B")
    assert upper != text
    assert _conformance.dump_fault(model, taken, upper) is None
    other = _conformance.dump_fault(model, taken, "{}")
    assert other is not None
    assert other.startswith("read {}, written {")
    fault = _conformance.dump_fault(model, taken.payload, text)
    assert fault is not None
    assert fault.startswith("writing it and reading it again raised ")


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("1", "1.0", True),
        ("1e300", "1" + "0" * 300, True),
        ("9007199254740993", "9007199254740992.0", False),
        ("1", "true", False),
        ("[0]", "[false]", False),
        ('{"a": 1, "b": "f"}', '{"b": "f", "a": 1}', True),
        (f'"{UUID(int=0xF)}"', f'"{UUID(int=0xF)}"'.upper(), True),
        ('"F"', '"f"', False),
        ('{"a": null}', "{}", False),
    ],
)
def test_json_values_are_equal_by_what_they_mean(left: str, right: str, equal: bool) -> None:
    assert (_conformance.comparable_value(left) == _conformance.comparable_value(right)) is equal


def test_the_documents_have_the_shape_of_the_official_suite() -> None:
    """One on a line, judged by the schema to which ``$ref`` leads from the file."""
    paths = [*(PACKAGE_FOLDER / "conformance").glob("*/*.json")]
    assert [it.relative_to(PACKAGE_FOLDER / "conformance").as_posix() for it in paths] == [SCHEMA]
    for path in paths:
        text = path.read_text("utf-8")
        (case,) = json.loads(text)
        assert case.keys() == {"description", "schema", "tests"}
        schema = json.loads((path.parent / case["schema"]["$ref"]).read_text("utf-8"))
        for test in case["tests"]:
            assert test.keys() == {"description", "data", "valid"}
            assert f"      {json.dumps(test)}" in text
            assert Oracle(schema).accepts(test["data"]) is test["valid"]
        assert {test["valid"] for test in case["tests"]} == {True, False}


def test_numbers_and_strings_that_are_hard_to_carry_are_carried() -> None:
    hard = [10**4200, 1e300, 15.0, -0.0, 2**63, 1e-10, "\u2028\x00", "\U0001f600"]
    schema = {"type": "object", "properties": {"it": {"enum": hard}}}
    source = json.dumps(schema).encode()
    files = render(build_contract({"m/Hard.json": source}, "1")).files
    lines = files["pydantic_models/conformance/m/Hard.json"].decode("ascii").splitlines()
    carried = [json.loads(it.rstrip(","))["data"] for it in lines if it.startswith("      {")]
    values = [it["it"] for it in carried if isinstance(it, dict) and "it" in it]
    for value in hard:
        assert any(repr(value) == repr(it) for it in values), value

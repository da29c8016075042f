"""What lies in generated/ is what the schemas give, whole, and says what they say."""

import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from contract.json_values import is_equal
from contract.project import CORPUS, DOCS, PACKAGE
from generate import main as generate

from tests.schemas.contract_here import CONTRACT, GENERATED, MESSAGES, every_message
from tests.zoo.questions import Message


def suite_of(path: Path) -> dict[str, Any]:
    suite: dict[str, Any]
    (suite,) = json.loads(path.read_text("utf-8"))
    return suite


def test_nothing_drifted(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate(["--check"]) == 0, capsys.readouterr().out


def test_the_package_is_intact(capsys: pytest.CaptureFixture[str]) -> None:
    command = importlib.import_module(f"{PACKAGE}.__main__").main
    assert command(["verify"]) == 0, capsys.readouterr().out
    assert command(["verify", "--deep"]) == 0, capsys.readouterr().out


def test_the_package_has_the_version_of_the_contract() -> None:
    assert importlib.import_module(PACKAGE).__version__ == CONTRACT.version


@every_message
def test_the_package_carries_the_schema_as_it_was_written(message: Message) -> None:
    file = f"{message.name}.json"
    carried = (GENERATED / PACKAGE / "schemas" / file).read_bytes()
    assert carried == CONTRACT.schema_files[file]


@every_message
@pytest.mark.parametrize("folder", [CORPUS, f"{PACKAGE}/conformance"])
def test_shipped_documents_have_the_verdict_of_the_schema(folder: str, message: Message) -> None:
    suite = suite_of(GENERATED / folder / f"{message.name}.json")
    assert suite["description"] == message.name
    names = [it["description"] for it in suite["tests"]]
    assert len(names) == len(set(names)) > 0
    wrong = [it for it in suite["tests"] if message.oracle.accepts(it["data"]) != it["valid"]]
    assert wrong == []


@every_message
def test_shipped_texts_have_the_verdict_of_the_model(message: Message) -> None:
    suite = suite_of(GENERATED / CORPUS / f"{message.name}.text.json")
    for it in suite["tests"]:
        try:
            message.model.model_validate_json(it["text"])
        except ValueError:
            assert not it["valid"], it
        else:
            assert it["valid"], it


@every_message
def test_the_page_shows_the_schema(message: Message) -> None:
    text = (GENERATED / DOCS / f"{message.name}.md").read_text("utf-8")
    assert text.startswith(f"# {message.name.split('/')[1]}\n")
    section = text.split("\n## JSON Schema\n")[-1]
    shown = json.loads(re.findall(r"^(`{3,})json\n(.*?)^\1$", section, re.M | re.S)[-1][1])
    written = CONTRACT.schemas[f"{message.name}.json"]
    assert is_equal(shown, written) or is_equal(shown, message.schema)


def test_the_index_leads_to_every_page() -> None:
    text = (GENERATED / DOCS / "index.md").read_text("utf-8")
    assert [f"{it.name}.md" for it in MESSAGES] == re.findall(r"\]\(([^)]*)\) \|", text)

"""The rule of apart.py holds while this test of the tool runs."""

import importlib
import subprocess
import sys
from pathlib import Path

import generate
import pytest
from contract.project import ROOT, read_project
from contract.settings import Settings

from tests import apart
from tests.zoo.repository import DISTRIBUTION, forget_owner

REFUSED = pytest.raises(RuntimeError, match="belongs to the contract here")


@pytest.mark.parametrize("folder", ["schemas", "generated"])
def test_a_test_of_the_tool_cannot_read_the_contract(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with REFUSED:
        (ROOT / folder / "any.json").read_bytes()
    monkeypatch.chdir(ROOT)
    with REFUSED:
        Path(f"{folder}/any.json").read_bytes()


def test_a_test_of_the_tool_cannot_import_the_models(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [it for it in sys.modules if it.split(".")[0] == "pydantic_models"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    with REFUSED:
        importlib.import_module("pydantic_models")


def test_a_command_of_a_test_cannot_name_the_contract() -> None:
    with REFUSED:
        subprocess.run([sys.executable, "-c", "", ROOT / "generated"], check=True)


def test_the_tests_of_the_contract_read_it() -> None:
    with apart.rule_for(apart.TESTS / "schemas/test_models.py"):
        assert (ROOT / "generated/pydantic_models/__init__.py").read_bytes()


def test_a_test_of_the_tool_does_not_have_the_settings_of_the_contract(tmp_path: Path) -> None:
    """Neither in this process nor in a copy of the repository."""
    assert vars(generate)["contract_settings"]() == Settings()
    project = (ROOT / "pyproject.toml").read_text("utf-8").replace(DISTRIBUTION, "shop")
    own = '\n[tool.contract.names]\na = "A"\n\n[[tool.contract.accepted]]\nreason = "why"\n'
    later = "\n[tool.later]\n"
    (tmp_path / "pyproject.toml").write_text(f"{project}{own}{later}", "utf-8")
    forget_owner(tmp_path / "pyproject.toml")
    members = read_project(tmp_path)
    assert members["project"]["name"] == DISTRIBUTION
    assert members["tool"]["contract"] == {"supported": []}
    assert members["tool"].keys() == {*read_project()["tool"], "later"}

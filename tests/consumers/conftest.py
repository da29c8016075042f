"""Where the consumers of the first contract stand."""

from pathlib import Path

import pytest
import vendor
from contract.project import PACKAGE
from contract.read import build_contract
from generate import render
from proof.sandbox import write_files
from vendor import main

from tests.zoo.first_contract import CONTRACT, PACKAGE_FOLDER
from tests.zoo.first_contract import FILE as SCHEMA
from tests.zoo.vendored import COPY


@pytest.fixture
def first_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what ``vendor`` hands on."""
    monkeypatch.setattr(vendor, "PACKAGE_FOLDER", PACKAGE_FOLDER)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first_package: None) -> Path:
    """Where somebody stands who took the contract into ``app``: the folder of the copy."""
    monkeypatch.chdir(tmp_path)
    assert main(["app"]) == 0
    return tmp_path / COPY


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with an older contract, of another message beside the first."""
    monkeypatch.chdir(tmp_path)
    other = CONTRACT.schema_files[SCHEMA].replace(b'"minimum": 0', b'"minimum": 1')
    files = render(build_contract({"operations/Older.json": other}, "0.9.0")).files
    package = {path: text for path, text in files.items() if path.startswith(f"{PACKAGE}/")}
    write_files(package, tmp_path / "app")
    return tmp_path / COPY

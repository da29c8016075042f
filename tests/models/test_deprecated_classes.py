"""Whoever builds an instance of a deprecated class is warned; whoever reads a document is not."""

import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from output.package import package_code
from proof.sandbox import write_files

from tests.zoo.compositions import DEPRECATED
from tests.zoo.judging import imported
from tests.zoo.small_schemas import contract_of


@pytest.fixture(scope="module")
def models() -> Iterator[Any]:
    with imported(contract_of(m_Message=DEPRECATED)) as module:
        yield module


def warnings_of(act: Any) -> list[tuple[str, str]]:
    """The text of each warning, and the file that it blames."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        act()
    assert all(it.category is DeprecationWarning for it in caught)
    return [(str(it.message), it.filename) for it in caught]


def test_who_builds_an_instance_is_warned_where_that_stands(models: Any) -> None:
    assert warnings_of(lambda: models.Old(a="x")) == [("Old is deprecated", __file__)]
    assert warnings_of(lambda: models.Message([])) == [("Message is deprecated", __file__)]


def test_who_reads_writes_or_copies_is_not_warned(models: Any) -> None:
    document = [{"old": {"a": "x"}, "new": {"a": "y", "b": "z"}}]

    def read_and_write() -> None:
        text = models.Message.model_validate(document).model_dump_json(exclude_unset=True)
        read = models.Message.model_validate_json(text)
        assert read.model_copy(deep=True) == read
        assert isinstance(read.root[0].old, models.Old)

    assert warnings_of(read_and_write) == []


def test_reading_calls_no_constructor(models: Any) -> None:
    assert not models.Old.__pydantic_custom_init__
    assert not models.New.__pydantic_custom_init__


def test_a_class_that_extends_a_deprecated_one_is_not_deprecated(models: Any) -> None:
    assert issubclass(models.New, models.Old)
    assert warnings_of(lambda: models.New(a="x", b="y")) == []


def test_the_docstring_says_it_to_editors_and_the_description_stays(models: Any) -> None:
    text = Path(models.__file__).read_text()
    assert '@deprecated_class("Old is deprecated")\nclass Old(Model):' in text
    assert '"""It was.\n\nDeprecated."""' in text
    assert models.Old.__doc__ == "It was."
    assert models.Old.model_json_schema()["description"] == "It was."
    assert models.Message.__doc__ is None


CHECKERS = {
    "mypy": ["mypy", "--strict", "--enable-error-code=deprecated"],
    "pyright": ["pyright", "--pythonpath", sys.executable],
}


@pytest.mark.full
@pytest.mark.parametrize("checker", CHECKERS)
def test_a_type_checker_warns_whoever_uses_the_class_and_not_the_package(
    checker: str, tmp_path: Path
) -> None:
    contract = contract_of(m_Message=DEPRECATED)
    for path, content in package_code(contract).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / "use.py").write_text(
        'from pydantic_models import m\n\nm.New(a="a")\nm.Old(a="a")\n'
    )
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    command = [sys.executable, "-m", *CHECKERS[checker], "use.py", "pydantic_models"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    faults = [line for line in ran.stdout.splitlines() if "error:" in line]
    assert len(faults) == 1, ran.stdout
    assert "use.py:4" in faults[0] and "Old" in faults[0] and "deprecated" in faults[0]


def test_a_program_without_docstrings_reads_a_document_all_the_same(tmp_path: Path) -> None:
    contract = contract_of(m_Message=DEPRECATED)
    write_files(package_code(contract, formatted=False), tmp_path)
    program = "from pydantic_models.m import Message; print(Message.model_validate_json('[]').root)"
    command = [sys.executable, "-OO", "-c", program]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout == "[]\n"

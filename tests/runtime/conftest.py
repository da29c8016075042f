"""``validate`` as a consumer runs it."""

from pathlib import Path

import pytest

from tests.zoo.first_contract import NAME, command_line
from tests.zoo.validating import Run


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``validate`` in a folder of its own: exit status, lines of stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str, message: str = NAME) -> tuple[int, list[str], str]:
        status = command_line(["validate", message, *arguments])
        printed = capsys.readouterr()
        return status, printed.out.splitlines(), printed.err

    return ran

"""Type checkers see the types of the models, and name each wrong use by its code."""

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.zoo.environment import environment_with
from tests.zoo.first_contract import PACKAGE_FOLDER

CONSUMER = '''
    """Code of somebody who vendored the package into ``third_party``.

    Each wrong use carries the codes by which mypy and pyright name it; both complain of a comment
    that ignores nothing, so that each is proven to see the types.
    """

    from typing import Any
    from uuid import UUID, uuid4

    from third_party.pydantic_models.operations import (
        MISSING,
        ChatSessionClosedPayload,
        CloseChatSessionResponse,
        RequestStatus,
    )
    from typing_extensions import assert_never, assert_type


    def fields(response: CloseChatSessionResponse) -> None:
        assert_type(response.request_id, UUID)
        assert_type(response.status, RequestStatus)
        assert_type(response.payload, ChatSessionClosedPayload)
        assert_type(response.payload.total_messages, int)
        assert_type(response.payload.duration_seconds, int | None)
        assert_type(response.payload.tool_session_closed, bool)
        assert_type(response.error, str | None)
        assert_type(response.model_extra, dict[str, Any] | None)
        assert_type(CloseChatSessionResponse.model_validate_json(""), CloseChatSessionResponse)


    def built() -> CloseChatSessionResponse:
        payload = ChatSessionClosedPayload(
            session_id="s", closed_at="now", total_messages=1, total_events=2
        )
        return CloseChatSessionResponse(
            request_id=uuid4(), status=RequestStatus.COMPLETED, payload=payload, timestamp="now"
        )


    def wrong(response: CloseChatSessionResponse, payload: ChatSessionClosedPayload) -> int:
        error: str = response.error  # wrong: assignment reportAssignmentType
        response.status = "failed"  # wrong: assignment reportAttributeAccessIssue
        response.payload.closed = 1  # wrong: attr-defined reportAttributeAccessIssue
        CloseChatSessionResponse(
            request_id="x",  # wrong: arg-type reportArgumentType
            status="failed",  # wrong: arg-type reportArgumentType
            payload=payload,
        )
        CloseChatSessionResponse(status=response.status)  # wrong: call-arg reportCallIssue
        ChatSessionClosedPayload("s")  # wrong: call-arg reportCallIssue
        ChatSessionClosedPayload(
            session_id="s",
            closed_at="now",
            total_messages=1,
            total_events=2,
            sessionId="s",  # wrong: call-arg reportCallIssue
        )
        seconds: int = response.payload.duration_seconds  # wrong: assignment reportAssignmentType
        return seconds + len(error)


    def exhaustive(status: RequestStatus) -> str:
        match status:
            case RequestStatus.PENDING | RequestStatus.PROCESSING:
                return "wait"
            case RequestStatus.COMPLETED:
                return "done"
            case RequestStatus.FAILED:
                return "failed"
            case _:
                assert_never(status)


    def not_exhaustive(status: RequestStatus) -> str:
        match status:
            case RequestStatus.COMPLETED:
                return "done"
            case _:
                assert_never(status)  # wrong: arg-type reportArgumentType


    def told(response: CloseChatSessionResponse) -> str:
        match response:
            case CloseChatSessionResponse(status=RequestStatus.FAILED, error=str(reason)):
                return reason
            case CloseChatSessionResponse(payload=ChatSessionClosedPayload(total_messages=count)):
                assert_type(count, int)
                return str(count)
            case _:
                return ""


    class Own(CloseChatSessionResponse):
        seen_by: str = "us"

        def seen(self) -> str:
            stamp = "" if self.timestamp is MISSING else self.timestamp
            return self.seen_by + stamp


    def own() -> str:
        return Own(request_id=uuid4(), status=RequestStatus.FAILED, payload=built().payload).seen()
'''
ABSENT = '''
    """What is absent has a type of its own."""

    from third_party.pydantic_models.operations import MISSING, CloseChatSessionResponse
    from typing_extensions import assert_type


    def stamped(response: CloseChatSessionResponse) -> str:
        wrong: str = response.timestamp  # wrong: assignment reportAssignmentType
        if response.timestamp is MISSING:
            return wrong
        assert_type(response.timestamp, str)
        return response.timestamp
'''
TESTS = '''
    """Tests of one's own, with the kit."""

    from hypothesis import given
    from hypothesis.strategies import SearchStrategy
    from third_party.pydantic_models.operations import CloseChatSessionResponse
    from third_party.pydantic_models.testing import NearMiss, examples, models, near_misses
    from typing_extensions import assert_type

    assert_type(models(CloseChatSessionResponse), SearchStrategy[CloseChatSessionResponse])
    assert_type(near_misses("operations.CloseChatSessionResponse"), SearchStrategy[NearMiss])
    near_misses(1)  # wrong: arg-type reportArgumentType
    assert len(examples(CloseChatSessionResponse)) > 100


    @given(models(CloseChatSessionResponse))
    def test_status(response: CloseChatSessionResponse) -> None:
        assert response.status
'''

IGNORED = r"# type: ignore[\1]  # pyright: ignore[\2]"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project: the package under ``third_party``, and code that uses it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(PACKAGE_FOLDER, folder / "third_party/pydantic_models")
    files = {"app.py": CONSUMER, "absent.py": ABSENT, "tests.py": TESTS}
    for name, content in files.items():
        ignored = re.sub(r"# wrong: (\S+) (\S+)", IGNORED, textwrap.dedent(content).lstrip())
        (folder / name).write_text(ignored)
    (folder / "third_party/__init__.py").touch()
    strict = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.10",
        "enableTypeIgnoreComments": False,
        "reportUnnecessaryTypeIgnoreComment": "error",
        "reportUnusedVariable": False,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(strict))
    return folder


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has pydantic alone."""
    return environment_with("pydantic", tmp_path_factory.mktemp("bare"))[0]


CHECKERS = {
    "mypy": ("mypy", "--strict", "--python-version=3.10", "--python-executable"),
    "pyright": ("pyright", "--pythonpath"),
}


def checked(checker: str, project: Path, python: str | Path, *files: str) -> tuple[int, str]:
    command = [sys.executable, "-m", *CHECKERS[checker], str(python), *files]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True)
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.full
@pytest.mark.parametrize("checker", CHECKERS)
def test_type_checkers_see_the_types(checker: str, project: Path) -> None:
    """Each right line is right, each wrong one wrong by its code."""
    status, printed = checked(
        checker, project, sys.executable, "app.py", "absent.py", "tests.py", "third_party"
    )
    assert status == 0, printed


@pytest.mark.full
@pytest.mark.parametrize("checker", CHECKERS)
def test_type_checkers_find_nothing_where_there_is_no_hypothesis(
    checker: str, project: Path, bare: Path
) -> None:
    status, printed = checked(checker, project, bare, "tests.py", "third_party")
    assert status == 1
    assert "hypothesis" in printed  # the tests of one's own need it
    assert "testing.py" not in printed

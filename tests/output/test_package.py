"""The package as others get it: wheel and sdist, vendored copies, type checkers."""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from pathlib import Path

import pytest
from contract.read import build_contract
from generate import render
from runtime._verify import sha256

from tests.zoo.environment import environment_with
from tests.zoo.first_contract import CONTRACT, PACKAGE_FOLDER, VERSION
from tests.zoo.repository import DISTRIBUTION

NAME = DISTRIBUTION.replace("-", "_")
PACKAGED = {
    *("__init__.py", "__main__.py", "_conformance.py", "_judge.py", "_types.py", "_lines.py"),
    *(
        "_documents.py",
        "_emitted.py",
        "_errors.py",
        "_finding.py",
        "_jobs.py",
        "_json_types.py",
        "_outcomes.py",
        "_paths.py",
        "_places.py",
        "_recursion.py",
        "_sample.py",
        "_strict.py",
        "_upgrade.py",
        "_validate.py",
        "_verify.py",
        "manifest.json",
        "py.typed",
        "testing.py",
    ),
    "README.md",
    *(f"{module}.py" for module in CONTRACT.modules),
    *(
        f"{folder}/{path}"
        for folder in ("schemas", "conformance")
        for path in CONTRACT.schema_files
    ),
}
USE = """
    import json, sys
    from importlib.resources import files
    from {package} import __version__
    from {package}.operations import MISSING, CloseChatSessionResponse
    schemas = files("{package}").joinpath("schemas")
    schema = json.loads(schemas.joinpath("operations/CloseChatSessionResponse.json").read_text())
    assert CloseChatSessionResponse.model_json_schema() == schema
    manifest = json.loads(files("{package}").joinpath("manifest.json").read_text())
    assert manifest["version"] == __version__
    third = {{name.split(".")[0] for name in sys.modules}} - set(sys.stdlib_module_names)
    print(sorted(third & {{"pydantic", "jsonschema", "datamodel_code_generator", "hypothesis"}}))
"""


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(first_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel and sdist, built without network."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, first_repository)
    return out


@pytest.fixture(scope="module")
def clean(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel, pydantic and what pydantic needs."""
    python, site = environment_with("pydantic", tmp_path_factory.mktemp("clean"))
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    return python


def test_wheel_and_sdist_carry_schema_manifest_and_marker(built: Path) -> None:
    with zipfile.ZipFile(built / f"{NAME}-{VERSION}-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
        metadata = wheel.read(f"{NAME}-{VERSION}.dist-info/METADATA").decode()
    assert {f"pydantic_models/{path}" for path in PACKAGED} == {
        name for name in names if ".dist-info/" not in name
    }
    needs = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: ")]
    assert [re.split(r"[ >;]", line)[1] for line in needs] == ["pydantic", "hypothesis"]
    assert [line.split("; ")[1:] for line in needs] == [[], ["extra == 'testing'"]]
    with tarfile.open(built / f"{NAME}-{VERSION}.tar.gz") as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames()}
    assert {f"generated/pydantic_models/{path}" for path in PACKAGED} <= names
    assert {f"schemas/{path}" for path in CONTRACT.schema_files} <= names


def test_the_wheel_works_with_pydantic_alone(clean: Path, tmp_path: Path) -> None:
    code = textwrap.dedent(USE.format(package="pydantic_models"))
    assert run(clean, "-I", "-c", code, cwd=tmp_path) == "['pydantic']\n"
    assert "jsonschema" not in run(clean, "-I", "-m", "site", cwd=tmp_path)


def test_the_package_itself_needs_nothing(clean: Path, tmp_path: Path) -> None:
    """Whoever asks for the version alone imports no pydantic."""
    code = "import sys, pydantic_models as it; print(it.__version__, 'pydantic' in sys.modules)"
    assert run(clean, "-I", "-c", code, cwd=tmp_path) == f"{VERSION} False\n"


def test_the_manifest_hashes_every_file() -> None:
    manifest = json.loads((PACKAGE_FOLDER / "manifest.json").read_text("utf-8"))
    assert manifest["files"] == {
        path: sha256((PACKAGE_FOLDER / path).read_bytes()) for path in PACKAGED - {"manifest.json"}
    }
    assert manifest["schemas"] == {
        path: sha256(text) for path, text in CONTRACT.schema_files.items()
    }
    assert manifest["version"] == VERSION


CONSUMER = '''
    """A consumer that vendored the package under a name of its own."""

    from uuid import uuid4

    from app.third_party.chat.operations import (
        MISSING,
        ChatSessionClosedPayload,
        CloseChatSessionResponse,
        RequestStatus,
    )


    def close(session: str) -> str:
        payload = ChatSessionClosedPayload(
            session_id=session, closed_at="now", total_messages=1, total_events=2
        )
        response = CloseChatSessionResponse(
            request_id=uuid4(), status=RequestStatus.COMPLETED, payload=payload, error=None
        )
        seconds: int | None = response.payload.duration_seconds
        stamp: str = "" if response.timestamp is MISSING else response.timestamp
        return response.model_dump_json() + stamp + str(seconds)
'''
WRONG = """
    from app.third_party.chat.operations import CloseChatSessionResponse

    CloseChatSessionResponse(request_id=1, status="failed")
"""


@pytest.fixture
def consumer(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGE_FOLDER, tmp_path / "app/third_party/chat")
    (tmp_path / "app/__init__.py").touch()
    (tmp_path / "app/third_party/__init__.py").touch()
    (tmp_path / "app/use.py").write_text(textwrap.dedent(CONSUMER).lstrip())
    (tmp_path / "app/wrong.py").write_text(textwrap.dedent(WRONG).lstrip())
    strict = {"typeCheckingMode": "strict", "pythonVersion": "3.10"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(strict))
    return tmp_path


def test_a_vendored_copy_works_under_any_name(consumer: Path) -> None:
    code = textwrap.dedent(USE.format(package="app.third_party.chat"))
    assert run(sys.executable, "-c", code, cwd=consumer) == "['pydantic']\n"
    run(sys.executable, "-c", "from app.use import close; close('s')", cwd=consumer)


@pytest.mark.parametrize(
    "checker",
    [["mypy", "--strict"], ["pyright", "--pythonpath", sys.executable]],
    ids=["mypy", "pyright"],
)
@pytest.mark.one_in(4)
@pytest.mark.full
def test_type_checkers_understand_a_vendored_copy(consumer: Path, checker: list[str]) -> None:
    run(sys.executable, "-m", *checker, "app/use.py", "app/third_party", cwd=consumer)
    command = [sys.executable, "-m", *checker, "app/wrong.py"]
    wrong = subprocess.run(command, cwd=consumer, capture_output=True, text=True)
    assert wrong.returncode == 1
    assert "payload" in wrong.stdout


def test_ruff_finds_nothing_in_a_vendored_copy(consumer: Path) -> None:
    """Nor in modules that need few imports or none but their own."""
    needs = {"Uuid": {"type": "string", "format": "uuid"}, "Text": {"type": "string"}}
    few = {name: {"type": "object", "properties": {"it": it}} for name, it in needs.items()}
    sources = {f"{name.lower()}/{name}.json": json.dumps(it).encode() for name, it in few.items()}
    sources["none/Empty.json"] = b'{"title": "Empty", "type": "object", "properties": {}}'
    for path, content in render(build_contract(sources, "1")).files.items():
        (consumer / "app" / path).parent.mkdir(parents=True, exist_ok=True)
        (consumer / "app" / path).write_bytes(content)
    run(
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--isolated",
        "--line-length=100",
        "--check",
        "app",
        cwd=consumer,
    )
    run(
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--select=E4,E7,E9,F,I",
        "app",
        cwd=consumer,
    )

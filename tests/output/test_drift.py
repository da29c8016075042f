"""``generate`` is deterministic, and ``--check`` says what drifted, why, and writes nothing."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import generate
import pytest
from contract.read import build_contract
from generate import main, render
from output.package import package_code
from output.write import read_folder
from proof.sandbox import write_files
from runtime._verify import sha256

from tests.zoo.first_contract import CONTRACT, FILES, VERSION
from tests.zoo.first_contract import FILE as SCHEMA
from tests.zoo.repository import edit

OPERATIONS = "pydantic_models/operations.py"
DOCUMENTS = f"conformance/{SCHEMA}"
PAGE = f"docs/{SCHEMA.replace('.json', '.md')}"
CORPUS = [f"{DOCUMENTS.removesuffix('.json')}{suffix}" for suffix in (".json", ".text.json")]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The first schema, and what is generated from it."""
    write_files(CONTRACT.schema_files, tmp_path / "schemas")
    write_files(FILES, tmp_path / "generated")
    monkeypatch.setattr(generate, "contract_version", lambda: VERSION)
    return tmp_path


def run(tree: Path, *arguments: str) -> int:
    folders = ["--schemas", str(tree / "schemas"), "--out", str(tree / "generated")]
    return main([*folders, *arguments])


def test_no_drift_is_no_finding(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tree, "--check") == 0
    assert capsys.readouterr().out.endswith("drift 0\n")


def hand(tree: Path) -> None:
    edit(tree / "generated" / OPERATIONS, "ge=0", "ge=1")


def removal(tree: Path) -> None:
    (tree / "generated/pydantic_models/py.typed").unlink()


def addition(tree: Path) -> None:
    (tree / "generated/pydantic_models/mine.py").write_text("")


def schema(tree: Path) -> None:
    edit(tree / "schemas" / SCHEMA, '"minimum": 0', '"minimum": 1')


def new_schema(tree: Path) -> None:
    folder = tree / "schemas/another_module"
    folder.mkdir()
    text = (tree / "schemas" / SCHEMA).read_text("utf-8")
    title = '"title": "CloseChatSessionResponse"'
    (folder / "Other.json").write_text(text.replace(title, '"title": "Other"'), "utf-8")


def schema_gone(tree: Path) -> None:
    new_schema(tree)
    (tree / "schemas" / SCHEMA).unlink()


def toolchain(tree: Path) -> None:
    edit(tree / "generated/pydantic_models/manifest.json", '"0.89.0"', '"0.88.0"')


def version(tree: Path) -> None:
    edit(tree / "generated/pydantic_models/manifest.json", '"1.0.0"', '"0.9.0"')


def manifest_gone(tree: Path) -> None:
    (tree / "generated/pydantic_models/manifest.json").unlink()


def damage(tree: Path) -> None:
    (tree / "generated/pydantic_models/manifest.json").write_text('{"files": []}')


def older(tree: Path, part: str, name: str) -> None:
    """As if an older generator had written another text and recorded it."""
    path, manifest = (tree / "generated" / part / it for it in (name, "manifest.json"))
    recorded = json.loads(manifest.read_text("utf-8"))
    path.write_text("# older\n", "utf-8")
    recorded["files"][name] = sha256(path.read_bytes())
    manifest.write_text(json.dumps(recorded, indent=2) + "\n", "utf-8")


def generator(tree: Path) -> None:
    older(tree, "pydantic_models", "operations.py")


def page_generator(tree: Path) -> None:
    older(tree, "docs", "index.md")


def page_of_an_older_generator(tree: Path) -> None:
    older(tree, "docs", "operations/Old.md")


def page_hand(tree: Path) -> None:
    edit(tree / "generated" / PAGE, "minimum: `0`", "minimum: `1`")


def page_removal(tree: Path) -> None:
    (tree / "generated/docs/index.md").unlink()


def page_addition(tree: Path) -> None:
    (tree / "generated/docs/mine.md").write_text("")


def docs_manifest_gone(tree: Path) -> None:
    (tree / "generated/docs/manifest.json").unlink()


def hands_and_schema(tree: Path) -> None:
    edit(tree / "generated" / OPERATIONS, "Closed session ID", "Session ID")
    removal(tree)
    addition(tree)
    schema(tree)


def moved_schema(*left_out: str) -> list[str]:
    """The lines of another bound in the schema."""
    paths = (
        "conformance/README.md",
        "conformance/manifest.json",
        *CORPUS,
        "docs/manifest.json",
        PAGE,
        f"pydantic_models/{DOCUMENTS}",
        "pydantic_models/manifest.json",
        OPERATIONS,
        f"pydantic_models/schemas/{SCHEMA}",
    )
    why = f"the schema moved ({SCHEMA}); run make"
    return [f"{path}: changed; {why}" for path in paths if path not in left_out]


MOVES: dict[Callable[[Path], None], list[str]] = {
    hand: [f"{OPERATIONS}: changed; a hand edited the output; run make"],
    removal: ["pydantic_models/py.typed: missing; a hand removed it; run make"],
    addition: ["pydantic_models/mine.py: extra; a hand added it; remove it"],
    page_hand: [f"{PAGE}: changed; a hand edited the output; run make"],
    page_removal: ["docs/index.md: missing; a hand removed it; run make"],
    page_addition: ["docs/mine.md: extra; a hand added it; remove it"],
    schema: moved_schema(),
    # What a hand did is told as a hand's, although the schema moved too.
    hands_and_schema: sorted(
        [
            *moved_schema(OPERATIONS),
            f"{OPERATIONS}: changed; a hand edited the output; run make",
            "pydantic_models/mine.py: extra; a hand added it; remove it",
            "pydantic_models/py.typed: missing; a hand removed it; run make",
        ]
    ),
    new_schema: [
        f"{path}; the schema moved (another_module/Other.json); run make"
        for path in (
            "conformance/README.md: changed",
            "conformance/another_module/Other.json: missing",
            "conformance/another_module/Other.text.json: missing",
            "conformance/manifest.json: changed",
            "docs/another_module/Other.md: missing",
            "docs/index.md: changed",
            "docs/manifest.json: changed",
            "pydantic_models/another_module.py: missing",
            "pydantic_models/conformance/another_module/Other.json: missing",
            "pydantic_models/manifest.json: changed",
            "pydantic_models/schemas/another_module/Other.json: missing",
        )
    ],
    schema_gone: [
        f"{path}; the schema moved (another_module/Other.json, {SCHEMA}); run make"
        for path in (
            "conformance/README.md: changed",
            "conformance/another_module/Other.json: missing",
            "conformance/another_module/Other.text.json: missing",
            "conformance/manifest.json: changed",
            *(f"{path}: extra" for path in CORPUS),
            "docs/another_module/Other.md: missing",
            "docs/index.md: changed",
            "docs/manifest.json: changed",
            f"{PAGE}: extra",
            "pydantic_models/another_module.py: missing",
            "pydantic_models/conformance/another_module/Other.json: missing",
            f"pydantic_models/{DOCUMENTS}: extra",
            "pydantic_models/manifest.json: changed",
            f"{OPERATIONS}: extra",
            "pydantic_models/schemas/another_module/Other.json: missing",
            f"pydantic_models/schemas/{SCHEMA}: extra",
        )
    ],
    toolchain: [
        "pydantic_models/manifest.json: changed;"
        " the toolchain moved (datamodel-code-generator); run make"
    ],
    version: [
        "pydantic_models/manifest.json: changed; the version moved (pyproject.toml); run make"
    ],
    manifest_gone: ["pydantic_models/manifest.json: missing; there is no manifest; run make"],
    damage: ["pydantic_models/manifest.json: changed; there is no manifest; run make"],
    generator: [
        f"pydantic_models/{path}: changed; the toolchain moved (scripts); run make"
        for path in ("manifest.json", "operations.py")
    ],
    docs_manifest_gone: ["docs/manifest.json: missing; there is no manifest; run make"],
    page_generator: [
        f"docs/{path}: {kind}; the toolchain moved (scripts); run make"
        for path, kind in (("index.md", "changed"), ("manifest.json", "changed"))
    ],
    page_of_an_older_generator: [
        f"docs/{path}; the toolchain moved (scripts); run make"
        for path in ("manifest.json: changed", "operations/Old.md: extra")
    ],
}


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
@pytest.mark.one_in(12)
def test_drift_is_one_line_for_each_file_and_the_cure_cures(
    move: Callable[[Path], None], tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move(tree)
    before = read_folder(tree)
    assert run(tree, "--check") == 1
    assert capsys.readouterr().out.splitlines() == MOVES[move]
    assert read_folder(tree) == before
    assert run(tree) == 0
    for mine in (tree / "generated").rglob("mine.*"):  # which is not ours to delete
        mine.unlink()
    assert run(tree, "--check") == 0


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
@pytest.mark.one_in(24)
def test_programs_and_github_are_told_the_same(
    move: Callable[[Path], None],
    tree: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the path that opens the file where the caller stands."""
    monkeypatch.chdir(tree)
    move(tree)
    assert run(tree, "--check", "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["files"] >= len(FILES)
    assert [f"{it['file']}: {it['what']}" for it in found["findings"]] == [
        f"generated/{line}" for line in MOVES[move]
    ]
    assert {it["kind"] for it in found["findings"]} <= {"changed", "missing", "extra"}
    assert run(tree, "--check", "--format", "github") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"::error file=generated/{line.split(':')[0]}::{line.split(': ', 1)[1]}"
        for line in MOVES[move]
    ]


def test_no_drift_is_an_empty_list(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tree, "--check", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"files": len(FILES), "findings": []}


def test_a_folder_of_somebody_else_is_left_alone(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest_gone(tree)
    addition(tree)
    before = read_folder(tree)
    assert run(tree) == 2
    assert "name a folder of generate's own" in capsys.readouterr().err
    assert read_folder(tree) == before


def test_what_generate_did_not_write_it_does_not_delete(tree: Path) -> None:
    for path in ("app/main.py", ".git/config", "pydantic_models/mine.py"):
        (tree / "generated" / path).parent.mkdir(exist_ok=True)
        (tree / "generated" / path).write_text("mine")
    schema_gone(tree)
    assert run(tree) == 0
    left = read_folder(tree / "generated")
    assert [left[it] for it in ("app/main.py", ".git/config", "pydantic_models/mine.py")] == [
        b"mine"
    ] * 3
    assert OPERATIONS not in left


def test_pages_of_somebody_else_are_left_alone(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs_manifest_gone(tree)
    page_hand(tree)
    before = read_folder(tree)
    assert run(tree) == 2
    assert "docs: is somebody else's" in capsys.readouterr().err
    assert read_folder(tree) == before


def test_no_link_leads_out(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.move(tree / "generated/pydantic_models", tree / "elsewhere")
    (tree / "generated/pydantic_models").symlink_to(tree / "elsewhere")
    schema(tree)
    before = read_folder(tree / "elsewhere")
    assert run(tree) == 2
    assert "a link leads out of" in capsys.readouterr().err
    assert read_folder(tree / "elsewhere") == before


def test_unchanged_files_are_not_touched(tree: Path) -> None:
    untouched = tree / "generated" / OPERATIONS
    os.utime(untouched, (1, 1))
    removal(tree)
    assert run(tree) == 0
    assert untouched.stat().st_mtime == 1
    assert (tree / "generated/pydantic_models/py.typed").exists()


@pytest.mark.full
def test_the_order_of_files_does_not_matter() -> None:
    sources = CONTRACT.schema_files
    other = sources[SCHEMA].replace(b'"title": "CloseChatSessionResponse"', b'"title": "Another"')
    both = {**sources, "operations/Another.json": other}
    assert (
        render(build_contract(both, "1")).files
        == render(build_contract(dict(reversed(both.items())), "1")).files
    )


def test_messages_of_a_module_share_their_definitions() -> None:
    sources = CONTRACT.schema_files
    other = sources[SCHEMA].replace(b'"title": "CloseChatSessionResponse"', b'"title": "Another"')
    both = build_contract({**sources, "operations/Another.json": other}, "1")
    text = package_code(both, formatted=False)[OPERATIONS].decode()
    assert text.count("class ChatSessionClosedPayload(") == 1
    assert text.count("class Another(") == text.count("class CloseChatSessionResponse(") == 1


@pytest.mark.parametrize("hash_seed", ["0", "1", "random"])
@pytest.mark.full
def test_the_bytes_are_the_same_in_any_process(
    hash_seed: str, first_repository: Path, tmp_path: Path
) -> None:
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "PYTHONHASHSEED": hash_seed,
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "C",
    }
    command = [
        sys.executable,
        str(first_repository / "scripts/generate.py"),
        "--out",
        str(tmp_path / "new"),
    ]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1].endswith("disagreements 0")
    assert read_folder(tmp_path / "new") == FILES

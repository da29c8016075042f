"""A copy in the tree of others is the contract, or one line for each file says how it is not."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from output.write import read_folder
from pydantic import VERSION
from runtime._verify import sha256

from tests.zoo.first_contract import PACKAGE_FOLDER, command_line
from tests.zoo.first_contract import VERSION as NEWER
from tests.zoo.vendored import (
    AGAIN,
    CHANGED,
    COPY,
    DOCUMENTS,
    FAULTS,
    FILES,
    MISSING,
    ROOT_HASH,
    deep,
    done,
    every_fault,
    forged,
    manifest_crlf,
    verify,
)


def test_what_was_taken_is_intact_where_there_is_no_pydantic(app: Path) -> None:
    assert verify() == (0, f"{COPY}: files {FILES} intact\n", "")
    assert read_folder(app) == read_folder(PACKAGE_FOLDER)


def test_what_python_caches_in_a_copy_is_no_file_of_it(app: Path) -> None:
    (app / "__pycache__").mkdir()
    (app / "__pycache__/operations.cpython-311.pyc").write_bytes(b"cached")
    assert verify()[0] == 0


@pytest.mark.parametrize("module", ["operations", "_types", "_judge", "_validate"])
@pytest.mark.parametrize("line", ["x =", "from . import nothing"])
@pytest.mark.one_in(4)
def test_whoever_edited_a_module_so_that_it_cannot_be_imported_is_sent_to_verify(
    module: str, line: str, app: Path
) -> None:
    with (app / f"{module}.py").open("a", encoding="utf-8") as text:
        text.write(f"{line}\n")
    command = ("-m", "app.pydantic_models", "validate", "operations.CloseChatSessionResponse")
    status, out, error = done(sys.executable, *command, os.devnull)
    assert (status, out, len(error.splitlines())) == (2, "", 1)
    assert error.startswith("the copy failed at pydantic_models/")
    assert "; see python -m app.pydantic_models verify; if the copy is intact, report" in error
    assert verify()[:2] == (1, f"{COPY}/{module}.py: {CHANGED}\n")


@every_fault
def test_every_fault_is_one_line_with_its_cure(fault: Callable[[Path], None], app: Path) -> None:
    path, _, what = FAULTS[fault]
    fault(app)
    before = read_folder(app)
    assert verify() == (1, f"{COPY}/{path}: {what}\n", "")
    assert read_folder(app) == before


@every_fault
@pytest.mark.one_in(4)
def test_programs_and_github_are_told_the_same(fault: Callable[[Path], None], app: Path) -> None:
    path, kind, what = FAULTS[fault]
    fault(app)
    finding = {"file": f"{COPY}/{path}", "kind": kind, "what": what, "pointer": None}
    status, out, _ = verify("--format", "json")
    assert (status, json.loads(out)["findings"]) == (1, [finding])
    line = f"::error file={COPY}/{path}::{what}\n"
    assert verify("--format", "github") == (1, line, "")


def test_programs_are_told_the_numbers(app: Path) -> None:
    numbers = {"version": NEWER, "files": FILES}
    assert json.loads(verify("--format", "json")[1]) == {**numbers, "findings": []}
    numbers |= {"documents": DOCUMENTS, "all_documents": DOCUMENTS, "pydantic": VERSION}
    assert json.loads(deep("--format", "json")[1]) == {**numbers, "findings": []}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "1", "files": {}}', "[" * 99_999])
@pytest.mark.one_in(2)
def test_a_damaged_manifest_is_no_verdict(text: str, app: Path) -> None:
    (app / "manifest.json").write_text(text)
    line = f"{COPY}/manifest.json: the manifest is damaged; {AGAIN}\n"
    assert verify() == verify("--deep", "--format", "json") == (2, "", line)


def test_a_missing_manifest_is_no_verdict(app: Path) -> None:
    (app / "manifest.json").unlink()
    assert verify() == (2, "", f"{COPY}/manifest.json: there is no manifest; {AGAIN}\n")


@pytest.mark.parametrize(("owner", "step"), [(Path, "read_bytes"), (os, "scandir")])
def test_what_cannot_be_read_is_no_verdict(
    owner: object, step: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file, a folder."""

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, refuse)
        assert command_line(["verify"]) == 2
    assert capsys.readouterr().err.endswith(
        ": Permission denied; name what can be read and written\n"
    )


def test_the_command_is_named_or_its_usage_is_shown(app: Path) -> None:
    for arguments in ([], ["nothing"]):
        status, out, error = done(sys.executable, "-m", "app.pydantic_models", *arguments)
        assert (status, out) == (2, "")
        assert error.startswith("usage: python -m app.pydantic_models [-h] [--version] COMMAND")
    assert done(sys.executable, "-m", "app.pydantic_models", "--version")[1] == f"{NEWER}\n"


def test_a_copy_forged_together_with_its_manifest_is_found_by_the_root(app: Path) -> None:
    assert verify("--root", ROOT_HASH) == (0, f"{COPY}: files {FILES} intact\n", "")
    assert verify("--root", ROOT_HASH.upper())[0] == 0
    forged(app, "ge=0", "ge=1")
    status, out, _ = verify("--root", ROOT_HASH)
    now = sha256((app / "manifest.json").read_bytes())
    assert status == 1
    assert out.startswith(f"{COPY}/manifest.json: has the SHA-256 {now}, which is not the root")
    assert out.count("\n") == 1
    (finding,) = json.loads(verify("--root", ROOT_HASH, "--format", "json")[1])["findings"]
    assert (finding["kind"], finding["file"]) == ("root", f"{COPY}/manifest.json")
    assert deep("--root", ROOT_HASH) == (status, out, "")  # and nothing of it is imported


def test_a_manifest_that_is_named_already_is_named_once(app: Path) -> None:
    manifest_crlf(app)
    assert verify("--root", ROOT_HASH) == verify()


@pytest.mark.parametrize("root", ["", "abc", ROOT_HASH + "0", "g" * 64])
@pytest.mark.one_in(2)
def test_a_root_is_a_sha_256(root: str, app: Path) -> None:
    line = f"--root {root}: is no SHA-256; write the 64 hexadecimal digits\n"
    assert verify("--root", root) == (2, "", line)


def test_another_name_in_another_tree_is_the_same(app: Path) -> None:
    home = Path("app/vendor/chat_contract")
    home.parent.mkdir()
    app.rename(home)
    numbers = f"{home}: files {FILES} intact\n"
    assert verify(package="app.vendor.chat_contract") == (0, numbers, "")
    command = (sys.executable, "-m", "app.vendor.chat_contract", "verify", "--deep")
    assert done(*command)[1].endswith(f"disagreements 0; pydantic {VERSION}\n")
    (home / "py.typed").unlink()
    assert verify(package="app.vendor.chat_contract") == (1, f"{home}/py.typed: {MISSING}\n", "")

"""A copy in the tree of others is the contract, or one line for each file says how it is not."""

import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import vendor
from contract.project import PACKAGE, ROOT
from contract.read import build_contract
from generate import render
from oracle.oracle import Oracle
from output.manifest import sha256
from output.write import read_folder
from proof.sandbox import write_files
from pydantic import VERSION
from runtime import _conformance
from vendor import CURED_BY_VENDORING, main

from tests.zoo.first_contract import CONTRACT, PACKAGE_FOLDER, command_line, models
from tests.zoo.first_contract import FILE as SCHEMA
from tests.zoo.first_contract import PACKAGE as FIRST
from tests.zoo.first_contract import VERSION as NEWER
from tests.zoo.repository import commit_all, git

yaml: Any = importlib.import_module("yaml")  # the package is untyped

COPY = "app/pydantic_models"
AGAIN = "remove the package and vendor it again"
FILES = len(read_folder(PACKAGE_FOLDER))
ROOT_HASH = sha256((PACKAGE_FOLDER / "manifest.json").read_bytes())
OTHER_HASH = "0" * 64
NO_ROOT = (
    f"has the SHA-256 {ROOT_HASH}, which is not the root {OTHER_HASH};"
    " vendor that release again, or name the root of this one"
)
DOCUMENTS = sum(
    len(json.loads(path.read_text("utf-8"))[0]["tests"])
    for path in (PACKAGE_FOLDER / "conformance").glob("*/*.json")
)


@pytest.fixture(autouse=True)
def first_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is handed on."""
    monkeypatch.setattr(vendor, "PACKAGE_FOLDER", PACKAGE_FOLDER)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
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


def done(*command: str | Path, cwd: Path | None = None) -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    ran = subprocess.run([str(it) for it in command], cwd=cwd, capture_output=True, text=True)
    return ran.returncode, ran.stdout, ran.stderr


def verify(*options: str, package: str = "app.pydantic_models") -> tuple[int, str, str]:
    """By a Python that has the standard library alone, as ``-S`` leaves it."""
    return done(sys.executable, "-S", "-m", package, "verify", *options)


def deep(*options: str) -> tuple[int, str, str]:
    return done(sys.executable, "-m", "app.pydantic_models", "verify", "--deep", *options)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_what_was_taken_is_intact_where_there_is_no_pydantic(app: Path) -> None:
    assert verify() == (0, f"{COPY}: files {FILES} intact\n", "")
    assert read_folder(app) == read_folder(PACKAGE_FOLDER)


def test_what_python_caches_in_a_copy_is_no_file_of_it(app: Path) -> None:
    (app / "__pycache__").mkdir()
    (app / "__pycache__/operations.cpython-311.pyc").write_bytes(b"cached")
    assert verify()[0] == 0


def test_every_document_is_judged_with_the_pydantic_that_is_there(app: Path) -> None:
    assert deep() == (
        0,
        f"{COPY}: files {FILES} intact; documents {DOCUMENTS}, disagreements 0;"
        f" pydantic {VERSION}\n",
        "",
    )


def edited(app: Path) -> None:
    edit(app / "operations.py", "ge=0", "ge=1")


def removed(app: Path) -> None:
    (app / "py.typed").unlink()


def a_folder(app: Path) -> None:
    (app / "py.typed").unlink()
    (app / "py.typed").mkdir()


def added(app: Path) -> None:
    (app / "mine.py").write_text("")


def a_link(app: Path) -> None:
    (app / "mine").symlink_to(app.parent)


def a_link_for_a_file(app: Path) -> None:
    (app / "py.typed").unlink()
    (app / "py.typed").symlink_to(app.parent)


def crlf(app: Path) -> None:
    path = app / "_types.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def manifest_crlf(app: Path) -> None:
    path = app / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def manifest_version(app: Path) -> None:
    edit(app / "manifest.json", f'"{NEWER}"', '"9.9.9"')


def manifest_schema(app: Path) -> None:
    recorded = json.loads((app / "manifest.json").read_text("utf-8"))
    recorded["schemas"][SCHEMA] = sha256(b"another")
    (app / "manifest.json").write_text(json.dumps(recorded, indent=2) + "\n", "utf-8")


def manifest_layout(app: Path) -> None:
    edit(app / "manifest.json", "{\n", "{\n\n")


def manifest_member(app: Path) -> None:
    edit(app / "manifest.json", "{\n", '{\n  "mine": 1,\n')


CHANGED = f"changed by a hand; put it back, or {AGAIN}"
EXTRA = "not the contract's; move it out of the package"
MISSING = "missing; vendor it again"
CRLF = f'has CRLF line endings; add "{COPY}/** -text" to .gitattributes and vendor it again'
FAULTS: dict[Callable[[Path], None], tuple[str, str, str]] = {
    edited: ("operations.py", "changed", CHANGED),
    removed: ("py.typed", "missing", MISSING),
    a_folder: ("py.typed", "missing", MISSING),
    added: ("mine.py", "extra", EXTRA),
    a_link_for_a_file: ("py.typed", "missing", MISSING),
    a_link: ("mine", "extra", EXTRA),
    crlf: ("_types.py", "line-endings", CRLF),
    manifest_crlf: ("manifest.json", "line-endings", CRLF),
    manifest_version: ("manifest.json", "changed", CHANGED),
    manifest_schema: ("manifest.json", "changed", CHANGED),
    manifest_layout: ("manifest.json", "changed", CHANGED),
    manifest_member: ("manifest.json", "changed", CHANGED),
}
every_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)


@every_fault
def test_every_fault_is_one_line_with_its_cure(fault: Callable[[Path], None], app: Path) -> None:
    path, _, what = FAULTS[fault]
    fault(app)
    before = read_folder(app)
    assert verify() == (1, f"{COPY}/{path}: {what}\n", "")
    assert read_folder(app) == before


@every_fault
def test_taking_it_again_cures_what_loses_nothing_and_refuses_the_rest(
    fault: Callable[[Path], None], app: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, kind, what = FAULTS[fault]
    fault(app)
    before = read_folder(app.parent)
    assert main(["app", "--check"]) == 1
    assert f"{COPY}/{path}: {what}\n" in capsys.readouterr().out
    assert read_folder(app.parent) == before
    if kind in CURED_BY_VENDORING:
        assert main(["app"]) == 0
        assert main(["app", "--check"]) == 0
    else:
        assert main(["app"]) == 1
        assert capsys.readouterr().out == f"{COPY}/{path}: {what}\n"
        assert read_folder(app.parent) == before


@every_fault
@pytest.mark.one_in(4)
def test_programs_and_github_are_told_the_same(fault: Callable[[Path], None], app: Path) -> None:
    path, kind, what = FAULTS[fault]
    fault(app)
    finding = {"file": f"{COPY}/{path}", "kind": kind, "what": what, "pointer": None}
    status, out, _ = verify("--format", "json")
    assert (status, json.loads(out)["findings"]) == (1, [finding])
    line = f"::error file={COPY}/{path}::{COPY}/{path}: {what}\n"
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


def test_deep_needs_pydantic(app: Path) -> None:
    line = "pydantic is not installed; install it, or verify without --deep\n"
    assert verify("--deep") == (2, "", line)


def test_deep_imports_nothing_that_was_changed(app: Path) -> None:
    with (app / "operations.py").open("a") as file:
        file.write('open("imported", "w")\n')
    assert deep() == (1, f"{COPY}/operations.py: {CHANGED}\n", "")
    assert not Path("imported").exists()


def forged(app: Path, old: str, new: str) -> None:
    """The model changed, and what the manifest says of it too."""
    edit(app / "operations.py", old, new)
    manifest = json.loads((app / "manifest.json").read_text("utf-8"))
    manifest["files"]["operations.py"] = sha256((app / "operations.py").read_bytes())
    (app / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    assert verify()[0] == 0


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


def test_whoever_takes_the_package_is_told_its_root_and_may_ask_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["app", "--root", OTHER_HASH]) == 2
    assert "check out the other" in capsys.readouterr().err
    assert not Path("app").exists()
    assert main(["app", "--root", ROOT_HASH]) == 0
    line = f"{COPY}: version {NEWER}, files {FILES}, root {ROOT_HASH}\n"
    assert capsys.readouterr().out == line
    assert main(["app", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["root"] == ROOT_HASH


def test_of_many_documents_a_sample_is_judged_that_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    conformance = importlib.import_module(f"{FIRST}._conformance")
    monkeypatch.setattr(conformance, "MAX_DOCUMENTS", 100)
    assert command_line(["verify", "--deep"]) == 0
    said = capsys.readouterr().out
    judged = int(said.split("documents ")[1].split(" ")[0])
    assert 80 <= judged <= 100
    assert (
        f"documents {judged} of {DOCUMENTS} (a sample of each message; --all judges all)," in said
    )
    assert command_line(["verify", "--deep", "--all"]) == 0
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
        f"::error file={COPY}/operations.py::{COPY}/operations.py: operations/CloseChatSession"
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
    fault = _conformance.verdict_fault(dict, entry, text, True)  # type: ignore[arg-type]
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
        ('{"a": 1, "b": "F"}', '{"b": "f", "a": 1}', True),
        ('{"a": null}', "{}", False),
    ],
)
def test_json_values_are_equal_by_what_they_mean(left: str, right: str, equal: bool) -> None:
    assert (_conformance.comparable_value(left) == _conformance.comparable_value(right)) is equal


def documents_of(path: Path) -> list[dict[str, Any]]:
    tests: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))[0]["tests"]
    return tests


def test_the_documents_have_the_shape_of_the_official_suite() -> None:
    """One on a line, judged by the schema to which ``$ref`` leads from the file."""
    for path in (PACKAGE_FOLDER / "conformance").glob("*/*.json"):
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


def test_an_older_copy_is_told_how_it_differs_and_what_to_type(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make = f"make -C {os.path.relpath(ROOT)}"
    back = os.path.relpath(old.parent, ROOT)
    before = read_folder(old)
    assert main(["app", "--check"]) == 1
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == (
        f"{COPY}: version 0.9.0, here {NEWER};"
        f" look with {make} compat BASE={back}/pydantic_models/schemas,"
        f" take it with {make} vendor DEST={back}"
    )
    assert {
        f"{COPY}/conformance/{SCHEMA}: missing against this checkout",
        f"{COPY}/conformance/operations/Older.json: extra against this checkout",
        f"{COPY}/operations.py: changed against this checkout",
    } < set(lines)
    assert read_folder(old) == before
    assert verify()[0] == 0


def test_an_older_copy_is_replaced_as_a_whole(old: Path) -> None:
    (old / "__pycache__").mkdir()
    (old / "__pycache__/old.pyc").write_bytes(b"")
    assert main(["app"]) == 0
    assert read_folder(old) == read_folder(PACKAGE_FOLDER)
    assert [path.name for path in old.parent.iterdir()] == ["pydantic_models"]
    assert not (old / "__pycache__").exists()


def test_what_python_cached_here_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(PACKAGE_FOLDER, tmp_path / "here")
    (tmp_path / "here/__pycache__").mkdir(exist_ok=True)
    monkeypatch.setattr(
        vendor, "PACKAGE_FOLDER", (tmp_path / "here").rename(tmp_path / "pydantic_models")
    )
    assert main([str(tmp_path / "new/app")]) == 0
    assert not [*(tmp_path / "new").rglob("__pycache__")]


def test_edits_of_an_older_copy_are_refused_and_stay(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(old / "operations.py", "ge=1", "ge=2")
    added(old)
    removed(old)
    before = read_folder(old.parent)
    assert main(["app", "--format", "github"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"::error file={COPY}/{path}::{COPY}/{path}: {what}"
        for path, what in (("mine.py", EXTRA), ("operations.py", CHANGED))
    ]
    assert main(["app", "--check"]) == 1
    named = [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()]
    assert f"{COPY}/operations.py" in named
    assert len(named) == len(set(named))
    assert read_folder(old.parent) == before


@pytest.mark.parametrize(("owner", "step"), [(shutil, "copytree"), (Path, "rename")])
def test_a_failure_leaves_what_was_there(
    owner: object,
    step: str,
    old: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rename = Path.rename

    def fail(path: Path, *target: Path, **_: Any) -> Path:
        if path.name == "old" or (step == "rename" and path.name != "new"):
            return rename(path, *target)
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(owner, step, fail)
    before = read_folder(old.parent)
    assert main(["app"]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert read_folder(old.parent) == before
    assert [path.name for path in old.parent.iterdir()] == ["pydantic_models"]


def a_file(copy: Path) -> None:
    copy.write_text("mine")


def a_link_to_a_folder(copy: Path) -> None:
    (copy.parent / "elsewhere").mkdir()
    copy.symlink_to(copy.parent / "elsewhere")


def a_package_of_others(copy: Path) -> None:
    copy.mkdir()
    (copy / "__init__.py").write_text("mine")


OTHERS: dict[Callable[[Path], None], str] = {
    a_file: "is no folder of ours; move it away",
    a_link_to_a_folder: "is no folder of ours; move it away",
    a_package_of_others: f"there is no manifest; {AGAIN}",
}


@pytest.mark.parametrize("make", OTHERS, ids=lambda make: make.__name__)
def test_what_is_not_ours_is_left_alone(
    make: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app").mkdir()
    make(tmp_path / COPY)
    before = read_folder(tmp_path)
    assert main(["app"]) == main(["app", "--check"]) == 2
    assert OTHERS[make] in capsys.readouterr().err
    assert read_folder(tmp_path) == before


def test_nothing_to_check_is_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["app", "--check"]) == 2
    make = f"make -C {os.path.relpath(ROOT)} vendor DEST={os.path.relpath(tmp_path / 'app', ROOT)}"
    assert capsys.readouterr().err == f"{COPY}: is not there; {make}\n"


@pytest.mark.parametrize("fault", [edited, manifest_version])
def test_what_is_not_as_generated_is_not_handed_on(
    fault: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    here = tmp_path / "generated/pydantic_models"
    shutil.copytree(PACKAGE_FOLDER, here)
    fault(here)
    monkeypatch.setattr(vendor, "PACKAGE_FOLDER", here)
    monkeypatch.chdir(tmp_path)
    assert main(["app"]) == 2
    path = FAULTS[fault][0]
    assert capsys.readouterr().err == f"generated/pydantic_models/{path}: changed; run make\n"
    (here / "manifest.json").unlink()
    assert main(["app"]) == 2
    line = "generated/pydantic_models/manifest.json: there is no manifest; run make\n"
    assert capsys.readouterr().err == line
    assert not (tmp_path / "app").exists()


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


@pytest.fixture(scope="module")
def repository(first_repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository as others get it, at a commit of its own."""
    folder = tmp_path_factory.mktemp("repository") / "contract"
    shutil.copytree(first_repository, folder)
    commit_all(folder, "release")
    return folder


def test_git_that_rewrites_line_endings_is_named_and_the_cure_cures(app: Path) -> None:
    commit_all(Path(), "app")
    git(Path(), "config", "core.autocrlf", "true")
    shutil.rmtree(app)
    git(Path(), "checkout", "--", "app")
    status, out, _ = verify()
    assert (status, len(out.splitlines())) == (1, FILES - 1)  # py.typed is empty
    assert f"{COPY}/operations.py: {CRLF}\n" in out
    Path(".gitattributes").write_text(f"{COPY}/** -text\n")
    assert main(["app"]) == 0
    commit_all(Path(), "app")
    shutil.rmtree(app)
    git(Path(), "checkout", "--", "app")
    assert verify()[0] == 0


@pytest.mark.parametrize("way", ["submodule", "subtree"])
@pytest.mark.one_in(2)
def test_a_subtree_and_a_submodule_are_intact(
    way: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "subtree" and done("git", "subtree")[2].startswith("git: 'subtree' is not"):
        pytest.skip("git has no subtree here")
    monkeypatch.chdir(tmp_path)
    commit_all(tmp_path, "app")
    how = {
        "subtree": ("add", "-q", "--prefix=contract", str(repository), "main", "--squash"),
        "submodule": ("add", "--quiet", str(repository), "contract"),
    }
    git(Path(), way, *how[way])
    package = "contract.generated.pydantic_models"
    numbers = f"contract/generated/pydantic_models: files {FILES} intact\n"
    assert verify(package=package) == (0, numbers, "")
    assert done("make", "--silent", "-C", "contract", "vendor", "DEST=../app")[0] == 0
    assert verify()[0] == 0


def test_make_refuses_to_guess_the_folder(repository: Path) -> None:
    status, _, error = done("make", "vendor", cwd=repository)
    assert status == 2
    assert "the following arguments are required: DEST" in error


def test_the_hook_runs_as_pre_commit_would_run_it(repository: Path, app: Path) -> None:
    (hook,) = yaml.safe_load((repository / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["language"] == "script"  # its entry is a path in this repository
    script, *options = hook["entry"].split()
    command = (repository / script, *options, "app")
    line = f"{COPY}: version {NEWER}, files {FILES}, root {ROOT_HASH}, as here\n"
    assert done(*command) == done(*command, "--root", ROOT_HASH) == (0, line, "")
    assert done(*command, "--root", OTHER_HASH) == (1, f"{COPY}/manifest.json: {NO_ROOT}\n", "")
    edited(app)
    status, out, _ = done(*command)
    assert (status, out.splitlines()[0]) == (1, f"{COPY}/operations.py: {CHANGED}")


@pytest.mark.parametrize("is_deep", ["true", "false"])
@pytest.mark.one_in(2)
def test_the_action_runs_what_people_type(
    is_deep: str, app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = yaml.safe_load((ROOT / ".github/actions/verify/action.yml").read_text("utf-8"))
    assert action["inputs"]["deep"]["default"] == "false"
    shown = {"true": "inputs.deep == 'true'", "false": "inputs.deep != 'true'"}
    (step,) = (it for it in action["runs"]["steps"] if it["if"] == shown[is_deep])
    assert step["env"] == {"PYTHONPATH": "${{ inputs.path }}", "ROOT": "${{ inputs.root }}"}
    assert action["inputs"]["root"]["default"] == ""
    monkeypatch.setenv("PYTHONPATH", "app")
    monkeypatch.setenv("ROOT", "")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    status, out, _ = done("bash", "-ec", step["run"])
    assert (status, "disagreements 0" in out) == (0, is_deep == "true")
    monkeypatch.setenv("ROOT", OTHER_HASH)
    line = f"::error file={COPY}/manifest.json::{COPY}/manifest.json: {NO_ROOT}\n"
    assert done("bash", "-ec", step["run"]) == (1, line, "")
    monkeypatch.setenv("ROOT", ROOT_HASH)
    assert done("bash", "-ec", step["run"])[0] == 0
    edited(app)
    line = f"::error file={COPY}/operations.py::{COPY}/operations.py: {CHANGED}\n"
    assert done("bash", "-ec", step["run"]) == (1, line, "")

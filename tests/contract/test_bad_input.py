"""What cannot be kept exact is refused: one line with file#pointer and cure, exit 2, no write."""

import re
from pathlib import Path
from typing import Any

import generate
import pytest
from contract.read import build_contract, read_schema_files
from contract.refusal import Refused
from generate import main
from output.write import read_folder
from proof import agreement
from proof.emitted import emitted_differences

from tests.zoo.bad_files import BAD_FILES
from tests.zoo.bad_input import FILE, member, message, text
from tests.zoo.bad_schemas import BAD_SCHEMAS, NEEDS_ITSELF, diamonds
from tests.zoo.first_contract import SCHEMAS

BY_SELF_CHECK = ("write it otherwise", "that satisfies", "make a member optional")
REFUSALS = BAD_FILES | BAD_SCHEMAS
LINE_NUMBER = re.compile(r"(\.json):[0-9]+")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What there was before; nobody may write there."""
    folder = tmp_path_factory.mktemp("bad_input")
    write(folder / "schemas", {"operations/Good.json": text({**message(), "title": "Good"})})
    out = folder / "generated"
    assert main(["--schemas", str(folder / "schemas"), "--out", str(out)]) == 0
    return out


@pytest.mark.parametrize(("sources", "line"), REFUSALS.values(), ids=REFUSALS)
@pytest.mark.one_in(5)
def test_bad_input_is_refused_and_nothing_is_written(
    sources: dict[str, bytes],
    line: str,
    generated: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    schemas, out = tmp_path / "schemas", generated
    before = read_folder(out)
    write(schemas, sources)
    capsys.readouterr()
    for arguments in ([], ["--check"]):
        if arguments and line.endswith(BY_SELF_CHECK):
            continue  # which --check leaves to generate
        code = main(["--schemas", str(schemas), "--out", str(out), *arguments])
        printed = capsys.readouterr()
        assert code == 2, printed
        lines = [LINE_NUMBER.sub(r"\1", it) for it in printed.err.splitlines()]
        assert any(line in it for it in lines), printed.err
        assert all("; " in it for it in printed.err.splitlines()), "each line has a cure"
    assert read_folder(out) == before


def write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@pytest.mark.parametrize(
    ("given", "place", "meant"),
    [("str", "", "string"), ("int", "", "integer"), (["string", "nul"], "/1", "null")],
)
def test_a_type_that_is_none_is_refused_in_one_line_with_the_guess(
    given: Any, place: str, meant: str
) -> None:
    with pytest.raises(Refused) as refused:
        build_contract({FILE: text(member(type=given))}, "1")
    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{FILE}#/properties/it/type{place}: ")
    assert line.endswith(f"; write {meant!r} (JSON Schema)")


def test_a_type_that_stands_twice_is_one_fault() -> None:
    with pytest.raises(Refused) as refused:
        build_contract({FILE: text(member(type=["object", "object"]))}, "1")
    (line,) = str(refused.value).splitlines()
    assert line.endswith(
        '/type: ["object", "object"] has non-unique elements; correct it (JSON Schema)'
    )


def test_a_ring_that_may_end_is_no_endless_one() -> None:
    members: dict[str, Any] = {"again": {"anyOf": [{"$ref": "#/$defs/Inner"}, {"type": "null"}]}}
    inner = {**NEEDS_ITSELF, "properties": members}
    schema = {"$ref": "#/$defs/Inner", "$defs": {"Inner": inner}}
    assert build_contract({FILE: text(schema)}, "1").messages


def test_many_options_may_have_a_part_in_common() -> None:
    parts = [{"$ref": "#/$defs/Base"}, {"properties": {"x": {"type": "string"}}}]
    options = {f"Option{index}": {"allOf": parts} for index in range(400)}
    union = {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in options]}
    base = {"type": "object", "properties": {"id": {"type": "string"}}}
    build_contract({FILE: text({**union, "$defs": {**options, "Base": base}})}, "1")
    shallow = build_contract({FILE: text(diamonds(7, "anyOf"))}, "1")
    assert "D7" in shallow.modules["operations"].messages["Message"]["$defs"]


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--schemas", str(tmp_path / "gone"), "--out", str(tmp_path)]) == 2
    assert (
        "gone: no such folder; name one that is laid out like schemas/" in capsys.readouterr().err
    )


def test_what_stands_beside_schemas_is_left_out(tmp_path: Path) -> None:
    beside = (
        "README.md",
        "shop/README.md",
        "shop/.DS_Store",
        ".vscode/a.json",
        "shop/Order.json~",
    )
    files = {"shop/Order.json": b"{}", "shop/readme.txt": b""}
    write(tmp_path, {**dict.fromkeys(beside, b"#"), **files})
    assert [*read_schema_files(tmp_path)] == [*files]
    for path in files:
        (tmp_path / path).unlink()
    with pytest.raises(Refused, match=r"does not have a schema; add MODULE/MESSAGE\.json"):
        read_schema_files(tmp_path)


def test_every_fault_of_every_file_is_named_at_once() -> None:
    schema = message(properties={"a": {"type": "string", "patern": ""}, "b": {"mininum": 0}})
    with pytest.raises(Refused) as refused:
        build_contract({FILE: text(schema), "operations/Other.json": text([]), "x.json": b""}, "1")
    assert len(str(refused.value).splitlines()) == 4


def test_one_disagreement_of_a_model_leaves_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    schemas, out = tmp_path / "schemas", tmp_path / "generated"
    write(schemas, {"operations/Good.json": text({**message(), "title": "Good"})})
    arguments = ["--schemas", str(schemas), "--out", str(out)]
    assert main(arguments) == 0
    before = read_folder(out)
    write(schemas, {"operations/More.json": text({**message(), "title": "More"})})
    line = "schemas/operations/More.json:1#: the models differ"
    monkeypatch.setattr(
        agreement,
        "emitted_differences",
        lambda model, schema: (
            [": the models differ"]
            if model.__name__ == "More"
            else emitted_differences(model, schema)
        ),
    )
    capsys.readouterr()
    assert main(arguments) == 2
    assert line in capsys.readouterr().err
    assert read_folder(out) == before


def test_an_out_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("mine")
    assert main(["--schemas", str(SCHEMAS), "--out", str(tmp_path / "out")]) == 2
    assert "name what can be read and written" in capsys.readouterr().err
    assert (tmp_path / "out").read_text() == "mine"


def test_a_mistake_of_ours_is_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1 is for drift; a crash is 2 and one line: the place, and how to report it."""
    monkeypatch.setattr(generate, "compare_message", lambda *_: 1 / 0)
    assert main(["--schemas", str(SCHEMAS), "--check"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    file, message = line.split("#: ", 1)
    assert (SCHEMAS / file).is_file()
    said = r"the tool itself failed at generate\.py:\d+ \(ZeroDivisionError: .+\); report this line"
    assert re.match(said, message)


def test_who_interrupts_sees_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(generate, "render", interrupt)
    assert main(["--schemas", str(SCHEMAS), "--check"]) == 130
    assert capsys.readouterr().err == ""

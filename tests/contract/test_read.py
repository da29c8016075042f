"""What lies in ``schemas/`` is read, or refused with its file, the reason and the cure."""

import json
from pathlib import Path

import pytest
from contract.read import build_contract, read_schema_files
from contract.refusal import Refused

SCHEMA = b'{"type": "string"}'


@pytest.mark.parametrize(
    "name",
    ["con/Note.json", "aux/Note.json", "notes/Con.json", "notes/NUL.json", "notes/Com1.json"],
)
def test_a_name_that_windows_reserves_is_refused(name: str) -> None:
    with pytest.raises(Refused, match=f"{name}: Windows reserves the name '.*'; rename it"):
        build_contract({name: SCHEMA}, "1")


@pytest.mark.parametrize("name", ["console/Note.json", "notes/Context.json", "notes/Com.json"])
def test_a_name_that_only_begins_like_one_is_taken(name: str) -> None:
    assert build_contract({name: SCHEMA}, "1").messages


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"\xef\xbb\xbf" + SCHEMA, "begins with a byte order mark"),
        (SCHEMA.decode().encode("utf-16"), "is utf-16"),
        (SCHEMA.decode().encode("utf-16-be"), "is utf-16-be"),
        (SCHEMA.decode().encode("utf-32"), "is utf-32"),
    ],
)
def test_a_schema_is_utf_8(text: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=f"notes/Note.json#: {reason}; save the file as UTF-8"):
        build_contract({"notes/Note.json": text}, "1")


@pytest.mark.parametrize("open_close", [("[", "]"), ('{"not":', "}")])
def test_deep_nesting_is_called_deep_nesting(open_close: tuple[str, str]) -> None:
    opened, closed = (10_000 * it for it in open_close)
    text = f'{{"const": {opened}{{}}{closed}}}'.encode()
    with pytest.raises(Refused, match=r"notes/Note\.json#.*nested too deeply; move parts into"):
        build_contract({"notes/Note.json": text}, "1")


@pytest.mark.parametrize("target", ["nowhere", "a-folder", "Loop.json"])
def test_a_link_that_does_not_lead_to_a_file_is_refused(target: str, tmp_path: Path) -> None:
    schemas = tmp_path / "schemas"
    (schemas / "notes").mkdir(parents=True)
    (tmp_path / "a-folder").mkdir()
    (schemas / "notes" / "Note.json").write_bytes(SCHEMA)
    link = schemas / "notes" / "Loop.json"
    link.symlink_to(link if target == "Loop.json" else tmp_path / target)
    with pytest.raises(Refused, match=r"Loop\.json: a link that does not lead to a file; put"):
        read_schema_files(schemas)


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "Note.json").write_bytes(SCHEMA)
    (tmp_path / "schemas" / "notes").mkdir(parents=True)
    (tmp_path / "schemas" / "notes" / "Note.json").symlink_to(tmp_path / "Note.json")
    (read,) = read_schema_files(tmp_path / "schemas").values()
    assert json.loads(read) == json.loads(SCHEMA)

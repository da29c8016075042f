"""An upgrade tells a consumer what changes for it, and nothing about everybody else."""

import ast
import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from compatibility.findings import MessageComparison
from compatibility.python_api import ApiChange
from compatibility.schema_pair import SchemaPair
from contract.refusal import Refused
from proof.sandbox import write_files
from reports.lines import value_at
from upgrades.consumer import (
    NOTES,
    Consumer,
    change_sentence,
    roles_of,
    unwitnessed_changes,
)
from upgrades.places import Visits, parse_pointer, places_of_edit, touches
from upgrades.python_code import CodeReader

from tests.zoo.changes import CHANGES
from tests.zoo.first_contract import CONTRACT, FILE, PACKAGE_FOLDER
from tests.zoo.messages import text, valid, with_payload
from tests.zoo.repository import first_repository, set_version

pytestmark = pytest.mark.toolchain

COPY = "app/pydantic_models"
SCHEMA = f"contract/generated/pydantic_models/schemas/{FILE}"
CODE = """\
import logging

from app.pydantic_models.operations import CloseChatSessionResponse, RequestStatus


def handle(response: CloseChatSessionResponse) -> str:
    logging.timestamp
    if response.status is RequestStatus.FAILED:
        return response.timestamp
    return response.error
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where somebody stands who took 1.0.0 into ``app``; ``contract`` is a clone, set up."""
    (tmp_path / "contract").mkdir()
    first_repository(tmp_path / "contract")
    python = tmp_path / "contract/.venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', "utf-8")
    python.chmod(0o755)
    files = {it.relative_to(PACKAGE_FOLDER): it for it in PACKAGE_FOLDER.rglob("*.*")}
    kept = {
        str(path): it.read_bytes() for path, it in files.items() if "__pycache__" not in it.parts
    }
    write_files(kept, tmp_path / COPY)
    (tmp_path / "use.py").write_text(CODE, "utf-8")
    documents = [valid(), with_payload(total_events=0), valid(status="archived")]
    (tmp_path / "mine.ndjson").write_text("\n\n".join(map(text, documents)), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(home: Path, *labels: str, version: str = "2.0.0") -> None:
    """The checkout moves to a version with these changes."""
    schema = json.loads(CONTRACT.schema_files[FILE])
    for step in (step for label in labels for step in CHANGES[label].steps):
        step(schema)
    (home / "contract/schemas" / FILE).write_text(json.dumps(schema), "utf-8")
    set_version(home / "contract", version)
    generate = home / "contract/scripts/generate.py"
    subprocess.run([sys.executable, generate], check=True, capture_output=True)


def upgrade(*options: str) -> tuple[int, str, str]:
    """Exit status, stdout and stderr, by a Python that has the standard library alone."""
    command = [sys.executable, "-S", "-m", "app.pydantic_models", "upgrade", "--to", "contract"]
    done = subprocess.run([*command, *options], capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


TAKE = "take it: make -C contract vendor DEST=../app\n"


def test_what_changes_for_me_is_in_my_documents_my_code_and_on_the_wire(home: Path) -> None:
    change(home, "enum member", "property gone")
    shutil.copytree(home / "app", home / ".venv/lib/app")
    shutil.copy(home / "use.py", home / ".venv/lib/use.py")
    (home / ".venv/pyvenv.cfg").touch()
    status, out, err = upgrade("--data", "mine.ndjson", "--code", ".", "--reads", "/status")
    assert (status, err) == (1, ""), err
    enum, witness, *others = out.splitlines()
    assert enum == (
        f'{SCHEMA}:1#/$defs/RequestStatus/enum: added "archived":'
        " readers on 1.0.0 reject what 2.0.0 allows, at /status (enum)"
    )
    assert json.loads(witness.removeprefix("  witness "))["status"] == "archived"
    gone = "CloseChatSessionResponse.timestamp, which is gone (was str | MISSING)"
    assert others == [
        f"use.py:9: uses {gone}",
        "mine.ndjson:5#/status: 1 document is valid for 2.0.0, not for 1.0.0: Input should be"
        " 'pending', 'processing', 'completed' or 'failed'",
        "1.0.0 -> 2.0.0: 3 changes for you",
        "as a reader: take it before those who write to you",
        TAKE.strip(),
        "1 note, nothing to do:",
        "mine.ndjson: 3 documents judged",
    ]


@pytest.mark.full
def test_the_same_for_programs_for_github_and_for_a_comment(home: Path) -> None:
    change(home, "enum member", "optional property")
    status, out, _ = upgrade("--format", "json", "--reads=/status,/payload", "--code", "use.py")
    found = json.loads(out)
    assert status == 1
    assert {it: found[it] for it in ("old", "new", "changes", "order", "command")} == {
        "old": "1.0.0",
        "new": "2.0.0",
        "changes": 1,
        "order": ["as a reader: take it before those who write to you"],
        "command": "make -C contract vendor DEST=../app",
    }
    assert [it["kind"] for it in found["findings"]] == ["widens"]
    shown = upgrade("--format", "github", "--code", "use.py")[1].splitlines()
    assert [it.partition("::")[2].split(" ")[0] for it in shown] == ["error", "notice"]
    lines = upgrade("--format", "markdown", "--code", "use.py")[1].splitlines()
    assert lines[0] == "**1.0.0 -> 2.0.0: 1 change for you**"
    assert sum("<details><summary>witness</summary>" in it for it in lines) == 2
    command = lines.index("- take it: `make -C contract vendor DEST=../app`")
    assert lines[command + 1 : command + 3] == ["", "**1 note**"]
    assert "/properties/trace\\_id: added" in lines[command + 3]
    assert not any("trace" in it for it in lines[:command])


def test_notes_stand_below_the_answer_and_do_not_count(home: Path) -> None:
    change(home, "optional property", "default", version="1.1.0")
    status, out, _ = upgrade("--code", "use.py")
    assert status == 0
    answer, _, notes = out.partition(TAKE)
    assert answer == f"1.0.0 -> 1.1.0: nothing that you have to change\n{NOTHING[0]}\n"
    header, *lines = notes.splitlines()
    assert header == "2 notes, nothing to do:"
    assert [it.partition("#")[0] for it in lines if not it.startswith("  ")] == [f"{SCHEMA}:1"] * 2


NOTHING = ["take it before or after the others, as you like"]
READER_FIRST = ["as a reader: take it before those who write to you"]
READER_LAST = ["as a reader: take it after those who write to you"]
WRITER_FIRST = ["as a writer: take it before those who read from you"]
WRITER_LAST = ["as a writer: take it after those who read from you"]
NEITHER = ["neither order is safe: carry both versions side by side until all have moved"]
BOUND, PLACE = "minimum higher within null", "/payload/duration_seconds"
# By what changes, what is read and what is written.
WHO: dict[tuple[str, str | None, str | None], list[str]] = {
    ("enum member", None, None): [*READER_FIRST, *WRITER_LAST],
    ("enum member", "/status", None): READER_FIRST,
    ("enum member", None, "/status"): WRITER_LAST,
    ("enum member", "/status", "/payload"): READER_FIRST,
    ("enum member", "/payload", None): NOTHING,
    ("enum member gone", None, "/status"): WRITER_FIRST,
    ("enum member gone", "/error, /status", None): READER_LAST,
    ("enum member replaced", "/status", None): NEITHER,
    (BOUND, None, PLACE): WRITER_FIRST,
    (BOUND, None, "/payload"): WRITER_FIRST,
    (BOUND, None, "/payload/session_id"): NOTHING,
    ("required", None, "/status"): WRITER_FIRST,
    ("no longer required", "/payload/session_id", None): READER_FIRST,
    ("no longer required", "/status", None): NOTHING,
    ("default", "/status", None): NOTHING,
    ("description", None, None): NOTHING,
    # Mild is a note, but not for whoever names the place.
    ("optional property", None, None): NOTHING,
    ("optional property", None, "/trace_id"): WRITER_FIRST,
}


@pytest.mark.parametrize(("label", "reads", "writes"), WHO)
@pytest.mark.full
def test_who_moves_first_depends_on_what_i_read_and_write(
    label: str, reads: str | None, writes: str | None, tmp_path: Path
) -> None:
    schemas = {
        "old": CONTRACT.schema_files[FILE],
        "new": json.dumps(CHANGES[label].schema).encode(),
    }
    for name, source in schemas.items():
        files = {"manifest.json": b'{"version": "1.0.0"}', f"schemas/{FILE}": source}
        write_files(files, tmp_path / name)
    roles = roles_of(*(None if it is None else [it] for it in (reads, writes)))
    me = Consumer(tmp_path / "old", tmp_path / "new", roles)
    order = WHO[label, reads, writes]
    assert me.order == order
    assert any(it.kind not in NOTES for it, _ in me.wire) is (order is not NOTHING)


@pytest.mark.full
def test_documents_are_counted_by_what_changes_their_verdict(home: Path) -> None:
    """Two causes of four lines; the fifth document is as before."""
    change(home, "enum member gone", BOUND)
    fine, gone = valid(status="completed"), valid(status="failed")
    both = {**with_payload(duration_seconds=0), "status": "failed"}
    low = {**both, "status": "completed"}
    lines = [text(it) for it in (fine, low, gone, both, low)]
    (home / "more.ndjson.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    (home / "array.json").write_text("[\n" + ",\n".join(lines) + "]", "utf-8")
    (home / "none.py").touch()
    out = upgrade("--data", "more.ndjson.gz", "--data", "array.json", "--code", "none.py")[1]
    told = [it for it in out.splitlines() if it.startswith(("more", "array"))]
    assert [it.split(" valid")[0] for it in told] == [
        "more.ndjson.gz:2#/payload/duration_seconds: 3 documents are",
        "more.ndjson.gz:3#/status: 2 documents are",
        "array.json:3#/1/payload/duration_seconds: 3 documents are",
        "array.json:4#/2/status: 2 documents are",
        "more.ndjson.gz: 5 documents judged",
        "array.json: 5 documents judged",
    ]
    status, out, _ = upgrade("--data", "array.json", "--code", "none.py", "--reads", "/error")
    assert status == 0
    assert out.count("outside of what you read and write: ") == 2


@pytest.mark.full
def test_names_of_what_i_do_not_read_are_no_change_for_me(home: Path) -> None:
    change(home, "property gone")
    assert "CloseChatSessionResponse.timestamp, which is gone" in upgrade()[1]
    status, out, _ = upgrade("--reads", "/status")
    assert (status, "timestamp" in out) == (0, False), out


@pytest.mark.full
def test_an_edit_that_another_one_hides_is_still_a_change_for_who_reads_there(home: Path) -> None:
    """Each document that shows that ``timestamp`` is gone is one that ``minimum`` refuses too."""
    change(home, "property gone", "minimum higher")
    (home / "none.py").touch()
    status, out, _ = upgrade("--reads", "/timestamp", "--code", "none.py")
    assert status == 1
    assert "/properties/timestamp: removed" in out


def test_an_edit_without_a_document_is_told_as_the_gate_tells_it() -> None:
    pair = SchemaPair({"const": "a"}, {"const": "b"})
    changes = unwitnessed_changes(pair, MessageComparison("m/Message", "crosses", "major", []))
    assert {change_sentence(it, ("1", "2")).split(":")[0] for it in changes} == {'"a" -> "b"'}


@pytest.mark.full
def test_of_names_that_go_all_are_said_where_no_code_is_given(home: Path) -> None:
    change(home, "definition renamed")
    status, out, _ = upgrade()
    assert status == 1
    assert f"{COPY}/operations.py: RequestStatus: class RequestStatus -> class Status\n" in out


def test_a_copy_that_was_edited_is_a_finding_because_vendor_refuses_it(home: Path) -> None:
    (home / COPY / "py.typed").write_text("mine", "utf-8")
    status, out, _ = upgrade()
    assert status == 1
    assert out.startswith(f"{COPY}/py.typed: changed since it was taken, by a person")


@pytest.mark.full
def test_the_version_that_i_have_changes_nothing(home: Path) -> None:
    status, out, _ = upgrade("--data", "mine.ndjson", "--code", ".")
    assert (status, out) == (
        0,
        "1.0.0 -> 1.0.0: nothing that you have to change\nyour copy is this version already\n"
        "1 note, nothing to do:\n"
        "mine.ndjson: 3 documents judged, 1 valid for neither version\n",
    )


@pytest.mark.full
def test_all_of_an_option_that_is_given_twice_counts(home: Path) -> None:
    change(home, "enum member", "property gone")
    code = ("--code", "use.py", "--code", ".")
    status, out, _ = upgrade("--reads", "/status", "--reads=/error,", "--writes", "/error", *code)
    assert (status, out.count("/$defs/RequestStatus/enum: added")) == (1, 1)
    assert out.count("use.py:9: uses ") == 1


@pytest.mark.full
def test_a_clone_that_is_older_than_the_copy_is_named(home: Path) -> None:
    set_version(home / "contract", "0.9.0")
    generate = home / "contract/scripts/generate.py"
    subprocess.run([sys.executable, generate], check=True, capture_output=True)
    status, out, _ = upgrade()
    assert status == 0
    assert out.splitlines()[1].startswith("it is older than your copy: update the clone")


def test_documents_may_be_piped_in(home: Path) -> None:
    change(home, "enum member")
    command = [sys.executable, "-S", "-m", "app.pydantic_models", "upgrade", "--to", "contract"]
    given = (home / "mine.ndjson").read_bytes()
    done = subprocess.run([*command, "--data", "-"], input=given, capture_output=True)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1
    assert any(it.startswith("-:5#/status: 1 document is valid for 2.0.0") for it in lines), lines
    assert lines[-1] == "-: 3 documents judged"


@pytest.mark.full
def test_of_data_the_number_of_documents_is_a_note(home: Path) -> None:
    (home / "empty.ndjson").touch()
    (home / "lines.ndjson").write_text(f"\n{text(valid())}\n \n7\n", "utf-8")
    status, out, _ = upgrade("--data=empty.ndjson", "--data=lines.ndjson", "--code=use.py")
    assert status == 0
    assert out.splitlines()[-2:] == [
        "empty.ndjson: does not hold a document",
        "lines.ndjson: 2 documents judged, 1 valid for neither version",
    ]


@pytest.mark.full
def test_code_that_cannot_be_read_is_said_and_the_rest_is_read(home: Path) -> None:
    change(home, "property gone")
    (home / "app/old.py").write_text("print 1\n", "utf-8")
    (home / "app/.#old.py").symlink_to("the lock of an editor")
    (home / "app/folder.py").mkdir()
    out = upgrade("--code", "app", "--code", "use.py")[1]
    assert "app/old.py: was not read: " in out
    assert "use.py:9: uses CloseChatSessionResponse.timestamp" in out


@pytest.mark.full
def test_a_message_that_is_gone_is_said_of_the_data(home: Path) -> None:
    (home / "contract/schemas/operations/Other.json").write_text('{"type": "object"}', "utf-8")
    (home / "contract/schemas" / FILE).unlink()
    generate = home / "contract/scripts/generate.py"
    subprocess.run([sys.executable, generate], check=True, capture_output=True)
    status, out, _ = upgrade("--data", "mine.ndjson", "--code", "use.py")
    assert status == 1
    assert "mine.ndjson: operations.CloseChatSessionResponse is not in" in out
    assert "deleted: holders of the new version cannot read it" in out


def no_checkout(home: Path) -> None:
    (home / "contract/scripts/upgrade.py").unlink()


def not_set_up(home: Path) -> None:
    (home / "contract/.venv/bin/python").unlink()


def stale(home: Path) -> None:
    (home / "contract/generated/pydantic_models/py.typed").write_text("x", "utf-8")


def damaged(home: Path) -> None:
    (home / COPY / "manifest.json").write_text("{", "utf-8")


def incomplete(home: Path) -> None:
    (home / COPY / "schemas" / FILE).unlink()


def nothing(_: Path) -> None: ...


COULD_NOT: list[tuple[Any, tuple[str, ...], str]] = [
    (no_checkout, (), "contract: does not have scripts/upgrade.py; name an up-to-date clone (git"),
    (nothing, ("--to=nowhere",), "nowhere: is not there; name a clone of the contract's"),
    (not_set_up, (), "contract: is not set up; run make -C contract"),
    (stale, (), "py.typed: changed; run make -C contract"),
    (damaged, (), "manifest.json: the manifest is damaged; remove the package and vendor it again"),
    (incomplete, (), "CloseChatSessionResponse.json: missing; vendor it again"),
    (nothing, ("--reads=status",), "status: is no JSON Pointer; write one like"),
    (nothing, ("--reads=/stats",), "/stats: is no place of any message; name one that a schema"),
    (nothing, ("--writes=/payload/none",), "/payload/none: is no place of any message; name one"),
    (nothing, ("--message=Other",), "--message Other: is no one message of the copy; name one of"),
    (nothing, ("--data=none.ndjson",), "none.ndjson: No such file or directory"),
    (nothing, ("--message=A", "--message=B"), "--message A B: are several; name one, or none"),
    (
        nothing,
        ("--code=contract/generated/docs",),
        "docs: does not hold Python code of yours; name",
    ),
    (nothing, ("--code=none",), "none: is not there; name a folder of Python or a file"),
]


@pytest.mark.parametrize(("fault", "options", "words"), COULD_NOT)
@pytest.mark.one_in(5)
def test_what_cannot_be_answered_is_one_line_with_its_cure(
    fault: Any, options: tuple[str, ...], words: str, home: Path
) -> None:
    fault(home)
    status, out, err = upgrade(*options)
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


# Places.

MONEY: Any = {"type": "object", "properties": {"amount": {"type": "integer", "minimum": 0}}}
NODE: Any = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "kids": {"type": "array", "items": {"$ref": "#/$defs/Node"}},
    },
}
SHOP: Any = {
    "type": "object",
    "properties": {
        "price": {"$ref": "#/$defs/Money"},
        "taxes": {"type": "array", "items": {"$ref": "#/$defs/Money"}},
        "tree": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]},
        "pair": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]},
        "a/b": {"type": "string"},
    },
    "additionalProperties": {"type": "integer"},
    "$defs": {"Money": MONEY, "Node": NODE},
}
EDIT_PLACES = {
    "/properties/price": {"/price"},
    "/$defs/Money/properties/amount/minimum": {"/price/amount", "/taxes/*/amount"},
    "/$defs/Node/properties/name/type": {"/tree/name", "/tree/kids/*/**"},
    "/properties/pair/prefixItems/1/type": {"/pair/1"},
    "/properties/tree/anyOf/1/type": {"/tree"},
    "/properties/a~1b/type": {"/a~1b"},
    "/additionalProperties/type": {"/*"},
    "/required": {""},
    "/$defs/Unused/type": {"/**"},
}


@pytest.mark.parametrize("edit", EDIT_PLACES)
def test_an_edit_speaks_of_every_place_that_its_schema_judges(edit: str) -> None:
    places = places_of_edit([Visits(SHOP)], parse_pointer(edit))
    assert {*places} == {parse_pointer(it) for it in EDIT_PLACES[edit]}


@pytest.mark.parametrize(
    ("place", "pointer", "expected"),
    [
        ("/status", "/status", True),
        ("/payload/x", "/payload", True),
        ("/payload", "/payload/x", True),
        ("", "/status", True),
        ("/status", "/payload", False),
        ("/taxes/*/amount", "/taxes/3/amount", True),
        ("/taxes/*/amount", "/taxes/*/currency", False),
        ("/tree/**", "/tree/kids/0/kids", True),
        ("/tree/**", "/price", False),
    ],
)
def test_a_place_touches_what_is_in_it_and_what_it_is_in(
    place: str, pointer: str, expected: bool
) -> None:
    assert touches(parse_pointer(place), parse_pointer(pointer)) is expected


def test_a_schema_of_very_many_places_may_be_edited_anywhere() -> None:
    """Twenty definitions, each of which refers to the next one twice."""
    definitions: dict[str, Any] = {
        f"D{it}": {"properties": {name: {"$ref": f"#/$defs/D{it + 1}"} for name in "ab"}}
        for it in range(20)
    }
    definitions["D20"] = {"type": "string"}
    schema = {"$ref": "#/$defs/D0", "$defs": definitions}
    assert value_at(schema, ("$defs", "D20")) is not None
    assert places_of_edit([Visits(schema)], ("$defs", "D20", "type")) == [("**",)]


# Code.

CHANGED = {
    "shop": [
        ApiChange("Order.note", "str", None),
        ApiChange("Color.RED", "'red'", None),
        ApiChange("Gone", "class Gone", None),
    ]
}
USES = {
    "from pydantic_models.shop import Gone": {(1, "Gone", True)},
    "from .pydantic_models.shop import Gone as G\nG()": {(1, "Gone", True)},
    "import app.pydantic_models.shop\napp.pydantic_models.shop.Gone": {(2, "Gone", True)},
    "import app.pydantic_models.shop as s\ns.Color.RED": {(2, "Color.RED", True)},
    "from pydantic_models import shop\nx: shop.Gone": {(2, "Gone", True)},
    "from pydantic_models.shop import Color\nColor.RED\nColor.BLUE": {(2, "Color.RED", True)},
    "from pydantic_models.shop import Order\nOrder(note=1)": {(2, "Order.note", True)},
    "from pydantic_models.shop import Order\nx.order.note": {(2, "Order.note", True)},
    "from pydantic_models.shop import Order\ngetattr(x, 'note')": {(2, "Order.note", True)},
    "from pydantic_models.shop import Order\nmatch x:\n case Order(note=y): pass": {
        (3, "Order.note", True)
    },
    "from pydantic_models.shop import Order\nOrder(id=1).id": set[tuple[int, str, bool]](),
    "from pydantic_models.other import Gone": set[tuple[int, str, bool]](),
    "from elsewhere.shop import Gone, Order\nOrder(note=1)": set[tuple[int, str, bool]](),
    "import logging\nlogging.note": set[tuple[int, str, bool]](),
    "x.note": {(1, "Order.note", False)},
}


@pytest.mark.parametrize("code", USES)
def test_code_uses_what_it_names_of_the_package(code: str) -> None:
    found = CodeReader("pydantic_models", CHANGED).uses(ast.parse(code))
    assert {(it.line, it.change.name, it.is_sure) for it in found} == USES[code]


def test_a_pointer_begins_with_a_slash() -> None:
    assert parse_pointer("/a~1b/m~0n") == ("a/b", "m~n")
    with pytest.raises(Refused, match="is no JSON Pointer"):
        parse_pointer("a")

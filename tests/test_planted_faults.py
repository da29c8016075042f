"""Each planted fault of the tool is noticed by the check that is named beside it."""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from contract.project import MANIFEST
from contract.read import build_contract
from generate import render
from oracle import keywords, memory, validators
from oracle.oracle import Oracle
from output import drift, manifest, write
from output.drift import drift_of
from output.write import LOCK, read_folder, replace_files
from runtime import _verify

pytestmark = pytest.mark.full
Patch = pytest.MonkeyPatch


def rendering(bound: int) -> dict[str, bytes]:
    size = {"type": "integer", "maximum": bound}
    schema = {"type": "object", "title": "Note", "properties": {"size": size}}
    return render(build_contract({"notes/Note.json": json.dumps(schema).encode()}, "1")).files


FIRST, SECOND = rendering(3), rendering(4)
MODULE = MANIFEST.replace("manifest.json", "notes.py")


class Planted(NamedTuple):
    """One name of a module that means another thing, and the check that holds only without that."""

    module: Any
    name: str
    wrong: Any
    check: Callable[[Path], bool]


def accepts(schema: dict[str, Any], *verdicts: tuple[Any, bool]) -> Callable[[Path], bool]:
    """Whether one oracle has these verdicts, one after the other."""

    def check(_: Path) -> bool:
        for table in (memory.VALUES, memory.KEPT_VALUES, memory.ACCEPTED):
            table.clear()
        oracle = Oracle(schema)
        plain = oracle.faults_of
        return all((not plain(instance)) == verdict for instance, verdict in verdicts)

    return check


def drifts(edit: Callable[[Path], object], *expected: tuple[str, str]) -> Callable[[Path], bool]:
    """Whether the edit of a fresh folder is named so: the kind and the cause of each file."""

    def check(out: Path) -> bool:
        replace_files(FIRST, out)
        edit(out)
        return [(it.kind, it.cause) for it in drift_of(FIRST, out)] == [*expected]

    return check


def verifies(edit: Callable[[Path], object], *kinds: str) -> Callable[[Path], bool]:
    def check(out: Path) -> bool:
        replace_files(FIRST, out)
        package = (out / MANIFEST).parent
        edit(out)
        return [it.kind for it in _verify.integrity_findings(package)] == [*kinds]

    return check


def nothing(out: Path) -> None:
    """No edit."""


def hand(out: Path) -> None:
    (out / MODULE).write_bytes(FIRST[MODULE] + b"# more\n")


def removal(out: Path) -> None:
    (out / MODULE).unlink()


def addition(out: Path) -> None:
    (out / MODULE).with_name("more.py").write_bytes(b"")


def leftover(out: Path) -> None:
    (out / MODULE).with_name(".gone.py.new").write_bytes(b"half")


def root_is_told(out: Path) -> bool:
    replace_files(FIRST, out)
    package = (out / MANIFEST).parent
    right = manifest.sha256(FIRST[MANIFEST])
    told = [bool(_verify.root_findings(package, it)) for it in (right, "0" * 64, None)]
    return told == [False, True, False]


def second_replaces_first(out: Path) -> bool:
    replace_files(FIRST, out)
    leftover(out)
    replace_files(SECOND, out)
    present = read_folder(out)
    shutil.rmtree(out)
    return present == SECOND


def a_failed_write_leaves_the_file(out: Path) -> bool:
    """The disk is full in the middle of the second version."""
    replace_files(FIRST, out)
    with Patch.context() as patch:
        patch.setattr(Path, "write_bytes", half_written)
        with suppress(OSError):
            write.write_atomically(out, MODULE, SECOND[MODULE])
    return read_folder(out) == FIRST


def half_written(path: Path, content: bytes) -> int:
    with path.open("wb") as file:
        file.write(content[:7])
    raise OSError(28, "No space left on device", str(path))


def a_lock_stands_while_files_are_written(out: Path) -> bool:
    stood: list[bool] = []
    plain = Path.write_bytes

    def watched_write(path: Path, content: bytes) -> int:
        stood.append((out / LOCK).exists())
        return plain(path, content)

    with Patch.context() as patch:
        patch.setattr(Path, "write_bytes", watched_write)
        replace_files(FIRST, out)
    return bool(stood) and all(stood) and not (out / LOCK).exists()


def plain_write(out: Path, path: str, content: bytes) -> None:
    (out / path).parent.mkdir(parents=True, exist_ok=True)
    (out / path).write_bytes(content)


HAND = "a hand edited the output; run make"
INTEGER = {"properties": {"a": {"type": "integer"}}}
FAULTS = {
    "write: a file is replaced as a whole": Planted(
        write, "write_atomically", plain_write, a_failed_write_leaves_the_file
    ),
    "write: leftovers are removed": Planted(
        write, "is_leftover", lambda _: False, second_replaces_first
    ),
    "write: what is no longer generated is removed": Planted(
        write, "recorded_hashes", lambda _: {}, lambda out: stale_file_is_removed(out)
    ),
    "write: one run at a time": Planted(
        write, "LOCK", ".other.lock", a_lock_stands_while_files_are_written
    ),
    "drift: a leftover is blamed on a run": Planted(
        drift,
        "is_leftover",
        lambda _: False,
        drifts(leftover, ("extra", "a run was interrupted; run make")),
    ),
    "drift: an edit is changed": Planted(
        drift, "difference_kind", lambda *_: [], drifts(hand, ("changed", HAND))
    ),
    "drift: an edit is by a hand": Planted(
        drift, "cause_of", lambda *_: "the schema moved", drifts(hand, ("changed", HAND))
    ),
    "drift: a removal is missing": Planted(
        drift,
        "difference_kind",
        lambda path, fresh, found, _: [("changed", True)] if path not in found else [],
        drifts(removal, ("missing", "a hand removed it; run make")),
    ),
    "drift: an addition is extra": Planted(
        drift,
        "read_folder",
        lambda out: {path: it for path, it in read_folder(out).items() if path in FIRST},
        drifts(addition, ("extra", "a hand added it; remove it")),
    ),
    "verify: a changed file is named": Planted(
        _verify, "sha256", lambda _: "", verifies(hand, "changed")
    ),
    "verify: an added file is named": Planted(
        _verify, "walk_files", lambda _: [], verifies(addition, "extra")
    ),
    "verify --root: another root is named": Planted(
        _verify, "root_hash", lambda _: "0" * 64, root_is_told
    ),
    "oracle: 1 and true are two values": Planted(
        keywords,
        "equality_key",
        lambda value: value,
        accepts({"const": 1}, (1, True), (True, False)),
    ),
    "oracle: large numbers are the decimals that are written": Planted(
        memory,
        "with_exact_integers",
        lambda value: value,
        accepts({"uniqueItems": True}, ([1e300, 10**300], False), ([1e300, 1e299], True)),
    ),
    "oracle: a refused value is not remembered as accepted": Planted(
        validators,
        "ACCEPTED",
        type("Everything", (dict,), {"__contains__": lambda *_: True})(),
        accepts(INTEGER, ({"a": 1}, True), ({"a": "x"}, False)),
    ),
}


def stale_file_is_removed(out: Path) -> bool:
    more = {
        **FIRST,
        MODULE.replace("notes", "more"): b"",
    }
    hashes = json.loads(FIRST[MANIFEST])
    hashes["files"]["more.py"] = manifest.sha256(b"")
    replace_files({**more, MANIFEST: json.dumps(hashes).encode()}, out)
    replace_files(FIRST, out)
    return read_folder(out) == FIRST


@pytest.mark.parametrize("promise", FAULTS)
def test_without_a_fault_each_promise_is_kept(promise: str, tmp_path: Path) -> None:
    assert FAULTS[promise].check(tmp_path / "out")


@pytest.mark.parametrize("promise", FAULTS)
def test_a_planted_fault_breaks_the_promise_that_it_is_named_for(
    promise: str, tmp_path: Path, monkeypatch: Patch
) -> None:
    planted = FAULTS[promise]
    monkeypatch.setattr(planted.module, planted.name, planted.wrong)
    assert not planted.check(tmp_path / "out")

"""Every interruption of a run heals by running the command again; two runs do not mix."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from contract.project import MANIFEST, ROOT
from contract.refusal import Refused
from generate import render
from output import write
from output.drift import drift_of
from output.write import LOCK, read_folder, replace_files
from runtime._verify import integrity_findings

from tests.zoo.small_schemas import contract_of


def rendering(bound: int) -> dict[str, bytes]:
    size = {"type": "integer", "maximum": bound}
    schema = {"type": "object", "title": "Note", "properties": {"size": size}}
    return render(contract_of(notes_Note=schema)).files


FIRST, SECOND = rendering(3), rendering(4)


class Killed(BaseException):
    """No cleaning up runs but what a ``with`` does."""


def kill_before(number: int, step: str, patch: pytest.MonkeyPatch) -> Callable[[], int]:
    """The ``number``-th call of a step of writing ends the run; says how many calls were made."""
    calls = 0
    plain: Any = getattr(os if step == "replace" else Path, step)

    def counted(*arguments: Any, **options: Any) -> object:
        nonlocal calls
        if calls == number:
            if step == "write_bytes":  # in the middle of the file
                plain(arguments[0], bytes(arguments[1])[:7])
            raise Killed
        calls += 1
        return plain(*arguments, **options)

    patch.setattr(os if step == "replace" else Path, step, counted)
    return lambda: calls


@pytest.mark.parametrize("step", ["write_bytes", "replace", "unlink"])
@pytest.mark.parametrize("before", [{}, FIRST], ids=["nothing", "the-last-version"])
def test_a_run_that_is_killed_anywhere_heals_by_the_next(
    before: Mapping[str, bytes], step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kills = 0
    for number in range(200):
        out = tmp_path / str(number)
        if before:
            replace_files(before, out)
        with monkeypatch.context() as patch:
            kill_before(number, step, patch)
            try:
                replace_files(SECOND, out)
            except Killed:
                kills += 1
            else:
                break
        blamed = {it.cure for it in drift_of(SECOND, out)} if kills else set[str]()
        assert not any("hand" in cause for cause in blamed), (number, blamed)
        replace_files(SECOND, out)
        assert read_folder(out) == SECOND
        assert not [*out.rglob(".*")]
    written = [it for it in SECOND if before.get(it) != SECOND[it]]
    assert kills >= (1 if step == "unlink" else len(written))


def test_nothing_is_written_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a file is written, the file before it is there as a whole."""
    replace_files(FIRST, tmp_path)
    seen: list[bool] = []
    plain = Path.write_bytes

    def watched(path: Path, content: bytes) -> int:
        done = plain(path, content[:1])
        now = read_folder(tmp_path)
        seen.append(all(now[it] in (FIRST[it], SECOND[it]) for it in FIRST))
        return done + plain(path, content)

    monkeypatch.setattr(Path, "write_bytes", watched)
    replace_files(SECOND, tmp_path)
    assert seen
    assert all(seen)


def test_what_a_run_left_of_a_file_that_is_made_no_more_is_removed(tmp_path: Path) -> None:
    replace_files(FIRST, tmp_path)
    (tmp_path / "pydantic_models" / ".gone.py.new").write_bytes(b"half")
    (tmp_path / LOCK).write_text("interrupted")
    replace_files(SECOND, tmp_path)
    assert read_folder(tmp_path) == SECOND


def test_a_folder_whose_last_file_goes_is_removed_too(tmp_path: Path) -> None:
    replace_files(FIRST, tmp_path / "out")
    moved = render(contract_of(letters_Note={"type": "object"})).files
    replace_files(moved, tmp_path / "out")
    folders = {it for it in (tmp_path / "out").rglob("*") if it.is_dir()}
    assert folders
    assert [it for it in folders if not any(it.iterdir())] == []


def test_what_an_interrupted_run_may_have_done_is_not_blamed_on_a_hand(tmp_path: Path) -> None:
    replace_files(FIRST, tmp_path)
    (tmp_path / LOCK).write_text("interrupted")
    package = tmp_path / "pydantic_models"
    (package / "notes.py").write_bytes(b"half")
    (package / "py.typed").unlink()
    (package / "mine.py").touch()
    assert {Path(it.file).name: it.cure for it in drift_of(FIRST, tmp_path)} == {
        "mine.py": "a hand added it; remove it",
        "notes.py": "a run was interrupted; run make",
        "py.typed": "a run was interrupted; run make",
    }


def test_while_one_thread_has_the_lock_another_waits(tmp_path: Path) -> None:
    entered: list[str] = []

    def enter() -> None:
        with write.locked_file(tmp_path / LOCK):
            entered.append("the other")

    other = threading.Thread(target=enter)
    with write.locked_file(tmp_path / LOCK):
        other.start()
        other.join(0.2)
        entered.append("this one")
    other.join(20)
    assert entered == ["this one", "the other"]


def test_two_runs_into_one_folder_leave_one_of_the_two(tmp_path: Path) -> None:
    for _ in range(20):
        runs = [
            threading.Thread(target=replace_files, args=(files, tmp_path))
            for files in (FIRST, SECOND, FIRST, SECOND)
        ]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        assert read_folder(tmp_path) in (FIRST, SECOND)


def test_a_run_waits_for_the_one_that_writes(tmp_path: Path) -> None:
    script = f"""
import sys
sys.path[:0] = [{str(ROOT / "scripts")!r}]
from pathlib import Path
from output.write import replace_files
print("ready", flush=True)
replace_files({{"a": b"late", {MANIFEST!r}: b"{{}}"}}, Path(sys.argv[1]))
"""
    tmp_path.mkdir(exist_ok=True)
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        with write.locked_file(tmp_path / LOCK):
            assert other.stdout.readline() == b"ready\n"
            with pytest.raises(subprocess.TimeoutExpired):
                other.wait(0.3)
            assert not (tmp_path / "a").exists()
            (tmp_path / LOCK).unlink()
        assert other.wait(20) == 0
    assert (tmp_path / "a").read_bytes() == b"late"


def test_a_full_disk_is_named_by_the_file_and_half_a_file_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        plain(path, content[:7])
        raise OSError(28, "No space left on device")

    replace_files(FIRST, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match=r"No space left on device: .*pydantic_models"):
            replace_files(SECOND, tmp_path)
    assert read_folder(tmp_path) == FIRST


def test_a_folder_of_somebody_else_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="name a folder of generate's own"):
        replace_files(FIRST, tmp_path)
    assert read_folder(tmp_path) == {"mine.txt": b"mine"}
    assert not (tmp_path / LOCK).exists()


@pytest.mark.parametrize("target", ["nowhere", "a-folder", "link"])
def test_check_names_the_links_that_verify_names(target: str, tmp_path: Path) -> None:
    (tmp_path / "a-folder").mkdir()
    out = tmp_path / "out"
    replace_files(FIRST, out)
    link = out / "pydantic_models" / "link"
    link.symlink_to(link if target == "link" else tmp_path / target)
    (drift,) = drift_of(FIRST, out)
    (finding,) = integrity_findings(out / "pydantic_models")
    assert (drift.file, drift.kind) == ("pydantic_models/link", "extra")
    assert (Path(finding.file).name, finding.kind) == ("link", "extra")


def test_a_link_in_the_place_of_a_file_is_a_missing_file(tmp_path: Path) -> None:
    replace_files(FIRST, tmp_path)
    file = tmp_path / "pydantic_models" / "notes.py"
    file.unlink()
    file.symlink_to("nowhere")
    assert [(it.file, it.kind) for it in drift_of(FIRST, tmp_path)] == [
        ("pydantic_models/notes.py", "missing")
    ]
    assert [it.kind for it in integrity_findings(tmp_path / "pydantic_models")] == ["missing"]

"""The steps of a release, one after the other; a step that fails leaves everything as it was."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from compatibility.report import Report, settings_faults
from compatibility.revisions import Revision, project_version, run_git
from compatibility.show import as_text
from contract.project import MANIFEST, PROJECT_FILE, ROOT
from contract.refusal import Refused
from output.manifest import parse_manifest
from releases.artifacts import ROOT_HASH_FILE, built_files, put_files
from releases.changelog import (
    CHANGELOG,
    refuse_changelog,
    release_lines,
    sections,
    with_section,
    without_sections,
)
from releases.drafts import drafted_lines, stale_drafts
from releases.plan import Plan, contract_to_release, plan_release, reports_against_releases
from releases.repository import (
    all_or_nothing,
    edited_paths,
    git,
    head_commit,
    is_foreign,
    paths_to_commit,
    refuse_unready_repository,
    tags,
)
from runtime._finding import faults_named
from runtime._verify import sha256

VERSION_LINE = re.compile(r"""(?m)^(version\s*=\s*)(["'])[^"'\n]+\2(?=\s*(?:#|$))""")
PROJECT_TABLE = re.compile(r"(?ms)^\[project\]\s*$.*?(?=^\[|\Z)")
UNDONE_TEXT = "what the release wrote is undone: files, index, branch and tags are as they were"


# Before anything is written.


def obstacle(new: Revision, reports: list[Report]) -> str:
    """Why nothing can be released, in the words of the gate; empty if a release is possible."""
    for why, doubtful in (
        ("it is undecided who breaks", [it for it in reports if it.is_undecided]),
        ("no version allows what is forbidden", [it for it in reports if it.is_forbidden]),
    ):
        if doubtful:
            return f"{as_text(doubtful)}\nnot released: {why}"
    faults = settings_faults(new, reports, date.today())
    lines = [*map(str, faults), "not released: correct the accepted breaks first"]
    return "\n".join(lines) if faults else ""


def judged() -> tuple[Revision, list[Report]]:
    """What is to be released, and the reports against the releases that it follows."""
    refuse_unready_repository()
    new = contract_to_release()
    return new, reports_against_releases(new, date.today())


def planned(new: Revision, reports: list[Report], asked: str | None) -> Plan | None:
    """The plan; None if nothing changed since the last release, and no version is ``asked`` for."""
    text, known = read_text(CHANGELOG), tags()
    stale = stale_drafts(text, known, lambda version: lines_of(new, reports, version))
    changelog = without_sections(text, [it.version for it in stale])
    if reports and any(it.version == new.version and not it.is_chosen for it in stale):
        new = replace(new, version=reports[0].old.version)  # it was the draft that wrote another
    unchanged = bool(reports) and reports[0].bump == "none"
    patched = unchanged and package_changed(reports[0].old.name)
    is_named = asked or (reports and new.version != reports[0].old.version)
    if unchanged and not patched and not is_named:
        return None
    plan = plan_release(new, reports, asked, known, changelog, patched=patched)
    last = reports[0].old.version if reports else None
    refuse_changelog(changelog, plan.version, last)
    return plan


def package_changed(tag: str) -> bool:
    """Whether the package, apart from its version, would differ from that of a release."""
    with tempfile.TemporaryDirectory() as folder:
        run_command([sys.executable, "scripts/generate.py", "--out", folder])
        fresh = (Path(folder) / MANIFEST).read_bytes()
    released = run_git("show", f"{tag}:./generated/{MANIFEST}") or b""
    return files_but_version(fresh) != files_but_version(released)


def files_but_version(manifest: bytes) -> Mapping[str, str]:
    return {**parse_manifest(manifest).get("files", {}), "__init__.py": ""}


def section_lines(plan: Plan) -> list[str]:
    """The section of this version: as somebody wrote it, else from the findings."""
    written = sections(plan.changelog).get(plan.version)
    return written.split("\n") if written else lines_of(plan.new, plan.reports, plan.version)


def lines_of(new: Revision, reports: list[Report], version: str) -> list[str]:
    """The lines that the findings make for a version."""
    messages = [it.removesuffix(".json") for it in new.message_files]
    return release_lines(reports[0] if reports else None, messages, version)


def read_text(name: str) -> str:
    path = ROOT / name
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def run_command(command: list[str]) -> str:
    """The last line that a command prints. Raises Refused with all lines if it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    lines = [it for it in (done.stdout + done.stderr).splitlines() if it.strip()]
    if done.returncode != 0:
        raise Refused(*lines or [f"exit status {done.returncode}"])
    return lines[-1] if lines else ""


# The steps: each does what its name says, and returns what it did.


def write_version(plan: Plan) -> str:
    text = read_text(PROJECT_FILE)
    changed = PROJECT_TABLE.sub(
        lambda table: VERSION_LINE.sub(rf"\g<1>\g<2>{plan.version}\g<2>", table[0], count=1),
        text,
        1,
    )
    if project_version(changed.encode()) != plan.version:
        raise Refused(f'{PROJECT_FILE}: write version = "{plan.version}" on a line of [project]')
    if changed == text:
        return f"{PROJECT_FILE} has {plan.version}"
    write_text(PROJECT_FILE, changed)
    return f"{PROJECT_FILE}: {project_version(text.encode())} -> {plan.version}"


def write_text(name: str, text: str) -> None:
    with faults_named(name):
        (ROOT / name).write_bytes(text.encode())


def write_changelog(plan: Plan) -> str:
    text, lines = plan.changelog, section_lines(plan)
    says = "stays as it was written"
    if plan.version not in sections(text):
        drafted = drafted_lines(lines, is_chosen=plan.is_chosen)
        text, says = with_section(text, plan.version, drafted), f"lines {len(lines)}"
    if text != read_text(CHANGELOG):
        write_text(CHANGELOG, text)
    return f"{CHANGELOG}: ## {plan.version} {says}"


def generate(_: Plan) -> str:
    return run_command([sys.executable, "scripts/generate.py"])


def test(_: Plan, command: str) -> str:
    before = edited_hashes()
    print(f"test: {command}", flush=True)
    status = subprocess.run(command, shell=True, cwd=ROOT, check=False).returncode
    if status != 0:
        raise Refused(f"{command}: exit status {status}")
    moved = sorted(path for path, _ in before.items() ^ edited_hashes().items())
    if moved:
        raise Refused(f"{moved[0]}: {command} changed it; what is released stays as tested")
    return "succeeded"


def edited_hashes() -> Mapping[str, str]:
    """By path the hash of each file that differs from the last commit, "" where it is gone."""
    files = {it: ROOT / it for it in edited_paths()}
    return {it: sha256(path.read_bytes()) if path.is_file() else "" for it, path in files.items()}


def commit(plan: Plan) -> str:
    paths = paths_to_commit()
    git("add", "--all", "--", *paths)
    if edited_paths() or head_commit() is None:
        body = "\n".join(section_lines(plan))
        git("commit", "--quiet", "--message", f"Release {plan.version}", "-m", body, "--", *paths)
    left = [it for it in edited_paths() if not is_foreign(it)]
    if left:
        raise Refused(f"{left[0]}: a hook changed it after the commit; commit without that hook")
    return git("log", "-1", "--format=%h %s")


def tag(plan: Plan) -> str:
    body = "\n".join(section_lines(plan))
    git("tag", "--annotate", plan.tag, "--message", f"Release {plan.version}", "--message", body)
    return plan.tag


def build(plan: Plan) -> str:
    files = built_files(plan.tag)
    folder = put_files(files, plan.version).relative_to(ROOT)
    root_hash = files[ROOT_HASH_FILE].decode().strip()
    return f"{folder}: {', '.join(sorted(files))}, the same bytes twice; root hash {root_hash}"


Step = Callable[[Plan], str]
DRAFT_STEPS: Mapping[str, Step] = {"version": write_version, "changelog": write_changelog}


def steps_of_release(command: str) -> dict[str, Step]:
    """All steps; the ``command`` tests what is released."""
    return {
        **DRAFT_STEPS,
        "generate": generate,
        "test": partial(test, command=command),
        "commit": commit,
        "tag": tag,
        "build": build,
    }


def take_steps(plan: Plan, steps: Mapping[str, Step]) -> None:
    """Take each step and say what it did; Refused names the one that failed."""
    with all_or_nothing(plan.tag):
        for name, step in steps.items():
            try:
                print(f"{name}: {step(plan)}", flush=True)
            except (Refused, OSError) as error:
                raise Refused(f"{name}: {error}", f"not released: {UNDONE_TEXT}") from error

"""What the README says to type works."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from contract.project import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def block(language: str, heading: str) -> str:
    """The first code block of a section."""
    section = re.split(rf"\n##+ {heading}\n", README)[1]
    return section.split(f"```{language}\n")[1].split("```")[0]


def test_every_make_target_is_there() -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", README))
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert named
    assert named <= targets


def test_every_file_is_there() -> None:
    named = set(re.findall(r"`((?:scripts|schemas|generated|tests)/[\w./-]*)`", README))
    assert len(named) >= 5
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == [
        "schemas/MODULE/MESSAGE.json"  # stands for any
    ]


def test_the_example_runs() -> None:
    exec(block("python", "Using it"), {})


def as_installed(command: str) -> str:
    """A make command without the set-up of .venv, by the Python that runs this."""
    installed = f"--old-file=.venv/ready-highest RUN={sys.executable}"
    return command.replace("make ", f"make --silent {installed} ", 1)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="an sdist cannot be cloned")
def test_vendoring_works(tmp_path: Path) -> None:
    """The commands at the top, in a repository of somebody else."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    take, verify, look = README.split("```sh\n")[1].split("```")[0].splitlines()
    commands = f"{take}\n{verify}".replace("REPOSITORY", str(ROOT))
    ran = subprocess.run(
        ["bash", "-euc", commands], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert re.search(r"^app/pydantic_models: files \d+ intact$", ran.stdout, re.M)
    shown = subprocess.run(
        ["bash", "-euc", as_installed(look)],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "operations/CloseChatSessionResponse: same" in shown.stdout
    copied = {path.name for path in (tmp_path / "app/pydantic_models").iterdir()}
    assert {"operations.py", "manifest.json", "py.typed", "schemas", "conformance"} <= copied


def test_the_help_lists_every_target() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "undefined variable" not in listed.stderr
    for target in re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.M):
        assert re.search(rf"^{target} ", listed.stdout, re.M), target


@pytest.mark.skipif(not (ROOT / ".github").exists(), reason="an sdist has no workflow")
def test_the_workflow_runs_every_gate_and_make_alone() -> None:
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    commands = re.findall(r"- run: (.*)", workflow)
    assert all(command.startswith("make ") for command in commands)
    assert {"check", "lint", "compat", "test"} <= set(" ".join(commands).split())
    assert "merge-base" in workflow
    assert "fetch-depth: 0" in workflow

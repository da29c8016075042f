"""Who may import whom: a folder of scripts/ those of lower number, nobody a door or a test."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from contract.project import ROOT

SCRIPTS = ROOT / "scripts"
STAGES = (
    "reports",
    "contract",
    "oracle",
    "models",
    "documents",
    "proof",
    "output",
    "pages",
    "compatibility",
    "releases",
    "upgrades",
)
DOORS = {
    "generate",
    "compat",
    "vendor",
    "check_page",
    "bench",
    "release",
    "upgrade",
    "diff_schemas",
    "bowtie",
}
# What every stage may import of the runtime, and which stage may import more.
RUNTIME = {"_finding", "_pattern", "_formats"}
MORE = {it: {"_verify"} for it in ("output", "releases", "upgrades")}
MORE |= {"reports": {"_lines"}}
MORE |= {"proof": {"_conformance", "_paths"}}
APART = {(it, "pages") for it in ("compatibility", "releases", "upgrades")}
APART |= {("upgrades", "releases")}


def imported(path: Path) -> Iterator[list[str]]:
    """The dotted name of each import that is of this project, in parts."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            if node.module == "runtime":
                yield from (["runtime", alias.name] for alias in node.names)
            else:
                yield node.module.split(".")
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)


def is_allowed(stage: str, target: list[str]) -> bool:
    if target[0] == "runtime":
        return target[1] in RUNTIME | MORE.get(stage, set())
    if target[0] in STAGES:
        lower = STAGES.index(target[0]) <= STAGES.index(stage)
        return lower and (stage, target[0]) not in APART
    return target[0] not in DOORS


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_what_comes_before_it(stage: str) -> None:
    wrong = [
        f"{path.relative_to(SCRIPTS)}: {'.'.join(target)}"
        for path in sorted((SCRIPTS / stage).rglob("*.py"))
        for target in imported(path)
        if not is_allowed(stage, target)
    ]
    assert wrong == []


def test_the_runtime_imports_nothing_of_the_generator() -> None:
    ours = {*STAGES, *DOORS, "runtime", "bench_keywords", "bench_race", "bench_world"}
    ours |= {"world_schemas"}
    for path in (SCRIPTS / "runtime").rglob("*.py"):
        assert not [target for target in imported(path) if target[0] in ours], path


def test_every_folder_is_a_stage() -> None:
    folders = {path.parent for path in SCRIPTS.rglob("*.py")} - {SCRIPTS, SCRIPTS / "runtime"}
    assert {path.relative_to(SCRIPTS).parts[0] for path in folders} == {*STAGES}


def test_a_test_module_imports_no_other_test_module() -> None:
    tests = {path: [*imported(path)] for path in (ROOT / "tests").rglob("test_*.py")}
    assert len(tests) > 90
    wrong = [path for path, targets in tests.items() if any("test_" in it[-1] for it in targets)]
    assert wrong == []


def test_modules_and_functions_are_short() -> None:
    for path in SCRIPTS.rglob("*.py"):
        text = path.read_text("utf-8")
        name = path.relative_to(SCRIPTS).as_posix()
        assert len(text.splitlines()) <= 450, name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 30, f"{name}: {node.name}"

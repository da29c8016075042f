"""What the guides tell people to type works, block by block, in the order of each guide."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from compatibility.formats import FORMATTERS
from contract.project import ROOT, settings_in

from tests.zoo.first_contract import FILE, VERSION
from tests.zoo.markdown_blocks import GUIDES, blocks, guide_text
from tests.zoo.messages import text, valid
from tests.zoo.repository import commit_all, edit, git, set_version

TARGETS = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.M))
README, CONTRIBUTING, SCHEMAS, SCRIPTS, RUNTIME, TESTS = GUIDES
# A block runs by the Python of this test, without the set-up of .venv. Targets that run this test,
# take minutes or download only show what they would run, and pytest only collects. A release tests
# by another command.
TOOLS = {
    "make": f"""\
if [ "$#" = 2 ] && [ "$1" = -C ]; then  # what sets up a clone
    mkdir -p "$2/.venv/bin" && cp "$(dirname "$0")/python3" "$2/.venv/bin/python"
fi
for word; do case $word in test|test-*|lint|bench|lock|clean) show=--dry-run ;; esac; done
exec {shutil.which("make")} ${{show-}} --silent --old-file=.venv/ready-highest \\
    RUN={sys.executable} TEST=true "$@"
""",
    "python3": f"""\
case "$*" in "-m pytest "*) set -- "$@" --collect-only -p no:cacheprovider ;; esac
exec {sys.executable} "$@"
""",
}
PATIENCE = """\
from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
"""


def run(commands: str, folder: Path) -> str:
    """What bash prints; a command with the comment ``# fails`` has to fail."""
    # Beside the home of the person; without these tools a block would run this test again.
    base = next(it for it in folder.resolve().parents if (it / "tools/make").is_file())
    kept = {it: os.environ[it] for it in os.environ if not it.startswith(("MAKE", "MFLAGS"))}
    names = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    typed = re.sub(r"^(.*?) +# fails.*$", r"! \1", commands, flags=re.M)
    done = subprocess.run(
        ["bash", "-euc", typed.replace("REPOSITORY", str(base / "origin"))],
        cwd=folder,
        env={**kept, **{f"GIT_{it}": "n" for it in names}, "PATH": f"{base}/tools:{kept['PATH']}"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"{typed}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture
def home(tmp_path: Path, first_repository: Path) -> Path:
    """The folder of a person who owns nothing yet; beside it lies the repository of the contract,
    released as 1.0.0."""
    (tmp_path / "tools").mkdir()
    for name, script in TOOLS.items():
        (tmp_path / "tools" / name).write_text(f"#!/bin/sh\n{script}")
        (tmp_path / "tools" / name).chmod(0o755)
    origin, home = tmp_path / "origin", tmp_path / "home"
    home.mkdir()
    shutil.copytree(first_repository, origin, symlinks=True)
    shutil.copy(ROOT / SCHEMAS, origin / SCHEMAS)
    commit_all(origin, "The first release")
    git(origin, "tag", f"v{VERSION}")
    return home


@pytest.fixture
def clone(home: Path) -> Path:
    """A clone that is set up: what ``.venv`` has is the Python of this test."""
    run("git clone --quiet REPOSITORY contract", home)
    python = home / "contract/.venv/bin/python"
    python.parent.mkdir(parents=True)
    shutil.copy(home.parent / "tools/python3", python)
    return home / "contract"


@pytest.fixture
def app(home: Path, clone: Path) -> Path:
    """The same person has vendored the package into ``app``, and has data."""
    run("make -C contract vendor DEST=../app", home)
    (home / "data.ndjson").write_text(f"{text(valid())}\n\n{text(valid())}\n", "utf-8")
    return home


def test_the_readme_from_its_first_command_to_a_changed_contract(home: Path, clone: Path) -> None:
    start, take, change = blocks(README, "sh")
    (use,) = blocks(README, "python")
    assert "disagreements 0" in run(start, clone)
    shutil.rmtree(clone)
    taken = run(take, home)
    assert re.search(r"^app/pydantic_models: files \d+ intact$", taken, re.M)
    assert "1.0.0 -> 1.0.0: nothing that you have to change" in taken
    (home / "use.py").write_text(use, "utf-8")
    run("python3 use.py", home)
    edit(clone / "schemas" / FILE, "Response payload", "The payload")
    assert "same, asks for a patch version" in run(change, clone)


@pytest.mark.full
def test_contributing_from_a_clone_to_a_release(home: Path, clone: Path) -> None:
    setup, *_, schema, generator, release = blocks(CONTRIBUTING, "sh")
    for commands in (schema, generator):
        assert "disagreements 0" in run(commands, clone)
    edit(clone / "schemas" / FILE, "Response payload", "The payload")
    (clone / "CHANGELOG.md").write_text("# Changelog\n\n## 1.0.0\n\n- First.\n", "utf-8")
    printed = run(release.replace("VERSION", "1.0.1"), clone)
    assert "nothing was written" in printed
    assert printed.count(": OK\n") == 2
    assert "v1.0.1" in run("git tag --points-at HEAD && git diff --exit-code", clone)
    shutil.rmtree(clone)
    assert "compat" in run(setup, home)


@pytest.mark.full
def test_a_contract_of_your_own_from_a_clone_to_its_first_major_version(clone: Path) -> None:
    remove, first, major = blocks(CONTRIBUTING, "sh")[1:4]
    run(remove, clone)
    (clone / "schemas/shop").mkdir()
    (clone / "schemas/shop/Order.json").write_text('{"type": "object"}', "utf-8")
    (clone / "CHANGELOG.md").write_text("# Changelog\n", "utf-8")
    set_version(clone, "0.1.0")
    assert "messages 1," in run(first, clone)
    assert "- `shop.Order`: new." in (clone / "CHANGELOG.md").read_text("utf-8")
    assert not (clone / "generated/pydantic_models/operations.py").exists()
    run(major, clone)
    assert run("git tag", clone).split() == ["v0.1.0", "v1.0.0"]


@pytest.mark.full
def test_the_guide_for_authors_from_a_new_message_to_its_version(clone: Path) -> None:
    (schema,) = blocks(SCHEMAS, "json")
    generate, draft, undo, again, _ = blocks(SCHEMAS, "sh")
    (clone / "CHANGELOG.md").write_text("# Changelog\n\n## 1.0.0\n\n- First.\n", "utf-8")
    (clone / "schemas/shop").mkdir()
    (clone / "schemas/shop/Order.json").write_text(schema, "utf-8")
    (clone / "schemas/shop/README.md").write_text("What a shop sends.\n", "utf-8")
    assert "it needs 1.1.0" in run(generate, clone)
    assert "class OrderLinesItem(" in (clone / "generated/pydantic_models/shop.py").read_text()
    run(draft, clone)
    assert "- `shop.Order`: new.\n" in (clone / "CHANGELOG.md").read_text("utf-8")
    run(undo, clone)
    assert "CHANGELOG.md" not in run("git diff --name-only", clone)
    assert 'version = "1.0.0"' in (clone / "pyproject.toml").read_text("utf-8")
    run(draft, clone)
    assert "shop/Order: widens, asks for a minor version" in run("make compat", clone)
    assert "this is 1.1.0" in run(again, clone)
    assert "v1.1.0" in run("git tag --points-at HEAD && git diff --exit-code", clone)


@pytest.mark.full
def test_the_report_that_the_authors_read_is_the_one_they_get(clone: Path) -> None:
    """An ellipsis stands for the rest of a value or of a line."""
    (report,) = blocks(SCHEMAS, "text")
    edit(clone / "schemas" / FILE, '"failed"', '"failed", "archived"')
    printed = run("make compat FORMAT=text || true", clone)
    pattern = ".*".join(map(re.escape, report.strip().split("…")))
    assert re.fullmatch(pattern, printed.strip()), printed


@pytest.mark.full
def test_the_break_that_the_authors_accept_is_the_one_of_the_report(clone: Path) -> None:
    _, entry, _ = blocks(SCHEMAS, "toml")
    edit(clone / "schemas" / FILE, '"failed"', '"failed", "archived"')
    with (clone / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write(re.sub(r"until = .*", f"until = {date.today()}", f"\n{entry}"))
    printed = run("make compat || true", clone)
    assert "\naccepted breaks:\n" in printed
    assert "accepted until" in printed
    assert "it needs 1.1.0" in printed
    assert "[[tool" not in printed


@pytest.mark.full
def test_a_property_is_removed_as_the_guide_for_authors_says(clone: Path) -> None:
    (member,) = blocks(SCHEMAS, "json5")
    schema = clone / "schemas" / FILE
    edit(schema, '"properties": {', f'"properties": {{ {member.strip()},')
    assert "deprecated" in run("make compat || true", clone)
    commit_all(clone, "deprecated")
    git(clone, "tag", "v1.1.0")
    edit(schema, f" {member.strip()},", "")
    printed = run("make compat FORMAT=markdown || true", clone)
    early = date.today() < date(2027, 1, 31)
    assert ("it is promised until 2027-01-31" in printed) is early


@pytest.mark.full
def test_git_shows_the_verdict_on_an_edit_of_a_schema(clone: Path) -> None:
    *_, review = blocks(SCHEMAS, "sh")
    edit(clone / "schemas" / FILE, '"failed"', '"failed", "archived"')
    printed = run(review, clone)
    assert re.search(r'^\+.*"archived"', printed, re.M)
    assert "readers on the old schema reject what the new schema allows, at /status" in printed
    assert re.search(r'^    witness \{.*"archived"', printed, re.M)
    (clone / "schemas" / FILE).write_text("{", "utf-8")
    assert f"{FILE}:1: not JSON" in run("git diff schemas", clone)
    (clone / "schemas" / FILE).unlink()
    (clone / "schemas/shop").mkdir()
    (clone / "schemas/shop/New.json").write_text("{}", "utf-8")
    assert "deleted: holders of the new version" in run("git diff schemas", clone)


def test_the_formats_in_the_guide_for_authors_are_those_of_the_gate() -> None:
    table = guide_text(SCHEMAS).split("| format | for whom |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.M)) == FORMATTERS.keys()


def test_the_guide_for_consumers_on_the_copy_that_they_have(app: Path) -> None:
    check, _, validate = blocks(RUNTIME, "sh")
    assert len(re.findall(r"^app/pydantic_models: files \d+ intact", run(check, app), re.M)) == 2
    assert "documents 2, invalid 0" in run(validate, app)


@pytest.mark.full
def test_the_guide_for_consumers_on_an_upgrade(app: Path) -> None:
    """As the README, with what they read, their documents and their code."""
    _, upgrade, _ = blocks(RUNTIME, "sh")
    use, *_ = blocks(RUNTIME, "python")
    (app / "use.py").write_text(use, "utf-8")
    assert run(upgrade, app).endswith(", as here\n")


@pytest.mark.full
def test_the_python_of_the_guide_for_consumers(app: Path) -> None:
    """The block for Spark runs in test_spark.py."""
    use, serve, _, kit = blocks(RUNTIME, "python")
    served = "print(*app.openapi()['components']['schemas'])"
    for name, code in {"use": use, "serve": f"{serve}\n{served}\n", "test_kit": kit}.items():
        (app / f"{name}.py").write_text(code, "utf-8")
    run("python3 use.py", app)
    assert {"CloseChatSessionResponse", "RequestStatus"} <= set(
        run("python3 serve.py", app).split()
    )
    # A busy machine draws slowly. This is the Python of the test, for the other one only collects.
    (app / "conftest.py").write_text(PATIENCE, "utf-8")
    assert " passed" in run(f"{sys.executable} -m pytest --quiet test_kit.py", app)


def test_the_map_of_the_tool_leads_to_every_module_and_to_each_rule(clone: Path) -> None:
    modules, rules = blocks(SCRIPTS, "sh")
    listed = {line.partition(":")[0] for line in run(modules, clone).splitlines()}
    assert listed == {it.relative_to(clone).as_posix() for it in clone.glob("scripts/**/*.py")}
    table = guide_text(SCRIPTS).split("\n## Where a keyword lives\n")[1].split("\n## ")[0]
    files = set(re.findall(r"^\| \w+ \| `(.*?)` \|", table, re.M))
    found = {line.partition(":")[0] for line in run(rules, clone).splitlines()}
    assert found - files == {"tests/zoo/keywords.py", SCRIPTS}
    assert files - found == {"scripts/oracle/keywords.py"}  # which jsonschema judges by itself


def test_the_settings_in_the_guide_for_authors_are_read(tmp_path: Path) -> None:
    table, _, modes = blocks(SCHEMAS, "toml")
    table += f"\n{modes}"
    (tmp_path / "pyproject.toml").write_text(table, "utf-8")
    (tmp_path / "vendored").mkdir()
    (tmp_path / "vendored/types.json").write_text("{}", "utf-8")
    settings = settings_in(tmp_path)
    assert settings.annotations == ("unitOfMeasure", "shop…")
    assert settings.dialect == "http://json-schema.org/draft-04/schema"
    assert settings.resources.keys() == {"https://example.org/types.json"}
    assert settings.names == {"shop/Order.json#/properties/lines/items": "Line"}
    assert settings.compatibility == {"*": "backward", "shop/Order": "full"}


@pytest.mark.full
def test_the_guide_for_tests(clone: Path) -> None:
    (one,) = blocks(TESTS, "sh")
    assert "test_bad_input.py" in run(one, clone)


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_has_no_block_that_nobody_runs(guide: str) -> None:
    languages = re.findall(r"^```(\w*)\n", guide_text(guide), re.M)[::2]  # others end a block
    runs = {README: "sh python", SCHEMAS: "sh json json5 text toml", RUNTIME: "sh python"}.get(
        guide, "sh"
    )
    assert {*languages} - {"mermaid"} == set(runs.split()), languages


@pytest.mark.parametrize("guide", GUIDES)
def test_what_a_guide_names_is_there(guide: str) -> None:
    content = guide_text(guide)
    assert set(re.findall(r"\bmake ([a-z][a-z-]+)(?=[`\s])", code_of(content))) <= TARGETS
    stands_for_any = {"schemas/MODULE/MESSAGE.json", "schemas/shop/Order.json"}
    named = re.findall(r"`((?:scripts|schemas|generated|tests)/[\w./-]*)`", content)
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", content)
    paths = [ROOT / it for it in named if it not in stands_for_any]
    paths += [(ROOT / guide).parent / it for it in links]
    assert [str(it) for it in paths if not it.exists()] == []


def code_of(content: str) -> str:
    """What stands in code spans and in blocks of commands."""
    return "\n".join(re.findall(r"`[^`\n]+`|^```sh\n.*?^```", content, re.M | re.S))


def test_the_readme_is_short() -> None:
    assert len(guide_text(README).splitlines()) <= 120


def test_the_guide_for_consumers_travels_with_the_package() -> None:
    assert (ROOT / "generated/pydantic_models/README.md").read_text("utf-8") == guide_text(RUNTIME)


def test_the_help_lists_every_target() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "undefined variable" not in listed.stderr
    for target in TARGETS:
        assert re.search(rf"^{target} ", listed.stdout, re.M), target


def test_a_make_that_a_test_runs_does_not_see_what_its_make_was_called_with(tmp_path: Path) -> None:
    shows = tmp_path / "python"
    shows.write_text("#!/bin/sh\nenv\n", "utf-8")
    shows.chmod(0o755)
    mine = {"VENV": str(tmp_path), "PYDANTIC": "mine", "PYTHON": "mine", "MARKS": "mine"}
    given = [f"{name}={value}" for name, value in (mine | {"RUN": str(shows)}).items()]
    ready = [f"--old-file={tmp_path}/ready-mine", f"--old-file={tmp_path}/node_modules"]
    for name in ("ready-mine", "node_modules"):
        (tmp_path / name).touch()
    command = ["make", "--silent", *ready, "test", *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seen = dict(line.partition("=")[::2] for line in done.stdout.splitlines())
    assert "PATH" in seen
    assert seen.keys().isdisjoint({*mine, "MAKEFLAGS", "MAKEOVERRIDES"})


def test_the_workflow_runs_every_gate_and_make_alone() -> None:
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    commands = re.findall(r"- run: (.*)", workflow)
    assert all(command.startswith("make ") for command in commands)
    assert {"check", "lint", "compat", "test"} <= set(" ".join(commands).split())
    assert "merge-base" in workflow
    assert "fetch-depth: 0" in workflow

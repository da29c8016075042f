"""Plants one fault in the tool and runs one test with it, in a process that ends with the test.

The tool is imported once; each question forks. A fault is a text of ``scripts/`` in the place of
another. It is planted in what is loaded, and in the copies that a test makes of tool and runtime.
"""

import __future__

import ast
import contextlib
import gc
import inspect
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from subprocess import PIPE, Popen
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import pytest
from contract.project import MANIFESTS, ROOT
from contract.project import PACKAGE as PACKAGE_NAME
from output import package
from output.manifest import manifests
from proof.sandbox import write_files

from tests.zoo import first_contract, repository

SCRIPTS = ROOT / "scripts"
SECONDS = 120  # for each test
NO_CODE = {"NameError", "SyntaxError", "UnboundLocalError"}
OPTIONS = ("-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", str(ROOT))
START = (
    "import sys; sys.path[:0] = sys.argv[1:];"
    " from tests.zoo.planting import answer_questions; answer_questions()"
)


class Fault(NamedTuple):
    """In ``file`` below ``scripts/`` the text ``old``, which is there once, becomes ``new``."""

    file: str
    old: str
    new: str

    @property
    def before(self) -> str:
        return (SCRIPTS / self.file).read_text("utf-8")

    @property
    def after(self) -> str:
        return self.before.replace(self.old, self.new)


class Answer(NamedTuple):
    """How tests ended: the exit status of pytest, what was raised, the end of what was printed."""

    status: int
    raised: list[str]
    printed: str


# The one who asks.


@contextmanager
def questions(folder: Path) -> "Generator[Popen[str]]":
    """A process that answers; what it leaves behind is in the folder."""
    command = [sys.executable, "-c", START, str(ROOT), str(SCRIPTS)]
    environment = {**os.environ, "TMPDIR": str(folder)}
    with Popen(command, cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE, text=True) as process:
        yield process
        process.communicate()


def ask(process: "Popen[str]", tests: Iterable[str], fault: Fault | None = None) -> Answer:
    """How these tests end, by their places below ``tests/``, with the fault if there is one."""
    assert process.stdin is not None
    assert process.stdout is not None
    print(json.dumps([[*tests], fault]), file=process.stdin, flush=True)
    return Answer(*json.loads(process.stdout.readline()))


def assert_is_noticed(process: "Popen[str]", fault: Fault, test: str) -> None:
    """The test fails with the fault, and not because that is no code at all."""
    answer = ask(process, [test], fault)
    assert answer.status == pytest.ExitCode.TESTS_FAILED, answer.printed
    assert NO_CODE.isdisjoint(answer.raised), answer.printed


# The one who answers.


def answer_questions() -> None:
    for module in ("compat", "generate", "release", "vendor", "tests.zoo.changes"):
        import_module(module)
    for file in first_contract.PACKAGE_FOLDER.glob("_[a-z]*.py"):
        import_module(f"{first_contract.PACKAGE}.{file.stem}")
    with contextlib.redirect_stdout(sys.stderr):
        run_tests(["test_apart.py"], "--collect-only")  # pytest and its plugins are loaded too
    gc.freeze()
    for line in sys.stdin:
        tests, fault = json.loads(line)
        child = os.fork()
        if not child:
            answer(tests, Fault(*fault) if fault else None)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            print(json.dumps(Answer(-os.WTERMSIG(status), [], "")), flush=True)


def answer(tests: list[str], fault: Fault | None) -> None:
    """Print the answer, and end this process."""
    signal.alarm(SECONDS * len(tests))
    shown, printed = os.dup(1), Path(tempfile.mkdtemp(), "printed")
    file = os.open(printed, os.O_CREAT | os.O_WRONLY)
    for output in (1, 2):
        os.dup2(file, output)
    try:
        if fault is not None:
            plant(fault)
        status, raised = run_tests(tests)
    except Exception as error:
        status, raised = -1, [repr(error)]
    sys.stdout.flush()
    text = printed.read_text("utf-8", "replace")[-3000:]
    with os.fdopen(shown, "w") as stdout:
        print(json.dumps(Answer(status, raised, text)), file=stdout)
    os._exit(0)


class Watcher:
    """What tests raise."""

    def __init__(self) -> None:
        self.raised: list[str] = []

    @pytest.hookimpl
    def pytest_exception_interact(self, call: pytest.CallInfo[None]) -> None:
        if call.excinfo is not None:
            self.raised.append(call.excinfo.typename)


def run_tests(tests: Iterable[str], *options: str) -> tuple[int, list[str]]:
    watcher = Watcher()
    places = [str(ROOT / "tests" / it) for it in tests]
    return int(pytest.main([*OPTIONS, *options, *places], [watcher])), watcher.raised


# The fault.


def plant(fault: Fault) -> None:
    """Put the fault where the tool is loaded, and where tests copy it from."""
    import_module(fault.file.removesuffix(".py").replace("/", "."))
    for module in [*sys.modules.values()]:
        if is_loaded_from(module, fault):
            change_module(module, fault)
    plant_in_copies(fault)
    if fault.file.startswith("runtime/"):
        plant_in_packages(fault)


def is_loaded_from(module: ModuleType, fault: Fault) -> bool:
    """Whether the module is that file, or a copy of it."""
    path = Path(getattr(module, "__file__", None) or "")
    return path.name == Path(fault.file).name and path.read_text("utf-8") == fault.before


def change_module(module: ModuleType, fault: Fault) -> None:
    for statement in changed_statements(fault):
        names = dict(vars(module))
        tree, file = ast.Module([statement], []), str(module.__file__)
        exec(compile(tree, file, "exec", flags_of(module)), names)
        for name, new in names.items():
            old = vars(module).get(name)
            if old is not new and name != "__builtins__":
                change_value(name, old, new)


def flags_of(module: ModuleType) -> int:
    """Those that the module is compiled with: whether annotations are evaluated."""
    feature = __future__.annotations
    return feature.compiler_flag if vars(module).get("annotations") is feature else 0


def changed_statements(fault: Fault) -> Iterator[ast.stmt]:
    """The statements of the module that are others with the fault."""
    bodies = [ast.parse(it).body for it in (fault.before, fault.after)]
    for old, new in zip(*bodies, strict=True):
        if ast.dump(old) != ast.dump(new):
            yield new


def change_value(name: str, old: Any, new: Any) -> None:
    """Make what the name means another thing for all who know it."""
    if isinstance(old, type):
        for member, value in vars(new).items():
            if member in vars(old):
                change_function(vars(old)[member], value)
    elif isinstance(old, dict):
        old.clear()
        old.update(new)
    elif not change_function(old, new):
        for module in [*sys.modules.values()]:
            if vars(module).get(name) is old:
                setattr(module, name, new)


def change_function(old: Any, new: Any) -> bool:
    """Give the function, if it is one, what the other one does."""
    plain, other = (inspect.unwrap(function_of(it)) for it in (old, new))
    if not isinstance(plain, FunctionType) or not isinstance(other, FunctionType):
        return False
    plain.__code__, plain.__defaults__ = other.__code__, other.__defaults__
    return True


def function_of(member: Any) -> Any:
    if isinstance(member, property):
        return member.fget
    if isinstance(member, cached_property):
        return member.func
    return member.__func__ if isinstance(member, classmethod | staticmethod) else member


def plant_in_copies(fault: Fault) -> None:
    plain = repository.copy_of_tool

    def copy_of_tool(folder: Path) -> None:
        plain(folder)
        (folder / "scripts" / fault.file).write_text(fault.after, "utf-8")

    repository.copy_of_tool = copy_of_tool


def plant_in_packages(fault: Fault) -> None:
    """In those that are made from now on, and in that of the first contract."""
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(package.RUNTIME, folder / "runtime")
    (folder / fault.file).write_text(fault.after, "utf-8")
    package.RUNTIME = folder / "runtime"
    files = {path: it for path, it in first_contract.FILES.items() if path not in OWN}
    files[f"{PACKAGE_NAME}/{Path(fault.file).name}"] = fault.after.encode()
    files |= manifests(first_contract.CONTRACT, files)
    write_files(files, folder / "generated")
    first_contract.FILES = files
    vars(repository)["FILES"] = files
    first_contract.GENERATED = folder / "generated"
    first_contract.PACKAGE_FOLDER = folder / "generated" / PACKAGE_NAME


OWN = MANIFESTS.values()

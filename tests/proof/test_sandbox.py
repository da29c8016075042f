"""The packages of the proof share the bytecode of the runtime."""

from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import pytest
from output.package import package_code
from proof.sandbox import imported_package

from tests.zoo.small_schemas import TEXT, contract_of, members

pytestmark = pytest.mark.toolchain


def test_a_module_of_the_runtime_is_compiled_once_for_all_packages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[str] = []
    compile_source: Any = SourceFileLoader.source_to_code

    def record(self: Any, data: Any, path: Any, **options: Any) -> Any:
        compiled.append(Path(path).name)
        return compile_source(self, data, path, **options)

    monkeypatch.setattr(SourceFileLoader, "source_to_code", record)
    code = package_code(contract_of(m_Message=members(a=TEXT)), formatted=False)
    with imported_package(code) as package:
        module = import_module(f"{package}.m")
        assert module.Message.model_validate({"a": "b"}).a == "b"
        assert "m.py" in compiled
        assert "_types.py" not in compiled
        assert str(import_module(f"{package}._types").__file__).endswith(f"{package}/_types.py")

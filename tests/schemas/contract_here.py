"""The contract in schemas/, with the models in generated/."""

import pytest
from contract.project import PACKAGE, ROOT, contract_settings, contract_version
from contract.read import build_contract, read_schema_files

from tests.zoo.questions import messages_of

GENERATED = ROOT / "generated"
SOURCES = read_schema_files(ROOT / "schemas")
CONTRACT = build_contract(SOURCES, contract_version(), contract_settings())
MESSAGES = list(messages_of(CONTRACT, PACKAGE))
every_message = pytest.mark.parametrize("message", MESSAGES, ids=lambda it: it.name)

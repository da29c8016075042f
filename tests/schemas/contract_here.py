"""The contract in schemas/, with the models in generated/."""

import pytest
from contract.project import PACKAGE, ROOT, contract_version
from contract.read import build_contract, read_schema_files

from tests.zoo.questions import messages_of

GENERATED = ROOT / "generated"
CONTRACT = build_contract(read_schema_files(ROOT / "schemas"), contract_version())
MESSAGES = list(messages_of(CONTRACT, PACKAGE))
every_message = pytest.mark.parametrize("message", MESSAGES, ids=lambda it: it.name)

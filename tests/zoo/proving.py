"""The proof of a test's own schemas; nobody reads the models, so nothing lays them out."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from contract.read import Contract, build_contract
from output.package import package_code
from proof.agreement import Proof, prove

Record = Callable[[str, object], None]


def contract_of(schemas: Mapping[str, Any]) -> Contract:
    """By ``module/Message`` its schema."""
    files = {f"{name}.json": json.dumps(schemas[name]).encode() for name in schemas}
    return build_contract(files, "1")


def prove_schemas(schemas: Mapping[str, Any], record: Record) -> Proof:
    """Raises Refused where a model is not exact; the figures are for the summary of the run."""
    contract = contract_of(schemas)
    proof = prove(contract, package_code(contract, formatted=False))
    record("proven exact: schemas", proof.messages)
    record("proven exact: documents", proof.documents)
    return proof

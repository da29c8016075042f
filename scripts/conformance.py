"""Contract -> conformance documents: what each message takes and what it refuses.

One file for each message in the shape of the JSON-Schema-Test-Suite, one document on a line; the
proof reads them where they are shipped, and so do the copies of others.
"""

import json
from typing import Any

from contract import Contract
from proof import boundary_documents, conformance_file, oracle


def conformance(contract: Contract) -> dict[str, bytes]:
    """Every file by its path in the package; Refused where no document is found."""
    return {
        conformance_file(name, message): text(contract, name, message)
        for name, module in contract.modules.items()
        for message in module.messages
    }


def text(contract: Contract, module: str, message: str) -> bytes:
    """The boundary documents of one message, each with the verdict of the schema as written.

    ``$ref`` is relative to the file itself (RFC 3986, section 5.2).
    """
    judge, file = oracle(contract, module, message), f"{module}/{message}.json"
    documents = boundary_documents(f"{file}#", contract.modules[module].messages[message])
    members: dict[str, Any] = {
        "description": f"{module}/{message}",
        "schema": {"$ref": f"../../schemas/{file}"},
    }
    head = "".join(f"    {json.dumps(it)}: {json.dumps(members[it])},\n" for it in members)
    tests = ",\n".join(
        "      "
        + json.dumps(
            {"description": it.name, "data": it.instance, "valid": judge.accepts(it.instance)}
        )
        for it in documents
    )
    return f'[\n  {{\n{head}    "tests": [\n{tests}\n    ]\n  }}\n]\n'.encode()

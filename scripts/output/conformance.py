"""Evidence -> the conformance documents inside the package: all that a message is proven on.

One file for each message, in the shape of the JSON-Schema-Test-Suite. Vendored copies run them
again. The part that people can read is the corpus beside the package (``corpus.py``).
"""

from contract.project import PACKAGE
from output.corpus import suite_file
from proof.evidence import Evidence


def conformance_documents(evidence: Evidence) -> dict[str, bytes]:
    """The file by its path; ``$ref`` is relative to the file (RFC 3986, section 5.2)."""
    schema = {"$ref": f"../../schemas/{evidence.name}.json"}
    tests = [
        {"description": document.name, "data": document.instance, "valid": not faults}
        for document, faults in evidence.documents
    ]
    path = f"{PACKAGE}/conformance/{evidence.name}.json"
    return {path: suite_file(evidence.name, schema, tests)}

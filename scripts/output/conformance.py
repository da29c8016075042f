"""Contract -> conformance documents: what each message takes and what it refuses.

All on which a message is proven go into the package, one file for each message in the shape of the
JSON-Schema-Test-Suite: the proof reads them where they are shipped, and so do the copies of others.
A part that people can read is the corpus beside the package (``corpus.py``).
"""

from collections.abc import Iterator
from typing import NamedTuple

from contract.project import CORPUS, PACKAGE
from contract.read import Contract
from contract.subschemas import Schema
from documents.boundary import boundary_documents, conformance_file
from oracle.oracle import Oracle, oracle_for, refers_to_itself_alone
from output.corpus import Judged, Numbers, corpus_files, corpus_readme, suite_file


class Evidence(NamedTuple):
    """The boundary documents of one message, each with the faults that its schema finds."""

    module: str
    message: str
    judge: Oracle
    documents: list[Judged]


def conformance_files(contract: Contract) -> dict[str, bytes]:
    """Every file by its path; Refused where no document is found."""
    files: dict[str, bytes] = {}
    rows: list[Numbers] = []
    for it in examine_messages(contract):
        files[f"{PACKAGE}/{conformance_file(it.module, it.message)}"] = packaged_documents(it)
        found, row = corpus_files(
            f"{it.module}/{it.message}", standalone_schema(contract, it), it.documents, it.judge
        )
        files |= {f"{CORPUS}/{path}": text for path, text in found.items()}
        rows.append(row)
    return {**files, f"{CORPUS}/README.md": corpus_readme(rows)}


def examine_messages(contract: Contract) -> Iterator[Evidence]:
    for name, module in contract.modules.items():
        for message, schema in module.messages.items():
            judge = oracle_for(contract, name, message)
            documents = boundary_documents(f"{name}/{message}.json#", schema)
            judged = [(document, judge.faults_of(document.instance)) for document in documents]
            yield Evidence(name, message, judge, judged)


def packaged_documents(it: Evidence) -> bytes:
    """All documents of a message; ``$ref`` is relative to the file (RFC 3986, section 5.2)."""
    schema = {"$ref": f"../../schemas/{it.module}/{it.message}.json"}
    return suite_file(
        f"{it.module}/{it.message}",
        schema,
        [
            {"description": document.name, "data": document.instance, "valid": not faults}
            for document, faults in it.documents
        ],
    )


def standalone_schema(contract: Contract, it: Evidence) -> Schema | bool:
    """The schema as it was written, or in normal form where it needs other files."""
    source = contract.schemas[f"{it.module}/{it.message}.json"]
    normal = contract.modules[it.module].messages[it.message]
    return source if refers_to_itself_alone(source) else normal

"""Message -> evidence: its boundary documents, each with the faults that its schema finds in it.

Documents are drawn once and judged once. The proof, the conformance documents, the corpus and the
reference pages all read the same evidence.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from contract.read import Contract
from contract.refusal import Refused
from contract.subschemas import Schema
from documents.boundary import MAX_STEPS, MAX_VALUES, Document, boundary_documents, is_never
from documents.work import Work
from oracle.oracle import Fault, Oracle, oracle_for

Judged = tuple[Document, set[Fault]]

SEARCH_ENDED = (
    f": the search for boundary documents ended after {MAX_STEPS:,} steps or"
    f" {MAX_VALUES:,} values in them; the model is proven on those that were found before"
)


@dataclass(frozen=True)
class Evidence:
    """One message with its schema in normal form, its oracle and its judged documents."""

    module: str
    message: str
    schema: Schema
    oracle: Oracle
    documents: list[Judged]
    # What was not tried or measured, each without the name of the file.
    untried: list[str] = field(default_factory=list[str])

    @property
    def name(self) -> str:
        return f"{self.module}/{self.message}"

    def untried_lines(self) -> list[str]:
        return [f"{self.name}.json#{it}" for it in self.untried]


def judge_documents(oracle: Oracle, documents: Iterable[Document]) -> list[Judged]:
    return [(document, oracle.faults_of(document.instance)) for document in documents]


def examine(
    contract: Contract,
    module: str,
    message: str,
    judge: Callable[[Oracle, list[Document]], list[Judged]] = judge_documents,
) -> Evidence:
    """The evidence of one message; raises Refused if no valid document is known."""
    schema = contract.modules[module].messages[message]
    oracle = oracle_for(contract, module, message)
    place = f"{module}/{message}.json#"
    work = Work(MAX_STEPS)
    judged = judge(oracle, boundary_documents(place, schema, work))
    if all(faults for _, faults in judged) and not is_never(schema):
        raise Refused(f"{place}: no valid document was found; add an example to it")
    untried = [SEARCH_ENDED] if work.is_done else []
    return Evidence(module, message, schema, oracle, judged, untried)

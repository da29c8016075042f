"""Documents of a test's own, judged as the boundary documents are."""

from collections.abc import Iterable, Iterator

from documents.boundary import Document
from oracle.oracle import Oracle
from proof import agreement
from proof.evidence import judge_documents
from pydantic import BaseModel


def disagreements(
    model: type[BaseModel], oracle: Oracle, documents: Iterable[Document]
) -> Iterator[str]:
    """A line for each document on which the model and the oracle differ."""
    return agreement.disagreements(model, oracle, judge_documents(oracle, documents))

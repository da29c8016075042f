"""Models and schemas accept and reject the same documents, at the same places."""

import importlib
import os
import time
from random import Random
from typing import Any

import pytest
from contract.project import PACKAGE
from documents.boundary import BoundaryDocuments, Document
from hypothesis import given, seed, settings
from proof.emitted import emitted_differences

from tests.schemas.contract_here import every_message
from tests.zoo.judging import disagreements
from tests.zoo.questions import (
    Message,
    boundary_instances,
    reached_share,
    told_apart_share,
)
from tests.zoo.random_documents import near_miss

SOME, MANY = 100, 1_000  # mutants
NEARLY_ALL = 0.95  # a large message has too many places to try every value at each
DRAWN = 40
NEAR_MISSES = 5  # of each document that is drawn
SECONDS = int(os.environ.get("CONTRACT_SECONDS", "0"))


@every_message
def test_models_emit_their_schema(message: Message) -> None:
    assert list(emitted_differences(message.model, message.schema)) == []


@every_message
def test_models_agree_with_the_schema_on_every_boundary_document(message: Message) -> None:
    documents = list(BoundaryDocuments(message.schema))
    assert documents
    assert list(disagreements(message.model, message.oracle, documents)) == []


@every_message
def test_boundary_documents_have_unique_names(message: Message) -> None:
    names = [document.name for document in BoundaryDocuments(message.schema)]
    assert len(names) == len(set(names))


@every_message
def test_boundary_documents_reach_nearly_every_assertion(message: Message) -> None:
    assert reached_share(message, boundary_instances(message)) >= NEARLY_ALL


@every_message
def test_boundary_documents_tell_mutants_apart(message: Message) -> None:
    assert told_apart_share(message, boundary_instances(message), SOME) >= NEARLY_ALL


@pytest.mark.full
@every_message
def test_boundary_documents_tell_many_mutants_apart(message: Message) -> None:
    assert told_apart_share(message, boundary_instances(message), MANY) >= NEARLY_ALL


@every_message
def test_models_agree_with_the_schema_on_random_documents(message: Message) -> None:
    assert compare_random_documents(message, 0) >= DRAWN


@pytest.mark.skipif(SECONDS == 0, reason="runs under `make test-deep SECONDS=600` alone")
@every_message
def test_models_agree_for_as_long_as_told(message: Message) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        assert compare_random_documents(message, time.time_ns()) >= DRAWN


def compare_random_documents(message: Message, number: int) -> int:
    """Of the package's own kit, with near misses of each; ``number`` seeds them all."""
    random = Random(number)
    drawn = draws(message, number)
    instances = [near_miss(it, random) for it in drawn for _ in range(NEAR_MISSES)]
    documents = [Document("random", it) for it in [*drawn, *instances]]
    assert list(disagreements(message.model, message.oracle, documents)) == []
    return len(documents)


def draws(message: Message, number: int) -> list[Any]:
    """Documents that the message accepts and others."""
    kit = importlib.import_module(f"{PACKAGE}.testing")
    name = message.name.replace("/", ".")
    drawn: list[Any] = []

    @seed(number)
    @settings(max_examples=DRAWN, deadline=None, database=None)
    @given(kit.documents(name) | kit.near_misses(name).map(lambda it: it.document))
    def draw(instance: Any) -> None:
        drawn.append(instance)

    draw()
    return drawn

"""A schema of large arrays costs no more than any: what is drawn, tried and measured is bounded."""

from typing import Any

import pytest
from compatibility import witnesses
from compatibility.witnesses import shorten_document
from contract.json_values import is_array, number_of_values
from documents import boundary
from documents.boundary import boundary_documents
from documents.json_texts import MOST_PLACES, NUMBER_TOKENS, number_texts
from documents.search import ValueSearch
from documents.work import Work
from oracle.oracle import Oracle
from proof.growth import MOST_ITEMS, long_arrays

pytestmark = pytest.mark.dialect

LENGTH = 200
ROW = {"type": "array", "prefixItems": [{"type": "number"}] * 5, "minItems": 5, "items": False}
TABLE = {"type": "array", "items": ROW, "minItems": LENGTH, "maxItems": LENGTH}


def test_the_values_in_all_documents_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    work = Work(10**9)
    assert sum(number_of_values(it.instance) for it in boundary_documents("", TABLE, work)) > 10_000
    assert not work.is_done
    monkeypatch.setattr(boundary, "MAX_VALUES", 10_000)
    few = boundary_documents("", TABLE, work)
    assert 0 < sum(number_of_values(it.instance) for it in few) <= 10_000
    assert work.is_done


def test_of_the_arrays_in_an_array_the_first_ones_are_measured() -> None:
    search = ValueSearch(TABLE)
    table = search.find(TABLE, complete=True)
    paths = {path for path, _ in long_arrays(search, TABLE, table)}
    assert paths == {(), *((index,) for index in range(MOST_ITEMS))}


class Counted(Oracle):
    """An oracle that counts what it is asked."""

    asked = 0

    def accepts(self, instance: Any) -> bool:
        self.asked += 1
        return super().accepts(instance)


def test_an_integer_is_looked_for_among_the_first_numbers() -> None:
    judge = Counted({**TABLE, "maxItems": 10 * LENGTH})
    texts = [*number_texts([[0.5] * 5] * (10 * LENGTH), judge)]
    assert judge.asked == MOST_PLACES
    assert len(texts) == len(NUMBER_TOKENS)


@pytest.mark.parametrize("values", [0, 40_000])
def test_a_document_is_made_shorter_by_bounded_work(
    values: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Any] = []

    def keep(it: Any) -> bool:
        tried.append(it)
        return is_array(it) and it.count(1) == LENGTH

    monkeypatch.setattr(witnesses, "MAX_SHORTENING", values)
    document = [0] * LENGTH + [1] * LENGTH
    shorter = shorten_document(document, keep)
    assert len(tried) <= values // number_of_values(document) + 1
    assert (shorter == document) == (values == 0)
    monkeypatch.undo()
    assert shorten_document(document, keep) == [1] * LENGTH

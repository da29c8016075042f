"""Random documents and near misses of them: models and schema agree on all."""

import pytest

from tests.zoo.messages import CLOSE_CHAT
from tests.zoo.random_documents import EXAMPLES, explore
from tests.zoo.reach import assertions, sole_reasons


@pytest.mark.full
def test_models_agree_with_the_schema_on_random_documents() -> None:
    """They reach every keyword; of rarer ones the boundary documents make sure."""
    instances = explore(CLOSE_CHAT, 0)
    accepted = sum(map(CLOSE_CHAT.oracle.accepts, instances))
    assert accepted >= EXAMPLES
    assert len(instances) - accepted >= EXAMPLES
    expected = set(assertions(CLOSE_CHAT.schema, CLOSE_CHAT.schema))
    assert expected - sole_reasons(CLOSE_CHAT.oracle, instances) == set()

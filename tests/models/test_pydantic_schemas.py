"""What Pydantic emits is a contract: the schema of any model, taken as it is, has exact models."""

from typing import Any, Literal

import pytest
from contract.refusal import Refused
from pydantic import TypeAdapter

from tests.zoo.proving import Record, prove_schemas
from tests.zoo.shapes import SHAPES

pytestmark = pytest.mark.dialect

Mode = Literal["validation", "serialization"]
MODES: tuple[Mode, ...] = ("validation", "serialization")
every_shape = pytest.mark.parametrize("shape", SHAPES)
both_modes = pytest.mark.parametrize(
    "mode", ["validation", pytest.param("serialization", marks=pytest.mark.full)]
)


def emitted(shape: str, mode: Mode) -> Any:
    return TypeAdapter(SHAPES[shape]).json_schema(mode=mode)


# Some versions of pydantic say the length of a Decimal by one, which has no exact equivalent.
LOOKAHEAD = (
    "a lookahead is exact only behind the ^ of a pattern without alternatives; write it otherwise"
)


# A default of a tuple is a list, as JSON has it; Pydantic warns where it writes one.
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@both_modes
@every_shape
def test_the_schema_of_a_model_has_an_exact_model(
    shape: str, mode: Mode, record_property: Record
) -> None:
    schema = emitted(shape, mode)
    if shape == "Digits" and "|(?=" in str(schema):
        with pytest.raises(Refused) as refused:
            prove_schemas({f"shapes/{shape}": schema}, record_property)
        lines = str(refused.value).splitlines()
        assert [line.endswith(LOOKAHEAD) for line in lines] == [True, True]
        return
    assert prove_schemas({f"shapes/{shape}": schema}, record_property).documents >= 20


def test_the_shapes_are_many_and_differ() -> None:
    assert len(SHAPES) >= 60
    schemas = {str(emitted(shape, mode)) for shape in SHAPES for mode in MODES}
    assert len(schemas) >= 75

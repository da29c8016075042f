"""The edges of I-JSON (RFC 7493): what each entry point makes of them, as the guide says."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError

from tests.zoo.first_contract import models
from tests.zoo.messages import text, valid

Response = models.CloseChatSessionResponse
READ, TAKE = Response.model_validate_json, Response.model_validate


def error_types(validate: Any, instance: Any) -> list[tuple[str, tuple[Any, ...]]]:
    with pytest.raises(ValidationError) as caught:
        validate(instance)
    return [(error["type"], error["loc"]) for error in caught.value.errors()]


def with_timestamp(token: str) -> str:
    return text(valid(timestamp="@")).replace('"@"', token)


def with_metadata(token: str) -> str:
    return text(valid(metadata="@")).replace('"@"', token)


def with_total(token: str) -> str:
    return text(valid()).replace('"total_messages": 1', f'"total_messages": {token}')


REFUSED_TEXTS = {
    "a byte order mark": "\ufeff" + text(valid()),
    "UTF-16": text(valid()).encode("utf-16"),
    "UTF-8 cut short": with_timestamp('"é"').encode()[:-3],
    "a byte that is not UTF-8": with_timestamp('"@"').encode().replace(b"@", b"\xff"),
    "a surrogate as UTF-8": with_timestamp('"@"').encode().replace(b"@", b"\xed\xa0\x80"),
    "a lone surrogate": with_timestamp(r'"\ud800"'),
    "a lone surrogate in free content": with_metadata(r'{"a": "\ud800"}'),
    "a lone surrogate in a key": with_metadata(r'{"\ud800": 1}'),
    "a control character": with_timestamp('"\x01"'),
    "an integer of 4301 digits": with_total("1" * 4301),
    "nesting of 201 levels": with_metadata('{"a":' + "[" * 200 + "]" * 200 + "}"),
    "a comment": text(valid()) + " // done",
    "single quotes": "{'a': 1}",
    "a trailing comma": '{"a": 1,}',
    "nothing": "",
    "two documents": text(valid()) * 2,
    "a leading zero": with_total("01"),
}


@pytest.mark.parametrize("document", REFUSED_TEXTS.values(), ids=REFUSED_TEXTS)
def test_a_text_that_is_no_i_json_is_refused(document: str | bytes) -> None:
    assert error_types(READ, document) == [("json_invalid", ())]


@pytest.mark.parametrize("token", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400"])
def test_a_number_that_is_not_finite_is_no_integer(token: str) -> None:
    document = with_total(token)
    place = ("payload", "total_messages")
    assert error_types(READ, document) == [("int_type", place)]
    assert error_types(TAKE, json.loads(document)) == [("int_type", place)]


@pytest.mark.parametrize("token", ["NaN", "Infinity", "1e400"])
def test_in_free_content_it_is_taken_and_written_as_null(token: str) -> None:
    document = with_metadata(f'{{"a": {token}}}')
    for response in (READ(document), TAKE(json.loads(document))):
        assert json.loads(response.model_dump_json())["metadata"] == {"a": None}


def test_the_last_of_two_members_of_one_name_counts() -> None:
    document = text(valid(status="failed"))[:-1] + ', "status": "completed"}'
    for response in (READ(document), TAKE(json.loads(document))):
        assert response.status == "completed"
    refused = text(valid(status="failed"))[:-1] + ', "status": 1}'
    assert error_types(READ, refused) == [("enum", ("status",))]


def test_nesting_is_bounded_by_the_reader_and_the_writer() -> None:
    def nested(levels: int) -> str:
        return with_metadata('{"a":' + "[" * levels + "]" * levels + "}")

    assert json.loads(READ(nested(190)).model_dump_json(exclude_unset=True)) == json.loads(
        nested(190)
    )
    deeper = TAKE(json.loads(nested(300)))
    with pytest.raises((PydanticSerializationError, ValueError)):
        deeper.model_dump_json()


def test_integers_are_unbounded_up_to_4300_digits() -> None:
    digits = "1" * 4300
    assert READ(with_total(digits)).payload.total_messages == int(digits)
    assert digits in READ(with_total(digits)).model_dump_json()


def test_a_lone_surrogate_from_python_cannot_be_written() -> None:
    response = TAKE(json.loads(with_timestamp(r'"\ud800"')))
    assert response.timestamp == "\ud800"
    with pytest.raises(PydanticSerializationError):
        response.model_dump_json()


def test_keys_that_are_no_strings_are_written_as_strings_with_a_warning() -> None:
    response = Response(**valid(metadata={1: "a"}))
    with pytest.warns(UserWarning, match="Expected `str`"):
        assert json.loads(response.model_dump_json())["metadata"] == {"1": "a"}


@pytest.mark.parametrize("instance", [None, True, 1, 1.5, "text", [], [valid()], object(), b"x"])
def test_what_is_no_object_is_one_error_at_the_root(instance: Any) -> None:
    assert [loc for _, loc in error_types(TAKE, instance)] == [()]


def test_a_model_is_taken_as_it_is() -> None:
    response: BaseModel = TAKE(valid())
    assert TAKE(response) is response


BYTES = st.sampled_from(sorted({*b'{}[]",:0123456789eE+-.\\u \n\x00', 0x80, 0xC3, 0xED, 0xFF}))


def test_any_bytes_give_a_verdict_and_no_other_exception() -> None:
    """Bytes of a valid text, some exchanged: what json.loads cannot read is refused."""
    verdicts: list[str] = []
    whole = text(valid(metadata={"é": [1.5, None]})).encode()

    @given(st.dictionaries(st.integers(0, len(whole) - 1), BYTES, max_size=3))
    @settings(max_examples=300, deadline=None, database=None, derandomize=True)
    def judge(changes: dict[int, int]) -> None:
        document = bytes(changes.get(index, byte) for index, byte in enumerate(whole))
        try:
            READ(document)
        except ValidationError as error:
            verdicts.append(error.errors()[0]["type"])
        else:
            verdicts.append("accepted")
            assert isinstance(json.loads(document), dict)

    judge()
    assert verdicts.count("accepted") >= 5
    assert verdicts.count("json_invalid") >= 50
    assert len(set(verdicts)) >= 5

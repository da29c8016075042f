"""The reference page of the first contract, and what may be wrong in its tables."""

from pages.check_tables import NO_DEFAULT

from tests.zoo.first_contract import PAGE as ORIGINAL

PAGE = ORIGINAL.read_text("utf-8")


def replaced(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


ERROR = "| `error` | Optional |  | Error message if status is FAILED |"
FORMAT = "- format: uuid"
TIMESTAMP = "### `timestamp`\n\n**Default:** `PydanticUndefined`"
# What is planted in the page's tables, and the line for it.
FAULTS: dict[str, tuple[tuple[str, str], str]] = {
    "row missing": ((f"{ERROR}\n", ""), "9#/properties/error: no row for `error`; add one"),
    "row extra": (
        (ERROR, f"{ERROR}\n| `more` | str |  |  |"),
        "18#/properties: a row for `more`, which is no property; remove it",
    ),
    "row twice": (
        (ERROR, f"{ERROR}\n{ERROR.replace('Optional', 'str')}"),
        "18#/properties/error: a second row for `error`; remove one",
    ),
    "heading extra": (
        ("### `timestamp`\n", "### `more`\n"),
        "27#/properties: a heading for `more`, which is no property; remove it",
    ),
    "heading twice": (
        (TIMESTAMP, f"{TIMESTAMP}\n\n### `timestamp`"),
        "31#/properties/timestamp: a second heading for `timestamp`; remove one",
    ),
    "marked": (
        (ERROR, ERROR.replace("|  |", "| ✓ |")),
        '17#/properties/error: the mark of `error` is "✓", by `required` of the schema "";'
        " make both equal",
    ),
    "unmarked": (
        ("| UUID | ✓ |", "| UUID |  |"),
        '13#/properties/request_id: the mark of `request_id` is "", by `required` of the'
        ' schema "✓"; make both equal',
    ),
    "another mark": (
        ("| UUID | ✓ |", "| UUID | yes |"),
        '13#/properties/request_id: the mark of `request_id` is "yes", by `required` of the'
        ' schema "✓"; make both equal',
    ),
    "type": (
        ("| UUID |", "| str |"),
        '13#/properties/request_id: the type of `request_id` is "str", by its schema UUID;'
        " make both equal",
    ),
    "type of several words": (
        ("| Dict |", "| Map |"),
        '18#/properties/metadata: the type of `metadata` is "Map", by its schema Dict or dict'
        " or Mapping; make both equal",
    ),
    "class": (
        ("| RequestStatus |", "| Status |"),
        '14#/properties/status: the type of `status` is "Status", by its schema'
        " RequestStatus; make both equal",
    ),
    "description of a row": (
        ("| Response payload |", "| Payload |"),
        '15#/properties/payload/description: the description of `payload` is "Payload", in'
        ' the schema "Response payload"; make both equal',
    ),
    "a bar in a description": (
        ("| Response payload |", "| Response|payload |"),
        '15#/properties/payload/description: the description of `payload` is "Response", in'
        ' the schema "Response payload"; make both equal',
    ),
    "no description of a row": (
        ("| Response payload |", "| |"),
        '15#/properties/payload/description: the description of `payload` is "", in the'
        ' schema "Response payload"; make both equal',
    ),
    "description": (
        ("\nResponse for chat session closure.\n", "\nAnother.\n"),
        '5#/description: the description is "Another.", in the schema "Response for chat'
        ' session closure."; make both equal',
    ),
    "no description": (
        ("\nResponse for chat session closure.\n", ""),
        '4#/description: the description is "", in the schema "Response for chat session'
        ' closure."; make both equal',
    ),
    "constraint of another value": (
        (FORMAT, "- format: date"),
        '25#/properties/request_id/format: format of `request_id` is "date", in the schema'
        ' "uuid"; make both equal',
    ),
    "constraint of no keyword": (
        (FORMAT, f"{FORMAT}\n- ge: 1"),
        "26#/properties/request_id: `request_id` lists ge, its schema no minimum; remove it",
    ),
    "constraint of none of three": (
        (FORMAT, f"{FORMAT}\n- min_length: 1"),
        "26#/properties/request_id: `request_id` lists min_length, its schema no minLength or"
        " minItems or minProperties; remove it",
    ),
    "constraint of no name": (
        (FORMAT, f"{FORMAT}\n- strict: True"),
        "26#/properties/request_id: `request_id` lists strict, its schema no strict; remove it",
    ),
    "constraint left out": (
        (FORMAT, ""),
        "22#/properties/request_id/format: the constraints of `request_id` leave out format;"
        " add - format: uuid",
    ),
    "constraint under other words": (
        (FORMAT, f"Not these:\n{FORMAT}"),
        "22#/properties/request_id/format: the constraints of `request_id` leave out format;"
        " add - format: uuid",
    ),
    "no heading": (
        (f"### `request_id`\n\n**Constraints:**\n{FORMAT}\n\n", ""),
        "9#/properties/request_id/format: the constraints of `request_id` leave out format;"
        " add - format: uuid",
    ),
    "default of none": (
        (TIMESTAMP, TIMESTAMP.replace("PydanticUndefined", "now")),
        "29#/properties/timestamp/default: the default of `timestamp` is `now`, in the schema"
        " `PydanticUndefined`; make both equal",
    ),
    "null of no default": (
        (TIMESTAMP, TIMESTAMP.replace("PydanticUndefined", "None")),
        "29#/properties/timestamp/default: the default of `timestamp` is `None`, in the"
        " schema `PydanticUndefined`; make both equal",
    ),
    "no default of null": (
        (TIMESTAMP, TIMESTAMP.replace("timestamp", "error")),
        "29#/properties/error/default: the default of `error` is `PydanticUndefined`, in the"
        " schema `null`; make both equal",
    ),
    "another default": (
        (TIMESTAMP, TIMESTAMP.replace("timestamp", "error").replace(NO_DEFAULT, "none")),
        "29#/properties/error/default: the default of `error` is `none`, in the schema"
        " `null`; make both equal",
    ),
}

"""Fields of Pydantic models as consumers write them: one of every kind that has a JSON Schema.

What needs a further package (EmailStr, phone numbers) or has no JSON Schema (callables) is not
here.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

from pydantic import (
    UUID4,
    AnyUrl,
    AwareDatetime,
    Base64Bytes,
    BaseModel,
    ByteSize,
    Field,
    FutureDate,
    HttpUrl,
    IPvAnyAddress,
    Json,
    JsonValue,
    NaiveDatetime,
    NegativeFloat,
    NonNegativeInt,
    PastDatetime,
    PositiveInt,
    SecretBytes,
    SecretStr,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
)

ID = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
NOON = datetime(2025, 10, 13, 12, 0, tzinfo=timezone.utc)


class Color(str, Enum):
    RED = "red"
    DARK_BLUE = "dark blue"


class Level(IntEnum):
    """How loud a message is."""

    LOW = 1
    HIGH = 10


class Mixed(Enum):
    ONE = 1
    TWO = "two"
    HALF = 0.5


class Only(str, Enum):
    HERE = "here"


class Address(BaseModel):
    """Where somebody lives."""

    street: str
    city: str = Field(description="City or town", examples=["Berlin", "Oslo"])
    zip_code: str | None = Field(default=None, pattern=r"^[0-9]{4,5}$")


class Enums(BaseModel):
    color: Color
    level: Level
    mixed: Mixed
    only: Only
    maybe: Color | None = None
    many: list[Level]


class Literals(BaseModel):
    text: Literal["a", "b c"]
    single: Literal["only"]
    number: Literal[1, 2, -3]
    truth: Literal[True]
    either: Literal[True, False]
    nothing: Literal[None]  # noqa: PYI061 - consumers do
    maybe: Literal["x", None] = None  # noqa: PYI061 - consumers do
    mixed: Literal["a", 1, False, None]  # noqa: PYI061 - consumers do
    of_enum: Literal[Color.RED]


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Unions(BaseModel):
    scalar: int | str
    numbers: int | float
    nullable: int | str | None = None
    arrays: list[int] | list[str]
    models: Address | Cat
    all_kinds: bool | int | float | str | list[int] | dict[str, int] | None
    ordered: int | str = Field(union_mode="left_to_right")
    within: list[int | str | None]


class Texts(BaseModel):
    short: str = Field(max_length=5)
    filled: str = Field(min_length=1)
    ranged: Annotated[str, StringConstraints(min_length=2, max_length=4, pattern="^[a-z]+$")]
    slug: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    anywhere: str = Field(pattern=r"\d")
    strict: StrictStr


class Numbers(BaseModel):
    percent: int = Field(ge=0, le=100)
    above: int = Field(gt=0)
    below: float = Field(lt=1.5)
    step: int = Field(multiple_of=5)
    half_step: float = Field(multiple_of=0.5)
    positive: PositiveInt
    count: NonNegativeInt
    negative: NegativeFloat
    ratio: Annotated[float, Field(ge=0, le=1)]
    strict: StrictInt
    strict_float: StrictFloat
    truth: bool
    strict_truth: StrictBool


class Containers(BaseModel):
    tags: list[str] = Field(min_length=1, max_length=3)
    inner: list[Annotated[int, Field(ge=0)]]
    scores: dict[str, int] = Field(min_length=1, max_length=2)
    unique: set[int] = Field(min_length=1)
    frozen: frozenset[str] = Field(max_length=2)
    nested: list[list[dict[str, list[int]]]]
    unique_list: list[int] = Field(json_schema_extra={"uniqueItems": True})
    bare_list: list[Any]
    bare_dict: dict[str, Any]


class Collections(BaseModel):
    """What the standard library has beside list and dict."""

    sequence: Sequence[int]
    mapping: Mapping[str, int]
    queue: deque[int] = Field(max_length=3)
    ordered: OrderedDict[str, int]
    defaulting: defaultdict[str, list[int]]
    counted: Counter[str]
    iterable: Iterable[int]


class Stamps(BaseModel):
    """Moments, days, hours and spans, and what is known to identify things."""

    id: UUID
    random_id: UUID4
    at: datetime
    day: date
    hour: time
    span: timedelta
    aware: AwareDatetime
    naive: NaiveDatetime
    past: PastDatetime
    future: FutureDate
    maybe: datetime | None = None
    days: list[date] = []


class Decimals(BaseModel):
    plain: Decimal
    positive: Decimal = Field(gt=0)
    ranged: Decimal = Field(ge=Decimal("0.5"), le=Decimal("99.5"))
    cents: Decimal = Field(decimal_places=2)
    step: Decimal = Field(multiple_of=0.25)
    maybe: Decimal | None = None


class Digits(BaseModel):
    """Decimals of a length; pydantic before 2.14 says it by a lookahead within a pattern."""

    price: Decimal = Field(max_digits=8, decimal_places=2)
    code: Decimal = Field(max_digits=4)


class Point(NamedTuple):
    x: int
    y: int
    label: str = "origin"


class Tuples(BaseModel):
    pair: tuple[int, str]
    many: tuple[int, ...]
    none: tuple[()]
    single: tuple[Address]
    point: Point
    sized: tuple[int, ...] = Field(min_length=1, max_length=3)
    maybe: tuple[float, float] | None = None


class Keys(BaseModel):
    """Maps whose keys say something: an enum, a pattern, a length, numbers, days, ids."""

    by_color: dict[Color, int]
    by_literal: dict[Literal["a", "b"], int]
    by_slug: dict[Annotated[str, StringConstraints(pattern="^[a-z]+$")], int]
    by_length: dict[Annotated[str, Field(min_length=1, max_length=3)], str]
    by_number: dict[int, str]
    by_day: dict[date, str]
    by_id: dict[UUID, Address]


class Defaults(BaseModel):
    """One of each kind, and those that no schema shows."""

    text: str = "a"
    number: int = 3
    fraction: float = 1.5
    whole_float: float = 1.0
    truth: bool = True
    nothing: str | None = None
    not_nothing: str | None = "b"
    id: UUID = ID
    color: Color = Color.RED
    level: Level = Level.LOW
    empty: list[int] = []
    full: list[int] = [1, 2]
    colors: list[Color] = [Color.RED, Color.DARK_BLUE]
    mapping: dict[str, int] = {"a": 1}
    model: Cat = Cat(kind="cat", lives=7)
    models: list[Cat] = [Cat(kind="cat")]
    at: datetime = NOON
    day: date = date(2025, 10, 13)
    hour: time = time(12, 30)
    span: timedelta = timedelta(hours=1)
    price: Decimal = Decimal("9.99")
    pair: tuple[int, str] = (1, "a")
    literal: Literal["x", "y"] = "y"
    made: list[str] = Field(default_factory=list)
    anything: Any = None


class Optionals(BaseModel):
    required_null: int | None
    absent: int | None = None
    listed: list[int | None] | None = None
    mapped: dict[str, int | None] | None = None
    bounded: Annotated[int, Field(ge=1)] | None = None
    bounded_outside: int | None = Field(default=None, ge=1, le=9)
    color: Color | None = Color.RED


class Anything(BaseModel):
    value: Any
    maybe: Any = None
    json_value: JsonValue
    thing: object
    things: list[Any] = []
    described: Any = Field(default=None, title="Described", description="Whatever it is")


class Encoded(BaseModel):
    """Texts that carry something else."""

    anything: Json[Any]
    numbers: Json[list[int]]
    data: bytes
    some: bytes = Field(min_length=1, max_length=4)
    base64: Base64Bytes
    password: SecretStr
    key: SecretBytes
    path: Path
    size: ByteSize


class Network(BaseModel):
    v4: IPv4Address
    v6: IPv6Address
    any_version: IPvAnyAddress
    net: IPv4Network
    url: AnyUrl
    web: HttpUrl
    maybe: HttpUrl | None = None


FIELDS: tuple[type[Any], ...] = (
    *(Enums, Literals, Unions, Texts, Numbers, Containers, Stamps, Decimals, Digits),
    *(Collections, Tuples, Keys, Point, Defaults, Optionals, Anything, Encoded, Network),
    *(Color, Level),
)

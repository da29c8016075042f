"""Pydantic models and types as consumers write them, each by the name of its message.

Of every kind of field, model and default that Pydantic has a JSON Schema for there is one;
what needs a further package (EmailStr, phone numbers) or has no JSON Schema (callables) is not
here.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar
from uuid import UUID

import pydantic.dataclasses
from pydantic import (
    UUID4,
    AliasChoices,
    AnyUrl,
    AwareDatetime,
    Base64Bytes,
    BaseModel,
    BeforeValidator,
    ByteSize,
    ConfigDict,
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
    PlainSerializer,
    PositiveInt,
    RootModel,
    SecretBytes,
    SecretStr,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
    WithJsonSchema,
    computed_field,
    field_serializer,
    with_config,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import SkipJsonSchema
from typing_extensions import NotRequired, Required, TypeAliasType, TypedDict

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


class Person(BaseModel):
    """Nested once, in a list, in a map and where it may be null."""

    name: str
    home: Address
    others: list[Address] = []
    by_label: dict[str, Address] = {}
    work: Address | None = None


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


class Dog(BaseModel):
    kind: Literal["dog", "wolf"]
    name: str


class Bird(BaseModel):
    kind: Literal["bird"] = "bird"
    wings: PositiveInt = 2


class Red(BaseModel):
    color: Literal[Color.RED]
    shade: int


class Blue(BaseModel):
    color: Literal[Color.DARK_BLUE]
    depth: float


Pet = Annotated[Cat | Dog, Field(discriminator="kind")]


class Owner(BaseModel):
    """Unions told apart by a member: required, nullable, in a list, in a map, by an enum."""

    pet: Pet
    maybe: Cat | Dog | None = Field(default=None, discriminator="kind")
    pets: list[Pet]
    by_name: dict[str, Pet] = {}
    paint: Red | Blue = Field(discriminator="color")


class Zoo(BaseModel):
    """A union told apart within another."""

    animal: Annotated[Pet | Bird, Field(discriminator="kind")]
    visitors: list[Annotated[Pet | Bird, Field(discriminator="kind")] | None]


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


class Movie(TypedDict):
    title: str
    year: NotRequired[int]


class Draft(TypedDict, total=False):
    title: Required[str]
    notes: list[str]


@with_config(ConfigDict(extra="forbid"))
class Sealed(TypedDict):
    code: int


class Dictionaries(BaseModel):
    movie: Movie
    draft: Draft
    sealed: Sealed
    maybe: Movie | None = None


@dataclasses.dataclass
class Plain:
    name: str
    size: int = 1
    tags: list[str] = dataclasses.field(default_factory=list)


@pydantic.dataclasses.dataclass
class Checked:
    id: UUID
    inner: Plain
    ratio: float = Field(default=0.5, ge=0, le=1)


class Node(BaseModel):
    """A tree."""

    value: int
    left: Node | None = None
    right: Node | None = None
    children: list[Node] = []


class Folder(BaseModel):
    name: str
    files: list[File] = []


class File(BaseModel):
    name: str
    parent: Folder | None = None


class Tree(BaseModel):
    """Holds classes that hold themselves."""

    root: Node
    folder: Folder


class Add(BaseModel):
    op: Literal["add"]
    left: Expression
    right: Expression


class Value(BaseModel):
    op: Literal["value"]
    value: float


Expression = Annotated[Add | Value, Field(discriminator="op")]


class Formula(BaseModel):
    expression: Expression


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: int
    inner: Cat | None = None


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: int


class TypedExtras(BaseModel):
    model_config = ConfigDict(extra="allow")

    __pydantic_extra__: dict[str, int] = Field(init=False)

    id: str


class Empty(BaseModel):
    pass


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    session_id: UUID
    total_messages: int = 0
    created_at: datetime | None = None


class Aliases(BaseModel):
    plain: int = Field(alias="content-type")
    reading: int = Field(validation_alias="readIt")
    writing: int = Field(serialization_alias="writeIt")
    both: str = Field(default="x", validation_alias="in", serialization_alias="out")
    id_: str = Field(alias="_id")
    schema_: str = Field(default="s", alias="$schema")
    choices: int = Field(default=1, validation_alias=AliasChoices("first", "second"))


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


T = TypeVar("T")
K = TypeVar("K")


class Page(BaseModel, Generic[T]):
    items: list[T]
    cursor: str | None = None


class Pair(BaseModel, Generic[T, K]):
    first: T
    second: K


class Generics(BaseModel):
    people: Page[Person]
    numbers: Page[int]
    pair: Pair[int, Address]
    nested: Page[Page[str]]


class Rectangle(BaseModel):
    width: float
    height: float

    @computed_field  # type: ignore[prop-decorator]  # a property below is what it is for
    @property
    def area(self) -> float:
        """What it covers."""
        return self.width * self.height

    @computed_field(alias="isSquare", title="Square", examples=[True])  # type: ignore[prop-decorator]  # so is this
    @property
    def square(self) -> bool:
        return self.width == self.height


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


class Serialized(BaseModel):
    """Written otherwise than read, or said otherwise than typed."""

    at: datetime
    number: Annotated[int, PlainSerializer(str, return_type=str)]
    cleaned: Annotated[str, BeforeValidator(str.strip)]
    said: Annotated[Any, WithJsonSchema({"type": "integer", "minimum": 0})]
    hidden: int | SkipJsonSchema[None] = None

    @field_serializer("at")
    def seconds(self, at: datetime) -> int:
        return int(at.timestamp())


class Network(BaseModel):
    v4: IPv4Address
    v6: IPv6Address
    any_version: IPvAnyAddress
    net: IPv4Network
    url: AnyUrl
    web: HttpUrl
    maybe: HttpUrl | None = None


class Annotations(BaseModel):
    """All that is said of a field or a model without asserting anything."""

    model_config = ConfigDict(
        title="All annotations",
        json_schema_extra={"examples": [{"old": 1, "titled": "a"}], "x-owner": "chat"},
    )

    old: int = Field(deprecated=True)
    older: int = Field(default=1, deprecated="use titled")
    titled: str = Field(title="A title", description="Says: 'a \"quote\"'\nand a line")
    extra: str = Field(default="a", json_schema_extra={"x-order": 1, "readOnly": True})
    some: int = Field(default=1, examples=[1, 2])
    frozen: int = Field(default=1, frozen=True)
    not_shown: int = Field(default=1, exclude=True)


class Documented(BaseModel):
    """Each field's own words are its description."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    id: int
    """The number of it."""
    name: str = ""
    """What it is called."""


class Titled(BaseModel):
    """Titles that a function makes."""

    model_config = ConfigDict(
        field_title_generator=lambda name, _: name.upper(),
        model_title_generator=lambda model: f"The {model.__name__}",
    )

    first_name: str
    nested: Cat


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, use_enum_values=True, str_strip_whitespace=True)

    name: str
    color: Color = Color.RED


class Base(BaseModel):
    id: UUID
    created_at: datetime


class Derived(Base):
    """Inherits members and adds to them."""

    name: str


class ReadsAsRequired(BaseModel):
    """Defaults that are required where they are written."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    id: int
    name: str = "a"
    inner: Cat | None = None


class OddNames(BaseModel):
    """Members that are words of Python, of Pydantic or of JSON Schema."""

    class_: int = Field(alias="class")
    copy_: int = Field(alias="copy")
    properties: dict[str, int]
    type: str
    items: list[int]
    ref: str = Field(alias="$ref")
    slash: int = Field(alias="a/b~c d")
    umlaut: str = Field(alias="grüße")
    value: int
    None_: int = Field(alias="None")


class CloseSession(BaseModel):
    """A message like the one that this repository is about."""

    model_config = ConfigDict(extra="forbid")

    request_id: UUID
    status: Color
    payload: Closed | None = None
    error: dict[str, Any] | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)
    timestamp: datetime | None = None


class Names(RootModel[list[str]]):
    """A list that is the whole message."""


class Scores(RootModel[dict[str, int]]):
    pass


class Code(RootModel[Annotated[int, Field(ge=100, le=599)]]):
    pass


class Choice(RootModel[int | str | None]):
    pass


class AnyPet(RootModel[Pet]):
    pass


class UsesRoots(BaseModel):
    names: Names
    scores: Scores | None = None
    code: Code = Code(200)
    choice: Choice


Nested = TypeAliasType("Nested", "list[Nested] | int")
AnyJson = TypeAliasType(
    "AnyJson", "dict[str, AnyJson] | list[AnyJson] | str | int | float | bool | None"
)
Identifier = TypeAliasType("Identifier", Annotated[str, Field(min_length=1, max_length=8)])


class Aliased(BaseModel):
    """Types that have names of their own, one of them within itself."""

    id: Identifier
    other: Identifier | None = None
    document: AnyJson
    nested: Nested


MODELS: tuple[type[Any], ...] = (
    *(Person, Enums, Literals, Owner, Zoo, Unions, Texts, Numbers, Containers, Stamps, Decimals),
    *(
        Digits,
        Collections,
        Serialized,
        Tuples,
        Keys,
        Dictionaries,
        Movie,
        Draft,
        Sealed,
        Point,
        Plain,
        Checked,
    ),
    *(Node, Folder, Tree, Formula, Closed, Open, TypedExtras, Empty, Camel, Aliases),
    *(Defaults, Optionals, Anything, Generics, Rectangle, Encoded, Network),
    *(Annotations, Documented, Titled, Frozen, Derived, ReadsAsRequired, OddNames, CloseSession),
    *(Names, Scores, Code, Choice, AnyPet, UsesRoots, Aliased, Color, Level),
)
TYPES: dict[str, Any] = {
    "Text": str,
    "Whole": int,
    "Id": UUID,
    "Moment": datetime,
    "Money": Decimal,
    "Numbered": list[int],
    "People": list[Person],
    "Lookup": dict[str, Person],
    "Members": set[Color],
    "Couple": tuple[int, str],
    "AnyAnimal": Pet,
    "Nullable": Person | None,
    "OneOfSome": Literal["a", 1, None],  # noqa: PYI061 - consumers do
    "Json": AnyJson,
    "Lists": Nested,
    "PageOfPeople": Page[Person],
}
# What the file of each message is called, and what it is in Python.
SHAPES: dict[str, Any] = {**{model.__name__: model for model in MODELS}, **TYPES}

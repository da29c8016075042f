"""Pydantic models and types as consumers write them, each by the name of its message: what holds
what, how a class is configured, what has a name of its own, and each kind of field.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

import pydantic.dataclasses
from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PositiveInt,
    RootModel,
    WithJsonSchema,
    computed_field,
    field_serializer,
    with_config,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import SkipJsonSchema
from typing_extensions import NotRequired, Required, TypeAliasType, TypedDict

from tests.zoo.shapes_of_fields import FIELDS, Address, Cat, Color


class Person(BaseModel):
    """Nested once, in a list, in a map and where it may be null."""

    name: str
    home: Address
    others: list[Address] = []
    by_label: dict[str, Address] = {}
    work: Address | None = None


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
    *FIELDS,
    *(Person, Owner, Zoo, Serialized, Dictionaries, Movie, Draft, Sealed, Plain, Checked),
    *(Node, Folder, Tree, Formula, Closed, Open, TypedExtras, Empty, Camel, Aliases),
    *(Generics, Rectangle, Annotations, Documented, Titled, Frozen, Derived),
    *(ReadsAsRequired, OddNames, CloseSession, Names, Scores, Code, Choice, AnyPet),
    *(UsesRoots, Aliased),
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

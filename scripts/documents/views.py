"""What one value has to satisfy at once: where its schema stands, and the branches chosen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from contract.subschemas import Schema, Subschema, all_of_schemas, types_of, with_dependents
from oracle.keywords import member_schemas

Names = tuple[str, ...]
Choices = tuple[int, ...]

MAX_BESIDE = 6  # schemas that a value has to satisfy beside its own


@dataclass(frozen=True)
class Place:
    """Where a schema stands: the definitions entered, and the schemas beside it."""

    trail: Names = ()
    beside: tuple[Subschema, ...] = ()

    def within(self, *schemas: Subschema) -> "Place":
        """The place with these schemas beside it too; only the last ones are kept."""
        return replace(self, beside=(*self.beside, *schemas)[-MAX_BESIDE:])


@dataclass
class View:
    """The schemas that one value has to satisfy at once; ``wanted`` are the first choices of
    branches, of the others the first branch is taken. ``made`` are all: index and number.

    ``complete`` asks for every member that may be there, ``trail`` names the definitions entered.
    """

    complete: bool
    trail: Names
    wanted: Choices = ()
    parts: list[Schema] = field(default_factory=list[Schema])
    seen: set[str] = field(default_factory=set[str])
    possible: bool = True
    made: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    # The choices by the identity of the value that they are made for: what is asked of a value
    # twice has one answer.
    known: dict[int, int] = field(default_factory=dict[int, int])
    # Each ``if`` that was come to.
    conditions: list[Any] = field(default_factory=list[Any])

    def choice_for(self, value: Any, number: int) -> int:
        """The index of the branch to take where ``value`` has ``number`` of them."""
        if id(value) not in self.known:
            self.known[id(value)] = self.next_choice(number)
        return self.known[id(value)]

    def choose_condition(self, exclusive: list[Schema]) -> None:
        """Meet one of these conditions or none, unless it is known that one is met; the members
        that the condition describes have to be there, or it would not exclude the others."""
        is_met = 0 in (self.known.get(id(it)) for it in exclusive)
        open_ = [it for it in exclusive if id(it) not in self.known]
        chosen = self.next_choice(len(open_) + 1) if open_ and not is_met else len(open_)
        self.known |= {id(it): int(at != chosen) for at, it in enumerate(open_)}
        self.parts += [{"required": [*it["properties"]]} for it in open_[chosen:][:1]]

    def next_choice(self, number: int) -> int:
        at = len(self.made)
        chosen = self.wanted[at] if at < len(self.wanted) else 0
        self.made.append((chosen, number))
        return chosen

    def other_choices(self) -> Iterator[Choices]:
        """The first choices of the views that take another branch where this one took the first."""
        indices = tuple(chosen for chosen, _ in self.made)
        for at in range(len(self.wanted), len(indices)):
            yield from ((*indices[:at], other) for other in range(1, self.made[at][1]))

    def values(self, keyword: str) -> list[Any]:
        """The value of the keyword in each schema that has it."""
        return [part[keyword] for part in self.parts if keyword in part]

    def member_schema(self, name: str) -> Subschema:
        """What the member of this name has to satisfy."""
        speaking = sorted({*self.speaking.get(name, ()), *self.speaking.get(None, ())})
        parts = [self.parts[at] for at in speaking]
        return all_of_schemas(*(it for part in parts for it in member_schemas(part, name)))

    @cached_property
    def speaking(self) -> Mapping[str | None, list[int]]:
        """The indices of the schemas that speak of a member, by its name; None for any name."""
        indices = defaultdict[str | None, list[int]](list)
        for at, part in enumerate(self.parts):
            has_any = not part.keys().isdisjoint(("patternProperties", "additionalProperties"))
            for name in [None] if has_any else part.get("properties", ()):
                indices[name].append(at)
        return dict(indices)

    def required_names(self) -> list[str]:
        """The members that an object needs, with those that they depend on."""
        return self.needed_names(name for names in self.values("required") for name in names)

    def needed_names(self, names: Iterable[str]) -> list[str]:
        """These names, then those that ``dependentRequired`` adds to them."""
        return with_dependents(names, self.values("dependentRequired"))

    def greatest(self, keyword: str) -> int:
        """The greatest value of a lower bound, 0 without one."""
        return max(map(int, self.values(keyword)), default=0)

    def allows(self, *names: str) -> bool:
        """Whether each schema that has types has one of these."""
        typed = (types_of(part) for part in self.parts if "type" in part)
        return all(not set(names).isdisjoint(it) for it in typed)

    def concerns_type(self, name: str, keywords: Names) -> bool:
        """Whether a schema names the JSON type or has a keyword of it."""
        return any(
            name in types_of(part) or not part.keys().isdisjoint(keywords) for part in self.parts
        )

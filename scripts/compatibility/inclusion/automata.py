"""Patterns as the sets of strings that they are found in: whether such sets have a string.

An ECMA-262 pattern without ``\b`` and ``\\p`` is a finite automaton (Thompson's construction);
several run side by side over one character of each sort that they tell apart, breadth first, so
the string that is found is a shortest one.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import inf
from typing import Any, Literal

from runtime._pattern import (
    MEMBER_TOKEN,
    TERM_TOKEN,
    Tokens,
    code_point,
    split_lookaheads,
    tokenize,
)

MAX_STATES = 4_000  # of one automaton


MAX_VISITS = 400_000  # of states, in a search


Ranges = tuple[tuple[int, int], ...]


States = frozenset[int]


class UndecidedPattern(Exception):  # noqa: N818 - it is an answer
    """What automata cannot tell, or not within bounds."""


def shortest_string(
    wanted: Iterable[str], unwanted: Iterable[str] = (), least: int = 0, most: float = inf
) -> str | None:
    """A shortest string of ``least`` to ``most`` characters in which all the wanted patterns and
    none of the unwanted are found, None if there is none; raises Unknown."""
    found = search_string(tuple(wanted), tuple(unwanted), least, most)
    if found is False:
        raise UndecidedPattern
    return found


@cache
def search_string(
    wanted: tuple[str, ...], unwanted: tuple[str, ...], least: int, most: float
) -> str | Literal[False] | None:
    """False for what is unknown."""
    try:
        sides = [it for pattern in wanted for it in pattern_automata(pattern)]
        for pattern in unwanted:
            ((automaton, holds),) = pattern_automata(pattern)
            sides.append((automaton, not holds))
        return StringSearch(
            [it for it, _ in sides], [holds for _, holds in sides], least, most
        ).run()
    except (
        UndecidedPattern,
        ValueError,
    ):  # several automata: it looks ahead, and so has no one opposite
        return False


@cache
def pattern_automata(pattern: str) -> list[tuple["Automaton", bool]]:
    """The automata that must find something in a string, and those that must not: what a pattern
    looks ahead for at its start, and its rest."""
    ahead, rest = split_lookaheads(tokenize(TERM_TOKEN, pattern))
    start, end = tokenize(TERM_TOKEN, "^(?:"), tokenize(TERM_TOKEN, ")")
    rules = [([*start, *part, *end], wanted) for wanted, part in ahead]
    return [(build_automaton(found), wanted) for found, wanted in [*rules, (rest, True)]]


def is_beyond_automata(pattern: str) -> bool:
    r"""Whether the pattern has what automata do not tell: \b, \p, or too many states."""
    try:
        return not pattern_automata(pattern)
    except UndecidedPattern:
        return True


@dataclass
class Automaton:
    """``steps`` lead from each state over characters, ``free`` without one: always, or with ``^``
    and ``$`` at an end of the string alone. State 0 is where it starts, 1 is where it has found."""

    steps: list[list[tuple[Ranges, int]]] = field(default_factory=list[list[tuple[Ranges, int]]])
    free: list[list[tuple[str, int]]] = field(default_factory=list[list[tuple[str, int]]])
    known: dict[tuple[States, int], States] = field(
        default_factory=dict[tuple[States, int], States]
    )

    def add_state(self) -> int:
        if len(self.steps) > MAX_STATES:
            raise UndecidedPattern
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def closure(self, states: Iterable[int], *ends: str) -> States:
        """All that is reached from the states at this end of the string."""
        found = set(states)
        waiting = list(found)
        while waiting:
            for condition, state in self.free[waiting.pop()]:
                if state not in found and (not condition or condition in ends):
                    found.add(state)
                    waiting.append(state)
        return frozenset({1} if 1 in found else found)  # what is found stays found

    def after(self, states: States, character: int) -> States:
        """The states after one more character; each answer is worked out once."""
        if (states, character) not in self.known:
            self.known[states, character] = self.closure(
                state
                for it in states
                for ranges, state in self.steps[it]
                if any(low <= character <= high for low, high in ranges)
            )
        return self.known[states, character]


# From a pattern to its automaton (ECMA-262, section 22.2.2).


def build_automaton(found: Tokens) -> Automaton:
    """It finds the pattern anywhere in a string."""
    built = Automaton()
    start, end = built.add_state(), built.add_state()
    for state in (start, end):
        built.steps[state].append((ANY_CHARACTER, state))
    rest = list(found)[::-1]
    built.free[build_disjunction(built, rest, start)].append(("", end))
    return built


def build_disjunction(built: Automaton, rest: Tokens, start: int) -> int:
    """Alternatives up to the ``)`` that closes them; ``rest`` has the tokens from the end on."""
    end = built.add_state()
    state = add_free_state(built, start)
    while rest and rest[-1].lastgroup != "close":
        if rest[-1].lastgroup == "bar":
            rest.pop()
            built.free[state].append(("", end))
            state = add_free_state(built, start)
        else:
            state = build_repetition(built, rest, state)
    built.free[state].append(("", end))
    return end


def add_free_state(built: Automaton, start: int) -> int:
    state = built.add_state()
    built.free[start].append(("", state))
    return state


def build_repetition(built: Automaton, rest: Tokens, start: int) -> int:
    """An atom as often as the quantifier behind it says, each time built anew."""
    atom = take_atom(rest)
    token = rest.pop() if rest and rest[-1].lastgroup == "quantifier" else None
    least, most = repetition_bounds(token)
    for _ in range(least):
        start = build_term(built, list(atom), start)
    if most is None:
        state = add_free_state(built, start)
        built.free[build_term(built, list(atom), state)].append(("", state))
        return add_free_state(built, state)
    end = add_free_state(built, start)
    for _ in range(most - least):
        start = build_term(built, list(atom), start)
        built.free[start].append(("", end))
    return end


def take_atom(rest: Tokens) -> Tokens:
    """The tokens of one atom, from the end on."""
    found = [rest.pop()]
    depth = int(found[0].lastgroup in ("open", "lookahead"))
    while depth:
        found.append(rest.pop())
        depth += {"open": 1, "lookahead": 1, "close": -1}.get(str(found[-1].lastgroup), 0)
    return found[::-1]


def repetition_bounds(token: Any) -> tuple[int, int | None]:
    if token is None:
        return 1, 1
    if token["least"] is None:
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[token[0][0]]
    least = int(token["least"])
    return least, {None: least, "": None}.get(token["most"], int(token["most"] or 0))


def build_term(built: Automaton, atom: Tokens, start: int) -> int:
    token = atom.pop()
    if token.lastgroup == "open":
        return build_disjunction(built, atom, start)
    end = built.add_state()
    if token.lastgroup == "assertion" and token[0] in "^$":
        built.free[start].append((token[0], end))
    else:
        built.steps[start].append((token_ranges(token), end))
    return end


# Sets of characters.

ANY_CHARACTER: Ranges = ((0, sys.maxunicode),)


SPACE_RANGES = (
    *((0x9, 0xD), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
    *((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)


CLASS_ESCAPES: dict[str, Ranges] = {
    "d": ((0x30, 0x39),),
    "w": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
    "s": SPACE_RANGES,
}


def complement_ranges(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Every character that is in none of the ranges."""
    found: list[tuple[int, int]] = []
    start = 0
    for low, high in sorted(ranges):
        if start < low:
            found.append((start, low - 1))
        start = max(start, high + 1)
    return (*found, *(((start, sys.maxunicode),) if start <= sys.maxunicode else ()))


def token_ranges(token: Any) -> Ranges:
    """The characters of one token of a pattern."""
    text = token[0]
    if token.lastgroup == "set":
        inner = [
            it
            for one in tokenize(MEMBER_TOKEN, text[1:-1].removeprefix("^"))
            for it in set_member_ranges(one)
        ]
        return complement_ranges(inner) if text.startswith("[^") else tuple(inner)
    if token.lastgroup == "class":
        return class_ranges(text)
    if token.lastgroup == "character":
        return ((code_point(text), code_point(text)),)
    raise UndecidedPattern


def set_member_ranges(token: Any) -> Ranges:
    if token.lastgroup == "range":
        return ((code_point(token["low"]), code_point(token["high"])),)
    if token.lastgroup == "class":
        return class_ranges(token[0])
    return ((code_point(token[0]), code_point(token[0])),)


def class_ranges(text: str) -> Ranges:
    if text == ".":
        return complement_ranges([(0xA, 0xA), (0xD, 0xD), (0x2028, 0x2029)])
    if text[1].lower() not in CLASS_ESCAPES:
        raise UndecidedPattern
    ranges = CLASS_ESCAPES[text[1].lower()]
    return ranges if text[1].islower() else complement_ranges(ranges)


# The search.


@dataclass
class StringSearch:
    """Automata side by side, and which of them have to find something."""

    automata: Sequence[Automaton]
    wanted: Sequence[bool]
    least: int
    most: float
    visits: int = 0

    def run(self) -> str | None:
        states = tuple(it.closure([0], "^") for it in self.automata)
        layer = {(states, 0): ""}
        seen = set(layer)
        while layer:
            for (states, _), text in layer.items():
                if len(text) >= self.least and self.accepts(states, text):
                    return text
            found = {node: text for node, text in self.next_nodes(layer) if node not in seen}
            layer = {node: text for node, text in found.items() if len(text) <= self.most}
            seen.update(layer)
        return None

    def accepts(self, states: tuple[States, ...], text: str) -> bool:
        ends = ("$",) if text else ("^", "$")
        closed = [it.closure(at, *ends) for it, at in zip(self.automata, states, strict=True)]
        return all((1 in at) is holds for at, holds in zip(closed, self.wanted, strict=True))

    def next_nodes(self, layer: Any) -> Iterator[tuple[tuple[tuple[States, ...], int], str]]:
        """The nodes one character on, but for those from which nothing can be hoped for."""
        for (states, _), text in layer.items():
            for character in self.sample_characters:
                self.visits += sum(map(len, states))
                if self.visits > MAX_VISITS:
                    raise UndecidedPattern
                pairs = zip(self.automata, states, strict=True)
                after = tuple(it.after(at, character) for it, at in pairs)
                said = zip(after, self.wanted, strict=True)
                if not any(1 in at and not holds for at, holds in said):
                    yield (after, min(len(text) + 1, max(self.least, 1))), text + chr(character)

    @cached_property
    def sample_characters(self) -> list[int]:
        """A character of each sort that an automaton tells from others, a plain one if possible."""
        ranges = {
            pair
            for it in self.automata
            for steps in it.steps
            for found, _ in steps
            for pair in found
        }
        cuts = sorted({0, *(low for low, _ in ranges), *(high + 1 for _, high in ranges)})
        cells = zip(cuts, [*cuts[1:], sys.maxunicode + 1], strict=True)
        return [it for low, end in cells if (it := plainest_character(low, end - 1)) is not None]


PLAIN_CHARACTERS = (*range(0x61, 0x7B), *range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x20, 0x7F))


def plainest_character(low: int, high: int) -> int | None:
    """A character between the two, letters first; None where there are only surrogates."""
    candidates = (*PLAIN_CHARACTERS, low, 0xE000)
    fit = (it for it in candidates if low <= it <= high and not 0xD800 <= it <= 0xDFFF)
    return next(fit, None)

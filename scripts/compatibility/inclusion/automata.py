"""Patterns as the sets of strings that they match: whether such sets have a string.

An ECMA-262 pattern is a finite automaton (Thompson's construction); several run side by side,
breadth first, over one character of each sort that they distinguish. The first string that the
search finds is a shortest one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import islice, product
from math import inf
from typing import Any, Literal

from compatibility.inclusion.characters import (
    ANY_CHARACTER,
    CLASS_ESCAPES,
    Ranges,
    is_among,
    sample_characters,
    seen_ranges,
)
from runtime._pattern import TERM_TOKEN, Looks, Tokens, looked_at, split_lookaheads, tokenize

MAX_STATES = 4_000  # of one automaton


MAX_VISITS = 400_000  # of states, in a search


MAX_WAYS = 16  # in which several patterns may not match


States = frozenset[int]
Conditions = frozenset[str]
# Of each automaton its states, how long the string is, whether it ends with a word character.
Node = tuple[tuple[States, ...], int, bool]
Layer = dict[Node, str]

BOUNDARY = r"\b"
WORD = CLASS_ESCAPES["w"]
NOTHING: Conditions = frozenset()
START: Conditions = frozenset("^")
# By whether nothing stands before a place, and whether a word begins or ends there.
HOLDING: Mapping[tuple[bool, bool], Conditions] = {
    (False, False): NOTHING,
    (False, True): frozenset([BOUNDARY]),
    (True, False): START,
    (True, True): START | {BOUNDARY},
}


class UndecidedPattern(Exception):  # noqa: N818 - it is an answer
    """A question that automata cannot decide, or not within bounds."""


def shortest_string(
    wanted: Iterable[str], unwanted: Iterable[str] = (), least: int = 0, most: float = inf
) -> str | None:
    """A shortest string of ``least`` to ``most`` characters that all the wanted patterns and
    none of the unwanted match; None if there is none. Raises UndecidedPattern."""
    shortest = search_string(tuple(wanted), tuple(unwanted), least, most)
    if shortest is False:
        raise UndecidedPattern
    return shortest


@cache
def search_string(
    wanted: tuple[str, ...], unwanted: tuple[str, ...], least: int, most: float
) -> str | Literal[False] | None:
    """The same as ``shortest_string``; False if that is not known."""
    try:
        sides = [it for pattern in wanted for it in pattern_automata(pattern)]
        # A pattern that looks ahead does not match where one of its automata says otherwise.
        ways = [*islice(product(*map(pattern_automata, unwanted)), MAX_WAYS + 1)]
        if len(ways) > MAX_WAYS:
            return False
        opposites = ([(it, not holds) for it, holds in way] for way in ways)
        texts = [StringSearch([*sides, *it], least, most).run() for it in opposites]
    except (UndecidedPattern, ValueError):  # a pattern that nobody can read
        return False
    return min((it for it in texts if it is not None), key=len, default=None)


@cache
def pattern_automata(pattern: str) -> list[tuple["Automaton", bool]]:
    """The automata that must find something in a string, and those that must not: what a pattern
    looks ahead for, and its rest."""
    rules = split_lookaheads(tokenize(TERM_TOKEN, pattern))
    return [(build_automaton(part), wanted) for wanted, part in rules]


def is_beyond_automata(pattern: str) -> bool:
    """Whether the automata of the pattern have too many states."""
    try:
        return not pattern_automata(pattern)
    except UndecidedPattern:
        return True


@dataclass
class Automaton:
    r"""``steps`` lead from each state over characters, ``free`` without one: always, or with
    ``^``, ``$`` and ``\b`` only where that holds. State 0 is the start, 1 the match. ``looks``
    has the lookaheads of each token by its identity."""

    steps: list[list[tuple[Ranges, int]]] = field(default_factory=list[list[tuple[Ranges, int]]])
    free: list[list[tuple[str, int]]] = field(default_factory=list[list[tuple[str, int]]])
    looks: Mapping[int, Looks] = field(default_factory=dict[int, Looks])
    known: dict[tuple[States, Conditions, int], States] = field(
        default_factory=dict[tuple[States, Conditions, int], States]
    )

    def add_state(self) -> int:
        if len(self.steps) > MAX_STATES:
            raise UndecidedPattern
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    @cached_property
    def has_boundary(self) -> bool:
        return any(condition == BOUNDARY for free in self.free for condition, _ in free)

    @property
    def character_sets(self) -> Iterator[Ranges]:
        """The sets of characters that it distinguishes from others."""
        yield from (ranges for steps in self.steps for ranges, _ in steps)
        yield from [WORD] if self.has_boundary else []

    def closure(self, states: Iterable[int], holding: Conditions) -> States:
        """All that is reached from the states where these conditions hold."""
        reached = set(states)
        waiting = list(reached)
        while waiting:
            for condition, state in self.free[waiting.pop()]:
                if state not in reached and (not condition or condition in holding):
                    reached.add(state)
                    waiting.append(state)
        return frozenset({1} if 1 in reached else reached)  # a match stays a match

    def after(self, states: States, holding: Conditions, character: int) -> States:
        """The states after one more character, before which the conditions hold; each answer is
        worked out once."""
        key = (states, holding, character)
        if key not in self.known:
            self.known[key] = self.closure(
                (
                    state
                    for reached in self.closure(states, holding)
                    for ranges, state in self.steps[reached]
                    if is_among(character, ranges)
                ),
                NOTHING,
            )
        return self.known[key]


# From a pattern to its automaton (ECMA-262, section 22.2.2).


def build_automaton(tokens: Tokens) -> Automaton:
    """The automaton that finds the pattern anywhere in a string."""
    pairs = [*looked_at(tokens)]
    built = Automaton(looks={id(token): looks for token, looks in pairs})
    start, end = built.add_state(), built.add_state()
    for state in (start, end):
        built.steps[state].append((ANY_CHARACTER, state))
    rest = [token for token, _ in pairs][::-1]
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
    atom = [rest.pop()]
    depth = int(atom[0].lastgroup in ("open", "lookahead"))
    while depth:
        atom.append(rest.pop())
        depth += {"open": 1, "lookahead": 1, "close": -1}.get(str(atom[-1].lastgroup), 0)
    return atom[::-1]


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
    if token.lastgroup == "assertion":
        built.free[start].append((token[0], end))
    else:
        built.steps[start].append((seen_ranges(token, built.looks[id(token)]), end))
    return end


# The search.


@dataclass
class StringSearch:
    """Automata side by side, each with whether it has to find something."""

    sides: Sequence[tuple[Automaton, bool]]
    least: int
    most: float
    visits: int = 0

    def run(self) -> str | None:
        states = tuple(it.closure([0], START) for it, _ in self.sides)
        layer: Layer = {(states, 0, False): ""}
        seen = set(layer)
        while layer:
            for (states, _, is_word), text in layer.items():
                if len(text) >= self.least and self.accepts(states, is_word, text):
                    return text
            new_nodes = {node: text for node, text in self.next_nodes(layer) if node not in seen}
            layer = {node: text for node, text in new_nodes.items() if len(text) <= self.most}
            seen.update(layer)
        return None

    def accepts(self, states: tuple[States, ...], is_word: bool, text: str) -> bool:
        holding = HOLDING[not text, is_word] | {"$"}
        pairs = zip(self.sides, states, strict=True)
        return all((1 in it.closure(at, holding)) is wanted for (it, wanted), at in pairs)

    def next_nodes(self, layer: Layer) -> Iterator[tuple[Node, str]]:
        """The nodes one character on, without those that no string can satisfy any more."""
        for (states, _, was_word), text in layer.items():
            for character in self.characters:
                self.visits += sum(map(len, states))
                if self.visits > MAX_VISITS:
                    raise UndecidedPattern
                is_word = self.has_boundary and is_among(character, WORD)
                holding = HOLDING[not text, was_word != is_word]
                pairs = zip(self.sides, states, strict=True)
                after = tuple(it.after(at, holding, character) for (it, _), at in pairs)
                goals = zip(after, self.sides, strict=True)
                if not any(1 in at and not wanted for at, (_, wanted) in goals):
                    length = min(len(text) + 1, max(self.least, 1))
                    yield (after, length, is_word), text + chr(character)

    @cached_property
    def has_boundary(self) -> bool:
        return any(it.has_boundary for it, _ in self.sides)

    @cached_property
    def characters(self) -> list[int]:
        return sample_characters(ranges for it, _ in self.sides for ranges in it.character_sets)

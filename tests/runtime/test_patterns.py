"""A pattern means in Rust what ECMA-262 says it means, or it is refused with the reason."""

import random
import sys
import unicodedata
from collections.abc import Callable

import jsonschema_rs
import pytest
from pydantic_core import SchemaValidator, core_schema
from runtime._pattern import GENERAL_CATEGORIES, RECOMMENDED_SCRIPTS, portable_rules

from tests.zoo.judging import is_accepted

DECIMAL = r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$"  # what Pydantic emits for Decimal
CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]


def engine(rust: str) -> SchemaValidator:
    return SchemaValidator(core_schema.str_schema(pattern=rust))


def matches(pattern: str, text: str) -> bool:
    return all(
        is_accepted(engine(rust).validate_python, text) is wanted
        for wanted, rust in portable_rules(pattern)
    )


# Pattern: strings in which it is found, strings in which it is not.
MEANINGS: dict[str, tuple[list[str], list[str]]] = {
    "": (["", "a"], []),
    "a+": (["a", "xaay"], ["", "b"]),
    "^a*$": (["", "aa"], ["a\n", "\na", "ab"]),
    "^(?:a|b|)$": (["a", "b", ""], ["c"]),
    r"^\d$": (["0", "9"], ["\u0660", "\u09ea", "a"]),
    r"^\D$": (["\u0660", "\n"], ["0"]),
    r"^\w$": (["_", "Z", "7"], ["é", "-", "\u017f", "\u212a"]),
    r"^\W$": (["é", "\u017f"], ["a"]),
    r"^\s$": (["\t", "\x0b", "\n", "\ufeff", "\u2028", "\u3000"], ["\x85", "\u180e", "\u200b"]),
    r"^\S$": (["\x85", "a"], ["\ufeff", "\xa0"]),
    r"^[^\S]$": (["\ufeff"], ["\x85"]),
    "^.$": (["a", "\x85", "😀", "\0"], ["\n", "\r", "\u2028", "\u2029", "", "ab"]),
    "^[.]$": (["."], ["a"]),
    r"\bb\b": (["b", "a b", "éb", "b😀"], ["ab", "b_", "b1"]),
    "^[]$": ([], ["", "a", "]"]),
    "^[^]$": (["\n", "😀"], ["", "ab"]),
    r"^\&\-\_\ \@$": (["&-_ @"], ["\\&-_ @", ""]),
    r"^[\&\-\_]$": (["&", "-", "_"], ["\\", "a", ""]),
    r"^[\&&]+$": (["&&"], ["a", "\\"]),
    r"^[a\-z]$": (["a", "-", "z"], ["b"]),
    r"^[\!-\~]$": (["a", "~", "!"], [" "]),
    r"^\<a\>$": (["<a>"], ["a"]),
    r"^[\<\>]$": (["<", ">"], ["a"]),
    r"^\é\\t\\$": ([r"é\t" + "\\"], ["é"]),
    "^\\\n$": (["\n"], ["n", "\\n"]),
    r"^\#{2}\'\"$": (["##'\""], ["#'\""]),
    "[a&&b]": (["a", "&", "b"], ["c"]),
    "[a~~b]": (["a", "~", "b"], ["c"]),
    "[&&&]": (["&"], ["a"]),
    "^[+--]$": (["+", ",", "-"], [".", "*"]),
    "^[--a]$": (["-", "A", "a"], ["b", "+"]),
    "^[!--]$": (["!", "&", "-"], [".", " "]),
    "^[a-c-e]$": (["b", "-", "e"], ["d"]),
    r"^[a-c-\d]$": (["b", "-", "1"], ["d"]),
    "^[-a]$": (["-", "a"], ["b"]),
    "^[^-a]$": (["b"], ["-", "a"]),
    "^[a-]$": (["-", "a"], ["b"]),
    r"^[\w-]$": (["-", "_"], ["é", "."]),
    r"^[\w.-]+$": (["a-b.c"], ["a b"]),
    r"^[\-a\]^]$": (["-", "a", "]", "^"], ["\\"]),
    "^[[a]$": (["[", "a"], ["]"]),
    "^[[:alpha:]$": (["[", ":", "a", "l", "p", "h"], ["b"]),
    "^[^^]$": (["a"], ["^"]),
    r"^[\b]$": (["\b"], ["b"]),
    r"^\0\cA\cz$": (["\0\x01\x1a"], ["0AZ"]),
    r"^\t\n\v\f\r$": (["\t\n\v\f\r"], ["tnvfr"]),
    r"^\x41\u0042\u{43}\u{0000044}$": (["ABCD"], ["abcd"]),
    r"^\uD83D\uDE00+$": (["😀", "😀😀"], ["😁", "\ufffd"]),
    r"^[\ud83d\ude00-\u{1F602}]$": (["😀", "😁"], ["😃"]),
    "^😀{2}$": (["😀😀"], ["😀"]),
    r"^\^\$\\\.\*\+\?\(\)\[\]\{\}\|\/$": (["^$\\.*+?()[]{}|/"], [""]),
    r"^\p{Lu}\p{Letter}$": (["Éé"], ["éé", "E1"]),
    r"^\p{Script=Greek}\P{Script=Greek}$": (["\u03b1a"], ["a\u03b1"]),
    r"^[\p{gc=Nd}\p{scx=Han}]$": (["\u09ea", "漢"], ["a"]),
    "^a{2}b{1,}?c{0,1}$": (["aab", "aabbc"], ["ab", "aac"]),
    "^a{2,2}$": (["aa"], ["a", "aaa"]),
    "^(?<year>[0-9]{4})-(?:0[1-9]|1[0-2])$": (["2024-12"], ["2024-13"]),
    "a$b|^$": ([""], ["ab", "a\nb"]),
    DECIMAL: (["1", "+1.5", ".5", "1.", "-0", "007"], ["", "+", ".", "-.", "1e5", "1\n", "٣"]),
    "^(?=.*[0-9])(?!.*[ -/])(?!$).{2}": (["a1", "1a!x".replace("!", "b")], ["ab", "1", "1-", ""]),
    "^(?!a|b)": (["", "c", "ca"], ["a", "bc"]),
    "^(?=a)(?:b|a)c": (["ac"], ["bc"]),
}


@pytest.mark.parametrize("pattern", MEANINGS)
def test_it_is_found_where_ecma_262_finds_it(pattern: str) -> None:
    found, missed = MEANINGS[pattern]
    assert [text for text in found + missed if matches(pattern, text)] == found


def zs(character: str) -> bool:
    return unicodedata.category(character) == "Zs"


ENDS = frozenset("\n\r\u2028\u2029")  # LineTerminator
WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
CLASSES: dict[str, Callable[[str], bool]] = {
    r"\d": "0123456789".__contains__,
    r"\w": WORD.__contains__,
    r"\s": lambda it: zs(it) or it in ENDS or it in "\t\v\f\ufeff",
    ".": lambda it: it not in ENDS,
}


@pytest.mark.parametrize("text", CLASSES)
@pytest.mark.one_in(3)
def test_a_class_has_exactly_the_members_of_ecma_262(text: str) -> None:
    [(_, rust)] = portable_rules(f"^{text}$")
    member = core_schema.str_schema(pattern=rust)
    members = core_schema.list_schema(core_schema.with_default_schema(member, on_error="omit"))
    expected = [*filter(CLASSES[text], CHARACTERS)]
    assert SchemaValidator(members).validate_python(CHARACTERS) == expected


SAME = [
    *("", "^[a-z0-9_-]+$", "a|b", "^(?:x{2,3}?|[^/~]*)$", "(?<n>a)", r"\.\/\$", r"[\]\-\\]"),
    *(r"\x41\u0041\u{41}", r"\p{L}\P{Script=Han}", "^-?[0-9]+$", "[&~^]", "é😀", "#/ <>&-~=!"),
]


@pytest.mark.parametrize("pattern", SAME)
def test_a_text_that_means_the_same_in_rust_stays(pattern: str) -> None:
    assert portable_rules(pattern) == [(True, pattern)]


# A lookahead at one character before one.
SETS = {
    "(?!a)b": "[[b]&&[^a]]",
    "^(?!a)b|c": "^[[b]&&[^a]]|c",
    r"^(\.(?!\.)\/)?x$": r"^(\.[[\/]&&[^\.]])?x$",
    r"(?=[a-c])(?!b)\w(?!&)[&-]": "[[[0-9A-Za-z_]]&&[[a-c]]&&[^b]][[[&-]]&&[^&]]",
}
SPLIT = {
    DECIMAL: [(False, "^(?:^[-+.]*$)"), (True, r"^[+-]?0*[0-9]*\.?[0-9]*$")],
    "^(?=a|b)(?!(?:c))d": [(True, "^(?:a|b)"), (False, "^(?:(?:c))"), (True, "^d")],
    r"^x[ab]\d(?!m|n)[^c](?=d).*$": [
        (False, "^x[ab][0-9](?:m|n)"),
        (True, "^x[ab][0-9][^c](?:d)"),
        (True, r"^x[ab][0-9][^c][^\n\r\u{2028}\u{2029}]*$"),
    ],
    "^(?!)": [(False, "^(?:)"), (True, "^")],
    r"^((?!m|n{2}\d)[^c])*$": [(False, "(?:m|n{2}[0-9])"), (True, "^[^c]*$")],
    "^(?:(?!m(o|p))[^c]){2,}$": [(False, "(?:m(o|p))"), (True, "^[^c]{2,}$")],
    **{it: [(True, rust)] for it, rust in SETS.items()},
}


@pytest.mark.parametrize("pattern", SPLIT)
def test_lookaheads_at_the_start_are_rules_of_their_own(pattern: str) -> None:
    assert portable_rules(pattern) == SPLIT[pattern]


LOOKAHEAD = (
    "a lookahead is exact only behind ^ and single characters, without alternatives, or at one"
    " character before one"
)
GROUP = "of the groups (?…) only (?:…) and (?<name>…) have an exact equivalent"
BACKREFERENCE = "a backreference does not have an exact equivalent"
LOOKBEHIND = "a lookbehind does not have an exact equivalent"
PROPERTY = r"of \p{…} only general categories and recommended scripts are exact"
SURROGATE = "a lone surrogate or a code beyond 10FFFF is no character"
TOO_LARGE = "it is too large for Rust's regex crate"

REFUSED = {
    "a(?=b)": LOOKAHEAD,
    "(?!aa)b": LOOKAHEAD,
    "^(?!aa)b|c": LOOKAHEAD,
    "^(?:(?!aa)b)$": LOOKAHEAD,
    "(?!a)b*": LOOKAHEAD,
    "(?!a)(b)": LOOKAHEAD,
    "^(?:(?!a?b).)*$": LOOKAHEAD,
    "^(?:(?!ab|c{0}).)*$": LOOKAHEAD,
    "^(?:(?=ab).)*$": LOOKAHEAD,
    "^(?:(?!ab).)*": LOOKAHEAD,
    "^(?:(?!ab)(?!c).)*$": LOOKAHEAD,
    "^(?!(?=a))": LOOKAHEAD,
    "^a?(?!b)": LOOKAHEAD,
    "^(?:a)(?!b)": LOOKAHEAD,
    "(?<=a)b": LOOKBEHIND,
    "(?<!a)b": LOOKBEHIND,
    r"(a)\1": BACKREFERENCE,
    r"(?<n>a)\k<n>": BACKREFERENCE,
    "(?i)a": "(?i) is a flag of other engines; [Aa] is a letter in either case",
    "(?i:a)": "(?i: is a flag of other engines; [Aa] is a letter in either case",
    "(?P<n>a)": GROUP,
    "(?#a)": GROUP,
    "(?>a)": GROUP,
    "(?<ñ>a)": GROUP,
    "(?<n>a)|(?<n>b)": "two groups of one name do not have an exact equivalent",
    "^(?!(?<n>a))(?<n>b)": "two groups of one name do not have an exact equivalent",
    r"a\Bb": r"engines differ on \B beside characters beyond FFFF",
    **{rf"a\{letter}": rf"\{letter} is no escape of ECMA-262" for letter in "GQRaehi"},
    **{
        rf"a\{it}": rf"\{it} is no escape of ECMA-262, where ^ and $ are the ends of the text"
        for it in "AZz"
    },
    r"\u12": r"\u is no escape of ECMA-262",
    r"\x4": r"\x is no escape of ECMA-262",
    r"\c1": r"\c is no escape of ECMA-262",
    r"\00": r"\0 is no escape of ECMA-262",
    r"[\d\.\a]": r"\a is no escape of ECMA-262",
    "\\😀": "\\ is no escape of ECMA-262",
    "\\": "\\ is no escape of ECMA-262",
    "a{": "{ by itself must be escaped in ECMA-262",
    "a{,2}": "{ by itself must be escaped in ECMA-262",
    "}": "} by itself must be escaped in ECMA-262",
    "]": "] by itself must be escaped in ECMA-262",
    "[[:alpha:]]": "] by itself must be escaped in ECMA-262",
    "[]a]": "] by itself must be escaped in ECMA-262",
    "[a": "a [ is not closed",
    r"[\]": "a [ is not closed",
    "(a": "a ( is not closed",
    "^(?!a": "a ( is not closed",
    "a)": "a ) closes nothing",
    ")(": "a ) closes nothing",
    "*a": "* repeats nothing",
    "^*": "* repeats nothing",
    r"\b+": "+ repeats nothing",
    "a**": "* repeats nothing",
    "a*+": "+ repeats nothing",
    "a{2}{3}": "{3} repeats nothing",
    "(?:+)": "+ repeats nothing",
    "^(?=a)*": "* repeats nothing",
    "^a(?=a)*": "* repeats nothing",
    "a{3,2}": "{3,2} is out of order",
    "[b-a]": "the range b-a is out of order",
    r"[\w-.]": r"\w- is no range, as a class is no character",
    r"[+-\d]": r"+-\d is no range, as a class is no character",
    **dict.fromkeys([r"\p{Foo}", r"\pL", r"\p{letter}", r"\p{IsGreek}", r"\p{^L}"], PROPERTY),
    **dict.fromkeys([r"\p{Script=greek}", r"\P{}", r"\p{Script=L}", r"\p{L"], PROPERTY),
    **dict.fromkeys([r"\ud800", "\ud800", r"[\udfff]", r"\u{110000}", "[\udc00]"], SURROGATE),
    **dict.fromkeys(["(a{1000}){1000}", "a{9999999999}", "(" * 300 + ")" * 300], TOO_LARGE),
}


@pytest.mark.parametrize("pattern", REFUSED, ids=ascii)
def test_a_pattern_without_an_exact_equivalent_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError) as caught:
        portable_rules(pattern)
    assert str(caught.value) == REFUSED[pattern]


@pytest.mark.parametrize(
    "name", [*GENERAL_CATEGORIES.split(), *(f"Script={s}" for s in RECOMMENDED_SCRIPTS.split())]
)
def test_rust_knows_every_property(name: str) -> None:
    assert portable_rules(rf"\p{{{name}}}") == [(True, rf"\p{{{name}}}")]


# Where jsonschema-rs departs from ECMA-262 is left out: it takes \r and U+2028 for ".", knows \b by
# Unicode's letters, and refuses [], [^], \0, [\b], \cJ and pairs of surrogates, here or there. Once
# a pattern has a lookahead, it reads \d, \w and \s by Unicode too: ASCII alone is compared then.
ATOMS = [*"ab01_-&~# /é😀", r"\[", r"\.", r"\/", r"\]", r"\x41", r"\u0061", r"\u{61}", r"\n"]
ESCAPES = [r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"\p{L}", r"\P{Lu}"]
MEMBERS = [*"ab01_&~[^ .é😀$|(){}*+?", "&&", "~~", "a-z", "+--", "0-9", "!-&", "é-😀", r"\-", r"\]"]
REPEATS = ["", "", "", "", "*", "+", "?", "*?", "{2}", "{0,2}", "{1,}?"]
TEXTS = [*"ab01_-&~[]^# /.é😀A$|", "\n", "\t", "\x85", "\ufeff", "", "aa", "a\n", "a-b", "[[a&~"]


def disjunction(rng: random.Random, depth: int) -> str:
    alternatives = range(rng.choice([1, 1, 2]))
    return "|".join("".join(random_terms(rng, depth)) for _ in alternatives)


def random_terms(rng: random.Random, depth: int) -> list[str]:
    return [random_term(rng, depth) for _ in range(rng.choice([1, 1, 2, 3]))]


def random_atom(rng: random.Random) -> str:
    members = "".join(rng.sample(MEMBERS + ESCAPES, 3))
    single = (rng.choice(ATOMS), rng.choice([*ESCAPES, "."]), f"[{rng.choice(['', '^'])}{members}]")
    return rng.choice(single)


def random_look(rng: random.Random) -> str:
    """A lookahead at one character before one."""
    looks = [f"{rng.choice(['(?=', '(?!'])}{random_atom(rng)})" for _ in range(rng.choice([1, 2]))]
    return "".join(looks) + random_atom(rng)


def random_term(rng: random.Random, depth: int) -> str:
    if rng.random() < 0.2:
        return rng.choice("^$")
    terms = [random_atom(rng)]
    if depth:
        terms += [f"{start}{disjunction(rng, depth - 1)})" for start in ("(", "(?:")]
    return rng.choice(terms) + rng.choice(REPEATS)


def random_pattern(rng: random.Random) -> str:
    if rng.random() < 0.1:
        unwanted = "|".join(
            random_atom(rng) + "".join(random_terms(rng, 1)) for _ in range(rng.choice([1, 2]))
        )
        return f"^(?:(?!{unwanted}){random_atom(rng)})*$"
    if rng.random() < 0.2:
        return f"{disjunction(rng, 1)}(?:{random_look(rng)}){rng.choice(REPEATS)}"
    looks = [rng.choice(["(?=", "(?!"]) for _ in range(rng.choice([0, 0, 1, 2]))]
    ahead = "".join(
        rng.choice(["", "", *ATOMS]) + look + disjunction(rng, 1) + ")" for look in looks
    )
    return f"^{ahead}(?:{disjunction(rng, 2)})$" if looks else disjunction(rng, 2)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.one_in(3)
def test_a_random_pattern_means_what_jsonschema_rs_says(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(60):
        pattern = random_pattern(rng)
        judge = jsonschema_rs.Draft202012Validator({"pattern": pattern})
        rules = [(wanted, engine(rust)) for wanted, rust in portable_rules(pattern)]
        texts = [*TEXTS, *("".join(rng.choices(TEXTS, k=3)) for _ in range(20))]
        looks_ahead = "(?=" in pattern or "(?!" in pattern
        texts = [text for text in texts if not looks_ahead or text.isascii()]
        ours = [
            all(is_accepted(rule.validate_python, text) is wanted for wanted, rule in rules)
            for text in texts
        ]
        assert ours == [judge.is_valid(text) for text in texts], pattern

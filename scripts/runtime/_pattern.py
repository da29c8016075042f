"""The regular expressions of JSON Schema's ``pattern`` in the syntax of Rust's regex crate.

JSON Schema speaks ECMA-262 with flag u (2020-12, Core 6.4); pydantic-core runs the regex crate.
The two write most things alike, and some alike that mean something else: ``\\d``, ``.``, ``&&``.
Beside the flag u there is one reading of an escape like ``\\&``: the character (annex B.1.2).
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from pydantic_core import SchemaError, SchemaValidator, core_schema

Token = re.Match[str]
Tokens = list[Token]
# Of a character what lookaheads right before it say of it too: that it is one of these, or none.
Looks = list[tuple[bool, Token]]


def portable_rules(pattern: str) -> list[tuple[bool, str]]:
    """What a string must match, ``(True, rust)``, and must not, ``(False, rust)``, for
    ``new RegExp(pattern, "u")`` to find a match in it.

    Where the text means the same in Rust, that is ``[(True, pattern)]``. Lookaheads behind the
    ``^`` that starts the pattern, and single characters, become expressions of their own; one that
    looks at a single character before another becomes a set.
    ``\\p{…}`` is as exact as the two engines' versions of Unicode are equal. ``ValueError`` says
    why a pattern has no equivalent: it is no ECMA-262, or Rust cannot say it.
    """
    tokens = tokenize(TERM_TOKEN, pattern)
    names = [token["name"] for token in tokens if token["name"]]
    if len(names) > len(set(names)):
        raise ValueError("two groups of one name do not have an exact equivalent")
    rules = [(wanted, rust_disjunction(part)) for wanted, part in split_lookaheads(tokens)]
    for _, rule in rules:
        try:
            SchemaValidator(core_schema.str_schema(pattern=rule))
        except SchemaError:
            raise ValueError("it is too large for Rust's regex crate") from None
    return rules


# Tokens: ECMA-262, section 22.2.1, with the parameter UnicodeMode.

HEX_DIGIT = "[0-9A-Fa-f]"
SURROGATE_PAIR = rf"u[Dd][89ABab]{HEX_DIGIT}{{2}}\\u[Dd][C-Fc-f]{HEX_DIGIT}{{2}}"  # of surrogates
CODE_ESCAPE = rf"{SURROGATE_PAIR}|u{HEX_DIGIT}{{4}}|u\{{{HEX_DIGIT}+\}}|x{HEX_DIGIT}{{2}}"
# IdentityEscape of annex B; beyond FFFF it would be half of a pair.
IDENTITY_ESCAPE = "[^0-9A-Za-z\U00010000-\U0010ffff]"
# CharacterEscape.
CHARACTER_ESCAPE = rf"\\(?:{CODE_ESCAPE}|c[A-Za-z]|0(?![0-9])|[fnrtv]|{IDENTITY_ESCAPE})"

# General_Category (Unicode, PropertyValueAliases.txt) and the recommended scripts (UAX #31, 5).
GENERAL_CATEGORIES = """
    C Other Cc Control cntrl Cf Format Cn Unassigned Co Private_Use LC Cased_Letter L Letter
    Ll Lowercase_Letter Lm Modifier_Letter Lo Other_Letter Lt Titlecase_Letter Lu Uppercase_Letter
    M Mark Combining_Mark Mc Spacing_Mark Me Enclosing_Mark Mn Nonspacing_Mark N Number
    Nd Decimal_Number digit Nl Letter_Number No Other_Number P Punctuation punct
    Pc Connector_Punctuation Pd Dash_Punctuation Pe Close_Punctuation Pf Final_Punctuation
    Pi Initial_Punctuation Po Other_Punctuation Ps Open_Punctuation S Symbol Sc Currency_Symbol
    Sk Modifier_Symbol Sm Math_Symbol So Other_Symbol Z Separator Zl Line_Separator
    Zp Paragraph_Separator Zs Space_Separator"""
RECOMMENDED_SCRIPTS = """
    Common Inherited Arabic Armenian Bengali Bopomofo Cyrillic Devanagari Ethiopic Georgian Greek
    Gujarati Gurmukhi Hangul Han Hebrew Hiragana Kannada Katakana Khmer Lao Latin Malayalam Myanmar
    Oriya Sinhala Tamil Telugu Thaana Thai Tibetan"""
CATEGORY_PROPERTY = rf"(?:(?:General_Category|gc)=)?(?:{'|'.join(GENERAL_CATEGORIES.split())})"
SCRIPT_PROPERTY = (
    rf"(?:Script|sc|Script_Extensions|scx)=(?:{'|'.join(RECOMMENDED_SCRIPTS.split())})"
)
# CharacterClassEscape.
CLASS_ESCAPE = rf"\\(?:[dDsSwW]|[pP]\{{(?:{CATEGORY_PROPERTY}|{SCRIPT_PROPERTY})\}})"

TERM_TOKEN = re.compile(
    rf"""(?P<quantifier>[*+?]\??|\{{(?P<least>[0-9]+)(?:,(?P<most>[0-9]*))?\}}\??)
    |(?P<open>\((?:\?:|\?<(?P<name>[A-Za-z_][0-9A-Za-z_]*)>|(?!\?)))
    |(?P<lookahead>\(\?[=!])
    |(?P<close>\))
    |(?P<bar>\|)
    |(?P<assertion>[\^$]|\\b)
    |(?P<set>\[\^?(?:\\.|[^\\\]])*\])
    |(?P<class>\.|{CLASS_ESCAPE})
    |(?P<character>[^\^$\\.*+?()\[\]{{}}|]|{CHARACTER_ESCAPE})""",
    re.VERBOSE | re.DOTALL,
)
CLASS_ATOM = rf"(?:[^\\]|{CHARACTER_ESCAPE}|\\[b\-])"  # ClassAtom
MEMBER_TOKEN = re.compile(
    rf"""(?P<unbounded>{CLASS_ESCAPE}-(?=.)|{CLASS_ATOM}-{CLASS_ESCAPE})
    |(?P<range>(?P<low>{CLASS_ATOM})-(?P<high>{CLASS_ATOM}))
    |(?P<class>{CLASS_ESCAPE})
    |(?P<character>{CLASS_ATOM})""",
    re.VERBOSE | re.DOTALL,
)
FAULT_REASONS = {
    r"\(\?<[=!]": "a lookbehind does not have an exact equivalent",
    r"\(\?[ims]+[:)]": "{} is a flag of other engines; [Aa] is a letter in either case",
    r"\(\?": "of the groups (?…) only (?:…) and (?<name>…) have an exact equivalent",
    r"\\[1-9k]": "a backreference does not have an exact equivalent",
    r"\\B": r"engines differ on \B beside characters beyond FFFF",
    r"\\[pP]": r"of \p{{…}} only general categories and recommended scripts are exact",
    r"\\[AZz]": "{} is no escape of ECMA-262, where ^ and $ are the ends of the text",
    r"\\[!-~]?": "{} is no escape of ECMA-262",
    r"\[": "a [ is not closed",
    r"[\]{}]": "{} by itself must be escaped in ECMA-262",
}


def tokenize(kinds: re.Pattern[str], text: str) -> Tokens:
    """The tokens that ``text`` consists of."""
    tokens: Tokens = []
    end = 0
    while end < len(text):
        token = kinds.match(text, end)
        if token is None:
            raise ValueError(fault_reason(text[end:]))
        tokens.append(token)
        end = token.end()
    return tokens


def fault_reason(text: str) -> str:
    """Why no token begins here."""
    starts = ((re.match(start, text), reason) for start, reason in FAULT_REASONS.items())
    return next(reason.format(start[0]) for start, reason in starts if start)


# Grammar: what may stand where.

DEPTH_CHANGES = {"open": 1, "lookahead": 1, "close": -1}
CHARACTER_TOKENS = ("set", "class", "character")  # an Atom that is one character long
REPEATABLE_TOKENS = ("close", *CHARACTER_TOKENS)  # Atom; an assertion is none
OPEN, CLOSE = tokenize(TERM_TOKEN, "(?:)")


def split_lookaheads(tokens: Tokens) -> list[tuple[bool, Tokens]]:
    """Of ``^P(?=A)Q(?!B)C``, where P and Q are single characters: that ``^P(?:A)`` is wanted, that
    ``^PQ(?:B)`` is not, and that ``^PQC`` is wanted. Of ``^(?:(?!A)C)*$``, where A begins with a
    character: that ``(?:A)`` is wanted nowhere, and that ``^C*$`` is."""
    if is_tempered(tokens):
        whole = [tokens[0], tokens[-4], *tokens[-2:]]
        return [(False, [OPEN, *tokens[3:-5], CLOSE]), (True, whole)]
    depths = [*accumulate(DEPTH_CHANGES.get(str(token.lastgroup), 0) for token in tokens)]
    levels = zip(tokens, depths, strict=True)
    if not tokens or tokens[0][0] != "^" or any(t[0] == "|" and not depth for t, depth in levels):
        return [(True, tokens)]
    rules: list[tuple[bool, Tokens]] = []
    prefix, rest = tokens[:1], tokens[1:]
    while rest:
        kind, end = rest[0].lastgroup, 1
        if kind == "lookahead" and 0 in depths[-len(rest) :]:
            end += depths[-len(rest) :].index(0)
            rules.append((rest[0][0] == "(?=", [*prefix, OPEN, *rest[1 : end - 1], CLOSE]))
            if is_repeated(rest[end:]):
                check_quantifier(rest[end], kind)
        elif kind in CHARACTER_TOKENS and not is_repeated(rest[1:]):
            prefix = [*prefix, rest[0]]
        else:
            break
        rest = rest[end:]
    return [*rules, (True, prefix + rest)]


def is_tempered(tokens: Tokens) -> bool:
    """Whether one character again and again is the whole text, and something begins at none."""
    kinds = [str(token.lastgroup) for token in tokens]
    ends = ["assertion", "open", "lookahead", "close", "close", "quantifier", "assertion"]
    if [*kinds[:3], *kinds[-5:-4], *kinds[-3:]] != ends or kinds[-4] not in CHARACTER_TOKENS:
        return False
    depths = [*accumulate(DEPTH_CHANGES.get(kind, 0) for kind in kinds)]
    first = [3, *(at + 1 for at in range(3, len(kinds)) if kinds[at] == "bar" and depths[at] == 2)]
    begun = all(kinds[at] in CHARACTER_TOKENS and is_there(tokens[at + 1]) for at in first)
    texts = [tokens[at][0] for at in (0, 2, -1)]
    return begun and texts == ["^", "(?!", "$"] and depths.index(1, 2) == len(kinds) - 5


def is_there(after: Token) -> bool:
    """Whether the token after an atom lets it be there at least once."""
    return after.lastgroup != "quantifier" or not after[0].startswith(("*", "?", "{0"))


def is_repeated(after: Tokens) -> bool:
    """Whether the tokens after an atom begin with a quantifier."""
    return bool(after) and after[0].lastgroup == "quantifier"


def rust_disjunction(tokens: Tokens) -> str:
    """The tokens of a Disjunction in Rust."""
    depth, before = 0, None
    for token in tokens:
        depth += DEPTH_CHANGES.get(str(token.lastgroup), 0)
        if depth < 0:
            raise ValueError("a ) closes nothing")
        if token.lastgroup == "quantifier":
            check_quantifier(token, before)
        before = token.lastgroup
    if depth:
        raise ValueError("a ( is not closed")
    return "".join(rust_character_set(token, looks) for token, looks in looked_at(tokens))


def looked_at(tokens: Tokens) -> Iterator[tuple[Token, Looks]]:
    """The tokens without the lookaheads at a single character that is there once."""
    start = 0
    while start < len(tokens):
        looks, end = list[tuple[bool, Token]](), start
        while is_single_lookahead(tokens[end : end + 3]):
            looks.append((tokens[end][0] == "(?=", tokens[end + 1]))
            end += 3
        single = tokens[end:][:1] and tokens[end].lastgroup in CHARACTER_TOKENS
        if not single or is_repeated(tokens[end + 1 :]):
            looks, end = [], start
        yield tokens[end], looks
        start = end + 1


def is_single_lookahead(tokens: Tokens) -> bool:
    kinds = [token.lastgroup for token in tokens]
    return kinds[::2] == ["lookahead", "close"] and kinds[1] in CHARACTER_TOKENS


def check_quantifier(token: re.Match[str], before: str | None) -> None:
    """Early errors of ECMA-262, sections 22.2.1 and 22.2.1.1."""
    if before not in REPEATABLE_TOKENS:
        raise ValueError(f"{token[0]} repeats nothing")
    if token["most"] and int(token["least"]) > int(token["most"]):
        raise ValueError(f"{token[0]} is out of order")


# Translation: the classes of ECMA-262, section 22.2.2.9, by their members.

SPACE_MEMBERS = (
    r"\t-\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}"
)
RUST_EQUIVALENTS = {
    ".": r"[^\n\r\u{2028}\u{2029}]",
    r"\d": "[0-9]",
    r"\D": "[^0-9]",
    r"\w": "[0-9A-Za-z_]",
    r"\W": "[^0-9A-Za-z_]",
    r"\s": f"[{SPACE_MEMBERS}]",
    r"\S": f"[^{SPACE_MEMBERS}]",
    r"\b": r"(?-u:\b)",
    "[]": r"[^\s\S]",
    "[^]": r"[\s\S]",
}
CONTROL_CODES = {"0": 0, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13}


def rust_character_set(token: Token, looks: Looks) -> str:
    """A token in Rust; a character that is looked at as the set of those that are left."""
    if not looks:
        return rust_term(token)
    parts = [f"&&[{'' if wanted else '^'}{rust_set_member(it)}]" for wanted, it in looks]
    return f"[[{rust_set_member(token)}]{''.join(parts)}]"


def rust_set_member(token: Token) -> str:
    text = token[0]
    return rust_literal(text, token) if token.lastgroup == "character" else rust_term(token)


def rust_term(token: Token) -> str:
    """A token in Rust."""
    kind, text = token.lastgroup, token[0]
    if kind == "lookahead":
        raise ValueError(
            "a lookahead is exact only behind ^ and single characters, without alternatives,"
            " or at one character before one"
        )
    if kind == "character":
        return rust_character(text)
    if kind == "set" and text not in RUST_EQUIVALENTS:
        start = "[^" if text.startswith("[^") else "["
        members = tokenize(MEMBER_TOKEN, text[len(start) : -1])
        return f"{start}{''.join(map(rust_member, members))}]"
    return RUST_EQUIVALENTS.get(text, text)


def rust_member(token: Token) -> str:
    """A token of a set in Rust."""
    kind, text = token.lastgroup, token[0]
    if kind == "unbounded":
        raise ValueError(f"{text} is no range, as a class is no character")
    if kind == "class":
        return RUST_EQUIVALENTS.get(text, text)
    if kind == "character":
        return rust_literal(text, token)
    if code_point(token["low"]) > code_point(token["high"]):
        raise ValueError(f"the range {text} is out of order")
    return rust_literal(token["low"], token) + "-" + rust_literal(token["high"], token)


def rust_literal(text: str, token: Token) -> str:
    """A character of a set; ``[``, ``&&``, ``--`` and ``~~`` are operators in Rust."""
    operator = text == "[" or (text in ("&", "-", "~") and text * 2 in token.string)
    return "\\" + text if operator else rust_character(text)


def rust_character(text: str) -> str:
    """A character or its escape in Rust, which does not have ``\\cJ``, ``\\0`` and pairs."""
    code = code_point(text)
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        raise ValueError("a lone surrogate or a code beyond 10FFFF is no character")
    return f"\\u{{{code:X}}}" if UNLIKE_ESCAPE.match(text) else text


# What Rust reads otherwise or not at all; ``\\<`` is the start of a word there.
UNLIKE_ESCAPE = re.compile(r"\\(?:[bc0<>]|[\x00-\x20\x7f-\U0010ffff])|\\u.*\\u")


def code_point(text: str) -> int:
    """The character that a literal or an escape stands for (ECMA-262, section 22.2.1.4)."""
    if len(text) == 1:
        return ord(text)
    kind, rest = text[1], text[2:]
    if kind == "c":
        return ord(rest) % 32
    if kind not in "ux":
        return CONTROL_CODES.get(kind, ord(kind))
    first, *second = (int(digits, 16) for digits in re.findall(f"{HEX_DIGIT}+", text))
    return first if not second else (first - 0xD800) * 0x400 + second[0] - 0xDC00 + 0x10000

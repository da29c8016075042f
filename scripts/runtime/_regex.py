"""Whether a text is a regular expression: ``format: regex`` (2020-12, Validation 7.3.8).

That is a Pattern of ECMA-262 (section 22.2.1) with the flag u, where an escape like ``\\&`` is the
character, as in ``pattern``. Here nothing is matched, so lookbehind, backreferences and every
property of Unicode are taken. The time is linear in the length of the text.
"""

import re
from functools import lru_cache

from ._pattern import (
    CHARACTER_ESCAPE,
    GENERAL_CATEGORIES,
    HEX_DIGIT,
    SURROGATE_PAIR,
    Tokens,
    code_point,
    tokenize,
)

GROUP_NAME = r"(?:\\u[^>]|[^\\>])+"  # RegExpIdentifierName, looked at again
CLASS = r"\\[dDsSwW]|\\[pP]\{(?P<property>[^{}]*)\}"  # CharacterClassEscape
TERM = re.compile(
    rf"""(?P<literal>[^\^$\\.*+?()\[\]{{}}|]+)
    |(?P<quantifier>[*+?]\??|\{{(?P<least>[0-9]+)(?:,(?P<most>[0-9]*))?\}}\??)
    |(?P<look>\(\?<?[=!])
    |(?P<named>\(\?<(?P<name>{GROUP_NAME})>)
    |(?P<plain>\(\?(?P<flags>[ims]*(?:-[ims]*)?):)
    |(?P<numbered>\((?!\?))
    |(?P<close>\))
    |(?P<bar>\|)
    |(?P<assertion>[\^$]|\\[bB])
    |(?P<set>\[\^?(?P<members>(?:\\.|[^\\\]])*)\])
    |(?P<class>\.|{CLASS})
    |(?P<index>\\(?P<number>[1-9][0-9]*))
    |(?P<back>\\k<(?P<referred>{GROUP_NAME})>)
    |(?P<escape>{CHARACTER_ESCAPE})""",
    re.VERBOSE | re.DOTALL,
)
ATOM = rf"(?:\\[dDsSwWb\-]|\\[pP]\{{[^{{}}]*\}}|{CHARACTER_ESCAPE}|[^\\])"  # ClassAtom
MEMBER = re.compile(rf"(?P<range>(?P<low>{ATOM})-(?P<high>{ATOM}))|(?P<one>{ATOM})", re.DOTALL)
NAME_ESCAPE = re.compile(rf"\\(?:{SURROGATE_PAIR}|u{HEX_DIGIT}{{4}}|u\{{{HEX_DIGIT}+\}})")
OPENING = ("named", "look", "plain", "numbered")
REPEATABLE = ("literal", "set", "class", "index", "back", "escape")  # Atom

# Unicode, PropertyAliases.txt and PropertyValueAliases.txt, as far as ECMA-262 has them (22.2.1.9).
BINARY_PROPERTIES = """
    AHex ASCII ASCII_Hex_Digit Alpha Alphabetic Any Assigned Bidi_C Bidi_Control Bidi_M
    Bidi_Mirrored CI CWCF CWCM CWKCF CWL CWT CWU Case_Ignorable Cased Changes_When_Casefolded
    Changes_When_Casemapped Changes_When_Lowercased Changes_When_NFKC_Casefolded
    Changes_When_Titlecased Changes_When_Uppercased DI Dash Default_Ignorable_Code_Point Dep
    Deprecated Dia Diacritic EBase EComp EMod EPres Emoji Emoji_Component Emoji_Modifier
    Emoji_Modifier_Base Emoji_Presentation Ext ExtPict Extended_Pictographic Extender Gr_Base
    Gr_Ext Grapheme_Base Grapheme_Extend Hex Hex_Digit IDC IDS IDSB IDST IDS_Binary_Operator
    IDS_Trinary_Operator ID_Continue ID_Start Ideo Ideographic Join_C Join_Control LOE
    Logical_Order_Exception Lower Lowercase Math NChar Noncharacter_Code_Point Pat_Syn Pat_WS
    Pattern_Syntax Pattern_White_Space QMark Quotation_Mark RI Radical Regional_Indicator SD STerm
    Sentence_Terminal Soft_Dotted Term Terminal_Punctuation UIdeo Unified_Ideograph Upper
    Uppercase VS Variation_Selector White_Space XIDC XIDS XID_Continue XID_Start space"""
SCRIPTS = """
    Adlam Adlm Aghb Ahom Anatolian_Hieroglyphs Arab Arabic Armenian Armi Armn Avestan Avst Bali
    Balinese Bamu Bamum Bass Bassa_Vah Batak Batk Beng Bengali Berf Beria_Erfe Bhaiksuki Bhks
    Bopo Bopomofo Brah Brahmi Brai Braille Bugi Buginese Buhd Buhid Cakm Canadian_Aboriginal
    Cans Cari Carian Caucasian_Albanian Chakma Cham Cher Cherokee Chorasmian Chrs Common Copt
    Coptic Cpmn Cprt Cuneiform Cypriot Cypro_Minoan Cyrillic Cyrl Deseret Deva Devanagari Diak
    Dives_Akuru Dogr Dogra Dsrt Dupl Duployan Egyp Egyptian_Hieroglyphs Elba Elbasan Elym
    Elymaic Ethi Ethiopic Gara Garay Geor Georgian Glag Glagolitic Gong Gonm Goth Gothic Gran
    Grantha Greek Grek Gujarati Gujr Gukh Gunjala_Gondi Gurmukhi Guru Gurung_Khema Han Hang
    Hangul Hani Hanifi_Rohingya Hano Hanunoo Hatr Hatran Hebr Hebrew Hira Hiragana Hluw Hmng
    Hmnp Hung Imperial_Aramaic Inherited Inscriptional_Pahlavi Inscriptional_Parthian Ital Java
    Javanese Kaithi Kali Kana Kannada Katakana Kawi Kayah_Li Khar Kharoshthi
    Khitan_Small_Script Khmer Khmr Khoj Khojki Khudawadi Kirat_Rai Kits Knda Krai Kthi Lana Lao
    Laoo Latin Latn Lepc Lepcha Limb Limbu Lina Linb Linear_A Linear_B Lisu Lyci Lycian Lydi
    Lydian Mahajani Mahj Maka Makasar Malayalam Mand Mandaic Mani Manichaean Marc Marchen
    Masaram_Gondi Medefaidrin Medf Meetei_Mayek Mend Mende_Kikakui Merc Mero Meroitic_Cursive
    Meroitic_Hieroglyphs Miao Mlym Modi Mong Mongolian Mro Mroo Mtei Mult Multani Myanmar Mymr
    Nabataean Nag_Mundari Nagm Nand Nandinagari Narb Nbat New_Tai_Lue Newa Nko Nkoo Nshu Nushu
    Nyiakeng_Puachue_Hmong Ogam Ogham Ol_Chiki Ol_Onal Olck Old_Hungarian Old_Italic
    Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic
    Old_Uyghur Onao Oriya Orkh Orya Osage Osge Osma Osmanya Ougr Pahawh_Hmong Palm Palmyrene
    Pau_Cin_Hau Pauc Perm Phag Phags_Pa Phli Phlp Phnx Phoenician Plrd Prti Psalter_Pahlavi
    Qaac Qaai Rejang Rjng Rohg Runic Runr Samaritan Samr Sarb Saur Saurashtra Sgnw Sharada
    Shavian Shaw Shrd Sidd Siddham Sidetic Sidt SignWriting Sind Sinh Sinhala Sogd Sogdian Sogo
    Sora Sora_Sompeng Soyo Soyombo Sund Sundanese Sunu Sunuwar Sylo Syloti_Nagri Syrc Syriac
    Tagalog Tagb Tagbanwa Tai_Le Tai_Tham Tai_Viet Tai_Yo Takr Takri Tale Talu Tamil Taml Tang
    Tangsa Tangut Tavt Tayo Telu Telugu Tfng Tglg Thaa Thaana Thai Tibetan Tibt Tifinagh Tirh
    Tirhuta Tnsa Todhri Todr Tolong_Siki Tols Toto Tulu_Tigalari Tutg Ugar Ugaritic Unknown Vai
    Vaii Vith Vithkuqi Wancho Wara Warang_Citi Wcho Xpeo Xsux Yezi Yezidi Yi Yiii
    Zanabazar_Square Zanb Zinh Zyyy Zzzz"""
CATEGORIES = frozenset([*GENERAL_CATEGORIES.split(), "Cs", "Surrogate"])
LONE_PROPERTIES = frozenset(BINARY_PROPERTIES.split()) | CATEGORIES
PROPERTY_VALUES = {
    **dict.fromkeys(("General_Category", "gc"), CATEGORIES),
    **dict.fromkeys(("Script", "sc", "Script_Extensions", "scx"), frozenset(SCRIPTS.split())),
}


@lru_cache(maxsize=1024)  # documents repeat them
def is_regex(text: str) -> bool:
    """Whether ``new RegExp(text, "u")`` is one, escapes like ``\\&`` aside."""
    try:
        tokens = tokenize(TERM, text)
        names = check_groups(tokens)
        check_terms(tokens, names)
    except ValueError:
        return False
    return True


def check_groups(tokens: Tokens) -> set[str]:
    """The names of the groups; ValueError if parentheses, quantifiers or names are wrong."""
    groups: list[OpenGroup] = [OpenGroup("")]
    repeatable = False
    for token in tokens:
        kind = str(token.lastgroup)
        if kind == "quantifier" and not (repeatable and is_in_order(token)):
            raise ValueError("a quantifier follows nothing that it can repeat")
        repeatable = kind in REPEATABLE
        if kind in OPENING:
            groups.append(OpenGroup(kind))
            groups[-2].take({group_name(token["name"])} if kind == "named" else set())
        elif kind == "bar":
            groups[-1].end_alternative()
        elif kind == "close":
            closed = groups.pop()
            if not groups:
                raise ValueError("a ) closes nothing")
            groups[-1].take(closed.end_alternative())
            repeatable = closed.kind != "look"
    if len(groups) > 1:
        raise ValueError("a ( is not closed")
    return groups[0].end_alternative()


class OpenGroup:
    """The names within a group: those of the alternatives before, those of the present one."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.before: set[str] = set()
        self.present: set[str] = set()

    def take(self, names: set[str]) -> None:
        """Add names that must not stand in this alternative yet (ECMA-262, 22.2.1.1)."""
        if not self.present.isdisjoint(names):
            raise ValueError("two groups of one alternative have one name")
        self.present = united(self.present, names)

    def end_alternative(self) -> set[str]:
        self.before, self.present = united(self.before, self.present), set()
        return self.before


def united(left: set[str], right: set[str]) -> set[str]:
    """The union, in one of the sets."""
    small, large = sorted((left, right), key=len)
    large |= small
    return large


def is_in_order(quantifier: re.Match[str]) -> bool:
    """Whether ``{2,1}`` is none."""
    least, most = ((quantifier[it] or "").lstrip("0") for it in ("least", "most"))
    return not quantifier["most"] or (len(least), least) <= (len(most), most)


def group_name(text: str) -> str:
    """The name of a group, its escapes read; ValueError if it is none (ECMA-262, 12.7)."""
    name = NAME_ESCAPE.sub(lambda it: character(it[0]), text)
    plain = name[:1] + name[1:].replace("\u200c", "").replace("\u200d", "")
    if not plain.replace("$", "_").isidentifier():
        raise ValueError("a group has no name")
    return name


def check_terms(tokens: Tokens, names: set[str]) -> None:
    """ValueError if a token by itself is wrong, or refers to a group that is not there."""
    captures = sum(token.lastgroup in ("named", "numbered") for token in tokens)
    for token in tokens:
        kind = token.lastgroup
        if kind == "plain":
            check_flags(token["flags"])
        elif kind == "set":
            check_members(token["members"])
        elif kind == "class" and token["property"] is not None:
            check_property(token["property"])
        elif kind == "escape":
            character(token[0])
        lost = kind == "index" and not is_at_most(token["number"], captures)
        if lost or (kind == "back" and group_name(token["referred"]) not in names):
            raise ValueError("a backreference leads to no group")


def is_at_most(digits: str, limit: int) -> bool:
    return len(digits) <= len(str(limit)) and int(digits) <= limit


def check_flags(text: str) -> None:
    """``(?i-s:``: each flag once, and one at least."""
    flags = text.replace("-", "")
    if text == "-" or len(set(flags)) < len(flags):
        raise ValueError("a flag stands twice, or none does")


def check_members(text: str) -> None:
    """The members of a set."""
    for token in tokenize(MEMBER, text) if "-" in text or "\\" in text else ():
        ends = [token["low"], token["high"]] if token["low"] else [token["one"]]
        classes = [it for it in ends if re.match(r"\\[dDsSwWpP]", it)]
        if token["low"] and (classes or code_point(ends[0]) > code_point(ends[1])):
            raise ValueError("a range is out of order, or is of classes")
        for end in ends:
            if end[:2] in (r"\p", r"\P"):
                check_property(end[3:-1])
            elif not classes:
                character(end)


def character(text: str) -> str:
    """The character that a literal or an escape stands for."""
    code = code_point(text)
    if code > 0x10FFFF:
        raise ValueError("a code beyond 10FFFF is no character")
    return chr(code)


def check_property(text: str) -> None:
    """``Script=Greek`` or ``Lu``."""
    name, equals, value = text.partition("=")
    values = PROPERTY_VALUES.get(name, frozenset[str]()) if equals else LONE_PROPERTIES
    if (value if equals else name) not in values:
        raise ValueError("a property is not of Unicode")

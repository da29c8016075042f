"""The strings of JSON Schema's ``format`` (2020-12, Validation 7.3) as pydantic-core schemas.

Each is the grammar of its RFC, rule by rule, as one regular expression of Rust's regex crate:
digits are ASCII, nothing follows the end, and the time is linear in the length of the string.
"""

import re
from collections.abc import Callable
from functools import cache

from pydantic_core import CoreSchema, core_schema

from ._idna import MAX_NAME, is_host_name, is_international_name
from ._regex import is_regex


@cache
def format_schema(name: str) -> CoreSchema:
    """The core schema that accepts the strings of a format, one of FORMAT_NAMES."""
    usual: CoreSchema = core_schema.str_schema(
        pattern=whole_string(FORMAT_GRAMMARS[name]),
        max_length=MAX_LENGTHS.get(name),
        strict=True,
    )
    if name in RARE_GRAMMARS:
        rare = core_schema.str_schema(pattern=whole_string(RARE_GRAMMARS[name]), strict=True)
        checked = core_schema.no_info_after_validator_function(text_if(RARE_CHECKS[name]), rare)
        usual = core_schema.union_schema([usual, checked], mode="left_to_right")
    if name in SIZE_GRAMMARS:
        sized = core_schema.str_schema(pattern=whole_string(SIZE_GRAMMARS[name]), strict=True)
        usual = core_schema.chain_schema([sized, usual])
    return usual


def text_if(is_valid: Callable[[str], bool]) -> Callable[[str], str]:
    """A function that returns the texts that are valid, and raises ValueError for others."""

    def check(text: str) -> str:
        if not is_valid(text):
            raise ValueError
        return text

    return check


def whole_string(grammar: str) -> str:
    """The pattern of a string that the grammar describes from its start to its end."""
    return f"^(?:{grammar})$"


def alternation_of(*choices: str) -> str:
    """The grammar of one of several choices."""
    return f"(?:{'|'.join(choices)})"


# RFC 3339, section 5.6 and appendices A and C: Gregorian leap years, the year 0000 among them.
HOUR, SIXTY = "(?:[01][0-9]|2[0-3])", "[0-5][0-9]"
LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
DAY = alternation_of(
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
    "02-(?:0[1-9]|1[0-9]|2[0-8])",
)
DATE = alternation_of(f"[0-9]{{4}}-{DAY}", f"{LEAP_YEAR}-02-29")
FRACTION_AND_OFFSET = rf"(?:\.[0-9]+)?(?:[Zz]|[+-]{HOUR}:{SIXTY})"  # time-secfrac, time-offset
TIME = f"{HOUR}:{SIXTY}:{SIXTY}{FRACTION_AND_OFFSET}"
LEAP_TIME = f"{HOUR}:{SIXTY}:60{FRACTION_AND_OFFSET}"
DURATION_DATE = alternation_of("[0-9]+D", "[0-9]+M(?:[0-9]+D)?", "[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?")
DURATION_TIME = alternation_of("[0-9]+S", "[0-9]+M(?:[0-9]+S)?", "[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?")
DURATION = f"P(?:{DURATION_DATE}(?:T{DURATION_TIME})?|T{DURATION_TIME}|[0-9]+W)"

LEAP_SECOND_PATTERN = re.compile(
    r"([0-9]{2}):([0-9]{2}):60(?:\.[0-9]+)?(?:[Zz]|([+-][0-9]{2}):([0-9]{2}))$"
)


def is_leap_second(text: str) -> bool:
    """Whether the time hh:mm:60 with its offset is 23:59:60 in UTC (RFC 3339, 5.7)."""
    hour, minute, ahead, more = LEAP_SECOND_PATTERN.findall(text)[0]
    offset = int(ahead or "0") * 60 + int(ahead[:1] + (more or "0"))
    return (int(hour) * 60 + int(minute) - offset) % (24 * 60) == 23 * 60 + 59


# RFC 2673, section 3.2, and RFC 4291, section 2.2, as RFC 3986 writes them in section 3.2.2.
IPV4 = r"(?:OCTET\.){3}OCTET".replace("OCTET", "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])")
H16 = "[0-9A-Fa-f]{1,4}"


def ipv6_grammar(most: int, ipv4: str) -> str:
    """Eight groups, or at most ``most`` around ``::``; the last two may be an IPv4 address."""
    last = alternation_of(f"{H16}:{H16}", ipv4)
    ends = ["", H16, *(f"(?:{H16}:){{{count}}}{last}" for count in range(most - 1))]
    starts = [f"(?:{H16}(?::{H16}){{0,{count}}})?" for count in range(most)]
    short = map("::".join, zip([*reversed(starts), ""], ends, strict=True))
    return alternation_of(f"(?:{H16}:){{6}}{last}", *short)


IPV6 = ipv6_grammar(7, IPV4)

# RFC 3987, section 2.2.
UCSCHAR = r"\u{A0}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFEF}\u{E1000}-\u{EFFFD}" + "".join(
    rf"\u{{{plane:X}0000}}-\u{{{plane:X}FFFD}}" for plane in range(0x1, 0xE)
)
IPRIVATE = r"\u{E000}-\u{F8FF}\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}"
PERCENT_ENCODED = "%[0-9A-Fa-f]{2}"  # pct-encoded


def uri_grammars(others: str = "", private: str = "") -> tuple[str, str]:
    """The grammars of URI and relative-ref (RFC 3986, appendix A).

    IRI and irelative-ref (RFC 3987, section 2.2) add ``others`` to the unreserved characters and
    ``private`` characters to queries.
    """
    plain = rf"A-Za-z0-9\-._~!$&'()*+,;={others}"  # unreserved, sub-delims
    pchar = f"(?:[{plain}:@]|{PERCENT_ENCODED})"
    future = r"[Vv][0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+"
    host = alternation_of(
        rf"\[(?:{IPV6}|{future})\]", f"(?:[{plain}]|{PERCENT_ENCODED})*"
    )  # IPv4 is a reg-name
    authority = f"(?:(?:[{plain}:]|{PERCENT_ENCODED})*@)?{host}(?::[0-9]*)?"
    more = f"(?:/{pchar}*)*"  # path-abempty
    rooted = alternation_of(f"//{authority}{more}", f"/(?:{pchar}+{more})?")
    tail = rf"(?:\?(?:{pchar}|[/?{private}])*)?(?:#(?:{pchar}|[/?])*)?"
    return (
        rf"[A-Za-z][A-Za-z0-9+\-.]*:(?:{rooted}|{pchar}+{more})?{tail}",
        f"(?:{rooted}|(?:[{plain}@]|{PERCENT_ENCODED})+{more})?{tail}",
    )


URI, URI_REFERENCE = uri_grammars()
IRI, IRI_REFERENCE = uri_grammars(UCSCHAR, IPRIVATE)

# RFC 6901, section 3, and draft-bhutton-relative-json-pointer-00, section 3.
JSON_POINTER = "(?:/(?:[^~/]|~[01])*)*"
WHOLE_NUMBER = "(?:0|[1-9][0-9]*)"

# RFC 6570, sections 2.1 to 2.4, with erratum 6937 (the apostrophe).
VARCHAR = f"(?:[A-Za-z0-9_]|{PERCENT_ENCODED})"
VARIABLE_SPEC = rf"{VARCHAR}(?:\.?{VARCHAR})*(?::[1-9][0-9]{{0,3}}|\*)?"
TEMPLATE_LITERAL = rf"[!#$&-;=?-\[\]_a-z~{UCSCHAR}{IPRIVATE}]"
TEMPLATE_EXPRESSION = rf"\{{[+#./;?&=,!@|]?{VARIABLE_SPEC}(?:,{VARIABLE_SPEC})*\}}"


# RFC 5321, sections 4.1.2 and 4.1.3: Mailbox; IPv6 is the only registered tag of an address.
def local_part(others: str = "") -> str:
    """The grammar of what stands before the @; RFC 6531, section 3.3, adds ``others``."""
    atom = rf"[A-Za-z0-9!#$%&'*+\-/=?^_`{{|}}~{others}]+"
    return alternation_of(rf"{atom}(?:\.{atom})*", rf'"(?:[ !#-\[\]-~{others}]|\\[ -~])*"')


LOCAL_PART, INTERNATIONAL_LOCAL_PART = local_part(), local_part(r"\u{80}-\u{10FFFF}")
# Of a local part 64 characters (section 4.5.3.1.1), of a domain as many as of a host name.
MAILBOX_SIZES = f"(?s:.){{1,64}}@[^@]{{1,{MAX_NAME}}}"
IPV4_LITERAL = r"(?:SNUM\.){3}SNUM".replace("SNUM", "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})")
ADDRESS_LITERAL = rf"\[(?:{IPV4_LITERAL}|[Ii][Pp][Vv]6:{ipv6_grammar(6, IPV4_LITERAL)})\]"

# RFC 1123, section 2.1, without labels that have hyphens third and fourth: those and labels of
# other characters are of RFC 5890.
HOST_LABEL = (
    "[A-Za-z0-9](?:(?:[A-Za-z0-9-]{0,2}|[A-Za-z0-9-]"
    "(?:[A-Za-z0-9][A-Za-z0-9-]|-[A-Za-z0-9])[A-Za-z0-9-]{0,58})[A-Za-z0-9])?"
)
HOST_NAME = rf"{HOST_LABEL}(?:\.{HOST_LABEL})*"


MAILBOX = f"@(?:{HOST_NAME}|{ADDRESS_LITERAL})"


def domain_of(mailbox: str) -> str:
    return mailbox.rpartition("@")[2]


FORMAT_GRAMMARS = {
    "date-time": f"{DATE}[Tt]{TIME}",
    "date": DATE,
    "time": TIME,
    "duration": DURATION,
    "ipv4": IPV4,
    "ipv6": IPV6,
    "uri": URI,
    "uri-reference": alternation_of(URI, URI_REFERENCE),
    "iri": IRI,
    "iri-reference": alternation_of(IRI, IRI_REFERENCE),
    "json-pointer": JSON_POINTER,
    "relative-json-pointer": f"{WHOLE_NUMBER}(?:(?:[+-]{WHOLE_NUMBER})?{JSON_POINTER}|#)",
    "uri-template": f"(?:{TEMPLATE_LITERAL}|{PERCENT_ENCODED}|{TEMPLATE_EXPRESSION})*",
    "uuid": "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",  # RFC 9562, section 4
    "email": LOCAL_PART + MAILBOX,
    "idn-email": INTERNATIONAL_LOCAL_PART + MAILBOX,
    "regex": r"[^\\*+?()\[\]{}]*",
    "hostname": HOST_NAME,
    "idn-hostname": HOST_NAME,
}
MAX_LENGTHS = {"hostname": MAX_NAME, "idn-hostname": MAX_NAME}
# What a Python function looks at again.
RARE_GRAMMARS = {
    "date-time": f"{DATE}[Tt]{LEAP_TIME}",
    "time": LEAP_TIME,
    "hostname": r"[A-Za-z0-9.\-]*--[A-Za-z0-9.\-]*",
    "idn-hostname": r"(?s:.)+",
    "email": rf"{LOCAL_PART}@[A-Za-z0-9.\-]*--[A-Za-z0-9.\-]*",
    "idn-email": rf"{INTERNATIONAL_LOCAL_PART}@[^@]+",
    "regex": r"(?s:.)*",
}
RARE_CHECKS: dict[str, Callable[[str], bool]] = {
    "date-time": is_leap_second,
    "time": is_leap_second,
    "hostname": is_host_name,
    "idn-hostname": is_international_name,
    "email": lambda text: is_host_name(domain_of(text)),
    "idn-email": lambda text: is_international_name(domain_of(text)),
    "regex": is_regex,
}
# What the whole string matches too.
SIZE_GRAMMARS = {"email": MAILBOX_SIZES, "idn-email": MAILBOX_SIZES}
FORMAT_NAMES = frozenset(FORMAT_GRAMMARS)

"""The strings of JSON Schema's ``format`` (2020-12, Validation 7.3) as pydantic-core schemas.

Each is the grammar of its RFC, rule by rule, as one regular expression of Rust's regex crate:
digits are ASCII, nothing follows the end, and the time is linear in the length of the string.
"""

import re
from functools import cache

from pydantic_core import CoreSchema, core_schema


@cache
def schema(name: str) -> CoreSchema:
    """Accepts of all strings those of a format, one of ``NAMES``."""
    usual: CoreSchema = core_schema.str_schema(pattern=whole(GRAMMARS[name]))
    if name not in LEAP_SECONDS:
        return usual
    leap = core_schema.str_schema(pattern=whole(LEAP_SECONDS[name]))
    checked = core_schema.no_info_after_validator_function(leap_second, leap)
    return core_schema.union_schema([usual, checked], mode="left_to_right")


def whole(grammar: str) -> str:
    """From the start to the end of the string."""
    return f"^(?:{grammar})$"


def either(*choices: str) -> str:
    """One of several."""
    return f"(?:{'|'.join(choices)})"


# RFC 3339, section 5.6 and appendices A and C: Gregorian leap years, the year 0000 among them.
HOUR, SIXTY = "(?:[01][0-9]|2[0-3])", "[0-5][0-9]"
LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
DAY = either(
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
    "02-(?:0[1-9]|1[0-9]|2[0-8])",
)
DATE = either(f"[0-9]{{4}}-{DAY}", f"{LEAP_YEAR}-02-29")
ZONE = rf"(?:\.[0-9]+)?(?:[Zz]|[+-]{HOUR}:{SIXTY})"  # time-secfrac, time-offset
TIME, LEAP_TIME = f"{HOUR}:{SIXTY}:{SIXTY}{ZONE}", f"{HOUR}:{SIXTY}:60{ZONE}"
DAYS = either("[0-9]+D", "[0-9]+M(?:[0-9]+D)?", "[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?")
HOURS = either("[0-9]+S", "[0-9]+M(?:[0-9]+S)?", "[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?")
DURATION = f"P(?:{DAYS}(?:T{HOURS})?|T{HOURS}|[0-9]+W)"

LOCAL = re.compile(r"([0-9]{2}):([0-9]{2}):60(?:\.[0-9]+)?(?:[Zz]|([+-][0-9]{2}):([0-9]{2}))$")


def leap_second(text: str) -> str:
    """A text that ends in hh:mm:60 and an offset, if that is 23:59:60 in UTC (RFC 3339, 5.7)."""
    hour, minute, ahead, more = LOCAL.findall(text)[0]
    offset = int(ahead or "0") * 60 + int(ahead[:1] + (more or "0"))
    if (int(hour) * 60 + int(minute) - offset) % (24 * 60) != 23 * 60 + 59:
        raise ValueError("a leap second is the last of a day in UTC")
    return text


# RFC 2673, section 3.2, and RFC 4291, section 2.2, as RFC 3986 writes them in section 3.2.2.
IPV4 = r"(?:OCTET\.){3}OCTET".replace("OCTET", "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])")
H16 = "[0-9A-Fa-f]{1,4}"


def ipv6(most: int, ipv4: str) -> str:
    """Eight groups, the last two perhaps an IPv4 address; or ``most`` at most around ``::``."""
    last = either(f"{H16}:{H16}", ipv4)
    ends = ["", H16, *(f"(?:{H16}:){{{count}}}{last}" for count in range(most - 1))]
    starts = [f"(?:{H16}(?::{H16}){{0,{count}}})?" for count in range(most)]
    short = map("::".join, zip([*reversed(starts), ""], ends, strict=True))
    return either(f"(?:{H16}:){{6}}{last}", *short)


IPV6 = ipv6(7, IPV4)

# RFC 3987, section 2.2.
UCSCHAR = r"\u{A0}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFEF}\u{E1000}-\u{EFFFD}" + "".join(
    rf"\u{{{plane:X}0000}}-\u{{{plane:X}FFFD}}" for plane in range(0x1, 0xE)
)
IPRIVATE = r"\u{E000}-\u{F8FF}\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}"
PERCENT = "%[0-9A-Fa-f]{2}"  # pct-encoded


def identifiers(others: str = "", private: str = "") -> tuple[str, str]:
    """URI and relative-ref (RFC 3986, appendix A); IRI and irelative-ref (RFC 3987, section 2.2)
    have ``others`` among the unreserved characters and ``private`` ones in queries."""
    plain = rf"A-Za-z0-9\-._~!$&'()*+,;={others}"  # unreserved, sub-delims
    pchar = f"(?:[{plain}:@]|{PERCENT})"
    future = r"[Vv][0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+"
    host = either(rf"\[(?:{IPV6}|{future})\]", f"(?:[{plain}]|{PERCENT})*")  # IPv4 is a reg-name
    authority = f"(?:(?:[{plain}:]|{PERCENT})*@)?{host}(?::[0-9]*)?"
    more = f"(?:/{pchar}*)*"  # path-abempty
    rooted = either(f"//{authority}{more}", f"/(?:{pchar}+{more})?")
    tail = rf"(?:\?(?:{pchar}|[/?{private}])*)?(?:#(?:{pchar}|[/?])*)?"
    return (
        rf"[A-Za-z][A-Za-z0-9+\-.]*:(?:{rooted}|{pchar}+{more})?{tail}",
        f"(?:{rooted}|(?:[{plain}@]|{PERCENT})+{more})?{tail}",
    )


URI, URI_REFERENCE = identifiers()
IRI, IRI_REFERENCE = identifiers(UCSCHAR, IPRIVATE)

# RFC 6901, section 3, and draft-bhutton-relative-json-pointer-00, section 3.
POINTER = "(?:/(?:[^~/]|~[01])*)*"
COUNT = "(?:0|[1-9][0-9]*)"

# RFC 6570, sections 2.1 to 2.4, with erratum 6937 (the apostrophe).
VARCHAR = f"(?:[A-Za-z0-9_]|{PERCENT})"
VARIABLE = rf"{VARCHAR}(?:\.?{VARCHAR})*(?::[1-9][0-9]{{0,3}}|\*)?"
LITERAL = rf"[!#$&-;=?-\[\]_a-z~{UCSCHAR}{IPRIVATE}]"
EXPRESSION = rf"\{{[+#./;?&=,!@|]?{VARIABLE}(?:,{VARIABLE})*\}}"

# RFC 5321, sections 4.1.2 and 4.1.3: Mailbox; IPv6 is the only tag of an address that there is.
ATOM = r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+"
LOCAL_PART = either(rf"{ATOM}(?:\.{ATOM})*", r'"(?:[ !#-\[\]-~]|\\[ -~])*"')
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?"
SNUMS = r"(?:SNUM\.){3}SNUM".replace("SNUM", "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})")
ADDRESS = rf"\[(?:{SNUMS}|[Ii][Pp][Vv]6:{ipv6(6, SNUMS)})\]"

GRAMMARS = {
    "date-time": f"{DATE}[Tt]{TIME}",
    "date": DATE,
    "time": TIME,
    "duration": DURATION,
    "ipv4": IPV4,
    "ipv6": IPV6,
    "uri": URI,
    "uri-reference": either(URI, URI_REFERENCE),
    "iri": IRI,
    "iri-reference": either(IRI, IRI_REFERENCE),
    "json-pointer": POINTER,
    "relative-json-pointer": f"{COUNT}(?:(?:[+-]{COUNT})?{POINTER}|#)",
    "uri-template": f"(?:{LITERAL}|{PERCENT}|{EXPRESSION})*",
    "uuid": "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",  # RFC 9562, section 4
    "email": rf"{LOCAL_PART}@(?:{LABEL}(?:\.{LABEL})*|{ADDRESS})",
}
LEAP_SECONDS = {"date-time": f"{DATE}[Tt]{LEAP_TIME}", "time": LEAP_TIME}
NAMES = frozenset(GRAMMARS)

"""Tables of values to try, and values near a value."""

from collections.abc import Callable, Iterator
from typing import Any

from contract.json_values import is_array, is_object

Case = tuple[str, Any]


POOL: dict[str, Any] = {
    "null": None,
    "false": False,
    "true": True,
    "zero": 0,
    "one": 1,
    "minus-one": -1,
    "fifteen-point-zero": 15.0,
    "a-half": 0.5,
    "just-above-one": 1.0000000001,
    "just-above-zero": 1e-10,
    "two-to-the-53-plus-one": 2**53 + 1,
    "two-to-the-63": 2**63,
    "minus-two-to-the-64": -(2**64),
    "ten-to-the-300": 1e300,
    "empty-string": "",
    "string": "text",
    "string-1": "1",
    "string-true": "true",
    "string-null": "null",
    "string-beyond-ascii": "é\u2028\U0001f600\x00",
    "long-string": "x" * 1000,
    "empty-array": [],
    "array": [1, None],
    "equal-items": [None, None],
    "empty-object": {},
    "object": {"stranger": [1.5, {"": None}]},
}


UUIDS = {
    "lower": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "upper": "0F8FAD5B-D9CB-469F-A165-70867728950E",
    "nil": "00000000-0000-0000-0000-000000000000",
    "max": "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "no-hyphens": "0f8fad5bd9cb469fa16570867728950e",
    "urn": "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e",
    "braces": "{0f8fad5b-d9cb-469f-a165-70867728950e}",
    "open-brace": "{0f8fad5b-d9cb-469f-a165-70867728950e",
    "close-brace": "0f8fad5b-d9cb-469f-a165-70867728950e}",
    "underscore": "0f8f_d5b-d9cb-469f-a165-70867728950e",
    "full-width-digit": "\uff10f8fad5b-d9cb-469f-a165-70867728950e",
    "leading-space": " 0f8fad5b-d9cb-469f-a165-70867728950e",
    "space-inside": " f8fad5b-d9cb-469f-a165-70867728950e",
    "final-newline": "0f8fad5b-d9cb-469f-a165-70867728950e\n",
    "one-short": "0f8fad5b-d9cb-469f-a165-70867728950",
    "one-long": "0f8fad5b-d9cb-469f-a165-70867728950e0",
    "no-hex": "gf8fad5b-d9cb-469f-a165-70867728950e",
    "hyphen-moved": "0f8fad5-bd9cb-469f-a165-70867728950e",
    "hyphen-for-digit": "0f8fad5b-d9cb-469f-a165--0867728950e",
    "32-digits-and-spaces": "  0f8fad5bd9cb469fa16570867728950e  ",
}


def numbered_texts(*texts: str) -> dict[str, str]:
    return {str(index): text for index, text in enumerate(texts)}


DATES = (
    *("2024-02-29", "2023-02-28", "1920-02-29", "0000-01-01", "9999-12-31", "2000-02-29"),
    *("2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00"),
    *("2024-1-01", "24-01-01", "20240101", "2024-01-01\n", " 2024-01-01", "2024-01-01T00:00:00Z"),
    *("2024-01-0\u0661", "\uff12024-01-01", "2024-01-0-", "20*0-08-31", "02024-01-01", "2024-001"),
)


TIMES = (
    *("12:34:56Z", "00:00:00z", "23:59:59.999999999+23:59", "08:30:06-08:00", "23:59:60Z"),
    *("22:59:60Z", "00:29:60+00:30", "01:29:60+01:30", "24:00:00Z", "12:60:00Z", "12:34:61Z"),
    *("12:34:56", "12:34Z", "12:34:56.Z", "12:34:56,5Z", "12:34:56+24:00", "12:34:56+0100"),
    *("1:34:56Z", "12:34:56 Z", "12:34:56Z\n", "12:34:5\u0661Z", "12:3-:56Z", "12:34:56+01"),
)


FORMATS: dict[str, dict[str, str]] = {
    "uuid": UUIDS,
    "date": numbered_texts(*DATES),
    "time": numbered_texts(*TIMES),
    "date-time": numbered_texts(
        *(f"{date}T{TIMES[0]}" for date in DATES),
        *(f"{DATES[0]}T{time}" for time in TIMES),
        *("1998-12-31t23:59:60z", "1998-12-31 23:59:59Z", "1577836800", "2024-02-29"),
        *("1998-12-31T23:58:60Z", "2024-02-29T12:34:56.1234567+00:00", "2024-060T01:01:01Z"),
    ),
    "duration": numbered_texts(
        *("P1D", "P4Y", "PT0S", "P1Y2M3DT4H5M6S", "P2W", "PT36H", "P1M", "PT1M", "P0D"),
        *("P", "PT", "P1", "1D", "P1DT", "P1Y2W", "P1S", "PT1D", "P2D1Y", "P-1D", "P1.5D", "p1d"),
        *("P\u0661D", "P1D\n", " P1D", "PT1H1S", "P1Y1D"),
    ),
    "ipv4": numbered_texts(
        *("127.0.0.1", "0.0.0.0", "255.255.255.255", "256.0.0.1", "1.2.3", "1.2.3.4.5"),
        *(
            "01.2.3.4",
            "1.2.3.4 ",
            "1.2.3.4\n",
            "0x7f.0.0.1",
            "2130706433",
            "1.2.3.\u0664",
            "1..2.3",
        ),
        *("1.2.3.-4", "1.2.3.4/24", "127.1"),
    ),
    "ipv6": numbered_texts(
        *("::1", "::", "1:2:3:4:5:6:7:8", "fe80::A", "::ffff:192.0.2.1", "1::8", "1:2:3:4:5:6::8"),
        *("12345::", "::1::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::laptop", "fe80::a%eth1"),
        *("::1/64", " ::1", "::1\n", "::ffff:256.0.0.1", "1:2:3:4:5:6:7:1.2.3.4", ":1", "::\u0661"),
        *("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:8::", "[::1]"),
    ),
    "email": numbered_texts(
        *("joe.bloggs@example.com", "te~st@example.com", '"joe bloggs"@example.com', "a@b"),
        *("joe@[127.0.0.1]", "joe+tag@sub.example.com", "2962", "@example.com", "joe@", "joe@@b.c"),
        *(".joe@example.com", "joe.@example.com", "j..e@example.com", "joe @example.com"),
        *("joe@exa mple.com", "joe@-a.com", "joe@example.com\n", "joe", "joe@[127.0.0.300]"),
    ),
    "uri": numbered_texts(
        *("http://foo.bar/?baz=qux#quux", "urn:oasis:names", "mailto:a@b.c", "http://a", "x:"),
        *("http://[::1]:80/", "http://u:p@h/%20", "//foo.bar/", "/abc", "\\\\share", "abc", ""),
        *("http:// shouldfail", ":// fail", "http://a/%zz", "http://a/é", "http://a/<b>", "1a:b"),
        *("http://a\n", "http://a/b{c}", "http://a/#b#c", "http://[::1", "http://a:b/"),
    ),
    "uri-reference": numbered_texts(
        *("http://a/b", "//a/b", "/abc", "abc", "#f", "?q", "", "a/b:c", "%41", "./a:b"),
        *("\\\\share", "#frag\\ment", "a b", "%zz", "é", "a\n", "<a>", "1:a", "a#b#c", "{a}"),
    ),
    "iri": numbered_texts(
        *("http://ƒøø.ßår/?∂éœ=πîx#πîüx", "http://a/é", "urn:é", "http://[::1]/", "x:"),
        *("//a/é", "é", "/é", "http://a b", "http://a/%zz", "\\\\é", "http://é\n", "http://a/<é>"),
        *("", "http://2001:0db8:85a3:0000:0000:8a2e:0370:7334"),
    ),
    "iri-reference": numbered_texts(
        *("http://ƒøø.ßår/", "//ƒøø/é", "/âππ", "âππ", "#ƒrägmênt", "", "?é"),
        *("\\\\WINDOWS\\é", "#ƒräg\\mênt", "é b", "%zzé", "é\n", "<é>", "1:é", "é#b#c"),
    ),
    "json-pointer": numbered_texts(
        *("", "/", "/a", "/a~0b~1c", "//", "/é", "/ ", "/\n", "/foo/0", "/~01"),
        *("a", "#", "#/a", "/~", "/~2", "/a~", " /a", "0", "/a/~a"),
    ),
    "relative-json-pointer": numbered_texts(
        *("0", "1", "0/a", "10#", "0#", "1/a~0b", "0/", "2/0/bar"),
        *("", "/a", "-1", "+1", "01", "01#", "0##", "0a", "1/~2", "\u0661", "0#/a", "a", "0\n"),
    ),
    "uri-template": numbered_texts(
        *("http://example.com/{term:1}/{term}", "{a}", "{?a,b*}", "{+a:3}", "a", "", "{a.b}"),
        *("{a", "a}", "{}", "{a b}", "{a:}", "{a:10000}", "{{a}}", "{a,}", "{=a!}", "<{a}>", "%zz"),
        *("{%41}", "{a%4}", "{a:0}", "{a}\n", "{.a..b}"),
    ),
}


def near_values(name: str, value: Any) -> Iterator[Case]:
    """A JSON value, and near it what it is not: 1, 1.0, true and "1" are two values."""
    yield name, value
    yield from NEAR_VALUES_BY_TYPE[type(value)](name, value)


def near_string(name: str, text: str) -> Iterator[Case]:
    yield f"{name}/upper", text.upper()
    yield f"{name}/longer", f"{text} "
    yield f"{name}/shorter", text[:-1]


def near_boolean(name: str, value: bool) -> Iterator[Case]:
    yield f"{name}/other", not value
    yield f"{name}/number", int(value)
    yield f"{name}/string", str(value).lower()


def near_number(name: str, value: float) -> Iterator[Case]:
    if abs(value) < 2**53:
        yield f"{name}/float", float(value)
        yield f"{name}/whole", int(value)
        yield f"{name}/a-little-more", value + 0.5
    yield f"{name}/less", value - 1
    yield f"{name}/more", value + 1
    yield f"{name}/negative", -value
    yield f"{name}/string", str(value)
    yield f"{name}/true", True
    yield f"{name}/false", False


def near_null(name: str, value: None) -> Iterator[Case]:
    yield f"{name}/string", "null"


def near_array(name: str, items: list[Any]) -> Iterator[Case]:
    yield f"{name}/longer", [*items, None]
    yield f"{name}/shorter", items[:-1]
    yield f"{name}/reversed", items[::-1]
    for index, item in enumerate(items):
        for case, other in near_values(f"{name}/{index}", item):
            yield case, [*items[:index], other, *items[index + 1 :]]


def near_object(name: str, members: dict[str, Any]) -> Iterator[Case]:
    yield f"{name}/stranger", {**members, "stranger": None}
    for key, member in members.items():
        yield f"{name}/{key}/absent", {it: value for it, value in members.items() if it != key}
        for case, other in near_values(f"{name}/{key}", member):
            yield case, {**members, key: other}


NEAR_VALUES_BY_TYPE: dict[type, Callable[[str, Any], Iterator[Case]]] = {
    str: near_string,
    bool: near_boolean,
    int: near_number,
    float: near_number,
    type(None): near_null,
    list: near_array,
    dict: near_object,
}


def with_first_null(made: Any) -> Any:
    """The first item or value exchanged: two faults at once, where null is one."""
    if is_array(made):
        return [None, *made[1:]]
    return dict.fromkeys(made) if is_object(made) else None

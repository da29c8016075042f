"""A format accepts the strings of its RFC and no others."""

import calendar
import ipaddress
import json
import random
import re
from functools import cache

import jsonschema_rs
import pytest
from oracle.strings import is_of_format
from pydantic_core import SchemaValidator, core_schema
from runtime._formats import FORMAT_NAMES, format_schema


@cache
def engine(name: str) -> SchemaValidator:
    """Leaves of a list the strings of a format."""
    member = core_schema.with_default_schema(format_schema(name), on_error="omit")
    return SchemaValidator(core_schema.list_schema(member))


def accepted(name: str, texts: list[str]) -> list[str]:
    """Those that are of the format, read as JSON and as Python."""
    found: list[str] = engine(name).validate_python(texts)
    assert found == engine(name).validate_json(json.dumps(texts))
    return found


# Format: strings of it, strings that are close and not of it.
FORMATS: dict[str, tuple[list[str], list[str]]] = {
    "date": (
        ["1963-06-19", "2020-02-29", "2000-02-29", "0000-02-29", "9999-12-31"],
        [
            *("2021-02-29", "1900-02-29", "2020-2-29", "2020-04-31", "2020-00-01", "2020-01-00"),
            *("20200101", "2020-01-01\n", "2020-01-01T", "2020-01-0\u09ea", "20*0-08-31"),
            *("-2020-01-01",),
        ],
    ),
    "time": (
        ["08:30:06Z", "08:30:06.123456789z", "23:59:60Z", "00:00:60.5+00:01", "15:59:60-08:00"],
        [
            *("08:30:06", "24:00:00Z", "08:60:00Z", "08:30:61Z", "08:30:06.Z", "08:30:06,5Z"),
            *("22:59:60Z", "08:30:06+24:00", "08:30:06+00:60", "08:30:06+0000", "8:30:06Z"),
            *("0-:30:06Z", "08:30Z"),
        ],
    ),
    "date-time": (
        ["1963-06-19T08:30:06Z", "1963-06-19t08:30:06.5z", "1998-12-31T15:59:60.1-08:00"],
        [
            *("1963-06-19 08:30:06Z", "1963-06-19T08:30:06", "1963-06-31T08:30:06Z"),
            *("1963-06-19", "1998-12-31T23:59:61Z", "1998-12-31T23:58:60Z"),
            *("1963-06-19T08:30:06Z\n", "0"),
        ],
    ),
    "duration": (
        ["P1Y2M3DT4H5M6S", "P1Y", "P1M2D", "PT1M2S", "P1DT1S", "P007W", "PT0S"],
        ["P", "PT", "P1YT", "P1Y2D", "PT1H2S", "P1W1D", "P1.5D", "p1d", "P1H", "P\u0661D", "-P1D"],
    ),
    "ipv4": (
        ["0.0.0.0", "255.255.255.255", "1.20.199.249"],
        ["256.0.0.1", "01.0.0.1", "1.2.3", "1.2.3.4.5", "1.2.3.4\n", "1.2.3.\u0664", "1.2.3.4/8"],
    ),
    "ipv6": (
        [
            *("::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8"),
            *("::1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1::6:1.2.3.4", "ABCD:ef01::"),
        ],
        [
            *("", ":", "1", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9"),
            *("1:2:3:4::5:6:7:8", "12345::", "::1.2.3", "::01.2.3.4", "1.2.3.4::"),
            *("fe80::1%eth0", "[::1]", "::g"),
        ],
    ),
    "uri": (
        [
            *("a:", "http://foo.bar/?q#f", "urn:a:b", "a://u:p@[::1]:80/", "a://[vF1.x:y]"),
            *("a:/b//c", "a+-.1:b", "a://:/", "a:?/?#/?", "a:%7e", "file:///x", "a:b@:"),
        ],
        [
            *("", "a", "//a", "1:b", "a:é", "a: b", "a:%7", "a:[", "a://[::1", "a://[1]"),
            *("a://b:c", "a:##", "a:\\", "a:b\n", "a://[fe80::1%25e]", "a://[v1.]", "a://b@c@d"),
            *("a:^",),
        ],
    ),
    "uri-reference": (
        ["", "a", "/", "//", "//a:1/b", "./a:b", "a/b:c", "?a", "#", "a:b", "%41"],
        ["1:b", ":a", "%4", "a b", "\\", "#a#b", "é", "//[a]", "a\n"],
    ),
    "iri": (
        ["http://ƒ.å/?π#î", "a:?\ue000", "a://é@é", "a:\U000e1000", "urn:x"],
        ["é:a", "é", "a:\ue000", "a:#\ue000", "a:\ufdd0", "a:\ufffd", "a:\U000e0001", "a:\x85"],
    ),
    "iri-reference": (
        ["", "é", "/é", "//é", "?\ue000", "#é"],
        ["é:a", "\ue000", "\\é", "é é"],
    ),
    "json-pointer": (
        ["", "/", "/a~0~1", "//", "/é\n", "/0"],
        ["a", "#", "/~", "/~2", "#/a", "a/b"],
    ),
    "relative-json-pointer": (
        ["0", "10", "0#", "1/a~0", "0+1", "2-1/a"],
        ["", "/a", "01", "-1", "+1", "0##", "0#/a", "1a", "0+", "0-01", "0+1#", "\u0661"],
    ),
    "uri-template": (
        ["", "a", "{a}", "/{+a,b*}{?x:3}", "{a.b}", "{%41_}", "a'é", "{a:9999}", "\ue000", "[]"],
        [
            *("{", "}", "{}", "{a", "{a:0}", "{a:10000}", "{a,}", "{a..b}", "{a-b}", "{$a}"),
            *("a b", "%4", "{a:1*}", "\\", "<", "\ufffd", "{{a}}", "{é}"),
        ],
    ),
    "uuid": (
        ["2EB8AA08-aa98-11ea-b4aa-73b441d16380", "00000000-0000-0000-0000-000000000000"],
        [
            *("2eb8aa08aa9811eab4aa73b441d16380", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}"),
            *("2eb8aa08-aa98-11ea-b4aa-73b441d1638g", "2eb8aa08-aa98-11ea-b4aa-73b441d16380\n"),
            *("urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380",),
            *("2eb8-aa08aa98-11ea-b4aa-73b441d16380",),
        ],
    ),
    "hostname": (
        [
            *("www.example.com", "a", "1host.2", "A-b.C--d", "a-" * 31 + "a", "xn--4gbwdl.a"),
            *("XN--MNICH-KVA", "0.0", ".".join(["a" * 63] * 3 + ["b" * 61]), "xn--fa-hia"),
        ],
        [
            *("", ".", "a.", ".a", "a..b", "-a", "a-", "a_b", "a b", "a\n", "a" * 64, "ab--c"),
            *("xn--X", "xn--a", "xn--", "xn--ls8h", "xn--al-0ea", "XN--aa---o47jg78q", "\u00e9"),
            *(".".join(["a" * 63] * 3 + ["b" * 62]), "a\u3002b", "\uff41", "xn--fa-hia-"),
        ],
    ),
    "idn-hostname": (
        [
            *(
                "a.b",
                "\uc2e4\ub840.\ud14c\uc2a4\ud2b8",
                "a\u3002b\uff0ec\uff61d",
                "\u00df\u03c2\u0f0b\u3007",
                "l\u00b7l",
                "\u03b1\u0375\u03b2",
                "\u05d0\u05f3\u05d1",
                "\u30fb\u4e08",
            ),
            *(
                "\u0915\u094d\u200d\u0937",
                "\u0628\u064a\u200c\u0628\u064a",
                "\u06f00",
                "\u00fc" * 57,
                "xn--ihqwcrb4cv8a8dqg056pqjye",
            ),
        ],
        [
            *(
                "",
                "\u3002",
                "\u00dc",
                "u\u0308",
                "\u0300a",
                "\u00fc-",
                "-\u00fc",
                "\u00fc\u00fc--a",
                "a\u00b7l",
                "\u03b1\u0375s",
                "\u30fbabc",
            ),
            *(
                "\u0915\u200d\u0937",
                "\u0628\u0660\u06f0",
                "\u05d0a",
                "a\u05d0",
                "\U0001f600",
                "\ufb01",
                "\u00fc" * 58,
                "xn--X",
                "\u00fc\n",
                "\u00fc..a",
            ),
            *("\u00fc" * 56 + "." + ".".join(["a" * 63] * 3), "\u200d", "\u05d0\u06600", "\u00fc_"),
        ],
    ),
    "email": (
        [
            *("a@b", "a.b+c@d-e.f", '"a b"@c', '"\\""@c', '""@c', "a@[1.2.3.4]", "a@[IPv6:::1]"),
            *("~@1", "a@[ipv6:1:2:3:4:5:6:7:8]", "a@[IPv6:1::6:1.2.3.4]", "a@[001.2.3.4]"),
            *("a@xn--4gbwdl.b", '"\\a"@b', '"a\\ b"@c', "a" * 64 + "@b", f'"{"a" * 62}"@b'),
            f"a@{'.'.join(['a' * 63] * 3 + ['b' * 61])}",
        ],
        [
            *("a", "@b", "a@", ".a@b", "a.@b", "a..b@c", "a b@c", '"a@b', '"a"b@c', "a@-b"),
            *("a@b-", "a@b.", "a@b_c", "a@[1.2.3.256]", "a@[1.2.3]", "a@[::1]", "a@[x:y]"),
            *("a@[IPv6:1:2:3:4:5:6:7::]", '"\t"@c', "é@b", "a@é", "a@b\n", "a@b@c", "<a@b>"),
            *("a@ex--ample", "a@xn--X", "a" * 65 + "@b", f'"{"a" * 63}"@b', f"a@{'b' * 64}"),
            f"a@{'.'.join(['a' * 63] * 3 + ['b' * 62])}",
        ],
    ),
    "idn-email": (
        [
            *("실례@실례.테스트", "é.ü@b", '"é @"@b', "é@[1.2.3.4]", "\u3002@b", "é" * 64 + "@b"),
            *("a@b", '"\\a"@b', "a@xn--4gbwdl.b", "é@b\u3002c", "a@" + "ü" * 57),
        ],
        [
            *("é", "é@", "@é", ".é@b", "é..é@b", "é @b", '"\\é"@b', "é@-ü", "é@Ü", "é@b\n"),
            *("é" * 65 + "@b", "é@ü@b", "a@" + "ü" * 58, "é\x7f@b", '"é\t"@b', "é@[é]"),
        ],
    ),
    "regex": (
        [
            *("", "a", "^(?:a|b)*?$", "[]|[^]", "a{2,}b{0,1}c{3}?", r"\d\D\s\S\w\W.", "()"),
            *(r"(?<=a)b(?<!c)(?=d)(?!e)\b\B", r"(a)\1(?<n>b)\k<n>\2", r"\k<n>(?<n>a)"),
            *(r"\p{L}\P{gc=Lu}\p{Script_Extensions=Grek}\p{Emoji}", r"[\p{Lu}\-\b\]a-z&&]"),
            *(r"\u{1F600}\uD83D\uDE00\uD83D\u0061\x41\cA\0\n", r"[\u{1F600}-\u{1F64F}]"),
            *("(?i:a)(?i-ms:b)(?-s:c)", "(?<a>b)|(?<a>c)", "(?:(?<a>b)|c)(?<d>e)", "(?<$ü>a)"),
            *(r"\&\-\_\/\"", r"(?<\u0061>b)\k<a>", "a{99999999999}", "/", "é\n", "&&"),
        ],
        [
            *("(", ")", "(a", "a)", "[", "[a", "]", "{", "}", "a{", "a{,2}", "a{2,1}", "a{1"),
            *("*", "a**", "^*", "$+", r"\b?", "(?=a)*", "(?<=a)+", "a|?", "(?:*)", "a???"),
            *(r"\1", r"(a)\2", r"\k<a>", r"\k", r"\8", r"\07", "(?<a>b)(?<a>c)", "(?<1>a)"),
            *("(?<>a)", "(?P<a>b)", "(?#a)", "(?>a)", "(?-:a)", "(?ii:a)", "(?i-i:a)", "(?x:a)"),
            *(r"\p{Greek}", r"\p{lu}", r"\p{sc=greek}", r"\pL", r"\p{}", r"[\p{Foo}]", r"\p{a=b}"),
            *("[z-a]", r"[\d-z]", r"[a-\w]", r"\u{110000}", r"[\u{110000}]", r"\u12", r"\x4"),
            *(
                r"\Z",
                r"\A",
                r"\a",
                r"\h",
                r"\e",
                r"\c",
                r"\c1",
                "\\",
                "\\\U0001f600",
                "(?<a",
                "(?i)a",
            ),
        ],
    ),
}


def test_these_are_the_formats() -> None:
    assert FORMATS.keys() == FORMAT_NAMES


@pytest.mark.parametrize("name", FORMATS)
def test_it_accepts_its_strings_and_no_others(name: str) -> None:
    strings, others = FORMATS[name]
    assert accepted(name, strings + others) == strings


def test_a_host_name_is_what_the_package_idna_takes() -> None:
    rng = random.Random(0)
    parts = [
        *"abl-zA09.\n",
        "xn--",
        "ab--",
        *"\u00e9\u00df\u00b7\u03b1\u03c2\u05d0\u0628\u0660\u06f0\u0915\u30fb\u3042\u4e00\u03a3\U0001f600\ufb01\u00b2\u064a\u00fc",
        "\u0300",
        "\u0375",
        "\u05f3",
    ]
    parts += ["\u200c", "\u200d", "\u094d", "\u3002", "\uff0e", "\u0640", "a" * 30, "\u00e9" * 20]
    texts = ["".join(rng.choices(parts, k=rng.randrange(1, 8))) for _ in range(4_000)]
    characters = [chr(rng.randrange(0x80, 0x20000)) for _ in range(8_000)]
    texts += [it for it in characters if not "\ud800" <= it <= "\udfff"]
    texts += [f"xn--{it.encode('punycode').decode()}" for it in texts if not it.isascii()]
    for name in ("hostname", "idn-hostname"):
        expected = [it for it in texts if is_of_format(name, it)]
        assert accepted(name, texts) == expected
        assert len(expected) > 300


def test_a_date_is_a_day_of_the_gregorian_calendar() -> None:
    days = {
        f"{year:04}-{month:02}-{day:02}"
        for year in range(1600, 2000)  # one cycle
        for month in range(1, 13)
        for day in range(1, calendar.monthrange(year, month)[1] + 1)
    }
    candidates = [
        f"{year:04}-{month:02}-{day:02}"
        for year in range(1600, 2000)
        for month in range(14)
        for day in range(33)
    ]
    assert set(engine("date").validate_python(candidates)) == days


@pytest.mark.parametrize("sign", [1, -1])
def test_a_leap_second_is_the_last_second_of_a_day_in_utc(sign: int) -> None:
    def clock(minutes: int) -> str:
        hours, minute = divmod(minutes % (24 * 60), 60)
        return f"{hours:02}:{minute:02}"

    for ahead in range(0, 24 * 60, 37):
        offset = f"{'+' if sign > 0 else '-'}{clock(ahead)}"
        texts = [f"{clock(minute)}:60{offset}" for minute in range(24 * 60)]
        assert engine("time").validate_python(texts) == [f"{clock(sign * ahead - 1)}:60{offset}"]


def test_an_octet_is_a_number_below_256_without_leading_zeros() -> None:
    numbers = [
        *map(str, range(1000)),
        *(f"{n:02}" for n in range(10)),
        *(f"{n:03}" for n in range(100)),
    ]
    for address in ("{}.0.0.0", "0.{}.0.0", "0.0.{}.0", "0.0.0.{}"):
        texts = [address.format(number) for number in numbers]
        assert accepted("ipv4", texts) == [address.format(number) for number in range(256)]


def is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True


def test_an_ipv6_address_is_what_python_reads() -> None:
    rng = random.Random(0)
    parts = ["1", "ab", "FFFF", ":", ":", ":", "::", "1.2.3.4", "12345"]
    texts = ["".join(rng.choices(parts, k=rng.randrange(1, 18))) for _ in range(20_000)]
    texts += [
        ":".join(rng.choices(["1", "ab", ""], [5, 5, 1], k=rng.randrange(7, 10)))
        for _ in range(5_000)
    ]
    found = accepted("ipv6", texts)
    assert len(found) > 500
    assert found == [text for text in texts if is_ipv6(text)]


DATE, TIME = "d{4}-d{2}-d{2}", r"d{2}:d{2}:d{2}(\.d+)?([Zz]|[+-]d{2}:d{2})"


def punctuated(shape: str) -> str:
    """Strings of a shape in which punctuation stands for digits."""
    digits, any_of_both = shape.replace("d", "[0-9]"), shape.replace("d", "[!-/0-9]")
    return rf"(?!{digits}\Z){any_of_both}\Z"


# Where jsonschema-rs departs from the RFCs: it takes punctuation for the digits of dates and times
# (RFC 3339), knows no "0+1" (draft-bhutton-relative-json-pointer-00), takes any character beyond
# ASCII in a template (RFC 6570); of mailboxes (RFC 5321) it refuses numbers like "001" and some
# quoted blanks, takes tabs and seven groups beside "::", and maps international labels (UTS #46);
# of regular expressions it takes any property of Unicode, and no escapes like "\é".
MAILBOX_DEPARTURES = r".*\[.*::|.*[\[.:]0[0-9]|.*\t|.*(\\| <)"
DEPARTURES = {
    "date": punctuated(DATE),
    "time": punctuated(TIME),
    "date-time": punctuated(f"{DATE}[Tt]{TIME}"),
    "relative-json-pointer": "[0-9]+[+-]",
    "uri-template": "(?s:.*)[\x85\ufdd0\ufffd\U000e0001]",
    "email": f"{MAILBOX_DEPARTURES}|.*--",
    "idn-email": f"{MAILBOX_DEPARTURES}|.*--|.*@.*[^ -~]",
    "regex": r"(?s:.)*\\([pP]|[^ -~])",
}
CHARACTERS = [*"0123456789abfgzPTYMDHSWZ:/?#[]@!$&'()*+,;=-._~% \"\\<>^`{|}\n\té", "\u09ea"]
CHARACTERS += ["\x85", "\ue000", "\ufdd0", "\ufffd", "\U00010000", "\U000e0001", "\U000e1000"]
CHARACTERS += ["::", "%41", "//", ":60", "02-29", "23:59:60", "+01:00", "~0", "~1", "..", "{a}"]


def mutant(rng: random.Random, texts: list[str]) -> str:
    """A text with a splice of another, or with some characters replaced or put in or left out."""
    text, other = rng.choice(texts), rng.choice(texts)
    start, end = sorted(rng.choices(range(len(text) + 1), k=2))
    if rng.random() < 0.3:
        return text[:start] + other[rng.randrange(len(other) + 1) :]
    some = "".join(rng.choices([*CHARACTERS, *other], k=rng.choice([0, 1, 1, 2])))
    return text[:start] + some + text[rng.choice([start, min(start + 1, len(text)), end]) :]


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"hostname", "idn-hostname"}))
def test_of_mutants_it_accepts_those_that_jsonschema_rs_accepts(name: str) -> None:
    rng = random.Random(name)
    judge = jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)
    texts = list(FORMATS[name][0])
    for _ in range(4):  # from the mutants accepted of the last round
        mutants = [mutant(rng, texts) for _ in range(1000)]
        mutants = [text for text in mutants if not re.match(DEPARTURES.get(name, "(?!)"), text)]
        found = accepted(name, mutants)
        assert found == [text for text in mutants if judge.is_valid(text)]
        texts += [text for text in found if len(text) < 60]
    assert len(texts) > 200


def test_modifiers_and_a_name_in_two_alternatives_are_of_ecma_262() -> None:
    texts = ["(?i-s:a)", "(?<a>b)|(?<a>c)", "(?i-i:a)", "(?<a>b)(?<a>c)"]
    assert accepted("regex", texts) == texts[:2]


def test_a_regular_expression_is_read_in_time_proportional_to_its_length() -> None:
    for text in (
        "(" * 5_000 + ")" * 5_000,
        "(?<a>b)|" * 5_000,
        r"\9" * 5_000,
        f"a{{{'9' * 9_000}}}",
    ):
        assert accepted("regex", [text]) == ([] if "\\" in text else [text])

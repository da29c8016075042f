"""A finding names the file, the line and the pointer that the owner wrote, not the normal form;
what several messages refer to is told once."""

import json
from pathlib import Path
from typing import Any

import pytest
from compatibility.formats import FORMATTERS
from compatibility.places import Place, place_of, placed_findings
from compatibility.report import Report
from compatibility.revisions import Revision, build_revision
from compatibility.show import as_text
from contract.settings import Resource, Settings
from proof.sandbox import write_files
from releases.changelog import release_lines
from upgrades.consumer import Consumer
from upgrades.places import parse_pointer

pytestmark = pytest.mark.toolchain

FILE = "shop/Order.json"
SMALL, GREAT = {"enum": ["a"]}, {"enum": ["a", "b"]}


def order(reference: str, **words: Any) -> Any:
    return {"type": "object", "properties": {"status": {"$ref": reference}}, **words}


DRAFT_7 = {"$schema": "http://json-schema.org/draft-07/schema#"}
OTHER = {"$defs": {"Status": {"const": 1}}, "$ref": "#/$defs/Status"}
LIKE = ("integer", "string")
SELF: Any = {"properties": {"status": {"$ref": "#/properties/other"}}}
# What is written around a schema, and where that stands then.
WRITTEN: dict[str, tuple[Any, str, str]] = {
    "an older draft": (
        lambda it: {FILE: order("#/definitions/Status", **DRAFT_7, definitions={"Status": it})},
        FILE,
        "/definitions/Status/enum",
    ),
    "a name that is no class name": (
        lambda it: {FILE: order("#/$defs/order-status", **{"$defs": {"order-status": it}})},
        FILE,
        "/$defs/order-status/enum",
    ),
    "a property that others refer to": (
        lambda it: {FILE: {"properties": {**SELF["properties"], "other": it}}},
        FILE,
        "/properties/other/enum",
    ),
    "another file, where a third has the name too": (
        lambda it: {
            "aaa/Other.json": OTHER,
            FILE: order("../types/Types.json#/$defs/Status"),
            "types/Types.json": {"$defs": {"Status": it}},
        },
        "types/Types.json",
        "/$defs/Status/enum",
    ),
    "another message": (
        lambda it: {FILE: order("Status.json"), "shop/Status.json": it},
        "shop/Status.json",
        "/enum",
    ),
}


def revision(files: Any, version: str) -> Revision:
    sources = {it: json.dumps(schema, indent=1).encode() for it, schema in files.items()}
    return build_revision(version, version, sources)


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("grows", [True, False])
def test_the_place_is_the_one_that_is_written(name: str, grows: bool) -> None:
    files, file, pointer = WRITTEN[name]
    old, new = (SMALL, GREAT) if grows else (GREAT, SMALL)
    report = Report(revision(files(old), "1.0.0"), revision(files(new), "1.0.1"), False, True)
    (comparison,) = (it for it in report.comparisons if it.message == "shop/Order")
    finding = next(it for it in comparison.findings if it.breaks)
    value = "b" if grows else "enum"
    lines = report.new.schema_files[file].decode().splitlines()
    line = next(number for number, it in enumerate(lines, 1) if f'"{value}"' in it)
    assert place_of(report, "shop/Order", finding) == Place(f"schemas/{file}", line, pointer)
    assert f"  {pointer}: " in as_text([report])


# What the normal form says in other words or in another order, by the length that a text may have.
TEXT, INTEGER, NULL = {"type": "string"}, {"type": "integer"}, {"type": "null"}
DRAFT_4 = {"$schema": "http://json-schema.org/draft-04/schema#"}
BASE = {"$ref": "#/$defs/Base", "$defs": {"Base": {"type": "object", "properties": {"a": TEXT}}}}
REWRITTEN: dict[str, tuple[Any, str]] = {
    "a pattern of all names": (
        lambda it: {"properties": {"m": {"type": "object", "patternProperties": {".*": it}}}},
        "/properties/m/patternProperties/.*",
    ),
    "the items of an older draft": (
        lambda it: {**DRAFT_7, "items": [TEXT, it]},
        "/items/1",
    ),
    "the items after those of an older draft": (
        lambda it: {**DRAFT_7, "items": [TEXT], "additionalItems": it},
        "/additionalItems",
    ),
    "the dependencies of an older draft": (
        lambda it: {**DRAFT_7, "dependencies": {"a": {"properties": {"b": it}}}},
        "/dependencies/a/properties/b",
    ),
    "a union that begins with null": (
        lambda it: {"anyOf": [NULL, INTEGER, it]},
        "/anyOf/2",
    ),
    "a choice that begins with null": (
        lambda it: {"oneOf": [NULL, INTEGER, it]},
        "/oneOf/2",
    ),
    "a union within a union": (
        lambda it: {"anyOf": [{"anyOf": [NULL, INTEGER, it]}, {"type": "array"}]},
        "/anyOf/0/anyOf/2",
    ),
    "a lone part": (
        lambda it: {"properties": {"m": {"allOf": [it]}}},
        "/properties/m/allOf/0",
    ),
    "a part beside a reference": (
        lambda it: {**BASE, "allOf": [{"required": ["c"]}, {"properties": {"b": it}}]},
        "/allOf/1/properties/b",
    ),
    "unevaluated members": (
        lambda it: {"allOf": [{"properties": {"a": TEXT}}], "unevaluatedProperties": it},
        "/unevaluatedProperties",
    ),
    "a property called as a keyword": (
        lambda it: {"properties": {"anyOf": {"properties": {"items": it}}}},
        "/properties/anyOf/properties/items",
    ),
    "a branch whose neighbour says the same": (
        lambda it: {"anyOf": [NULL, {**TEXT, "minLength": 9, "maxLength": 20}, it]},
        "/anyOf/2",
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
@pytest.mark.parametrize("edit", [("3", "5"), ("3", None)])
def test_the_place_of_what_is_rewritten_is_the_one_that_is_written(
    name: str, edit: tuple[str, str | None]
) -> None:
    schema, path = REWRITTEN[name]
    old, new = (schema({**TEXT, **({"maxLength": int(it)} if it else {})}) for it in edit)
    report = Report(revision({FILE: old}, "1.0.0"), revision({FILE: new}, "2.0.0"), False, True)
    (finding,) = (it for it in report.comparisons[0].findings if it.breaks)
    place = place_of(report, "shop/Order", finding)
    assert place.pointer == f"{path}/maxLength"
    assert (finding.pointer == place.pointer) == ("keyword" in name)
    if edit[1]:
        lines = report.new.schema_files[FILE].decode().splitlines()
        assert '"maxLength": 5' in lines[place.line - 1 if place.line else 0]


def test_what_a_resource_says_is_named_where_the_owner_keeps_it() -> None:
    uri, path = "https://example.org/types.json", "vendored/types.json"
    schema = json.dumps(order(f"{uri}#/definitions/order-status")).encode()

    def with_resource(status: Any) -> Revision:
        text = json.dumps({"definitions": {"order-status": status}}, indent=1).encode()
        settings = Settings(resources={uri: Resource(path, text)})
        return build_revision("r", None, {FILE: schema}, settings)

    report = Report(with_resource(SMALL), with_resource(GREAT), False, True)
    (finding,) = (it for it in report.comparisons[0].findings if it.breaks)
    assert place_of(report, "shop/Order", finding) == Place(
        path, 6, "/definitions/order-status/enum"
    )


def test_a_name_of_python_is_at_the_member_or_at_the_definition_that_its_class_is_of() -> None:
    files = [
        {FILE: order("Types.json#/$defs/Status"), "shop/Types.json": {"$defs": {"Status": it}}}
        for it in ({"type": "object", "properties": {"a": {"type": kind}}} for kind in LIKE)
    ]
    report = Report(revision(files[0], "1.0.0"), revision(files[1], "1.0.1"), False, True)
    comparison = next(it for it in report.comparisons if it.message == "shop/Order")
    finding = next(it for it in comparison.findings if it.effect == "source")
    place = place_of(report, "shop/Order", finding)
    assert place == Place("schemas/shop/Types.json", 6, "Status.a")


def test_what_is_gone_is_named_where_it_was() -> None:
    files, _, _ = WRITTEN["an older draft"]
    inner: Any = {"type": "object", "properties": {"note": {"type": "string"}}}
    sides = (files(inner), files({"type": "object"}))
    report = Report(revision(sides[0], "1.0.0"), revision(sides[1], "1.0.1"), False, True)
    assert "  /definitions/Status/properties/note: removed" in as_text([report])


# What several messages refer to.


def shared(status: Any, price: Any) -> Any:
    """Five messages that refer to the status, one of which has a price."""
    members = [{f"s{it}": {"$ref": "Types.json#/$defs/Status"}} for it in range(5)]
    members[3]["price"] = price
    messages = {f"shop/M{it}.json": {"properties": found} for it, found in enumerate(members)}
    return {**messages, "shop/Types.json": {"$defs": {"Status": status}}}


NUMBER, LARGE = {"type": "number"}, {"type": "number", "minimum": 3}


def shared_report(price: Any, old: Any = SMALL, new: Any = GREAT) -> Report:
    before, after = revision(shared(old, NUMBER), "1.0.0"), revision(shared(new, price), "1.0.1")
    return Report(before, after, False, True)


def test_an_edit_of_what_several_messages_refer_to_is_told_once() -> None:
    text = as_text([shared_report(NUMBER)])
    assert "\nshop/M0, shop/M1, shop/M2 and 2 others: widens, asks for a major version\n" in text
    assert "\nshop/Types: same, asks for a patch version\n" in text
    assert text.count('added "b"') == text.count("witness {") == 1
    assert "reject what 1.0.1 allows, at /s0 (enum) of shop/M0\n" in text


def test_beside_another_edit_the_shared_one_is_named_by_the_message_that_tells_it() -> None:
    dearer: Any = {"type": "number", "default": 1}
    text = as_text([shared_report(dearer)])
    assert "shop/M0, shop/M1, shop/M2 and 1 other: widens" in text
    (own,) = (it for it in text.split("\nshop/") if it.startswith("M3: "))
    assert '\n  /$defs/Status/enum: added "b", as in shop/M0\n' in own
    assert "/properties/price/default: added 1\n" in own
    assert text.count('added "b"') == 2


def test_where_an_order_helps_one_message_alone_the_shared_edit_is_told_twice() -> None:
    text = as_text([shared_report(LARGE)])
    assert text.count("order: upgrade readers first, then writers") == 1
    assert text.count('added "b"\n') == 2


@pytest.mark.parametrize("form", ["github", "markdown", "sarif", "html"])
def test_each_format_tells_a_shared_edit_once_with_its_messages(form: str) -> None:
    text = FORMATTERS[form]([shared_report(NUMBER)], ())
    assert text.count("reject what 1.0.1 allows") == 1
    assert "M0, shop/M1, shop/M2 and 2 others" in text or (form, text.count("as in")) == ("html", 8)


def test_the_changelog_tells_a_shared_edit_once() -> None:
    wire, code, types = release_lines(shared_report(NUMBER), [], "2.0.0")
    names = "- `shop.M0`, `shop.M1`, `shop.M2` and 2 others, "
    assert wire.startswith(f'{names}`/$defs/Status/enum`: added "b". Readers on 1.0.0 reject ')
    assert "at /s0 (enum) of `shop.M0`. For example `{" in wire
    assert code.startswith(f"{names}`Status`: ")
    assert types == "- `shop.Types`: the same documents as before, in other words."
    reworded = shared_report(NUMBER, SMALL, {**SMALL, "description": "How far it is."})
    assert release_lines(reworded, [], "1.0.1") == [
        "- `shop.M0`, `shop.M1`, `shop.M2` and 3 others: the same documents as before, in other"
        " words."
    ]


def with_customer(name: str) -> dict[str, Any]:
    """Two messages; an object that the first one describes where it stands has one member."""
    customer = {"type": "object", "properties": {name: {"type": "string"}}}
    return {
        FILE: {"type": "object", "properties": {"id": {}, "customer": customer}},
        "shop/Event.json": {"type": "object", "properties": {"order": {"$ref": "Order.json"}}},
    }


def test_a_name_of_a_class_is_where_its_object_is_described() -> None:
    """Line 7 holds the members of the customer, of which one is gone."""
    old, new = (revision(with_customer(it), it) for it in ("email", "mail"))
    placed = placed_findings(Report(old, new, strict=False, judged=True))
    for findings in placed.values():
        (named,) = (it for it in findings if it.finding.pointer == "OrderCustomer.email")
        assert named.messages == ["shop/Event", "shop/Order"]
        assert named.place == Place(f"schemas/{FILE}", 7, "OrderCustomer.email")


# What a consumer reads of the message, and whether it uses the member that goes.
READ = {"/customer": True, "/customer/email": True, "/id": False}


@pytest.mark.parametrize("pointer", READ)
def test_who_reads_elsewhere_does_not_use_a_member_of_such_an_object(
    pointer: str, tmp_path: Path
) -> None:
    for name in ("email", "mail"):
        files = {f"schemas/{it}": json.dumps(one) for it, one in with_customer(name).items()}
        files["manifest.json"] = json.dumps({"version": "1.0.0"})
        write_files({it: text.encode() for it, text in files.items()}, tmp_path / name)
    roles = {"reads": [parse_pointer(pointer)]}
    me = Consumer(tmp_path / "email", tmp_path / "mail", roles, "shop.Order")
    assert me.uses(me.places_of_name("shop", "OrderCustomer.email")) is READ[pointer]

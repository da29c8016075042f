"""A finding names the file, the line and the pointer that the owner wrote, not the normal form."""

import json
from typing import Any

import pytest
from compatibility.places import Place, place_of
from compatibility.report import Report
from compatibility.revisions import Revision, build_revision
from compatibility.show import as_text
from contract.settings import Resource, Settings

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


def test_a_name_of_python_is_at_the_member_that_its_attribute_is_of() -> None:
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

"""Judged documents -> conformance corpus: what a validator in any language should say.

The shape is the JSON-Schema-Test-Suite's. The package has a file for each message with all that it
is proven on, for vendored copies to run again. The corpus beside it is for people. There a small
part is kept: for each keyword at each place and each kind of wrong value one document that is wrong
by this alone; of the valid ones the boundaries, and one of each kind of value at each place.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from contract.drafts import LATEST_URI
from contract.json_values import is_object, kind_of
from contract.project import CORPUS, PACKAGE
from contract.read import Contract
from contract.subschemas import Schema
from documents.boundary import Document
from documents.json_texts import json_texts
from oracle.oracle import Fault, refers_to_itself_alone
from proof.evidence import Evidence, Judged
from reports.lines import steps_of, steps_within

CorpusCounts = tuple[str, int, int, int]


# A value from the pool, or a stranger: of these one of each kind is enough.
POOLED_STEPS = ("value", "stranger")


def select_documents(judged: Iterable[Judged]) -> list[Judged]:
    """The documents kept, in the order of the schema; no two are equal."""
    kept: dict[object, Judged] = {}
    seen: set[str] = set()
    for document, faults in judged:
        text = json.dumps(document.instance, sort_keys=True)
        sort = selection_key(document, faults)
        if len(faults) < 2 and text not in seen and sort not in kept:
            kept[sort] = (document, faults)
            seen.add(text)
    return list(kept.values())


def selection_key(document: Document, faults: set[Fault]) -> object:
    """Equal for documents of which one is enough: from the pool, of one kind and with one fault."""
    *place, keyword, _ = ["", *document.name.split("/")]
    if keyword not in POOLED_STEPS:
        return document.name
    stranger = ["stranger"] if keyword == "stranger" else []
    kind = kind_at(document.instance, "/".join([*place, *stranger]))
    return keyword, *place, kind, *sorted(fault.keyword for fault in faults)


def kind_at(instance: Any, pointer: str) -> str | None:
    """The kind of the value there, None where there is none."""
    path = steps_of(pointer)
    values = [instance, *(value for _, value in steps_within(instance, path))]
    return kind_of(values[-1]) if len(values) > len(path) else None


def corpus_files(contract: Contract, evidence: Evidence) -> tuple[dict[str, bytes], CorpusCounts]:
    """The files of one message, documents and texts, and how many: all, valid ones, texts."""
    name, schema = evidence.name, with_dialect(standalone_schema(contract, evidence))
    kept = select_documents(evidence.documents)
    valid = {document.name: document.instance for document, faults in kept if not faults}
    whole = valid.get("complete", next(iter(valid.values()), None))
    made = json_texts(whole, evidence.oracle) if valid else ()
    spelled = [{"description": case, "text": text, "valid": it} for case, text, it in made]
    files = {
        f"{CORPUS}/{name}.json": suite_file(name, schema, suite_tests(kept)),
        f"{CORPUS}/{name}.text.json": suite_file(name, schema, spelled),
    }
    return files, (name, len(kept), len(valid), len(spelled))


def conformance_documents(evidence: Evidence) -> dict[str, bytes]:
    """The file within the package; ``$ref`` is relative to it (RFC 3986, section 5.2)."""
    schema = {"$ref": f"../../schemas/{evidence.name}.json"}
    path = f"{PACKAGE}/conformance/{evidence.name}.json"
    return {path: suite_file(evidence.name, schema, suite_tests(evidence.documents))}


def suite_tests(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    return [
        {"description": document.name, "data": document.instance, "valid": not faults}
        for document, faults in judged
    ]


def standalone_schema(contract: Contract, evidence: Evidence) -> Schema | bool:
    """The schema as it was written, or in normal form where it needs other files."""
    written = contract.schemas[f"{evidence.name}.json"]
    return written if refers_to_itself_alone(written) else evidence.schema


def with_dialect(schema: Schema | bool) -> Schema:
    """The schema with ``$schema``, which names the draft to judge by."""
    if not is_object(schema):
        schema = {} if schema else {"not": {}}
    return schema if "$schema" in schema else {"$schema": LATEST_URI, **schema}


def suite_file(name: str, schema: Any, tests: Iterable[Mapping[str, Any]]) -> bytes:
    """A file of the suite, one test on a line."""
    head = "".join(
        f"    {json.dumps(word)}: {json.dumps(value)},\n"
        for word, value in (("description", name), ("schema", schema))
    )
    lines = ",\n".join(f"      {json.dumps(test)}" for test in tests)
    return f'[\n  {{\n{head}    "tests": [\n{lines}\n    ]\n  }}\n]\n'.encode()


# Validators that tests/output/test_conformance.py asks, and the tests that they are known to fail.
SURROGATES = "texts with a lone surrogate"
FIRST_MEMBER = "of two members of one name the first counts"
VALIDATORS = (
    ("jsonschema", "4.26.0", "Python", f"{SURROGATES}; `uuid` is what Python's `UUID()` takes"),
    ("jsonschema-rs", "0.60.3", "Rust", SURROGATES),
    ("corvus-json-schema", "0.1.1", "Python", SURROGATES),
    ("corvus-json-schema-rs", "0.1.4", "Rust", "nothing"),
    ("ajv", "8.20.0", "JavaScript", f"{SURROGATES}; `urn:uuid:`; numbers beyond doubles"),
    ("@sourcemeta/jsonschema", "16.11.0", "C++", f"{FIRST_MEMBER}; numbers beyond doubles"),
)
README_HEAD = """\
# Conformance

What a validator of these messages should say, in any language. Every file has the shape of the
[JSON-Schema-Test-Suite](https://github.com/json-schema-org/JSON-Schema-Test-Suite): a list of
`{"description", "schema", "tests"}`.

- `MODULE/MESSAGE.json`: each test is `{"description", "data", "valid"}`. Its description is its
  stable name: the place, the keyword, the case. A document that is not valid has one fault.
- `MODULE/MESSAGE.text.json`: each test is `{"description", "text", "valid"}`. Parse the text as
  JSON first; what does not parse is not valid. These are the edges of JSON
  ([RFC 7493](https://www.rfc-editor.org/rfc/rfc7493)): of two members of one name the last counts,
  a lone surrogate is refused, `1.0` is an integer.

Each schema names its draft by `$schema`, and `format` is asserted. To run the files, compile each
schema, judge each `data` (or the value of each `text`), and compare with `valid`; say in your own
repository which tests you know to fail, and why, and fail when one of these passes.

These validators were asked about the corpus of the first contract, and agree but for what is named:

| validator | version | language | does not agree on |
|---|---|---|---|
{validators}
| message | documents | valid | texts |
|---|---|---|---|
"""


def corpus_readme(numbers: Iterable[CorpusCounts]) -> dict[str, bytes]:
    asked = "".join(f"| {' | '.join(it)} |\n" for it in VALIDATORS)
    rows = "".join(
        f"| `{name}` | {all_} | {valid} | {texts} |\n" for name, all_, valid, texts in numbers
    )
    return {f"{CORPUS}/README.md": (README_HEAD.replace("{validators}", asked) + rows).encode()}

"""The conformance corpus is whole and exact, and six validators of others agree with it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import corvus_json_schema
import corvus_json_schema_rs
import jsonschema_rs
import pytest
from contract.project import ROOT
from jsonschema.validators import validator_for
from output.corpus import VALIDATORS as ASKED
from output.corpus import corpus_files
from proof.evidence import examine

from tests.zoo.first_contract import CONTRACT, FILE, GENERATED
from tests.zoo.judging import is_accepted
from tests.zoo.messages import CLOSE_CHAT, Message
from tests.zoo.reach import assertions, sole_reasons
from tests.zoo.small_schemas import contract_of

CORPUS = GENERATED / "conformance"
SMALL = 100_000  # bytes: what people can read


DRAFT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA: Any = CONTRACT.schemas[FILE]


def case_schema() -> Any:
    (case,) = json.loads((CORPUS / f"{CLOSE_CHAT.name}.json").read_bytes())
    return case["schema"]


def cases(suffix: str = "") -> list[dict[str, Any]]:
    (case,) = json.loads((CORPUS / f"{CLOSE_CHAT.name}{suffix}.json").read_bytes())
    assert case["description"] == CLOSE_CHAT.name
    assert case["schema"] == {"$schema": DRAFT, **SCHEMA}
    tests: list[dict[str, Any]] = case["tests"]
    return tests


def test_every_name_is_there_once() -> None:
    names = [test["description"] for test in cases()]
    assert len(names) == len(set(names)) > 100
    texts = [test["description"] for test in cases(".text")]
    assert len(texts) == len(set(texts)) > 40


def test_every_keyword_at_every_place_rejects_a_document_by_itself() -> None:
    instances = [test["data"] for test in cases() if not test["valid"]]
    wanted = set(assertions(CLOSE_CHAT.schema, CLOSE_CHAT.schema))
    assert wanted
    assert wanted <= sole_reasons(CLOSE_CHAT.oracle, instances)


def test_each_document_has_one_fault_or_none() -> None:
    for test in cases():
        assert len(CLOSE_CHAT.oracle.faults_of(test["data"])) == (0 if test["valid"] else 1)


def test_each_place_has_valid_documents_and_others() -> None:
    """No property that only ever is right, or only ever wrong."""
    tests = cases()
    properties: dict[str, Any] = CLOSE_CHAT.schema["properties"]
    for name in properties:
        own = [it["valid"] for it in tests if it["description"].startswith(f"{name}/")]
        assert True in own or name in CLOSE_CHAT.schema["required"]
        assert False in own


def test_it_is_small_enough_to_read() -> None:
    """One test on a line, the schema on one of its own."""
    files = [*CORPUS.rglob("*/*.json")]
    assert len(files) == 2
    for file in files:
        assert file.stat().st_size < SMALL
        assert max(map(len, file.read_text("utf-8").splitlines()[4:])) < 1000


def test_the_page_tells_the_numbers() -> None:
    page = (CORPUS / "README.md").read_text("utf-8")
    tests, texts = cases(), len(cases(".text"))
    valid = sum(test["valid"] for test in tests)
    assert f"| `{CLOSE_CHAT.name}` | {len(tests)} | {valid} | {texts} |" in page


Never: Any = object()
NAMED = {
    "true": (True, {"$schema": DRAFT}),
    "false": (False, {"$schema": DRAFT, "not": {}}),
    "no draft": ({"type": "null"}, {"$schema": DRAFT, "type": "null"}),
    "an older draft": ({"$schema": "http://json-schema.org/draft-07/schema#"}, None),
}


@pytest.mark.parametrize("label", NAMED)
def test_each_case_names_its_draft(label: str) -> None:
    schema, expected = NAMED[label]
    contract = contract_of(shop_Order=schema)
    files, _ = corpus_files(contract, examine(contract, "shop", "Order"))
    assert len(files) == 2
    for text in files.values():
        (case,) = json.loads(text)
        assert case["schema"] == (schema if expected is None else expected)
        assert validator_for(case["schema"], default=Never) is not Never


# Other validators.

Judge = Callable[[Any], bool]
SURROGATE = "its parser takes a lone surrogate"
SURROGATES = {
    "stranger/string/lone-surrogate": SURROGATE,
    "stranger/string/reversed-pair": SURROGATE,
}
UUID = "its uuid is whatever Python's UUID() takes that has hyphens where they belong"
# By validator: the tests on which it differs, and why. One that agrees again fails here.
DIFFERENCES: dict[str, dict[str, str]] = {
    "models": {},
    "jsonschema": {
        **SURROGATES,
        **{
            f"request_id/format/{it}": UUID
            for it in ("full-width-digit", "close-brace", "underscore", "space-inside")
        },
    },
    "jsonschema-rs": SURROGATES,
    "ajv": {
        **SURROGATES,
        "request_id/format/urn": "its uuid may have urn:uuid: before it",
        "payload/total_messages/number/beyond-doubles": "its parser makes an infinity of it",
    },
    "corvus-json-schema": SURROGATES,
    "corvus-json-schema-rs": {},
    "@sourcemeta/jsonschema": {
        "members/twice-the-last-counts": "of two members of one name it takes the first",
        "members/twice-the-first-does-not": "the same",
        "payload/total_messages/number/beyond-doubles": "its integers have any size",
    },
}


def models(message: Message) -> tuple[Judge, Judge]:
    read = message.model.model_validate_json
    return lambda data: is_accepted(read, json.dumps(data)), partial(is_accepted, read)


def python_jsonschema(message: Message) -> tuple[Judge, Judge]:
    of_draft: Any = validator_for(case_schema(), default=Never)
    validator = of_draft(case_schema(), format_checker=of_draft.FORMAT_CHECKER)
    return parsed_first(validator.is_valid)


def rust(message: Message) -> tuple[Judge, Judge]:
    validator = jsonschema_rs.validator_for(case_schema(), validate_formats=True)
    return parsed_first(validator.is_valid)


def corvus(message: Message) -> tuple[Judge, Judge]:
    return parsed_first(corvus_json_schema.compile(case_schema(), assert_format=True))


def corvus_rust(message: Message) -> tuple[Judge, Judge]:
    """It parses texts by itself."""
    validator = corvus_json_schema_rs.compile(case_schema(), assert_format=True)
    return validator, without_errors(validator.is_valid_json)


def parsed_first(judge: Judge) -> tuple[Judge, Judge]:
    return judge, without_errors(lambda text: judge(json.loads(text)))


def without_errors(judge: Judge) -> Judge:
    """A text that is no JSON, or for whose value a validator has no number, is not valid."""

    def accepts(text: str) -> bool:
        try:
            return judge(text)
        except ValueError:
            return False

    return accepts


VALIDATORS: dict[str, Callable[[Message], tuple[Judge, Judge]]] = {
    "models": models,
    "jsonschema": python_jsonschema,
    "jsonschema-rs": rust,
    "corvus-json-schema": corvus,
    "corvus-json-schema-rs": corvus_rust,
}


def judged(name: str, message: Message) -> Iterator[tuple[str, bool, bool]]:
    """Of each test its name, the corpus's verdict and that of the validator."""
    of_data, of_text = VALIDATORS[name](message)
    for test in cases():
        yield test["description"], test["valid"], of_data(test["data"])
    for test in cases(".text"):
        yield test["description"], test["valid"], of_text(test["text"])


@pytest.mark.parametrize("name", VALIDATORS)
def test_python_validators_agree(name: str) -> None:
    different = {it for it, valid, said in judged(name, CLOSE_CHAT) if valid != said}
    assert different == DIFFERENCES[name].keys()


NODE_MODULES = Path(sys.prefix) / "node_modules"


# By npm package what runs it; each package is of a version that package-lock.json pins.
PEERS = {"ajv": "ajv.cjs", "@sourcemeta/jsonschema": "sourcemeta.cjs"}
PEERS_FOLDER = ROOT / "tests/peers"


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node")
@pytest.mark.parametrize("name", PEERS)
def test_peers_from_npm_agree(name: str, tmp_path: Path) -> None:
    """Each in a process of its own, which reads the files that are written here."""
    if not (NODE_MODULES / name).is_dir():
        pytest.skip(f"there is no {name}; make test installs it where npm has it")
    tests = [*cases(), *cases(".text")]
    files = [tmp_path / f"{number}.json" for number in range(len(tests))]
    for file, test in zip(files, tests, strict=True):
        text = test["text"] if "text" in test else json.dumps(test["data"])
        file.write_bytes(text.encode())
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(case_schema()), "utf-8")
    command = ["node", *map(str, [PEERS_FOLDER / PEERS[name], schema, *files])]
    environment = {**os.environ, "NODE_PATH": str(NODE_MODULES)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    verdicts = json.loads(done.stdout)
    assert list(verdicts) == [str(it) for it in files]
    different = {
        test["description"]
        for test, verdict in zip(tests, verdicts.values(), strict=True)
        if verdict != test["valid"]
    }
    assert different == DIFFERENCES[name].keys()


def test_the_page_lists_who_was_asked_at_which_version() -> None:
    locked = json.loads((PEERS_FOLDER / "package-lock.json").read_bytes())["packages"]
    versions = {name: locked[f"node_modules/{name}"]["version"] for name in PEERS}
    versions |= {name: version(name) for name in VALIDATORS if name != "models"}
    assert {name: it for name, it, *_ in ASKED} == versions
    assert DIFFERENCES.keys() == {"models", *versions}
    page = (CORPUS / "README.md").read_text("utf-8")
    for row in ASKED:
        assert f"| {' | '.join(row)} |" in page


def test_a_validator_that_takes_everything_or_nothing_is_found_out() -> None:
    """A smoke test of the harness."""
    for verdict in (True, False):
        wrong = [test for test in cases() if test["valid"] != verdict]
        assert len(wrong) >= 40

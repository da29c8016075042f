"""For each thing that the judge compares, a model that is wrong in that alone is refused."""

import importlib
import json
from collections.abc import Callable, Generator
from typing import Any, NamedTuple

import pytest
from oracle.oracle import Oracle
from output.package import package_code
from proof import agreement
from proof.agreement import wrong_dump
from proof.evidence import Evidence, examine
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel, ValidationError
from pydantic_core import SchemaValidator, core_schema

from tests.zoo import judging
from tests.zoo.judging import message_refusals
from tests.zoo.small_schemas import contract_of

pytestmark = pytest.mark.full
SCHEMA = {
    "type": "object",
    "title": "Note",
    "properties": {"size": {"type": "integer", "maximum": 9}, "text": {"type": "string"}},
    "required": ["size"],
    "additionalProperties": False,
}
Model = type[BaseModel]
LEAST = '{"size": 1}'


class Case(NamedTuple):
    evidence: Evidence
    model: Model


@pytest.fixture(scope="module")
def case() -> Generator[Case]:
    contract = contract_of(notes_Note=SCHEMA)
    with imported_package(package_code(contract, formatted=False)) as package:
        yield Case(examine(contract, "notes", "Note"), model_in(package, "notes", "Note"))


def subclass_of(model: Model, members: dict[str, Any]) -> Model:
    """The model with other members; what it is called and what it says of itself stay."""
    metaclass: Any = type(model)
    made: Model = metaclass(model.__name__, (model,), {**members, "__doc__": model.__doc__})
    return made


def with_class_method(model: Model, name: str, replaced: Callable[[Any, Any], Any]) -> Model:
    """The model, whose class method is given the plain one and its argument."""
    plain = getattr(model, name)
    method = classmethod(lambda cls, argument: replaced(plain, argument))
    return subclass_of(model, {name: method})


def accepting(plain: Any, instance: Any) -> Any:
    try:
        return plain(instance)
    except ValidationError:
        return plain(LEAST if isinstance(instance, str) else json.loads(LEAST))


def refusing(plain: Any, instance: Any) -> Any:
    plain(instance)
    return plain("{}" if isinstance(instance, str) else {})


def with_errors(change: Callable[[list[Any]], list[Any]]) -> Callable[[Any, Any], Any]:
    """The same verdict with other errors."""

    def replaced(plain: Any, instance: Any) -> Any:
        try:
            return plain(instance)
        except ValidationError as error:
            raise ValidationError.from_exception_data(
                error.title,
                change(error.errors(include_url=False)),
            ) from None

    return replaced


def elsewhere(errors: list[Any]) -> list[Any]:
    return [{**it, "loc": (*it["loc"], "elsewhere")} for it in errors]


def without_last(errors: list[Any]) -> list[Any]:
    return errors[:-1] or elsewhere(errors)


def twice(errors: list[Any]) -> list[Any]:
    return [*errors, *errors]


def dumping(change: Callable[[dict[str, Any]], Any], exclude_unset: bool) -> Callable[[Model], Any]:
    """The model, one of whose two dumps is another."""

    def planted(model: Model) -> Model:
        def model_dump_json(self: BaseModel, **options: Any) -> str:
            text = model.model_dump_json(self, **options)
            is_meant = options.get("exclude_unset", False) == exclude_unset
            return json.dumps(change(json.loads(text))) if is_meant else text

        return subclass_of(model, {"model_dump_json": model_dump_json})

    return planted


def emitting(change: Callable[[dict[str, Any]], Any], mode: str) -> Callable[[Model], Any]:
    """The model, whose JSON Schema of one mode is another."""

    def planted(model: Model) -> Model:
        base: Any = model

        class Wrong(base):
            @classmethod
            def model_json_schema(cls, **options: Any) -> Any:
                schema = model.model_json_schema(**options)
                return change(schema) if options.get("mode") == mode else schema

        return Wrong

    return planted


def entry(name: str, replaced: Callable[[Any, Any], Any]) -> Callable[[Model], Model]:
    return lambda model: with_class_method(model, name, replaced)


JSON, PYTHON = "model_validate_json", "model_validate"
VERDICTS = {
    "accepts too much": (accepting, ": accepted, expected errors at"),
    "refuses too much": (refusing, ": errors at ['/size'], expected at []"),
    "an error at another place": (with_errors(elsewhere), ": errors at "),
    "an error too few": (with_errors(without_last), ": errors at "),
    "two errors at a place": (with_errors(twice), ": errors at "),
}
# What is wrong -> the model made wrong, the words of the refusal, the part of the judge that tells.
FAULTS: dict[str, tuple[Callable[[Model], Model], str, str]] = (
    {
        f"{name}: {fault}": (entry(name, wrong), f", {name}{words}", name)
        for name in (JSON, PYTHON)
        for fault, (wrong, words) in VERDICTS.items()
    }
    | {
        "dump: a member is lost": (
            dumping(lambda it: {"size": it["size"]}, True),
            ": read ",
            "wrong_dump",
        ),
        "dump: a value is another": (
            dumping(lambda it: {**it, "size": it["size"] - 1}, True),
            ": read ",
            "wrong_dump",
        ),
        "default dump: a member is null": (
            dumping(lambda it: {**it, "text": None}, False),
            ": model_dump_json() writes what the schema rejects",
            "wrong_dump",
        ),
        "default dump: a member is unknown": (
            dumping(lambda it: {**it, "more": 1}, False),
            ": model_dump_json() writes what the schema rejects",
            "wrong_dump",
        ),
    }
    | {
        f"JSON Schema for {mode}: {fault}": (
            emitting(change, mode),
            f"#{place}: the models emit this otherwise",
            "emitted_differences",
        )
        for mode in ("validation", "serialization")
        for fault, change, place in (
            ("a keyword more", lambda it: {**it, "minProperties": 0}, "/minProperties"),
            ("a keyword less", lambda it: {**it, "required": []}, "/required"),
        )
    }
)


def silence(part: str, patch: pytest.MonkeyPatch) -> None:
    """Take one comparison out of the judge."""
    if part in (JSON, PYTHON):
        plain = agreement.verdicts_of
        patch.setattr(
            agreement,
            "verdicts_of",
            lambda *it: {name: verdict for name, verdict in plain(*it).items() if name != part},
        )
    else:
        asked = judging if part == "emitted_differences" else agreement
        patch.setattr(asked, part, lambda *_: None if part == "wrong_dump" else [])


def test_the_judge_is_silent_about_the_right_model(case: Case) -> None:
    assert message_refusals(*case) == []


@pytest.mark.parametrize("many", [agreement.MANY_DOCUMENTS, 0], ids=["each entry", "in turn"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_model_that_is_wrong_in_one_thing_is_refused_for_it(
    case: Case, name: str, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement, "MANY_DOCUMENTS", many)
    plant, words, _ = FAULTS[name]
    refusals = message_refusals(case.evidence, plant(case.model))
    assert refusals
    assert [it for it in refusals if words not in it] == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_judge_without_that_comparison_takes_the_wrong_model(
    case: Case, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant, _, part = FAULTS[name]
    silence(part, monkeypatch)
    assert message_refusals(case.evidence, plant(case.model)) == []


def test_a_model_that_takes_what_it_refuses_in_its_turn_is_refused(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond many documents one entry point tells the places, and no other may take them."""
    monkeypatch.setattr(agreement, "MANY_DOCUMENTS", 0)
    model = subclass_of(case.model, {})
    for entry in agreement.ENTRY_POINTS:
        setattr(model, entry, getattr(case.model, entry))
    model.__pydantic_validator__ = SchemaValidator(core_schema.any_schema())
    refusals = message_refusals(case.evidence, model)
    assert len(refusals) == sum(bool(faults) for _, faults in case.evidence.documents)


@pytest.mark.parametrize("kind", ["plain", "0F8FAD5B-D9CB-469F-A165-70867728950E"])
def test_a_dump_that_breaks_another_keyword_is_refused_whatever_is_beside_it(kind: str) -> None:
    members = {"kind": {"const": kind}, "a": {"type": "integer", "default": 1}}
    needs = {"dependentRequired": {"a": ["b"]}}

    class Dumped(BaseModel):
        def model_dump_json(self, **options: Any) -> str:
            return json.dumps({"kind": kind} if options else {"kind": kind, "a": 1})

    oracle = Oracle({"type": "object", "properties": members, "required": ["kind"], **needs})
    fault = wrong_dump(oracle, {"kind": kind}, Dumped())
    assert fault == "model_dump_json() writes what the schema rejects"


UNION = {
    "type": "object",
    "properties": {
        "size": {"anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "string"}]}
    },
}


def test_a_model_with_a_vague_error_of_a_union_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contract = contract_of(notes_Note=UNION)
    evidence = examine(contract, "notes", "Note")
    with imported_package(package_code(contract, formatted=False)) as package:
        model = model_in(package, "notes", "Note")
        assert message_refusals(evidence, model) == []
        errors = importlib.import_module(f"{package}._errors")
        monkeypatch.setattr(errors, "with_causes", lambda model, error, is_text: error)
        refusals = message_refusals(evidence, model)
    assert any("errors at ['/size'], expected at ['/size/0']" in it for it in refusals)

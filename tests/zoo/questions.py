"""What is asked of a message, whatever contract it is of."""

import copy
import importlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from compatibility.schema_pair import is_included
from contract.json_values import is_array, is_object
from contract.read import Contract
from contract.refusal import Refused
from contract.subschemas import Schema, referred_name
from documents.boundary import BoundaryDocuments
from oracle.oracle import Oracle, oracle_for
from pydantic import BaseModel

from tests.zoo.mutants import mutants, without
from tests.zoo.reach import assertions, sole_reasons
from tests.zoo.small_schemas import contract_of


class Message(NamedTuple):
    """One top-level schema in normal form, its model and its oracle."""

    name: str
    schema: Schema
    model: type[BaseModel]
    oracle: Oracle


def messages_of(contract: Contract, package: str) -> Iterator[Message]:
    """Every message of the contract with its model in the imported package."""
    for module, it in contract.modules.items():
        models = importlib.import_module(f"{package}.{module}")
        for name, schema in it.messages.items():
            oracle = oracle_for(contract, module, name)
            yield Message(f"{module}/{name}", schema, getattr(models, name), oracle)


def boundary_instances(message: Message) -> list[Any]:
    return [document.instance for document in BoundaryDocuments(message.schema)]


def reached_share(message: Message, instances: list[Any]) -> float:
    """The share of the assertions that alone reject an instance, of those without which the schema
    would say less."""
    schema = message.schema
    asserted = set(assertions(schema, schema))
    unreached = asserted - sole_reasons(Oracle(schema), instances)
    idle = {it for it in unreached if says_the_same(schema, without_assertion(schema, it))}
    return 1 - len(unreached - idle) / max(1, len(asserted - idle))


def told_apart_share(message: Message, instances: list[Any], most: int) -> float:
    """The share of the mutants to which an instance gives another verdict, of at most so many that
    say something else."""
    whole = [*mutants(message.schema)]
    tried = [mutant for _, mutant in whole[:: len(whole) // most + 1]]
    judge = Oracle(message.schema)
    verdicts = list(map(judge.second_opinion, instances))
    alike = [mutant for mutant in tried if is_alike(mutant, instances, verdicts)]
    idle = [it for it in alike if says_the_same(message.schema, it)]
    return 1 - (len(alike) - len(idle)) / max(1, len(tried) - len(idle))


def is_alike(mutant: Any, instances: list[Any], verdicts: list[bool]) -> bool:
    """Whether jsonschema-rs, the faster judge, gives each instance the same verdict."""
    judge = Oracle(mutant)
    return all(
        judge.second_opinion(it) == verdict for it, verdict in zip(instances, verdicts, strict=True)
    )


def says_the_same(schema: Any, other: Any) -> bool:
    """Whether it is proven that both accept the same; a schema that is refused is no contract."""
    try:
        one, two = ({"$defs": {}, **normal_form_of(it)} for it in (schema, other))
    except Refused:
        return True
    return is_included(one, two) and is_included(two, one)


def normal_form_of(schema: Any) -> Schema:
    contract = contract_of(module_Message=schema)
    return contract.modules["module"].messages["Message"]


def without_assertion(schema: Any, pointer: str) -> Any:
    """A copy without it; a reference on the way there gives way to what it leads to."""
    holder = {"": copy.deepcopy(schema)}
    place: Any = holder
    key: str | int = ""
    for step in pointer.split("/")[1:]:
        resolve_at(place, key, schema)
        place = place[key]
        name = step.replace("~1", "/").replace("~0", "~")
        key = int(name) if is_array(place) and name.isdigit() else name
    remove_at(place, key)
    return holder[""]


def resolve_at(place: Any, key: Any, root: Any) -> None:
    while is_object(place[key]) and "$ref" in place[key]:
        name = referred_name(place[key])
        place[key] = {**copy.deepcopy(root["$defs"][name]), **without(place[key], "$ref")}


def remove_at(place: Any, key: Any) -> None:
    if is_array(place) and isinstance(key, str):
        place.remove(key)
    elif place[key] is False:
        place[key] = True
    else:
        del place[key]

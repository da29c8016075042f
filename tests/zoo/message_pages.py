"""Messages with their reference pages, and the parts of such a page."""

import json
import re
from contextlib import ExitStack
from itertools import islice
from typing import Any, NamedTuple

from contract.read import build_contract
from contract.subschemas import Schema
from documents.boundary import BoundaryDocuments
from models.sharing import python_classes
from oracle.oracle import Oracle, oracle_for
from output.package import python_package
from pages.read import Page, read_page, without_code_span
from pages.write import ModulePages, reference_page
from proof.evidence import Evidence, judge_documents
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel


class Case(NamedTuple):
    """A message with its page, its judge, and its model."""

    name: str
    schema: Schema
    text: str
    judge: Oracle
    model: type[BaseModel]


PACKAGES = ExitStack()  # a model imports what explains its errors when there is one


def cases(sources: dict[str, bytes], documents: int = 100) -> dict[str, Case]:
    """The messages of the sources by MODULE/MESSAGE, with as many documents to choose from."""
    contract = build_contract(sources, "1")
    modules = python_classes(contract)
    package = python_package(contract, modules, formatted=False)
    built: dict[str, Case] = {}
    imported = PACKAGES.enter_context(imported_package(package))
    for module, name in contract.messages:
        schema = contract.modules[module].messages[name]
        oracle, model = oracle_for(contract, module, name), model_in(imported, module, name)
        judged = judge_documents(oracle, islice(BoundaryDocuments(schema), documents))
        evidence = Evidence(module, name, schema, oracle, judged)
        source = contract.schema_files[f"{module}/{name}.json"]
        (page,) = reference_page(ModulePages(modules[module]), evidence, source, model).values()
        schema = modules[module].definitions[name]
        built[evidence.name] = Case(evidence.name, schema, page.decode(), oracle, model)
    return built


def case(name: str, schema: Any) -> Case:
    return cases({f"m/{name}.json": json.dumps(schema).encode()})[f"m/{name}"]


def headings(text: str) -> list[tuple[str, str]]:
    """Level and text of each heading, outside the blocks; code spans of one mark undone."""
    lines = re.sub(r"^(`{3,})\w*\n.*?^\1$", "", text, flags=re.M | re.S).split("\n")
    found = [re.fullmatch("(#+) (.*)", it) for it in lines]
    return [(it[1], without_code_span(it[2])) for it in found if it]


def section(text: str, title: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    level = title.split()[0]
    rest = text.split(f"\n{title}\n", 1)[1]
    return re.split(rf"^#{{1,{len(level)}}} ", rest, maxsplit=1, flags=re.M)[0]


def block(text: str, title: str, index: int = 0) -> Any:
    """The JSON of a block under a heading."""
    found = re.findall(r"^(`{3,})json\n(.*?)^\1$", section(text, title), flags=re.M | re.S)
    return json.loads(found[index][1])


def table_cells(row: str) -> list[str]:
    return [it.strip() for it in re.split(r"(?<!\\)\|", row)[1:-1]]


def own(case: Case) -> Page:
    return read_page(case.name, case.text.encode())


# The first contract


def github_anchors(titles: list[str]) -> dict[str, str]:
    """By anchor the heading that it leads to (github-slugger 2)."""
    found: dict[str, str] = {}
    for title in titles:
        slug = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        numbers = (f"-{index}" if index else "" for index in range(len(titles)))
        found[next(f"{slug}{it}" for it in numbers if f"{slug}{it}" not in found)] = title
    return found

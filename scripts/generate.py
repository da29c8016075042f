"""Schemas in, exact models out: ``generate.py [--schemas DIR] [--out DIR] [--check] [--format F]``.

Exit status 0: done, or nothing drifted; 1: something drifted; 2: refused, nothing was written.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from contract.notes import notes_of
from contract.project import ROOT, contract_settings, contract_version
from contract.read import Contract, build_contract, read_schema_files
from contract.refusal import Refused, depth_refused
from contract.sunsets import sunset_faults
from models.classes import PythonModule
from models.sharing import python_classes
from output.corpus import CorpusCounts, conformance_documents, corpus_files, corpus_readme
from output.drift import drift_of
from output.manifest import manifests
from output.package import python_package
from output.write import replace_files
from pages.write import ModulePages, index_page, reference_page
from proof.agreement import Proof, compare_message, proof_of
from proof.evidence import Evidence
from proof.processes import results_in_order
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel
from reports.formats import add_report_option, print_findings
from reports.refusals import located, refusals_shown
from reports.report import Report, reported
from runtime._finding import exit_status, failures_at, parse_line

PythonModules = Mapping[str, PythonModule]


def main(arguments: list[str] | None = None) -> int:
    options = parse_options(arguments)
    return exit_status(lambda: guarded_run(options))


def guarded_run(options: argparse.Namespace) -> int:
    with refusals_shown("check", options.format, options.schemas):
        return run(options)


def run(options: argparse.Namespace) -> int:
    sources = read_schema_files(options.schemas)
    contract = build_contract(sources, contract_version(), contract_settings())
    faults = [*sunset_faults(contract.schemas)]
    if faults:
        raise Refused(*faults)
    if not options.check:
        print_notes(contract, options.schemas)
    try:
        files, proof = render(contract, show_progress)
    finally:
        show_progress("")
    if options.check:
        return check_drift(files, options.out, options.format)
    replace_files(files, options.out)
    print(f"{os.path.relpath(options.out)}: {proof}")
    return 0


def print_notes(contract: Contract, folder: Path) -> None:
    """Before the proof: a note may name the cause of its refusal."""
    for note in notes_of(contract.schemas):
        print(f"note: {located(parse_line(note), folder)}", file=sys.stderr)


class Rendering(NamedTuple):
    """Every generated file by its path, and what was compared before any of them is written."""

    files: dict[str, bytes]
    proof: Proof


def render(contract: Contract, show: Callable[[str], None] = lambda _: None) -> Rendering:
    """A pure function of the contract and the toolchain.

    ``show`` hears how far the proof is. Raises Refused with a line for each
    disagreement of a model with its schema.
    """
    modules = python_classes(contract)
    package = python_package(contract, modules)
    with imported_package(package) as name:
        parts = [*render_messages(contract, modules, name, show)]
    refusals = [refusal for part in parts for refusal in part.refusals]
    if refusals:
        raise Refused(*refusals)
    files = {**package, **index_page(contract), **corpus_readme(part.numbers for part in parts)}
    for part in parts:
        files |= part.files
    untried = [line for part in parts for line in part.untried]
    proof = proof_of(contract, sum(part.documents for part in parts), untried)
    return Rendering({**files, **manifests(contract, files)}, proof)


class RenderedMessage(NamedTuple):
    """The files of one message, its row in the corpus, how many documents it was proven on,
    why it is refused, and what was not tried."""

    files: dict[str, bytes]
    numbers: CorpusCounts
    documents: int
    refusals: list[str]
    untried: list[str]


def render_messages(
    contract: Contract, modules: PythonModules, package: str, show: Callable[[str], None]
) -> Iterator[RenderedMessage]:
    """Each message: documents drawn and judged, the model compared, the files made of both."""
    pages = {name: ModulePages(module) for name, module in modules.items()}

    def rendered(names: tuple[str, str]) -> RenderedMessage:
        module, message = names
        place = f"{module}/{message}.json#"
        with failures_at(place), depth_refused(place):
            model = model_in(package, module, message)
            compared = compare_message(contract, module, message, model, show)
            return render_message(contract, pages[module], model, *compared)

    messages = [*contract.messages]
    parts = zip(messages, results_in_order(rendered, messages), strict=True)
    for number, ((module, message), part) in enumerate(parts, start=1):
        show(f"{number}/{len(messages)} {module}/{message}")
        yield part


def render_message(
    contract: Contract,
    pages: ModulePages,
    model: type[BaseModel],
    evidence: Evidence,
    refusals: list[str],
) -> RenderedMessage:
    if refusals:  # a wrong model does not get a page
        return RenderedMessage({}, (evidence.name, 0, 0, 0), 0, refusals, [])
    corpus, numbers = corpus_files(contract, evidence)
    source = contract.schema_files[f"{evidence.name}.json"]
    page = reference_page(pages, evidence, source, model)
    files = conformance_documents(evidence) | corpus | page
    untried = evidence.untried_lines()
    return RenderedMessage(files, numbers, len(evidence.documents), [], untried)


def show_progress(text: str) -> None:
    """One line on a terminal, written over each time."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Schemas in, exact Pydantic models out.")
    parser.add_argument("--schemas", type=Path, default=ROOT / "schemas", metavar="DIR")
    parser.add_argument("--out", type=Path, default=ROOT / "generated", metavar="DIR")
    parser.add_argument(
        "--check", action="store_true", help="report what drifted, write nothing, exit 1 if any"
    )
    add_report_option(parser)
    return parser.parse_args(arguments)


def check_drift(files: Mapping[str, bytes], out: Path, form: str) -> int:
    """Report each file that drifted; what the schemas and the toolchain give is ``files``."""
    drifted = drift_of(files, out)
    # For people by the path within the folder, for programs by the path that opens the file.
    place = "" if form == "text" else f"{os.path.relpath(out)}/"
    findings = [replace(it, file=f"{place}{it.file}") for it in drifted]
    numbers = f"{os.path.relpath(out)}: files {len(files)}, drift {len(drifted)}"
    subjects = [f"{os.path.relpath(out)}/{it}" for it in files]
    report = Report("check", numbers, reported(findings), subjects)
    return print_findings(report, form, files=len(files))


if __name__ == "__main__":
    sys.exit(main())

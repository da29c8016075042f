"""A message in one revision of the contract: its schema, models, documents and Python names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from compatibility.python_api import ApiClass, api_classes
from compatibility.revisions import Revision
from compatibility.witnesses import DrawnDocuments, boundary_instances
from contract.module import Module
from contract.project import PACKAGE
from contract.read import build_module
from contract.refusal import Refused
from contract.subschemas import Schema, reached_from
from models.classes import PythonModule
from models.emit import module_texts
from models.sharing import classes_of, python_classes
from oracle.oracle import Oracle, oracle_for
from output.package import runtime_modules
from proof.agreement import verdicts_of
from proof.sandbox import imported_package, model_in
from pydantic import BaseModel
from reports.lines import value_at


@dataclass(frozen=True)
class MessageRevision:
    """A message in one revision of the contract."""

    revision: Revision
    message: str

    @property
    def name(self) -> str:
        return self.message.split("/")[1]

    @property
    def module_name(self) -> str:
        return self.message.split("/")[0]

    @property
    def module(self) -> Module:
        return self.revision.contract.modules[self.module_name]

    @property
    def schema(self) -> Schema:
        """The schema in normal form."""
        return self.module.messages[self.name]

    @cached_property
    def oracle(self) -> Oracle:
        return oracle_for(self.revision.contract, self.module_name, self.name)

    @cached_property
    def source(self) -> bytes:
        """The text of the classes of this message alone."""
        return module_texts({self.module_name: self.alone}, formatted=False)[self.module_name]

    @cached_property
    def alone(self) -> PythonModule:
        """The classes of this message without its neighbours."""
        module = build_module(self.module_name, {self.name: self.schema}, {})
        return self.classes_in(replace(module, names=self.module.names))

    def classes_in(self, module: Module) -> PythonModule:
        """The classes that the message has in this module."""
        contract = self.revision.contract
        modules = {**contract.modules, self.module_name: module}
        return classes_of(replace(contract, modules=modules), self.module_name)

    @cached_property
    def drawn(self) -> DrawnDocuments:
        return boundary_instances(self.schema)

    @property
    def documents(self) -> list[Any]:
        return self.drawn.instances

    @cached_property
    def python_classes(self) -> Mapping[str, ApiClass]:
        """The classes of the module that the message needs: its neighbours have names too, unless
        one of them is refused."""
        try:
            module = module_classes(self.revision, self.module_name)
        except Refused:
            module = self.alone
        return self.needed_classes(module)

    def python_classes_of(self, schema: Schema) -> Mapping[str, ApiClass]:
        """The classes that this schema in normal form would give the message."""
        own = build_module(self.module_name, {self.name: schema}, {}).definitions
        definitions = {**self.module.definitions, **own}
        chosen = self.module.names.items()
        names = {path: it for path, it in chosen if value_at(definitions, path) is not None}
        changed = replace(self.module, definitions=definitions, names=names)
        return self.needed_classes(self.classes_in(changed))

    def needed_classes(self, module: PythonModule) -> Mapping[str, ApiClass]:
        return api_classes(module, {self.name, *reached_from(self.name, module.needs)})

    def accepted(self, documents: list[Any]) -> list[bool | None]:
        """The verdict of the models on each document; None where one contradicts the schema."""
        module = self.module_name
        files = {"__init__.py": b"", **runtime_modules([self.source]), f"{module}.py": self.source}
        with imported_package({f"{PACKAGE}/{path}": it for path, it in files.items()}) as package:
            model = model_in(package, module, self.name)
            return [self.agreed_verdict(model, document) for document in documents]

    def agreed_verdict(self, model: type[BaseModel], document: Any) -> bool | None:
        verdicts = {isinstance(it, BaseModel) for it in verdicts_of(model, document).values()}
        verdicts.add(self.oracle.accepts(document))
        return verdicts.pop() if len(verdicts) == 1 else None


@cache
def module_classes(revision: Revision, module: str) -> PythonModule:
    """The classes of a module, with what it imports if others define something that it needs."""
    if not revision.contract.modules[module].homes:
        return classes_of(revision.contract, module)
    return classes_with_imports(revision)[module]


def class_place(revision: Revision, module: str, name: str) -> tuple[str, ...]:
    """The definition that the class of the name is of, and the path there."""
    if module not in revision.contract.modules:
        return (name,)
    try:
        return module_classes(revision, module).places.get(name, (name,))
    except Refused:
        return (name,)


@cache
def classes_with_imports(revision: Revision) -> Mapping[str, PythonModule]:
    return python_classes(revision.contract)


@cache
def message_revision(revision: Revision, message: str) -> MessageRevision:
    """The one object of the message: what is known of it is worked out once."""
    return MessageRevision(revision, message)

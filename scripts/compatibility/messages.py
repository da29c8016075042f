"""A message in one revision of the contract: its schema, models, documents and Python names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from compatibility.python_api import ApiClass, api_classes
from compatibility.revisions import Revision
from compatibility.witnesses import DrawnDocuments, boundary_instances
from contract.json_values import is_array, is_object
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


@dataclass(frozen=True)
class MessageRevision:
    """A message in one revision of the contract."""

    revision: Revision
    message: str

    @property
    def name(self) -> str:
        return self.message.split("/")[1]

    @property
    def schema(self) -> Schema:
        """The schema in normal form."""
        return self.revision.contract.modules[self.message.split("/")[0]].messages[self.name]

    @cached_property
    def oracle(self) -> Oracle:
        return oracle_for(self.revision.contract, *self.message.split("/"))

    @cached_property
    def source(self) -> bytes:
        """The text of the classes of this message alone."""
        module = self.alone
        return module_texts({module.name: module}, formatted=False)[module.name]

    @cached_property
    def alone(self) -> PythonModule:
        """The classes of this message without its neighbours."""
        module, name = self.message.split("/")
        names = self.revision.contract.modules[module].names
        return self.classes_in(replace(build_module(module, {name: self.schema}, {}), names=names))

    def classes_in(self, module: Module) -> PythonModule:
        """The classes that the message has in this module."""
        name, contract = self.message.split("/")[0], self.revision.contract
        return classes_of(replace(contract, modules={**contract.modules, name: module}), name)

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
            module = module_classes(self.revision, self.message.split("/")[0])
        except Refused:
            module = self.alone
        return self.needed_classes(module)

    def python_classes_of(self, schema: Schema) -> Mapping[str, ApiClass]:
        """The classes that this schema in normal form would give the message."""
        name = self.message.split("/")[0]
        module = self.revision.contract.modules[name]
        own = build_module(name, {self.name: schema}, {}).definitions
        definitions = {**module.definitions, **own}
        chosen = {it: one for it, one in module.names.items() if is_place(definitions, it)}
        changed = replace(module, definitions=definitions, names=chosen)
        return self.needed_classes(self.classes_in(changed))

    def needed_classes(self, module: PythonModule) -> Mapping[str, ApiClass]:
        return api_classes(module, {self.name, *reached_from(self.name, module.needs)})

    def accepted(self, documents: list[Any]) -> list[bool | None]:
        """The verdict of the models on each document; None where one contradicts the schema."""
        module = self.message.split("/")[0]
        files = {"__init__.py": b"", **runtime_modules([self.source]), f"{module}.py": self.source}
        with imported_package({f"{PACKAGE}/{path}": it for path, it in files.items()}) as package:
            model = model_in(package, module, self.name)
            return [self.agreed_verdict(model, document) for document in documents]

    def agreed_verdict(self, model: type[BaseModel], document: Any) -> bool | None:
        verdicts = {isinstance(it, BaseModel) for it in verdicts_of(model, document).values()}
        verdicts.add(self.oracle.accepts(document))
        return verdicts.pop() if len(verdicts) == 1 else None


def is_place(value: Any, steps: Iterable[str]) -> bool:
    """Whether the members and the items on a way are there."""
    for step in steps:
        items = enumerate(value) if is_array(value) else ()
        parts = value if is_object(value) else {str(index): it for index, it in items}
        if step not in parts:
            return False
        value = parts[step]
    return True


@cache
def module_classes(revision: Revision, module: str) -> PythonModule:
    """The classes of a module, with what it imports if others define something that it needs."""
    if not revision.contract.modules[module].homes:
        return classes_of(revision.contract, module)
    return classes_with_imports(revision)[module]


@cache
def classes_with_imports(revision: Revision) -> Mapping[str, PythonModule]:
    return python_classes(revision.contract)


@cache
def message_revision(revision: Revision, message: str) -> MessageRevision:
    """The one object of the message: what is known of it is worked out once."""
    return MessageRevision(revision, message)

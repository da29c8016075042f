"""A message in one revision of the contract: its schema, models, documents and Python names."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from compatibility.python_api import ApiClass, api_classes
from compatibility.revisions import Revision
from compatibility.witnesses import DrawnDocuments, boundary_instances
from contract.project import PACKAGE
from contract.read import build_module
from contract.subschemas import Schema
from models.classes import PythonModule, python_module
from models.emit import module_texts
from models.inheritance import with_bases
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
    def python_module(self) -> PythonModule:
        """The classes of this message alone."""
        return self.python_module_of(self.schema)

    def python_module_of(self, schema: Schema) -> PythonModule:
        module, name = self.message.split("/")
        names = self.revision.contract.modules[module].names
        return python_module(module, replace(build_module(module, {name: schema}, {}), names=names))

    @cached_property
    def source(self) -> bytes:
        """The text of these classes."""
        module = self.python_module
        return module_texts({module.name: module}, formatted=False)[module.name]

    @cached_property
    def drawn(self) -> DrawnDocuments:
        return boundary_instances(self.schema)

    @property
    def documents(self) -> list[Any]:
        return self.drawn.instances

    @property
    def python_classes(self) -> Mapping[str, ApiClass]:
        return api_classes(with_bases(self.python_module))

    def python_classes_of(self, schema: Schema) -> Mapping[str, ApiClass]:
        """The classes that this schema in normal form would give the message."""
        return api_classes(with_bases(self.python_module_of(schema)))

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


@cache
def message_revision(revision: Revision, message: str) -> MessageRevision:
    """The one object of the message: what is known of it is worked out once."""
    return MessageRevision(revision, message)

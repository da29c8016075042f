"""Which classes a module imports from another: those of definitions that are written there."""

from collections.abc import Mapping
from dataclasses import replace

from contract.module import Module
from contract.read import Contract
from contract.refusal import TOO_DEEP, Refused
from contract.subschemas import needs_of, reached_from
from models.classes import PythonModule, python_module
from models.inheritance import with_bases, with_whole_values
from models.inline_classes import EndlessError
from runtime._finding import failures_at


def python_classes(contract: Contract) -> dict[str, PythonModule]:
    """The classes of each module by its name."""
    modules = {name: classes_of(contract, name) for name in contract.modules}
    shared = with_shared_classes(modules, contract.modules)
    return {name: with_whole_values(it) for name, it in shared.items()}


def classes_of(contract: Contract, name: str) -> PythonModule:
    try:
        with failures_at(f"{name}/"):
            return with_bases(python_module(name, contract.modules[name]))
    except EndlessError as error:
        definition = str(error)
        needs = needs_of(contract.modules[name].definitions)
        what = ENDLESS if definition in reached_from(definition, needs) else TOO_DEEP
        raise Refused(f"{place_of(contract, name, definition)}: {what}") from error


ENDLESS = (
    "a part of it refers to the whole with more beside the $ref, again and again; give the"
    " reference a definition of its own"
)


def place_of(contract: Contract, module: str, definition: str) -> str:
    """Where a definition of a module is written: a message, or within the file of one."""
    if definition in contract.modules[module].messages:
        return f"{module}/{definition}.json#"
    files = [places for file, places in contract.places.items() if file.startswith(f"{module}/")]
    return next(str(it[definition]) for it in files if definition in it)


def with_shared_classes(
    modules: Mapping[str, PythonModule], contract: Mapping[str, Module]
) -> dict[str, PythonModule]:
    """The modules with what they import; of modules that need each other, one keeps a class of its
    own, because Python reads one of them first."""
    sharing = Sharing(modules, contract)
    return {name: replace(it, imported=sharing.origins(name)) for name, it in modules.items()}


class Sharing:
    def __init__(self, modules: Mapping[str, PythonModule], contract: Mapping[str, Module]) -> None:
        self.modules, self.contract = modules, contract
        self.done: dict[str, dict[str, str]] = {}
        self.waiting: set[str] = set()

    def origins(self, name: str) -> dict[str, str]:
        """By the names of the classes that a module does not define itself the modules that do."""
        if name not in self.done:
            self.waiting.add(name)
            settled: dict[str, str] = {}
            for definition, home in sorted(self.contract[name].homes.items()):
                if home not in self.waiting:
                    origins = self.origins_of(definition, name, home)
                    agree = all(settled.get(it, origin) == origin for it, origin in origins.items())
                    settled |= origins if agree else {}
            self.waiting.remove(name)
            self.done[name] = settled
        return self.done[name]

    def origins_of(self, definition: str, name: str, home: str) -> dict[str, str]:
        """Where the class of a definition and all that it needs are defined; nothing if one of
        them is another class in its home."""
        mine, theirs = self.modules[name], self.modules[home]
        whole = {definition, *reached_from(definition, mine.needs)}
        elsewhere = self.origins(home)
        module = self.contract[name]
        foreign = whole.isdisjoint(module.definitions.keys() - module.homes.keys())
        same = foreign and all(
            mine.classes[needed] == theirs.classes.get(needed)
            and mine.definitions[needed] == theirs.definitions[needed]
            for needed in whole
        )
        return {it: elsewhere.get(it, home) for it in sorted(whole)} if same else {}

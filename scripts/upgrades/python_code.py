"""The Python names of two packages, and where code uses those that go or change."""

import ast
import builtins
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from compatibility.python_api import ApiChange, ApiClass, api_changes
from contract.json_values import without
from models.classes import ALIAS, plain_type

Binding = tuple[str, str]  # a module and a class of the package; no class for the module itself
BUILTINS = frozenset(dir(builtins))


class CodeUse(NamedTuple):
    """A line of a file that uses what ``change`` is about; ``is_sure`` if only that is meant."""

    line: int
    change: ApiChange
    is_sure: bool


# What a package offers.


def package_changes(old: Path, new: Path) -> dict[str, list[ApiChange]]:
    """By module the names that go or change from one package to the other."""
    return {
        module: [it for it in module_changes(old, new, module) if it.breaks]
        for module in contract_modules(old)
    }


def contract_modules(package: Path) -> list[str]:
    folders = [it.name for it in (package / "schemas").iterdir() if it.is_dir()]
    return sorted(it for it in folders if (package / f"{it}.py").is_file())


def module_changes(old: Path, new: Path, module: str) -> Iterator[ApiChange]:
    before, after = (module_tree(package / f"{module}.py") for package in (old, new))
    sides = module_classes(before, old), module_classes(after, new)
    homes = [{(name, it.home) for name, it in side.items() if it.home} for side in sides]
    # What becomes of a class that both import is told of the module that defines it.
    shared = {name for name, _ in homes[0] & homes[1]}
    yield from api_changes(*(without(side, *shared) for side in sides))
    keys = [module_members(it) for it in (before, after)]
    for attribute in keys[0].keys() & keys[1].keys():
        if keys[0][attribute] != keys[1][attribute]:
            yield ApiChange(attribute, *(f"the member {it[attribute]!r}" for it in keys))


def module_tree(file: Path) -> ast.Module:
    return ast.parse(file.read_bytes() if file.is_file() else b"")


def module_classes(tree: ast.Module, package: Path) -> dict[str, ApiClass]:
    """Each class of a generated module, with the types of its fields or its enum's values, those
    too that it has from a class of the module; each alias with what it stands for; and the classes
    that it imports from another module of the package."""
    nodes = {it.name: it for it in tree.body if isinstance(it, ast.ClassDef)}
    classes = {name: api_class(name, nodes) for name in nodes}
    aliases = {name: ApiClass(ALIAS, {"": it}, {}, {}) for name, it in alias_types(tree)}
    return {**classes, **aliases, **imported_classes(tree, package)}


def imported_classes(tree: ast.Module, package: Path) -> dict[str, ApiClass]:
    imports = [it for it in tree.body if isinstance(it, ast.ImportFrom) and it.level == 1]
    homes = {it.module: it.names for it in imports if it.module and it.module[0] != "_"}
    return {
        it.name: replace(there[it.name], home=home)
        for home, names in homes.items()
        for there in [module_classes(module_tree(package / f"{home}.py"), package)]
        for it in names
        if it.name in there
    }


def alias_types(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The name and the type of each ``NAME = TypeAliasType(NAME, TYPE)``."""
    for statement in tree.body:
        value = statement.value if isinstance(statement, ast.Assign) else None
        if isinstance(value, ast.Call) and ast.unparse(value.func) == "TypeAliasType":
            name, kind = map(text_of, value.args)
            yield name, plain_type(kind)


def text_of(node: ast.expr) -> str:
    """The text of a string, or the source of another expression."""
    return str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node)


def api_class(name: str, nodes: Mapping[str, ast.ClassDef]) -> ApiClass:
    named = [ast.unparse(it) for it in nodes[name].bases]
    bases = [it for it in named if it in nodes]
    fields = {field: kind for it in bases for field, kind in api_class(it, nodes).fields.items()}
    base = next((it for it in named if it not in nodes), "Model")
    return ApiClass(base, {**fields, **class_fields(nodes[name])}, {}, {}, frozenset(bases))


def class_fields(node: ast.ClassDef) -> dict[str, str]:
    fields: dict[str, str] = {}
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            fields[statement.target.id] = plain_type(ast.unparse(statement.annotation))
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            fields[statement.targets[0].id] = ast.unparse(statement.value)
    return {name: it for name, it in fields.items() if name not in UNSEEN_ATTRIBUTES}


# What says how a class judges and what it emits.
UNSEEN_ATTRIBUTES = ("model_config", "__emitted__")


def module_members(tree: ast.Module) -> dict[str, str]:
    """The member of documents that each attribute stands for, by ``CLASS.ATTRIBUTE``."""
    nodes = {it.name: it for it in tree.body if isinstance(it, ast.ClassDef)}
    return {
        f"{name}.{statement.target.id}": alias_of(statement.value) or statement.target.id
        for name in nodes
        for statement in class_body(name, nodes)
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    }


def class_body(name: str, nodes: Mapping[str, ast.ClassDef]) -> Iterator[ast.stmt]:
    """The statements of a class, behind those of the classes that it extends."""
    for base in map(ast.unparse, nodes[name].bases):
        if base in nodes:
            yield from class_body(base, nodes)
    yield from nodes[name].body


def alias_of(value: ast.expr | None) -> str | None:
    keywords = value.keywords if isinstance(value, ast.Call) else []
    aliases = [it.value for it in keywords if it.arg == "alias"]
    return str(aliases[0].value) if aliases and isinstance(aliases[0], ast.Constant) else None


# What code uses.


class CodeReader:
    """Reads files of a consumer: which lines use what changed in the package of this name."""

    def __init__(self, package: str, changes: Mapping[str, list[ApiChange]]) -> None:
        self.package, self.modules = package, [*changes]
        each = [(module, it) for module in changes for it in changes[module]]
        self.classes = {(module, it.name): it for module, it in each if is_class(it)}
        self.members = {
            (module, *it.name.split(".", 1)): it for module, it in each if not is_class(it)
        }

    def uses(self, tree: ast.Module) -> list[CodeUse]:
        """What a file uses, once for each line; attributes alone do not show their class."""
        bound, foreign = self.bindings(tree)
        uses: set[CodeUse] = set()
        for node in ast.walk(tree):
            line, possible = node_line(node), self.possible(node, bound, foreign)
            uses |= {CodeUse(line, it, True) for it in self.certain(node, bound)}
            uses |= {CodeUse(line, it, bool(bound)) for it in possible}
        return sorted(uses, key=lambda it: (it.line, it.change.name))

    def bindings(self, tree: ast.Module) -> tuple[dict[str, Binding], set[str]]:
        """The local names of the contract's modules and classes, and those of other imports."""
        bound: dict[str, Binding] = {}
        foreign: set[str] = set()
        for node in ast.walk(tree):
            for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
                target = self.target(node, alias)
                if target is not None:
                    bound[alias.asname or alias.name] = target
                elif self.package not in alias.name.split("."):
                    foreign.add(alias.asname or alias.name.split(".")[0])
        return bound, foreign - bound.keys()

    def target(self, node: ast.AST, alias: ast.alias) -> Binding | None:
        """The part of the contract that an import binds."""
        path = alias.name.split(".")
        if isinstance(node, ast.ImportFrom):
            path = [*(node.module or "").split("."), *path]
        if self.package not in path:
            return None
        module, name = [*path[path.index(self.package) + 1 :], "", ""][:2]
        return (module, name) if module in self.modules else None

    def certain(self, node: ast.AST, bound: Mapping[str, Binding]) -> Iterator[ApiChange]:
        """Uses of a class: its import, its attribute, an argument of its call, a pattern."""
        named: list[Binding | None] = []
        owner, names = None, list[str]()
        if isinstance(node, ast.ImportFrom):
            named = [self.target(node, it) for it in node.names]
        elif isinstance(node, ast.Attribute):
            named = [self.class_of(node, bound)]
            owner, names = self.class_of(node.value, bound), [node.attr]
        elif isinstance(node, ast.Call):
            owner, names = self.class_of(node.func, bound), [it.arg or "" for it in node.keywords]
        elif isinstance(node, ast.MatchClass):
            owner, names = self.class_of(node.cls, bound), node.kwd_attrs
        yield from (self.classes[it] for it in named if it in self.classes)
        keys = [(*owner, it) for it in names] if owner else []
        yield from (self.members[it] for it in keys if it in self.members)

    def class_of(self, node: ast.expr, bound: Mapping[str, Binding]) -> Binding | None:
        """The class of the contract that an expression names."""
        if isinstance(node, ast.Name):
            target = bound.get(node.id)
            return target if target and target[1] else None
        if isinstance(node, ast.Attribute):
            module = bound.get(ast.unparse(node.value))
            return (module[0], node.attr) if module and not module[1] else None
        return None

    def possible(
        self, node: ast.AST, bound: Mapping[str, Binding], foreign: set[str]
    ) -> Iterator[ApiChange]:
        """Attributes of this name, of what may be an instance."""
        name = None
        if isinstance(node, ast.Attribute):
            root = ast.unparse(node.value)
            other = root in foreign or root in BUILTINS or root in bound
            name = None if other or self.class_of(node.value, bound) else node.attr
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "getattr":
            constant = node.args[1] if len(node.args) > 1 else None
            name = str(constant.value) if isinstance(constant, ast.Constant) else None
        yield from (it for key, it in self.members.items() if key[2] == name)


def is_class(change: ApiChange) -> bool:
    return "." not in change.name


def node_line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0))

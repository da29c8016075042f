"""Classes -> which of them extend others: where inheritance in Python says the same.

``class Dog(Animal)`` has the members of ``Animal``. It may say more of one, as long as a type
checker sees no other type: a reader of ``Animal`` may get a ``Dog``.
"""

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from models.classes import (
    PythonClass,
    PythonModule,
    call_arguments,
    class_config,
    default_title,
)

Classes = Mapping[str, PythonClass]
MODELS = ("Model", "InlineModel")


def with_bases(module: PythonModule) -> PythonModule:
    """The module, each class with those of its parts as bases that it can extend."""
    classes = module.classes
    further: dict[str, set[str]] = {}
    bases = {name: extended_classes(name, classes, further) for name in classes}
    extended: dict[str, PythonClass] = {}
    for name, python_class in classes.items():
        if bases[name]:
            settings = Settings(module, bases).stated(name)
            extended[name] = extension(python_class, bases[name], classes, settings)
    return replace(module, classes={**classes, **extended})


def extended_classes(name: str, classes: Classes, known: dict[str, set[str]]) -> tuple[str, ...]:
    """The bases of a class, without those that others of them extend; in one order everywhere, so
    that Python can line up the bases of all."""
    possible = direct_parts(name, classes)
    further = {part for it in possible for part in all_parts(it, classes, known)}
    order = [*classes]
    return tuple(
        sorted(
            (it for it in possible if it not in further),
            key=lambda it: (-len(all_parts(it, classes, known)), order.index(it)),
        )
    )


def all_parts(name: str, classes: Classes, known: dict[str, set[str]]) -> set[str]:
    """The parts of a class that it can extend, and theirs; ``known`` keeps them, for a long chain
    of extensions has a part on as many paths as there are subsets of the chain."""
    if name not in known:
        direct = direct_parts(name, classes)
        known[name] = {*direct}.union(*(all_parts(it, classes, known) for it in direct))
    return known[name]


def direct_parts(name: str, classes: Classes) -> list[str]:
    return [it for it in classes[name].parts if can_extend(classes[name], classes[it])]


def can_extend(child: PythonClass, base: PythonClass) -> bool:
    """Whether each attribute of the base has the same type in the child, and nothing is lost that
    the base asserts."""
    mine = {it.attribute: (it.key, it.plain) for it in child.fields}
    theirs = {it.attribute: (it.key, it.plain) for it in base.fields}
    return (
        {child.base, base.base} <= {*MODELS}
        and theirs.items() <= mine.items()
        and base.further in ("", child.further)
        and bool(child.assertion or not base.assertion)
    )


def extension(
    child: PythonClass, bases: tuple[str, ...], classes: Classes, settings: Mapping[str, Any]
) -> PythonClass:
    """The class without what its bases have alike."""
    fields = {it.attribute: it for base in reversed(bases) for it in classes[base].fields}
    alike = {it.attribute for it in child.fields if fields.get(it.attribute) == it}
    return replace(child, bases=bases, inherited=frozenset(alike), config=call_arguments(settings))


@dataclass(frozen=True)
class Settings:
    """The arguments of ConfigDict that classes have from their bases, or say themselves."""

    module: PythonModule
    bases: Mapping[str, tuple[str, ...]]

    def stated(self, name: str) -> dict[str, Any]:
        """The settings that the class states because its bases differ."""
        return self.stated_beside(name, self.inherited(name))

    def stated_beside(self, name: str, inherited: Mapping[str, Any]) -> dict[str, Any]:
        """The settings that the class states beside those that it inherits."""
        inline = self.is_inline(name)
        wanted = class_config(name, self.module.definitions[name], inline=inline)
        title = default_title(name, inline)
        reset = {"extra": "allow", "title": title, "json_schema_extra": None}
        whole = {word: wanted.get(word, reset[word]) for word in {**inherited, **wanted}}
        return {word: it for word, it in whole.items() if it != inherited.get(word, ...)}

    def inherited(self, name: str) -> dict[str, Any]:
        """The settings that the bases give; of several bases Pydantic prefers the last."""
        settings: dict[str, Any] = {"extra": "allow"}
        for base in self.bases[name]:
            above = self.inherited(base)
            settings |= above | self.stated_beside(base, above)
        if settings.get("json_schema_extra", {}).keys() == {"additionalProperties"}:
            del settings["json_schema_extra"]  # which what is emitted replaces
        return settings | ({"extra": "allow", "title": None} if self.is_inline(name) else {})

    def is_inline(self, name: str) -> bool:
        return self.module.classes[name].base == "InlineModel"


def with_whole_values(module: PythonModule) -> PythonModule:
    """The module, with classes written as what they are where a base of them is the type: Pydantic
    would leave out what the base does not have."""
    extended = {base for it in module.classes.values() for base in it.bases}
    if not extended:
        return module
    marker = WholeValues(extended)
    return replace(module, classes={name: marker.within(it) for name, it in module.classes.items()})


class WholeValues(ast.NodeTransformer):
    def __init__(self, extended: Collection[str]) -> None:
        self.extended = extended

    def within(self, python_class: PythonClass) -> PythonClass:
        fields = [replace(one, annotation=self.text(one.annotation)) for one in python_class.fields]
        return replace(
            python_class,
            fields=tuple(fields),
            further=self.text(python_class.further),
            alias=self.text(python_class.alias),
        )

    def text(self, annotation: str) -> str:
        if not annotation:
            return annotation
        tree = ast.parse(annotation, mode="eval")
        named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        return annotation if named.isdisjoint(self.extended) else ast.unparse(self.visit(tree))

    def visit_Name(self, node: ast.Name) -> ast.expr:
        marked = ast.Subscript(ast.Name("SerializeAsAny"), node)
        return marked if node.id in self.extended else node

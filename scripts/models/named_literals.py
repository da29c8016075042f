"""Long lists of constants -> names of their own, so that a class stays readable.

``icon: Literal["activity", …]`` of 280 constants becomes ``icon: BrandingIcon``. No schema has the
name, and the package does not export it: it may come and go with the length of the list.
"""

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from contract.names import class_name, is_class_name
from models.classes import PythonClass, PythonField

MOST = 10  # constants that stand where they are used


@dataclass
class LiteralNames(ast.NodeTransformer):
    """Replaces long literals by names; ``names`` has the name of each by its text."""

    taken: Collection[str]
    names: dict[str, str] = field(default_factory=dict[str, str])
    # What the next one is called.
    name: str = ""

    def within(self, python_class: PythonClass) -> PythonClass:
        """The class with names for the long literals of its fields."""
        fields: list[PythonField] = []
        for one in python_class.fields:
            self.name = python_class.name + class_name(one.key or "value")
            fields.append(replace(one, annotation=self.text(one.annotation)))
        return replace(python_class, fields=tuple(fields))

    def text(self, annotation: str) -> str:
        if "Literal[" not in annotation:
            return annotation
        tree = self.visit(ast.parse(annotation, mode="eval"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        return annotation if names.isdisjoint(self.names.values()) else ast.unparse(tree)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        constants = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
        if ast.unparse(node.value) != "Literal" or len(constants) <= MOST:
            return self.generic_visit(node)
        text = ast.unparse(node)
        used = {*self.taken, *self.names.values()}
        if text not in self.names and is_class_name(self.name) and self.name not in used:
            self.names[text] = self.name
        return ast.Name(self.names[text]) if text in self.names else node


def with_named_literals(
    classes: Mapping[str, PythonClass], taken: Collection[str]
) -> tuple[dict[str, PythonClass], dict[str, str]]:
    """The classes, and the text of each long literal by its name; ``taken`` and the attributes
    mean something else."""
    attributes = {one.attribute for it in classes.values() for one in it.fields}
    namer = LiteralNames({*taken, *attributes})
    named = {name: namer.within(it) for name, it in classes.items()}
    return named, {name: text for text, name in namer.names.items()}

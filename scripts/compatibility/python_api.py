"""What consumers import from a generated module: classes, their fields and types, enum members."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.classes import PythonClass, PythonModule, plain_type

Names = Mapping[str, str]


@dataclass(frozen=True)
class ApiClass:
    """A generated class: what it derives from, and the types of its fields or the values of its
    members by name, as Python text without what refines a type (``Annotated``)."""

    bases: str
    fields: Names


def api_classes(module: PythonModule) -> dict[str, ApiClass]:
    return {name: api_class(it) for name, it in module.classes.items()}


def api_class(it: PythonClass) -> ApiClass:
    further = f"dict[str, {plain_type(it.further)}]" if it.further else ""
    return ApiClass(
        it.base,
        {
            **({"": plain_type(it.alias)} if it.alias else {}),
            **({"__pydantic_extra__": further} if further else {}),
            **{field.attribute: field.plain for field in it.fields},
            **it.members,
        },
    )


class TypeNormalizer(ast.NodeTransformer):
    """A type under the names that its classes have now; unions and literals in one order."""

    def __init__(self, moved: Names) -> None:
        self.moved = moved

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self.moved.get(node.id, node.id))

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if ast.unparse(node.value) == "Literal" and isinstance(node.slice, ast.Tuple):
            node.slice.elts.sort(key=ast.unparse)
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        arms = sorted(ast.unparse(self.visit(it)) for it in union_arms(node))
        return ast.Name(" | ".join(arms))


def union_arms(node: ast.expr) -> Iterator[ast.expr]:
    """The arms of a union."""
    if isinstance(node, ast.BinOp):
        yield from union_arms(node.left)
        yield from union_arms(node.right)
    else:
        yield node


@dataclass(frozen=True)
class ApiChange:
    """One thing that consumers may import or use, old and new as Python text, None where there
    is none; what is new alone breaks nobody."""

    name: str
    old: str | None
    new: str | None

    @property
    def breaks(self) -> bool:
        return self.old is not None


def api_changes(old: Mapping[str, ApiClass], new: Mapping[str, ApiClass]) -> Iterator[ApiChange]:
    """What of the interface changed, in the order of the old module."""
    moved = renamed_classes(old, new)
    for name, before in old.items():
        after = new.get(moved.get(name, name))
        if after is None or name in moved:
            yield ApiChange(
                name, f"class {name}", f"class {moved[name]}" if name in moved else None
            )
        if after is not None:
            yield from class_changes(name, before, after, moved)
    for name in new:
        if name not in old and name not in moved.values():
            yield ApiChange(name, None, f"class {name}")


def renamed_classes(old: Mapping[str, ApiClass], new: Mapping[str, ApiClass]) -> Names:
    """Classes that are there under another name alone."""
    gone, come = ([it for it in a if it not in b] for a, b in ((old, new), (new, old)))
    found: dict[str, str] = {}
    for name in gone:
        alike = [it for it in come if new[it] == old[name] and it not in found.values()]
        found |= {name: alike[0]} if alike else {}
    return found


def class_changes(name: str, old: ApiClass, new: ApiClass, moved: Names) -> Iterator[ApiChange]:
    if old.bases != new.bases:
        yield ApiChange(name, f"class {name}({old.bases})", f"class {name}({new.bases})")
    for field in {**old.fields, **new.fields}:
        before, after = old.fields.get(field), new.fields.get(field)
        gone = before is None or after is None
        if gone or normalized_type(before, moved) != normalized_type(after, {}):
            yield ApiChange(f"{name}.{field}", before, after)


def normalized_type(annotation: str | None, moved: Names) -> str:
    tree: ast.Expression = TypeNormalizer(moved).visit(ast.parse(annotation or "", mode="eval"))
    return ast.unparse(tree)

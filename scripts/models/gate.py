"""Syntax tree of a generated module -> what in it is more than data: nothing, or it is refused.

datamodel-code-generator reads schemas that others write. Whatever its text says, a module is
nothing but classes, assignments and calls of a few names; none of a schema's words is code.
"""

import ast
from collections.abc import Iterator

from contract.names import IMPORTABLE_NAMES
from contract.refusal import Refused

NODES = (
    *(
        ast.Module,
        ast.Expression,
        ast.ClassDef,
        ast.AnnAssign,
        ast.Assign,
        ast.Expr,
        ast.Pass,
        ast.Call,
        ast.keyword,
    ),
    *(ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.Dict),
    *(ast.BinOp, ast.BitOr, ast.UnaryOp, ast.USub, ast.Load, ast.Store),
)


CALLS = {
    *("Field", "ConfigDict", "TypeAliasType", "Integer", "Number", "AnyOf"),
    *("Assert", "OneOf", "AnyType", "Without"),
}


BUILTINS = {"bool", "dict", "float", "int", "list", "str", "tuple", "model_config"}


def refuse_code(tree: ast.Module, classes: set[str]) -> None:
    """Raise Refused unless the module is made of these nodes, calls and names alone."""
    known = {*IMPORTABLE_NAMES, *BUILTINS, *classes, *assigned_names(tree)}
    for node in (it for part in (tree, *alias_expressions(tree)) for it in ast.walk(part)):
        if not isinstance(node, NODES) or not is_data_node(node, known):
            raise Refused(f"{ast.unparse(node)[:80]!r} is no data; report this schema")


def alias_expressions(tree: ast.Module) -> Iterator[ast.Expression]:
    """What stands as text in an alias: Pydantic reads it as an expression."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "TypeAliasType":
            text = node.args[1]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield ast.parse(text.value, mode="eval")


def assigned_names(tree: ast.Module) -> set[str]:
    """The names that class bodies assign to: attributes and members of enums."""
    targets = [
        target
        for body in (node.body for node in tree.body if isinstance(node, ast.ClassDef))
        for it in body
        for target in (it.targets if isinstance(it, ast.Assign) else [getattr(it, "target", None)])
    ]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def is_data_node(node: ast.AST, known: set[str]) -> bool:
    if isinstance(node, ast.Call):
        return (isinstance(node.func, ast.Name) and node.func.id in CALLS) or is_rebuild(node)
    if isinstance(node, ast.Name):
        return node.id in known
    if isinstance(node, ast.Attribute):  # of a class: RequestStatus.FAILED, Node.model_rebuild
        return isinstance(node.value, ast.Name) and node.value.id[:1].isupper()
    if isinstance(node, ast.ClassDef):
        return not node.decorator_list and not node.keywords
    return True


def is_rebuild(call: ast.Call) -> bool:
    """``Node.model_rebuild()``, which completes a class that holds itself."""
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr == "model_rebuild"
        and not call.args
        and not call.keywords
    )

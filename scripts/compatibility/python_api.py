"""What consumers import from a generated module: classes, their fields and types, enum members."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contract.json_values import is_object
from contract.subschemas import Definitions, Schema, Subschema, listed_values, referred_name
from models.classes import ALIAS, PythonClass, PythonModule, plain_type

Names = Mapping[str, str]


@dataclass(frozen=True)
class ApiClass:
    """A generated class: what it derives from, and the types of its fields or the values of its
    members by name, as Python text without what refines a type (``Annotated``).

    ``keys`` are the JSON members by the attributes that read them, ``constants`` the only values
    that attributes can have, as Python text.
    """

    base: str
    fields: Names
    keys: Names
    constants: Names
    # The classes of the contract that it extends, by their names.
    extends: frozenset[str] = frozenset()


def api_classes(module: PythonModule) -> dict[str, ApiClass]:
    return {name: api_class(it, module.definitions) for name, it in module.classes.items()}


def api_class(python_class: PythonClass, definitions: Definitions) -> ApiClass:
    further = f"dict[str, {plain_type(python_class.further)}]" if python_class.further else ""
    members: Schema = definitions[python_class.name].get("properties", {})
    constants = {
        field.attribute: constant_text(members[field.key], definitions)
        for field in python_class.fields
        if field.key in members
    }
    return ApiClass(
        BASES.get(python_class.base, python_class.base),
        {
            **({"": plain_type(python_class.alias)} if python_class.alias else {}),
            **({"__pydantic_extra__": further} if further else {}),
            **{field.attribute: field.plain for field in python_class.fields},
            **python_class.members,
        },
        {field.attribute: field.key for field in python_class.fields},
        {attribute: text for attribute, text in constants.items() if text},
        frozenset(python_class.bases),
    )


# A class of an object described where it stands differs in nothing that consumers use.
BASES = {"InlineModel": "Model"}


def constant_text(schema: Subschema, definitions: Definitions) -> str:
    """The only value that a schema allows, as Python text; empty if it allows others."""
    if not is_object(schema):
        return ""
    values = listed_values(schema)
    if not values and "$ref" in schema:
        return constant_text(definitions[referred_name(schema)], definitions)
    return repr(values[0]) if len(values) == 1 else ""


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
    """By old name the new name of each class that changed in name alone."""
    gone, come = ([it for it in a if it not in b] for a, b in ((old, new), (new, old)))
    renamed: dict[str, str] = {}
    for name in gone:
        alike = [it for it in come if new[it] == old[name] and it not in renamed.values()]
        renamed |= {name: alike[0]} if alike else {}
    return renamed


def class_changes(name: str, old: ApiClass, new: ApiClass, moved: Names) -> Iterator[ApiChange]:
    lost = {moved.get(it, it) for it in old.extends} - new.extends
    if old.base != new.base or lost:
        yield ApiChange(name, class_text(name, old), class_text(name, new))
    for field in {**old.fields, **new.fields}:
        before, after = old.fields.get(field), new.fields.get(field)
        gone = before is None or after is None
        if gone or normalized_type(before, moved) != normalized_type(after, {}):
            if field or old.base == new.base:  # else class_text shows the type of the alias
                yield ApiChange(f"{name}.{field}" if field else name, before, after)
        else:
            yield from meaning_changes(name, field, old, new)


def class_text(name: str, api: ApiClass) -> str:
    bases = ", ".join(sorted(api.extends)) or api.base
    return f"type {name} = {api.fields['']}" if api.base == ALIAS else f"class {name}({bases})"


def meaning_changes(name: str, field: str, old: ApiClass, new: ApiClass) -> Iterator[ApiChange]:
    """What an attribute of the same type reads and builds: another member, another constant."""
    before, after = old.keys.get(field), new.keys.get(field)
    if before != after:
        yield ApiChange(f"{name}.{field}", f"the member {before!r}", f"the member {after!r}")
    constants = old.constants.get(field), new.constants.get(field)
    if None not in constants and constants[0] != constants[1]:
        yield ApiChange(f"{name}.{field}", f"always {constants[0]}", f"always {constants[1]}")


def normalized_type(annotation: str | None, moved: Names) -> str:
    tree: ast.Expression = TypeNormalizer(moved).visit(ast.parse(annotation or "", mode="eval"))
    return ast.unparse(tree)

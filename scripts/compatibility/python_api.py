"""What consumers import from a generated module: classes, their fields and types, enum members."""

import ast
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace

from compatibility.inclusion.conjunctions import assertion_text
from contract.json_values import is_object
from contract.subschemas import Definitions, Schema, Subschema, listed_values, referred_name
from models.classes import ALIAS, PythonModule, plain_type

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
    # What it asserts, as text.
    asserts: str = field(default="", compare=False)
    # The module that it is imported from.
    home: str = field(default="", compare=False)


def api_classes(module: PythonModule, names: Container[str]) -> dict[str, ApiClass]:
    """The classes of these names."""
    return {name: api_class(module, name) for name in module.classes if name in names}


def api_class(module: PythonModule, name: str) -> ApiClass:
    python_class, schema = module.classes[name], module.definitions[name]
    members: Schema = schema.get("properties", {})
    further = f"dict[str, {plain_type(python_class.further)}]" if python_class.further else ""
    constants = {
        it.attribute: constant_text(members.get(it.key, True), module.definitions)
        for it in python_class.fields
    }
    return ApiClass(
        base=BASES.get(python_class.base, python_class.base),
        fields={
            **({"": plain_type(python_class.alias)} if python_class.alias else {}),
            **({"__pydantic_extra__": further} if further else {}),
            **{it.attribute: it.plain for it in python_class.fields},
            **python_class.members,
        },
        keys={it.attribute: it.key for it in python_class.fields},
        constants={attribute: text for attribute, text in constants.items() if text},
        extends=frozenset(python_class.bases),
        asserts=assertion_text(schema),
        home=module.imported.get(name, ""),
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


MOST_ALIASES = 1_000


class AliasExpander(ast.NodeTransformer):
    """A type with what its aliases mean; one that needs itself stays a name, and so do those
    beyond MOST_ALIASES."""

    def __init__(self, aliases: Names) -> None:
        self.aliases, self.left = dict(aliases), MOST_ALIASES

    def visit_Name(self, node: ast.Name) -> ast.AST:
        text = self.aliases.pop(node.id, None) if self.left else None
        if text is None:
            return node
        self.left -= 1
        expanded: ast.AST = self.visit(ast.parse(text, mode="eval").body)
        self.aliases[node.id] = text
        return expanded


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
    types = TypeComparison(moved, aliases_of(old), aliases_of(new))
    for name, before in old.items():
        there = moved.get(name, name)
        after = new.get(there)
        if after is None or name in moved:
            now = None if after is None else kind_text(there, after)
            yield ApiChange(name, kind_text(name, before), now)
        elif before.home != after.home:
            yield ApiChange(name, *(home_text(name, it) for it in (before, after)))
        if after is not None:
            changes = [*class_changes(name, before, after, types)]
            yield from changes or exchanged(name, old, new)
    for name, after in new.items():
        if name not in old and name not in moved.values():
            yield ApiChange(name, None, kind_text(name, after))


def renamed_classes(old: Mapping[str, ApiClass], new: Mapping[str, ApiClass]) -> Names:
    """By old name the new name of each class that changed in name alone, those first that the
    others need."""
    gone = [it for it in old if it not in new]
    forms = {it: under_names(new[it], {}) for it in new if it not in old} if gone else {}
    renamed: dict[str, str] = {}
    number = -1
    while number < len(renamed):
        number = len(renamed)
        for name in [it for it in gone if it not in renamed]:
            before = under_names(old[name], renamed)
            alike = [it for it, form in forms.items() if form == before]
            for there in alike[:1]:
                renamed[name] = there
                del forms[there]
    return renamed


def under_names(api: ApiClass, moved: Names) -> ApiClass:
    """The class with its types under the names that classes have now."""
    if "Enum" in api.base:  # its members are values
        return api
    fields = {name: normalized_type(it, moved, {}) for name, it in api.fields.items()}
    extends = frozenset(moved.get(it, it) for it in api.extends)
    return replace(api, fields=fields, extends=extends)


def exchanged(
    name: str, old: Mapping[str, ApiClass], new: Mapping[str, ApiClass]
) -> Iterator[ApiChange]:
    """The class that asserts now what the class of this name did, which asserts something else:
    branches that a number names change places."""
    others = (it for it in new if it in old and new[it].asserts == old[name].asserts)
    other = next((it for it in others if old[it].asserts != new[it].asserts), None)
    if other is not None and name in new and new[name].asserts != old[name].asserts:
        yield ApiChange(name, kind_text(name, old[name]), kind_text(other, new[other]))


def aliases_of(classes: Mapping[str, ApiClass]) -> Names:
    return {name: it.fields[""] for name, it in classes.items() if it.base == ALIAS}


@dataclass(frozen=True)
class TypeComparison:
    """Whether types are the same for a type checker, under the names that classes have now; an
    alias is what it stands for."""

    moved: Names
    old: Names
    new: Names

    def is_same(self, before: str, after: str) -> bool:
        ways: list[tuple[Names, Names]] = [({}, {}), (self.old, self.new)]
        return any(
            normalized_type(before, self.moved, old) == normalized_type(after, {}, new)
            for old, new in ways
        )


def normalized_type(annotation: str, moved: Names, aliases: Names) -> str:
    tree = AliasExpander(aliases).visit(ast.parse(annotation, mode="eval"))
    return ast.unparse(TypeNormalizer(moved).visit(tree))


def class_changes(
    name: str, old: ApiClass, new: ApiClass, types: TypeComparison
) -> Iterator[ApiChange]:
    lost = {types.moved.get(it, it) for it in old.extends} - new.extends
    if old.base != new.base or lost:
        yield ApiChange(name, class_text(name, old), class_text(name, new))
    for attribute in {**old.fields, **new.fields}:
        before, after = old.fields.get(attribute), new.fields.get(attribute)
        place = f"{name}.{attribute}" if attribute else name
        if before is None or after is None:
            if attribute:  # else class_text shows the type of the alias
                yield ApiChange(place, before, after)
        elif old.keys.get(attribute) != new.keys.get(attribute):
            keys = (it.keys.get(attribute) for it in (old, new))
            yield ApiChange(place, *(f"the member {it!r}" for it in keys))
        elif not types.is_same(before, after):
            yield ApiChange(place, before, after)
        else:
            yield from constant_changes(place, old.constants, new.constants, attribute)


def kind_text(name: str, api: ApiClass) -> str:
    return f"{'type' if api.base == ALIAS else 'class'} {name}"


def home_text(name: str, api: ApiClass) -> str:
    """Where a class is defined: another one is no instance of it."""
    return f"{kind_text(name, api)} {f'of {api.home}' if api.home else 'of its own'}"


def class_text(name: str, api: ApiClass) -> str:
    bases = ", ".join(sorted(api.extends)) or api.base
    more = f" = {api.fields['']}" if api.base == ALIAS else f"({bases})"
    return kind_text(name, api) + more


def constant_changes(place: str, old: Names, new: Names, attribute: str) -> Iterator[ApiChange]:
    """Another constant of an attribute of the same type."""
    values = old.get(attribute), new.get(attribute)
    if None not in values and values[0] != values[1]:
        yield ApiChange(place, *(f"always {it}" for it in values))

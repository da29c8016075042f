"""JSON names -> Python names: of classes, modules and attributes."""

import keyword
import re
import unicodedata
from collections.abc import Iterable

from pydantic import BaseModel

# Every name that a generated module may use, and where it comes from.
IMPORTABLE_NAMES = {
    "Annotated": "typing",
    "Any": "typing",
    "Literal": "typing",
    "ConfigDict": "pydantic",
    "Field": "pydantic",
    "SerializeAsAny": "pydantic",
    "StrictBool": "pydantic",
    "MISSING": "pydantic_core",
    "TypeAliasType": "typing_extensions",
    "Unpack": "typing_extensions",
    "UUID": "._types",
    "AnyOf": "._any_of",
    "ExactFloat": "._types",
    "ExactInt": "._types",
    "Integer": "._types",
    "Model": "._types",
    "Number": "._types",
    "PlainInteger": "._types",
    "StrEnum": "._types",
    "AllOf": "._assert",
    "AnyDict": "._assert",
    "AnyList": "._assert",
    "AnyType": "._assert",
    "Never": "._assert",
    "Assert": "._assert",
    "IfThenElse": "._assert",
    "InlineModel": "._assert",
    "OneAlone": "._one_of",
    "OneOf": "._one_of",
    "RootModel": "._assert",
    "JudgedOnce": "._assert",
    "OfType": "._assert",
    "Without": "._assert",
    "Constants": "._literals",
    "IntEnum": "._literals",
    "deprecated_class": "._deprecated",
    "NotAnObject": "._objects",
    "ObjectOrAny": "._objects",
    "ByName": "._maps",
    "PatternProperties": "._maps",
    "TitledValues": "._maps",
    "PrefixItems": "._tuples",
    "TitledIntEnum": "._literals",
    "TitledStrEnum": "._literals",
    "WithoutType": "._written",
    "WrittenAs": "._written",
}


IMPORT_SECTIONS = (
    ("typing",),
    ("pydantic", "pydantic_core", "typing_extensions"),
    (
        "._any_of",
        "._assert",
        "._deprecated",
        "._literals",
        "._maps",
        "._objects",
        "._one_of",
        "._tuples",
        "._types",
        "._written",
    ),
)


# What has another meaning in a generated module.
RESERVED_NAMES = frozenset(
    [
        *IMPORTABLE_NAMES,
        "None",
        "True",
        "False",
        "bool",
        "dict",
        "float",
        "int",
        "list",
        "str",
        "tuple",
    ]
)


# What the package itself offers, in lower case.
PACKAGE_NAMES = frozenset({"finding", "findings", "testing"})


def is_module_name(name: str) -> bool:
    """Whether ``name`` can stand as a module of the package, beside those of the runtime.
    Case does not count, because some file systems ignore it."""
    plain = is_identifier(name) and name.isascii() and not name.startswith("_")
    return plain and name.casefold() not in PACKAGE_NAMES


def is_class_name(name: str) -> bool:
    """Whether ``name`` can stand as a class beside what the generated module imports."""
    capital = name[:1].isalpha() and not name[:1].islower()  # of a script without case, any
    return is_identifier(name) and capital and name not in RESERVED_NAMES


def is_message_name(name: str) -> bool:
    """Whether a class can have the name of a file: in ASCII alone, for file systems write other
    letters in several ways."""
    return is_class_name(name) and name.isascii()


def name_fault(name: str, kind: str) -> str:
    """Why ``name`` cannot be the name of a class or of a module, as ``kind`` says."""
    if keyword.iskeyword(name):
        return "is a word of Python"
    if kind == "module" and name.casefold() in PACKAGE_NAMES:
        return "is a name of every package"
    return "means something else in the models" if name in RESERVED_NAMES else f"is no {kind} name"


def is_attribute_name(name: str) -> bool:
    """Whether ``name`` can stand as an attribute of a model and hides nothing there."""
    return (
        is_identifier(name)
        and not name.startswith(("_", "model_"))
        and not hasattr(BaseModel, name)
        and name not in RESERVED_NAMES
        and name != "Config"  # pydantic would read it as configuration
    )


def is_identifier(name: str) -> bool:
    """Whether Python takes the name as it is written; it folds some others together (PEP 3131)."""
    return name.isidentifier() and folded(name) == name and not keyword.iskeyword(name)


def folded(text: str) -> str:
    """The text as Python reads it in a name: Unicode's form NFKC."""
    return unicodedata.normalize("NFKC", text)


def identifier_characters(text: str) -> str:
    """The text with a ``_`` for each character that no name has."""
    return "".join(it if f"a{it}".isidentifier() else "_" for it in folded(text))


def class_name(text: str) -> str:
    """``foo_bar`` -> ``FooBar``, ``Page<User>`` -> ``PageUser``, ``HTTP-id`` -> ``HTTPId``."""
    parts = re.findall(r"[0-9]+|[^0-9_]+", identifier_characters(text))
    name = folded("".join(part[:1].upper() + part[1:] for part in parts))
    return name if name[:1].isalpha() else f"Schema{name}"


def module_name(text: str) -> str:
    """``My shop`` -> ``my_shop``."""
    return identifier_characters(text).lower()


def attribute_names(properties: Iterable[str], classes: Iterable[str] = ()) -> dict[str, str]:
    """The attribute for each property: its own name where it can be, else one derived from it.

    A property that is a name already keeps it whatever its neighbours are called.
    """
    names = list(properties)
    taken = {name for name in names if is_attribute_name(name)} - set(classes)
    attributes = {name: name for name in taken}
    taken |= set(classes)
    for name in names:
        if name not in attributes:
            attributes[name] = derive_attribute_name(name, taken)
            taken.add(attributes[name])
    return {name: attributes[name] for name in names}


def derive_attribute_name(name: str, taken: set[str]) -> str:
    """``content-type`` -> ``content_type``, ``1st`` -> ``field_1st``, ``copy`` -> ``copy_``."""
    candidate = identifier_characters(name).lstrip("_")
    if not candidate[:1].isalpha() or candidate.startswith("model_"):
        candidate = f"field_{candidate}"
    while not is_attribute_name(candidate) or candidate in taken:
        candidate += "_"
    return candidate

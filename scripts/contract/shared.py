"""Definitions that other modules refer to belong to the module that they are written in, whether
one of its own messages needs them or not. A file that has nothing else is no message."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from contract.class_names import Place
from contract.json_values import is_equal, is_object, without
from contract.module import Module
from contract.normal_form import IDENTITY_KEYWORDS, REFERENCE_KEYWORDS
from contract.subschemas import (
    Definitions,
    Schema,
    assertions_of,
    reachable_names,
)


def settle_definitions(modules: Mapping[str, Module]) -> dict[str, Module]:
    """The modules, each with the definitions that are written in its folder; one that would mean
    something else there stays where it is referred to."""
    definitions = {name: dict(module.definitions) for name, module in modules.items()}
    homes = {name: dict(module.homes) for name, module in modules.items()}
    names = {name: dict(module.names) for name, module in modules.items()}
    for module in modules.values():
        for name, home in module.homes.items():
            whole = with_its_needs(name, module.definitions)
            if whole.keys() <= module.homes.keys() and fits(whole, definitions[home]):
                definitions[home] = {**whole, **definitions[home]}
                homes[home] |= {it: module.homes[it] for it in whole if module.homes[it] != home}
                names[home] |= {it: one for it, one in module.names.items() if it[0] in whole}
    return {
        name: replace(module, definitions=definitions[name], homes=homes[name], names=names[name])
        for name, module in modules.items()
    }


def with_its_needs(name: str, definitions: Definitions) -> dict[str, Schema]:
    names = {name, *reachable_names(definitions[name], definitions)}
    return {it: schema for it, schema in definitions.items() if it in names}


def fits(whole: Definitions, present: Definitions) -> bool:
    """Whether no name means something else among the definitions that are present."""
    return all(it not in present or is_equal(present[it], schema) for it, schema in whole.items())


def without_messages(modules: Mapping[str, Module], files: Iterable[str]) -> dict[str, Module]:
    """The modules without the messages of these files; a module that has nothing left is gone."""
    kept = dict(modules)
    for file in files:
        name, message = file.removesuffix(".json").split("/")
        messages = without(dict(kept[name].messages), message)
        definitions = without(dict(kept[name].definitions), message)
        kept[name] = replace(kept[name], messages=messages, definitions=definitions)
    return {name: module for name, module in kept.items() if module.definitions}


def files_of_definitions(
    schemas: Mapping[str, Schema | bool], places: Mapping[str, Mapping[str, Place]]
) -> list[str]:
    """The files that only hold definitions for others: they assert nothing themselves, and other
    files refer to their definitions, but none to the whole."""
    targets = {place for needed in places.values() for place in needed.values()}
    return [
        file
        for file, schema in schemas.items()
        if is_object(schema) and assertions_of(schema) <= IDENTITY_KEYWORDS - {*REFERENCE_KEYWORDS}
        for paths in [{place.path for place in targets if place.file == file}]
        if paths and () not in paths
    ]

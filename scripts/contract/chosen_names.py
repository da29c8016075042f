"""The names that an owner chose for classes, each by the place of its schema."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from contract.json_values import is_object
from contract.module import Module
from contract.names import is_class_name, name_fault
from contract.refusal import Refused
from contract.subschemas import Schema
from reports.lines import steps_of, value_at

SETTING = "[tool.contract.names]"


class ChosenName(NamedTuple):
    """A name for the class of ``schema``, which stands at ``path`` within ``owner``, a file or one
    of its definitions."""

    place: str
    name: str
    schema: Schema
    owner: Schema
    path: tuple[str, ...]


def chosen_names(names: Mapping[str, str], files: Mapping[str, Any]) -> list[ChosenName]:
    """The names by ``MODULE/MESSAGE.json#POINTER`` (RFC 6901). Raises Refused for a place that is
    not a schema and for a name that no class can have."""
    results = [chosen_name(place, name, files) for place, name in names.items()]
    faults = [it for it in results if isinstance(it, str)]
    if faults:
        raise Refused(*faults)
    return [it for it in results if isinstance(it, ChosenName)]


def chosen_name(place: str, name: str, files: Mapping[str, Any]) -> ChosenName | str:
    if not is_class_name(name):
        return f"{SETTING}: {name!r} {name_fault(name, 'class')}; write one like OrderLine"
    file, _, pointer = place.partition("#")
    steps = steps_of(pointer)
    schema = value_at(files.get(file), steps)
    if not steps or not is_object(schema):
        return f"{SETTING}: {place!r} is no schema within a file; write FILE#/POINTER as in $ref"
    inner = steps[0] in ("$defs", "definitions")
    owner = value_at(files[file], steps[:2]) if inner else files[file]
    return ChosenName(place, name, schema, owner, steps[2:] if inner else steps)


def refuse_idle_names(chosen: Iterable[ChosenName], modules: Iterable[Module]) -> None:
    """Refuse the chosen names that no class got."""
    used = {it for module in modules for it in (*module.definitions, *module.names.values())}
    idle = [it.place for it in chosen if it.name not in used]
    if idle:
        raise Refused(*(f"{SETTING}: {it!r} becomes no class; {IDLE_CURE}" for it in idle))


IDLE_CURE = "point to an object with properties or to a definition that is used, or remove it"

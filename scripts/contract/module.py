"""The messages of one folder and the definitions that they share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract.subschemas import Schema


@dataclass(frozen=True)
class Module:
    """The messages of one folder in normal form, and the definitions they share, the messages
    among them."""

    messages: Mapping[str, Schema]
    definitions: Mapping[str, Schema]
    # Of definitions that are written in another folder the module of that, by name.
    homes: Mapping[str, str] = field(default_factory=dict[str, str])
    # The names that the owner chose for objects within definitions, by definition and path.
    names: Mapping[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])

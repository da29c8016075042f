"""What the table ``[tool.contract]`` of ``pyproject.toml`` says of the schemas."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple

from contract.drafts import DRAFT_NAMES, LATEST_URI, canonical_uri
from contract.json_values import is_array, is_object
from contract.refusal import Refused


class Resource(NamedTuple):
    """A file that an owner keeps beside the schemas, by its path."""

    path: str
    text: bytes


class AcceptedBreak(NamedTuple):
    """A break that the owner accepts, by the fingerprint of its finding, the reason, and the last
    day; "" and None for what is not written or is not of its kind."""

    fingerprint: str
    reason: str
    until: date | None


@dataclass(frozen=True)
class Settings:
    """How schemas are read.

    ``annotations`` are words of the owner's own, ``dialect`` is the URI of the draft of a schema
    without ``$schema``, ``formats`` says whether ``format`` asserts or annotates, ``resources`` are
    files by the URI that schemas call them by, ``names`` are names of classes by
    ``MODULE/MESSAGE.json#POINTER``. ``accepted`` and ``compatibility``, which has modes by patterns
    of ``MODULE/MESSAGE``, change no schema: they are for the comparison with a release.
    """

    annotations: tuple[str, ...] = ()
    dialect: str = LATEST_URI
    resources: Mapping[str, Resource] = field(default_factory=dict[str, Resource])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    accepted: tuple[AcceptedBreak, ...] = ()
    compatibility: Mapping[str, str] = field(default_factory=dict[str, str])
    formats: str = "assert"


SETTINGS = (
    *("accepted", "annotations", "compatibility", "dialect", "formats", "names", "resources"),
    "supported",  # which comparisons read
)
FORMAT_USES = ("assert", "annotate")
COMPATIBILITY_MODES = ("backward", "forward", "full", "none")


def read_settings(project: Mapping[str, Any], read_file: Callable[[str], bytes]) -> Settings:
    """The settings in the members of a ``pyproject.toml``.

    ``read_file`` reads a file by its path beside ``pyproject.toml``. Raises Refused if a setting
    is not of its kind, and OSError if a file is not there.
    """
    table = project.get("tool", {}).get("contract", {})
    paths = own_resources(table.get("resources", {}))
    return Settings(
        own_annotations(table.get("annotations", [])),
        default_dialect(table.get("dialect", LATEST_URI)),
        {uri: Resource(path, read_file(path)) for uri, path in paths.items()},
        own_names(table.get("names", {})),
        accepted_breaks(table.get("accepted", [])),
        compatibility_modes(table.get("compatibility", {})),
        use_of_formats(table.get("formats", "assert")),
    )


def refuse_unknown_settings(project: Mapping[str, Any]) -> None:
    """Of what is edited here; a release of long ago may have had other settings."""
    table: dict[str, Any] = project.get("tool", {}).get("contract", {})
    for name in sorted({*table} - {*SETTINGS}):
        near = get_close_matches(name, SETTINGS, n=1)
        cure = f"write {near[0]}" if near else f"remove it; there are {', '.join(SETTINGS)}"
        raise Refused(f"pyproject.toml: [tool.contract] {name} is not known; {cure}")


def settings_table(settings: Settings) -> dict[str, Any]:
    """The settings that are not the default, as ``read_settings`` reads them where each resource
    is its text. What is for comparisons is left out: a copy is read without it."""
    resources = {uri: it.text.decode() for uri, it in settings.resources.items()}
    return {
        **({"annotations": [*settings.annotations]} if settings.annotations else {}),
        **({"dialect": settings.dialect} if settings.dialect != LATEST_URI else {}),
        **({"resources": resources} if resources else {}),
        **({"names": dict(settings.names)} if settings.names else {}),
        **({"formats": settings.formats} if settings.formats != "assert" else {}),
    }


def own_annotations(value: Any) -> tuple[str, ...]:
    """The words, which may end in … or in three dots for all that begin so."""
    if not is_array(value) or not all(isinstance(it, str) and it for it in value):
        raise wrong_setting("annotations", 'a list of words, like ["markdownDescription", "x-…"]')
    return tuple(f"{it[:-3]}…" if it.endswith("...") else it for it in value)


def default_dialect(value: Any) -> str:
    """The URI of a draft, which may be called by its name."""
    uri = DRAFT_NAMES.get(value) if isinstance(value, str) else None
    uri = uri or canonical_uri(value)
    if uri is None:
        raise wrong_setting("dialect", f"one of {', '.join(DRAFT_NAMES)}")
    return uri


def use_of_formats(value: Any) -> str:
    """Whether ``format`` is an assertion or an annotation (Validation 7.2)."""
    if value not in FORMAT_USES:
        raise wrong_setting("formats", " or ".join(f'"{it}"' for it in FORMAT_USES))
    return str(value)


def own_resources(value: Any) -> dict[str, str]:
    """Paths by URI."""
    if not is_object(value) or not all(isinstance(it, str) for it in value.values()):
        raise wrong_setting("resources", 'a table of files, like {"https://…/x.json" = "x.json"}')
    return {uri.removesuffix("#"): path for uri, path in value.items()}


def own_names(value: Any) -> dict[str, str]:
    """Names by place."""
    if not is_object(value) or not all(isinstance(it, str) for it in value.values()):
        cure = 'a table of names, like {"shop/Order.json#/properties/lines/items" = "Line"}'
        raise wrong_setting("names", cure)
    return value


def accepted_breaks(value: Any) -> tuple[AcceptedBreak, ...]:
    """The entries as they are written; the gate says which are incomplete."""
    if not is_array(value) or not all(is_object(it) for it in value):
        raise wrong_setting("accepted", "each entry below a line [[tool.contract.accepted]]")
    return tuple(
        AcceptedBreak(
            written_text(entry.get("fingerprint")),
            written_text(entry.get("reason")),
            written_date(entry.get("until")),
        )
        for entry in value
    )


def compatibility_modes(value: Any) -> dict[str, str]:
    """Modes by pattern; one for all messages may be written without a table."""
    modes = {"*": value} if isinstance(value, str) else value
    if not is_object(modes) or not {*map(str, modes.values())} <= {*COMPATIBILITY_MODES}:
        names = ", ".join(f'"{it}"' for it in COMPATIBILITY_MODES)
        raise wrong_setting(
            "compatibility", f'one of {names}, or a table like {{"shop/*" = "full"}}'
        )
    return modes


def written_text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def written_date(value: Any) -> date | None:
    """A date of TOML, or its text (RFC 3339, full-date)."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def wrong_setting(name: str, cure: str) -> Refused:
    return Refused(f"pyproject.toml: [tool.contract] {name} is not of its kind; write {cure}")

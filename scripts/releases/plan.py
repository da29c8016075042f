"""The working tree against the last release -> the version to release, and why."""

import re
from dataclasses import dataclass
from datetime import date

from compatibility.report import Report, next_version, release_numbers, version_text
from compatibility.revisions import (
    Revision,
    is_before_first_release,
    last_release_tag,
    release_revision,
    release_tag,
    supported_tags,
    working_tree_revision,
)
from contract.refusal import Refused
from packaging.version import Version

VERSION_PATTERN = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}((a|b|rc)(0|[1-9]\d*))?")


@dataclass(frozen=True)
class Plan:
    """What is to be released: ``reports`` are against the last release and every version in use,
    in this order; none before the first release. ``asks`` says in words for which version, and
    ``is_chosen`` that a person named another one. ``changelog`` is what goes before it."""

    new: Revision
    version: str
    asks: str
    reports: list[Report]
    is_chosen: bool
    changelog: str

    @property
    def tag(self) -> str:
        return release_tag(self.version)


def reports_against_releases(new: Revision, today: date) -> list[Report]:
    """The reports. Raises Refused if releases are tagged, but none before the working tree."""
    if is_before_first_release():
        return []
    tags = dict.fromkeys([last_release_tag(), *supported_tags()])
    return [Report(release_revision(tag), new, False, True, today) for tag in tags]


def contract_to_release() -> Revision:
    """The working tree; Refused if a schema is, or if pyproject.toml does not have a version."""
    new = working_tree_revision()
    if new.version is None:
        raise Refused('pyproject.toml: does not have a version; add version = "1.0.0" to [project]')
    refusals = [it for findings in new.refused.values() for it in findings]
    if refusals:
        raise Refused(*refusals)
    checked_version(new.version, "pyproject.toml")
    return new


def plan_release(
    new: Revision,
    reports: list[Report],
    asked: str | None,
    tags: set[str],
    changelog: str,
    *,
    patched: bool,
) -> Plan:
    """The plan; ``patched`` says that the package changed where no schema did.

    Raises Refused if a version that somebody named is too low or was released.
    """
    written = new.version or ""
    needed = needed_version(reports, written, patched)
    version = chosen_version(written, checked_version(asked, "--version"), needed, tags)
    asks = request_text(reports, patched)
    return Plan(new, version, asks, reports, version != needed, changelog)


def request_text(reports: list[Report], patched: bool) -> str:
    """The sentence on the version that the changes ask for."""
    if not reports:
        return "the first release"
    old, bump = reports[0].old, reports[0].bump
    if bump != "none":
        return f"the changes since {old} ask for {version_text(bump, old.version)}"
    if patched:
        return f"the package changed since {old}, no schema did: a patch version"
    return f"nothing changed since {old}"


def checked_version(version: str | None, place: str) -> str:
    """The version, "" for None; Refused unless it is 1.2.3 or 1.2.3rc4 as PEP 440 writes it."""
    if version and not VERSION_PATTERN.fullmatch(version):
        raise Refused(f"{place}: {version!r} is no version; write one like 1.2.3 or 1.2.3rc1")
    return version or ""


def needed_version(reports: list[Report], written: str, patched: bool) -> str:
    """The least version that is enough for every report."""
    needed: list[str] = []
    for report in reports:
        old = report.old
        if old.version is None:
            raise Refused(f"{old.name}: its pyproject.toml does not have a version; tag anew")
        bump = "patch" if patched and report.bump == "none" else report.bump
        needed.append(next_version(old.version, bump))
    return max(needed, key=release_numbers, default=Version(written).base_version)


def chosen_version(written: str, asked: str, needed: str, tags: set[str]) -> str:
    """The version that was asked for, or that is written if it is enough, or the needed one.

    A pre-release is judged as the version that it leads to; once it is released, that is next.
    """
    is_released = release_tag(written) in tags
    leads_to = Version(written).base_version
    is_final = leads_to == written
    if asked:
        version = asked
    elif is_released and not is_final:
        version = max(leads_to, needed, key=release_numbers)
    elif is_released or (is_final and release_numbers(written) < release_numbers(needed)):
        version = needed
    else:
        version = written
    refuse_version(version, needed, tags)
    return version


def refuse_version(version: str, needed: str, tags: set[str]) -> None:
    if release_numbers(version) < release_numbers(needed):
        lead = f"{needed}rc1 or {needed}" if Version(version).is_prerelease else needed
        raise Refused(f"version {version} understates the changes; set {lead} (VERSION={needed})")
    if release_tag(version) in tags:
        raise Refused(
            f"{release_tag(version)}: is tagged already; name another version"
            f" (VERSION={next_version(version, 'minor')}), or release from where that tag is"
        )

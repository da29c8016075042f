"""Modes of compatibility, in the words of schema registries: whom a message may break."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase

from compatibility.findings import UNDECIDED, ChangeFinding
from contract.project import PROJECT_FILE
from runtime._finding import Finding

# By mode who may not break. Confluent's documentation of schema evolution has the same words:
# with backward compatibility the new version reads what the old one wrote, so no writer breaks.
PROTECTED: Mapping[str, tuple[str, ...]] = {
    "backward": ("writers",),
    "forward": ("readers",),
    "full": ("readers", "writers"),
    "none": (),
}


def mode_of(message: str, modes: Mapping[str, str]) -> str | None:
    """The mode of the pattern that fits the message most closely, which is the longest one; None
    if the message is judged by the version."""
    fitting = [it for it in modes if it == message or fnmatchcase(message, it)]
    return modes[max(fitting, key=lambda it: (it == message, len(it)))] if fitting else None


def ruled_finding(finding: ChangeFinding, mode: str | None, *, strict: bool) -> ChangeFinding:
    """The finding with what the mode says of it.

    Python code that breaks is judged by the version in every mode, so a message that is deleted
    is too.
    """
    who = finding.breaks or finding.may_break
    if mode is None or not (who or finding.effect == UNDECIDED):
        return finding
    protected = who in PROTECTED[mode] if who else bool(PROTECTED[mode])
    if not protected:
        allows = finding.effect != "deleted"
        return replace(finding, allowed_by=f'compatibility = "{mode}"') if allows else finding
    forbids = finding.breaks is not None and (strict or not finding.mild)
    return replace(finding, forbidden_by=f'compatibility = "{mode}"') if forbids else finding


def idle_pattern_faults(modes: Mapping[str, str], messages: list[str]) -> Iterator[Finding]:
    """A finding for each pattern that no message fits: who wrote it takes a message for safe."""
    for pattern in modes:
        if pattern != "*" and not any(mode_of(it, {pattern: "none"}) for it in messages):
            cure = f"write one like {messages[0] if messages else 'shop/Order'}"
            what = f"[tool.contract.compatibility] {pattern!r} fits no message; {cure}"
            yield Finding(PROJECT_FILE, "idle", what)

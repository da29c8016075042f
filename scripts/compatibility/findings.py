"""What the gate finds: words of its verdicts, findings, and the comparison of one message."""

from dataclasses import dataclass, field
from typing import Any

from compatibility.edits import ABSENT, Edit
from contract.json_values import is_object
from contract.settings import AcceptedBreak

BUMPS = ("none", "patch", "minor", "major")


WIDENS, NARROWS, CROSSES, SAME, UNDECIDED = "widens", "narrows", "crosses", "same", "undecided"


# Who breaks, being on the old version, and who moves first.
WHO_BREAKS = {WIDENS: "readers", NARROWS: "writers"}


UPGRADE_ORDER = {
    WIDENS: "upgrade readers first, then writers",
    NARROWS: "upgrade writers first, then readers",
    CROSSES: "neither order is safe: carry both versions side by side until all have moved",
}


MILD_ORDER = "either order: only documents break that already have one of these keys"


@dataclass(frozen=True)
class ChangeFinding:
    """What an edit does: ``effect`` on those it ``breaks``.

    One version rejects the ``witness`` at ``rejected_at``; it is ABSENT if none is needed.
    ``mild`` means that only documents break with a key that no schema described. ``keyword`` is
    the edited one, "" if nothing was edited. ``fingerprint`` names the break, and ``accepted`` is
    the owner's entry for it. ``may_break`` is who breaks if an undecided change proves breaking.
    ``forbidden_by`` names what forbids this in every version, ``allowed_by`` what allows it in
    every version that is not a patch.
    """

    pointer: str
    old: Any
    new: Any
    effect: str
    breaks: str | None = None
    witness: Any = ABSENT
    mild: bool = False
    rejected_at: str = ""
    says: str = ""
    keyword: str = ""
    fingerprint: str = ""
    accepted: AcceptedBreak | None = None
    may_break: str | None = None
    forbidden_by: str = ""
    allowed_by: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is of the schema as a whole, and no edit is known that does it."""
        unknown = self.old is ABSENT and self.new is ABSENT
        return unknown or (not self.keyword and is_object(self.old) and is_object(self.new))


@dataclass(frozen=True)
class MessageComparison:
    """What became of one message, by its place ``MODULE/MESSAGE``."""

    message: str
    verdict: str
    bump: str
    findings: list[ChangeFinding] = field(default_factory=list[ChangeFinding])

    @property
    def is_undecided(self) -> bool:
        """Whether something is undecided that is not allowed in any case."""
        doubts = [it for it in self.findings if it.effect == UNDECIDED]
        return self.verdict == UNDECIDED and not all(it.allowed_by for it in doubts)

    @property
    def is_forbidden(self) -> bool:
        return any(it.forbidden_by and it.accepted is None for it in self.findings)


def finding_of(edit: Edit, effect: str, **more: Any) -> ChangeFinding:
    """The finding of an edit; ``more`` are members of it."""
    return ChangeFinding(edit.pointer, edit.old, edit.new, effect, keyword=edit.keyword, **more)


def upgrade_order(finding: ChangeFinding, comparison: MessageComparison) -> str | None:
    """Who moves first; where readers and writers break, no order helps. What is mild decides
    where nothing else breaks."""
    if not finding.breaks:
        return None
    severe = {it.breaks for it in comparison.findings if it.breaks and not it.mild}
    broken = severe or {it.breaks for it in comparison.findings if it.breaks}
    if len(broken) > 1:
        return UPGRADE_ORDER[CROSSES] if severe else MILD_ORDER
    return UPGRADE_ORDER[EFFECT_BREAKING[broken.pop()]]


EFFECT_BREAKING = {who: effect for effect, who in WHO_BREAKS.items()}

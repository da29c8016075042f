"""Sections that were written from findings, and whether these are still the findings.

The last line of such a section names what it was made of. So the words of a draft that was undone,
or that other changes followed, are not released.
"""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from compatibility.revisions import release_tag
from contract.refusal import Refused
from releases.changelog import CHANGELOG, MADE_OF, raw_sections
from runtime._verify import sha256

DIGITS = 12


class Draft(NamedTuple):
    """A section that was made of findings; ``is_chosen`` says that a person named its version."""

    version: str
    words: str
    made_of: str
    is_chosen: bool

    @property
    def is_edited(self) -> bool:
        return digest(self.words) != self.made_of


def digest(text: str) -> str:
    return sha256(text.encode())[:DIGITS]


def drafted_lines(lines: list[str], *, is_chosen: bool) -> list[str]:
    """The lines of a section with the one that names what they are made of."""
    made_of = digest("\n".join(lines))
    more = ", for the version that was chosen" if is_chosen else ""
    return [*lines, "", f"<!-- made of {made_of}{more}; leave this line -->"]


def drafts_in(text: str) -> Iterator[Draft]:
    for version, section in raw_sections(text.replace("\r\n", "\n")).items():
        mark = MADE_OF.search(section)
        if mark:
            yield Draft(version, MADE_OF.sub("", section), mark[1], mark[2] is not None)


def stale_drafts(
    text: str, tags: Collection[str], lines_of: Callable[[str], list[str]]
) -> list[Draft]:
    """The drafts of unreleased versions that ``lines_of`` the version says otherwise now.

    Raises Refused if somebody edited one.
    """
    unreleased = [it for it in drafts_in(text) if release_tag(it.version) not in tags]
    stale = [it for it in unreleased if digest("\n".join(lines_of(it.version))) != it.made_of]
    for draft in stale:
        if draft.is_edited:
            raise Refused(
                f"{CHANGELOG}: ## {draft.version} was drafted for other changes and edited since;"
                " remove the section, and it is written anew, or its last line, and it stays"
            )
    return stale

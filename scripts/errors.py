"""The one answer other than success."""


class Refused(Exception):  # noqa: N818 - it is an answer, not a mistake of ours
    """What cannot be kept exact or done: lines of ``file#pointer: what; cure``."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))

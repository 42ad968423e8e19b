"""What changed between a base and the state under examination."""

from collections.abc import Mapping
from dataclasses import field

from launchready.frozen import frozen

LineRange = tuple[int, int]


@frozen
class ChangeFacts:
    """The change that a pull request, or a run with a base, brings.

    `base` is the commit compared with: the merge base, in full hex. `head` is the other end, None
    for the work tree or the index. `commits` are the commits of `base..head`, in full hex.

    `lines` maps every file that the change leaves behind (added, edited, renamed, mode changed) to
    the lines that it added, as the new side counts them: ranges (first, last) from 1, both ends
    included, ascending, apart from each other; no range where nothing was added. `context` maps the
    same paths to the hunks with their context lines, in the same form. Paths are relative to the
    examined root with `/` between their parts. A deleted file has no key.
    """

    base: str
    head: str | None = None
    commits: frozenset[str] = frozenset()
    lines: Mapping[str, tuple[LineRange, ...]] = field(default_factory=dict)
    context: Mapping[str, tuple[LineRange, ...]] = field(default_factory=dict)

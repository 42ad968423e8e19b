"""A candidate: one match of a kind's pattern, with what stands around it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from launchready.catalog.kinds import Keyword, Kind
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.secret_scan.judging import names

# What ends a value that has no quotes: the next pair of a connection string, query or list.
_BARE_END = Regex(r";|&(?=[\w.\-]+=)|,(?=[\w.\-\"']+[=:])|[,)\]}\\]+$")
_LEAD_BYTES = 80
_NEAR_BYTES = 200


@frozen
class Candidate:
    """A value that may be a secret of `kind`.

    `start` and `end` are the value's byte offsets in `window`. `name` is the whole identifier that
    the value is assigned to, empty for kinds without one. `groups` are the other named groups of
    the pattern that took part.
    """

    kind: Kind
    window: bytes
    path: str | None
    start: int
    end: int
    name: str
    groups: dict[str, str]

    @property
    def raw(self) -> bytes:
        """The value as it stands in the file."""
        return self.window[self.start : self.end]

    @property
    def value(self) -> str:
        """The value as text; bytes that are no UTF-8 become U+FFFD."""
        return self.raw.decode("utf-8", "replace")

    @property
    def is_quoted(self) -> bool:
        """Whether the value stands in quotes."""
        return bool(self.groups.get("quote"))

    def before(self, count: int) -> bytes:
        """The `count` bytes in front of the value, or fewer at the window's start."""
        return self.window[max(0, self.start - count) : self.start]

    def after(self, count: int) -> bytes:
        """The `count` bytes behind the value, or fewer at the window's end."""
        return self.window[self.end : self.end + count]

    @property
    def line(self) -> str:
        """The line that the value begins in; of a long one what is near the value."""
        first = self.window.rfind(b"\n", max(0, self.start - _NEAR_BYTES), self.start) + 1
        last = self.window.find(b"\n", self.start, self.end + _NEAR_BYTES)
        low = first or max(0, self.start - _NEAR_BYTES)
        high = last if last >= 0 else self.end + _NEAR_BYTES
        return self.window[low:high].decode("utf-8", "replace")


# What parts the items of a list, and how the next one begins.
_NEXT_ITEM = Regex(rb"""\\{0,3}["'`]\s{0,20},\s{0,80}[rbuRBUfF@]{0,2}\\{0,3}(?P<quote>["'`])""")
_ITEM = Regex(rb"""[^\s"'`\\]{8,256}(?=\\{0,3}["'`])""")
_MOST_ITEMS = 32


def following(first: Candidate) -> Iterator[Candidate]:
    """The further items of the list that `first` begins, as far as the window goes."""
    at = first.end
    for _ in range(_MOST_ITEMS):
        gap = _NEXT_ITEM.match(first.window, at)
        item = _ITEM.match(first.window, gap.end()) if gap else None
        if item is None:
            return
        at = item.end()
        yield replace(first, start=item.start(), end=at)


def from_match(kind: Kind, match: re.Match[bytes], path: str | None) -> Candidate:
    """Read a match of `formats.regex(kind)`; a value without quotes is cut where it ends."""
    window = match.string
    groups = {
        name: text.decode("latin-1")
        for name, text in match.groupdict().items()
        if text is not None and name != "secret"
    }
    start, end = match.span("secret")
    if isinstance(kind.format, Keyword) and "quote" not in groups:
        cut = _BARE_END.search(window[start:end].decode("latin-1"))
        end = start + cut.start() if cut else end
    lead = window[max(0, match.start() - _LEAD_BYTES) : match.start()].decode("latin-1")
    matched = groups.get("option", "") + groups.get("name", "")
    name = names.whole_name(lead, matched) if matched else ""
    return Candidate(
        kind=kind, window=window, path=path, start=start, end=end, name=name, groups=groups
    )

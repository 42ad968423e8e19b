r"""Where a text in a program goes on in the next literal: `"sk_" + "live_"`, `'a' 'b'`, `\`."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from launchready.steps.secret_scan.decoding import anchors
from launchready.steps.secret_scan.decoding.needles import Needle, literal, regex

_TAIL = anchors.TAIL.replace(r"\z", r"\Z")
_ONE_LINE = "|".join(sorted(anchors.BETWEEN, key=len, reverse=True))
_LINE_END = "|".join(sorted(anchors.LINE_ENDS, key=len, reverse=True))
_QUOTED = (
    rf"(?P<quote>[\"'`])(?:(?P<line>{_ONE_LINE})|(?P<end>{_LINE_END})?{anchors.INDENT})(?P=quote)"
)
_CONTINUED = r"(?<=[A-Za-z0-9_\-])\\\r?\n[ \t]{0,60}(?=[A-Za-z0-9_\-])"
_JOIN = re.compile(f"{_QUOTED}|{_CONTINUED}".encode("ascii"))

_RUN_AFTER = re.compile(anchors.RUN.encode("ascii"))
_RUN_BEFORE = re.compile(rf"{anchors.RUN}\Z".encode("ascii"))
_WHOLE_AFTER = re.compile(rf"{anchors.RUN}{anchors.SIGN}*[\"'`]".encode("ascii"))
_LINE_AFTER = re.compile(rf"{anchors.SIGN}+[\"'`]{_TAIL}".encode("ascii"))
_SIGN_BEFORE = re.compile(rf"{anchors.SIGN}\Z".encode("ascii"))
_SHORT = re.compile(rf"{anchors.SHORT}\Z".encode("ascii"))
_RUN_LENGTH = 12
_BEFORE_LINE_END, _BEHIND_LINE_END = 6, 72
_LITERAL = 128

Join = re.Match[bytes]


def joins(text: bytes) -> list[Join]:
    """What parts the literals of a text that follow each other, in ascending order."""
    return list(_JOIN.finditer(text))


def is_over(buffer: bytes | bytearray, start: int, line_end: int, end: int) -> bool:
    """Whether the line of `buffer[start:end]` that ends at `line_end` goes on in the next one."""
    low, high = max(start, line_end - _BEFORE_LINE_END), min(end, line_end + _BEHIND_LINE_END)
    return any(join.start() <= line_end < join.end() for join in _JOIN.finditer(buffer, low, high))


class Openings:
    """The needles that a literal holds which the next line goes on with."""

    def __init__(self, known: tuple[Needle, ...]) -> None:
        self._needles = known

    @cached_property
    def _known(self) -> list[tuple[bytes, re.Pattern[bytes]]]:
        return [
            (literal(needle), re.compile(regex(needle) + rf"{anchors.SIGN}*\Z".encode("ascii")))
            for needle in anchors.opening(self._needles)
        ]

    def are_telling(self, text: bytes, found: Sequence[Join]) -> bool:
        """Whether one of the joins is what the anchors look for, and has a run beside it."""
        return any(self._is_telling(text, join) for join in found) or any(
            before["line"] and after["line"] and _SHORT.match(text, before.end(), after.start())
            for before, after in pairwise(found)
        )

    def _is_telling(self, text: bytes, join: Join) -> bool:
        first = max(0, join.start() - _RUN_LENGTH)
        is_before = bool(_RUN_BEFORE.search(text, first, join.start()))
        is_after = bool(_RUN_AFTER.match(text, join.end()))
        if join["quote"] is None:
            return is_after
        if join["line"] == b" ":
            is_open = bool(_SIGN_BEFORE.search(text, first, join.start()))
            return is_open and bool(_WHOLE_AFTER.match(text, join.end()))
        if join["line"]:
            return is_before or is_after
        if join["end"]:
            return (is_before or is_after) and bool(_LINE_AFTER.match(text, join.end()))
        return (is_before or is_after) and self._is_opened(text, join)

    def _is_opened(self, text: bytes, join: Join) -> bool:
        before = text[max(0, join.start() - _LITERAL) : join.start()]
        return any(letters in before and whole.search(before) for letters, whole in self._known)

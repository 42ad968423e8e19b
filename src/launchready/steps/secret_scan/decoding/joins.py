r"""Where a text in a program goes on in the next literal: `"sk_" + "live_"`, `'a' 'b'`, `\`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from launchready.steps.secret_scan.decoding import anchors

_TAIL = anchors.TAIL.replace(r"\z", r"\Z")
_ONE_LINE = "|".join(sorted(anchors.BETWEEN, key=len, reverse=True))
_LINE_END = "|".join(sorted(filter(None, anchors.LINE_ENDS), key=len, reverse=True))
_QUOTED = (
    rf"(?P<quote>[\"'`])(?:(?P<line>{_ONE_LINE})|(?P<end>{_LINE_END})?{anchors.INDENT})(?P=quote)"
)
_CONTINUED = r"(?<=[A-Za-z0-9_\-])\\\r?\n[ \t]{0,60}(?=[A-Za-z0-9_\-])"
_JOIN = re.compile(f"{_QUOTED}|{_CONTINUED}".encode("ascii"))

_RUN_AFTER = re.compile(anchors.RUN.encode("ascii"))
_RUN_BEFORE = re.compile(rf"{anchors.RUN}\Z".encode("ascii"))
_LINE_AFTER = re.compile(rf"{anchors.RUN}{anchors.SIGN}{{0,120}}[\"'`]{_TAIL}".encode("ascii"))
_SHORT = re.compile(rf"{anchors.SHORT}\Z".encode("ascii"))
_RUN_LENGTH = 12

Join = re.Match[bytes]


def joins(text: bytes) -> list[Join]:
    """What parts the literals of a text that follow each other, in ascending order."""
    return list(_JOIN.finditer(text))


def are_telling(text: bytes, found: Sequence[Join]) -> bool:
    """Whether one of the joins is what the anchors look for: beside a run, or among short parts."""
    if any(_has_run(text, join) for join in found):
        return True
    return any(
        before["line"] and after["line"] and _SHORT.match(text, before.end(), after.start())
        for before, after in pairwise(found)
    )


def _has_run(text: bytes, join: Join) -> bool:
    if join["quote"] is None or join["line"]:
        is_after = _RUN_AFTER.match(text, join.end())
    else:
        is_after = _LINE_AFTER.match(text, join.end())
    if is_after:
        return True
    is_joined = join["end"] or (join["line"] or b" ") != b" "
    first = max(0, join.start() - _RUN_LENGTH)
    return bool(is_joined and _RUN_BEFORE.search(text, first, join.start()))

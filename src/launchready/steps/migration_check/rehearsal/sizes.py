"""How large production's tables are, as the user says, and what that makes of a rehearsal.

The rates are those of a middling server with its data on network storage, rounded down: an estimate
says whether a lock lasts a moment or minutes, not how many seconds.
"""

from collections.abc import Mapping

from launchready.frozen import frozen
from launchready.regex import Regex

_LINE = Regex(
    r"[\"']?([\w.]++)[\"']?(?:\s*+[:,=|]\s*+|\s++)(\d[\d_]*(?:\.\d+)?)\s*(rows|bytes|[kKMGT]i?B|)\s*,?\s*$"
)
_FACTORS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_ROW_BYTES = 200
"""Bytes of a row, where only rows are told."""

REWRITES, READS, BUILDS = 40 << 20, 150 << 20, 20 << 20
"""Bytes a second that a server writes anew, reads, and puts into an index."""


@frozen
class Size:
    """The size of one table, as the file has it in words."""

    bytes: int
    words: str

    def seconds(self, rate: int) -> int:
        """How long it takes at so many bytes a second."""
        return round(self.bytes / rate)


def sizes_of(text: str) -> tuple[Mapping[str, Size], tuple[int, ...]]:
    """Sizes by table from lines such as `users 12000000`, `orders: 40 GB` or `items,5000 rows`, and
    the numbers of the lines that are none.
    """
    found, wrong = {}, []
    for number, line in enumerate(text.splitlines(), 1):
        plain = line.split("#", 1)[0].strip()
        if not plain:
            continue
        match = _LINE.fullmatch(plain)
        if match is None:
            wrong.append(number)
            continue
        count = float(match[2].replace("_", ""))
        unit = match[3] or "rows"
        factor = _ROW_BYTES if unit == "rows" else _FACTORS.get(unit[0].lower(), 1)
        factor = 1 if unit == "bytes" else factor
        found[match[1].removeprefix("public.")] = Size(
            bytes=int(count * factor), words=f"{match[2]} {unit}"
        )
    return found, tuple(wrong)


def lasting(seconds: int) -> str:
    """A length of time for people: `under a second`, `40 s`, `12 min`, `3 h`."""
    if seconds < 1:
        return "under a second"
    if seconds < 120:
        return f"{seconds} s"
    return f"{round(seconds / 60)} min" if seconds < 7200 else f"{round(seconds / 3600)} h"

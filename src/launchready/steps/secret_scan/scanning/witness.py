"""Looks at a secret itself, while its text is at hand: only where something asks for it."""

from dataclasses import dataclass, replace

from launchready.facts.secret import Hidden
from launchready.steps.secret_scan.adoption.accepted import Adopted
from launchready.steps.secret_scan.adoption.content import ContentTests
from launchready.steps.secret_scan.scanning.regions import Located, Region
from launchready.steps.secret_scan.scanning.sightings import Sighting

_MOST_BESIDE = 1000
"""Bytes of a line before and after a value that are looked at."""


@dataclass(frozen=True, kw_only=True)
class Witness:
    """`tests` are asked of each text; `keeps_values` keeps it in memory for `--verify`."""

    tests: ContentTests | None = None
    keeps_values: bool = False

    def saw(self, sighting: Sighting, region: Region, each: Located) -> Sighting:
        """The sighting with what only the text can tell."""
        value = each.decoded.decode("utf-8", "replace") or _text(region, each.start, each.end)
        if self.tests:
            low = max(region.start, each.start - _MOST_BESIDE)
            before = _text(region, low, each.start).rpartition("\n")[2]
            high = min(region.end, each.end + _MOST_BESIDE)
            after = _text(region, each.end, high).partition("\n")[0].rstrip("\r")
            sighting = replace(sighting, answer=self.tests.ask(value, before, after))
        return replace(sighting, value=Hidden(value)) if self.keeps_values else sighting


def witness_of(adopted: Adopted, *, keeps_values: bool = False) -> Witness | None:
    """The witness that a scan needs; most scans need none."""
    asks = bool(adopted.values) or any(each.reads_content for each in adopted.lists)
    if not asks and not keeps_values:
        return None
    tests = ContentTests(adopted=adopted) if asks else None
    return Witness(tests=tests, keeps_values=keeps_values)


def _text(region: Region, start: int, end: int) -> str:
    return bytes(memoryview(region.buffer)[start:end]).decode("utf-8", "replace")

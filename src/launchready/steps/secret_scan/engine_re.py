"""Finds candidates with nothing but Python, for the many machines that have no Hyperscan."""

from collections.abc import Sequence

from launchready.catalog.kinds import Kind
from launchready.steps.secret_scan import formats
from launchready.steps.secret_scan.engine import Candidate


class ReEngine:
    """See `Engine`. Every match of a kind holds one of its literals, so these are searched."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._exact: dict[bytes, list[int]] = {}
        self._caseless: dict[bytes, list[int]] = {}
        for number, kind in enumerate(kinds):
            table = self._caseless if formats.is_caseless(kind) else self._exact
            for literal in formats.literals(kind):
                table.setdefault(literal, []).append(number)

    def candidates(self, buffer: bytearray, length: int) -> list[Candidate]:
        """See `Engine`."""
        text = bytes(memoryview(buffer)[:length])
        found: list[Candidate] = []
        for table, searched in ((self._exact, text), (self._caseless, text.lower())):
            for literal, numbers in table.items():
                position = searched.find(literal)
                while position >= 0:
                    found.extend((position, number) for number in numbers)
                    position = searched.find(literal, position + 1)
        return found

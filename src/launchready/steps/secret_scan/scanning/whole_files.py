"""Kinds that are told by nothing but the file that they are all of: keys of frameworks."""

import re
from collections.abc import Sequence

from launchready.catalog.kinds import Kind, Pattern
from launchready.facts.text import TextBatch
from launchready.steps.secret_scan.engines.interface import Candidate
from launchready.steps.secret_scan.formats import formats
from launchready.steps.secret_scan.scanning.opening import SourceOf

_MOST_BYTES = 80


class WholeFiles:
    """Names the short texts of a batch that lie where a kind is known to have a file.

    Such a value looks like any hash: asked for by its look, lock files would be full of them.
    """

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._paths = [
            (number, re.compile(kind.format.path))
            for number, kind in enumerate(kinds)
            if isinstance(kind.format, Pattern) and formats.is_whole_file(kind)
        ]

    def candidates(self, batch: TextBatch, sources: SourceOf) -> list[Candidate]:
        """The beginning of each such text, with the kind's number."""
        if not self._paths:
            return []
        places = zip(batch.starts, batch.ends, batch.sources, strict=False)
        short = [(start, text) for start, end, text in places if 0 < end - start <= _MOST_BYTES]
        return [
            (start, number)
            for start, text in short
            for number, path in self._paths
            if path.search(sources[text].path or "")
        ]

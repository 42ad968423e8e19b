"""Scans what is delivered: each file with all that is in it, as it streams by."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from launchready.gateways.artifacts import read_artifact
from launchready.steps.secret_scan.scanning.opening import described
from launchready.steps.secret_scan.scanning.scan import Scanner
from launchready.steps.secret_scan.scanning.shares import Share
from launchready.steps.secret_scan.scanning.sightings import Advance, Seen, Source

if TYPE_CHECKING:
    from launchready.facts.text import Inner


def scan_artifacts(scanner: Scanner, share: Share, root: Path) -> Iterator[Seen]:
    """What is in the files of a share of artifacts."""
    for source in share.sources():
        inners: list[Inner] = []
        sources: list[Source] = []
        texts = described(read_artifact(root, source.name, inners), source, inners, sources)
        yield from scanner.scan_inner(texts, sources)
        yield Advance(texts=1)

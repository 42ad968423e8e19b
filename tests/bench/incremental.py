"""A history scanned for the first time, again, and after new commits: CPU beyond start-up.

`python -m tests.bench.incremental REPOSITORY…` takes bare repositories, reads them where they are
and writes only to a temporary folder: a clone there shares their objects.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import Command, cost_of, once

LAUNCHREADY = [sys.executable, "-m", "launchready"]
NEW_COMMITS = 30
LIMIT_SECONDS = 0.25
RUNS = 5
_ENDINGS = (0, 1, 3)


def main() -> None:
    """Print the figures of each repository; end with 1 if the warm scan is over its limit."""
    start_up = cost_of([*LAUNCHREADY, "secret-scan", "--help"], folder=Path()).cpu_seconds
    print(f"start-up {start_up:.2f} s; the columns are CPU seconds beyond it")
    new = f"+{NEW_COMMITS}"
    print(f"{'':26} {'commits':>8} {'first':>7} {'again':>7} {new:>7} {'limit':>7} {'cache':>7}")
    is_over = False
    for given in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as name:
            commits, first, again, later, size = _measure(Path(given).resolve(), Path(name))
        is_over = is_over or later - start_up > LIMIT_SECONDS
        shown = " ".join(f"{seconds - start_up:7.2f}" for seconds in (first, again, later))
        title = given.removesuffix("/repo").rpartition("/")[2][:26]
        print(f"{title:26} {commits:8,} {shown} {LIMIT_SECONDS:7.2f} {size:4,} KiB", flush=True)
    sys.exit(is_over)


def _measure(source: Path, folder: Path) -> tuple[int, float, float, float, int]:
    """Commits; CPU seconds of a first scan, of the next, of one after new commits; KiB kept."""
    clone, cache = folder / "clone.git", folder / "cache"
    _git(folder, "clone", "--quiet", "--mirror", "--shared", str(source), str(clone))
    newest, branch = _git(clone, "rev-parse", "HEAD"), _git(clone, "symbolic-ref", "HEAD")
    _forget_new_commits(clone, branch)
    first = _scan(clone, cache)
    again = statistics.median(_scan(clone, cache) for _ in range(RUNS))
    _git(clone, "update-ref", branch, newest)
    costs = []
    for number in range(RUNS):
        copy = folder / f"cache-{number}"
        shutil.copytree(cache, copy)
        costs.append(_scan(clone, copy))
    size = sum(file.stat().st_size for file in cache.iterdir()) >> 10
    commits = int(_git(clone, "rev-list", "--all", "--count"))
    return commits, first, again, statistics.median(costs), size


def _forget_new_commits(clone: Path, branch: str) -> None:
    """Set the branch back, and drop the refs that lead to what it leaves."""
    first_new, earlier = (f"HEAD~{NEW_COMMITS - 1}", f"HEAD~{NEW_COMMITS}")
    listing = ("for-each-ref", "--contains", first_new, "--format=delete %(refname)")
    drop = "\n".join((*_git(clone, *listing).splitlines(), ""))
    back = _git(clone, "rev-parse", earlier)
    subprocess.run(["git", "update-ref", "--stdin"], cwd=clone, input=drop, text=True, check=True)
    _git(clone, "update-ref", branch, back)


def _scan(clone: Path, cache: Path) -> float:
    words = (*LAUNCHREADY, "secret-scan", "-C", str(clone), "--cache", str(cache), "--quiet")
    return once(Command(words=words, folder=clone, expected=_ENDINGS)).cpu_seconds


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    main()

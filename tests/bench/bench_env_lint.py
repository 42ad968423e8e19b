"""env-lint over whole repositories, beside `git grep -l` of the same literals and dotenv-diff.

    python -m tests.bench.bench_env_lint FOLDER…

FOLDER is a checkout of a repository. dotenv-diff (npm) takes part where it is on PATH; it looks for
fewer things, in JavaScript and TypeScript alone.
"""

import shutil
import sys
from pathlib import Path

from launchready.steps.env_lint.reads import LITERALS
from tests.bench.measure import Command, in_turns, median

_OURS = (sys.executable, "-I", "-m", "launchready", "env-lint", "--exit-zero", "--quiet")
_START = (sys.executable, "-I", "-m", "launchready", "--help")
_GREP = ("git", "grep", "-l", "-I", "-F", *(w for each in LITERALS for w in ("-e", each)))
_PEER = ("dotenv-diff", "--scan-usage", "--json")
_ANY = (0, 1, 2, 3)


def main() -> None:
    """Print CPU seconds, peak memory and the ratios for each folder."""
    folders = [Path(name) for name in sys.argv[1:]]
    if not folders:
        sys.exit(__doc__)
    program = shutil.which(_PEER[0])
    titles = ["ours", "start-up", "git grep", *(["dotenv-diff"] if program else [])]
    print(f"{'CPU s':24} {'files':>6}", *(f"{title:>11}" for title in titles), end=" ")
    print(f"{'(ours-0.3)/grep':>16} {'dotenv-diff/ours':>17} {'peak MiB':>9}")
    for folder in folders:
        words = [_OURS, _START, _GREP, *([(program, *_PEER[1:])] if program else [])]
        commands = [Command(words=each, folder=folder, expected=_ANY) for each in words]
        costs = [median(each) for each in in_turns(commands, runs=3)]
        cpu = [each.cpu_seconds for each in costs]
        files = sum(1 for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
        print(f"{folder.name:24} {files:6}", *(f"{each:11.2f}" for each in cpu), end=" ")
        peer = f"{cpu[3] / cpu[0]:17.1f}" if program else f"{'':17}"
        print(f"{(cpu[0] - 0.3) / cpu[2]:16.1f} {peer} {costs[0].peak_mib:9.0f}")


if __name__ == "__main__":
    main()

"""migration-check beside squawk: one file, a thousand files, and one file of a megabyte.

squawk (PyPI: squawk-cli) takes part where it is on the PATH. Both are whole processes; ours also
finds the files, asks git what is new, and replays all of them into a catalogue.
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.bench.measure import Command, in_turns, median
from tests.repository import Repository

LAUNCHREADY = (sys.executable, "-I", "-m", "launchready", "migration-check", "--all", "--quiet")
_FILE = """\
CREATE TABLE t{n} (id bigint PRIMARY KEY, name varchar(100) NOT NULL, at timestamptz);
CREATE INDEX CONCURRENTLY t{n}_name ON t{n} (name);
ALTER TABLE t{n} ADD COLUMN age integer DEFAULT 7;
ALTER TABLE t{n} ALTER COLUMN name TYPE varchar(200);
ALTER TABLE t{n} ADD CONSTRAINT t{n}_age CHECK (age > 0) NOT VALID;
INSERT INTO t{n} (id, name) VALUES (1, 'one'), (2, 'two');
"""
_MOST_SECONDS: Mapping[str, float] = {"one file": 0.15, "1,000 files": 1.5, "1 MB in one file": 2.0}


def main() -> None:
    """Print CPU seconds of both and their ratio, with what it may cost at most."""
    squawk = shutil.which("squawk")
    with tempfile.TemporaryDirectory() as folder:
        for name, files in _cases().items():
            root = Path(folder) / name.replace(" ", "-").replace(",", "")
            Repository.at(root).commit(files)
            commands = [Command(words=LAUNCHREADY, folder=root, expected=(0, 1))]
            if squawk:
                words = (squawk, *sorted(files))
                commands.append(Command(words=words, folder=root, expected=(0, 1)))
            ours, *theirs = (median(each) for each in in_turns(commands, 5))
            line = f"{name:18} {ours.cpu_seconds:6.2f} s (at most {_MOST_SECONDS[name]:.2f} s)"
            if theirs:
                ratio = ours.cpu_seconds / theirs[0].cpu_seconds
                line += f"  squawk {theirs[0].cpu_seconds:6.2f} s  ratio {ratio:5.2f}"
            print(f"{line}  {ours.peak_mib:4.0f} MiB")
        _staged(Path(folder) / "staged")


def _staged(root: Path) -> None:
    """The hook's case: one new file beside 300, all of them read from the index."""
    repository = Repository.at(root)
    repository.commit({f"migrations/{n:04}_a.up.sql": _FILE.format(n=n) for n in range(1, 301)})
    repository.write({"migrations/9999_b.up.sql": "CREATE INDEX t1_at ON t1 (at);\n"})
    repository.git("add", "--all")
    words = (*LAUNCHREADY[:-2], "--quiet")
    commands = [
        Command(words=each, folder=root, expected=(0, 1)) for each in ((*words, "--staged"), words)
    ]
    staged, tree = (median(each).cpu_seconds for each in in_turns(commands, 5))
    print(f"{'300 files, staged':18} {staged:6.2f} s, of the work tree {tree:6.2f} s")


def _cases() -> dict[str, dict[str, str]]:
    many = {f"migrations/{n:04}_a.up.sql": _FILE.format(n=n) for n in range(1, 1001)}
    large = "".join(_FILE.format(n=n) for n in range(1 << 20) if n * len(_FILE) < 1 << 20)
    return {
        "one file": {"migrations/0001_a.up.sql": _FILE.format(n=1)},
        "1,000 files": many,
        "1 MB in one file": {"migrations/0001_a.up.sql": large},
    }


if __name__ == "__main__":
    main()

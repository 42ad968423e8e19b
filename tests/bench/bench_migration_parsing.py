"""How fast SQL is split and read, and how much of PostgreSQL's own regression tests is.

    python -m tests.bench.bench_migration_parsing [FOLDER]

FOLDER is `src/test/regress/sql` of PostgreSQL, or libpg_query's copy of it. squawk (PyPI
`squawk-cli`) takes part where it is on PATH; it looks for hazards as well, so its figure is no
limit for reading alone.
"""

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from launchready.facts.acts import Unread
from launchready.facts.schema import Engine
from launchready.steps.migration_check.parsing import parse
from launchready.steps.migration_check.parsing.scripts import pieces
from tests.bench.measure import Command, in_turns, median

AT_LEAST = 0.97
"""The share of PostgreSQL's own statements that must be read; some are wrong on purpose."""

_STATEMENTS = """\
CREATE TABLE "orders_{n}" (id bigserial PRIMARY KEY, email varchar(255) NOT NULL, at timestamptz);
ALTER TABLE users_{n} ADD COLUMN age_{n} integer NOT NULL DEFAULT 0;
CREATE INDEX CONCURRENTLY i_{n} ON orders_{n} (email);
ALTER TABLE orders_{n} ADD CONSTRAINT fk_{n} FOREIGN KEY (user_id) REFERENCES users_{n} (id);
UPDATE users_{n} SET name = 'x' WHERE id = {n};
ALTER TABLE users_{n} DROP COLUMN old_{n};
"""
_READ = """
import sys
from pathlib import Path
from launchready.facts.schema import Engine
from launchready.steps.migration_check.parsing import parse
from launchready.steps.migration_check.parsing.scripts import statements_of
for path in sorted(Path(sys.argv[1]).glob("*.sql")):
    for statement in statements_of(path.name, path.read_text(), Engine(sys.argv[2])):
        parse(statement.sql, Engine(sys.argv[2]))
"""


def main() -> None:
    """Print CPU seconds per corpus beside squawk's, then the share of regression SQL."""
    program = shutil.which("squawk") or shutil.which(
        "squawk", path=str(Path(sys.executable).parent)
    )
    titles = ("PostgreSQL", "as MySQL", *(["squawk"] if program else []))
    print(f"{'CPU s, whole process':28}", *(f"{title:>11}" for title in titles))
    with tempfile.TemporaryDirectory() as name:
        for title, folder in _corpora(Path(name)):
            commands = [
                Command(
                    words=(sys.executable, "-c", _READ, str(folder), engine),
                    folder=folder,
                    environ={"PYTHONDONTWRITEBYTECODE": ""},
                )
                for engine in ("postgresql", "mysql")
            ]
            if program:
                words = (program, *(each.name for each in sorted(folder.glob("*.sql"))))
                commands.append(Command(words=words, folder=folder, expected=(0, 1)))
            costs = [median(each).cpu_seconds for each in in_turns(commands, runs=3)]
            print(f"{title:28}", *(f"{each:11.2f}" for each in costs))
    if len(sys.argv) > 1:
        _regression(Path(sys.argv[1]))


def _corpora(top: Path) -> list[tuple[str, Path]]:
    found = []
    for title, files, sets in (("1 file", 1, 1), ("1000 files", 1000, 1), ("1 MB", 1, 2100)):
        folder = top / title.replace(" ", "-")
        folder.mkdir()
        for file in range(files):
            text = "".join(_STATEMENTS.replace("{n}", str(n)) for n in range(sets))
            (folder / f"{file:04}.sql").write_text(text)
        found.append((title, folder))
    return found


def _regression(folder: Path) -> None:
    """The share of statements that are read. Ends the program where it is too small."""
    messages: Counter[str] = Counter()
    count = 0
    for path in sorted(folder.glob("*.sql")):
        for piece in pieces(path.read_text(errors="replace"), Engine.POSTGRESQL):
            acts = [act for _, act in parse(piece.sql, Engine.POSTGRESQL)]
            count += 1
            messages.update(act.message for act in acts if isinstance(act, Unread))
    unread = messages.total()
    share = 1 - unread / max(count, 1)
    print(f"regression SQL: {count} statements, {unread} not read: {share:.2%} are")
    for message, times in messages.most_common(8):
        print(f"{times:8} {message[:80]}")
    if share < AT_LEAST:
        sys.exit(f"under {AT_LEAST:.0%}")


if __name__ == "__main__":
    main()

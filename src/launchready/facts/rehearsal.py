"""What a rehearsal saw: a migration that really ran, on a database made for it."""

import enum
from collections.abc import Mapping
from dataclasses import field

from launchready.facts.catalogue import Lock
from launchready.frozen import frozen
from launchready.model import FileLocation

STAND_IN = " in place of "
"""What stands between the server that was there and the one that the migrations are for."""


@frozen
class Rehearsed:
    """What the server did for one statement, with what it holds from those before it.

    `locks` are those on relations that were there before the migration. `scans` and `changes` are
    rows read and rows written, by table; `rewrites` are tables whose file is another one after it.
    `error` is the server's message, `sqlstate` its code. `seconds` is how long it ran, on rows as
    many as `rows` says by table. `is_alone` says that no transaction could be around it,
    so that its locks were not seen. `algorithm` and `sharing` are what MariaDB takes for it at the
    least: `INSTANT`, `NOCOPY`, `INPLACE`, `COPY` and `NONE`, `SHARED`, `EXCLUSIVE`.
    """

    locks: Mapping[str, Lock] = field(default_factory=dict)
    is_alone: bool = False
    rewrites: tuple[str, ...] = ()
    scans: Mapping[str, int] = field(default_factory=dict)
    changes: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    lock_timeout: str | None = None
    error: str = ""
    sqlstate: str = ""
    seconds: float = 0.0
    algorithm: str = ""
    sharing: str = ""


@frozen
class Stall:
    """The longest that a reader and a writer of a table had to wait, in milliseconds."""

    reads: int = 0
    writes: int = 0

    @property
    def words(self) -> str:
        """As people read it."""
        if not self.reads:
            return f"a writer waited {self.writes} ms"
        if not self.writes:
            return f"a reader waited {self.reads} ms"
        return f"a reader waited {self.reads} ms, a writer {self.writes} ms"


class Side(enum.StrEnum):
    """A part of the rehearsal."""

    UP = "up"
    DOWN = "down"
    UP_AGAIN = "up again"


@frozen
class Probe:
    """A query of the release that is running, tried on the new schema. `source` is where it came
    from: a table's old columns, or a line of a log. `error` is empty where it still works.
    """

    sql: str
    source: str
    table: str = ""
    error: str = ""
    sqlstate: str = ""

    @property
    def names(self) -> frozenset[str]:
        """What it asks for: the table, and the column that its source ends with."""
        return frozenset((self.table, f"{self.table}.{self.source.rpartition(' ')[2]}"))


@frozen
class RehearsalFacts:
    """The rehearsal of one new migration, told by its `key`. `statements` is by place and SQL of
    the statement: one operation of an ORM may send several from the same place.

    `side` and `error` say where it ended, if not well; `left` is what the schema then has and lacks
    of what ran before the error. `expected` are the tables and columns of
    which it was known beforehand that the migration takes them away. `probes` are those that no
    longer work.
    `not_restored` are the differences of the catalogue after the down, `rows_lost` tables and
    columns whose contents are not those of before. `skipped` are pieces that are no SQL and did
    not run.

    Of a run by the project's own command, `whole` is all of it together; `late` are rows that it
    wrote, by table, in a transaction that already held the locks `held`. `known` are tables of
    which it was known beforehand that they are written anew, read whole or written.
    `stalls` are what a reader and a writer had to wait, by table, while the up ran.
    """

    key: str
    path: str
    location: FileLocation
    server: str
    statements: Mapping[tuple[FileLocation, str], Rehearsed] = field(default_factory=dict)
    side: Side | None = None
    error: str = ""
    sqlstate: str = ""
    left: tuple[str, ...] = ()
    probes: tuple[Probe, ...] = ()
    expected: frozenset[str] = frozenset()
    not_restored: tuple[str, ...] = ()
    rows_lost: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    whole: Rehearsed | None = None
    late: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, Lock] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    stalls: Mapping[str, Stall] = field(default_factory=dict)
    seconds: float = 0.0

"""The nouns of migrations: histories, files, the statements in them, and how they are run."""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from itertools import islice
from typing import overload

from launchready.facts.acts import Act, AddEnumValue
from launchready.facts.catalogue import Catalogue, Effect, Lock, Server
from launchready.facts.rehearsal import Rehearsed
from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.model import FileLocation


class Framework(enum.StrEnum):
    """The tool that runs the migrations."""

    DJANGO = "django"
    ALEMBIC = "alembic"
    RAILS = "rails"
    PRISMA = "prisma"
    DRIZZLE = "drizzle"
    KNEX = "knex"
    SEQUELIZE = "sequelize"
    TYPEORM = "typeorm"
    NODE_PG_MIGRATE = "node-pg-migrate"
    SUPABASE = "supabase"
    FLYWAY = "flyway"
    GOLANG_MIGRATE = "golang-migrate"
    GOOSE = "goose"
    DBMATE = "dbmate"
    SQLX = "sqlx"
    DIESEL = "diesel"
    LIQUIBASE = "liquibase"
    SQITCH = "sqitch"
    PLAIN = "plain-sql"


class Wrapping(enum.Enum):
    """What the tool puts around a migration."""

    FILE = "one transaction around each file"
    ALL = "one transaction around all that is pending"
    NONE = "each statement on its own"
    STRING = "the whole file as one string, which is one transaction of its own"


@frozen
class Statement:
    """One SQL statement of a script. `place` is where a finding on it stands: in an SQL file its
    first word, in code the operation that makes it.

    `is_written` says that `sql` is a piece of the file itself, beginning at `place`, and not made
    of an operation. `operation` is the framework's word: `AddField`, `op.create_index`,
    `add_column`. `is_outside` says that the tool runs this one outside of its transaction; `bound`
    names placeholders of templates that stand in it. `call` is where the call begins that hands
    over a text in which it is written.
    """

    sql: str
    place: FileLocation
    is_written: bool = True
    operation: str = ""
    is_outside: bool = False
    is_conditional: bool = False
    bound: tuple[str, ...] = ()
    call: FileLocation | None = None


@frozen
class Opaque:
    """A piece of a script that is no SQL and cannot be followed without running it.

    `what` is what it is: `RunPython`, `op.get_bind()`, `a loop`. `changes_rows` says that it is
    there to change rows, as far as its words tell; `tables` are those it names.
    """

    place: FileLocation
    what: str
    changes_rows: bool = False
    tables: tuple[str, ...] = ()
    is_reversible: bool = True
    is_outside: bool = False
    hint: str = ""


@frozen
class Script:
    """The up or the down of a migration, in order. `problem` says why it could not be read.

    `location` is where it begins. `is_written` says that it has words of its own: a down that the
    tool derives, as of Rails' `change` or Django's operations, has none. `is_irreversible` says
    that it cannot be run, because it says so itself or holds an operation that has no reverse.
    `reason` are its words for that.
    """

    items: tuple[Statement | Opaque, ...] = ()
    wrapping: Wrapping = Wrapping.FILE
    location: FileLocation | None = None
    problem: str = ""
    is_written: bool = True
    is_irreversible: bool = False
    reason: str = ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Its SQL."""
        return tuple(each for each in self.items if isinstance(each, Statement))


@frozen
class Migration:
    """One migration. `path` is its file (of a folder of one, the file with the up), `paths` all.

    `version` is what the tool orders or names it by; `name` is for people. `after` are the versions
    that it says it follows (Django's dependencies as `app.name`, Alembic's down_revision). `down`
    is None where the tool has downs and this migration none. `notes` are what a reader of one
    framework tells its own rules, such as `replaces` or `direct-model-import`, with the place.
    `part` tells apart those of a file that holds several, as Liquibase's changelogs do.
    """

    path: str
    version: str
    name: str
    up: Script
    down: Script | None = None
    part: str = ""
    paths: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    is_repeatable: bool = False
    notes: tuple[tuple[str, FileLocation, str], ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other migration of its history."""
        return f"{self.path}#{self.part}" if self.part else self.path


class Standing(enum.Enum):
    """How a migration stands against the base of the change under judgement."""

    NEW = "new"
    EDITED = "edited"
    RENAMED = "renamed"
    APPLIED = "applied"


class Late(enum.Enum):
    """What a tool does with a migration that sorts before one that the database already has."""

    RUNS = "it runs after the newer ones"
    SKIPS = "it never runs, and nothing says so"
    REFUSES = "the tool refuses to go on"


@frozen
class History:
    """All migrations of one folder (or Django project), in the order in which the tool runs them.

    `has_downs` says whether the tool knows downs at all. `is_whole` whether it begins with an empty
    database. `journal` maps a version to what the tool's own list says of it, `journal_path` is
    that list's file. `problems` are what could not be read at all, as (path, reason).
    `late` is what becomes of a migration that comes too late for its place; `has_checksums` says
    that the tool refuses to run once a file that has run is another one, be it by a blank.
    """

    framework: Framework
    folder: str
    engine: Engine
    migrations: tuple[Migration, ...]
    has_downs: bool = True
    is_whole: bool = True
    journal_path: str = ""
    journal: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[tuple[str, str], ...] = ()
    late: Late = Late.RUNS
    has_checksums: bool = False

    @cached_property
    def written_downs(self) -> int:
        """How many of its migrations have a down that somebody wrote."""
        downs = (each.down for each in self.migrations)
        return sum(1 for each in downs if each is not None and each.is_written)


@frozen
class HistoryFacts:
    """A history beside its base: what the rules on order and on edits judge.

    `standing` is by `Migration.key`. `base` is the same history as the base has it, None where
    there is no base. `deleted` are paths of the base's migrations that are gone, `renamed` maps
    those whose content lives on under another path. `head` is the commit that is checked out.
    """

    history: History
    standing: Mapping[str, Standing]
    base: History | None = None
    deleted: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    head: str = ""

    def is_new(self, migration: Migration) -> bool:
        """Whether no database has run it as it is now: added, edited or renamed by the change."""
        return self.standing.get(migration.key) is not Standing.APPLIED

    @property
    def new(self) -> tuple[Migration, ...]:
        """The new ones, in order."""
        return tuple(each for each in self.history.migrations if self.is_new(each))


class Earlier(Sequence[Act]):
    """The first `count` acts of a list that only grows, so that thousands of moments share it."""

    def __init__(self, acts: Sequence[Act] = (), count: int = 0) -> None:
        self._acts = acts
        self._count = count

    @overload
    def __getitem__(self, at: int) -> Act: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Act]: ...
    def __getitem__(self, at: int | slice) -> Act | Sequence[Act]:
        if isinstance(at, int):
            return self._acts[range(self._count)[at]]
        return tuple(self)[at]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Act]:
        return islice(self._acts, self._count)


@frozen
class SessionFacts:
    """The state of the session in which a statement runs.

    `held` are the locks that earlier statements of the same transaction still hold on relations in
    use, `since` the places of those that took them. `lock_timeout` and `statement_timeout` are as
    set by the script (`0` is off), None where nothing sets them. `is_explicit` says that the script
    itself opened the transaction, `is_wrapped` that the tool's own is still open. `earlier` are
    the acts that have run in it, `labels` those of them that add labels to enums. `foreign_keys`
    is what the script set SQLite's PRAGMA of that name, or MySQL's foreign_key_checks, to: `0` or
    `1`, None where it says nothing. `time_zone` is the one that it set, if any.
    """

    is_in_transaction: bool = True
    is_explicit: bool = False
    is_wrapped: bool = False
    held: Mapping[str, Lock] = field(default_factory=dict)
    since: Mapping[str, FileLocation] = field(default_factory=dict)
    lock_timeout: str | None = None
    statement_timeout: str | None = None
    foreign_keys: str | None = None
    time_zone: str = ""
    earlier: Sequence[Act] = ()
    labels: tuple[AddEnumValue, ...] = ()


@frozen
class Released:
    """Where the code of the release that is running names what an act takes away.

    `commit` is that release, as far as the base of the change is it. `by_name` are lines of its
    code that name it, by the lost thing's name; `has_code` says whether there is any code at all.
    """

    commit: str = ""
    has_code: bool = False
    by_name: Mapping[str, tuple[FileLocation, ...]] = field(default_factory=dict)

    def reads(self, *names: str) -> tuple[FileLocation, ...]:
        """The lines that name any of these: `table.column`, or a table's own name."""
        return tuple(place for name in names for place in self.by_name.get(name, ()))


@frozen
class ActFacts:
    """One act of a new migration, with what it meets and does: what most rules judge.

    `place` is where it stands, `is_conditional` whether it runs only under a condition. `before`
    and `after` are the catalogue on both sides of it; `effect` is what it does to what is in use.
    `beside` are the acts of the same statement, `end` is the
    catalogue once the whole migration has run. `rehearsed` is what a server did, where there was a
    rehearsal and it came to this statement. `proof` says how the rehearsal ended for what is
    said of this act, `refuted` what was expected and did not happen; `expected` are then the tables
    that any act of its statement was known to write anew, read whole or change. `released` is what
    the running release's code says of what the act takes away.
    """

    history: History
    migration: Migration
    statement: Statement
    act: Act
    place: FileLocation
    before: Catalogue
    after: Catalogue
    effect: Effect
    session: SessionFacts
    is_conditional: bool = False
    beside: tuple[Act, ...] = ()
    end: Catalogue
    expected: frozenset[str] = frozenset()
    rehearsed: Rehearsed | None = None
    proof: str = ""
    refuted: tuple[str, ...] = ()
    released: Released = Released()

    @property
    def server(self) -> Server:
        """The server that it is for."""
        return self.before.server


@frozen
class OpaqueFacts:
    """A piece of a new migration that cannot be followed without running it. `is_read` says that a
    comment beside it accepts that.
    """

    history: History
    migration: Migration
    opaque: Opaque
    before: Catalogue
    session: SessionFacts
    is_read: bool = False


@frozen
class MigrationFacts:
    """A new migration as a whole, with all that its up does: what rules on files judge."""

    history: History
    migration: Migration
    acts: tuple[ActFacts, ...]

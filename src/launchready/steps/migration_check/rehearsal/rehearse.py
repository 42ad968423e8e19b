"""The rehearsal of a history's new migrations, in a database made for it.

The migrations of the base are run, tables are filled, and each new one is run up, down and up
again; between them the schema, the contents and what the running release asks are compared.
"""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Protocol

from launchready.facts.migrations import HistoryFacts, Migration
from launchready.facts.rehearsal import Probe, RehearsalFacts, Side
from launchready.frozen import frozen, replace
from launchready.gateways.servers.errors import RefusedError
from launchready.model import FileLocation, Unchecked
from launchready.steps.migration_check.rehearsal.commanding import Commands
from launchready.steps.migration_check.rehearsal.running import Ran, Refused
from launchready.steps.migration_check.rehearsal.sites import Site
from launchready.steps.migration_check.rehearsal.snapshot import TableSeen

BOOKS = frozenset({
    "django_migrations", "django_content_type", "auth_permission", "alembic_version",
    "schema_migrations", "goose_db_version", "flyway_schema_history", "ar_internal_metadata",
})  # fmt: skip
"""Tables that the tools keep for themselves: a run leaves its traces there."""

_MOST_SHOWN = 12
_BY_COMMAND = "run it by the tool's own command: set `rehearsal.command`"
_ELSEWHERE = "run it on a copy of production's database"
_WHOLE = "name production's schema in `schema`, or let the tool's own command run all of it"


@frozen
class _Before:
    """The database just before a migration."""

    tables: Mapping[int, TableSeen]
    shape: frozenset[str]
    contents: Mapping[tuple[str, str], str]
    probes: Sequence[Probe]
    rows: Mapping[str, int]
    failing: frozenset[str]


class Runner(Protocol):
    """What runs the migrations: the SQL of the files, or the project's own command."""

    gaps: list[str]

    def build(self) -> Iterator[Unchecked]: ...

    def watch(self) -> Iterator[Unchecked]: ...

    def up(
        self, migration: Migration, names: Mapping[int, str], rows: Mapping[str, int]
    ) -> Ran: ...

    def undoes(self, migration: Migration) -> bool: ...

    def down(self, migration: Migration) -> Refused | None: ...

    def again(self, migration: Migration) -> Refused | None: ...


@frozen
class Given:
    """What the user gives: `schema` takes the place of the base's migrations, `seed` of made-up
    rows, `queries` are what the running release asks, `commands` run in place of the SQL that was
    read from the files. `touched` are the tables that each migration is known to lock, by its key.
    """

    schema: str = ""
    seed: str = ""
    queries: tuple[Probe, ...] = ()
    commands: Commands | None = None
    touched: Mapping[str, Collection[str]] = field(default_factory=dict)


def rehearse(
    facts: HistoryFacts, site: Site, runner: Runner, given: Given
) -> Iterator[RehearsalFacts | Unchecked]:
    """What each new migration of a history did; Unchecked for those that could not be run.

    Raises CommandError where a command of `given` cannot be run.
    """
    return _Rehearsal(facts, site, runner, given).all()


class _Rehearsal:
    def __init__(self, facts: HistoryFacts, site: Site, runner: Runner, given: Given) -> None:
        self._facts = facts
        self._site = site
        self._runner = runner
        self._given = given
        self._waiting: list[Unchecked] = []

    def all(self) -> Iterator[RehearsalFacts | Unchecked]:
        """Everything, in order."""
        self._site.prepare(self._facts.history.framework)
        schema = self._given.schema
        yield from self._site.load(schema) if schema.strip() else self._runner.build()
        try:
            empty = self._site.seed(self._site.tables(), self._given.seed)
        except RefusedError as error:
            yield _unchecked("the seed SQL", f"it fails: {error.message}", "mend it")
            return
        if empty:
            yield _unchecked(
                f"rows of {', '.join(empty[:5])}",
                "no rows could be made up for it, so migrations met it empty",
                "name a file of SQL with rows in `seed`",
            )
        yield from self._runner.watch()
        for migration in self._facts.new:
            yield from self._rehearse(migration)
        if self._waiting:
            first, *others = self._waiting
            more = f"; so do others after it: {len(others)}" if others else ""
            yield replace(first, reason=f"{first.reason}{more}")

    def _rehearse(self, migration: Migration) -> Iterator[RehearsalFacts | Unchecked]:
        if migration.up.problem:
            yield _unchecked(migration.path, migration.up.problem, _BY_COMMAND)
            self._runner.gaps.append(migration.path)
            return
        began = time.perf_counter()
        before = self._look()
        names = {t.oid: t.name for t in before.tables.values() if t.name not in BOOKS}
        with self._site.heartbeats(self._beaten(migration, before.tables)) as beats:
            ran = self._runner.up(migration, names, before.rows)
        if ran.refused is not None and (reason := self._site.excuse(ran.refused.sqlstate)):
            yield _unchecked(_line(ran, migration), f"{reason}: {ran.refused.message}", _ELSEWHERE)
            self._runner.gaps.append(migration.path)
            return
        gaps = [path for path in self._runner.gaps if path != migration.path]
        if ran.refused is not None and gaps and ran.refused.sqlstate in self._site.missing:
            reason = f"it fails here: {ran.refused.message}; {gaps[0]} before it did not run whole"
            self._waiting.append(_unchecked(migration.path, reason, _WHOLE))
            return
        broken: tuple[Probe, ...] = ()
        ended: Mapping[str, Any]
        if ran.refused is not None:
            left = _differences(before.shape, self._site.shape())
            ended = {**_failed(Side.UP, ran.refused), "left": left}
        else:
            broken = tuple(
                probe
                for probe in self._site.tried(before.probes)
                if probe.sql not in before.failing
            )
            ended = self._undo(migration, before)
        yield RehearsalFacts(
            key=migration.key,
            path=migration.path,
            location=ran.place or FileLocation(path=migration.path, line=1),
            server=self._site.label,
            statements=ran.statements,
            whole=ran.whole,
            late=ran.late,
            held=ran.held,
            stalls=beats.stalls,
            probes=broken,
            seconds=time.perf_counter() - began,
            skipped=ran.skipped,
            **ended,
        )

    def _beaten(self, migration: Migration, tables: Mapping[int, TableSeen]) -> Sequence[TableSeen]:
        """The tables that are worth a reader and a writer: those that it is known to lock, and
        others where it runs code.
        """
        touched = self._given.touched.get(migration.key, ())
        known = [each for each in tables.values() if each.name in touched]
        is_code = self._given.commands is not None
        others = [t for t in tables.values() if is_code and t not in known and t.name not in BOOKS]
        return (*known, *others)

    def _look(self) -> _Before:
        site = self._site
        tables = site.tables()
        probes = (*site.probes(tables), *self._given.queries)
        return _Before(
            tables=tables,
            shape=site.shape(),
            contents=site.contents(tables),
            probes=probes,
            rows=site.rows(tables),
            failing=frozenset(probe.sql for probe in site.tried(probes)),
        )

    def _undo(self, migration: Migration, before: _Before) -> Mapping[str, Any]:
        """Down, what it left, and up again; the differences."""
        if not self._runner.undoes(migration):
            return {}
        if refused := self._runner.down(migration):
            return _failed(Side.DOWN, refused)
        contents = self._site.contents(before.tables)
        lost = sorted(
            f"{table}.{column}"
            for (table, column), value in before.contents.items()
            if contents.get((table, column)) != value and table not in BOOKS
        )
        left: dict[str, Any] = {
            "not_restored": _differences(before.shape, self._site.shape()),
            "rows_lost": tuple(lost[:_MOST_SHOWN]),
        }
        if refused := self._runner.again(migration):
            left |= _failed(Side.UP_AGAIN, refused)
        return left


def _differences(before: frozenset[str], now: frozenset[str]) -> tuple[str, ...]:
    gone = sorted(f"lacks {line}" for line in before - now)
    more = sorted(f"has {line}" for line in now - before)
    return tuple((*gone, *more)[:_MOST_SHOWN])


def _line(ran: Ran, migration: Migration) -> str:
    return f"{ran.place.path}:{ran.place.line}" if ran.place else migration.path


def _failed(side: Side, refused: Refused) -> Mapping[str, Any]:
    return {"side": side, "error": refused.message, "sqlstate": refused.sqlstate}


def _unchecked(target: str, reason: str, hint: str) -> Unchecked:
    return Unchecked(target=target, reason=reason, hint=hint)

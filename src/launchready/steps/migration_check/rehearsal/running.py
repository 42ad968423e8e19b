"""Runs the SQL that was read from the files, whichever server it is for."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Protocol

from launchready.facts.catalogue import Lock
from launchready.facts.migrations import (
    HistoryFacts,
    Migration,
    Opaque,
    Script,
    Statement,
)
from launchready.facts.rehearsal import Rehearsed
from launchready.frozen import frozen
from launchready.model import FileLocation, Unchecked


@frozen
class Refused:
    """Why a script ended early: the server's message and code, or the command's last words."""

    message: str
    sqlstate: str = ""


@frozen
class Ran:
    """How the up of a migration went. See `RehearsalFacts` for what the fields mean."""

    statements: Mapping[tuple[FileLocation, str], Rehearsed] = field(default_factory=dict)
    whole: Rehearsed | None = None
    late: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, Lock] = field(default_factory=dict)
    refused: Refused | None = None
    place: FileLocation | None = None
    skipped: tuple[str, ...] = ()


_SERVER = "rehearse on a server that has it and may be thrown away: `--server DSN`"


class Runs(Protocol):
    """One script, run once. `refused` is why it ended early, with the place of the statement;
    `skipped` are pieces that are no SQL.
    """

    @property
    def refused(self) -> Refused | None: ...

    @property
    def place(self) -> FileLocation | None: ...

    @property
    def skipped(self) -> Sequence[Opaque]: ...

    def all(self, script: Script) -> Iterator[tuple[Statement, Rehearsed]]: ...


class Direct:
    """Runs the SQL that was read from the files. `gaps` are migrations that did not run whole.

    `start` makes a run that watches the tables of these names; `schema` says how production's
    schema is printed, `missing` are the codes for something that is not there.
    """

    def __init__(
        self,
        start: Callable[[Mapping[int, str], Mapping[str, int]], Runs],
        facts: HistoryFacts,
        schema: str,
        missing: Collection[str],
    ) -> None:
        self.gaps: list[str] = []
        self._start = start
        self._facts = facts
        self._schema = schema
        self._missing = missing

    def build(self) -> Iterator[Unchecked]:
        """The schema as the base has it."""
        failed: list[tuple[Migration, str]] = []
        later = 0
        for migration in self._facts.history.migrations:
            if self._facts.is_new(migration):
                continue
            refused = self._run(migration.up)
            if refused or migration.up.problem or _has_code(migration):
                self.gaps.append(migration.path)
            if failed and refused is not None and refused.sqlstate in self._missing:
                later += 1  # it needs what one before it should have made
            elif refused is not None or migration.up.problem:
                words = refused.message if refused else migration.up.problem
                failed.append((migration, words))
        for migration, words in failed[:3]:
            more = f", nor do {later} later ones that need it" if later else ""
            later = 0
            is_lacking = words.startswith("extension ") and words.endswith(" is not available")
            yield Unchecked(
                target=migration.path,
                reason=f"the base's own migration does not run here: {words}{more}",
                hint=_SERVER if is_lacking else self._schema,
            )

    def watch(self) -> Iterator[Unchecked]:
        """Its own session is looked at between statements; nothing has to be put in."""
        yield from ()

    def up(self, migration: Migration, names: Mapping[int, str], rows: Mapping[str, int]) -> Ran:
        """The up of one migration, looked at after each statement."""
        run = self._start(names, rows)
        statements = {(each.place, each.sql): seen for each, seen in run.all(migration.up)}
        if run.refused or run.skipped:
            self.gaps.append(migration.path)
        return Ran(
            statements=statements,
            refused=run.refused,
            place=run.place,
            skipped=tuple(each.what for each in run.skipped),
        )

    def undoes(self, migration: Migration) -> bool:
        """Whether there is a down that can be run."""
        down = migration.down
        return bool(down and not down.problem and not down.is_irreversible and down.statements)

    def down(self, migration: Migration) -> Refused | None:
        """Its down."""
        return self._run(migration.down or Script())

    def again(self, migration: Migration) -> Refused | None:
        """Its up once more."""
        return self._run(migration.up)

    def _run(self, script: Script) -> Refused | None:
        run = self._start({}, {})
        for _ in run.all(script):
            pass
        return run.refused


def _has_code(migration: Migration) -> bool:
    return any(isinstance(each, Opaque) for each in migration.up.items)

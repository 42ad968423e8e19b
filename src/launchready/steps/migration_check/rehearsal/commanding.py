"""Runs the project's own command on a database of ours: what a reading of files cannot follow.

It runs the project's code, so it is off until the settings name a command. Before anything is
changed a question of the same tool (`alembic current`) must have reached an empty database of ours:
a project whose settings lead elsewhere is refused.
"""

import os
import shlex
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from launchready.facts.migrations import Framework, HistoryFacts, Migration
from launchready.gateways.postgres.server import PostgresServer, literal
from launchready.gateways.project.command import Done, run_command
from launchready.gateways.project.environment import points_elsewhere, scrubbed
from launchready.model import Unchecked
from launchready.regex import Regex
from launchready.steps.migration_check.settings import RehearsalSettings

_PATIENCE_SECONDS = 300.0
_QUESTION_SECONDS = 60.0
_NAME = Regex(r"[A-Za-z0-9_][\w.+-]*")
_TARGET = "rehearsal.command"

_QUESTIONS = (
    ("manage.py", "migrate", "showmigrations"),
    ("django-admin", "migrate", "showmigrations"),
    ("django", "migrate", "showmigrations"),
    ("alembic", "upgrade", "current"),
    ("db", "upgrade", "current"),
)
"""The same tool's question by its program and verb: Django, Alembic, and Flask-Migrate's `db`."""


class CommandError(Exception):
    """The project's command may not be run, or does not do its work. `unchecked` says why."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.unchecked = Unchecked(target=_TARGET, reason=reason, hint=hint)


class Commands:
    """The project's commands, on one server of ours."""

    def __init__(self, settings: RehearsalSettings, server: PostgresServer, root: Path) -> None:
        self._settings = settings
        self._server = server
        self._folder = root / (settings.folder or ".")
        self._up = _words("command", settings.command)
        self._down = _words("down", settings.down)
        self._question = _words("question", settings.question) or question_of(self._up)

    @property
    def has_down(self) -> bool:
        """Whether the settings name a way down."""
        return bool(self._down)

    def allow(self) -> None:
        """Find out whether the commands reach our server. Raises CommandError where they do not, or
        where that cannot be told.
        """
        words = (*self._up, *self._down, *self._question)
        for what in points_elsewhere(words, self._settings.environment):
            raise CommandError(what, "leave that to DATABASE_URL, or write `{url}` or `{host}`")
        if not self._question:
            raise CommandError(
                "no command is known that asks this tool's database and changes nothing",
                "name one in `rehearsal.question`, such as `flask db current`",
            )
        database = self._server.create_database()
        try:
            done = self._run(self._question, database, {}, _QUESTION_SECONDS)
            if not self._was_visited(database):
                raise CommandError(
                    f"`{shlex.join(self._question)}` did not reach the throw-away server, so the"
                    f" command might run on another one: {done.said}",
                    "let the project read DATABASE_URL or libpq's PGHOST, PGPORT, PGUSER,"
                    " PGPASSWORD and PGDATABASE, or name its own variables in"
                    " `rehearsal.environment`",
                )
        finally:
            self._server.drop_database(database)

    def build(self, facts: HistoryFacts, database: str) -> None:
        """Run what the base has: up to each of its migrations that no other of them follows.

        Raises CommandError.
        """
        for migration in _heads(facts):
            done = self.up(migration, database)
            if not done.is_well:
                raise CommandError(
                    f"the base's migrations do not run: {done.said}",
                    "run the command by hand on an empty database",
                )

    def up(self, migration: Migration, database: str) -> Done:
        """Up to one migration."""
        return self._run(self._up, database, _parts(migration), _PATIENCE_SECONDS)

    def down(self, facts: HistoryFacts, migration: Migration, database: str) -> Done:
        """Back to what was there before one migration."""
        parts = {**_parts(migration), "before": before(facts, migration)}
        return self._run(self._down, database, parts, _PATIENCE_SECONDS)

    def _run(
        self, words: Sequence[str], database: str, parts: Mapping[str, str], seconds: float
    ) -> Done:
        for name, text in parts.items():
            if not _NAME.fullmatch(text):  # it would be read as an option
                return Done(code=None, said=f"{name} {text!r} is no plain word")
        there = self._server.outside
        places = {
            "url": self._server.url(database),
            "host": there.host,
            "port": str(there.port),
            "user": there.user,
            "password": there.password,
            "database": database,
        }
        given = {n: _filled(text, places) for n, text in self._settings.environment.items()}
        return run_command(
            [_filled(word, {**places, **parts}) for word in words],
            self._folder,
            scrubbed(os.environ, self._server.environ(database), given),
            timeout_seconds=seconds,
        )

    def _was_visited(self, database: str) -> bool:
        """Whether there was a session in a database that none of ours ever entered; the server
        writes it down when the session ends.
        """
        count = "sessions" if self._server.major >= 14 else "xact_commit + xact_rollback"
        asked = f"SELECT {count} FROM pg_stat_database WHERE datname = {literal(database)}"
        end = time.monotonic() + 2
        while time.monotonic() < end:
            with self._server.connect(self._server.maintenance) as session:
                if int(session.value(asked) or 0):
                    return True
            time.sleep(0.1)
        return False


def question_of(words: Sequence[str]) -> tuple[str, ...]:
    """The question of a known tool: its command up to the verb, and another verb."""
    for at in range(1, len(words)):
        names = {word.replace("\\", "/").rpartition("/")[2] for word in words[:at]}
        for program, verb, question in _QUESTIONS:
            if verb == words[at] and program in names:
                return (*words[:at], question)
    return ()


def before(facts: HistoryFacts, migration: Migration) -> str:
    """What a tool calls the state before a migration; "" where several were merged."""
    history = facts.history
    if history.framework is Framework.DJANGO:
        app = migration.version.partition(".")[0]
        own = [each for each in migration.after if each.partition(".")[0] == app]
        return own[0].partition(".")[2] if len(own) == 1 else "" if own else "zero"
    if history.framework is Framework.ALEMBIC:
        return (migration.after or ("base",))[0] if len(migration.after) < 2 else ""
    at = history.migrations.index(migration)
    return history.migrations[at - 1].version if at else "0"


def _heads(facts: HistoryFacts) -> Iterator[Migration]:
    """The base's migrations that no other of the base follows."""
    applied = [each for each in facts.history.migrations if not facts.is_new(each)]
    followed = {version for each in applied for version in each.after}
    is_graph = facts.history.framework in (Framework.DJANGO, Framework.ALEMBIC)
    yield from (
        [each for each in applied if each.version not in followed] if is_graph else applied[-1:]
    )


def _parts(migration: Migration) -> Mapping[str, str]:
    app, _, name = migration.version.rpartition(".")
    parts = {"version": migration.version, "name": name if app else migration.name}
    return {**parts, "app": app} if app else parts


def _filled(text: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _words(name: str, text: str | None) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(text or ""))
    except ValueError as error:
        raise CommandError(f"`rehearsal.{name}` cannot be read: {error}", "mend it") from error

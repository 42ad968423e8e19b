"""Where, and in which phase of a deploy, migrations are run."""

import enum

from launchready.facts.migrations import Framework
from launchready.frozen import frozen
from launchready.model import FileLocation


class Phase(enum.Enum):
    """When a command runs in the life of a release."""

    BUILD = "when the image is built"
    RELEASE = "once for each release, before it starts"
    START = "each time a process starts"
    INIT = "before each pod starts"
    CODE = "each time the program starts, by its own code"


AT_START = frozenset({Phase.START, Phase.INIT, Phase.CODE})
"""The phases that every replica goes through, and every restart."""


@frozen
class MigrateCommand:
    """A command (or call) that runs migrations. `text` is the line; `location` is where it stands,
    `called_from` where the file that it stands in is called, outermost first.

    `tool` is None where only the name of a script tells. `replicas` is how many processes run it,
    as far as a file says. `is_locked` says that something else, an advisory lock in the same
    script, keeps two from running at once. `opt_in` names a variable without which it does not run.
    `goes_on` says that the process then serves.
    """

    tool: Framework | None
    text: str
    phase: Phase
    location: FileLocation
    called_from: tuple[FileLocation, ...] = ()
    replicas: int | None = None
    is_locked: bool = False
    opt_in: str = ""
    goes_on: bool = True


@frozen
class Move:
    """A step of a pipeline that migrates, or that puts new code into use."""

    is_deploy: bool
    text: str
    location: FileLocation


@frozen
class PipelineFacts:
    """The moves of one pipeline, in the order in which they run for certain: those of a job after
    those of the jobs that it needs.
    """

    path: str
    moves: tuple[Move, ...]


@frozen
class StartupFacts:
    """All of a repository's commands that migrate, and its pipelines."""

    commands: tuple[MigrateCommand, ...] = ()
    pipelines: tuple[PipelineFacts, ...] = ()


LOCKS = frozenset(
    {
        Framework.RAILS,
        Framework.PRISMA,
        Framework.FLYWAY,
        Framework.LIQUIBASE,
        Framework.GOLANG_MIGRATE,
        Framework.KNEX,
        Framework.NODE_PG_MIGRATE,
        Framework.SQLX,
        Framework.SQITCH,
    }
)
"""Tools that let one process migrate at a time: by an advisory lock (Rails' Migrator, Prisma,
golang-migrate, node-pg-migrate, sqlx, Flyway, Sqitch since 1.3) or a table of their own
(Liquibase's DATABASECHANGELOGLOCK, Knex' knex_migrations_lock). The others do not: see
https://github.com/amacneil/dbmate/issues/101, https://github.com/drizzle-team/drizzle-orm/issues/874,
https://github.com/typeorm/typeorm/issues/4588, https://github.com/pressly/goose/issues/335 (by its
library alone).
"""

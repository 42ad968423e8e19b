"""The settings of migration-check."""

from collections.abc import Mapping

from launchready.config.setting import Surface, setting
from launchready.frozen import frozen


@frozen
class RehearsalSettings:
    """How the project's own command is run in a rehearsal, and what else is known for it."""

    command: str | None = setting(
        "The tool's own command that brings a database up to one migration, in place of the SQL"
        " that is read from the files: it runs the project's code, on the throw-away server."
        " `{version}`, and for Django `{app}` and `{name}`, are the migration's.",
        default=None,
        examples=("python manage.py migrate {app} {name}", "alembic upgrade {version}"),
    )
    down: str | None = setting(
        "The same back to the migration before, `{before}`.",
        default=None,
        examples=("python manage.py migrate {app} {before}", "alembic downgrade {before}"),
    )
    question: str | None = setting(
        "A command of the same tool that asks the database and changes nothing. It is run first,"
        " and nothing else is unless it reaches the throw-away server. Known for Django, Alembic"
        " and Flask-Migrate.",
        default=None,
        examples=("bin/rails db:migrate:status",),
    )
    folder: str | None = setting(
        "Folder in which the commands are run, where it is not the top.",
        default=None,
        examples=("apps/api",),
    )
    environment: Mapping[str, str] = setting(
        "Variables for the commands besides DATABASE_URL and libpq's (PGHOST, PGPORT, PGUSER,"
        " PGPASSWORD, PGDATABASE); of the run's own, only what a program needs to start is passed"
        " on. `{url}`, `{host}`, `{port}`, `{user}`, `{password}` and `{database}` are the"
        " throw-away server's.",
        default={},
        examples=({"DB_HOST": "{host}", "DB_PORT": "{port}", "SECRET_KEY": "rehearsal"},),
    )
    queries: str | None = setting(
        "File with the running release's own queries, as SQL or as a log of PostgreSQL with"
        " `log_statement = all`: those that no longer work after a migration are told. None is run,"
        " only explained; MySQL and MariaDB prepare it.",
        default=None,
        examples=("tests/queries.sql",),
        metavar="FILE",
    )
    sizes: str | None = setting(
        "File with the sizes of production's tables, a line each, such as `users 12000000` or"
        " `orders: 40 GB`: from them comes an estimate of how long a lock lasts.",
        default=None,
        examples=("db/sizes.txt",),
        metavar="FILE",
    )


@frozen
class MigrationCheckSettings:
    """Which database the migrations are for, and what is known of how they are run."""

    staged: bool = setting(
        "Read the files as the next commit would record them, in place of the work tree.",
        default=False,
        surfaces=Surface.OPTION,
    )
    exclude: tuple[str, ...] = setting(
        "Files that are not read at all, as in lines of .gitignore.",
        default=(),
        examples=(("examples/", "legacy/migrations/"),),
    )
    all: bool = setting(
        "Judge every migration, not only those that the base branch does not have.",
        default=False,
        surfaces=Surface.OPTION,
    )
    database: str | None = setting(
        "The production database and its version, such as `postgresql 16`, `mysql 8.0`, `mariadb"
        " 10.11`, `sqlite`. Without it, what the repository says, else `postgresql 16`.",
        default=None,
        pattern=r"^(postgresql|mysql|mariadb|sqlite)( \d+(\.\d+)*)?$(?!\n)",
        takes="an engine and its version, such as `postgresql 16`",
        examples=("postgresql 15",),
    )
    lock_timeout: str | None = setting(
        "The lock_timeout that your role, your connection or your runner sets for migrations, such"
        " as `5s`.",
        default=None,
        examples=("5s",),
    )
    statement_timeout: str | None = setting(
        "The statement_timeout that is set for migrations in the same way.",
        default=None,
        examples=("15min",),
    )
    folders: tuple[str, ...] = setting(
        "Folders of plain SQL files to take for migrations, in the order of their names, where no"
        " tool's own signs tell.",
        default=(),
        examples=(("db/sql",),),
    )
    small: tuple[str, ...] = setting(
        "Tables so small that no lock on them is noticed: look-up tables, settings.",
        default=(),
        examples=(("plans", "feature_flags"),),
    )
    notes: bool = setting(
        "Report what is worth a thought as well: locks that last a moment, types that grow too"
        " small, columns without time zone, statements that cannot be repeated.",
        default=False,
    )
    fix: bool = setting(
        "Write the safe form of new migrations where a program can tell that the database is the"
        " same in the end: indexes built concurrently, constraints checked after they are added."
        " What is merged already is never touched.",
        default=False,
        surfaces=Surface.OPTION,
    )
    diff: bool = setting(
        "Show what `--fix` would change, as a diff, and write nothing.",
        default=False,
        surfaces=Surface.OPTION,
    )
    rehearse: bool = setting(
        "Run the new migrations on a PostgreSQL or MariaDB that is started for it and thrown away,"
        " and say what happened: locks, rewrites, failures, whether the running release still"
        " works, whether the down brings everything back.",
        default=False,
        surfaces=Surface.FILE | Surface.OPTION | Surface.INPUT,
    )
    server: str | None = setting(
        "Address of a PostgreSQL server to throw away for the rehearsal, in place of one that is"
        " started: databases are made on it and dropped. Never name production's.",
        default=None,
        surfaces=Surface.OPTION,
        metavar="DSN",
    )
    schema: str | None = setting(
        "File with production's schema, as `pg_dump --schema-only` or `mysqldump --no-data` prints"
        " it, for the rehearsal;"
        " else the migrations of the base are run.",
        default=None,
        examples=("db/structure.sql",),
        metavar="FILE",
    )
    seed: str | None = setting(
        "File of SQL with rows for the rehearsal, where made-up ones do not do.",
        default=None,
        examples=("tests/seed.sql",),
        metavar="FILE",
    )
    rehearsal: RehearsalSettings = setting(
        "The project's own command for the rehearsal, and what else is known for it.",
        default=RehearsalSettings(),
    )

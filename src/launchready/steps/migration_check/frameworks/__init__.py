"""The tools that run migrations: how each is recognised, and how its files are read.

A reader never runs the project's code. What it cannot follow becomes `Opaque`, or the script's
`problem`; what it makes of operations is SQL as the tool would send it.

A reader is imported where the repository has a file whose name may be one of its own: there are
hundreds of modules of them, and a repository asks for two or three.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module

from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.finding import Found, Reader

__all__ = ["Found", "Reader", "readers_for"]

_CODE = Regex(r"migrations/[^/\n]+\.py\n")
_RUBY = Regex(r"migrate\w*/[^\n]*\.rb\n")
_SCRIPT = Regex(
    r"(?:migrat[^/\n]*/[^\n]*|knexfile|knex\.config|ormconfig[^/\n]*|data-?source[^/\n]*"
    r"|typeorm[^/\n]*)\.[cm]?[jt]s\n|\.sequelizerc\n"
)
_SQL = Regex(r"\.sql\n")
_SQL_OR_GO = Regex(r"\.(?:sql|go)\n")
_PRISMA = Regex(r"migration\.sql\n")

_ROWS: tuple[tuple[Regex[str], str, str], ...] = (
    (_CODE, "django", "READER"),
    (Regex(r"(?:env\.py|script\.py\.mako|alembic\.ini|pyproject\.toml)\n"), "alembic", "READER"),
    (_RUBY, "rails", "READER"),
    (Regex(r"(?:_journal\.json|migration\.sql)\n"), "drizzle", "READER"),
    (_PRISMA, "prisma", "READER"),
    (Regex(r"supabase/migrations/"), "supabase", "READER"),
    (_SQL_OR_GO, "goose", "READER"),
    (_SQL, "dbmate", "READER"),
    (Regex(r"sqitch\.plan\n"), "sqitch", "READER"),
    (
        Regex(r"(?:change[-_]?log|changeset|liquibase)[^\n]*\.(?:xml|ya?ml|json|sql)\n"),
        "liquibase",
        "READER",
    ),
    (_SQL, "flyway", "READER"),
    (Regex(r"(?:up|down)\.sql\n"), "diesel", "READER"),
    (_SQL, "pairs", "SQLX"),
    (_SQL, "pairs", "GOLANG_MIGRATE"),
    (_SCRIPT, "typeorm", "READER"),
    (_SCRIPT, "sequelize", "READER"),
    (_SCRIPT, "node_pg_migrate", "READER"),
    (_SCRIPT, "knex", "READER"),
    (_SQL, "plain", "READER"),
)
"""In the order of how sure their signs are: a folder is the first one's that finds it. The first
of each row is looked for among the names of all files in lower case, one a line: where it is not,
the reader finds nothing; the others are its module and name.
"""


def readers_for(names: Iterable[str]) -> Iterator[Reader]:
    """The readers that may find migrations among files of these names, the surest first."""
    lines = "".join(f"{name}\n" for name in names).lower()
    for sign, module, name in _ROWS:
        if sign.search(lines):
            reader: Reader = getattr(import_module(f"{__name__}.{module}"), name)
            yield reader

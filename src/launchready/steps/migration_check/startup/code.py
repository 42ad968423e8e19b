"""Programs that migrate by their own code while they start.

Only files that a program begins in are looked at, and only where the call and the start stand in
the same file: what a script called `migrate` does is a command of its own.
"""

from collections.abc import Iterator

from launchready.facts.migrations import Framework
from launchready.facts.startup import MigrateCommand, Phase
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.sql_files import is_foreign, last_of

_PYTHON = frozenset(
    {
        "main.py",
        "app.py",
        "server.py",
        "asgi.py",
        "lifespan.py",
        "startup.py",
        "application.py",
        "__init__.py",
        "factory.py",
    }
)
_JAVASCRIPT = Regex(
    r"(?:index|main|server|app|bootstrap|instrumentation|start|data-?source|ormconfig|app\.module|database\.module|database)"
    r"\.[cm]?[jt]s"
)
_STARTS_PYTHON = Regex(
    r"\blifespan\b|on_event\(\s*[\"']startup|\bon_startup\b|\bdef startup\b|before_serving"
)
_IN_PYTHON = (
    (Framework.ALEMBIC, Regex(r"\b(?:command|alembic\.command)\.upgrade\s*\(")),
    (Framework.DJANGO, Regex(r"\bcall_command\(\s*[\"']migrate[\"']")),
    (
        None,
        Regex(
            r"(?m)^[ \t]+(?:await\s+)?(?:\w+\.)?(?:run|apply|upgrade)_(?:\w+_)?"
            r"(?:migrations?|database)\s*\("
        ),
    ),
)
_IN_JAVASCRIPT = (
    (Framework.TYPEORM, Regex(r"\bmigrationsRun\s*:\s*true\b|\.runMigrations\s*\(")),
    (Framework.DRIZZLE, Regex(r"\bmigrate\(\s*\w+\s*,\s*\{\s*migrationsFolder\b")),
    (Framework.KNEX, Regex(r"\.migrate\.latest\s*\(")),
    (Framework.SEQUELIZE, Regex(r"\bumzug\w*\.up\s*\(")),
)
_IN_GO = (
    (Framework.GOOSE, Regex(r"\bgoose\.Up(?:Context)?\s*\(")),
    (Framework.GOLANG_MIGRATE, Regex(r"(?s)golang-migrate/migrate.*\b\w+\.Up\(\)")),
)
_IN_RUST = (
    (Framework.SQLX, Regex(r"\bsqlx::migrate!\s*\([^)]*\)\s*\.run\s*\(|\bMIGRATOR\s*\.run\s*\(")),
    (Framework.DIESEL, Regex(r"\.run_pending_migrations\s*\(")),
)
_SERVES_GO = Regex(r"\bListenAndServe|\.Listen\(|\.Run\(|\.Start\(|\.Serve\(")
_SERVES_RUST = Regex(r"\baxum::serve|\bHttpServer::new|\brocket::|\.serve\(|TcpListener::bind")
_MOST = 200_000
"""Characters of a file beyond which nobody wrote it by hand."""


def of_code(files: Files) -> Iterator[MigrateCommand]:
    """The calls that migrate in files that a program begins in."""
    for path in files.names:
        last = last_of(path)
        if is_foreign(path) or "migrat" in path.lower() or "/scripts/" in f"/{path}":
            continue
        patterns, starts = _rules_for(last)
        if not patterns:
            continue
        text = files.text(path) or ""
        if len(text) > _MOST or (starts is not None and not starts.search(text)):
            continue
        for tool, pattern in patterns:
            if match := pattern.search(text):
                line = text.count("\n", 0, match.end()) + 1
                yield MigrateCommand(
                    tool=tool,
                    text=" ".join(text.split("\n")[line - 1].split())[:120],
                    phase=Phase.CODE,
                    location=FileLocation(path=path, line=line),
                    is_locked="advisory_lock" in text or "withSessionLocker" in text,
                )
                break


def _rules_for(
    last: str,
) -> tuple[tuple[tuple[Framework | None, "Regex[str]"], ...], "Regex[str] | None"]:
    if last in _PYTHON:
        return _IN_PYTHON, _STARTS_PYTHON
    if _JAVASCRIPT.fullmatch(last):
        return _IN_JAVASCRIPT, None
    if last == "main.go":
        return _IN_GO, _SERVES_GO
    if last == "main.rs":
        return _IN_RUST, _SERVES_RUST
    return (), None

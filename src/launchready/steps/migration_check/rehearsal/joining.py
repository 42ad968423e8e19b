"""Starts the servers that a rehearsal needs, and rehearses every history of new migrations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from launchready.facts.catalogue import Server
from launchready.facts.migrations import ActFacts, HistoryFacts
from launchready.facts.rehearsal import RehearsalFacts
from launchready.facts.schema import Engine
from launchready.gateways import Gateways
from launchready.gateways.postgres.server import PostgresServer, identifier
from launchready.gateways.postgres.throwaway import throwaway_postgres
from launchready.model import Unchecked
from launchready.steps.migration_check.engines import DEFAULTS
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.rehearsal.commanding import CommandError, Commands
from launchready.steps.migration_check.rehearsal.matching import joined
from launchready.steps.migration_check.rehearsal.postgres_site import rehearse_postgres
from launchready.steps.migration_check.rehearsal.queries import MOST, queries_of
from launchready.steps.migration_check.rehearsal.rehearse import Given
from launchready.steps.migration_check.rehearsal.sizes import sizes_of
from launchready.steps.migration_check.settings import MigrationCheckSettings


def rehearsed(
    seen: Sequence[object], settings: MigrationCheckSettings, files: Files, gateways: Gateways
) -> Iterator[object]:
    """All facts, those of new migrations with what these did."""
    texts = {name: (files.text(path) or "") if path else "" for name, path in _named(settings)}
    yield from _missing(settings, files)
    sizes, wrong = sizes_of(texts["rehearsal.sizes"])
    if wrong:
        yield Unchecked(
            target=f"{settings.rehearsal.sizes}:{wrong[0]}",
            reason="the line tells no table's size",
            hint="write `users 12000000` or `orders: 40 GB`",
        )
    saw: dict[str, RehearsalFacts] = {}
    given = (*_served(seen, settings, gateways, texts), *_of_mysql(seen, settings, texts))
    for each in (*_lite(seen), *given):
        if isinstance(each, RehearsalFacts):
            saw[each.key] = each
        else:
            yield each
    yield from joined(seen, saw, sizes)


def _histories(seen: Iterable[object], engine: Engine) -> list[HistoryFacts]:
    found = (each for each in seen if isinstance(each, HistoryFacts))
    return [each for each in found if each.history.engine is engine and each.new]


def _lite(seen: Sequence[object]) -> Iterator[RehearsalFacts | Unchecked]:
    """The histories for SQLite, which needs no server."""
    for history in _histories(seen, Engine.SQLITE):
        from launchready.steps.migration_check.rehearsal.sqlite_rehearse import rehearse_sqlite

        yield from rehearse_sqlite(history)


def _served(
    seen: Sequence[object],
    settings: MigrationCheckSettings,
    gateways: Gateways,
    texts: Mapping[str, str],
) -> Iterator[RehearsalFacts | Unchecked]:
    """The histories for PostgreSQL, on one server."""
    histories = _histories(seen, Engine.POSTGRESQL)
    if not histories:
        return
    of_postgres = (each for each in _acts(seen) if each.server.engine is Engine.POSTGRESQL)
    wanted = next((each.server.version[0] for each in of_postgres), None)
    with throwaway_postgres(dsn=settings.server or "", major=wanted) as server:
        if isinstance(server, Unchecked):
            yield server
            return
        given = _given(settings, server, gateways, texts, _touched(seen))
        if isinstance(given, Unchecked):
            yield given
            return
        roles = server.roles()
        for history in histories:
            yield from rehearse_postgres(history, server, given)
        yield from _left(server, roles)


def _of_mysql(
    seen: Sequence[object], settings: MigrationCheckSettings, texts: Mapping[str, str]
) -> Iterator[RehearsalFacts | Unchecked]:
    """The histories for MariaDB and MySQL, on one MariaDB."""
    histories = [*_histories(seen, Engine.MARIADB), *_histories(seen, Engine.MYSQL)]
    if not histories:
        return
    from launchready.gateways.mariadb.throwaway import throwaway_mariadb
    from launchready.steps.migration_check.rehearsal.mariadb_site import rehearse_mariadb

    queries = queries_of(settings.rehearsal.queries or "", texts["rehearsal.queries"], Engine.MYSQL)
    given = Given(
        schema=texts["schema"],
        seed=texts["seed"],
        queries=tuple(islice(queries, MOST)),
        touched=_touched(seen),
    )
    if settings.rehearsal.command:
        yield Unchecked(
            target="rehearsal.command",
            reason="it is not run for MariaDB and MySQL, only the SQL that was read from the files",
            hint="read beside what is told of code that was not followed",
        )
    with throwaway_mariadb() as server:
        if isinstance(server, Unchecked):
            yield server
            return
        for history in histories:
            yield from rehearse_mariadb(history, server, given, _wanted(seen, history))


def _wanted(seen: Iterable[object], history: HistoryFacts) -> Server:
    """The server that a history is for."""
    engine = history.history.engine
    told = (each.server for each in _acts(seen) if each.history is history.history)
    return next(told, Server(engine=engine, version=DEFAULTS[engine]))


def _given(
    settings: MigrationCheckSettings,
    server: PostgresServer,
    gateways: Gateways,
    texts: Mapping[str, str],
    touched: Mapping[str, set[str]],
) -> Given | Unchecked:
    """What the settings give; Unchecked where the project's command may not be run."""
    commands = None
    if settings.rehearsal.command:
        allowed = _commands(settings, server, gateways)
        if isinstance(allowed, Unchecked):
            return allowed
        commands = allowed
    queries = queries_of(settings.rehearsal.queries or "", texts["rehearsal.queries"])
    return Given(
        schema=texts["schema"],
        seed=texts["seed"],
        queries=tuple(islice(queries, MOST)),
        commands=commands,
        touched=touched,
    )


def _commands(
    settings: MigrationCheckSettings, server: PostgresServer, gateways: Gateways
) -> Commands | Unchecked:
    """The project's commands, once it is known that they may be run and where they lead."""
    if gateways.why_untrusted:
        return Unchecked(
            target="rehearsal.command",
            reason=f"it runs the project's code, and {gateways.why_untrusted}",
            hint="rehearse where the code is your own",
        )
    try:
        commands = Commands(settings.rehearsal, server, gateways.root)
        commands.allow()
    except CommandError as error:
        return error.unchecked
    return commands


def _acts(seen: Iterable[object]) -> Iterator[ActFacts]:
    return (each for each in seen if isinstance(each, ActFacts))


def _left(server: PostgresServer, roles: frozenset[str]) -> Iterator[Unchecked]:
    """Roles that were made on the user's server, which outlive the databases."""
    if server.is_borrowed and (left := sorted(server.roles() - roles)):
        yield Unchecked(
            target="rehearsal",
            reason=f"roles that a migration made are left on your server: {', '.join(left)}",
            hint=f"DROP ROLE {', '.join(map(identifier, left))}",
        )


def _missing(settings: MigrationCheckSettings, files: Files) -> Iterator[Unchecked]:
    for name, path in _named(settings):
        if path and path not in files:
            yield Unchecked(
                target=path,
                reason="there is no such file",
                hint=f"mend `{name}` in launchready.yml",
            )


def _named(settings: MigrationCheckSettings) -> tuple[tuple[str, str | None], ...]:
    """The files that settings name."""
    return (
        ("schema", settings.schema),
        ("seed", settings.seed),
        ("rehearsal.queries", settings.rehearsal.queries),
        ("rehearsal.sizes", settings.rehearsal.sizes),
    )


def _touched(seen: Iterable[object]) -> Mapping[str, set[str]]:
    """The tables that others may have to wait for, by migration."""
    found: dict[str, set[str]] = {}
    for each in _acts(seen):
        locked = (name for name, lock in each.effect.locks.items() if lock.blocks_writes)
        found.setdefault(each.migration.key, set()).update(locked, each.effect.changes)
    return found

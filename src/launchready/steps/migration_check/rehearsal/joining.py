"""Puts what a rehearsal saw beside what was expected: confirmed, refuted, or not exercised."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from launchready.facts.catalogue import Effect
from launchready.facts.migrations import ActFacts, HistoryFacts, MigrationFacts
from launchready.facts.rehearsal import RehearsalFacts, Rehearsed
from launchready.facts.schema import Engine
from launchready.gateways import Gateways
from launchready.gateways.postgres.server import PostgresServer
from launchready.gateways.postgres.throwaway import throwaway_postgres
from launchready.model import Unchecked
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.rehearsal.commanding import CommandError, Commands
from launchready.steps.migration_check.rehearsal.rehearse import rehearse
from launchready.steps.migration_check.settings import MigrationCheckSettings

NOT_EXERCISED = "not exercised by the rehearsal"


def rehearsed(
    seen: Sequence[object], settings: MigrationCheckSettings, files: Files, gateways: Gateways
) -> Iterator[object]:
    """All facts, those of PostgreSQL's new migrations with what a server did."""
    given = {}
    for name, path in (("schema", settings.schema), ("seed", settings.seed)):
        given[name] = (files.text(path) or "") if path else ""
        if path and path not in files:
            yield Unchecked(
                target=path,
                reason="there is no such file",
                hint=f"mend `{name}` in launchready.yml",
            )
    histories = [
        each
        for each in seen
        if isinstance(each, HistoryFacts) and each.history.engine is Engine.POSTGRESQL
    ]
    if not histories:
        yield from seen
        return
    wanted = next((each.server.version[0] for each in _acts(seen)), None)
    with throwaway_postgres(dsn=settings.server or "", major=wanted) as server:
        if isinstance(server, Unchecked):
            yield server
            yield from seen
            return
        saw: dict[str, RehearsalFacts] = {}
        commands = None
        if settings.rehearsal.command:
            allowed = _commands(settings, server, gateways)
            if isinstance(allowed, Unchecked):
                yield allowed
                yield from seen
                return
            commands = allowed
        for history in histories:
            for each in rehearse(
                history,
                server,
                schema=given["schema"],
                seed_sql=given["seed"],
                commands=commands,
            ):
                if isinstance(each, RehearsalFacts):
                    saw[each.key] = each
                else:
                    yield each
    yield from _joined(seen, saw)


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


def _joined(seen: Sequence[object], saw: Mapping[str, RehearsalFacts]) -> Iterator[object]:
    losses: dict[str, set[str]] = {}
    known: dict[str, set[str]] = {}
    for each in seen:
        match each:
            case ActFacts(migration=migration, effect=effect) if migration.key in saw:
                losses.setdefault(migration.key, set()).update(lost.full for lost in effect.losses)
                known.setdefault(migration.key, set()).update(
                    effect.rewrites, effect.scans, effect.builds, effect.changes
                )
                yield _beside(each, saw[migration.key])
            case MigrationFacts(migration=migration) if migration.key in saw:
                yield each
                told = saw[migration.key]
                yield replace(
                    told,
                    expected=frozenset(losses.get(migration.key, ())),
                    known=frozenset(known.get(migration.key, ())),
                )
            case _:
                yield each


def _beside(facts: ActFacts, saw: RehearsalFacts) -> ActFacts:
    """An act with what the server did for its statement."""
    done = saw.statements.get((facts.statement.place, facts.statement.sql))
    if done is None or done.error:
        return replace(facts, proof=NOT_EXERCISED)
    effect, refuted = _corrected(facts.effect, done)
    return replace(
        facts,
        rehearsed=done,
        effect=effect,
        refuted=refuted,
        proof=_proof(facts, effect, done, saw),
    )


def _corrected(effect: Effect, done: Rehearsed) -> tuple[Effect, tuple[str, ...]]:
    """The effect without what did not happen on tables that had rows, and what that was."""
    refuted: list[str] = []
    rewrites = _confirmed(effect.rewrites, done.rewrites, done, "is not written anew", refuted)
    scans = _confirmed(effect.scans, done.scans, done, "is not read whole", refuted)
    return replace(effect, rewrites=rewrites, scans=scans), tuple(refuted)


def _confirmed(
    expected: Sequence[str],
    happened: Iterable[str],
    done: Rehearsed,
    words: str,
    refuted: list[str],
) -> tuple[str, ...]:
    found = frozenset(happened)
    kept = []
    for table in expected:
        if table in found or not done.rows.get(table):
            kept.append(table)
        else:
            refuted.append(f"`{table}` {words}")
    return tuple(kept)


def _proof(facts: ActFacts, effect: Effect, done: Rehearsed, saw: RehearsalFacts) -> str:
    """How what is said of the act ended, in words."""
    names = {lost.full for lost in effect.losses}
    broken = [probe for probe in saw.probes if names & probe.names]
    if broken:
        return f"confirmed: what the release {broken[0].source} in `{broken[0].table}` fails"
    parts = []
    for table in dict.fromkeys((*effect.rewrites, *effect.scans, *effect.builds)):
        rows = done.rows.get(table)
        lock = done.locks.get(table)
        if rows and lock:
            verb = "written anew" if table in effect.rewrites else "read"
            parts.append(f"{rows} rows of `{table}` {verb} under {lock.label}")
    if parts:
        return f"confirmed on {saw.server}: {', '.join(parts)}"
    if any(relation in done.locks for relation in effect.locks):
        return f"confirmed on {saw.server}"
    return NOT_EXERCISED

"""Puts what a rehearsal saw beside the facts of the migrations that it ran."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from launchready.facts.migrations import ActFacts, MigrationFacts
from launchready.facts.rehearsal import RehearsalFacts
from launchready.facts.schema import Engine
from launchready.steps.migration_check.rehearsal.proving import NOT_EXERCISED, beside
from launchready.steps.migration_check.rehearsal.sizes import Size


def joined(
    seen: Sequence[object], saw: Mapping[str, RehearsalFacts], sizes: Mapping[str, Size]
) -> Iterator[object]:
    """All facts, the acts with their proof, and beside each migration what was seen of it."""
    losses: dict[str, set[str]] = {}
    known: dict[str, set[str]] = {}
    expected = _expected(each for each in seen if isinstance(each, ActFacts))
    for each in seen:
        match each:
            case ActFacts(migration=migration, effect=effect) if migration.key in saw:
                losses.setdefault(migration.key, set()).update(lost.full for lost in effect.losses)
                known.setdefault(migration.key, set()).update(
                    effect.rewrites, effect.scans, effect.builds, effect.changes
                )
                told = replace(each, expected=expected[_statement(each)])
                yield _proved(told, saw[migration.key], sizes)
            case MigrationFacts(migration=migration) if migration.key in saw:
                yield each
                yield replace(
                    saw[migration.key],
                    expected=frozenset(losses.get(migration.key, ())),
                    known=frozenset(known.get(migration.key, ())),
                )
            case _:
                yield each


def _proved(facts: ActFacts, saw: RehearsalFacts, sizes: Mapping[str, Size]) -> ActFacts:
    """An act with what the server did for its statement, where it came to it."""
    done = saw.statements.get((facts.statement.place, facts.statement.sql))
    if done is None or done.error:
        return replace(facts, proof=NOT_EXERCISED)
    if facts.server.engine in (Engine.MARIADB, Engine.MYSQL):
        from launchready.steps.migration_check.rehearsal.mariadb_proving import beside_mariadb

        return beside_mariadb(facts, done, saw, sizes)
    return beside(facts, done, saw, sizes)


def _statement(facts: ActFacts) -> tuple[object, str]:
    return facts.statement.place, facts.statement.sql


def _expected(acts: Iterable[ActFacts]) -> Mapping[tuple[object, str], frozenset[str]]:
    """The tables that any act of a statement is known to write anew, read whole or change."""
    found: dict[tuple[object, str], frozenset[str]] = {}
    for each in acts:
        effect = each.effect
        tables = (*effect.rewrites, *effect.scans, *effect.builds, *effect.changes)
        found[_statement(each)] = found.get(_statement(each), frozenset()).union(tables)
    return found

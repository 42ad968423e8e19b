"""How what is said of an act ended on a MariaDB: by the clauses that the server takes for it.

MySQL does some changes in other ways (a column dropped at once since 8.0.29, a CHECK added by a
copy): of its migrations the same is told as seen on MariaDB, and nothing is confirmed or refuted.
"""

from collections.abc import Mapping
from dataclasses import replace

from launchready.facts.catalogue import Effect, Lock
from launchready.facts.migrations import ActFacts
from launchready.facts.rehearsal import RehearsalFacts, Rehearsed
from launchready.facts.schema import Engine
from launchready.steps.migration_check.rehearsal.proving import (
    NOT_EXERCISED,
    breaks,
    confirmed,
    estimates,
    waits,
)
from launchready.steps.migration_check.rehearsal.sizes import Size

_ALIKE = {"NOCOPY": "INPLACE"}
"""MariaDB's own word for an INPLACE that rebuilds nothing, and MySQL's."""


def beside_mariadb(
    facts: ActFacts, done: Rehearsed, saw: RehearsalFacts, sizes: Mapping[str, Size]
) -> ActFacts:
    """An act with what the server did for its statement."""
    broken = breaks(facts.effect, saw)
    words = broken or _told(facts.effect, done, saw, sizes)
    if facts.server.engine is Engine.MYSQL:
        is_alike = bool(broken) or _is_expected(facts.effect, done)
        how = "seen on" if is_alike else "unproven, another way is taken on"
        proof = f"{how} {saw.server}: {words}" if words else NOT_EXERCISED
        return replace(facts, rehearsed=done, proof=proof)
    effect, refuted = _corrected(facts.effect, done)
    ended = "refuted" if refuted else "confirmed"
    proof = f"{ended} on {saw.server}: {words}" if words else NOT_EXERCISED
    return replace(facts, rehearsed=done, effect=effect, refuted=refuted, proof=proof)


def _is_expected(effect: Effect, done: Rehearsed) -> bool:
    """Whether the server takes the algorithm that MySQL is expected to."""
    return not done.algorithm or _ALIKE.get(done.algorithm, done.algorithm) == effect.algorithm


def _corrected(effect: Effect, done: Rehearsed) -> tuple[Effect, tuple[str, ...]]:
    """The effect without what did not happen, and what that was."""
    refuted: list[str] = []
    rewrites = confirmed(effect.rewrites, done.rewrites, done, "is not written anew", refuted)
    locks = dict(effect.locks)
    work = {*effect.rewrites, *effect.builds}
    if done.algorithm == "INSTANT" or done.sharing == "NONE":
        for table, lock in effect.locks.items():
            if table in work and lock.blocks_writes:
                locks[table] = Lock.SHARE_UPDATE_EXCLUSIVE
                refuted.append(f"`{table}` keeps no writes waiting ({_clauses(done)})")
    algorithm = done.algorithm or effect.algorithm
    return replace(effect, rewrites=rewrites, locks=locks, algorithm=algorithm), tuple(refuted)


def _told(effect: Effect, done: Rehearsed, saw: RehearsalFacts, sizes: Mapping[str, Size]) -> str:
    parts = [_clauses(done)] if done.algorithm else []
    parts += [f"{done.rows.get(each, 0)} rows of `{each}` written anew" for each in done.rewrites]
    parts += [
        f"{done.changes[each]} rows of `{each}` changed"
        for each in effect.changes
        if each in done.changes
    ]
    if parts:
        parts += waits(effect, saw)
        parts += estimates(effect, sizes)
    return ", ".join(parts)


def _clauses(done: Rehearsed) -> str:
    return f"ALGORITHM={done.algorithm}, LOCK={done.sharing}"

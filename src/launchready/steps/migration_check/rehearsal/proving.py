"""How what is said of an act ended in the rehearsal: confirmed, refuted, or not exercised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from launchready.facts.catalogue import Effect, Lock
from launchready.facts.migrations import ActFacts
from launchready.facts.rehearsal import RehearsalFacts, Rehearsed
from launchready.steps.migration_check.rehearsal.sizes import (
    BUILDS,
    READS,
    REWRITES,
    Size,
    lasting,
)

NOT_EXERCISED = "not exercised by the rehearsal"


def beside(
    facts: ActFacts, done: Rehearsed, saw: RehearsalFacts, sizes: Mapping[str, Size]
) -> ActFacts:
    """An act with what the server did for its statement."""
    effect, refuted = _corrected(facts.effect, done)
    proof = _proof(effect, done, saw, sizes)
    if refuted and proof == NOT_EXERCISED:
        most = max(done.rows.values(), default=0)
        proof = f"refuted on {saw.server}, on tables of up to {most} rows"
    return replace(facts, rehearsed=done, effect=effect, refuted=refuted, proof=proof)


def _corrected(effect: Effect, done: Rehearsed) -> tuple[Effect, tuple[str, ...]]:
    """The effect without what did not happen on tables that had rows, and what that was."""
    refuted: list[str] = []
    rewrites = confirmed(effect.rewrites, done.rewrites, done, "is not written anew", refuted)
    scans = confirmed(effect.scans, done.scans, done, "is not read whole", refuted)
    locks = _taken(effect.locks, done, refuted)
    return replace(effect, rewrites=rewrites, scans=scans, locks=locks), tuple(refuted)


def _taken(expected: Mapping[str, Lock], done: Rehearsed, refuted: list[str]) -> Mapping[str, Lock]:
    """The locks as the server had them on tables that it shows, where they could be seen."""
    if done.is_alone:
        return expected
    taken = dict(expected)
    for table, lock in expected.items():
        seen = done.locks.get(table)
        if not lock.blocks_writes or table not in done.rows or (seen and seen >= lock):
            continue
        if seen and seen.stops == lock.stops:
            continue
        refuted.append(
            f"`{table}` is locked in {seen.label}" if seen else f"`{table}` is not locked"
        )
        taken.pop(table)
        if seen:
            taken[table] = seen
    return taken


def confirmed(
    expected: Sequence[str],
    happened: Iterable[str],
    done: Rehearsed,
    words: str,
    refuted: list[str],
) -> tuple[str, ...]:
    """Those of the tables where it happened or may have; `refuted` is added to for the others."""
    found = frozenset(happened)
    kept = []
    for table in expected:
        if table in found or not done.rows.get(table):
            kept.append(table)
        else:
            refuted.append(f"`{table}` {words}")
    return tuple(kept)


def _proof(effect: Effect, done: Rehearsed, saw: RehearsalFacts, sizes: Mapping[str, Size]) -> str:
    """How what is said of the act ended, in words."""
    if words := breaks(effect, saw):
        return f"confirmed: {words}"
    parts = []
    for table in dict.fromkeys((*effect.rewrites, *effect.scans, *effect.builds)):
        rows = done.rows.get(table)
        lock = done.locks.get(table)
        if rows and lock:
            verb = "written anew" if table in effect.rewrites else "read"
            parts.append(f"{rows} rows of `{table}` {verb} under {lock.label}")
    if not parts and not any(relation in done.locks for relation in effect.locks):
        return NOT_EXERCISED
    parts += waits(effect, saw)
    parts += estimates(effect, sizes)
    return (
        ": ".join((f"confirmed on {saw.server}", ", ".join(parts)))
        if parts
        else (f"confirmed on {saw.server}")
    )


def breaks(effect: Effect, saw: RehearsalFacts) -> str:
    """What the running release does with what the act takes away, where that fails now."""
    names = {lost.full for lost in effect.losses}
    for probe in saw.probes:
        if probe.table and names & probe.names:
            return f"what the release {probe.source} in `{probe.table}` fails"
    return ""


def waits(effect: Effect, saw: RehearsalFacts) -> list[str]:
    """What a reader and a writer of the tables had to wait."""
    return [
        f"meanwhile {stall.words} for `{table}`"
        for table, stall in saw.stalls.items()
        if table in effect.locks and effect.locks[table].blocks_writes
    ]


def estimates(effect: Effect, sizes: Mapping[str, Size]) -> list[str]:
    """How long it takes on tables as large as production's."""
    found = []
    for table in dict.fromkeys((*effect.rewrites, *effect.builds, *effect.scans)):
        if (size := sizes.get(table)) is not None:
            rate = REWRITES if table in effect.rewrites else READS
            rate = BUILDS if table in effect.builds and table not in effect.rewrites else rate
            told = lasting(size.seconds(rate))
            found.append(f"with {size.words} in `{table}` it would last {told} (an estimate)")
    return found

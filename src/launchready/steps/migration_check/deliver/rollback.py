"""Whether the code can go back to the release before once the new migrations have run.

`rollback_safe` is `no` where they take away what that release uses, `unknown` where that could not
be seen, else `yes`. The rollback step reads it, and stops on `no`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from launchready.facts.acts import AddColumn
from launchready.facts.catalogue import Loss, Lost
from launchready.facts.migrations import ActFacts, MigrationFacts, OpaqueFacts
from launchready.facts.rehearsal import RehearsalFacts
from launchready.frozen import frozen
from launchready.model import FileLocation, Json, Told, Unchecked

_BREAKS = {
    Loss.TABLE: "drops",
    Loss.VIEW: "drops",
    Loss.COLUMN: "drops",
    Loss.ENUM_VALUE: "drops the label",
    Loss.FUNCTION: "drops the function",
    Loss.SCHEMA: "drops the schema",
    Loss.TYPE: "changes the type of",
    Loss.NULLABILITY: "demands a value in",
    Loss.DEFAULT: "drops the default of",
    Loss.WIDTH: "narrows",
}
_MOST = 5


@frozen
class Reason:
    """One thing for which the release before would fail. `places` are where its code names it."""

    migration: str
    verb: str
    name: str
    now: str = ""
    places: tuple[FileLocation, ...] = ()
    proof: str = ""
    location: FileLocation

    def words(self) -> str:
        """The reason as a part of a sentence."""
        what = f"{self.migration} renames `{self.name}`" if self.now else ""
        what = what or f"{self.migration} {self.verb} `{self.name}`"
        if not self.places:
            return what
        first = self.places[0]
        return f"{what}, which the last release still names at {first.path}:{first.line}"

    def value(self) -> Mapping[str, Json]:
        """The reason as other steps read it."""
        table, _, column = self.name.rpartition(".")
        return {
            "migration": self.migration,
            "path": self.location.path,
            "line": self.location.line,
            "what": "renames" if self.now else self.verb,
            "table": table or column,
            "column": column if table else None,
            "now": self.now or None,
            "places": [f"{each.path}:{each.line}" for each in self.places],
            "proof": self.proof or None,
        }


def rollback_of(seen: Sequence[object], *, has_base: bool) -> Told | None:
    """The verdict on all new migrations together; None where there is none."""
    migrations = [each for each in seen if isinstance(each, MigrationFacts)]
    if not migrations:
        return None
    reasons = tuple(_reasons(seen))
    doubts = tuple(dict.fromkeys(_doubts(seen)))
    safe = "no" if reasons else "unknown" if doubts or not has_base else "yes"
    return Told(
        name="rollback_safe",
        value={
            "verdict": safe,
            "migrations": [each.migration.version for each in migrations],
            "reasons": [each.value() for each in reasons],
            "unknown": list(doubts),
        },
        words=_words(safe, reasons, doubts, len(migrations)),
    )


def _words(safe: str, reasons: Sequence[Reason], doubts: Sequence[str], count: int) -> str:
    if reasons:
        more = f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else ""
        return f"Rollback is unsafe: {reasons[0].words()}{more}"
    if safe == "yes":
        many = "the new migration takes" if count == 1 else f"the {count} new migrations take"
        return f"Rollback is safe: {many} nothing away that the last release uses"
    why = doubts[0] if doubts else "there is no base to tell the last release by"
    return f"Rollback may be unsafe: {why}"


def _reasons(seen: Sequence[object]) -> Iterator[Reason]:
    told: set[str] = set()
    for each in seen:
        if isinstance(each, ActFacts):
            for reason in _of_act(each):
                if reason.name not in told:
                    told.add(reason.name)
                    yield reason
    for each in seen:
        if isinstance(each, RehearsalFacts):
            yield from _of_probes(each, told)


def _of_probes(facts: RehearsalFacts, told: set[str]) -> Iterator[Reason]:
    """What of the last release's doings the rehearsal saw fail."""
    for probe in facts.probes:
        is_told = any(name.startswith(probe.table) for name in told) if probe.table else False
        name = probe.table or probe.source
        if name in told or is_told:
            continue
        told.add(name)
        yield Reason(
            migration=facts.path.rpartition("/")[2],
            verb=f"breaks what it {probe.source} in" if probe.table else "breaks the query at",
            name=name,
            proof=probe.error,
            location=facts.location,
        )


def _of_act(facts: ActFacts) -> Iterator[Reason]:
    for lost in facts.effect.losses:
        name = lost.full
        if lost.what not in _BREAKS or _is_back(facts, lost, name):
            continue
        places = facts.released.reads(name)
        is_named = lost.what in (Loss.TABLE, Loss.COLUMN)
        if is_named and facts.released.has_code and not places and not lost.now:
            continue  # the code of the last release does not name it
        if lost.what is Loss.NULLABILITY and isinstance(facts.act, AddColumn):
            name = f"{facts.act.table}.{facts.act.column.name}"
        yield Reason(
            migration=facts.migration.version,
            verb=_BREAKS[lost.what],
            name=name,
            now=lost.now,
            places=places[:_MOST],
            proof=facts.proof,
            location=facts.place,
        )


def _is_back(facts: ActFacts, lost: Lost, name: str) -> bool:
    """Whether something of that name is there again once the migration has run."""
    if lost.what in (Loss.TABLE, Loss.VIEW):
        return name in facts.end.tables
    if lost.what is Loss.DEFAULT:
        column = facts.end.column(lost.table, lost.name)
        return column is not None and (not column.is_not_null or column.default is not None)
    return False


def _doubts(seen: Iterable[object]) -> Iterator[str]:
    for each in seen:
        match each:
            case OpaqueFacts(opaque=opaque, migration=migration):
                yield f"{migration.version} runs {opaque.what}, which was not followed"
            case ActFacts(effect=effect, migration=migration) if effect.doubts and effect.losses:
                yield f"{migration.version}: {effect.doubts[0]}"
            case Unchecked(target=target):
                yield f"{target} was not read"

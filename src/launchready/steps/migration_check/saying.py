"""What the rules of this step say in the same way: places, names, locks, and what a server saw."""

from collections.abc import Iterable

from launchready.facts.catalogue import Lock
from launchready.facts.migrations import ActFacts
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.model import Evidence, FileLocation, Finding, JsonScalar, Related
from launchready.steps.migration_check.settings import MigrationCheckSettings


def said(
    facts: ActFacts,
    message: str,
    *,
    about: str,
    fix: str = "",
    related: tuple[Related, ...] = (),
) -> Finding:
    """A finding on an act. `about` names what it is about, whatever line it stands on."""
    proof = f" ({facts.proof})" if facts.proof else ""
    return Finding(
        message=f"{message}{proof}",
        location=facts.place,
        around=tuple(_around(facts)),
        identity=f"{facts.history.folder} {facts.migration.version} {about}",
        fix=fix,
        related=related,
        evidence=Evidence(measured=tuple(_measured(facts))),
    )


def _around(facts: ActFacts) -> Iterable[FileLocation]:
    """Where the statement begins that this is a part of, and the call that hands it over; and, for
    who writes a comment behind it, where a statement ends that is nothing else.
    """
    statement = facts.statement
    place, line = statement.place, statement.place.line
    if statement.call is not None:
        yield statement.call
    if facts.place.line != line:
        yield place
    elif (
        statement.is_written
        and line
        and len(facts.beside) == 1
        and (more := statement.sql.rstrip().count("\n"))
    ):
        yield replace(place, line=line + more, column=None, end_line=None, end_column=None)


def _measured(facts: ActFacts) -> Iterable[tuple[str, JsonScalar]]:
    """The locks that are taken, and how a rehearsal ended."""
    for relation, lock in facts.effect.locks.items():
        if lock.blocks_writes:
            yield f"lock on {relation}", lock.label
    if not facts.statement.is_written:
        yield "sql", one_line(facts.statement.sql)
    if facts.proof:
        yield "rehearsal", facts.proof.partition(" ")[0]


def one_line(sql: str, most: int = 200) -> str:
    """SQL on one line, cut where it is long."""
    text = " ".join(sql.split()).rstrip(";")
    return text if len(text) <= most else f"{text[: most - 1]}…"


def is_noticed(facts: ActFacts, table: str, settings: MigrationCheckSettings) -> bool:
    """Whether a lock on a table can hurt: it is in use, and not named as small."""
    known = facts.before.tables.get(table)
    return not (known and (known.is_new or known.is_temporary)) and table not in settings.small


def named(names: Iterable[str], most: int = 3) -> str:
    """Names in backticks: "`a`, `b` and 3 more"."""
    listed = [f"`{name}`" for name in names]
    if len(listed) > most:
        return f"{', '.join(listed[:most])} and {len(listed) - most} more"
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def blocking(facts: ActFacts, settings: MigrationCheckSettings, least: Lock) -> dict[str, Lock]:
    """The locks that an act takes in PostgreSQL, of those at least so strong, on tables in use that
    are not small.
    """
    if facts.server.engine is not Engine.POSTGRESQL:
        return {}
    return {
        relation: lock
        for relation, lock in facts.effect.locks.items()
        if lock >= least and is_noticed(facts, relation, settings)
    }


def gives_up(facts: ActFacts) -> bool:
    """Whether a lock that is not to be had soon is not waited for."""
    limit = facts.session.lock_timeout
    return limit is not None and not is_off(limit)


def is_off(limit: str) -> bool:
    """Whether a timeout, as a script sets it, is none."""
    return limit.strip("'").lower() in ("0", "0s", "0ms", "off")

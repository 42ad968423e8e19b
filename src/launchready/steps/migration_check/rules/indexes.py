"""Rules on indexes and the constraints that build one."""

from collections.abc import Iterator

from launchready.facts.acts import CreateIndex
from launchready.facts.catalogue import Lock
from launchready.facts.migrations import ActFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.advice import concurrently
from launchready.steps.migration_check.rules.said import blocking, said
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(ActFacts, Severity.ERROR)
def index_not_concurrent(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """An index is built on a table in use while nobody can write to it.

    `CREATE INDEX` holds a SHARE lock for the whole build: every sign-up, order and payment that
    writes to the table waits, and times out where the table is large.

    Build it with `CREATE INDEX CONCURRENTLY`, outside of a transaction.

    Bad:
        CREATE INDEX users_name ON users (name);
    Good:
        CREATE INDEX CONCURRENTLY users_name ON users (name);
    Reference:
        https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
    """
    if not isinstance(facts.act, CreateIndex):
        return
    for table in blocking(facts, settings, Lock.SHARE):
        if table in facts.effect.builds:
            yield said(
                facts,
                f"building {_title(facts.act)} stops every write to `{table}` until it is done",
                about=f"{facts.act.name or facts.act.keys} on {table}",
                fix=concurrently(facts),
            )


def _title(act: CreateIndex) -> str:
    return f"index `{act.name}`" if act.name else "an index"


RULES = (index_not_concurrent,)

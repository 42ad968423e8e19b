"""The rule on statements that PostgreSQL refuses whatever the rows hold."""

from collections.abc import Iterator

from launchready.facts.catalogue import Cause, Trouble, When
from launchready.facts.migrations import ActFacts
from launchready.facts.schema import Engine
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.saying import said
from launchready.steps.migration_check.settings import MigrationCheckSettings

_TOLD = (
    Cause.TRANSACTION_BLOCK,
    Cause.NO_DEFAULT,
    Cause.NEW_ENUM_VALUE,
    Cause.VIEW_READS_COLUMN,
    Cause.TWICE_ASSIGNED,
)
"""Causes that have a rule of their own."""


@rule(ActFacts, Severity.ERROR)
def statement_refused(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """PostgreSQL refuses the statement: something depends on what it drops, what it makes is there
    already, what it names is not, or the server is too old for it.

    The deploy stops there, with what ran before it done or taken back.

    Drop or change what depends on it first, by name; say `IF EXISTS` or `IF NOT EXISTS` where
    either is right; name the production server in launchready.yml (`database: postgresql 17`)
    where it is newer than the one assumed.

    Bad:
        DROP TYPE mood;
    Good:
        ALTER TABLE users ALTER COLUMN mood TYPE text;
        DROP TYPE mood;
    Reference:
        https://www.postgresql.org/docs/current/ddl-depend.html
    """
    if facts.server.engine is not Engine.POSTGRESQL or facts.is_conditional:
        return
    refused = [each for each in facts.effect.troubles if _is_sure(each)]
    if refused:
        reason = refused[0].reason
        more = f", and {len(refused) - 1} more" if len(refused) > 1 else ""
        yield said(facts, f"PostgreSQL refuses this: {reason}{more}", about=f"refused {reason}")


def _is_sure(trouble: Trouble) -> bool:
    return trouble.when is When.ALWAYS and trouble.cause not in _TOLD


RULES = (statement_refused,)

"""Rules on changes after which INSERTs and UPDATEs of the running release fail."""

from collections.abc import Iterator

from launchready.facts.acts import (
    AddConstraint,
    AlterGenerated,
    AlterType,
    SetDefault,
    SetNullability,
)
from launchready.facts.catalogue import Loss
from launchready.facts.migrations import ActFacts, Framework
from launchready.facts.schema import Type
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.replay.edits import user_type
from launchready.steps.migration_check.saying import is_noticed, said
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(ActFacts, Severity.WARNING, of=(SetNullability, AddConstraint))
def set_not_null_compat(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column must have a value from now on, and the running release may still leave it out.

    Its INSERTs and UPDATEs that write NULL fail until the new release has taken over, and again
    after a rollback.

    Ship a release that always writes the column, or give it a default, before it is made NOT NULL.

    Bad:
        ALTER TABLE users ADD CONSTRAINT name_given CHECK (name IS NOT NULL) NOT VALID;
        COMMIT;
        ALTER TABLE users VALIDATE CONSTRAINT name_given;
        ALTER TABLE users ALTER COLUMN name SET NOT NULL;
    Good:
        ALTER TABLE users ALTER COLUMN is_admin SET NOT NULL;
    Reference:
        https://martinfowler.com/bliki/ParallelChange.html
    """
    act = facts.act
    if not isinstance(act, SetNullability | AddConstraint):
        return
    if act.table in facts.effect.scans or not is_noticed(facts, act.table, settings):
        return  # the rule on the scan says it
    for lost in facts.effect.losses:
        column = facts.before.column(act.table, lost.name)
        if lost.what is not Loss.NULLABILITY or (column and (column.default or column.is_auto)):
            continue
        yield said(
            facts,
            f"`{lost.full}` must have a value from now on; INSERTs of the running release that"
            " leave it out fail",
            about=f"not null {lost.full}",
        )


@rule(ActFacts, Severity.NOTE, of=(SetNullability,))
def drop_not_null(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column may be NULL from now on, which the running release does not expect.

    Code that reads it breaks on the first NULL that the new release writes, and does so after a
    rollback too.

    Ship code that can read NULL before the code that writes it.

    Bad:
        ALTER TABLE orders ALTER COLUMN state DROP NOT NULL;
    Good:
        ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'new';
    Reference:
        https://martinfowler.com/bliki/ParallelChange.html
    """
    act = facts.act
    if not settings.notes or not isinstance(act, SetNullability) or act.is_not_null:
        return
    if is_noticed(facts, act.table, settings):
        yield said(
            facts,
            f"`{act.table}.{act.column}` may be NULL from now on, for the running release too",
            about=f"nullable {act.table}.{act.column}",
        )


@rule(ActFacts, Severity.WARNING, of=(SetDefault, AlterGenerated))
def drop_default(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column that must have a value loses its default.

    INSERTs of the running release that leave the column out fail until the new one has taken over,
    and again after a rollback.

    Drop the default a release after the code that always writes the column.

    Bad:
        ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;
    Good:
        ALTER TABLE users ALTER COLUMN balance DROP DEFAULT;
    Reference:
        https://martinfowler.com/bliki/ParallelChange.html
    """
    act = facts.act
    if not isinstance(act, SetDefault | AlterGenerated):
        return
    if isinstance(act, SetDefault) and act.default is not None:
        return
    if facts.history.framework is Framework.DJANGO and not facts.statement.is_written:
        return  # Django never kept that default: django-drops-default tells it
    is_lost = any(each.what is Loss.DEFAULT for each in facts.effect.losses)
    column, end = (each.column(act.table, act.column) for each in (facts.before, facts.end))
    is_needed = column and column.is_not_null and (end is None or end.is_not_null)
    if is_lost and is_needed and is_noticed(facts, act.table, settings):
        yield said(
            facts,
            f"`{act.table}.{act.column}` must have a value and has no default any more",
            about=f"default {act.table}.{act.column}",
        )


@rule(ActFacts, Severity.WARNING, of=(AlterType,))
def change_type_breaks_code(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A column gets a type of another family, which the running release does not send or expect.

    It still writes booleans to what is a number now, or reads text where there is JSON: queries
    fail, or what comes back is misread.

    Add a new column, write both from the code, and drop the old one a release later.

    Bad:
        ALTER TABLE users ALTER COLUMN age TYPE text;
    Good:
        ALTER TABLE users ALTER COLUMN email TYPE text;
    Reference:
        https://martinfowler.com/bliki/ParallelChange.html
    """
    act = facts.act
    if not isinstance(act, AlterType) or not is_noticed(facts, act.table, settings):
        return
    column = facts.before.column(act.table, act.column)
    if column and "?" in (column.type.name, act.type.name):
        return  # only code tells that type
    at_end = facts.end.column(act.table, act.column)
    if column and at_end and at_end.type.name == column.type.name:
        return  # an enum that another takes the place of, and the name of
    if column and _family(column.type, facts) != _family(act.type, facts):
        yield said(
            facts,
            f"the running release takes `{act.table}.{act.column}` for {column.type}, and it is"
            f" {act.type} from now on",
            about=f"family {act.table}.{act.column}",
        )


_FAMILIES = (
    {"text", "varchar", "bpchar", "char", "citext", "name", "tinytext", "mediumtext", "longtext"},
    {"int2", "int4", "int8", "serial", "bigserial", "smallserial", "numeric", "float4", "float8",
     "decimal", "tinyint", "smallint", "mediumint", "int", "integer", "bigint", "double", "float"},
    {"timestamp", "timestamptz", "date", "datetime"},
    {"time", "timetz"},
    {"json", "jsonb"},
    {"inet", "cidr"},
    {"bit", "varbit"},
)  # fmt: skip


def _family(kind: Type, facts: ActFacts) -> object:
    """What a type is sent and read as; a domain as the type that it stands on."""
    name = kind.name.lower()
    for _ in range(_DEEPEST):
        domain = user_type(facts.before, name)
        if domain is None or domain.base is None:
            break
        name = domain.base.name.lower()
    return next((index for index, each in enumerate(_FAMILIES) if name in each), name)


_DEEPEST = 9
"""Domains that stand on one another, as far as they are followed."""


RULES = (set_not_null_compat, drop_not_null, drop_default, change_type_breaks_code)

"""Types, triggers, policies, privileges.

Sources: https://www.postgresql.org/docs/current/sql-createtrigger.html (SHARE ROW EXCLUSIVE),
sql-createpolicy.html, sql-altertype.html, sql-alterdomain.html: validateDomainConstraint in
src/backend/commands/typecmds.c reads every table with a column of the domain under SHARE.
"""

from launchready.facts.acts import (
    AddEnumValue,
    AlterDomain,
    AlterPolicy,
    Create,
    CreateFunction,
    CreateTrigger,
    Kind,
    Privileges,
    RowSecurity,
    SetTriggers,
)
from launchready.facts.catalogue import Cause, Lock, Loss
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.postgres.indexes import forbid_in_transaction
from launchready.steps.migration_check.replay.edits import columns_of_type, user_type


def create_trigger(act: CreateTrigger, draft: Draft) -> None:
    """`CREATE TRIGGER` stops writes until the transaction ends."""
    draft.lock(Lock.SHARE_ROW_EXCLUSIVE, *draft.family(act.table, inherits=False))


def create_function(act: CreateFunction, draft: Draft) -> None:
    """`CREATE OR REPLACE FUNCTION` cannot change what the function gives back."""
    known = draft.before.routines.get(act.name)
    if known is None or not (known.returns and act.returns) or known.arguments != act.arguments:
        return
    if act.is_replace and known.returns != act.returns:
        reason = f"{act.name} returns {known.returns}, which replacing it cannot change"
        draft.fails(Cause.OTHER, reason, act.name)


def set_triggers(act: SetTriggers, draft: Draft) -> None:
    """`ENABLE` and `DISABLE TRIGGER`."""
    draft.lock(Lock.SHARE_ROW_EXCLUSIVE, *draft.family(act.table, inherits=False))


def add_enum_value(act: AddEnumValue, draft: Draft) -> None:
    """`ADD VALUE`: before version 12 not inside a transaction block, unless the type is of it."""
    known = user_type(draft.before, act.type)
    if known is not None and act.value in known.values:
        if not act.is_if_not_exists:
            draft.fails(Cause.ALREADY_THERE, f"{act.type} has a value '{act.value}'")
        return
    if draft.version < (12,) and not (known is not None and known.is_new):
        forbid_in_transaction(draft, "ALTER TYPE … ADD VALUE")


def alter_domain(act: AlterDomain, draft: Draft) -> None:
    """`ALTER DOMAIN`: a new constraint, unless it is NOT VALID, is tried on every column of it."""
    tables = tuple(
        dict.fromkeys(table.name for table, _ in columns_of_type(draft.before, act.name))
    )
    is_tried = act.adds is not None and not act.adds.is_not_valid
    if is_tried or act.is_not_null or act.validates:
        draft.lock(Lock.SHARE, *tables)
        draft.scan(*tables, why=f"every column of the domain {act.name} is tried")
        for name in tables:
            draft.may_fail(Cause.ROWS_DO_NOT_FIT, f"a value is not allowed in {act.name}", name)


def create(act: Create, draft: Draft) -> None:
    """`CREATE` of policies, rules and statistics, which stand on a table."""
    if act.kind is Kind.DATABASE:
        forbid_in_transaction(draft, "CREATE DATABASE")
    if not act.table:
        return
    gentle = Lock.SHARE_UPDATE_EXCLUSIVE
    is_firm = act.kind in (Kind.POLICY, Kind.RULE)
    draft.lock(Lock.ACCESS_EXCLUSIVE if is_firm else gentle, act.table)
    if act.is_restrictive:
        _narrow(act.table, draft)


def row_security(act: RowSecurity, draft: Draft) -> None:
    """`ENABLE ROW LEVEL SECURITY` hides every row from a role that has no policy."""
    draft.lock(Lock.ACCESS_EXCLUSIVE, act.table)
    table = draft.table(act.table)
    is_closed = not (table.has_row_security or table.policies)
    if act.is_enabled and draft.is_used(act.table) and is_closed:
        draft.lose(Loss.ACCESS, act.table, table=act.table)


def alter_policy(act: AlterPolicy, draft: Draft) -> None:
    """`ALTER POLICY`."""
    draft.lock(Lock.ACCESS_EXCLUSIVE, act.table)
    if act.is_narrowed:
        _narrow(act.table, draft)


def _narrow(table: str, draft: Draft) -> None:
    """A policy that may hide rows, where row security is on; without it policies do nothing."""
    if draft.is_used(table) and (
        draft.table(table).has_row_security or not draft.table(table).is_whole
    ):
        draft.lose(Loss.ACCESS, table, table=table)


def privileges(act: Privileges, draft: Draft) -> None:
    """`REVOKE` takes something from somebody; neither it nor `GRANT` locks a table."""
    if act.is_grant or act.roles == ("public",):
        return  # PUBLIC has nothing on a table unless somebody gave it
    for name in act.relations:
        if draft.is_used(name):
            draft.lose(Loss.ACCESS, name, table=name)

"""Indexes built.

Sources: https://www.postgresql.org/docs/current/sql-createindex.html; DefineIndex in
src/backend/commands/indexcmds.c: SHARE on the table and its partitions, SHARE UPDATE EXCLUSIVE
where it is CONCURRENTLY, which no transaction block and no partitioned table allows.
"""

from launchready.facts.acts import CreateIndex
from launchready.facts.catalogue import Cause, Lock, Table, When
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.postgres.constraints import is_unique_already
from launchready.steps.migration_check.replay.indexes import is_there


def create_index(act: CreateIndex, draft: Draft) -> None:
    """`CREATE INDEX`."""
    table = draft.table(act.table)
    family = (act.table,) if act.is_only else draft.family(act.table, inherits=False)
    lock = Lock.SHARE_UPDATE_EXCLUSIVE if act.is_concurrent else Lock.SHARE
    draft.lock(lock, *family)
    if act.is_concurrent:
        forbid_in_transaction(draft, "CREATE INDEX CONCURRENTLY")
        if table.is_partitioned:
            reason = f"{act.table} is partitioned, which CONCURRENTLY does not allow"
            draft.fails(Cause.NOT_SUPPORTED, reason)
    if act.name and is_there(draft.before, act):
        if not act.is_if_not_exists:
            draft.fails(Cause.ALREADY_THERE, f"there is an index {act.name}")
        return
    if act.is_only and table.is_partitioned:
        return
    why = "the whole table is read to build the index"
    draft.build(*family, why=why)
    named = tuple(key.column for key in act.keys if key.column)
    if act.is_unique and not is_unique_already(table, named):
        _report_duplicates(act, table, draft)


def forbid_in_transaction(draft: Draft, what: str) -> None:
    """What PostgreSQL refuses inside a transaction block (PreventInTransactionBlock)."""
    if draft.session.is_in_transaction:
        draft.fails(Cause.TRANSACTION_BLOCK, f"{what} cannot run inside a transaction block", what)


def _columns(act: CreateIndex) -> tuple[str, ...]:
    if act.where is not None or any(key.expression for key in act.keys):
        return ()
    return tuple(key.column for key in act.keys)


def _report_duplicates(act: CreateIndex, table: Table, draft: Draft) -> None:
    columns = _columns(act)
    same = [table.columns.get(name) for name in columns if name in table.new_columns]
    if (
        columns
        and len(same) == len(columns)
        and all(each and each.default and each.default.is_constant for each in same)
        and not any(each and each.default and each.default.is_null for each in same)
        and draft.is_used(act.table)
    ):
        reason = f"every row has the same {' and '.join(columns)}"
        draft.trouble(When.ON_ROWS, Cause.DUPLICATES, reason, act.table, *columns)
        return
    named = columns or tuple(key.column or "an expression" for key in act.keys)
    draft.may_fail(Cause.DUPLICATES, "two rows hold the same", act.table, *named)

"""Rows changed, read, thrown away.

Sources: https://www.postgresql.org/docs/current/explicit-locking.html (ROW EXCLUSIVE for changes,
ROW SHARE for FOR UPDATE), https://www.postgresql.org/docs/current/sql-truncate.html (ACCESS
EXCLUSIVE, with CASCADE on every table that refers to it).
"""

from collections.abc import Iterator

from launchready.facts.acts import Change, CreateType, Select, Truncate, Where
from launchready.facts.catalogue import Catalogue, Cause, Lock, Table
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.replay.edits import referencing, user_type
from launchready.steps.migration_check.replay.keys import primary_of
from launchready.steps.migration_check.replay.names import plain


def change(act: Change, draft: Draft) -> None:
    """`UPDATE`, `DELETE`, `INSERT`, `MERGE`, `COPY`. Without a condition, or with one on columns
    that the change itself added, it meets every row.
    """
    family = draft.family(act.table)
    draft.lock(Lock.ROW_EXCLUSIVE, *family)
    draft.lock(Lock.ACCESS_SHARE, *act.reads)
    _report_labels(act.values, draft, act.table)
    _report_columns(act, draft)
    if act.verb == "DELETE":
        _report_references(act, draft)
    if act.verb not in ("UPDATE", "DELETE", "MERGE") or act.is_bounded:
        return
    table = draft.table(act.table)
    if act.is_joined and not all(draft.is_new(draft.table(each)) for each in act.reads):
        draft.change(
            *family, why=f"{act.verb} meets every row with one in {' or '.join(act.reads)}"
        )
    elif act.present and all(_is_never_null(table, each) for each in act.present):
        asked = " and ".join(act.present)
        draft.change(*family, why=f"{asked} is never NULL, so that {act.verb} meets every row")
    elif act.where is not Where.SOME:
        draft.change(*family, why=f"{act.verb} with {act.where.value} meets every row")
    elif act.where_columns and frozenset(act.where_columns) <= table.new_columns:
        why = f"{act.verb} asks for columns that are new, so that it meets every row"
        draft.change(*family, why=why)


def _report_references(act: Change, draft: Draft) -> None:
    """A row that others refer to stays, unless those were deleted first."""
    emptied = {
        each.table
        for each in draft.session.earlier
        if isinstance(each, Change) and each.verb in ("DELETE", "UPDATE")
    }
    for other, key in referencing(draft.before, act.table):
        if key.on_delete not in ("", "RESTRICT", "NO ACTION") or other.name in emptied:
            continue
        if not other.is_new and other.name != act.table and key.name not in other.new_constraints:
            reason = f"{key.name} of {other.name} refers to it"
            draft.may_fail(Cause.REFERRED_TO, reason, act.table, other.name)


def _is_never_null(table: Table, name: str) -> bool:
    column = table.columns.get(name)
    return column is not None and (column.is_not_null or name in primary_of(table))


def select(act: Select, draft: Draft) -> None:
    """A query; FOR UPDATE and its like take ROW SHARE."""
    draft.lock(Lock.ROW_SHARE if act.locks else Lock.ACCESS_SHARE, *act.reads)
    _report_labels(act.values, draft)


def truncate(act: Truncate, draft: Draft) -> None:
    """`TRUNCATE`."""
    named = [member for name in act.tables for member in draft.family(name)]
    emptied = list(dict.fromkeys(named))
    if act.is_cascade:
        emptied = list(truncated(draft.before, emptied))
    else:
        for name in act.tables:
            for other, key in referencing(draft.before, name):
                if other.name not in emptied:
                    draft.fails(Cause.DEPENDED_ON, f"{key.name} of {other.name} refers to {name}")
    draft.lock(Lock.ACCESS_EXCLUSIVE, *emptied)
    draft.change(*emptied, why="every row is gone")


def truncated(catalogue: Catalogue, names: list[str]) -> Iterator[str]:
    """The tables that a TRUNCATE … CASCADE empties."""
    refer: dict[str, list[str]] = {}
    for table in catalogue.tables.values():
        for constraint in table.constraints.values():
            if constraint.references:
                refer.setdefault(constraint.references, []).append(table.name)
    found, pending = dict.fromkeys(names), list(names)
    while pending:
        for other in refer.get(pending.pop(), ()):
            if other not in found:
                found[other] = None
                pending.append(other)
    yield from found


def report_label(draft: Draft, type_name: str, text: str) -> None:
    """A label of an enum that the same transaction added cannot be used in it.

    Source: https://www.postgresql.org/docs/current/sql-altertype.html (Notes).
    """
    known = user_type(draft.before, type_name)
    if known is None or not known.is_enum or _is_made_here(draft, known.name):
        return
    for label in _added(draft, known.name):
        if f"'{label}'" in text:
            draft.fails(Cause.NEW_ENUM_VALUE, f"'{label}' was added in the same transaction", label)


def _is_made_here(draft: Draft, type_name: str) -> bool:
    """Whether the transaction made the enum itself, whose labels it may use since version 17."""
    return draft.version >= (17,) and any(
        isinstance(act, CreateType) and plain(act.name) == plain(type_name)
        for act in draft.session.earlier
    )


def _report_columns(act: Change, draft: Draft) -> None:
    for name in act.repeats:
        draft.fails(Cause.TWICE_ASSIGNED, f"{name} is set twice", name)
    if act.verb != "UPDATE":
        return
    for name in act.columns:
        column = draft.column(act.table, name)
        if column is not None and column.generated is not None:
            draft.fails(Cause.OTHER, f"{name} is generated", name)


def _added(draft: Draft, type_name: str) -> list[str]:
    if not draft.session.is_in_transaction:
        return []
    return [act.value for act in draft.session.labels if plain(act.type) == plain(type_name)]


def _report_labels(values: tuple[str, ...], draft: Draft, table: str = "") -> None:
    """Labels among the literals of a statement, as far as a column of the enum is at hand."""
    if not values or not draft.session.is_in_transaction:
        return
    for act in draft.session.labels:
        if act.value not in values:
            continue
        known = user_type(draft.before, act.type)
        if known is not None and _is_made_here(draft, known.name):
            continue
        kinds = {plain(each.type.name) for each in draft.table(table).columns.values()}
        if not table or plain(act.type) in kinds:
            draft.fails(
                Cause.NEW_ENUM_VALUE, f"'{act.value}' was added in the same transaction", act.value
            )

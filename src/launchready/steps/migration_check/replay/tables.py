"""Relations: created, given rows, attached, detached."""

from collections.abc import Iterable

from launchready.facts.acts import (
    AttachPartition,
    Change,
    CreateTable,
    CreateView,
    DetachPartition,
    Kind,
    SetPersistence,
)
from launchready.facts.catalogue import Catalogue, Index, Table
from launchready.facts.schema import Column, Constraint, ConstraintKind, Engine, Expression, Type
from launchready.frozen import replace
from launchready.steps.migration_check.replay.edits import (
    Moment,
    table_of,
    with_table,
)
from launchready.steps.migration_check.replay.indexes import index_made, with_index
from launchready.steps.migration_check.replay.keys import with_constraint
from launchready.steps.migration_check.replay.names import beside, plain

_SERIAL = {
    "serial": "int4",
    "serial4": "int4",
    "bigserial": "int8",
    "serial8": "int8",
    "smallserial": "int2",
    "serial2": "int2",
}


def create_table(catalogue: Catalogue, act: CreateTable, moment: Moment) -> Catalogue:
    """`CREATE TABLE`. IF NOT EXISTS leaves one that is known to be there as it is. Where one is
    there all the same, an unseen DROP took it away; a table of that name stays in use.
    """
    old = catalogue.tables.get(act.table)
    if old is not None and act.is_if_not_exists:
        return catalogue
    table = Table(
        name=act.table,
        columns=_columns(catalogue, act),
        is_new=moment.is_new and (old is None or old.is_new),
        is_whole=not act.is_of_query and _are_whole(catalogue, (*act.inherits, *act.like)),
        is_partitioned=act.is_partitioned,
        partition_of=act.partition_of,
        is_default_partition=act.is_default_partition,
        inherits=act.inherits,
        is_unlogged=act.is_unlogged,
        is_temporary=act.is_temporary,
        copies=frozenset(act.reads) if act.is_of_query else frozenset(),
        is_elsewhere=act.is_elsewhere or bool(act.partition_of),
    )
    catalogue = with_table(catalogue, table)
    for column in act.columns:
        for constraint in column.constraints:
            catalogue = with_constraint(catalogue, act.table, _on(constraint, column.name), moment)
    for constraint in act.constraints:
        catalogue = with_constraint(catalogue, act.table, constraint, moment)
    for index in act.indexes:
        catalogue = with_index(catalogue, act.table, index_made(index, moment))
    if act.partition_of:
        catalogue = _as_partition(catalogue, act.table, act.partition_of, moment)
    for parent in act.inherits:
        catalogue = _inheriting(catalogue, act.table, parent, moment)
    return catalogue


def stored(catalogue: Catalogue, table: str, column: Column) -> Column:
    """A column as the server keeps it: `serial` is an integer with a default, a domain brings its
    own default.
    """
    base = _SERIAL.get(column.type.name)
    if base is None:
        return replace(column, is_not_null=True) if column.is_identity else column
    sequence = f"nextval('{beside(table, f'{plain(table)}_{column.name}_seq')}')"
    return replace(
        column,
        type=Type(name=base) if catalogue.server.engine is Engine.POSTGRESQL else column.type,
        is_not_null=True,
        is_auto=True,
        default=Expression(sql=sequence, functions=("nextval",)),
    )


def create_view(catalogue: Catalogue, act: CreateView, moment: Moment) -> Catalogue:
    """`CREATE VIEW` and `CREATE MATERIALIZED VIEW`: what they read is remembered."""
    old = catalogue.tables.get(act.name)
    if old is not None and act.is_if_not_exists:
        return catalogue
    view = Table(
        name=act.name,
        kind=Kind.MATERIALIZED_VIEW if act.is_materialized else Kind.VIEW,
        is_new=moment.is_new and (old is None or old.is_new),
        reads=act.reads,
        read_columns=_read_columns(catalogue, act),
        owned=act.owned,
        gives=act.gives,
        indexes=old.indexes if old else {},
    )
    return with_table(catalogue, view)


def change(catalogue: Catalogue, act: Change, moment: Moment) -> Catalogue:
    """Rows: only those that fill a new table from another matter to the catalogue."""
    table = catalogue.tables.get(act.table)
    if table is None or not table.is_new or act.verb != "INSERT" or not act.reads:
        return catalogue
    return with_table(catalogue, replace(table, copies=table.copies | frozenset(act.reads)))


def set_persistence(catalogue: Catalogue, act: SetPersistence, moment: Moment) -> Catalogue:
    """`SET LOGGED`, `SET UNLOGGED`; of the others only that there was one."""
    table = table_of(catalogue, act.table)
    if act.what.upper() not in ("SET LOGGED", "SET UNLOGGED", "LOGGED", "UNLOGGED"):
        return with_table(catalogue, replace(table, is_elsewhere=True))
    return with_table(catalogue, replace(table, is_unlogged="UNLOGGED" in act.what.upper()))


def attach_partition(catalogue: Catalogue, act: AttachPartition, moment: Moment) -> Catalogue:
    """`ATTACH PARTITION`: it gets the indexes and keys of the table that it joins."""
    if act.kind is Kind.INDEX:
        return catalogue
    child = table_of(catalogue, act.partition)
    catalogue = with_table(
        catalogue, replace(child, partition_of=act.table, is_default_partition=act.is_default)
    )
    return _as_partition(catalogue, act.partition, act.table, moment)


def detach_partition(catalogue: Catalogue, act: DetachPartition, moment: Moment) -> Catalogue:
    """`DETACH PARTITION`."""
    child = table_of(catalogue, act.partition)
    catalogue = with_table(catalogue, replace(child, partition_of="", is_default_partition=False))
    parent = catalogue.tables.get(act.table)
    if parent is None or not child.is_default_partition:
        return catalogue
    return with_table(catalogue, replace(parent, has_default_partition=False))


def _columns(catalogue: Catalogue, act: CreateTable) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for name in (*act.inherits, *((act.partition_of,) if act.partition_of else ()), *act.like):
        is_like = name in act.like
        for column in table_of(catalogue, name).columns.values():
            columns[column.name] = replace(column, default=None) if is_like else column
    for column in act.columns:
        columns[column.name] = stored(catalogue, act.table, column)
    return columns


def _are_whole(catalogue: Catalogue, names: Iterable[str]) -> bool:
    return all(table_of(catalogue, name).is_whole for name in names)


def _on(constraint: Constraint, column: str) -> Constraint:
    """A constraint written beside a column stands on it."""
    return constraint if constraint.columns else replace(constraint, columns=(column,))


def _read_columns(catalogue: Catalogue, act: CreateView) -> tuple[str, ...]:
    if not act.is_star:
        return act.columns
    read = (column for name in act.reads for column in table_of(catalogue, name).columns)
    return tuple(dict.fromkeys((*act.columns, *read)))


def _as_partition(catalogue: Catalogue, name: str, parent: str, moment: Moment) -> Catalogue:
    """A partition with what its parent gives it: columns, indexes, keys, checks."""
    above, child = table_of(catalogue, parent), table_of(catalogue, name)
    catalogue = with_table(
        catalogue,
        replace(
            above,
            is_partitioned=True,
            has_default_partition=above.has_default_partition or child.is_default_partition,
        ),
    )
    if not child.is_whole and above.is_whole and child.is_new:
        catalogue = with_table(catalogue, replace(child, is_whole=True))
    for constraint in above.constraints.values():
        if not _has_constraint(table_of(catalogue, name), constraint):
            is_check = constraint.kind in (ConstraintKind.CHECK, ConstraintKind.NOT_NULL)
            given = constraint if is_check else replace(constraint, name="")
            catalogue = with_constraint(catalogue, name, given, moment)
    for index in above.indexes.values():
        if not index.is_constraint and not _has_index(table_of(catalogue, name), index):
            given_index = replace(index, name="", table=name, is_new=moment.is_new)
            catalogue = with_index(catalogue, name, given_index)
    return catalogue


def _inheriting(catalogue: Catalogue, name: str, parent: str, moment: Moment) -> Catalogue:
    for constraint in table_of(catalogue, parent).constraints.values():
        if constraint.kind is ConstraintKind.CHECK:
            catalogue = with_constraint(catalogue, name, constraint, moment)
    return catalogue


def _has_constraint(table: Table, wanted: Constraint) -> bool:
    """Whether a table has a constraint that serves for its parent's."""
    bare = replace(wanted, name="", using_index="")
    return any(
        replace(each, name="", using_index="") == bare for each in table.constraints.values()
    )


def _has_index(table: Table, wanted: Index) -> bool:
    return any(
        (each.keys, each.is_unique, each.method, each.where)
        == (wanted.keys, wanted.is_unique, wanted.method, wanted.where)
        for each in table.indexes.values()
    )

"""Columns: added, dropped, given another type, default or nullability; heirs follow."""

from collections.abc import Callable

from launchready.facts.acts import (
    AddColumn,
    AlterGenerated,
    AlterType,
    DropColumn,
    Kind,
    Rename,
    SetDefault,
    SetNullability,
)
from launchready.facts.catalogue import Catalogue, Index, Table
from launchready.facts.schema import Column, Constraint, ConstraintKind, Engine
from launchready.frozen import replace
from launchready.steps.migration_check.replay.edits import (
    Moment,
    family_of,
    referencing,
    table_of,
    with_table,
    with_tables,
    without,
)
from launchready.steps.migration_check.replay.indexes import without_column
from launchready.steps.migration_check.replay.keys import with_constraint, without_constraint
from launchready.steps.migration_check.replay.renames import rename
from launchready.steps.migration_check.replay.tables import stored
from launchready.steps.migration_check.replay.views import without_views


def add_column(catalogue: Catalogue, act: AddColumn, moment: Moment) -> Catalogue:
    """`ADD COLUMN`, with the constraints written beside it."""
    for name in family_of(catalogue, act.table):
        table = table_of(catalogue, name)
        old = table.columns.get(act.column.name)
        if old is not None and (act.is_if_not_exists or name != act.table):
            continue
        column = stored(catalogue, act.table, act.column)
        is_new = moment.is_new and old is None
        news = table.new_columns | {column.name} if is_new else table.new_columns
        catalogue = with_table(
            catalogue,
            replace(table, columns={**table.columns, column.name: column}, new_columns=news),
        )
        for constraint in act.column.constraints:
            on = constraint if constraint.columns else replace(constraint, columns=(column.name,))
            if name == act.table or constraint.kind is ConstraintKind.CHECK:
                catalogue = with_constraint(catalogue, name, on, moment)
    return catalogue


def drop_column(catalogue: Catalogue, act: DropColumn, moment: Moment) -> Catalogue:
    """`DROP COLUMN`: what stands on it goes with it. MySQL takes it out of its indexes instead."""
    if act.is_cascade:
        for other, key in referencing(catalogue, act.table):
            if act.column in key.referenced_columns:
                catalogue = without_constraint(catalogue, other.name, key.name)
        catalogue = without_views(catalogue, act.table, act.column)
    keeps_indexes = catalogue.server.engine in (Engine.MYSQL, Engine.MARIADB)
    gone = [
        _without(table_of(catalogue, name), act.column, keeps_indexes=keeps_indexes)
        for name in family_of(catalogue, act.table)
        if name in catalogue.tables
    ]
    return with_tables(catalogue, gone)


def alter_type(catalogue: Catalogue, act: AlterType, moment: Moment) -> Catalogue:
    """`ALTER COLUMN … TYPE`; MySQL's MODIFY and CHANGE bring the whole column anew, CHANGE with a
    name that may be another.
    """
    if act.definition is not None and act.definition.name != act.column:
        named = Rename(kind=Kind.COLUMN, old=act.column, new=act.definition.name, table=act.table)
        catalogue = rename(catalogue, named, moment)
        act = replace(act, column=act.definition.name)

    def change(column: Column) -> Column:
        collation = act.collation
        if act.definition is not None:
            return stored(catalogue, act.table, replace(act.definition, constraints=()))
        return replace(column, type=act.type, collation=collation)

    catalogue = _each(catalogue, act.table, act.column, change)
    if act.column in table_of(catalogue, act.table).columns:
        return catalogue
    table = table_of(catalogue, act.table)  # the old type is not known, the new one is
    made = act.definition or Column(name=act.column, type=act.type, collation=act.collation)
    return with_table(catalogue, replace(table, columns={**table.columns, act.column: made}))


def set_default(catalogue: Catalogue, act: SetDefault, moment: Moment) -> Catalogue:
    """`SET DEFAULT` and `DROP DEFAULT`."""

    def change(column: Column) -> Column:
        return replace(column, default=act.default)

    return _each(catalogue, act.table, act.column, change)


def set_nullability(catalogue: Catalogue, act: SetNullability, moment: Moment) -> Catalogue:
    """`SET NOT NULL` and `DROP NOT NULL`."""

    def change(column: Column) -> Column:
        return replace(column, is_not_null=act.is_not_null)

    if not act.is_not_null:
        for name in family_of(catalogue, act.table):
            for key in table_of(catalogue, name).constraints.values():
                if key.kind is ConstraintKind.NOT_NULL and key.columns == (act.column,):
                    catalogue = without_constraint(catalogue, name, key.name)
    return _each(catalogue, act.table, act.column, change)


def alter_generated(catalogue: Catalogue, act: AlterGenerated, moment: Moment) -> Catalogue:
    """Identities and expressions, added and dropped."""
    what = act.what.upper()

    def change(column: Column) -> Column:
        if "EXPRESSION" in what:
            is_kept = "DROP" not in what
            return replace(
                column,
                generated=column.generated if is_kept else None,
                generation=act.expression if is_kept else None,
            )
        is_identity = "DROP" not in what
        return replace(column, is_identity=is_identity, is_auto=is_identity)

    return _each(catalogue, act.table, act.column, change)


def _each(
    catalogue: Catalogue, table: str, column: str, change: Callable[[Column], Column]
) -> Catalogue:
    """A column changed in a table and in those that inherit it."""
    changed = []
    for name in family_of(catalogue, table):
        each = table_of(catalogue, name)
        if column in each.columns:
            columns = {**each.columns, column: change(each.columns[column])}
            changed.append(replace(each, columns=columns))
    return with_tables(catalogue, changed)


def _without(table: Table, column: str, *, keeps_indexes: bool) -> Table:
    constraints = {
        name: constraint
        for name, constraint in table.constraints.items()
        if not _stands_on(constraint, column)
    }
    gone = [name for name in table.constraints if name not in constraints]
    indexes: dict[str, Index] = {}
    for name, index in table.indexes.items():
        if name in gone and not keeps_indexes:
            continue
        if not uses(index, column):
            indexes[name] = index
        elif keeps_indexes and (keys := without_column(index.keys, column)):
            indexes[name] = replace(index, keys=keys)
    return replace(
        table,
        columns=without(table.columns, column),
        constraints=constraints,
        indexes=indexes,
        new_columns=table.new_columns - {column},
        new_constraints=table.new_constraints - frozenset(gone),
    )


def _stands_on(constraint: Constraint, column: str) -> bool:
    read = constraint.condition.columns if constraint.condition else ()
    return column in constraint.columns or column in read


def uses(index: Index, column: str) -> bool:
    """Whether an index has a column among its keys, in an expression, in its condition."""
    if index.where is not None and column in index.where.columns:
        return True
    return any(
        key.column == column or (key.expression is not None and column in key.expression.columns)
        for key in index.keys
    )

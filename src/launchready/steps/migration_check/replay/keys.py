"""Constraints: added with the index or the NOT NULL they bring, validated, dropped."""

from launchready.facts.acts import AddConstraint, DropConstraint, ValidateConstraint
from launchready.facts.catalogue import Catalogue, Index, Table
from launchready.facts.schema import Column, Constraint, ConstraintKind, Engine, IndexKey
from launchready.frozen import replace
from launchready.steps.migration_check.replay.edits import (
    Moment,
    family_of,
    heirs_of,
    referencing,
    table_of,
    with_table,
    without,
)
from launchready.steps.migration_check.replay.names import constraint_name, plain

UNIQUE = (ConstraintKind.PRIMARY_KEY, ConstraintKind.UNIQUE)
_WITH_INDEX = (*UNIQUE, ConstraintKind.EXCLUSION)


def with_constraint(
    catalogue: Catalogue, name: str, constraint: Constraint, moment: Moment
) -> Catalogue:
    """A table with a constraint more: it gets a name, its index, its columns' NOT NULL."""
    table = table_of(catalogue, name)
    constraint = _named(catalogue, table, constraint)
    indexes = dict(table.indexes)
    if constraint.using_index:
        used = indexes.pop(plain(constraint.using_index), None)
        constraint = replace(constraint, columns=used.columns if used else constraint.columns)
        indexes[constraint.name] = _index(table, constraint, moment, used)
    elif constraint.kind in _WITH_INDEX or _needs_index(catalogue, table, constraint):
        indexes[constraint.name] = _index(table, constraint, moment, None)
    columns = table.columns
    if constraint.kind in (ConstraintKind.PRIMARY_KEY, ConstraintKind.NOT_NULL):
        columns = _not_null(table, () if constraint.is_not_valid else constraint.columns)
    is_new = moment.is_new and constraint.name not in table.constraints
    return with_table(
        catalogue,
        replace(
            table,
            columns=columns,
            indexes=indexes,
            constraints={**table.constraints, constraint.name: constraint},
            new_constraints=table.new_constraints | {constraint.name}
            if is_new
            else table.new_constraints,
        ),
    )


def add_constraint(catalogue: Catalogue, act: AddConstraint, moment: Moment) -> Catalogue:
    """`ADD CONSTRAINT`: partitions and heirs get it too, those that inheritance hands down."""
    catalogue = with_constraint(catalogue, act.table, act.constraint, moment)
    table = table_of(catalogue, act.table)
    is_handed_down = table.is_partitioned or act.constraint.kind in (
        ConstraintKind.CHECK,
        ConstraintKind.NOT_NULL,
    )
    if not is_handed_down:
        return catalogue
    name = list(table.constraints)[-1]
    keeps_name = act.constraint.kind is ConstraintKind.CHECK
    inner = replace(act.constraint, name=name if keeps_name else "", using_index="")
    for child in heirs_of(catalogue, act.table):
        if name not in table_of(catalogue, child).constraints:
            catalogue = with_constraint(catalogue, child, inner, moment)
    return catalogue


def validate_constraint(catalogue: Catalogue, act: ValidateConstraint, moment: Moment) -> Catalogue:
    """`VALIDATE CONSTRAINT`: from here on it proves something."""
    for name in family_of(catalogue, act.table):
        table = table_of(catalogue, name)
        constraint = table.constraints.get(act.name)
        if constraint is None:
            if not table.is_whole and "null" in act.name.lower():
                # made where nobody could see it; its name is all that tells what it proves
                named = Constraint(kind=ConstraintKind.CHECK, name=act.name)
                catalogue = with_constraint(catalogue, name, named, moment)
            continue
        columns = table.columns
        if constraint.kind is ConstraintKind.NOT_NULL:
            columns = _not_null(table, constraint.columns)
        valid = {**table.constraints, act.name: replace(constraint, is_not_valid=False)}
        catalogue = with_table(catalogue, replace(table, constraints=valid, columns=columns))
    return catalogue


def drop_constraint(catalogue: Catalogue, act: DropConstraint, moment: Moment) -> Catalogue:
    """`DROP CONSTRAINT`; the foreign keys that rest on it go with CASCADE."""
    table = table_of(catalogue, act.table)
    constraint = table.constraints.get(act.name)
    if constraint is None:
        if catalogue.server.engine in (Engine.MYSQL, Engine.MARIADB):
            return with_table(catalogue, replace(table, indexes=without(table.indexes, act.name)))
        return catalogue
    if act.is_cascade and constraint.kind in UNIQUE:
        for other, key in resting_on(catalogue, table, constraint):
            catalogue = without_constraint(catalogue, other.name, key.name)
    catalogue = without_constraint(catalogue, act.table, act.name)
    for child in heirs_of(catalogue, act.table):
        catalogue = _without_same(catalogue, child, constraint)
    return catalogue


def without_constraint(catalogue: Catalogue, table: str, name: str) -> Catalogue:
    """A table without a constraint and its index. A NOT NULL of its own goes with it; the columns
    of a primary key stay NOT NULL, as they do in PostgreSQL.
    """
    home = table_of(catalogue, table)
    constraint = home.constraints.get(name)
    if constraint is None:
        return catalogue
    columns = home.columns
    if constraint.kind is ConstraintKind.NOT_NULL:
        columns = _not_null(home, constraint.columns, is_not_null=False)
    indexes = without(home.indexes, name) if constraint.kind in _WITH_INDEX else home.indexes
    return with_table(
        catalogue,
        replace(
            home,
            columns=columns,
            constraints=without(home.constraints, name),
            indexes=indexes,
            new_constraints=home.new_constraints - {name},
        ),
    )


def resting_on(
    catalogue: Catalogue, table: Table, constraint: Constraint
) -> list[tuple[Table, Constraint]]:
    """The foreign keys that need a primary key or unique constraint: those on its columns."""
    wanted = frozenset(constraint.columns)
    is_primary = constraint.kind is ConstraintKind.PRIMARY_KEY
    return [
        (other, key)
        for other, key in referencing(catalogue, table.name)
        if frozenset(key.referenced_columns) == wanted
        or (is_primary and not key.referenced_columns)
    ]


def primary_of(table: Table) -> tuple[str, ...]:
    """The columns of a table's primary key; none where it is not known."""
    for each in table.constraints.values():
        if each.kind is ConstraintKind.PRIMARY_KEY:
            return each.columns
    return ()


def _named(catalogue: Catalogue, table: Table, constraint: Constraint) -> Constraint:
    if constraint.name:
        return constraint
    if constraint.using_index:
        return replace(constraint, name=plain(constraint.using_index))
    return replace(constraint, name=constraint_name(catalogue, table, constraint))


def _index(table: Table, constraint: Constraint, moment: Moment, used: Index | None) -> Index:
    if used is not None:
        return replace(used, name=constraint.name, is_constraint=True)
    return Index(
        name=constraint.name,
        table=table.name,
        keys=tuple(IndexKey(column=column) for column in constraint.columns),
        is_unique=constraint.kind in UNIQUE,
        method="gist" if constraint.kind is ConstraintKind.EXCLUSION else "btree",
        is_new=moment.is_new,
        is_constraint=True,
    )


def _needs_index(catalogue: Catalogue, table: Table, constraint: Constraint) -> bool:
    """MySQL makes an index for a foreign key that has none."""
    if constraint.kind is not ConstraintKind.FOREIGN_KEY or catalogue.server.engine not in (
        Engine.MYSQL,
        Engine.MARIADB,
    ):
        return False
    width = len(constraint.columns)
    return not any(each.columns[:width] == constraint.columns for each in table.indexes.values())


def _not_null(
    table: Table, names: tuple[str, ...], *, is_not_null: bool = True
) -> dict[str, Column]:
    """The columns of a table, some of them NOT NULL. One that is not known stays so."""
    changed = {
        name: replace(table.columns[name], is_not_null=is_not_null)
        for name in names
        if name in table.columns and table.columns[name].is_not_null is not is_not_null
    }
    return {**table.columns, **changed}


def _without_same(catalogue: Catalogue, child: str, constraint: Constraint) -> Catalogue:
    """A partition or heir without the constraint that its parent gave it."""
    for each in table_of(catalogue, child).constraints.values():
        if (each.kind, each.columns, each.condition, each.references) == (
            constraint.kind,
            constraint.columns,
            constraint.condition,
            constraint.references,
        ):
            return without_constraint(catalogue, child, each.name)
    return catalogue

"""Whole objects dropped, with what goes by CASCADE."""

from collections.abc import Callable

from launchready.facts.acts import Drop, DropColumn, Kind
from launchready.facts.catalogue import Catalogue, Table
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.steps.migration_check.replay.columns import drop_column
from launchready.steps.migration_check.replay.edits import (
    Moment,
    columns_of_type,
    family_of,
    referencing,
    table_of,
    user_type,
    with_table,
    without,
    without_tables,
)
from launchready.steps.migration_check.replay.indexes import drop_index
from launchready.steps.migration_check.replay.keys import without_constraint
from launchready.steps.migration_check.replay.names import plain, schema_of
from launchready.steps.migration_check.replay.views import without_views


def drop(catalogue: Catalogue, act: Drop, moment: Moment) -> Catalogue:
    """`DROP …`. What the history does not know is gone all the same."""
    for name in act.names:
        catalogue = _DROPS.get(act.kind, _as_it_is)(catalogue, name, act)
    return catalogue


def copy_of(catalogue: Catalogue, name: str) -> Table | None:
    """The new table into which the rows of one in use were copied: its successor."""
    return next(
        (
            table
            for table in catalogue.tables.values()
            if table.is_new and name in table.copies and table.kind is Kind.TABLE
        ),
        None,
    )


def _as_it_is(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    return catalogue


def _relation(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    for each in family_of(catalogue, name, inherits=act.is_cascade):
        catalogue = _one_relation(catalogue, each, act)
    return catalogue


def _one_relation(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    if catalogue.server.engine is Engine.POSTGRESQL:  # others keep a key that points nowhere
        for other, key in tuple(referencing(catalogue, name)):
            catalogue = without_constraint(catalogue, other.name, key.name)
    if act.is_cascade:
        catalogue = without_views(catalogue, name)
    table = catalogue.tables.get(name)
    if table is None:
        return catalogue
    catalogue = without_tables(catalogue, name)
    if table.is_default_partition and table.partition_of in catalogue.tables:
        parent = catalogue.tables[table.partition_of]
        catalogue = with_table(catalogue, replace(parent, has_default_partition=False))
    successor = None if table.is_new else copy_of(catalogue, name)
    if successor is None:
        return catalogue
    news = frozenset(successor.columns) - frozenset(table.columns)
    return with_table(catalogue, replace(successor, replaces=name, new_columns=news))


def _index(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    return drop_index(catalogue, name, act.table)


def _type(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    if act.is_cascade:
        for table, column in tuple(columns_of_type(catalogue, name)):
            gone = DropColumn(table=table.name, column=column, is_cascade=True)
            catalogue = drop_column(catalogue, gone, Moment())
    known = user_type(catalogue, name)
    if known is None:
        return catalogue
    return replace(catalogue, types=without(catalogue.types, known.name))


def _function(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    if act.is_cascade:
        for table in tuple(catalogue.tables.values()):
            for trigger, function in table.trigger_functions.items():
                if function == name:
                    catalogue = _without_trigger(catalogue, table.name, trigger)
    return replace(catalogue, routines=without(catalogue.routines, name))


def _trigger(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    if act.table:
        return _without_trigger(catalogue, act.table, name)
    for table in tuple(catalogue.tables.values()):  # MySQL and SQLite name no table
        if plain(name) in table.triggers:
            catalogue = _without_trigger(catalogue, table.name, plain(name))
    return catalogue


def _without_trigger(catalogue: Catalogue, table: str, name: str) -> Catalogue:
    home = table_of(catalogue, table)
    return with_table(
        catalogue,
        replace(
            home,
            triggers=home.triggers - {name},
            trigger_functions=without(home.trigger_functions, name),
        ),
    )


def _policy(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    table = table_of(catalogue, act.table)
    return with_table(catalogue, replace(table, policies=table.policies - {name}))


def _schema(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    if act.is_cascade:
        inner = replace(act, kind=Kind.TABLE)
        for table in tuple(catalogue.tables):
            if schema_of(table) == name:
                catalogue = _relation(catalogue, table, inner)
        for known in tuple(catalogue.types):
            if schema_of(known) == name:
                catalogue = _type(catalogue, known, inner)
    return replace(catalogue, schemas=catalogue.schemas - {name})


def _sequence(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    if act.is_cascade:
        for table in tuple(catalogue.tables.values()):
            bare = _unnumbered(table, f"nextval('{name}'")
            catalogue = catalogue if bare is table else with_table(catalogue, bare)
    return replace(catalogue, sequences=catalogue.sequences - {name})


def _unnumbered(table: Table, call: str) -> Table:
    """A table whose columns no longer take their default of a sequence."""
    columns = {
        name: replace(each, default=None, is_auto=False)
        for name, each in table.columns.items()
        if each.default is not None and each.default.sql.startswith(call)
    }
    return replace(table, columns={**table.columns, **columns}) if columns else table


def _extension(catalogue: Catalogue, name: str, act: Drop) -> Catalogue:
    return replace(catalogue, extensions=catalogue.extensions - {name})


_DROPS: dict[Kind, Callable[[Catalogue, str, Drop], Catalogue]] = {
    Kind.TABLE: _relation,
    Kind.VIEW: _relation,
    Kind.MATERIALIZED_VIEW: _relation,
    Kind.INDEX: _index,
    Kind.TYPE: _type,
    Kind.DOMAIN: _type,
    Kind.FUNCTION: _function,
    Kind.TRIGGER: _trigger,
    Kind.POLICY: _policy,
    Kind.SCHEMA: _schema,
    Kind.SEQUENCE: _sequence,
    Kind.EXTENSION: _extension,
}

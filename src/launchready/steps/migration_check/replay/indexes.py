"""Indexes: made on a table and all its partitions."""

from launchready.facts.acts import CreateIndex
from launchready.facts.catalogue import Catalogue, Index, Table
from launchready.facts.schema import Engine, IndexKey
from launchready.frozen import replace
from launchready.steps.migration_check.replay.edits import (
    Moment,
    heirs_of,
    index_named,
    table_of,
    with_table,
    without,
)
from launchready.steps.migration_check.replay.names import beside, index_name


def index_made(act: CreateIndex, moment: Moment) -> Index:
    """The index that an act makes."""
    return Index(
        name=act.name,
        table=act.table,
        keys=act.keys,
        is_unique=act.is_unique,
        method=act.method,
        where=act.where,
        is_new=moment.is_new,
    )


def with_index(catalogue: Catalogue, table: str, index: Index) -> Catalogue:
    """A table with an index more; it gets a name where it has none."""
    home = table_of(catalogue, table)
    name = index.name or index_name(catalogue, home, index.keys)
    is_so = index.name == name and index.table == table
    named = index if is_so else replace(index, name=name, table=table)
    return with_table(catalogue, replace(home, indexes={**home.indexes, name: named}))


def create_index(catalogue: Catalogue, act: CreateIndex, moment: Moment) -> Catalogue:
    """`CREATE INDEX`; on a partitioned table each partition gets one, unless it says ONLY."""
    if act.is_if_not_exists and act.name and is_there(catalogue, act):
        return catalogue
    catalogue = with_index(catalogue, act.table, index_made(act, moment))
    if act.is_only or not table_of(catalogue, act.table).is_partitioned:
        return catalogue
    for child in heirs_of(catalogue, act.table):
        inner = index_made(replace(act, table=child, name=""), moment)
        catalogue = with_index(catalogue, child, inner)
    return catalogue


def is_there(catalogue: Catalogue, act: CreateIndex) -> bool:
    """Whether an index of the act's name is there already."""
    is_mysql = catalogue.server.engine in (Engine.MYSQL, Engine.MARIADB)
    name = beside(act.table, act.name)
    return index_named(catalogue, name, act.table if is_mysql else "") is not None


def drop_index(catalogue: Catalogue, name: str, table: str = "") -> Catalogue:
    """The catalogue without an index, and without those of partitions that hang on it."""
    found = index_named(catalogue, name, table)
    if found is None:
        return catalogue
    home, index = found
    catalogue = _without(catalogue, home, index)
    if not home.is_partitioned:
        return catalogue
    for child in heirs_of(catalogue, home.name):
        catalogue = _without_like(catalogue, child, index)
    return catalogue


def without_column(keys: tuple[IndexKey, ...], column: str) -> tuple[IndexKey, ...]:
    """The keys of an index that MySQL leaves when one of its columns goes."""
    return tuple(key for key in keys if key.column != column)


def _without(catalogue: Catalogue, home: Table, index: Index) -> Catalogue:
    return with_table(
        catalogue,
        replace(
            home,
            indexes=without(home.indexes, index.name),
            constraints=without(home.constraints, index.name)
            if index.is_constraint
            else home.constraints,
        ),
    )


def _without_like(catalogue: Catalogue, table: str, index: Index) -> Catalogue:
    """A partition without the index that its parent's made."""
    home = table_of(catalogue, table)
    for each in home.indexes.values():
        if each.keys == index.keys and each.is_unique == index.is_unique:
            return _without(catalogue, home, each)
    return catalogue

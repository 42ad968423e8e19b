"""Small edits of a catalogue: each makes another value and copies only what changes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from launchready.facts.catalogue import Catalogue, Index, Table, UserType
from launchready.facts.schema import Constraint, ConstraintKind, Type
from launchready.frozen import frozen, replace
from launchready.steps.migration_check.replay.names import plain, schema_of
from launchready.steps.migration_check.replay.relations import relations_of

V = TypeVar("V")


@frozen
class Moment:
    """When an act runs: `is_new` in the change under judgement; `version` is its migration's."""

    is_new: bool = False
    version: str = ""


def table_of(catalogue: Catalogue, name: str) -> Table:
    """A relation, known or not: one that the history did not create has columns unknown."""
    return catalogue.tables.get(name) or Table(name=name)


def with_table(catalogue: Catalogue, table: Table) -> Catalogue:
    """The catalogue with a table put in, or in the place of its namesake."""
    return replace(catalogue, tables=relations_of(catalogue.tables).having((table,)))


def with_tables(catalogue: Catalogue, tables: Iterable[Table]) -> Catalogue:
    """The same for several."""
    put = tuple(tables)
    if not put:
        return catalogue
    return replace(catalogue, tables=relations_of(catalogue.tables).having(put))


def without_tables(catalogue: Catalogue, *names: str) -> Catalogue:
    """The catalogue without some of its relations."""
    tables = relations_of(catalogue.tables)
    for name in names:
        tables = tables.without(name)
    return replace(catalogue, tables=tables)


def without(mapping: Mapping[str, V], *names: str) -> Mapping[str, V]:
    """A mapping without some of its keys."""
    if not any(name in mapping for name in names):
        return mapping
    return {key: value for key, value in mapping.items() if key not in names}


def renamed(mapping: Mapping[str, V], old: str, new: str, value: V) -> Mapping[str, V]:
    """A mapping in which a key has another name and value, at the same place."""
    return {
        new if key == old else key: value if key == old else kept for key, kept in mapping.items()
    }


def family_of(catalogue: Catalogue, name: str, *, inherits: bool = True) -> tuple[str, ...]:
    """A table, its partitions and (unless not wanted) those that inherit it, all the way down."""
    if name not in relations_of(catalogue.tables).parents:
        return (name,)
    children: dict[str, list[str]] = {}
    for table in catalogue.tables.values():
        if table.partition_of:
            children.setdefault(table.partition_of, []).append(table.name)
        for parent in table.inherits if inherits else ():
            children.setdefault(parent, []).append(table.name)
    found, pending = {name: None}, [name]
    while pending and children:
        for child in children.get(pending.pop(), ()):
            if child not in found:
                found[child] = None
                pending.append(child)
    return tuple(found)


def heirs_of(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """The same without the table itself."""
    return family_of(catalogue, name)[1:]


def index_named(catalogue: Catalogue, name: str, table: str = "") -> tuple[Table, Index] | None:
    """The index of a name, and its table; of MySQL's only that of the table said."""
    bare, schema = plain(name), schema_of(name)
    if table:
        home = catalogue.tables.get(table)
        return (home, home.indexes[bare]) if home and bare in home.indexes else None
    if bare not in relations_of(catalogue.tables).taken:
        return None
    for each in catalogue.tables.values():
        if bare in each.indexes and schema_of(each.name) == schema:
            return each, each.indexes[bare]
    return None


def user_type(catalogue: Catalogue, of: Type | str) -> UserType | None:
    """The type that the history made, by a name that may or may not have a schema."""
    name = of if isinstance(of, str) else of.name
    if found := catalogue.types.get(name):
        return found
    bare = plain(name)
    return next((each for key, each in catalogue.types.items() if plain(key) == bare), None)


def columns_of_type(catalogue: Catalogue, name: str) -> Iterator[tuple[Table, str]]:
    """The columns that are of a type, arrays of it too, as (table, column)."""
    bare = plain(name)
    for table in catalogue.tables.values():
        for column in table.columns.values():
            if plain(column.type.name) == bare:
                yield table, column.name


def referencing(catalogue: Catalogue, name: str) -> Iterator[tuple[Table, Constraint]]:
    """The foreign keys that point at a table, its own included."""
    if name not in relations_of(catalogue.tables).referenced:
        return
    for table in catalogue.tables.values():
        for constraint in table.constraints.values():
            if constraint.kind is ConstraintKind.FOREIGN_KEY and constraint.references == name:
                yield table, constraint

"""Relations and columns under another name: every reference to them follows."""

from launchready.facts.acts import Rename
from launchready.facts.catalogue import Catalogue, Index, Table
from launchready.facts.schema import Column, Constraint, Expression, IndexKey
from launchready.frozen import replace
from launchready.regex import Regex
from launchready.steps.migration_check.replay.edits import (
    family_of,
    renamed,
    table_of,
    with_tables,
)
from launchready.steps.migration_check.replay.relations import Relations, relations_of
from launchready.steps.migration_check.replay.views import VIEWS

_WORDS: Regex[str] = Regex(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w$]+""")


def move_relation(catalogue: Catalogue, old: str, new: str) -> Catalogue:
    """A relation under another name. What takes the place of a table that was in use is in use."""
    table = table_of(catalogue, old)
    is_back = table.replaces == new
    moved = replace(
        table,
        name=new,
        indexes={name: replace(index, table=new) for name, index in table.indexes.items()},
        is_new=table.is_new and not is_back,
        partition_of="" if table.partition_of == new else table.partition_of,
        replaces="" if is_back else table.replaces,
    )
    tables = relations_of(catalogue.tables)
    if old in tables:
        tables = tables.having_for(old, moved)
    else:  # one that nobody knew comes first
        tables = Relations({new: moved, **tables.without(new)})
    catalogue = replace(catalogue, tables=tables)
    if not tables.may_name(old):
        return catalogue
    pointing = ((each, _pointing(each, old, new)) for each in tables.values())
    return with_tables(catalogue, [now for was, now in pointing if now is not was])


def _pointing(table: Table, old: str, new: str) -> Table:
    """A table whose references to another one follow it."""
    if table.partition_of == old:
        table = replace(table, partition_of=new)
    if old in table.inherits:
        table = replace(table, inherits=swapped(table.inherits, old, new))
    if old in table.reads:
        owned = tuple((new if name == old else name, column) for name, column in table.owned)
        table = replace(table, reads=swapped(table.reads, old, new), owned=owned)
    if any(each.references == old for each in table.constraints.values()):
        table = replace(
            table,
            constraints={
                name: replace(each, references=new) if each.references == old else each
                for name, each in table.constraints.items()
            },
        )
    return table


def rename_column(catalogue: Catalogue, act: Rename) -> Catalogue:
    """`RENAME COLUMN`, in partitions and heirs too."""
    if act.table in catalogue.tables and catalogue.tables[act.table].gives:
        view = catalogue.tables[act.table]
        given = replace(view, gives=swapped(view.gives, act.old, act.new))
        catalogue = replace(catalogue, tables={**catalogue.tables, view.name: given})
    names = family_of(catalogue, act.table)
    named = [_with_column(table_of(catalogue, name), act.old, act.new) for name in names]
    catalogue = with_tables(catalogue, named)
    tables = relations_of(catalogue.tables)
    if not any(map(tables.may_name, names)):
        return catalogue
    reading = ((each, _reading(each, names, act)) for each in tables.values())
    return with_tables(catalogue, [now for was, now in reading if now is not was])


def _with_column(table: Table, old: str, new: str) -> Table:
    columns = table.columns
    if old in columns:
        columns = renamed(columns, old, new, replace(columns[old], name=new))
    return replace(
        table,
        columns={name: _generated(column, old, new) for name, column in columns.items()},
        indexes={name: _index(each, old, new) for name, each in table.indexes.items()},
        constraints={name: _key(each, old, new) for name, each in table.constraints.items()},
        new_columns=frozenset(swapped(tuple(table.new_columns), old, new)),
    )


def _generated(column: Column, old: str, new: str) -> Column:
    if column.generation is None:
        return column
    return replace(column, generation=_expression(column.generation, old, new))


def _index(index: Index, old: str, new: str) -> Index:
    keys = tuple(
        IndexKey(
            column=new if key.column == old else key.column,
            expression=_expression(key.expression, old, new),
            options=key.options,
        )
        for key in index.keys
    )
    return replace(index, keys=keys, where=_expression(index.where, old, new))


def _key(constraint: Constraint, old: str, new: str) -> Constraint:
    return replace(
        constraint,
        columns=swapped(constraint.columns, old, new),
        condition=_expression(constraint.condition, old, new),
    )


def _expression(expression: Expression | None, old: str, new: str) -> Expression | None:
    """An expression in which a column has another name, in its text too."""
    if expression is None or old not in expression.columns:
        return expression
    quoted = new if new.isidentifier() and new == new.lower() else f'"{new}"'
    names = (old, f'"{old}"')
    sql = _WORDS.sub(lambda found: quoted if found[0] in names else found[0], expression.sql)
    return replace(expression, sql=sql, columns=swapped(expression.columns, old, new))


def _reading(table: Table, names: tuple[str, ...], act: Rename) -> Table:
    """A table or view that refers to a column which has another name now. A view that reads others
    too may have meant one of theirs: it keeps both names.
    """
    if table.kind in VIEWS and act.old in table.read_columns and set(names) & set(table.reads):
        kept = (act.old,) if len(table.reads) > 1 else ()
        read = swapped(table.read_columns, act.old, act.new)
        owned = tuple(
            (name, act.new if name in names and column == act.old else column)
            for name, column in table.owned
        )
        return replace(table, read_columns=(*read, *kept), owned=owned)
    if not any(each.references in names for each in table.constraints.values()):
        return table
    constraints = {
        name: replace(each, referenced_columns=swapped(each.referenced_columns, act.old, act.new))
        if each.references in names
        else each
        for name, each in table.constraints.items()
    }
    return replace(table, constraints=constraints)


def swapped(names: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """Names, one of them another."""
    return tuple(new if name == old else name for name in names) if old in names else names

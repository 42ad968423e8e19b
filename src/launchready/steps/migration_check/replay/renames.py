"""Other names and other schemas: every reference follows, as it does in the server."""

from collections.abc import Callable
from dataclasses import replace

from launchready.facts.acts import Kind, Rename, SetSchema
from launchready.facts.catalogue import Catalogue, Index, Table
from launchready.facts.schema import Column, Constraint, Expression, IndexKey
from launchready.regex import Regex
from launchready.steps.migration_check.replay.edits import (
    Moment,
    family_of,
    index_named,
    renamed,
    table_of,
    user_type,
    with_table,
    without,
)
from launchready.steps.migration_check.replay.names import beside, plain
from launchready.steps.migration_check.replay.views import VIEWS

_RELATIONS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW)
_WORDS: Regex[str] = Regex(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w$]+""")


def rename(catalogue: Catalogue, act: Rename, moment: Moment) -> Catalogue:
    """`RENAME TO`, whatever it is that gets another name."""
    return _RENAMES.get(act.kind, _as_it_is)(catalogue, act)


def set_schema(catalogue: Catalogue, act: SetSchema, moment: Moment) -> Catalogue:
    """`SET SCHEMA`: another name in full."""
    schema = "" if act.schema == "public" else f"{act.schema}."
    new = f"{schema}{plain(act.name)}"
    if act.kind in _RELATIONS:
        return _relation(catalogue, act.name, new)
    if act.kind in (Kind.TYPE, Kind.DOMAIN):
        return _type(catalogue, act.name, new)
    if act.kind is Kind.FUNCTION and act.name in catalogue.routines:
        routine = replace(catalogue.routines[act.name], name=new)
        return replace(catalogue, routines=renamed(catalogue.routines, act.name, new, routine))
    return catalogue


def _as_it_is(catalogue: Catalogue, act: Rename) -> Catalogue:
    return catalogue


def _rename_relation(catalogue: Catalogue, act: Rename) -> Catalogue:
    if act.old not in catalogue.tables and index_named(catalogue, act.old):
        return _rename_index(catalogue, act)  # ALTER TABLE renames indexes as well
    return _relation(catalogue, act.old, beside(act.old, act.new))


def _relation(catalogue: Catalogue, old: str, new: str) -> Catalogue:
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
    tables = {new: moved} if old not in catalogue.tables else {}
    for name, each in catalogue.tables.items():
        if name == old:
            tables[new] = moved
        elif name != new:
            tables[name] = _pointing(each, old, new)
    tables[new] = _pointing(tables[new], old, new)
    return replace(catalogue, tables=tables)


def _pointing(table: Table, old: str, new: str) -> Table:
    """A table whose references to another one follow it."""
    if table.partition_of == old:
        table = replace(table, partition_of=new)
    if old in table.inherits:
        table = replace(table, inherits=_swapped(table.inherits, old, new))
    if old in table.reads:
        table = replace(table, reads=_swapped(table.reads, old, new))
    if any(each.references == old for each in table.constraints.values()):
        table = replace(
            table,
            constraints={
                name: replace(each, references=new) if each.references == old else each
                for name, each in table.constraints.items()
            },
        )
    return table


def _rename_column(catalogue: Catalogue, act: Rename) -> Catalogue:
    names = family_of(catalogue, act.table)
    tables = {**catalogue.tables}
    for name in names:
        tables[name] = _with_column(table_of(catalogue, name), act.old, act.new)
    for name, each in tables.items():
        tables[name] = _reading(each, names, act)
    return replace(catalogue, tables=tables)


def _with_column(table: Table, old: str, new: str) -> Table:
    columns = table.columns
    if old in columns:
        columns = renamed(columns, old, new, replace(columns[old], name=new))
    return replace(
        table,
        columns={name: _generated(column, old, new) for name, column in columns.items()},
        indexes={name: _index(each, old, new) for name, each in table.indexes.items()},
        constraints={name: _key(each, old, new) for name, each in table.constraints.items()},
        new_columns=frozenset(_swapped(tuple(table.new_columns), old, new)),
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
        columns=_swapped(constraint.columns, old, new),
        condition=_expression(constraint.condition, old, new),
    )


def _expression(expression: Expression | None, old: str, new: str) -> Expression | None:
    """An expression in which a column has another name, in its text too."""
    if expression is None or old not in expression.columns:
        return expression
    quoted = new if new.isidentifier() and new == new.lower() else f'"{new}"'
    names = (old, f'"{old}"')
    sql = _WORDS.sub(lambda found: quoted if found[0] in names else found[0], expression.sql)
    return replace(expression, sql=sql, columns=_swapped(expression.columns, old, new))


def _reading(table: Table, names: tuple[str, ...], act: Rename) -> Table:
    """A table or view that refers to a column which has another name now. A view that reads others
    too may have meant one of theirs: it keeps both names.
    """
    if table.kind in VIEWS and act.old in table.read_columns and set(names) & set(table.reads):
        kept = (act.old,) if len(table.reads) > 1 else ()
        read = _swapped(table.read_columns, act.old, act.new)
        return replace(table, read_columns=(*read, *kept))
    if not any(each.references in names for each in table.constraints.values()):
        return table
    constraints = {
        name: replace(each, referenced_columns=_swapped(each.referenced_columns, act.old, act.new))
        if each.references in names
        else each
        for name, each in table.constraints.items()
    }
    return replace(table, constraints=constraints)


def _rename_index(catalogue: Catalogue, act: Rename) -> Catalogue:
    found = index_named(catalogue, act.old, act.table)
    if found is None:
        return catalogue
    table, index = found
    made = replace(index, name=act.new)
    table = replace(table, indexes=renamed(table.indexes, index.name, act.new, made))
    if index.name in table.constraints:
        table = _constraint_named(table, index.name, act.new)
    return with_table(catalogue, table)


def _rename_constraint(catalogue: Catalogue, act: Rename) -> Catalogue:
    table = table_of(catalogue, act.table)
    if act.old not in table.constraints:
        return catalogue
    table = _constraint_named(table, act.old, act.new)
    if act.old in table.indexes:
        made = replace(table.indexes[act.old], name=act.new)
        table = replace(table, indexes=renamed(table.indexes, act.old, act.new, made))
    return with_table(catalogue, table)


def _constraint_named(table: Table, old: str, new: str) -> Table:
    made = replace(table.constraints[old], name=new)
    return replace(
        table,
        constraints=renamed(table.constraints, old, new, made),
        new_constraints=frozenset(_swapped(tuple(table.new_constraints), old, new)),
    )


def _rename_type(catalogue: Catalogue, act: Rename) -> Catalogue:
    return _type(catalogue, act.old, beside(act.old, act.new))


def _type(catalogue: Catalogue, old: str, new: str) -> Catalogue:
    """A type under another name, with the columns that are of it."""
    known = user_type(catalogue, old)
    types = catalogue.types
    if known is not None:
        was = known.was if known.is_new or known.was else known.name
        moved = replace(known, name=new, was=was if was != new else "")
        types = {**without(types, known.name), new: moved}
    tables = {
        name: _of_type(table, plain(old), plain(new)) for name, table in catalogue.tables.items()
    }
    return replace(catalogue, types=types, tables=tables)


def _of_type(table: Table, old: str, new: str) -> Table:
    if not any(plain(column.type.name) == old for column in table.columns.values()):
        return table
    columns = {
        name: replace(column, type=replace(column.type, name=new))
        if plain(column.type.name) == old
        else column
        for name, column in table.columns.items()
    }
    return replace(table, columns=columns)


def _rename_label(catalogue: Catalogue, act: Rename) -> Catalogue:
    known = user_type(catalogue, act.table)
    if known is None:
        return catalogue
    values = _swapped(known.values, act.old, act.new)
    return replace(catalogue, types={**catalogue.types, known.name: replace(known, values=values)})


def _rename_schema(catalogue: Catalogue, act: Rename) -> Catalogue:
    for name in tuple(catalogue.tables):
        if name.startswith(f"{act.old}."):
            catalogue = _relation(catalogue, name, f"{act.new}.{plain(name)}")
    schemas = frozenset(_swapped(tuple(catalogue.schemas), act.old, act.new))
    return replace(catalogue, schemas=schemas)


def _rename_function(catalogue: Catalogue, act: Rename) -> Catalogue:
    if act.old not in catalogue.routines:
        return catalogue
    new = beside(act.old, act.new)
    routine = replace(catalogue.routines[act.old], name=new)
    return replace(catalogue, routines=renamed(catalogue.routines, act.old, new, routine))


def _rename_policy(catalogue: Catalogue, act: Rename) -> Catalogue:
    table = table_of(catalogue, act.table)
    policies = frozenset(_swapped(tuple(table.policies), act.old, act.new))
    return with_table(catalogue, replace(table, policies=policies))


def _rename_trigger(catalogue: Catalogue, act: Rename) -> Catalogue:
    table = table_of(catalogue, act.table)
    triggers = frozenset(_swapped(tuple(table.triggers), act.old, act.new))
    functions = dict(table.trigger_functions)
    if act.old in functions:
        functions[act.new] = functions.pop(act.old)
    return with_table(catalogue, replace(table, triggers=triggers, trigger_functions=functions))


def _rename_sequence(catalogue: Catalogue, act: Rename) -> Catalogue:
    new = beside(act.old, act.new)
    sequences = frozenset(_swapped(tuple(catalogue.sequences), act.old, new))
    return replace(catalogue, sequences=sequences)


def _swapped(names: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(new if name == old else name for name in names) if old in names else names


_RENAMES: dict[Kind, Callable[[Catalogue, Rename], Catalogue]] = {
    Kind.TABLE: _rename_relation,
    Kind.VIEW: _rename_relation,
    Kind.MATERIALIZED_VIEW: _rename_relation,
    Kind.COLUMN: _rename_column,
    Kind.INDEX: _rename_index,
    Kind.CONSTRAINT: _rename_constraint,
    Kind.TYPE: _rename_type,
    Kind.DOMAIN: _rename_type,
    Kind.ENUM_VALUE: _rename_label,
    Kind.SCHEMA: _rename_schema,
    Kind.FUNCTION: _rename_function,
    Kind.POLICY: _rename_policy,
    Kind.TRIGGER: _rename_trigger,
    Kind.SEQUENCE: _rename_sequence,
}

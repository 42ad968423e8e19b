"""Other names and other schemas: every reference follows, as it does in the server."""

from collections.abc import Callable

from launchready.facts.acts import Kind, Rename, SetSchema
from launchready.facts.catalogue import Catalogue, Table
from launchready.frozen import replace
from launchready.steps.migration_check.replay.edits import (
    Moment,
    index_named,
    renamed,
    table_of,
    user_type,
    with_table,
    with_tables,
    without,
)
from launchready.steps.migration_check.replay.moves import move_relation, rename_column, swapped
from launchready.steps.migration_check.replay.names import beside, plain

_RELATIONS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW)


def rename(catalogue: Catalogue, act: Rename, moment: Moment) -> Catalogue:
    """`RENAME TO`, whatever it is that gets another name."""
    return _RENAMES.get(act.kind, _as_it_is)(catalogue, act)


def set_schema(catalogue: Catalogue, act: SetSchema, moment: Moment) -> Catalogue:
    """`SET SCHEMA`: another name in full."""
    schema = "" if act.schema == "public" else f"{act.schema}."
    new = f"{schema}{plain(act.name)}"
    if act.kind in _RELATIONS:
        return move_relation(catalogue, act.name, new)
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
    return move_relation(catalogue, act.old, beside(act.old, act.new))


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
        new_constraints=frozenset(swapped(tuple(table.new_constraints), old, new)),
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
    bare, other = plain(old), plain(new)
    pairs = ((each, _of_type(each, bare, other)) for each in catalogue.tables.values())
    changed = [now for before, now in pairs if now is not before]
    return with_tables(replace(catalogue, types=types), changed)


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
    values = swapped(known.values, act.old, act.new)
    return replace(catalogue, types={**catalogue.types, known.name: replace(known, values=values)})


def _rename_schema(catalogue: Catalogue, act: Rename) -> Catalogue:
    for name in tuple(catalogue.tables):
        if name.startswith(f"{act.old}."):
            catalogue = move_relation(catalogue, name, f"{act.new}.{plain(name)}")
    schemas = frozenset(swapped(tuple(catalogue.schemas), act.old, act.new))
    return replace(catalogue, schemas=schemas)


def _rename_function(catalogue: Catalogue, act: Rename) -> Catalogue:
    if act.old not in catalogue.routines:
        return catalogue
    new = beside(act.old, act.new)
    routine = replace(catalogue.routines[act.old], name=new)
    return replace(catalogue, routines=renamed(catalogue.routines, act.old, new, routine))


def _rename_policy(catalogue: Catalogue, act: Rename) -> Catalogue:
    table = table_of(catalogue, act.table)
    policies = frozenset(swapped(tuple(table.policies), act.old, act.new))
    return with_table(catalogue, replace(table, policies=policies))


def _rename_trigger(catalogue: Catalogue, act: Rename) -> Catalogue:
    table = table_of(catalogue, act.table)
    triggers = frozenset(swapped(tuple(table.triggers), act.old, act.new))
    functions = dict(table.trigger_functions)
    if act.old in functions:
        functions[act.new] = functions.pop(act.old)
    return with_table(catalogue, replace(table, triggers=triggers, trigger_functions=functions))


def _rename_sequence(catalogue: Catalogue, act: Rename) -> Catalogue:
    new = beside(act.old, act.new)
    sequences = frozenset(swapped(tuple(catalogue.sequences), act.old, new))
    return replace(catalogue, sequences=sequences)


_RENAMES: dict[Kind, Callable[[Catalogue, Rename], Catalogue]] = {
    Kind.TABLE: _rename_relation,
    Kind.VIEW: _rename_relation,
    Kind.MATERIALIZED_VIEW: _rename_relation,
    Kind.COLUMN: rename_column,
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

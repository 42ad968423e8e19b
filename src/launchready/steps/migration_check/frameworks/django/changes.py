"""A field's column altered, step by step in the order in which Django does it.

Source: `BaseDatabaseSchemaEditor._alter_field`, and `_alter_field` of
django/db/backends/postgresql/schema.py, of Django 5.2.
"""

from collections.abc import Iterator

from launchready.steps.migration_check.frameworks.django import names
from launchready.steps.migration_check.frameworks.django.changing import Changing, family
from launchready.steps.migration_check.frameworks.django.column_changes import (
    alter_column,
    drop_filling,
)
from launchready.steps.migration_check.frameworks.django.columns import (
    add_foreign_key,
    field_index,
    foreign_key,
    index_statement,
    unique_statement,
    wants_index,
    wants_like_index,
)
from launchready.steps.migration_check.frameworks.django.fields import Field
from launchready.steps.migration_check.frameworks.django.rebuild import rebuild_with
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.django.tables import through_of
from launchready.steps.migration_check.frameworks.django.types import check_of, type_of

Relative = tuple[Model, Field]
"""A foreign key of another model that points to the column."""


def change_on_sqlite(change: Changing) -> Model:
    """SQLite alters hardly anything: its table is made anew."""
    if change.old.column != change.new.column and change.types[0] == change.types[1]:
        _rename(change)
        return change.altered()
    fields = (change.old, change.new)
    return rebuild_with(change.editor, change.model, change.after, altered=fields)


def change_column(change: Changing) -> Model:
    """Send all that turns one column into another; the model with the names that are left."""
    is_dropped = _drop_foreign_key(change)
    was_unique = change.old.is_unique and not change.old.is_key
    if was_unique and (not change.new.is_unique or change.became_key):
        change.drop("drop_unique", "unique", change.old.column)
    relatives = _relatives(change)
    _drop_incoming(change, relatives)
    _drop_index(change)
    checks = check_of(change.old, "?", change.before), check_of(change.new, "?", change.after)
    if checks[0] != checks[1] and checks[0]:
        change.drop("drop_check", "check", change.old.column)
    if change.old.column != change.new.column:
        _rename(change)
    alter_column(change)
    if change.old.is_key and not change.new.is_key:
        change.drop("drop_pk", "pk", change.old.column)
    _add_unique_or_index(change)
    _alter_relatives(change, relatives)
    is_new = not (change.old.is_relation and change.old.has_constraint)
    if is_dropped or is_new:
        _add_foreign_key(change)
    _add_incoming(change, relatives)
    if checks[0] != checks[1] and checks[1]:
        _add_check(change)
    drop_filling(change)
    _like_index(change)
    return change.altered()


def _drop_foreign_key(change: Changing) -> bool:
    """Drop the column's own foreign key, if it is there already; whether it was."""
    old = change.old
    if not (old.is_relation and old.has_constraint):
        return False
    if change.editor.waits(change.table, old.column):
        return False
    name = change.made.pop(("fk", old.column), "")
    _drop_named(change, change.table, name or foreign_key(old, change.model, change.before)[0])
    return True


def _drop_named(change: Changing, table: str, name: str) -> None:
    if change.is_postgres:
        change.editor.send(f"SET CONSTRAINTS {change.quote(name)} IMMEDIATE")
    change.send("drop_fk", table=change.quote(table), name=change.quote(name))


def _relatives(change: Changing) -> list[Relative]:
    """Foreign keys of all models on a column whose type changes, or that becomes the key."""
    old, new = change.old, change.new
    both = (old.is_key and new.is_key) or (old.is_unique and new.is_unique)
    if not (both and change.types[0] != change.types[1]) and not change.became_key:
        return []
    return [
        (model, field)
        for model in _with_joining(change.after)
        for field in model.fields.values()
        if field.is_relation and _points_here(change, model, field)
    ]


def _with_joining(state: State) -> Iterator[Model]:
    """All models that have tables, and those that Django makes to join them."""
    for model in state.models.values():
        if not state.has_table(model):
            continue
        yield model
        for field in model.fields.values():
            if field.is_many and (through := through_of(field, model, state)) is not None:
                yield through


def _points_here(change: Changing, model: Model, field: Field) -> bool:
    if change.after.key_of(field.given.get("to"), model) != change.model.key:
        return False
    return change.after.target_field(model, field).name == change.new.name


def _drop_incoming(change: Changing, relatives: list[Relative]) -> None:
    for model, field in relatives:
        if change.became_key or not field.has_constraint:
            continue
        known = (
            change.made
            if model.key == change.model.key
            else change.editor.names_of(model, change.after)
        )
        name = known.get(("fk", field.column)) or foreign_key(field, model, change.after)[0]
        _drop_named(change, change.after.table_of(model), name)


def _drop_index(change: Changing) -> None:
    old, new = wants_index(change.old, change.before), wants_index(change.new, change.after)
    if old and not new:
        change.drop("drop_index", "index", change.old.column)
        change.drop("drop_index", "like", change.old.column)
    elif _leaves_text(change):
        change.drop("drop_index", "like", change.old.column)


def _leaves_text(change: Changing) -> bool:
    """Whether an indexed text becomes something else, or another kind of text."""
    if not (change.old.is_indexed or change.old.is_unique):
        return False
    old, new = change.types
    return any(
        old.startswith(each) and not new.startswith(each) for each in ("varchar", "text", "citext")
    )


def _rename(change: Changing) -> None:
    old, new = change.old.column, change.new.column
    change.send("rename_column", old=change.quote(old), new=change.quote(new))
    change.editor.rename_column(change.table, old, new)
    change.made = {
        (what, ",".join(new if each == old else each for each in columns.split(","))): name
        for (what, columns), name in change.made.items()
    }


def _add_unique_or_index(change: Changing) -> None:
    column, quote = change.new.column, change.quote
    became_unique = change.new.is_unique and (not change.old.is_unique or change.old.is_key)
    if became_unique and not change.new.is_key:
        change.made["unique", column] = names.index_name(change.table, (column,), "_uniq")
        change.editor.send(unique_statement(change.waiting(column), change.after))
    if wants_index(change.new, change.after) and not wants_index(change.old, change.before):
        change.made["index", column] = names.index_name(change.table, (column,))
        change.editor.send(field_index(change.waiting(column), change.after, ""))
    if change.became_key:
        name = names.index_name(change.table, (column,), "_pk")
        change.made["pk", column] = name
        change.editor.send(
            f"ALTER TABLE {quote(change.table)} ADD CONSTRAINT {quote(name)}"
            f" PRIMARY KEY ({quote(column)})"
        )


def _alter_relatives(change: Changing, relatives: list[Relative]) -> None:
    for model, field in relatives:
        column, new = change.quote(field.column), type_of(field, model, change.after)
        words = f"{column} TYPE {new} USING {column}::{new}"
        table = change.quote(change.after.table_of(model))
        change.editor.send(f"ALTER TABLE {table} ALTER COLUMN {words}")


def _add_foreign_key(change: Changing) -> None:
    new = change.new
    if not (new.is_relation and new.has_constraint):
        return
    name, to_table, to_column = foreign_key(new, change.model, change.after)
    change.made["fk", new.column] = name
    wait = change.waiting(new.column, (to_table, to_column))
    change.editor.send(add_foreign_key(change.after, wait))


def _add_incoming(change: Changing, relatives: list[Relative]) -> None:
    for model, field in relatives:
        if not field.has_constraint or change.became_key:
            continue
        _, to_table, to_column = foreign_key(field, model, change.after)
        table = change.after.table_of(model)
        wait = change.waiting(field.column, (to_table, to_column), table)
        name = names.index_name(table, (field.column,), "_fk")
        change.editor.send(add_foreign_key(change.after, wait, name))
        if model.key == change.model.key:
            change.made["fk", field.column] = name
            continue
        known = change.editor.names_of(model, change.after)
        change.editor.made[model.key] = {**known, ("fk", field.column): name}


def _add_check(change: Changing) -> None:
    column, quote = change.new.column, change.quote
    name = names.index_name(change.table, (column,), "_check")
    change.made["check", column] = name
    change.editor.send(
        f"ALTER TABLE {quote(change.table)} ADD CONSTRAINT {quote(name)}"
        f" CHECK ({check_of(change.new, column, change.after)})"
    )


def _like_index(change: Changing) -> None:
    if not change.is_postgres:
        return
    column, old, new = change.new.column, change.old, change.new
    was_indexed = old.is_indexed or old.is_unique
    is_added = (not was_indexed and new.is_indexed) or (not old.is_unique and new.is_unique)
    wants = wants_like_index(new, change.model, change.after)
    if (is_added or _leaves_text(change)) and wants:
        name = names.index_name(change.table, (column,), "_like")
        change.made["like", column] = name
        operators = f"{family(change.types[1])}_pattern_ops"
        change.editor.send(
            index_statement(change.table, name, (column,), change.after, operators=operators)
        )
    if old.is_unique and not (new.is_indexed or new.is_unique):
        name = names.index_name(change.table, (old.column,), "_like")
        change.made.pop(("like", column), None)
        change.send("drop_index", name=change.quote(name))

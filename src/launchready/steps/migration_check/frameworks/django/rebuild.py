"""SQLite's way to alter a table: a new one is made, filled, and takes the old one's name.

Source: `DatabaseSchemaEditor._remake_table` of django/db/backends/sqlite3/schema.py of Django 5.2.
"""

from launchready.frozen import replace
from launchready.steps.migration_check.frameworks.django.columns import (
    defer_indexes,
    definition,
    foreign_key,
)
from launchready.steps.migration_check.frameworks.django.constraints import inline
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.fields import Field
from launchready.steps.migration_check.frameworks.django.literals import default_of
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.django.tables import defer_index
from launchready.steps.migration_check.frameworks.python.values import items_of


def rebuild_with(
    editor: Editor, model: Model, state: State, *, added: Field | None = None,
    dropped: Field | None = None, altered: tuple[Field, Field] | None = None,
) -> Model:  # fmt: skip
    """Send what makes a model's table anew, with one field more, less or another."""
    quote, table = state.world.quote, state.table_of(model)
    fields = [each for each in model.fields.values() if each.has_column]
    if dropped is not None:
        fields = [each for each in fields if each.name != dropped.name]
    if added is not None and all(each.name != added.name for each in fields):
        fields.append(added)
    new = f"new__{table}"
    lines = [f"{quote(each.column)} {_definition(each, model, state)}" for each in fields]
    lines += [
        words
        for each in items_of(model.options.get("constraints")) or ()
        if (words := inline(each, model, state)) is not None
    ]
    editor.send(f"CREATE TABLE {quote(new)} ({', '.join(lines)})")
    into, values = [], []
    for each in fields:
        if each.kind == "GeneratedField":
            continue
        into.append(quote(each.column))
        values.append(_value(each, model, state, added, altered))
    columns = f"({', '.join(into)}) SELECT {', '.join(values)}"
    editor.send(f"INSERT INTO {quote(new)} {columns} FROM {quote(table)}")
    editor.send(f"DROP TABLE {quote(table)}")
    editor.send(f"ALTER TABLE {quote(new)} RENAME TO {quote(table)}")
    made = editor.names_of(model, state)
    for each in fields:
        made.update(defer_indexes(editor, each, model, state))
    for index in items_of(model.options.get("indexes")) or ():
        defer_index(editor, index, model, state)
    editor.made[model.key] = made
    return replace(model, made=made)


def _definition(field: Field, model: Model, state: State) -> str:
    words = definition(field, model, state)
    if field.is_relation and field.has_constraint:
        _, to_table, to_column = foreign_key(field, model, state)
        quote = state.world.quote
        words += f" REFERENCES {quote(to_table)} ({quote(to_column)}) DEFERRABLE INITIALLY DEFERRED"
    return words


def _value(
    field: Field, model: Model, state: State, added: Field | None,
    altered: tuple[Field, Field] | None,
) -> str:  # fmt: skip
    quote = state.world.quote
    default = default_of(field, model, state)
    if added is not None and field.name == added.name:
        return default if default is not None else "NULL"
    if altered is not None and field.name == altered[1].name:
        column = quote(altered[0].column)
        if altered[0].is_null and not field.is_null and default is not None:
            return f"coalesce({column}, {default})"
        return column
    return quote(field.column)

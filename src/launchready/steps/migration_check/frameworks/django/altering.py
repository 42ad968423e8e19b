"""Operations on one field: its column added, dropped, or altered.

Source: `add_field`, `remove_field`, `_alter_field` of django/db/backends/base/schema.py and their
kin in django/db/backends/postgresql/schema.py of Django 5.2.
"""

from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.steps.migration_check.frameworks.django import names
from launchready.steps.migration_check.frameworks.django.changes import (
    change_column,
    change_on_sqlite,
)
from launchready.steps.migration_check.frameworks.django.changing import Changing
from launchready.steps.migration_check.frameworks.django.columns import (
    defer_indexes,
    definition,
    foreign_key,
)
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.fields import Field
from launchready.steps.migration_check.frameworks.django.literals import default_of
from launchready.steps.migration_check.frameworks.django.rebuild import (
    rebuild_with,
)
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.django.tables import (
    create_model,
    defer_foreign_key,
    delete_model,
    rename_table,
    through_of,
)
from launchready.steps.migration_check.frameworks.django.templates import TEMPLATES
from launchready.steps.migration_check.frameworks.django.types import check_of

_NOT_OF_THE_SCHEMA = frozenset({
    "blank", "choices", "db_column", "editable", "error_messages", "help_text",
    "limit_choices_to", "on_delete", "related_name", "related_query_name", "validators",
    "verbose_name", "default", "upload_to", "storage", "auto_now", "auto_now_add", "auto_created",
    "serialize", "swappable", "parent_link", "encoder", "decoder", "unpack_ipv4", "protocol",
    "symmetrical", "db_comment",
})  # fmt: skip
"""Arguments of fields that the database knows nothing of: `non_db_attrs`, and those that change no
statement that `_alter_field` sends.
"""


def add_field(editor: Editor, field: Field, model: Model, state: State) -> Model:
    """Send what adds a field; the model of `state` with the names of what is made for it."""
    if field.is_many:
        if (through := through_of(field, model, state)) is not None:
            create_model(editor, through, state)
        return model
    if not field.has_column:
        return model
    fills = default_of(field, model, state) is not None and "db_default" not in field.given
    engine = state.world.engine
    if engine is Engine.SQLITE and (fills or field.is_unique or not field.is_null):
        return rebuild_with(editor, model, state, added=field)
    quote, table, made = state.world.quote, state.table_of(model), editor.names_of(model, state)
    words = definition(field, model, state, fills=True)
    after = ""
    if field.is_relation and field.has_constraint:
        name, to_table, to_column = foreign_key(field, model, state)
        made["fk", field.column] = name
        if engine is Engine.POSTGRESQL:
            words += (
                f" CONSTRAINT {quote(name)} REFERENCES {quote(to_table)}({quote(to_column)})"
                " DEFERRABLE INITIALLY DEFERRED"
            )
            after = f"SET CONSTRAINTS {quote(name)} IMMEDIATE"
        elif engine is Engine.SQLITE:
            words += f" REFERENCES {quote(to_table)} ({quote(to_column)})"
        else:
            words += (
                f", ADD CONSTRAINT {quote(name)} FOREIGN KEY ({quote(field.column)})"
                f" REFERENCES {quote(to_table)}({quote(to_column)})"
            )
    editor.send(f"ALTER TABLE {quote(table)} ADD COLUMN {quote(field.column)} {words}")
    if after:
        editor.send(after)
    if fills and engine is not Engine.SQLITE:
        template = TEMPLATES[engine]["drop_default"]
        editor.send(template.format(table=quote(table), column=quote(field.column)))
    made.update(_names_of_database(field, table, state))
    made.update(defer_indexes(editor, field, model, state))
    editor.made[model.key] = made
    return replace(model, made=made)


def _names_of_database(field: Field, table: str, state: State) -> dict[tuple[str, str], str]:
    found, column = {}, field.column
    if field.is_unique and not field.is_key:
        found["unique", column] = names.of_postgres(table, (column,), "key")
    if check_of(field, column, state):
        found["check", column] = names.of_postgres(table, (column,), "check")
    return found


def remove_field(editor: Editor, field: Field, model: Model, state: State) -> None:
    """Send what drops a field's column, or the table that it joins models with."""
    if field.is_many:
        if (through := through_of(field, model, state)) is not None:
            delete_model(editor, through, state)
        return
    if not field.has_column:
        return
    engine, table = state.world.engine, state.table_of(model)
    if engine is Engine.SQLITE and (field.is_relation or field.is_unique or field.is_indexed):
        rebuild_with(editor, model, state, dropped=field)
        return
    quote = state.world.quote
    if field.is_relation and field.has_constraint and not editor.waits(table, field.column):
        name = editor.names_of(model, state).get(("fk", field.column))
        drop_foreign_key(editor, table, name or foreign_key(field, model, state)[0], state)
    template = TEMPLATES[engine]["drop_column"]
    editor.send(template.format(table=quote(table), column=quote(field.column)))
    editor.forget_column(table, field.column)


def drop_foreign_key(editor: Editor, table: str, name: str, state: State) -> None:
    """Send what drops a foreign key. PostgreSQL first has to look at what it put off."""
    quote = state.world.quote
    if state.world.engine is Engine.POSTGRESQL:
        editor.send(f"SET CONSTRAINTS {quote(name)} IMMEDIATE")
    if state.world.engine is not Engine.SQLITE:
        template = TEMPLATES[state.world.engine]["drop_fk"]
        editor.send(template.format(table=quote(table), name=quote(name)))


def is_altered(fields: tuple[Field, Field], model: Model, states: tuple[State, State]) -> bool:
    """Whether a change of a field reaches the database."""
    old, new = fields
    if old.column != new.column or old.path != new.path or old.kind != new.kind:
        return True
    names_of = [
        {name: each for name, each in field.given.items() if name not in _NOT_OF_THE_SCHEMA}
        for field in (old, new)
    ]
    if old.is_relation and new.is_relation:
        tables = [
            state.table_of(state.target_of(model, field))
            for field, state in zip(fields, states, strict=True)
        ]
        if tables[0] == tables[1]:
            for each in names_of:
                each.pop("to", None)
    if names_of[0] != names_of[1]:
        return True
    return old.is_null and not new.is_null


def alter_field(
    editor: Editor, fields: tuple[Field, Field], model: Model, states: tuple[State, State],
    *, filled: Field | None = None,
) -> Model:  # fmt: skip
    """Send what turns one field into another; the model with the names of what is left.

    `model` is that of the later state, with the names that things have before. `filled` is the new
    field with a default that is only for old rows.
    """
    old, new = fields
    if old.is_many and new.is_many:
        _alter_many(editor, fields, model, states)
        return model
    if not (old.has_column and new.has_column and is_altered(fields, model, states)):
        return model
    change = Changing(editor, fields, model, states, filled or new)
    if states[1].world.engine is Engine.SQLITE:
        return change_on_sqlite(change)
    return change_column(change)


def _alter_many(
    editor: Editor, fields: tuple[Field, Field], model: Model, states: tuple[State, State]
) -> None:
    before, after = states
    origin = before.model(model.key) if model.key in before.models else model
    first, second = through_of(fields[0], origin, before), through_of(fields[1], model, after)
    if first is None or second is None:
        return
    rename_table(editor, before.table_of(first), after.table_of(second), after)
    repoint(editor, first, second, before, after)


def repoint(editor: Editor, first: Model, second: Model, before: State, after: State) -> None:
    """Send what the columns of a joining table need to point to where they now do."""
    quote, table = after.world.quote, after.table_of(second)
    pairs = zip(list(first.fields.values())[1:], list(second.fields.values())[1:], strict=False)
    for old, new in pairs:
        targets = [
            state.table_of(state.target_of(model, field))
            for state, model, field in ((before, first, old), (after, second, new))
        ]
        if old.column == new.column and targets[0] == targets[1]:
            continue
        known = editor.names_of(first, before).get(("fk", old.column))
        drop_foreign_key(editor, table, known or foreign_key(old, first, before)[0], after)
        if old.column != new.column:
            template = TEMPLATES[after.world.engine]["rename_column"]
            editor.send(
                template.format(table=quote(table), old=quote(old.column), new=quote(new.column))
            )
            editor.rename_column(table, old.column, new.column)
        defer_foreign_key(editor, new, second, after)
        _send_last(editor)


def _send_last(editor: Editor) -> None:
    """Django sends the foreign key of an altered column at once."""
    last = editor.deferred.pop()
    editor.send(last.make(last))

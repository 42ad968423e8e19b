"""What the operations on a model's options do to the project's state, and send.

Source: django/db/migrations/operations/models.py of Django 5.2.
"""

from launchready.frozen import replace
from launchready.steps.migration_check.frameworks.django import names
from launchready.steps.migration_check.frameworks.django.altering import add_field, remove_field
from launchready.steps.migration_check.frameworks.django.contexts import Context
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.literals import quoted
from launchready.steps.migration_check.frameworks.django.on_models import ORDER, key_of
from launchready.steps.migration_check.frameworks.django.state import Key, Model, State
from launchready.steps.migration_check.frameworks.django.tables import (
    rename_table,
    through_of,
    together,
)
from launchready.steps.migration_check.frameworks.django.templates import TEMPLATES
from launchready.steps.migration_check.frameworks.python.values import Called, text_of


def alter_table(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`AlterModelTable`."""
    after = _with_option(call, context, state, "db_table", call.argument("table", 1))
    _move(editor, key_of(call, context), state, after)
    return after


def unalter_table(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`AlterModelTable`, undone."""
    _move(editor, key_of(call, context), after, before)


def _move(editor: Editor, key: Key, before: State, after: State) -> None:
    old, new = before.model(key), after.model(key)
    if not after.has_table(new):
        return
    rename_table(editor, before.table_of(old), after.table_of(new), after)
    for each in new.fields.values():
        first = through_of(each, old, before) if each.is_many else None
        second = through_of(each, new, after) if each.is_many else None
        if first is not None and second is not None:
            rename_table(editor, before.table_of(first), after.table_of(second), after)


def _with_option(call: Called, context: Context, state: State, name: str, value: object) -> State:
    model = state.model(key_of(call, context))
    return state.with_model(replace(model, options={**model.options, name: value}))


def alter_options(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`AlterModelOptions`: what the database knows nothing of."""
    given = call.argument("options", 1)
    model = state.model(key_of(call, context))
    options = {str(k): v for k, v in given.items()} if isinstance(given, dict) else {}
    return state.with_model(replace(model, options={**model.options, **options}))


def comment(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`AlterModelTableComment`."""
    after = _with_option(
        call, context, state, "db_table_comment", call.argument("table_comment", 1)
    )
    _comment(editor, after.model(key_of(call, context)), after)
    return after


def uncomment(call: Called, context: Context, before: State, after: State, editor: Editor) -> None:
    """`AlterModelTableComment`, undone."""
    _comment(editor, before.model(key_of(call, context)), before)


def _comment(editor: Editor, model: Model, state: State) -> None:
    text = text_of(model.options.get("db_table_comment")) or ""
    engine = state.world.engine
    if state.has_table(model) and engine.value == "postgresql":
        table = state.world.quote(state.table_of(model))
        editor.send(f"COMMENT ON TABLE {table} IS {quoted(text, engine)}")


def alter_together(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`AlterUniqueTogether` and `AlterIndexTogether`."""
    option = _option(call)
    after = _with_option(call, context, state, option, call.argument(option, 1))
    return _retie(editor, key_of(call, context), option, state, after)


def unalter_together(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`AlterUniqueTogether` and `AlterIndexTogether`, undone."""
    _retie(editor, key_of(call, context), _option(call), after, before)


def _option(call: Called) -> str:
    return "unique_together" if call.last == "AlterUniqueTogether" else "index_together"


def _retie(editor: Editor, key: Key, option: str, before: State, after: State) -> State:
    old, new = before.model(key), after.model(key)
    if not after.has_table(new):
        return after
    groups = set(together(old, option)), set(together(new, option))
    table, quote = after.table_of(new), after.world.quote
    suffix = "_uniq" if option == "unique_together" else "_idx"
    made = editor.names_of(new, after)
    for fields in sorted(groups[0] - groups[1]):
        columns = tuple(old.field_named(name).column for name in fields)
        usual = names.index_name(table, columns, suffix, after.world.longest)
        name = made.pop((suffix, ",".join(columns)), usual)
        template = "drop_unique" if suffix == "_uniq" else "drop_index"
        editor.forget_index(table, name)
        editor.send(
            TEMPLATES[after.world.engine][template].format(table=quote(table), name=quote(name))
        )
    for fields in sorted(groups[1] - groups[0]):
        columns = tuple(new.field_named(name).column for name in fields)
        name = names.index_name(table, columns, suffix, after.world.longest)
        made[suffix, ",".join(columns)] = name
        inside = ", ".join(map(quote, columns))
        if suffix == "_uniq":
            editor.send(
                f"ALTER TABLE {quote(table)} ADD CONSTRAINT {quote(name)} UNIQUE ({inside})"
            )
        else:
            editor.send(f"CREATE INDEX {quote(name)} ON {quote(table)} ({inside})")
    editor.made[new.key] = made
    return after.with_model(replace(new, made=made))


def alter_order(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`AlterOrderWithRespectTo`: the column `_order` comes or goes."""
    option = "order_with_respect_to"
    after = _with_option(call, context, state, option, call.argument(option, 1))
    model = after.model(key_of(call, context))
    if model.options[option] and "_order" not in model.fields:
        model = model.with_field(ORDER)
        if after.has_table(model):
            model = add_field(editor, ORDER, model, after)
    elif not model.options[option] and "_order" in model.fields:
        if after.has_table(model):
            remove_field(editor, ORDER, model, after)
        model = replace(model, fields={n: f for n, f in model.fields.items() if n != "_order"})
    return after.with_model(model)


def unalter_order(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`AlterOrderWithRespectTo`, undone."""
    key = key_of(call, context)
    old, new = before.model(key), after.model(key)
    if not after.has_table(new):
        return
    if "_order" in new.fields and "_order" not in old.fields:
        remove_field(editor, ORDER, new, after)
    elif "_order" in old.fields and "_order" not in new.fields:
        add_field(editor, ORDER, old, before)

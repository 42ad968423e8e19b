"""What the operations on fields do to the project's state, and send.

Source: django/db/migrations/operations/fields.py of Django 5.2.
"""

from launchready.frozen import replace
from launchready.steps.migration_check.frameworks.django.altering import (
    add_field,
    alter_field,
    remove_field,
)
from launchready.steps.migration_check.frameworks.django.contexts import Context
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.fields import Field, field_of
from launchready.steps.migration_check.frameworks.django.literals import default_of
from launchready.steps.migration_check.frameworks.django.on_models import key_of
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.python.values import (
    Called,
    items_of,
    text_of,
    texts_of,
)


def _field(call: Called, context: Context) -> Field:
    name = text_of(call.argument("name", 1)) or "?"
    return field_of(name, call.argument("field", 2), context.own.kind_of)


def _kept(call: Called, field: Field) -> Field:
    """The field as the state has it: without a default that was for old rows only."""
    if call.argument("preserve_default", 3, True) is not False:
        return field
    return replace(field, given={n: v for n, v in field.given.items() if n != "default"})


def add(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`AddField`."""
    field, model = _field(call, context), state.model(key_of(call, context, "model_name"))
    filled = model.with_field(field)
    state = state.with_model(filled)
    if state.has_table(filled):
        filled = add_field(editor, field, filled, state)
    return state.with_model(filled.with_field(_kept(call, field), field.name))


def unadd(call: Called, context: Context, before: State, after: State, editor: Editor) -> None:
    """`AddField`, undone."""
    model = after.model(key_of(call, context, "model_name"))
    if after.has_table(model):
        remove_field(editor, model.field_named(_field(call, context).name), model, after)


def remove(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`RemoveField`."""
    model = state.model(key_of(call, context, "model_name"))
    name = text_of(call.argument("name", 1)) or "?"
    if state.has_table(model):
        remove_field(editor, model.field_named(name), model, state)
    column = model.field_named(name).column
    fields = {each: field for each, field in model.fields.items() if each != name}
    known = editor.names_of(model, state)
    made = {(what, of): each for (what, of), each in known.items() if of != column}
    editor.made[model.key] = made
    return state.with_model(replace(model, fields=fields, made=made))


def unremove(call: Called, context: Context, before: State, after: State, editor: Editor) -> None:
    """`RemoveField`, undone: the column is there again, what was in it is not."""
    model = before.model(key_of(call, context, "model_name"))
    field = model.fields.get(text_of(call.argument("name", 1)) or "?")
    if field is None or not before.has_table(model):
        return
    add_field(editor, field, model, before)
    has_value = field.is_null or "db_default" in field.given or not field.has_column
    if not has_value and default_of(field, model, before) is None:
        editor.irreversible.append(
            f"the column {field.column} of {before.table_of(model)} is NOT NULL and has no default:"
            " it cannot be added again to a table that has rows"
        )


def alter(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`AlterField`."""
    model = state.model(key_of(call, context, "model_name"))
    filled = _field(call, context)
    new = _kept(call, filled)
    return _change(editor, model, model.field_named(new.name), new, state, filled=filled)


def unalter(call: Called, context: Context, before: State, after: State, editor: Editor) -> None:
    """`AlterField` and `RenameField`, undone."""
    key = key_of(call, context, "model_name")
    at = "old_name" if call.last == "RenameField" else "name"
    old_name = text_of(call.argument(at, 1)) or "?"
    new_name = text_of(call.argument("new_name", 2)) if at == "old_name" else old_name
    now, then = after.model(key), before.model(key)
    if after.has_table(now):
        old, new = now.field_named(new_name or "?"), then.field_named(old_name)
        alter_field(editor, (old, new), replace(then, made=now.made), (after, before))


def rename(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`RenameField`."""
    model = state.model(key_of(call, context, "model_name"))
    old_name = text_of(call.argument("old_name", 1)) or "?"
    new_name = text_of(call.argument("new_name", 2)) or "?"
    old = model.field_named(old_name)
    model = replace(model, options=_renamed(model, old_name, new_name))
    return _change(editor, model, old, replace(old, name=new_name), state)


def _renamed(model: Model, old: str, new: str) -> dict[str, object]:
    options = dict(model.options)
    for option in ("unique_together", "index_together"):
        groups = items_of(options.get(option)) or ()
        if not groups:
            continue
        if (only := texts_of(groups)) is not None:
            groups = (only,)
        options[option] = [
            [new if name == old else name for name in items_of(group) or ()] for group in groups
        ]
    return options


def _change(
    editor: Editor, model: Model, old: Field, new: Field, state: State,
    *, filled: Field | None = None,
) -> State:  # fmt: skip
    """Alter a field of a model that is not in the state yet with its new options."""
    after = state.with_model(model.with_field(new, old.name))
    changed = after.model(model.key)
    if after.has_table(changed):
        changed = alter_field(editor, (old, new), changed, (state, after), filled=filled)
    return after.with_model(changed)

"""What the operations on models do to the project's state, and send.

Source: django/db/migrations/operations/models.py and django/db/migrations/state.py of Django 5.2.
"""

from launchready.frozen import replace
from launchready.steps.migration_check.frameworks.django.altering import (
    alter_field,
    repoint,
)
from launchready.steps.migration_check.frameworks.django.contexts import Context
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.fields import Field, field_of
from launchready.steps.migration_check.frameworks.django.state import Key, Model, State
from launchready.steps.migration_check.frameworks.django.tables import (
    create_model,
    delete_model,
    rename_table,
    through_of,
)
from launchready.steps.migration_check.frameworks.python.values import Called, items_of, text_of

ORDER = Field(name="_order", kind="IntegerField", given={"editable": False, "default": 0})
"""The field that `order_with_respect_to` brings."""


def key_of(call: Called, context: Context, name: str = "name") -> Key:
    """The model that an operation is on."""
    return context.app, str(text_of(call.argument(name, 0)) or "?").lower()


def create(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`CreateModel`."""
    fields: dict[str, Field] = {}
    for pair in items_of(call.argument("fields", 1)) or ():
        items = items_of(pair) or ()
        if len(items) == 2 and isinstance(items[0], str):
            fields[items[0]] = field_of(items[0], items[1], context.own.kind_of)
    given = call.argument("options", 2)
    options = {str(k): v for k, v in given.items()} if isinstance(given, dict) else {}
    if options.get("order_with_respect_to"):
        fields["_order"] = replace(ORDER, given={})
    name = text_of(call.argument("name", 0)) or "?"
    model = Model(app=context.app, name=name, fields=fields, options=options)
    state = state.with_model(model)
    if state.has_table(model):
        state = state.with_model(create_model(editor, model, state))
    return state


def uncreate(call: Called, context: Context, before: State, after: State, editor: Editor) -> None:
    """`CreateModel`, undone."""
    _drop(key_of(call, context), after, editor)


def delete(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`DeleteModel`."""
    key = key_of(call, context)
    _drop(key, state, editor)
    return state.without(key)


def undelete(call: Called, context: Context, before: State, after: State, editor: Editor) -> None:
    """`DeleteModel`, undone: the table is there again, its rows are not."""
    model = before.models.get(key_of(call, context))
    if model is not None and before.has_table(model):
        create_model(editor, model, before)


def _drop(key: Key, state: State, editor: Editor) -> None:
    model = state.model(key)
    if state.has_table(model):
        delete_model(editor, model, state)


def rename(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`RenameModel`."""
    old_key = key_of(call, context, "old_name")
    new_name = text_of(call.argument("new_name", 1)) or "?"
    after = _renamed(state, old_key, new_name)
    return _rename(editor, old_key, (context.app, new_name.lower()), state, after)


def unrename(call: Called, context: Context, before: State, after: State, editor: Editor) -> None:
    """`RenameModel`, undone."""
    new_name = text_of(call.argument("new_name", 1)) or "?"
    _rename(
        editor, (context.app, new_name.lower()), key_of(call, context, "old_name"), after, before
    )


def _renamed(state: State, old_key: Key, new_name: str) -> State:
    old = state.model(old_key)
    new = replace(old, name=new_name)
    after = state.with_model(new, old_key)
    to = f"{new.app}.{new_name}"
    for model in tuple(after.models.values()):
        pointing = [
            each
            for each in model.fields.values()
            if (each.is_relation or each.is_many)
            and state.key_of(each.given.get("to"), old if model.key == new.key else model)
            == old_key
            and each.given.get("to") != "self"
        ]
        changed = model
        for each in pointing:
            changed = changed.with_field(replace(each, given={**each.given, "to": to}), each.name)
        if pointing:
            after = after.with_model(changed)
    return after


def _rename(editor: Editor, old_key: Key, new_key: Key, before: State, after: State) -> State:
    old, new = before.model(old_key), after.model(new_key)
    if not after.has_table(new):
        return after
    editor.rename_model(old_key, new_key)
    rename_table(editor, before.table_of(old), after.table_of(new), after)
    for key, model in tuple(after.models.items()):
        origin, changed = before.model(old_key if key == new_key else key), model
        for each in model.fields.values():
            relates = (each.is_relation or each.is_many) and each.name in origin.fields
            if not relates or after.key_of(each.given.get("to"), model) != new_key:
                continue
            if each.is_many and key == new_key:
                continue
            if after.has_table(model):
                fields = (origin.fields[each.name], each)
                changed = alter_field(editor, fields, changed, (before, after))
        after = after.with_model(changed)
    for each in new.fields.values():
        first = through_of(each, old, before) if each.is_many else None
        second = through_of(each, new, after) if each.is_many else None
        if first is not None and second is not None:
            rename_table(editor, before.table_of(first), after.table_of(second), after)
            repoint(editor, first, second, before, after)
    return after

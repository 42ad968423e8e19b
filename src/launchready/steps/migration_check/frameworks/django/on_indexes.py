"""What the operations on indexes and constraints do to the project's state, and send.

Source: django/db/migrations/operations/models.py, django/contrib/postgres/operations.py of Django
5.2; django_pg_migration_tools/operations.py (its Safer… operations).
"""

from launchready.frozen import replace
from launchready.steps.migration_check.frameworks.django import names
from launchready.steps.migration_check.frameworks.django.constraints import (
    create_constraint,
    create_index,
    drop_constraint,
    drop_index,
    name_of,
)
from launchready.steps.migration_check.frameworks.django.contexts import Context
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.on_models import key_of
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.django.templates import TEMPLATES
from launchready.steps.migration_check.frameworks.python.values import (
    Called,
    items_of,
    text_of,
    texts_of,
)


def add_index(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`AddIndex`, `AddIndexConcurrently`."""
    model, index = state.model(key_of(call, context, "model_name")), call.argument("index", 1)
    _make(editor, call, index, model, state)
    return _listed(state, model, "indexes", add=index)


def unadd_index(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`AddIndex`, undone."""
    model, index = after.model(key_of(call, context, "model_name")), call.argument("index", 1)
    _unmake(editor, call, name_of(index), model, after)


def remove_index(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`RemoveIndex`, `RemoveIndexConcurrently`."""
    model, name = (
        state.model(key_of(call, context, "model_name")),
        text_of(call.argument("name", 1)),
    )
    _unmake(editor, call, name or "", model, state)
    return _listed(state, model, "indexes", drop=name or "")


def unremove_index(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`RemoveIndex`, undone."""
    model = before.model(key_of(call, context, "model_name"))
    index = _listing(model, "indexes").get(text_of(call.argument("name", 1)) or "")
    _make(editor, call, index, model, before)


def _is_concurrent(call: Called) -> bool:
    return call.last.endswith("Concurrently")


def _make(editor: Editor, call: Called, index: object, model: Model, state: State) -> None:
    if not state.has_table(model):
        return
    sql = create_index(index, model, state, is_concurrent=_is_concurrent(call))
    if sql is None:
        editor.lose(call.last)
    else:
        editor.send(sql)


def _unmake(editor: Editor, call: Called, name: str, model: Model, state: State) -> None:
    if not state.has_table(model):
        return
    if not name:
        editor.lose(call.last)
        return
    editor.send(drop_index(name, model, state, is_concurrent=_is_concurrent(call)))
    editor.forget_index(state.table_of(model), name)


def rename_index(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`RenameIndex`: of an index by its name, or of one that `index_together` made."""
    model = state.model(key_of(call, context, "model_name"))
    new, old = text_of(call.argument("new_name", 1)) or "?", _old_name(call, model, state)
    _rename(editor, old, new, model, state)
    listed = {**_listing(model, "indexes")}
    found = listed.pop(old, None)
    options = {**model.options, "indexes": [*listed.values(), *_named(found, new)]}
    fields = texts_of(call.argument("old_fields", 3))
    if fields:
        groups = items_of(options.get("index_together")) or ()
        options["index_together"] = [g for g in groups if texts_of(g) != fields]
    return state.with_model(replace(model, options=options))


def unrename_index(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`RenameIndex`, undone."""
    model = before.model(key_of(call, context, "model_name"))
    if call.argument("old_fields", 3):
        return  # Django leaves the name as it is
    new, old = text_of(call.argument("new_name", 1)) or "?", _old_name(call, model, before)
    _rename(editor, new, old, model, before)


def _old_name(call: Called, model: Model, state: State) -> str:
    if name := text_of(call.argument("old_name", 2)):
        return name
    fields = texts_of(call.argument("old_fields", 3)) or ()
    columns = tuple(model.field_named(each).column for each in fields)
    return names.index_name(state.table_of(model), columns, "_idx", state.world.longest)


def _rename(editor: Editor, old: str, new: str, model: Model, state: State) -> None:
    quote = state.world.quote
    if state.has_table(model):
        template = TEMPLATES[state.world.engine]["rename_index"]
        table = quote(state.table_of(model))
        editor.send(template.format(table=table, old=quote(old), new=quote(new)))


def _named(index: object, name: str) -> tuple[Called, ...]:
    if not isinstance(index, Called):
        return ()
    return (replace(index, kwargs={**index.kwargs, "name": name}),)


def add_constraint(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`AddConstraint`, `AddConstraintNotValid`."""
    model = state.model(key_of(call, context, "model_name"))
    constraint = call.argument("constraint", 1)
    _constrain(editor, call, constraint, model, state)
    return _listed(state, model, "constraints", add=constraint)


def unadd_constraint(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`AddConstraint`, undone."""
    model = after.model(key_of(call, context, "model_name"))
    constraint = call.argument("constraint", 1)
    _unconstrain(editor, call, constraint, model, after)


def remove_constraint(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`RemoveConstraint`."""
    model = state.model(key_of(call, context, "model_name"))
    name = text_of(call.argument("name", 1)) or ""
    _unconstrain(editor, call, _listing(model, "constraints").get(name), model, state)
    return _listed(state, model, "constraints", drop=name)


def unremove_constraint(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`RemoveConstraint`, undone."""
    model = before.model(key_of(call, context, "model_name"))
    constraint = _listing(model, "constraints").get(text_of(call.argument("name", 1)) or "")
    _constrain(editor, call, constraint, model, before)


def alter_constraint(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`AlterConstraint` (Django 5.2): only what the database knows nothing of."""
    model = state.model(key_of(call, context, "model_name"))
    name = text_of(call.argument("name", 1)) or ""
    after = _listed(state, model, "constraints", drop=name)
    return _listed(after, after.model(model.key), "constraints", add=call.argument("constraint", 2))


def validate(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`ValidateConstraint`."""
    model, name = (
        state.model(key_of(call, context, "model_name")),
        text_of(call.argument("name", 1)),
    )
    if state.has_table(model):
        quote = state.world.quote
        table = quote(state.table_of(model))
        editor.send(f"ALTER TABLE {table} VALIDATE CONSTRAINT {quote(name or '?')}")
    return state


def _constrain(
    editor: Editor, call: Called, constraint: object, model: Model, state: State
) -> None:
    if not state.has_table(model):
        return
    sql = create_constraint(constraint, model, state)
    if sql is None:
        editor.lose(call.last)
        return
    editor.send(f"{sql} NOT VALID" if call.last == "AddConstraintNotValid" else sql)


def _unconstrain(
    editor: Editor, call: Called, constraint: object, model: Model, state: State
) -> None:
    if not state.has_table(model):
        return
    name = name_of(constraint) or text_of(call.argument("name", 1)) or ""
    if not name:
        editor.lose(call.last)
        return
    editor.send(drop_constraint(constraint, name, model, state))
    editor.forget_index(state.table_of(model), name)


def _listing(model: Model, option: str) -> dict[str, object]:
    return {name_of(each): each for each in items_of(model.options.get(option)) or ()}


def _listed(
    state: State, model: Model, option: str, *, add: object = None, drop: str = ""
) -> State:
    listed = _listing(model, option)
    listed.pop(drop, None)
    if add is not None:
        listed[name_of(add)] = add
    options = {**model.options, option: list(listed.values())}
    return state.with_model(replace(model, options=options))

"""Operations on whole models: their tables, with those that join models many to many.

Source: `create_model`, `delete_model`, `alter_db_table`, `_alter_many_to_many` of
django/db/backends/base/schema.py and `create_many_to_many_intermediary_model` of
django/db/models/fields/related.py of Django 5.2.
"""

from launchready.frozen import replace
from launchready.steps.migration_check.frameworks.django import names
from launchready.steps.migration_check.frameworks.django.columns import (
    add_foreign_key,
    defer_indexes,
    definition,
    foreign_key,
    index_statement,
    unique_statement,
)
from launchready.steps.migration_check.frameworks.django.constraints import (
    create_constraint,
    create_index,
    inline,
    name_of,
)
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.fields import Field
from launchready.steps.migration_check.frameworks.django.state import Model, State
from launchready.steps.migration_check.frameworks.django.templates import TEMPLATES
from launchready.steps.migration_check.frameworks.django.types import check_of
from launchready.steps.migration_check.frameworks.python.values import items_of, texts_of


def create_model(editor: Editor, model: Model, state: State) -> Model:
    """Send what makes a model's table; the model with the names of what is made for it."""
    table, quote = state.table_of(model), state.world.quote
    made: dict[tuple[str, str], str] = {}
    columns = [each for each in model.fields.values() if each.has_column]
    for fields in together(model, "unique_together"):
        defer_unique(editor, fields, model, state)
    for each in columns:
        made.update(_inline_names(each, table, state))
        if each.is_relation and each.has_constraint:
            made["fk", each.column] = defer_foreign_key(editor, each, model, state)
    lines = [f"{quote(each.column)} {definition(each, model, state)}" for each in columns]
    lines += _constraints(editor, model, state)
    editor.send(f"CREATE TABLE {quote(table)} ({', '.join(lines)})")
    for each in columns:
        made.update(defer_indexes(editor, each, model, state))
    for index in items_of(model.options.get("indexes")) or ():
        defer_index(editor, index, model, state)
    for fields in together(model, "index_together"):
        _defer_composed(editor, fields, model, state)
    for each in model.fields.values():
        if each.is_many and (through := through_of(each, model, state)) is not None:
            create_model(editor, through, state)
    editor.made[model.key] = made
    return replace(model, made=made)


def _constraints(editor: Editor, model: Model, state: State) -> list[str]:
    """Those of `Meta.constraints` that stand in the table's definition; others wait."""
    lines = []
    for each in items_of(model.options.get("constraints")) or ():
        if (words := inline(each, model, state)) is not None:
            lines.append(words)
        elif (sql := create_constraint(each, model, state)) is not None:
            _defer_text(editor, sql, name_of(each), model, state)
    if model.composite_key:
        columns = (model.field_named(each).column for each in model.composite_key)
        lines.append(f"PRIMARY KEY ({', '.join(map(state.world.quote, columns))})")
    return lines


def _defer_composed(editor: Editor, fields: tuple[str, ...], model: Model, state: State) -> None:
    """Let an `index_together` wait for the end."""
    table, columns = state.table_of(model), tuple(model.field_named(n).column for n in fields)
    name = names.index_name(table, columns, "_idx", state.world.longest)
    editor.defer(
        table, columns, lambda wait: index_statement(wait.table, name, wait.columns, state),
        index=name,
    )  # fmt: skip


def _defer_text(editor: Editor, sql: str, name: str, model: Model, state: State) -> None:
    """Let a statement wait that has nothing of its table but the name."""
    table, quote = state.table_of(model), state.world.quote
    start, _, rest = sql.partition(f" ON {quote(table)}")
    editor.defer(table, (), lambda wait: f"{start} ON {quote(wait.table)}{rest}", index=name)


def defer_index(editor: Editor, index: object, model: Model, state: State) -> None:
    """Let an index of `Meta.indexes` wait for the end."""
    if (sql := create_index(index, model, state)) is not None:
        _defer_text(editor, sql, name_of(index), model, state)


def _inline_names(field: Field, table: str, state: State) -> dict[tuple[str, str], str]:
    """The names that the database chooses for what a definition holds without one."""
    found = {}
    if field.is_key:
        found["pk", field.column] = names.of_postgres(table, (), "pkey")
    elif field.is_unique:
        found["unique", field.column] = names.of_postgres(table, (field.column,), "key")
    if check_of(field, field.column, state):
        found["check", field.column] = names.of_postgres(table, (field.column,), "check")
    return found


def defer_foreign_key(editor: Editor, field: Field, model: Model, state: State) -> str:
    """Let a foreign key wait for the end; the name that it will have."""
    name, to_table, to_column = foreign_key(field, model, state)
    editor.defer(
        state.table_of(model), (field.column,), lambda wait: add_foreign_key(state, wait),
        to=(to_table, to_column), owner=model.key,
    )  # fmt: skip
    return name


def defer_unique(editor: Editor, fields: tuple[str, ...], model: Model, state: State) -> None:
    """Let a `unique_together` wait for the end."""
    columns = tuple(model.field_named(name).column for name in fields)
    editor.defer(
        state.table_of(model), columns, lambda wait: unique_statement(wait, state),
        owner=model.key,
    )  # fmt: skip


def together(model: Model, option: str) -> tuple[tuple[str, ...], ...]:
    """`unique_together` or `index_together`: one group may stand without its own parentheses."""
    items = items_of(model.options.get(option)) or ()
    if items and (only := texts_of(items)) is not None:
        return (only,)
    found = (texts_of(each) for each in items)
    return tuple(sorted({each for each in found if each}))


def delete_model(editor: Editor, model: Model, state: State) -> None:
    """Send what drops a model's table, those that join it first."""
    for each in model.fields.values():
        if each.is_many and (through := through_of(each, model, state)) is not None:
            delete_model(editor, through, state)
    table = state.table_of(model)
    editor.send(TEMPLATES[state.world.engine]["drop_table"].format(table=state.world.quote(table)))
    editor.forget_table(table)


def rename_table(editor: Editor, old: str, new: str, state: State) -> None:
    """Send what gives a table another name, if it has one."""
    if old == new:
        return
    quote = state.world.quote
    template = TEMPLATES[state.world.engine]["rename_table"]
    editor.send(template.format(table=quote(old), new=quote(new)))
    editor.rename_table(old, new)


def through_of(field: Field, model: Model, state: State) -> Model | None:
    """The model that Django makes to join two models; None where the project has its own."""
    if field.given.get("through") is not None:
        return None
    key = state.key_of(field.given.get("to"), model)
    mine, other = model.name.lower(), key[1]
    if key == model.key:
        mine, other = f"from_{mine}", f"to_{mine}"
    table = field.given.get("db_table")
    if not isinstance(table, str):
        table = names.cut(
            f"{names.split(state.table_of(model))[1]}_{field.name}", state.world.longest
        )
    has_constraint = field.given.get("db_constraint", True)
    both = (
        Field(
            name=name,
            kind="ForeignKey",
            given={"to": f"{to[0]}.{to[1]}", "db_constraint": has_constraint},
        )
        for name, to in ((mine, model.key), (other, key))
    )
    auto = Field(name="id", kind=state.world.auto_field, given={"primary_key": True})
    return Model(
        app=model.app,
        name=f"{model.name}_{field.name}",
        fields={each.name: each for each in (auto, *both)},
        options={"db_table": table, "unique_together": [(mine, other)]},
    )

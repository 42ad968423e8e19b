"""The operations of migrations by name, and how a list of them runs, forwards and backwards."""

from collections.abc import Callable, Mapping, Sequence

from launchready.frozen import frozen
from launchready.steps.migration_check.frameworks.django import (
    functions,
    on_fields,
    on_indexes,
    on_models,
    on_options,
    special,
)
from launchready.steps.migration_check.frameworks.django.contexts import Context
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.state import State
from launchready.steps.migration_check.frameworks.python.values import Called, items_of

Forwards = Callable[[Called, Context, State, Editor], State]
Backwards = Callable[[Called, Context, State, State, Editor], None]


def _nothing(call: Called, context: Context, before: State, after: State, editor: Editor) -> None:
    """What has no reverse that the database sees."""


def _unchanged(call: Called, context: Context, state: State, editor: Editor) -> State:
    """What neither the state nor the database sees."""
    return state


_INDEX = (on_indexes.add_index, on_indexes.unadd_index)
_NO_INDEX = (on_indexes.remove_index, on_indexes.unremove_index)
_TOGETHER = (on_options.alter_together, on_options.unalter_together)
_EXTENSION = (special.create_extension, special.drop_extension)
_TRIGGER = (special.trigger, special.untrigger)

OPERATIONS: Mapping[str, tuple[Forwards, Backwards]] = {
    "CreateModel": (on_models.create, on_models.uncreate),
    "DeleteModel": (on_models.delete, on_models.undelete),
    "RenameModel": (on_models.rename, on_models.unrename),
    "AlterModelTable": (on_options.alter_table, on_options.unalter_table),
    "AlterModelTableComment": (on_options.comment, on_options.uncomment),
    "AlterModelOptions": (on_options.alter_options, _nothing),
    "AlterModelManagers": (_unchanged, _nothing),
    "AlterUniqueTogether": _TOGETHER,
    "AlterIndexTogether": _TOGETHER,
    "AlterOrderWithRespectTo": (on_options.alter_order, on_options.unalter_order),
    "AddField": (on_fields.add, on_fields.unadd),
    "RemoveField": (on_fields.remove, on_fields.unremove),
    "AlterField": (on_fields.alter, on_fields.unalter),
    "RenameField": (on_fields.rename, on_fields.unalter),
    "AddIndex": _INDEX,
    "AddIndexConcurrently": _INDEX,
    "SaferAddIndexConcurrently": _INDEX,
    "RemoveIndex": _NO_INDEX,
    "RemoveIndexConcurrently": _NO_INDEX,
    "SaferRemoveIndexConcurrently": _NO_INDEX,
    "RenameIndex": (on_indexes.rename_index, on_indexes.unrename_index),
    "AddConstraint": (on_indexes.add_constraint, on_indexes.unadd_constraint),
    "AddConstraintNotValid": (on_indexes.add_constraint, on_indexes.unadd_constraint),
    "RemoveConstraint": (on_indexes.remove_constraint, on_indexes.unremove_constraint),
    "AlterConstraint": (on_indexes.alter_constraint, _nothing),
    "ValidateConstraint": (on_indexes.validate, _nothing),
    "RunSQL": (special.run_sql, special.unrun_sql),
    "RunPython": (functions.run_python, functions.unrun_python),
    "CreateExtension": _EXTENSION,
    "BloomExtension": _EXTENSION,
    "BtreeGinExtension": _EXTENSION,
    "BtreeGistExtension": _EXTENSION,
    "CITextExtension": _EXTENSION,
    "CryptoExtension": _EXTENSION,
    "HStoreExtension": _EXTENSION,
    "TrigramExtension": _EXTENSION,
    "UnaccentExtension": _EXTENSION,
    "VectorExtension": _EXTENSION,
    "CreateCollation": (special.create_collation, special.drop_collation),
    "RemoveCollation": (special.remove_collation, special.unremove_collation),
    "AddTrigger": _TRIGGER,
    "RemoveTrigger": _TRIGGER,
}
_SAFER = frozenset({"SaferAlterFieldSetNotNull", "SaferAddFieldForeignKey",
    "SaferAddUniqueConstraint", "SaferAddCheckConstraint", "SaferRemoveFieldForeignKey",
    "SaferRemoveCheckConstraint", "SaferRemoveUniqueConstraint"})  # fmt: skip
"""django-pg-migration-tools' operations that do in safe steps what Django's do in one."""
_STATE_OF: Mapping[str, str] = {
    "SaferAlterFieldSetNotNull": "AlterField", "SaferAddFieldForeignKey": "AddField",
    "SaferAddUniqueConstraint": "AddConstraint", "SaferAddCheckConstraint": "AddConstraint",
    "SaferRemoveFieldForeignKey": "RemoveField", "SaferRemoveCheckConstraint": "RemoveConstraint",
    "SaferRemoveUniqueConstraint": "RemoveConstraint",
}  # fmt: skip


@frozen
class Done:
    """An operation that has run, with the state on both sides of it: what undoing it needs."""

    call: Called
    before: State
    after: State
    within: tuple["Done", ...] = ()


def forwards(
    operations: Sequence[object], context: Context, state: State, editor: Editor, depth: int = 0
) -> tuple[State, tuple[Done, ...]]:
    """Run operations one after the other."""
    done = []
    for each in operations:
        if not isinstance(each, Called):
            editor.lose("an operation that code builds")
            continue
        before = state
        editor.at(context.module.at(each.line, each.column), each.last)
        if each.last == "SeparateDatabaseAndState" and depth < 5:
            state, within = _separate(each, context, state, editor, depth)
        else:
            state, within = _one(each, context, state, editor, depth), ()
        done.append(Done(call=each, before=before, after=state, within=within))
    return state, tuple(done)


def _one(call: Called, context: Context, state: State, editor: Editor, depth: int) -> State:
    if call.last in _SAFER:
        editor.lose(call.last, hint="it does in safe steps what Django's own does in one")
        known = OPERATIONS[_STATE_OF[call.last]]
        return known[0](call, context, state, Editor(editor.place))
    known_one = OPERATIONS.get(call.last)
    if known_one is None:
        editor.lose(call.last or "an operation that code builds")
        return state
    state = known_one[0](call, context, state, editor)
    if call.last == "RunSQL" and depth < 5:
        more = items_of(call.argument("state_operations", 2)) or ()
        state, _ = forwards(more, context, state, Editor(editor.place), depth + 1)
    return state


def _separate(
    call: Called, context: Context, state: State, editor: Editor, depth: int
) -> tuple[State, tuple[Done, ...]]:
    """Only `database_operations` are sent; only `state_operations` change the state."""
    sent = call.argument("database_operations", 0, ())
    kept = call.argument("state_operations", 1, ())
    _, within = forwards(
        items_of(sent or ()) or ("?",) * bool(sent), context, state, editor, depth + 1
    )
    state, _ = forwards(items_of(kept or ()) or (), context, state, Editor(editor.place), depth + 1)
    return state, within


def backwards(done: Sequence[Done], context: Context, editor: Editor) -> None:
    """Undo operations, the last one first."""
    for each in reversed(done):
        editor.at(context.module.at(each.call.line, each.call.column), each.call.last)
        if each.within:
            backwards(each.within, context, editor)
            continue
        known = OPERATIONS.get(each.call.last)
        if known is not None:
            known[1](each.call, context, each.before, each.after, editor)
        elif each.call.last != "SeparateDatabaseAndState":
            editor.lose(each.call.last)

"""Operations as a migration records them, and what undoes each.

Source: ActiveRecord 8.1, migration/command_recorder.rb.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from launchready.facts.migrations import Opaque, Statement
from launchready.frozen import frozen

if TYPE_CHECKING:
    from tree_sitter import Node

_IF = {"if_exists": "if_not_exists", "if_not_exists": "if_exists"}


@frozen
class Command:
    """One operation with its arguments. `inner` are those of its block, `has_block` whether there
    is one; `is_whole` says that all its arguments can be told apart.
    """

    name: str
    node: "Node"
    args: tuple[object, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    inner: tuple["Command", ...] = ()
    has_block: bool = False
    is_whole: bool = True
    is_conditional: bool = False

    def argument(self, at: int) -> object:
        """A positional argument; None where it is not given."""
        return self.args[at] if at < len(self.args) else None


@frozen
class Group:
    """Steps that run as they stand in either direction: those of `reversible`. `is_at_once` says
    that they run before all that is undone, for Rails does not record them.
    """

    steps: tuple["Step", ...]
    is_at_once: bool = False


@frozen
class Refused:
    """An operation that has no reverse, and why."""

    reason: str
    node: "Node"


Step = Command | Group | Statement | Opaque | Refused

_STRAIGHT = {
    "create_table": "drop_table",
    "create_join_table": "drop_join_table",
    "add_column": "remove_column",
    "add_index": "remove_index",
    "add_timestamps": "remove_timestamps",
    "add_reference": "remove_reference",
    "add_foreign_key": "remove_foreign_key",
    "add_check_constraint": "remove_check_constraint",
    "add_exclusion_constraint": "remove_exclusion_constraint",
    "add_unique_constraint": "remove_unique_constraint",
    "enable_extension": "disable_extension",
    "create_enum": "drop_enum",
    "create_schema": "drop_schema",
}
_BOTH = {**_STRAIGHT, **{undo: do for do, undo in _STRAIGHT.items()}}
_AS_IT_IS = frozenset({
    "validate_foreign_key", "validate_check_constraint", "validate_constraint",
    "refresh_materialized_view",
})  # fmt: skip
"""Operations that are not recorded, but run at once, in either direction."""


def undone(steps: Sequence[Step]) -> list[Step]:
    """What undoes the steps of a `change`: what is not recorded runs first, as it stands."""
    at_once = [step for step in steps if _is_at_once(step)]
    return [*at_once, *(inverse(step) for step in reversed(steps) if not _is_at_once(step))]


def _is_at_once(step: Step) -> bool:
    match step:
        case Group():
            return step.is_at_once
        case Command():
            return step.name in _AS_IT_IS
        case _:
            return not isinstance(step, Refused)


def inverse(step: Step) -> Step:
    """What a migration runs to undo a step of its `change`."""
    if not isinstance(step, Command):
        return step
    if step.name in ("begin", "commit"):
        return step
    if (special := _SPECIAL.get(step.name)) is not None:
        return special(step)
    if (name := _BOTH.get(step.name)) is not None:
        options = {_IF.get(key, key): value for key, value in step.options.items()}
        if step.name.startswith("add_"):
            options.pop("validate", None)
        return replace(step, name=name, options=options)
    return Refused(reason=f"{step.name} cannot be undone by Rails", node=step.node)


def _needs(count: int, what: str) -> Callable[[Command], Step]:
    """An operation that can be undone only where it is given more than it needs to run."""

    def undo(step: Command) -> Step:
        if len(step.args) < count:
            return Refused(reason=f"{step.name} is reversible only with {what}", node=step.node)
        options = {_IF.get(key, key): value for key, value in step.options.items()}
        return replace(step, name=_BOTH[step.name], options=options)

    return undo


def _drop_table(step: Command) -> Step:
    options = {key: value for key, value in step.options.items() if key != "if_exists"}
    if len(step.args) != 1 or not (options or step.has_block):
        return Refused(
            reason="drop_table is reversible only with the table's columns", node=step.node
        )
    return replace(step, name="create_table", options=options)


def _create_table(step: Command) -> Step:
    options = {key: value for key, value in step.options.items() if key != "if_not_exists"}
    return replace(step, name="drop_table", options={**options, "force": None}, inner=())


def _swap(first: int) -> Callable[[Command], Step]:
    """An operation of which two arguments change places."""

    def undo(step: Command) -> Step:
        if len(step.args) < first + 2:
            return Refused(reason=f"{step.name} cannot be undone by Rails", node=step.node)
        args = [*step.args]
        args[first], args[first + 1] = args[first + 1], args[first]
        return replace(step, args=tuple(args))

    return undo


def _from_to(step: Command) -> Step:
    if not {"from", "to"} <= step.options.keys():
        return Refused(
            reason=f"{step.name} is reversible only with `from:` and `to:`", node=step.node
        )
    options = {**step.options, "from": step.options["to"], "to": step.options["from"]}
    return replace(step, options=options)


def _remove_columns(step: Command) -> Step:
    if "type" not in step.options:
        return Refused(reason="remove_columns is reversible only with a type", node=step.node)
    return replace(step, name="add_columns")


def _remove_index(step: Command) -> Step:
    options = {_IF.get(key, key): value for key, value in step.options.items()}
    columns = step.argument(1) or options.pop("column", None)
    if columns is None:
        return Refused(reason="remove_index is reversible only with its columns", node=step.node)
    return replace(step, name="add_index", args=(step.argument(0), columns), options=options)


def _remove_foreign_key(step: Command) -> Step:
    options = {_IF.get(key, key): value for key, value in step.options.items()}
    other = step.argument(1) or options.pop("to_table", None)
    if other is None:
        reason = "remove_foreign_key is reversible only with the second table"
        return Refused(reason=reason, node=step.node)
    return replace(step, name="add_foreign_key", args=(step.argument(0), other), options=options)


def _change_null(step: Command) -> Step:
    null = step.argument(2)
    args = (*step.args[:2], not null if isinstance(null, bool) else null, *step.args[3:])
    return replace(step, args=args)


def _rename_enum(step: Command) -> Step:
    new = step.argument(1) or step.options.get("to")
    return replace(step, args=(new, step.argument(0)), options={})


def _drop_view(step: Command) -> Step:
    """What gems for views and functions undo where they are told the version before."""
    version = step.options.get("revert_to_version")
    if version is None:
        return Refused(
            reason=f"{step.name} is reversible only with `revert_to_version:`", node=step.node
        )
    kept = {key: each for key, each in step.options.items() if key != "revert_to_version"}
    name = step.name.replace("drop_", "create_")
    return replace(step, name=name, options={**kept, "version": version})


def _create_view(step: Command) -> Step:
    return replace(step, name=step.name.replace("create_", "drop_"))


def _bulk(step: Command) -> Step:
    """`change_table(bulk: true)`: its operations undone, the last one first."""
    inner = []
    for each in reversed(step.inner):
        undone = inverse(each)
        if not isinstance(undone, Command):
            return undone
        inner.append(undone)
    return replace(step, inner=tuple(inner))


_SPECIAL: Mapping[str, Callable[[Command], Step]] = {
    "drop_table": _drop_table,
    "create_table": _create_table,
    "rename_table": _swap(0),
    "rename_column": _swap(1),
    "rename_index": _swap(1),
    "remove_column": _needs(3, "a type"),
    "remove_columns": _remove_columns,
    "remove_index": _remove_index,
    "remove_foreign_key": _remove_foreign_key,
    "remove_check_constraint": _needs(2, "an expression"),
    "remove_exclusion_constraint": _needs(2, "an expression"),
    "remove_unique_constraint": _needs(2, "its columns"),
    "drop_enum": _needs(2, "its values"),
    "change_column_default": _from_to,
    "change_column_comment": _from_to,
    "change_table_comment": _from_to,
    "rename_enum_value": _from_to,
    "change_column_null": _change_null,
    "rename_enum": _rename_enum,
    "change_table": _bulk,
    **dict.fromkeys(("create_view", "create_function", "create_trigger"), _create_view),
    **dict.fromkeys(("drop_view", "drop_function", "drop_trigger"), _drop_view),
    **dict.fromkeys(("update_view", "replace_view", "update_function"), _drop_view),
}

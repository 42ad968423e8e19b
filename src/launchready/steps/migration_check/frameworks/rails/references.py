"""`references` and `timestamps`, in a table's block and beside it.

Source: `ReferenceDefinition` of ActiveRecord 8.1 (connection_adapters/abstract/
schema_definitions.rb); what differs by version: migration/compatibility.rb.
"""

from collections.abc import Mapping
from dataclasses import replace

from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.steps.migration_check.frameworks.rails.columns import add_column, remove_columns
from launchready.steps.migration_check.frameworks.rails.commands import Command
from launchready.steps.migration_check.frameworks.rails.editor import Editor
from launchready.steps.migration_check.frameworks.rails.indexes import (
    add_key,
    make_index,
    remove_foreign_key,
)
from launchready.steps.migration_check.frameworks.rails.plurals import plural
from launchready.steps.migration_check.frameworks.rails.types import Dialect
from launchready.steps.migration_check.frameworks.rails.values import UntoldError, text_of

Options = Mapping[str, object]
Named = tuple[str, object, Options]
_OWN = frozenset({"polymorphic", "index", "foreign_key", "type"})
_CHECKED = ("if_exists", "if_not_exists")


@frozen
class Reference:
    """What a reference is made of. `index` is None for no index; `key` is the options of its
    foreign key to the table `other`, None for none.
    """

    columns: tuple[Named, ...]
    index: Options | None = None
    other: str = ""
    key: Options | None = None


def reference_of(name: str, options: Options, on: Dialect) -> Reference:
    """A reference with its column, or two of them, its index and its foreign key."""
    kind = options.get("type") or ("bigint" if on.version >= (5, 1) else "integer")
    if on.engine is Engine.SQLITE and on.version < (6, 1):
        kind = "integer"
    own = {key: value for key, value in options.items() if key not in _OWN}
    checked = {key: own[key] for key in _CHECKED if key in own}
    columns: list[Named] = [(f"{name}_id", kind, own)]
    more: dict[str, object]
    polymorphic = options.get("polymorphic")
    if polymorphic:
        more = {key: own[key] for key in ("null", "first", "after") if key in own}
        given = polymorphic if isinstance(polymorphic, dict) else {}
        columns.insert(0, (f"{name}_type", "string", {**given, **checked, **more}))
    key = options.get("foreign_key")
    given = key if isinstance(key, dict) else {}
    return Reference(
        columns=tuple(columns),
        index=_index(name, options, on, checked, is_polymorphic=bool(polymorphic)),
        other=text_of(given.get("to_table") or plural(name)) if key else "",
        key={"column": f"{name}_id", **given, **checked} if key else None,
    )


def _index(
    name: str, options: Options, on: Dialect, checked: Options, *, is_polymorphic: bool
) -> Options | None:
    wanted = options.get("index", on.version >= (5, 0))
    if not wanted:
        return None
    given = {**wanted, **checked} if isinstance(wanted, dict) else dict(checked)
    if is_polymorphic and on.version >= (6, 1):
        given.setdefault("polymorphic", name)
    return given


def index_options(index: Options, table: str) -> Options:
    """The options of a reference's index, which has a name of its own if it is polymorphic."""
    kept = {key: value for key, value in index.items() if key != "polymorphic"}
    if "polymorphic" in index:
        kept.setdefault("name", f"index_{table}_on_{index['polymorphic']}")
    return kept


def add_reference(command: Command, editor: Editor) -> None:
    """`add_reference`: its columns, its index and its foreign key, a statement each."""
    table = text_of(command.argument(0))
    for name in command.args[1:]:
        made = reference_of(text_of(name), command.options, editor.on)
        for column, kind, options in made.columns:
            add_column(replace(command, args=(table, column, kind), options=options), editor)
        if made.index is not None:
            columns = [column for column, _, _ in made.columns]
            make_index(editor, table, columns, index_options(made.index, table))
        if made.key is not None:
            add_key(editor, table, made.other, made.key)


def remove_reference(command: Command, editor: Editor) -> None:
    """`remove_reference`: its foreign key, and its columns."""
    table, options = text_of(command.argument(0)), command.options
    checked = {key: options[key] for key in _CHECKED if key in options}
    for each in command.args[1:]:
        name = text_of(each)
        key = options.get("foreign_key")
        if key:
            given = key if isinstance(key, dict) else {}
            given = {"to_table": plural(name), "column": f"{name}_id", **given, **checked}
            remove_foreign_key(replace(command, args=(table,), options=given), editor)
        names = [f"{name}_id", *([f"{name}_type"] if options.get("polymorphic") else [])]
        remove_columns(replace(command, args=(table, *names), options=checked), editor)


def timestamps(options: Options, on: Dialect) -> tuple[Named, Named]:
    """The two columns of `timestamps`: NOT NULL since Rails 5.0, precise since 6.0."""
    given = dict(options)
    given.setdefault("null", on.version < (5, 0))
    if on.version >= (6, 0):
        given.setdefault("precision", 6)
    return ("created_at", "datetime", given), ("updated_at", "datetime", given)


def add_timestamps(command: Command, editor: Editor) -> None:
    """`add_timestamps`."""
    table = text_of(command.argument(0))
    for column, kind, options in timestamps(command.options, editor.on):
        add_column(replace(command, args=(table, column, kind), options=options), editor)


def remove_timestamps(command: Command, editor: Editor) -> None:
    """`remove_timestamps`."""
    args = (text_of(command.argument(0)), "updated_at", "created_at")
    remove_columns(replace(command, args=args, options={}), editor)


def names_of(command: Command) -> list[str]:
    """The names that a line of a table's block is given. Raises UntoldError for none."""
    if not command.args:
        raise UntoldError
    return [text_of(each) for each in command.args]

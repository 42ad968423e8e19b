"""`change_table`: each line of its block is an operation on the table; `bulk: true` joins them.

Source: `Table` of ActiveRecord 8.1 (connection_adapters/abstract/schema_definitions.rb) and
`bulk_change_table` (schema_statements.rb).
"""

from collections.abc import Mapping
from dataclasses import replace

from launchready.facts.migrations import Opaque, Statement
from launchready.steps.migration_check.frameworks.rails.commands import Command
from launchready.steps.migration_check.frameworks.rails.editor import Editor
from launchready.steps.migration_check.frameworks.rails.values import UNKNOWN, text_of

_AS_OPERATIONS: Mapping[str, str] = {
    "index": "add_index", "remove_index": "remove_index", "rename_index": "rename_index",
    "references": "add_reference", "belongs_to": "add_reference",
    "remove_references": "remove_reference", "remove_belongs_to": "remove_reference",
    "timestamps": "add_timestamps", "remove_timestamps": "remove_timestamps",
    "change": "change_column", "change_default": "change_column_default",
    "change_null": "change_column_null", "rename": "rename_column", "remove": "remove_columns",
    "foreign_key": "add_foreign_key", "remove_foreign_key": "remove_foreign_key",
    "check_constraint": "add_check_constraint",
    "remove_check_constraint": "remove_check_constraint",
    "validate_check_constraint": "validate_check_constraint",
    "validate_constraint": "validate_constraint",
    "unique_constraint": "add_unique_constraint",
    "remove_unique_constraint": "remove_unique_constraint",
    "exclusion_constraint": "add_exclusion_constraint",
    "remove_exclusion_constraint": "remove_exclusion_constraint",
    "column": "add_column",
}  # fmt: skip
_JOINED = frozenset({
    "add_column", "add_columns", "remove_column", "remove_columns", "change_column",
    "change_column_default", "change_column_null", "add_timestamps", "remove_timestamps",
})  # fmt: skip
"""Operations that share one ALTER TABLE with their neighbours."""


def operations_of(line: Command, table: object) -> list[Command]:
    """The operations that a line of the block stands for."""
    name = _AS_OPERATIONS.get(line.name)
    if name == "remove_columns" and len(line.args) == 1:
        kept = {key: each for key, each in line.options.items() if key != "type"}
        kind = [line.options["type"]] if "type" in line.options else []
        return [replace(line, name="remove_column", args=(table, *line.args, *kind), options=kept)]
    if name == "add_column":
        return _column(replace(line, name=name, args=(table, *line.args)))
    if name is not None:
        return [replace(line, name=name, args=(table, *line.args))]
    if not line.args:
        return [replace(line, name=f"t.{line.name}", args=(UNKNOWN,))]
    added = [
        _column(replace(line, name="add_column", args=(table, each, line.name)))
        for each in line.args
    ]
    return [each for some in added for each in some]


def _column(command: Command) -> list[Command]:
    """A column with the index that its options ask for."""
    options = {key: value for key, value in command.options.items() if key != "index"}
    index = command.options.get("index")
    column = replace(command, options=options)
    if not index:
        return [column]
    given = index if isinstance(index, dict) else {}
    return [column, replace(command, name="add_index", args=command.args[:2], options=given)]


def change_table(command: Command, editor: Editor) -> None:
    """`change_table(bulk: true)`: neighbours share a statement where the engine allows it."""
    table = text_of(command.argument(0))
    start, is_joined = len(editor.items), False
    for each in command.inner:
        count = len(editor.items)
        editor.perform(each)
        if each.name in _JOINED and is_joined:
            _join(editor.items, start, count, f"ALTER TABLE {editor.quote(table)} ")
        else:
            start = count
        is_joined = each.name in _JOINED


def _join(items: list[Statement | Opaque], start: int, at: int, head: str) -> None:
    """Add the clauses of what was made last to the statement at `start`."""
    first = items[start] if start < len(items) else None
    more = items[at:]
    if not isinstance(first, Statement) or not first.sql.startswith(head):
        return
    if all(isinstance(each, Statement) and each.sql.startswith(head) for each in more):
        clauses = [each.sql[len(head) :] for each in more if isinstance(each, Statement)]
        del items[at:]
        items[start] = replace(first, sql=", ".join((first.sql, *clauses)))

"""`create_table` with its block, and what renames and drops tables.

Source: ActiveRecord 8.1, connection_adapters/abstract/{schema_definitions,schema_statements}.rb.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from launchready.steps.migration_check.frameworks.rails.columns import (
    column_sql,
    comment_on_column,
    follow,
)
from launchready.steps.migration_check.frameworks.rails.commands import Command
from launchready.steps.migration_check.frameworks.rails.editor import Editor
from launchready.steps.migration_check.frameworks.rails.indexes import (
    check_sql,
    exclusion_sql,
    key_sql,
    make_index,
    unique_sql,
)
from launchready.steps.migration_check.frameworks.rails.literals import literal
from launchready.steps.migration_check.frameworks.rails.names import join_table
from launchready.steps.migration_check.frameworks.rails.plurals import singular
from launchready.steps.migration_check.frameworks.rails.references import (
    index_options,
    names_of,
    reference_of,
    timestamps,
)
from launchready.steps.migration_check.frameworks.rails.tables import Table
from launchready.steps.migration_check.frameworks.rails.values import UntoldError, text_of

Options = Mapping[str, object]
_NUMBERED: Mapping[object, str] = {"integer": "serial", "bigint": "bigserial"}


class Draft:
    """A table as its block makes it: `parts` are columns, `keys` constraints with their rank among
    them, and `indexes` and `comments` become statements of their own.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        self.parts: list[str] = []
        self.keys: list[tuple[int, str]] = []
        self.indexes: list[tuple[object, Options]] = []
        self.comments: list[tuple[str, object]] = []


def create_table(command: Command, editor: Editor) -> None:
    """`create_table`, its indexes each a statement after it."""
    table, options, on = text_of(command.argument(0)), command.options, editor.on
    if options.get("force"):
        cascade = " CASCADE" * (options["force"] == "cascade" and on.is_postgres)
        editor.send(f"DROP TABLE IF EXISTS {on.quote(table)}{cascade}")
    draft = Draft(table)
    editor.tables[table] = Table(primary="")
    primary = _primary_key(draft, options, editor)
    for each in command.inner:
        _line(draft, each, editor)
    if primary:
        draft.parts.append(primary)
    checks = options.get("if_not_exists") is True
    words = "TEMPORARY " if options.get("temporary") is True else ""
    head = f"CREATE {words}TABLE {'IF NOT EXISTS ' * checks}{on.quote(table)}"
    ranked = sorted(draft.keys, key=lambda pair: pair[0])
    inside = ", ".join((*draft.parts, *(words for _, words in ranked)))
    more = options.get("options")
    end = f" {more}" if isinstance(more, str) else ""
    if isinstance(query := options.get("as"), str):
        editor.send(f"{head}{f' ({inside})' if inside else ''}{end} AS {query}")
    else:
        editor.send(f"{head} ({inside}){end}")
    for columns, given in draft.indexes:
        make_index(editor, table, columns, {**given, "if_not_exists": checks})
    if isinstance(comment := options.get("comment"), str) and on.is_postgres:
        editor.send(f"COMMENT ON TABLE {on.quote(table)} IS {literal(comment, on)}")
    for column, comment in draft.comments:
        comment_on_column(editor, table, column, comment)


def _primary_key(draft: Draft, options: Options, editor: Editor) -> str:
    """Add the column that numbers the rows; the clause for a key of several columns."""
    kind, name = options.get("id", "primary_key"), options.get("primary_key", "id")
    given: dict[str, object] = {}
    if isinstance(name, list):
        return f"PRIMARY KEY ({', '.join(editor.quote(text_of(each)) for each in name)})"
    if isinstance(kind, dict):
        given = {key: value for key, value in kind.items() if key != "type"}
        kind = kind.get("type", "primary_key")
    if kind is False or (kind == "primary_key" and "as" in options and "id" not in options):
        return ""
    given.update({key: options[key] for key in ("default", "limit") if key in options})
    _key_column(draft, text_of(name), kind if kind is not True else "primary_key", given, editor)
    return ""


def _key_column(draft: Draft, name: str, kind: object, given: Options, editor: Editor) -> None:
    on = editor.on
    if kind == "primary_key":
        definition = column_sql(name, kind, {}, on)
    else:
        options = {**given, "null": False, "primary_key": True}
        if kind == "uuid" and on.is_postgres and "default" not in given:
            by = "gen_random_uuid()" if on.version >= (5, 1) else "uuid_generate_v4()"
            options["default"] = by
        if on.is_postgres and kind in _NUMBERED and "default" not in given:
            kind = _NUMBERED[kind]
        definition = column_sql(name, kind, options, on)
        if on.is_mysql and kind in ("integer", "bigint") and "default" not in given:
            definition = definition.replace(" PRIMARY KEY", " AUTO_INCREMENT PRIMARY KEY")
    draft.parts.append(definition)
    editor.tables.add_column(draft.table, name, kind, given)
    editor.tables[draft.table] = replace(editor.tables[draft.table], primary=name)


def _line(draft: Draft, line: Command, editor: Editor) -> None:
    """One line of the block."""
    if not line.is_whole:
        raise UntoldError
    own = _LINES.get(line.name)
    if own is not None:
        own(draft, line, editor)
    elif line.name == "column":
        _columns(draft, line, [text_of(line.argument(0))], line.argument(1), editor)
    else:
        _columns(draft, line, names_of(line), line.name, editor)


def _columns(draft: Draft, line: Command, names: list[str], kind: object, editor: Editor) -> None:
    for name in names:
        _column(draft, name, kind, line.options, editor)
        if index := line.options.get("index"):
            draft.indexes.append(([name], index if isinstance(index, dict) else {}))


def _column(draft: Draft, name: str, kind: object, options: Options, editor: Editor) -> None:
    if options.get("primary_key") is True:
        given = {key: each for key, each in options.items() if key not in ("primary_key", "null")}
        _key_column(draft, name, kind, given, editor)
        return
    draft.parts.append(column_sql(name, kind, options, editor.on))
    editor.tables.add_column(draft.table, name, kind, options)
    draft.comments.append((name, options.get("comment")))


def _references(draft: Draft, line: Command, editor: Editor) -> None:
    for name in names_of(line):
        made = reference_of(name, line.options, editor.on)
        for column, kind, options in made.columns:
            _column(draft, column, kind, options, editor)
        if made.index is not None:
            given = index_options(made.index, draft.table)
            draft.indexes.append(([column for column, _, _ in made.columns], given))
        if made.key is not None:
            draft.keys.append((0, key_sql(editor, draft.table, made.other, made.key)))


def _timestamps(draft: Draft, line: Command, editor: Editor) -> None:
    for name, kind, options in timestamps(line.options, editor.on):
        _column(draft, name, kind, options, editor)


def _index(draft: Draft, line: Command, editor: Editor) -> None:
    draft.indexes.append((line.argument(0), line.options))


def _foreign_key(draft: Draft, line: Command, editor: Editor) -> None:
    other = text_of(line.argument(0))
    draft.keys.append((0, key_sql(editor, draft.table, other, line.options)))


def _check(draft: Draft, line: Command, editor: Editor) -> None:
    words = check_sql(draft.table, line.argument(0), line.options, editor.on)
    draft.keys.append((1, words))


def _unique(draft: Draft, line: Command, editor: Editor) -> None:
    words = unique_sql(draft.table, line.argument(0), line.options, editor.on)
    draft.keys.append((3, words))


def _exclusion(draft: Draft, line: Command, editor: Editor) -> None:
    words = exclusion_sql(draft.table, line.argument(0), line.options, editor.on)
    draft.keys.append((2, words))


def _own_key(draft: Draft, line: Command, editor: Editor) -> None:
    kind = line.argument(1) or "primary_key"
    _key_column(draft, text_of(line.argument(0)), kind, line.options, editor)


_LINES: Mapping[str, Callable[[Draft, Command, Editor], None]] = {
    "references": _references, "belongs_to": _references, "timestamps": _timestamps,
    "index": _index, "foreign_key": _foreign_key, "check_constraint": _check,
    "unique_constraint": _unique, "exclusion_constraint": _exclusion, "primary_key": _own_key,
}  # fmt: skip


def create_join_table(command: Command, editor: Editor) -> None:
    """`create_join_table`."""
    one, other = text_of(command.argument(0)), text_of(command.argument(1))
    options = dict(command.options)
    name = options.pop("table_name", None) or join_table(one, other)
    given = options.pop("column_options", None)
    columns = {"null": False, "index": False, **(given if isinstance(given, dict) else {})}
    lines = tuple(
        replace(command, name="references", args=(singular(each),), options=columns, inner=())
        for each in (one, other)
    )
    options.setdefault("id", "primary_key" if options.get("primary_key") else False)
    inner = (*lines, *command.inner)
    create_table(replace(command, args=(name,), options=options, inner=inner), editor)


def drop_join_table(command: Command, editor: Editor) -> None:
    """`drop_join_table`."""
    one, other = text_of(command.argument(0)), text_of(command.argument(1))
    name = command.options.get("table_name") or join_table(one, other)
    drop_table(replace(command, args=(name,)), editor)


def drop_table(command: Command, editor: Editor) -> None:
    """`drop_table`: on PostgreSQL all that it is given in one statement."""
    names, on, options = [text_of(each) for each in command.args], editor.on, command.options
    if not names:
        raise UntoldError
    head = f"DROP TABLE {'IF EXISTS ' * (options.get('if_exists') is True)}"
    cascade = " CASCADE" * (options.get("force") == "cascade" and on.is_postgres)
    if on.is_postgres:
        editor.send(f"{head}{', '.join(map(on.quote, names))}{cascade}")
    else:
        for name in names:
            editor.send(f"{head}{on.quote(name)}{cascade}")
    for name in names:
        editor.tables.drop(name)


def rename_table(command: Command, editor: Editor) -> None:
    """`rename_table`, with what Rails or PostgreSQL named after it."""
    old, new = text_of(command.argument(0)), text_of(command.argument(1))
    on, is_known = editor.on, old in editor.tables
    if on.is_mysql:
        editor.send(f"RENAME TABLE {on.quote(old)} TO {on.quote(new)}")
    else:
        editor.alter(old, f"RENAME TO {on.quote(new)}")
    known = editor.tables[old]
    if on.is_postgres and is_known and known.primary:
        for was, now, what in _of_key(known, old, new, editor):
            editor.send(f"ALTER {what} {on.quote(was)} RENAME TO {on.quote(now)}")
    editor.tables.drop(old)
    editor.tables[new] = known
    for index in sorted(known.indexes, key=lambda each: each.name):
        follow(editor, index, index.columns, old=old, new=new)


def _of_key(known: Table, old: str, new: str, editor: Editor) -> list[tuple[str, str, str]]:
    """What PostgreSQL named after a table's key; Rails 7.0 left uuids alone."""
    kind = known.columns.get(known.primary, (None, {}))[0]
    index = (f"{old}_pkey", f"{new}_pkey", "INDEX")
    if kind in ("primary_key", "serial", "bigserial"):
        end = f"_{known.primary}_seq"
        return [index, (f"{old}{end}", f"{new}{end}", "SEQUENCE")]
    return [index] if editor.on.version >= (7, 1) else []

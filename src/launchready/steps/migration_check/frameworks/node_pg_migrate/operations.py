"""The operations of node-pg-migrate's `pgm`, each as its SQL, and what takes it back.

Source: node-pg-migrate 9.0, src/operations/.
"""

from collections.abc import Callable

from launchready.steps.migration_check.frameworks.javascript.sql import quoted
from launchready.steps.migration_check.frameworks.javascript.values import said
from launchready.steps.migration_check.frameworks.node_pg_migrate.columns import (
    PG,
    columns,
    constraints,
    escaped,
    name_of,
    names,
    plain,
)
from launchready.steps.migration_check.frameworks.syntax.code import hole

Args = tuple[object, ...]
Make = Callable[[str, Args, dict[str, object]], "list[str] | None"]


def _at(args: Args, at: int) -> object:
    return args[at] if at < len(args) else None


def _flag(options: object, name: str, words: str) -> str:
    return words if said(options, name) is True else ""


def _create_table(table: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    known, options = columns(_at(args, 1), shorthands), _at(args, 2)
    more = said(options, "constraints") or {}
    if known is None or not isinstance(more, dict):
        return None
    words, keys, comments = known
    words += constraints(args[0], {**more, **({"primaryKey": list(keys)} if keys else {})})
    like = said(options, "like")
    if like is not None:
        words.append(f"LIKE {name_of(said(like, 'table') or like) or hole('table')}")
    start = _flag(options, "temporary", " TEMPORARY") + _flag(options, "unlogged", " UNLOGGED")
    exists = _flag(options, "ifNotExists", " IF NOT EXISTS")
    parent = name_of(said(options, "inherits"))
    end = f" INHERITS ({parent})" if parent is not None else ""
    return [
        f"CREATE{start} TABLE{exists} {table} ({', '.join(words)}){end}",
        *_comments(table, comments),
        *([f"COMMENT ON TABLE {table} IS {escaped(said(options, 'comment'))}"]
          if said(options, "comment") is not None else []),
    ]  # fmt: skip


def _comments(table: str, comments: dict[str, str]) -> list[str]:
    return [
        f"COMMENT ON COLUMN {table}.{quoted(name, PG)} IS {escaped(text)}"
        for name, text in comments.items()
    ]


def _add_columns(table: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    known = columns(_at(args, 1), shorthands)
    if known is None or not known[0]:
        return None
    exists = _flag(_at(args, 2), "ifNotExists", "IF NOT EXISTS ")
    parts = ", ".join(f"ADD {exists}{each}" for each in known[0])
    return [f"ALTER TABLE {table} {parts}", *_comments(table, known[2])]


def _drop_columns(table: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    given = _at(args, 1)
    given = list(given) if isinstance(given, dict) else given
    items = given if isinstance(given, list) else [given]
    known = [name for each in items if (name := name_of(each)) is not None]
    if not known or len(known) != len(items):
        return None
    exists = _flag(_at(args, 2), "ifExists", "IF EXISTS ")
    cascade = _flag(_at(args, 2), "cascade", " CASCADE")
    return [f"ALTER TABLE {table} {', '.join(f'DROP {exists}{each}{cascade}' for each in known)}"]


def _add_constraint(table: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    given, options = _at(args, 1), _at(args, 2)
    if isinstance(options, str):
        named = f"CONSTRAINT {quoted(given, PG)} " if isinstance(given, str) else ""
        return [f"ALTER TABLE {table} ADD {named}{options}"]
    if not isinstance(options, dict):
        return None
    parts = constraints(args[0], options, given if isinstance(given, str) else "")
    return [f"ALTER TABLE {table} {', '.join(f'ADD {each}' for each in parts)}"] if parts else None


def _drop_constraint(table: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    name = name_of(_at(args, 1))
    if name is None:
        return None
    exists = _flag(_at(args, 2), "ifExists", " IF EXISTS")
    cascade = _flag(_at(args, 2), "cascade", " CASCADE")
    return [f"ALTER TABLE {table} DROP CONSTRAINT{exists} {name}{cascade}"]


def _alter_column(table: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    name, options = name_of(_at(args, 1)), _at(args, 2)
    if name is None or not isinstance(options, dict) or "..." in options:
        return None
    actions = []
    if "default" in options:
        default = options["default"]
        actions.append("DROP DEFAULT" if default is None else f"SET DEFAULT {escaped(default)}")
    kind = options.get("type")
    if kind:
        known = columns({"x": kind if isinstance(kind, str) else '"?"'}, {})
        word = known[0][0].partition(" ")[2] if known is not None else str(kind)
        using = f" USING {options['using']}" if isinstance(options.get("using"), str) else ""
        actions.append(f"SET DATA TYPE {word}{using}")
    if options.get("notNull") is True:
        actions.append("SET NOT NULL")
    elif options.get("notNull") is False or options.get("allowNull"):
        actions.append("DROP NOT NULL")
    found = []
    if actions:
        parts = ", ".join(f"ALTER {name} {each}" for each in actions)
        found.append(f"ALTER TABLE {table} {parts}")
    if "comment" in options:
        found.append(f"COMMENT ON COLUMN {table}.{name} IS {escaped(options['comment'])}")
    return found


def _alter_table(table: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    given = said(_at(args, 1), "levelSecurity")
    return [f"ALTER TABLE {table} {given} ROW LEVEL SECURITY"] if isinstance(given, str) else None


def _index_name(args: Args) -> str | None:
    table, given, options = args[0], _at(args, 1), _at(args, 2)
    schema = said(table, "schema")
    name = said(options, "name")
    if not isinstance(name, str):
        items = given if isinstance(given, list) else [given]
        texts = [each if isinstance(each, str) else said(each, "name") for each in items]
        if not all(isinstance(each, str) for each in texts):
            return None
        unique = _flag(options, "unique", "_unique")
        name = f"{plain(table)}_{'_'.join(map(str, texts))}{unique}_index"
    return (
        f"{quoted(schema, PG)}.{quoted(name, PG)}" if isinstance(schema, str) else quoted(name, PG)
    )


def _index_column(given: object) -> str:
    if not isinstance(given, dict):
        is_plain = isinstance(given, str) and given.replace("_", "").replace(".", "").isalnum()
        if is_plain or not isinstance(given, str):
            return name_of(given) or hole("column")
        return given if given.endswith(")") else f"({given})"
    parts = [_index_column(given.get("name"))]
    operator, order = given.get("opclass"), given.get("sort")
    if operator is not None:
        parts.append(name_of(operator) or hole("operator"))
    return " ".join([*parts, *([order] if isinstance(order, str) else [])])


def _create_index(table: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    name, given, options = _index_name(args), _at(args, 1), _at(args, 2)
    if name is None:
        return None
    name = name.rpartition('".')[2]  # an index lies where its table does
    inside = ", ".join(map(_index_column, given if isinstance(given, list) else [given]))
    method, which, more = (said(options, k) for k in ("method", "where", "include"))
    using = f" USING {method}" if isinstance(method, str) else ""
    including = f" INCLUDE ({names(more)})" if more else ""
    end = f" WHERE {which if isinstance(which, str) else hole('condition')}" if which else ""
    start = f"CREATE{_flag(options, 'unique', ' UNIQUE')} INDEX"
    start += _flag(options, "concurrently", " CONCURRENTLY")
    start += _flag(options, "ifNotExists", " IF NOT EXISTS")
    return [f"{start} {name} ON {table}{using} ({inside}){including}{end}"]


def _drop_index(table: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    name, options = _index_name(args), _at(args, 2)
    if name is None:
        return None
    start = f"DROP INDEX{_flag(options, 'concurrently', ' CONCURRENTLY')}"
    start += _flag(options, "ifExists", " IF EXISTS")
    return [f"{start} {name}{_flag(options, 'cascade', ' CASCADE')}"]


def _rename(words: str, at: int = 1) -> Make:
    """`ALTER … x RENAME … TO y`; where `at` is 2, a part of x is renamed."""

    def make(name: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
        old, new = name_of(_at(args, at - 1)), name_of(_at(args, at))
        if old is None or new is None:
            return None
        kind, _, part = words.partition(" RENAME")
        middle = f"{part} {old}" if at == 2 else ""
        return [f"ALTER {kind} {name} RENAME{middle} TO {new}"]

    return make


def _plain(words: str, options_at: int = 1) -> Make:
    """`DROP x name`, or `CREATE x name`, with what the options add."""

    def make(name: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
        options = _at(args, options_at)
        if words.startswith("CREATE"):
            exists = _flag(options, "ifNotExists", " IF NOT EXISTS")
        else:
            exists = _flag(options, "ifExists", " IF EXISTS")
        return [f"{words}{exists} {name}{_flag(options, 'cascade', ' CASCADE')}"]

    return make


def _create_type(name: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    given = _at(args, 1)
    if isinstance(given, list):
        return [f"CREATE TYPE {name} AS ENUM ({', '.join(map(escaped, given))})"]
    known = columns(given, shorthands)
    return [f"CREATE TYPE {name} AS ({', '.join(known[0])})"] if known is not None else None


def _add_value(name: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
    if not isinstance(_at(args, 1), str):
        return None
    words = f"ALTER TYPE {name} ADD VALUE{_flag(_at(args, 2), 'ifNotExists', ' IF NOT EXISTS')}"
    words += f" {escaped(args[1])}"
    for option in ("before", "after"):
        given = said(_at(args, 2), option)
        words += f" {option.upper()} {escaped(given)}" if isinstance(given, str) else ""
    return [words]


def _view(words: str) -> Make:
    def make(name: str, args: Args, shorthands: dict[str, object]) -> list[str] | None:
        options, sql = _at(args, 1), _at(args, 2)
        if isinstance(options, str) and sql is None:
            options, sql = None, options
        if not isinstance(sql, str):
            return None
        listed = said(options, "columns")
        inside = f" ({names(listed)})" if listed else ""
        replace = _flag(options, "replace", " OR REPLACE")
        return [f"CREATE{replace} {words} {name}{inside} AS {sql.rstrip().rstrip(';')}"]

    return make


MAKES: dict[str, Make] = {
    "createTable": _create_table,
    "dropTable": _plain("DROP TABLE"),
    "renameTable": _rename("TABLE"),
    "addColumns": _add_columns,
    "addColumn": _add_columns,
    "dropColumns": _drop_columns,
    "dropColumn": _drop_columns,
    "renameColumn": _rename("TABLE RENAME COLUMN", 2),
    "alterColumn": _alter_column,
    "alterTable": _alter_table,
    "addConstraint": _add_constraint,
    "createConstraint": _add_constraint,
    "dropConstraint": _drop_constraint,
    "renameConstraint": _rename("TABLE RENAME CONSTRAINT", 2),
    "createIndex": _create_index,
    "addIndex": _create_index,
    "dropIndex": _drop_index,
    "renameIndex": _rename("INDEX"),
    "createType": _create_type,
    "addType": _create_type,
    "dropType": _plain("DROP TYPE"),
    "renameType": _rename("TYPE"),
    "addTypeValue": _add_value,
    "createSchema": _plain("CREATE SCHEMA"),
    "dropSchema": _plain("DROP SCHEMA"),
    "renameSchema": _rename("SCHEMA"),
    "createExtension": _plain("CREATE EXTENSION"),
    "addExtension": _plain("CREATE EXTENSION"),
    "dropExtension": _plain("DROP EXTENSION"),
    "createSequence": _plain("CREATE SEQUENCE"),
    "dropSequence": _plain("DROP SEQUENCE"),
    "renameSequence": _rename("SEQUENCE"),
    "createView": _view("VIEW"),
    "dropView": _plain("DROP VIEW"),
    "renameView": _rename("VIEW"),
    "createMaterializedView": _view("MATERIALIZED VIEW"),
    "dropMaterializedView": _plain("DROP MATERIALIZED VIEW"),
    "renameMaterializedView": _rename("MATERIALIZED VIEW"),
}
"""Operations by name, and the SQL of each."""

REVERSES: dict[str, str] = {
    "createTable": "dropTable", "addColumns": "dropColumns", "addColumn": "dropColumns",
    "addConstraint": "dropConstraint", "createConstraint": "dropConstraint",
    "createIndex": "dropIndex", "addIndex": "dropIndex", "createType": "dropType",
    "addType": "dropType", "createSchema": "dropSchema", "createExtension": "dropExtension",
    "addExtension": "dropExtension", "createSequence": "dropSequence", "createView": "dropView",
    "createMaterializedView": "dropMaterializedView", "renameTable": "renameTable",
    "renameColumn": "renameColumn", "renameConstraint": "renameConstraint",
    "renameIndex": "renameIndex", "renameType": "renameType", "renameSchema": "renameSchema",
    "renameSequence": "renameSequence", "renameView": "renameView",
    "renameMaterializedView": "renameMaterializedView",
}  # fmt: skip
"""What node-pg-migrate runs to take an operation back, where a migration has no `down`."""


def reversed_args(name: str, args: Args) -> Args:
    """The arguments of what takes an operation back."""
    if name in ("renameColumn", "renameConstraint") and len(args) > 2:
        return (args[0], args[2], args[1])
    if name.startswith("rename") and len(args) > 1:
        return (args[1], args[0])
    if REVERSES[name] == "dropTable" or REVERSES[name].endswith("View"):
        return args[:1]
    return args

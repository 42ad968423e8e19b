"""`ALTER TABLE` of MySQL, MariaDB and SQLite, one act per clause.

Sources: https://dev.mysql.com/doc/refman/8.4/en/alter-table.html,
https://mariadb.com/kb/en/alter-table/, https://www.sqlite.org/lang_altertable.html.
"""

from collections.abc import Iterator

from launchready.facts.acts import (
    Act,
    AddColumn,
    AddConstraint,
    AlterOther,
    AlterType,
    Drop,
    DropColumn,
    DropConstraint,
    Kind,
    Other,
    Rename,
    SetDefault,
)
from launchready.facts.schema import Constraint, Engine
from launchready.steps.migration_check.parsing.dialects.columns import column
from launchready.steps.migration_check.parsing.dialects.expressions import expression
from launchready.steps.migration_check.parsing.dialects.tables import element
from launchready.steps.migration_check.parsing.dialects.tokens import Cursor

_OPTION_WORDS = 4
_WHOLE = (["CHARACTER", "SET"], ["ALTER", "INDEX"], ["ALTER", "CHECK"], ["ALTER", "CONSTRAINT"])


def alter_table(cursor: Cursor, engine: Engine) -> Iterator[tuple[int, Act]]:
    """`ALTER TABLE`, after its TABLE: one act per clause, each with its place."""
    cursor.take("IF", "EXISTS")
    table = cursor.name()
    if cursor.is_done:
        yield 0, Other(kind="ALTER TABLE")
    is_first = True
    for part in cursor.parts():
        place = 0 if is_first else part.place
        is_first = False
        for act in _clause(part, table, engine):
            yield place, act


def _clause(cursor: Cursor, table: str, engine: Engine) -> Iterator[Act]:
    start = cursor.at
    word = cursor.peek()
    reader = _CLAUSES.get(word)
    if reader is not None:
        cursor.at += 1
        found = list(reader(cursor, table, engine))
        if found:
            yield from found
            return
    cursor.at = start
    yield _other(cursor, table)


def _other(cursor: Cursor, table: str) -> Act:
    """An option of the table: its words, and its value."""
    cursor.take("DEFAULT")
    words: list[str] = []
    while cursor.peek().isalpha() or "_" in cursor.peek():
        if words and cursor.peek(-1) in ("ENGINE", "CHARSET", "COLLATE", "ROW_FORMAT"):
            break
        words.append(cursor.peek())
        cursor.at += 1
        if len(words) == _OPTION_WORDS or words[-2:] in _WHOLE:
            break
    cursor.take("=")
    return AlterOther(table=table, what=" ".join(words), argument=cursor.text())


def _add(cursor: Cursor, table: str, engine: Engine) -> Iterator[Act]:
    if not cursor.take("COLUMN"):
        if cursor.peek() == "PARTITION":
            return
        found = element(cursor, table)
        if isinstance(found, Constraint):
            yield AddConstraint(table=table, constraint=found)
            return
        if found is not None:
            yield found
            return
    is_if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    if cursor.peek() == "(":
        for part in cursor.group().parts():
            yield AddColumn(table=table, column=column(part, engine))
        return
    added = column(cursor, engine)
    yield AddColumn(
        table=table,
        column=added,
        is_if_not_exists=is_if_not_exists,
        position=cursor.text(),
    )


def _drop(cursor: Cursor, table: str, engine: Engine) -> Iterator[Act]:
    word = cursor.take_any("INDEX", "KEY", "PRIMARY", "FOREIGN", "CHECK", "CONSTRAINT")
    if word in ("PRIMARY", "FOREIGN"):
        cursor.take("KEY")
    if word == "PRIMARY":
        yield DropConstraint(table=table, name="PRIMARY")
        return
    if cursor.peek() == "PARTITION":
        return
    cursor.take("COLUMN")
    is_if_exists = cursor.take("IF", "EXISTS")
    name = cursor.name()
    if word in ("INDEX", "KEY"):
        yield Drop(kind=Kind.INDEX, names=(name,), table=table, is_if_exists=is_if_exists)
    elif word:
        yield DropConstraint(table=table, name=name, is_if_exists=is_if_exists)
    else:
        yield DropColumn(table=table, column=name, is_if_exists=is_if_exists)


def _alter(cursor: Cursor, table: str, engine: Engine) -> Iterator[Act]:
    cursor.take("COLUMN")
    if cursor.peek() in ("INDEX", "CHECK", "CONSTRAINT"):
        return
    name = cursor.name()
    if cursor.take("SET", "DEFAULT"):
        yield SetDefault(table=table, column=name, default=expression(cursor))
    elif cursor.take("DROP", "DEFAULT"):
        yield SetDefault(table=table, column=name, default=None)


def _modify(cursor: Cursor, table: str, engine: Engine) -> Iterator[Act]:
    cursor.take("COLUMN")
    cursor.take("IF", "EXISTS")
    made = column(cursor, engine)
    yield AlterType(
        table=table,
        column=made.name,
        type=made.type,
        collation=made.collation,
        definition=made,
    )


def _change(cursor: Cursor, table: str, engine: Engine) -> Iterator[Act]:
    cursor.take("COLUMN")
    cursor.take("IF", "EXISTS")
    old = cursor.name()
    made = column(cursor, engine)
    yield AlterType(
        table=table, column=old, type=made.type, collation=made.collation, definition=made
    )


def _rename(cursor: Cursor, table: str, engine: Engine) -> Iterator[Act]:
    if word := cursor.take_any("INDEX", "KEY"):
        old = cursor.name()
        cursor.take("TO")
        del word
        yield Rename(kind=Kind.INDEX, old=old, new=cursor.name(), table=table)
        return
    is_column = cursor.take("COLUMN")
    if cursor.take_any("TO", "AS") and not is_column:
        yield Rename(kind=Kind.TABLE, old=table, new=cursor.name())
        return
    cursor.take("IF", "EXISTS")
    old = cursor.name()
    if cursor.take("TO"):
        yield Rename(kind=Kind.COLUMN, old=old, new=cursor.name(), table=table)
    elif not is_column:
        yield Rename(kind=Kind.TABLE, old=table, new=old)


_CLAUSES = {
    "ADD": _add,
    "ALTER": _alter,
    "CHANGE": _change,
    "DROP": _drop,
    "MODIFY": _modify,
    "RENAME": _rename,
}

"""`CREATE TABLE`, `ALTER TABLE` and `CREATE INDEX` of MySQL, MariaDB and SQLite.

Sources: https://dev.mysql.com/doc/refman/8.4/en/alter-table.html,
https://mariadb.com/kb/en/alter-table/, https://www.sqlite.org/lang_altertable.html.
"""

from collections.abc import Iterator
from dataclasses import replace

from launchready.facts.acts import (
    Act,
    AddColumn,
    AddConstraint,
    AlterOther,
    AlterType,
    CreateIndex,
    CreateTable,
    Drop,
    DropColumn,
    DropConstraint,
    Kind,
    Rename,
    SetDefault,
)
from launchready.facts.schema import Column, Constraint, ConstraintKind, Engine
from launchready.steps.migration_check.parsing.dialects.columns import (
    column,
    keys,
    names,
    referenced,
)
from launchready.steps.migration_check.parsing.dialects.expressions import expression
from launchready.steps.migration_check.parsing.dialects.relations import relations_in
from launchready.steps.migration_check.parsing.dialects.tokens import Cursor, WrongSyntaxError

_INDEXES = ("INDEX", "KEY", "FULLTEXT", "SPATIAL")
_OPTION_WORDS = 4
_WHOLE = (["CHARACTER", "SET"], ["ALTER", "INDEX"], ["ALTER", "CHECK"], ["ALTER", "CONSTRAINT"])


def create_table(cursor: Cursor, engine: Engine, *, is_temporary: bool) -> CreateTable:
    """`CREATE TABLE`, after its TABLE."""
    is_if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    made = CreateTable(
        table=cursor.name(), is_if_not_exists=is_if_not_exists, is_temporary=is_temporary
    )
    if cursor.take("LIKE"):
        return replace(made, like=(cursor.name(),))
    if cursor.peek() == "(" and cursor.peek(1) not in ("SELECT", "WITH"):
        inside = cursor.group()
        if inside.take("LIKE"):
            return replace(made, like=(inside.name(),))
        made = _with_elements(made, inside, engine)
    rest = cursor.left()
    words = [token.upper for token in rest]
    is_of_query = "SELECT" in words or "VALUES" in words[:2] or "TABLE" in words[:2]
    return replace(
        made,
        is_of_query=is_of_query,
        is_partitioned=("PARTITION" in words and not is_of_query),
        reads=relations_in(rest) if is_of_query else (),
    )


def _with_elements(made: CreateTable, inside: Cursor, engine: Engine) -> CreateTable:
    columns: list[Column] = []
    constraints: list[Constraint] = []
    indexes: list[CreateIndex] = []
    for part in inside.parts():
        element = _element(part, made.table)
        if isinstance(element, Constraint):
            constraints.append(element)
        elif isinstance(element, CreateIndex):
            indexes.append(element)
        elif not part.take("PERIOD"):
            columns.append(column(part, engine))
    keyed = {c for each in constraints if each.kind is _PRIMARY for c in each.columns}
    return replace(
        made,
        columns=tuple(replace(c, is_not_null=True) if c.name in keyed else c for c in columns),
        constraints=tuple(constraints),
        indexes=tuple(indexes),
    )


_PRIMARY = ConstraintKind.PRIMARY_KEY


def _element(cursor: Cursor, table: str) -> Constraint | CreateIndex | None:
    """A constraint or index in a table's definition; None of a column's."""
    name = ""
    if cursor.take("CONSTRAINT") and cursor.peek() not in _CONSTRAINT_WORDS:
        name = cursor.name()
    word = cursor.peek()
    if word in _INDEXES and not _is_column(cursor):
        return _index_element(cursor, table)
    if word not in _CONSTRAINT_WORDS or _is_column(cursor):
        return None
    cursor.at += 1
    return _constraint(cursor, word, name)


_CONSTRAINT_WORDS = ("PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE")


def _is_column(cursor: Cursor) -> bool:
    """Whether a word that may begin a constraint is a column's name: `key varchar(20)`."""
    word, after = cursor.peek(), cursor.peek(1)
    if word == "CHECK":
        return after != "("
    if word in ("PRIMARY", "FOREIGN"):
        return after != "KEY"
    brackets = [cursor.peek(ahead) == "(" for ahead in range(1, 6)]
    return not any(brackets) or after in _TYPES


_TYPES = frozenset({"VARCHAR", "CHAR", "INT", "TEXT", "BIGINT", "INTEGER", "DECIMAL", "VARBINARY"})


def _constraint(cursor: Cursor, word: str, name: str) -> Constraint:
    """A table's constraint after its first word."""
    if word == "CHECK":
        inside = expression(cursor.group())
        is_unchecked = cursor.take("NOT", "ENFORCED")
        kind = ConstraintKind.CHECK
        return Constraint(
            kind=kind,
            name=name,
            columns=inside.columns,
            condition=inside,
            is_not_valid=is_unchecked,
        )
    cursor.take_any("KEY", "INDEX")
    cursor.take("IF", "NOT", "EXISTS")
    if cursor.peek() not in ("(", "USING"):
        own = cursor.name()
        name = name or own
    _using(cursor)
    if word == "FOREIGN":
        columns = names(cursor.group())
        if not cursor.take("REFERENCES"):
            raise WrongSyntaxError(cursor.place)
        other, others, on_delete = referenced(cursor)
        return Constraint(
            kind=ConstraintKind.FOREIGN_KEY,
            name=name,
            columns=columns,
            references=other,
            referenced_columns=others,
            on_delete=on_delete,
        )
    kind = _PRIMARY if word == "PRIMARY" else ConstraintKind.UNIQUE
    columns = tuple(key.column for key in keys(cursor.group()) if key.column)
    return Constraint(kind=kind, name="" if kind is _PRIMARY else name, columns=columns)


def _index_element(cursor: Cursor, table: str) -> CreateIndex:
    """`KEY name (…)`, `FULLTEXT KEY name (…)`."""
    word = cursor.take_any(*_INDEXES)
    cursor.take_any("INDEX", "KEY")
    cursor.take("IF", "NOT", "EXISTS")
    name = "" if cursor.peek() in ("(", "USING") else cursor.name()
    method = _using(cursor)
    if word in ("FULLTEXT", "SPATIAL"):
        method = word.lower()
    return CreateIndex(table=table, name=name, keys=keys(cursor.group()), method=method)


def _using(cursor: Cursor) -> str:
    return cursor.name().lower() if cursor.take("USING") else "btree"


def create_index(cursor: Cursor, *, kind: str) -> CreateIndex:
    """`CREATE INDEX`, after its INDEX; `kind` is UNIQUE, FULLTEXT, SPATIAL or ""."""
    is_if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    name = cursor.name()
    method = _using(cursor)
    if not cursor.take("ON"):
        raise WrongSyntaxError(cursor.place)
    table = cursor.name()
    found = keys(cursor.group())
    where = None
    cursor.until("WHERE")
    if cursor.take("WHERE"):
        where = expression(cursor)
    return CreateIndex(
        table=table,
        name=name,
        keys=found,
        is_unique=kind == "UNIQUE",
        is_if_not_exists=is_if_not_exists,
        method=kind.lower() if kind in ("FULLTEXT", "SPATIAL") else method,
        where=where,
    )


def alter_table(cursor: Cursor, engine: Engine) -> Iterator[tuple[int, Act]]:
    """`ALTER TABLE`, after its TABLE: one act per clause, each with its place."""
    cursor.take("IF", "EXISTS")
    table = cursor.name()
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
        element = _element(cursor, table)
        if isinstance(element, Constraint):
            yield AddConstraint(table=table, constraint=element)
            return
        if element is not None:
            yield element
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

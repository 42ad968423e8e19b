"""`CREATE TABLE` and `CREATE INDEX` of MySQL, MariaDB and SQLite, and what stands in a table.

Sources: https://dev.mysql.com/doc/refman/8.4/en/create-table.html,
https://mariadb.com/kb/en/create-table/, https://www.sqlite.org/lang_createtable.html.
"""

from launchready.facts.acts import CreateIndex, CreateTable
from launchready.facts.schema import Column, Constraint, ConstraintKind, Engine
from launchready.frozen import replace
from launchready.steps.migration_check.parsing.dialects.columns import column
from launchready.steps.migration_check.parsing.dialects.expressions import expression
from launchready.steps.migration_check.parsing.dialects.keys import keys, names, referenced
from launchready.steps.migration_check.parsing.dialects.relations import relations_in
from launchready.steps.migration_check.parsing.dialects.tokens import Cursor, WrongSyntaxError

_INDEXES = ("INDEX", "KEY", "FULLTEXT", "SPATIAL")


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
        found = element(part, made.table)
        if isinstance(found, Constraint):
            constraints.append(found)
        elif isinstance(found, CreateIndex):
            indexes.append(found)
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


def element(cursor: Cursor, table: str) -> Constraint | CreateIndex | None:
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

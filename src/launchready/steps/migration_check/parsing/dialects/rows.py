"""Queries, and statements that change rows, of MySQL, MariaDB and SQLite."""

from collections import Counter

from launchready.facts.acts import Act, Change, Other, Select, Where
from launchready.frozen import replace
from launchready.steps.migration_check.parsing.dialects.expressions import condition, seen_in
from launchready.steps.migration_check.parsing.dialects.keys import names
from launchready.steps.migration_check.parsing.dialects.tokens import Cursor, WrongSyntaxError

_MODIFIERS = ("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "QUICK", "IGNORE")
_CHANGES = ("INSERT", "REPLACE", "UPDATE", "DELETE")


def insert(cursor: Cursor, verb: str) -> Change:
    """`INSERT` and `REPLACE`, after the word."""
    cursor.take_any(*_MODIFIERS)
    _conflict(cursor)
    cursor.take("INTO")
    table = cursor.name()
    if cursor.take("PARTITION"):
        cursor.group()
    if cursor.take_any("AS"):
        cursor.name()
    columns: tuple[str, ...] = ()
    if cursor.peek() == "(" and cursor.peek(1) not in ("SELECT", "WITH", "VALUES"):
        columns = names(cursor.group())
    word = cursor.peek()
    if word not in ("VALUES", "VALUE", "SET", "DEFAULT", "SELECT", "WITH", "TABLE", "("):
        raise WrongSyntaxError(cursor.place)
    seen = seen_in(cursor)
    is_of_values = word in ("VALUES", "VALUE", "SET", "DEFAULT")
    is_fixed = is_of_values or not seen.relations
    return Change(
        verb=verb,
        table=table,
        columns=columns,
        reads=seen.relations,
        functions=seen.functions,
        is_bounded=is_fixed or seen.has_limit,
        is_of_values=is_fixed,
        values=seen.literals,
    )


def _conflict(cursor: Cursor) -> None:
    """SQLite's OR IGNORE, OR REPLACE."""
    if cursor.take("OR"):
        cursor.at += 1


def update(cursor: Cursor) -> Change:
    """`UPDATE`, after the word."""
    while cursor.take_any(*_MODIFIERS):
        pass
    _conflict(cursor)
    targets = cursor.until("SET")
    if not cursor.take("SET"):
        raise WrongSyntaxError(cursor.place)
    table = _first(targets)
    reads = _joined(targets)
    assigned = cursor.until("WHERE", "ORDER", "LIMIT", "FROM", "RETURNING")
    columns = [name for part in assigned.parts() if (name := _assigned(part))]
    rest = seen_in(assigned)
    act = _conditional("UPDATE", cursor, table, (*reads, *rest.relations))
    if act.where is Where.NONE and any(token.upper in ("ON", "USING") for token in targets.left()):
        act = replace(act, where=Where.SOME)  # the join is a condition
    counts = Counter(columns)
    return replace(
        act,
        columns=tuple(dict.fromkeys(columns)),
        functions=tuple(dict.fromkeys((*rest.functions, *act.functions))),
        values=tuple(dict.fromkeys((*rest.literals, *act.values))),
        repeats=tuple(name for name, count in counts.items() if count > 1),
    )


def delete(cursor: Cursor) -> Change:
    """`DELETE`, after the word; one that joins names its table before or after FROM."""
    while cursor.take_any(*_MODIFIERS):
        pass
    before = cursor.until("FROM")
    if not cursor.take("FROM"):
        raise WrongSyntaxError(cursor.place)
    sources = cursor.until("WHERE", "ORDER", "LIMIT", "RETURNING")
    table = _first(sources if before.is_done else before)
    joined = tuple(name for name in _joined(sources) if name != table)
    return _conditional("DELETE", cursor, table, joined)


def _conditional(verb: str, cursor: Cursor, table: str, reads: tuple[str, ...]) -> Change:
    others: tuple[str, ...] = ()
    if cursor.take("FROM"):  # SQLite's UPDATE … FROM
        sources = cursor.until("WHERE", "ORDER", "LIMIT", "RETURNING")
        others = (_first(sources), *_joined(sources))
    where = None
    if cursor.take("WHERE"):
        where = cursor.until("ORDER", "LIMIT", "RETURNING")
    found = condition(where)
    has_limit = any(token.upper == "LIMIT" for token in cursor.left())
    seen = seen_in(where) if where else None
    every = (*reads, *others, *(seen.relations if seen else ()))
    return Change(
        verb=verb,
        table=table,
        where=found.where,
        reads=tuple(dict.fromkeys(every)),
        where_columns=found.columns,
        equals=found.equals,
        functions=seen.functions if seen else (),
        is_bounded=found.is_bounded or has_limit,
        values=seen.literals if seen else (),
    )


def _first(cursor: Cursor) -> str:
    return Cursor(cursor.sql, cursor.tokens, cursor.at, cursor.end).name()


def _joined(cursor: Cursor) -> tuple[str, ...]:
    """The relations beside the first that stand before SET or WHERE."""
    found: list[str] = []
    for part in Cursor(cursor.sql, cursor.tokens, cursor.at, cursor.end).parts():
        if not part.is_done and part.tokens[part.at].kind != "sign":
            found.append(Cursor(part.sql, part.tokens, part.at, part.end).name())
        found.extend(seen_in(part).relations)
    return tuple(dict.fromkeys(found[1:]))


def _assigned(cursor: Cursor) -> str:
    if cursor.is_done or cursor.tokens[cursor.at].kind == "sign":
        return ""
    return cursor.name().rpartition(".")[2]


def load(cursor: Cursor) -> Act:
    """`LOAD DATA … INTO TABLE`, after the word."""
    cursor.until("TABLE")
    if not cursor.take("TABLE"):
        return Other(kind="LOAD")
    return Change(verb="COPY", table=cursor.name(), is_of_values=True)


def select(cursor: Cursor) -> Act:
    """A query, from its first word; one whose WITH precedes a change is that change."""
    start = cursor.at
    if cursor.peek() == "WITH":
        cursor.until(*_CHANGES, "SELECT", "VALUES")
        word = cursor.peek()
        if word in _CHANGES:
            cursor.at += 1
            names_own = seen_in(Cursor(cursor.sql, cursor.tokens, start, cursor.end)).relations
            act = change(cursor, word)
            return replace(act, reads=tuple(name for name in names_own if name != act.table))
        cursor.at = start
    seen = seen_in(cursor)
    words = [token.upper for token in cursor.left()]
    is_locking = "FOR" in words and words[words.index("FOR") + 1 :][:1] in (["UPDATE"], ["SHARE"])
    return Select(
        reads=seen.relations,
        functions=seen.functions,
        arguments=seen.literals,
        values=seen.literals,
        locks=f"FOR {words[words.index('FOR') + 1]}" if is_locking else "",
    )


def change(cursor: Cursor, word: str) -> Change:
    """A statement that changes rows, after its first word."""
    if word in ("INSERT", "REPLACE"):
        return insert(cursor, word)
    return update(cursor) if word == "UPDATE" else delete(cursor)

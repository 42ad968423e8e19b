"""The statements of MySQL, MariaDB and SQLite to acts.

They are read by a small reader of our own rather than by a general parser of SQL: it takes a
tenth of the time, keeps the places, and a clause that it does not know costs that clause alone.
"""

from collections.abc import Callable, Iterable

from launchready.facts.acts import Act, Change, Do, Other, TransactionVerb, Unread
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.dialects import objects, rows, upkeep
from launchready.steps.migration_check.parsing.dialects.tokens import (
    Cursor,
    WrongSyntaxError,
    tokens_of,
)
from launchready.steps.migration_check.parsing.scripts import pieces

Acts = Iterable[tuple[int, Act]]

_BULK = 50_000
_LONGEST = 8_000_000
_INSERT = Regex(r"\s*(?:INSERT|REPLACE)\s+(?:IGNORE\s+|INTO\s+|OR\s+\w+\s+)*([^\s(]+)", 2)
_VALUES = Regex(r"\s*(?:\([^()]*\)\s*)?VALUES\b", 2)
_OTHERS = frozenset({
    "ATTACH", "BINLOG", "CACHE", "CHANGE", "CHECKSUM", "CLONE", "DEALLOCATE", "DESC", "DESCRIBE",
    "DETACH", "DO", "EXECUTE", "EXPLAIN", "FLUSH", "HANDLER", "HELP", "INSTALL", "KILL",
    "PURGE", "RESET", "RESIGNAL", "SHOW", "SHUTDOWN", "SIGNAL", "SOURCE", "STOP", "UNINSTALL",
    "UNLOCK", "USE", "XA",
})  # fmt: skip


def acts_of(sql: str, engine: Engine) -> tuple[tuple[int, Act], ...]:
    """The acts of one statement, each with its offset in characters."""
    if len(sql) > _BULK and (bulk := _bulk(sql)):
        return ((0, bulk),)
    if len(sql) > _LONGEST:
        return ((0, Unread(message="it is too long")),)
    cursor = Cursor(sql, tokens_of(sql, engine))
    if cursor.is_done:
        return ()
    try:
        return tuple(_read(cursor, engine))
    except WrongSyntaxError as error:
        return ((0, Unread(message="syntax error", offset=min(error.at, len(sql)))),)


def _bulk(sql: str) -> Change | None:
    found = _INSERT.match(sql)
    if found is None or not _VALUES.match(sql, found.end()):
        return None
    table = found[1].replace("`", "").replace('"', "")
    return Change(verb="INSERT", table=table, is_bounded=True, is_of_values=True)


def _read(cursor: Cursor, engine: Engine) -> Acts:
    word = cursor.peek()
    if word in ("SELECT", "WITH", "VALUES", "("):
        return ((0, rows.select(cursor)),)
    cursor.at += 1
    if word in ("INSERT", "REPLACE", "UPDATE", "DELETE"):
        return ((0, rows.change(cursor, word)),)
    if word == "LOAD":
        return ((0, rows.load(cursor)),)
    if word in _READERS:
        return _READERS[word](cursor, engine)
    if word in _OTHERS:
        return ((0, Other(kind=word)),)
    raise WrongSyntaxError(cursor.tokens[cursor.at - 1].start)


def _prepare(cursor: Cursor, engine: Engine) -> Acts:
    """`PREPARE` of a literal is opened; of a variable it cannot be followed."""
    cursor.name()
    if not cursor.take("FROM") or cursor.is_done or cursor.tokens[cursor.at].kind != "string":
        return ((0, Do(opaque="dynamic SQL that is built of variables")),)
    text = cursor.tokens[cursor.at].text
    acts = [
        (0, act, False)
        for piece in pieces(text, engine)
        if not piece.sql.lstrip().lower().startswith("prepare")
        for _, act in acts_of(piece.sql, engine)
    ]
    return ((0, Do(acts=tuple(acts))),)


_READERS: dict[str, Callable[[Cursor, Engine], Acts]] = {
    "ALTER": objects.alter,
    "ANALYZE": upkeep.maintain("ANALYZE"),
    "BEGIN": upkeep.begin,
    "CALL": upkeep.call,
    "CHECK": upkeep.maintain("CHECK"),
    "COMMIT": upkeep.transaction(TransactionVerb.COMMIT),
    "CREATE": objects.create,
    "DROP": objects.drop,
    "END": upkeep.transaction(TransactionVerb.COMMIT),
    "GRANT": upkeep.privileges(is_grant=True),
    "LOCK": upkeep.lock,
    "OPTIMIZE": upkeep.maintain("OPTIMIZE"),
    "PRAGMA": upkeep.pragma,
    "PREPARE": _prepare,
    "REINDEX": upkeep.maintain("REINDEX"),
    "RELEASE": upkeep.transaction(TransactionVerb.RELEASE),
    "RENAME": objects.rename,
    "REPAIR": upkeep.maintain("REPAIR"),
    "REVOKE": upkeep.privileges(is_grant=False),
    "ROLLBACK": upkeep.transaction(TransactionVerb.ROLLBACK),
    "SAVEPOINT": upkeep.transaction(TransactionVerb.SAVEPOINT),
    "SET": upkeep.set_variables,
    "START": upkeep.start,
    "TRUNCATE": objects.truncate,
    "VACUUM": upkeep.maintain("VACUUM"),
}

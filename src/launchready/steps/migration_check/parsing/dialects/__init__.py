"""The statements of MySQL, MariaDB and SQLite to acts.

They are read by a small reader of our own rather than by a general parser of SQL: it takes a
tenth of the time, keeps the places, and a clause that it does not know costs that clause alone.
"""

from collections.abc import Callable, Iterable

from launchready.facts.acts import (
    Act,
    Change,
    Create,
    CreateFunction,
    CreateTrigger,
    CreateView,
    Do,
    Drop,
    Kind,
    LockTable,
    Maintain,
    Other,
    Privileges,
    Rename,
    Select,
    SetVariable,
    Transaction,
    TransactionVerb,
    Truncate,
    Unread,
)
from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.dialects import rows
from launchready.steps.migration_check.parsing.dialects.columns import names
from launchready.steps.migration_check.parsing.dialects.expressions import seen_in
from launchready.steps.migration_check.parsing.dialects.tables import (
    alter_table,
    create_index,
    create_table,
)
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
_KINDS = {
    "TABLE": Kind.TABLE,
    "VIEW": Kind.VIEW,
    "INDEX": Kind.INDEX,
    "SEQUENCE": Kind.SEQUENCE,
    "FUNCTION": Kind.FUNCTION,
    "PROCEDURE": Kind.FUNCTION,
    "TRIGGER": Kind.TRIGGER,
    "DATABASE": Kind.DATABASE,
    "SCHEMA": Kind.DATABASE,
    "USER": Kind.ROLE,
    "ROLE": Kind.ROLE,
    "EVENT": Kind.OTHER,
    "SERVER": Kind.OTHER,
    "TABLESPACE": Kind.OTHER,
}
_OTHERS = frozenset({
    "ATTACH", "BINLOG", "CACHE", "CHANGE", "CHECKSUM", "CLONE", "DEALLOCATE", "DESC", "DESCRIBE",
    "DETACH", "DO", "EXECUTE", "EXPLAIN", "FLUSH", "HANDLER", "HELP", "INSTALL", "KILL", "LOAD",
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
    if word in _READERS:
        return _READERS[word](cursor, engine)
    if word in _OTHERS:
        return ((0, Other(kind=word)),)
    raise WrongSyntaxError(cursor.tokens[cursor.at - 1].start)


def _create(cursor: Cursor, engine: Engine) -> Acts:
    is_replace = cursor.take("OR", "REPLACE")
    is_temporary, kind = False, ""
    while not cursor.is_done:
        word = cursor.peek()
        cursor.at += 1
        if word in ("TEMP", "TEMPORARY"):
            is_temporary = True
        elif word in ("UNIQUE", "FULLTEXT", "SPATIAL", "VIRTUAL"):
            kind = word
        elif word == "TABLE":
            table = create_table(cursor, engine, is_temporary=is_temporary)
            if is_replace:  # MariaDB drops the old one first
                drop = Drop(kind=Kind.TABLE, names=(table.table,), is_if_exists=True)
                return ((0, drop), (0, table))
            return ((0, table),)
        elif word == "INDEX":
            return ((0, create_index(cursor, kind=kind)),)
        elif word in _KINDS:
            return ((0, _made(cursor, word, is_replace=is_replace)),)
    raise WrongSyntaxError(cursor.place)


def _made(cursor: Cursor, word: str, *, is_replace: bool) -> Act:
    is_if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    name = cursor.name()
    match word:
        case "VIEW":
            if cursor.peek() == "(":
                cursor.group()
            seen = seen_in(cursor)
            return CreateView(
                name=name,
                reads=seen.relations,
                columns=seen.columns,
                is_replace=is_replace,
                is_if_not_exists=is_if_not_exists,
                is_star=seen.is_star,
            )
        case "TRIGGER":
            cursor.until("ON")
            cursor.at += 1
            return CreateTrigger(table=cursor.name(), name=name)
        case "FUNCTION" | "PROCEDURE":
            return CreateFunction(name=name, body=cursor.text(), is_replace=is_replace)
        case _:
            return Create(kind=_KINDS[word], name=name, is_if_not_exists=is_if_not_exists)


def _drop(cursor: Cursor, engine: Engine) -> Acts:
    cursor.take("TEMPORARY")
    word = cursor.peek()
    if word == "PREPARE":
        return ((0, Other(kind="DROP PREPARE")),)
    if word not in _KINDS:
        raise WrongSyntaxError(cursor.place)
    cursor.at += 1
    is_if_exists = cursor.take("IF", "EXISTS")
    found = names(cursor.until("CASCADE", "RESTRICT", "ON", "ALGORITHM", "LOCK", "WAIT", "NOWAIT"))
    table = cursor.name() if cursor.take("ON") else ""
    return (
        (
            0,
            Drop(
                kind=_KINDS[word],
                names=found,
                is_if_exists=is_if_exists,
                table=table,
            ),
        ),
    )


def _alter(cursor: Cursor, engine: Engine) -> Acts:
    cursor.take_any("ONLINE", "IGNORE")
    word = cursor.peek()
    cursor.at += 1
    if word == "TABLE":
        return alter_table(cursor, engine)
    if word in ("ALGORITHM", "DEFINER", "SQL"):
        cursor.until("VIEW", "EVENT")
        word = cursor.peek()
        cursor.at += 1
    if word == "VIEW":
        return ((0, _made(cursor, "VIEW", is_replace=True)),)
    if word in _KINDS or word in ("INSTANCE", "LOGFILE", "RESOURCE"):
        return ((0, Other(kind=f"ALTER {word}")),)
    raise WrongSyntaxError(cursor.place)


def _rename(cursor: Cursor, engine: Engine) -> Acts:
    if not cursor.take_any("TABLE", "TABLES"):
        return ((0, Other(kind="RENAME")),)
    found: list[tuple[int, Act]] = []
    for part in cursor.parts():
        place, old = part.place, part.name()
        part.until("TO")
        if not part.take("TO"):
            raise WrongSyntaxError(part.place)
        found.append((place if found else 0, Rename(kind=Kind.TABLE, old=old, new=part.name())))
    return found


def _truncate(cursor: Cursor, engine: Engine) -> Acts:
    cursor.take("TABLE")
    return ((0, Truncate(tables=(cursor.name(),))),)


def _set(cursor: Cursor, engine: Engine) -> Acts:
    """`SET`: variables of the server; those of one's own (`@x`) change nothing."""
    found: list[tuple[int, Act]] = []
    for part in cursor.parts():
        place = part.place
        scope = part.take_any("SESSION", "LOCAL", "GLOBAL", "PERSIST", "STATEMENT")
        if part.is_done or part.tokens[part.at].kind == "sign":
            raise WrongSyntaxError(part.place)
        name = part.name().lower()
        if not part.take_any("=", ":="):
            return ((0, Other(kind=f"SET {name.upper()}")),)
        if name.startswith("@") and not name.startswith("@@"):
            seen = seen_in(part)
            found.append((place, Select(reads=seen.relations, functions=seen.functions)))
            continue
        name = name.removeprefix("@@").removeprefix("session.").removeprefix("global.")
        tokens = part.left()
        value = tokens[0].text if len(tokens) == 1 else part.text()
        is_default = value.upper() == "DEFAULT"
        if scope != "GLOBAL":
            found.append((place, SetVariable(name=name, value=None if is_default else value)))
    return [(place if at else 0, act) for at, (place, act) in enumerate(found)] or (
        (0, Other(kind="SET")),
    )


def _pragma(cursor: Cursor, engine: Engine) -> Acts:
    name = cursor.name().rpartition(".")[2].lower()
    if cursor.peek() == "(":
        value = cursor.group().text()
    elif cursor.take("="):
        value = cursor.text()
    else:
        return ((0, Other(kind="PRAGMA")),)
    return ((0, SetVariable(name=name, value=value.strip("'\""))),)


def _transaction(verb: TransactionVerb) -> Callable[[Cursor, Engine], Acts]:
    def read(cursor: Cursor, engine: Engine) -> Acts:
        is_back = verb is TransactionVerb.ROLLBACK
        words = [token.upper for token in cursor.left()]
        back = TransactionVerb.ROLLBACK_TO if is_back and "TO" in words else verb
        return ((0, Transaction(verb=back)),)

    return read


def _begin(cursor: Cursor, engine: Engine) -> Acts:
    if cursor.take("NOT", "ATOMIC"):
        return ((0, Do(opaque="a compound statement")),)
    return ((0, Transaction(verb=TransactionVerb.BEGIN)),)


def _start(cursor: Cursor, engine: Engine) -> Acts:
    if cursor.peek() != "TRANSACTION":
        return ((0, Other(kind="START")),)
    return ((0, Transaction(verb=TransactionVerb.BEGIN)),)


def _lock(cursor: Cursor, engine: Engine) -> Acts:
    if not cursor.take_any("TABLE", "TABLES"):
        return ((0, Other(kind="LOCK")),)
    found: list[tuple[int, Act]] = []
    for part in cursor.parts():
        place, name = part.place, part.name()
        mode = "WRITE" if any(t.upper == "WRITE" for t in part.left()) else "READ"
        found.append((place if found else 0, LockTable(tables=(name,), mode=mode)))
    return found


def _maintain(verb: str) -> Callable[[Cursor, Engine], Acts]:
    def read(cursor: Cursor, engine: Engine) -> Acts:
        cursor.take_any("NO_WRITE_TO_BINLOG", "LOCAL")
        cursor.take_any("TABLE", "TABLES")
        found = () if cursor.is_done or cursor.peek() == "INTO" else names(cursor.until("INTO"))
        return ((0, Maintain(verb=verb, names=found)),)

    return read


def _call(cursor: Cursor, engine: Engine) -> Acts:
    name = cursor.name()
    return ((0, Select(functions=(name,), arguments=seen_in(cursor).literals)),)


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


def _privileges(is_grant: bool) -> Callable[[Cursor, Engine], Acts]:
    def read(cursor: Cursor, engine: Engine) -> Acts:
        cursor.until("ON")
        relations: tuple[str, ...] = ()
        if cursor.take("ON"):
            cursor.take_any("TABLE")
            if not any(token.text == "*" for token in cursor.left()):
                relations = names(cursor.until("TO", "FROM"))
        return ((0, Privileges(is_grant=is_grant, relations=relations)),)

    return read


_READERS: dict[str, Callable[[Cursor, Engine], Acts]] = {
    "ALTER": _alter,
    "ANALYZE": _maintain("ANALYZE"),
    "BEGIN": _begin,
    "CALL": _call,
    "CHECK": _maintain("CHECK"),
    "COMMIT": _transaction(TransactionVerb.COMMIT),
    "CREATE": _create,
    "DROP": _drop,
    "END": _transaction(TransactionVerb.COMMIT),
    "GRANT": _privileges(is_grant=True),
    "LOCK": _lock,
    "OPTIMIZE": _maintain("OPTIMIZE"),
    "PRAGMA": _pragma,
    "PREPARE": _prepare,
    "REINDEX": _maintain("REINDEX"),
    "RELEASE": _transaction(TransactionVerb.RELEASE),
    "RENAME": _rename,
    "REPAIR": _maintain("REPAIR"),
    "REVOKE": _privileges(is_grant=False),
    "ROLLBACK": _transaction(TransactionVerb.ROLLBACK),
    "SAVEPOINT": _transaction(TransactionVerb.SAVEPOINT),
    "SET": _set,
    "START": _start,
    "TRUNCATE": _truncate,
    "VACUUM": _maintain("VACUUM"),
}

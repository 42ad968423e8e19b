"""Sessions, transactions, locks, upkeep and prepared statements of MySQL, MariaDB and SQLite."""

from collections.abc import Callable, Iterable

from launchready.facts.acts import (
    Act,
    Do,
    LockTable,
    Maintain,
    Other,
    Privileges,
    Select,
    SetVariable,
    Transaction,
    TransactionVerb,
)
from launchready.facts.schema import Engine
from launchready.steps.migration_check.parsing.dialects.expressions import seen_in
from launchready.steps.migration_check.parsing.dialects.keys import names
from launchready.steps.migration_check.parsing.dialects.tokens import Cursor, WrongSyntaxError

Acts = Iterable[tuple[int, Act]]
Reader = Callable[[Cursor, Engine], Acts]


def set_variables(cursor: Cursor, engine: Engine) -> Acts:
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
    if not found:
        return ((0, Other(kind="SET")),)
    return [(place if at else 0, act) for at, (place, act) in enumerate(found)]


def pragma(cursor: Cursor, engine: Engine) -> Acts:
    """`PRAGMA`; one that only asks changes nothing."""
    name = cursor.name().rpartition(".")[2].lower()
    if cursor.peek() == "(":
        value = cursor.group().text()
    elif cursor.take("="):
        value = cursor.text()
    else:
        return ((0, Other(kind="PRAGMA")),)
    return ((0, SetVariable(name=name, value=value.strip("'\""))),)


def transaction(verb: TransactionVerb) -> Reader:
    """A reader of what does this to the transaction."""

    def read(cursor: Cursor, engine: Engine) -> Acts:
        is_back = verb is TransactionVerb.ROLLBACK
        words = [token.upper for token in cursor.left()]
        back = TransactionVerb.ROLLBACK_TO if is_back and "TO" in words else verb
        return ((0, Transaction(verb=back)),)

    return read


def begin(cursor: Cursor, engine: Engine) -> Acts:
    """`BEGIN`; MariaDB's `BEGIN NOT ATOMIC` is a block."""
    if cursor.take("NOT", "ATOMIC"):
        return ((0, Do(opaque="a compound statement")),)
    return ((0, Transaction(verb=TransactionVerb.BEGIN)),)


def start(cursor: Cursor, engine: Engine) -> Acts:
    """`START TRANSACTION`."""
    if cursor.peek() != "TRANSACTION":
        return ((0, Other(kind="START")),)
    return ((0, Transaction(verb=TransactionVerb.BEGIN)),)


def lock(cursor: Cursor, engine: Engine) -> Acts:
    """`LOCK TABLES`."""
    if not cursor.take_any("TABLE", "TABLES"):
        return ((0, Other(kind="LOCK")),)
    found: list[tuple[int, Act]] = []
    for part in cursor.parts():
        place, name = part.place, part.name()
        mode = "WRITE" if any(t.upper == "WRITE" for t in part.left()) else "READ"
        found.append((place if found else 0, LockTable(tables=(name,), mode=mode)))
    return found


def maintain(verb: str) -> Reader:
    """A reader of the upkeep of tables."""

    def read(cursor: Cursor, engine: Engine) -> Acts:
        cursor.take_any("NO_WRITE_TO_BINLOG", "LOCAL")
        cursor.take_any("TABLE", "TABLES")
        found = () if cursor.is_done or cursor.peek() == "INTO" else names(cursor.until("INTO"))
        return ((0, Maintain(verb=verb, names=found)),)

    return read


def call(cursor: Cursor, engine: Engine) -> Acts:
    """`CALL`."""
    name = cursor.name()
    return ((0, Select(functions=(name,), arguments=seen_in(cursor).literals)),)


def privileges(*, is_grant: bool) -> Reader:
    """A reader of `GRANT` or `REVOKE`."""

    def read(cursor: Cursor, engine: Engine) -> Acts:
        cursor.until("ON")
        relations: tuple[str, ...] = ()
        if cursor.take("ON"):
            cursor.take_any("TABLE")
            if not any(token.text == "*" for token in cursor.left()):
                relations = names(cursor.until("TO", "FROM"))
        return ((0, Privileges(is_grant=is_grant, relations=relations)),)

    return read

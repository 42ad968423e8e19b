"""Which ALGORITHM and LOCK the server takes for a change of a table, tried on a copy of its shape.

The copy holds no rows. Each statement is tried with the cheapest clauses first, as it is written
apart from them: the first that the server takes is done there, so that the copy follows.
Source: https://mariadb.com/kb/en/alter-table/#algorithm
"""

from collections.abc import Iterator
from itertools import product

from launchready.gateways.mariadb.client import RefusedStatementError, Session
from launchready.regex import Regex

ALGORITHMS = ("INSTANT", "NOCOPY", "INPLACE", "COPY")
SHARINGS = ("NONE", "SHARED", "EXCLUSIVE")

_UNSUPPORTED = frozenset({"1845", "1846"})
"""`ER_ALTER_OPERATION_NOT_SUPPORTED` with and without a reason."""

_ALTERS = Regex(r"(?i)alter\s+(?:online\s+|ignore\s+)*table\b")
_BUILDS = Regex(r"(?i)create\s+(?:or\s+replace\s+)?(?:unique\s+|fulltext\s+|spatial\s+)?index\b")
_DROPS = Regex(r"(?i)drop\s+index\s+((?:if\s+exists\s+)?\S+)\s+on\s+(\S+)")
_FOLLOWS = Regex(r"(?i)(?:set|create\s+(?:or\s+replace\s+)?table|drop\s+table|rename\s+table)\b")
_GLOBAL = Regex(r"(?i)set\s+(?:@@)?(?:global|persist)\b")
_ALGORITHM = Regex(r"(?i)\balgorithm\s*=?\s*(instant|nocopy|inplace|copy)\b")
_SHARING = Regex(r"(?i)\block\s*=?\s*(none|shared|exclusive)\b")


def is_tried(sql: str) -> bool:
    """Whether a statement changes a table that is there, in one of several ways."""
    return any(each.match(sql) for each in (_ALTERS, _BUILDS, _DROPS))


class Trial:
    """A copy of the tables' shape. Its session is one for SQL as migrations have it."""

    def __init__(self, session: Session, shape: list[str]) -> None:
        """`shape` are the statements that make the tables. Those that fail are left out."""
        self._session = session
        session.run("SET foreign_key_checks = 0")
        for statement in shape:
            self._done(statement)
        session.run("SET foreign_key_checks = 1")

    def follow(self, sql: str) -> tuple[str, str]:
        """The ALGORITHM and the LOCK of a change of a table; empty where the server does not tell,
        and for what is none.
        """
        if is_tried(sql):
            for algorithm, sharing, statement in forms(sql.strip().rstrip(";")):
                code = self._done(statement)
                if not code:
                    return algorithm, sharing
                if code not in _UNSUPPORTED:
                    break
            self._done(sql)
        elif _FOLLOWS.match(sql) and not _GLOBAL.match(sql):
            self._done(sql)
        return "", ""

    def _done(self, sql: str) -> str:
        """The code of the refusal; empty where it was done."""
        try:
            self._session.run(sql)
        except RefusedStatementError as error:
            return error.code
        return ""


def forms(sql: str) -> Iterator[tuple[str, str, str]]:
    """The statement with each pair of clauses, those that it names itself as they are."""
    comma = ", "
    if _BUILDS.match(sql):
        comma = " "
    elif found := _DROPS.match(sql):  # which takes no clause in MariaDB
        sql = f"ALTER TABLE {found[2]} DROP INDEX {found[1]}{sql[found.end() :]}"
    algorithm, sharing = _ALGORITHM.search(sql), _SHARING.search(sql)
    algorithms = (algorithm[1].upper(),) if algorithm else ALGORITHMS
    sharings = (sharing[1].upper(),) if sharing else SHARINGS
    for one, other in product(algorithms, sharings):
        clauses = [] if algorithm else [f"ALGORITHM={one}"]
        clauses += [] if sharing else [f"LOCK={other}"]
        yield one, other, sql + "".join(f"\n{comma}{clause}" for clause in clauses)

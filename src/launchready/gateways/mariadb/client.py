"""Talks to a MariaDB or MySQL server: text in, text out, and every error with its number.

The driver is PyMySQL (MIT, no dependency): it keeps sessions open, which the `mariadb` command
cannot, and its errors come with their numbers. Statements go one by one.
Source: https://pymysql.readthedocs.io/en/latest/modules/connections.html
"""

import socket
from types import TracebackType
from typing import Any, Self

from launchready.gateways.servers.errors import RefusedError, ServerError

DRIVER = "pip install 'launchready[rehearsal]'"
"""The command that brings the driver."""

LOST = "2013"
"""The client's own code for a connection that is gone."""

Row = tuple[str | None, ...]


class MariadbError(ServerError):
    """There is no MariaDB to work with. `unchecked` says so to the user."""

    target = "mariadb"


class RefusedStatementError(RefusedError):
    """The server refused a statement; `code` is its number: https://mariadb.com/kb/en/mariadb-error-codes/"""


class Session:
    """One connection, in which every statement is a transaction unless one is begun.

    Use it as a context manager, from one thread at a time. `changed` is the number of rows that the
    last statement changed.
    """

    def __init__(
        self, path: str, database: str = "", *, user: str, timeout_seconds: float | None = None
    ) -> None:
        """Connects to the socket at `path`. Raises MariadbError.

        `timeout_seconds` bounds every later answer; None waits for ever.
        """
        self.changed = 0
        self._driver = _connect(path, database, user, timeout_seconds)

    def run(self, sql: str) -> list[Row]:
        """The rows of one statement's first result, as text. Raises RefusedStatementError."""
        with self._driver.cursor() as cursor:
            try:
                cursor.execute(sql)
                rows = cursor.fetchall()
                self.changed = max(0, cursor.rowcount)
                while cursor.nextset():  # a procedure may give several
                    pass
            except Exception as error:
                raise _refused(error) from error
        return [tuple(row) for row in rows]

    def value(self, sql: str) -> str | None:
        """The first column of the first row; None where there is no row."""
        rows = self.run(sql)
        return rows[0][0] if rows else None

    def close(self) -> None:
        """End the connection; again does no harm."""
        if self._driver.open:
            self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _connect(path: str, database: str, user: str, timeout_seconds: float | None) -> Any:
    try:
        import pymysql  # type: ignore[import-untyped]
    except ImportError as error:
        raise MariadbError("the driver PyMySQL is not installed", f"`{DRIVER}`") from error
    driver = pymysql.connect(
        user=user,
        database=database or None,
        charset="utf8mb4",
        use_unicode=True,
        autocommit=True,
        conv={},
        read_timeout=timeout_seconds,
        write_timeout=timeout_seconds,
        defer_connect=True,
    )
    line = socket.socket(socket.AF_UNIX)  # the driver would leave it open where nobody answers
    try:
        line.connect(path)
        driver.connect(line)
    except (pymysql.err.MySQLError, OSError) as error:
        line.close()
        raise MariadbError(
            f"no session with the server: {error.args[-1]}",
            "let launchready start one of its own",
        ) from error
    return driver


def _refused(error: Exception) -> Exception:
    """What the driver raised, in our words. Anything that is none of its errors is itself."""
    import pymysql

    if isinstance(error, pymysql.err.MySQLError) and len(error.args) > 1:
        return RefusedStatementError(str(error.args[1]), str(error.args[0]))
    if isinstance(error, pymysql.err.MySQLError | OSError):
        return RefusedStatementError(f"the connection is lost: {error}", LOST)
    return error

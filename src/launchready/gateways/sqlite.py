"""An SQLite database in memory, for as long as a block lasts: no file is ever opened.

Source: https://docs.python.org/3/library/sqlite3.html and https://www.sqlite.org/c3ref/c_alter_table.html
"""

import contextlib
import sqlite3
import time
from collections.abc import Iterator

_STEPS = 10_000
"""Instructions of SQLite's machine between two looks at the clock."""


class SqliteError(Exception):
    """SQLite refused a statement; `message` says why, in its words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SqliteSession:
    """One connection. What a statement asks of files (ATTACH, VACUUM INTO) is refused."""

    version = sqlite3.sqlite_version

    def __init__(self, *, timeout_seconds: float = 60.0) -> None:
        """`timeout_seconds` bounds each statement."""
        self._patience = timeout_seconds
        self._end = 0.0
        self._driver = sqlite3.connect(":memory:", isolation_level=None)
        self._driver.text_factory = lambda raw: raw.decode("utf-8", "replace")
        self._driver.set_authorizer(_allowed)
        self._driver.set_progress_handler(lambda: time.monotonic() > self._end, _STEPS)

    @property
    def is_open(self) -> bool:
        """Whether a transaction is open."""
        return self._driver.in_transaction

    def run(self, sql: str) -> list[tuple[object, ...]]:
        """The rows of one statement. Raises SqliteError."""
        self._end = time.monotonic() + self._patience
        try:
            return self._driver.execute(sql).fetchall()
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
            raise SqliteError(str(error)) from error

    def close(self) -> None:
        """End it with all it held."""
        self._driver.close()


@contextlib.contextmanager
def sqlite_session() -> Iterator[SqliteSession]:
    """An empty database."""
    session = SqliteSession()
    try:
        yield session
    finally:
        session.close()


def _allowed(action: int, first: str | None, *rest: str | None) -> int:
    """Whether SQLite may do something: `first` is the name of the file where it attaches one."""
    is_file = action == sqlite3.SQLITE_ATTACH and first not in ("", ":memory:")
    is_extension = action == sqlite3.SQLITE_FUNCTION and "load_extension" in rest
    return sqlite3.SQLITE_DENY if is_file or is_extension else sqlite3.SQLITE_OK

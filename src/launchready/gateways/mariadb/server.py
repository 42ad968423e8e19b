"""A MariaDB that is ours to use: sessions on it, and databases that we made."""

import contextlib
import secrets
from collections.abc import Iterator

from launchready.frozen import frozen
from launchready.gateways.mariadb.client import Session

READABLE = "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES'"
"""For sessions that only we write in: names and strings are quoted as in standard SQL."""

_USER = "root"


@frozen
class MariadbServer:
    """A server as long as its block lasts. Get one from `throwaway_mariadb`."""

    socket: str
    version: tuple[int, int, int]

    def connect(self, database: str = "", *, timeout_seconds: float | None = None) -> Session:
        """A new session, as a migration tool would have it. Raises MariadbError."""
        return Session(self.socket, database, user=_USER, timeout_seconds=timeout_seconds)

    def read(self, database: str, *, timeout_seconds: float | None = None) -> Session:
        """A new session in which SQL is written as the standard has it. Raises MariadbError."""
        session = self.connect(database, timeout_seconds=timeout_seconds)
        session.run(READABLE)
        return session

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """A new, empty database for as long as the block lasts; its name."""
        name = f"launchready_{secrets.token_hex(6)}"
        with self.connect() as session:
            session.run(f"CREATE DATABASE {name}")
        try:
            yield name
        finally:
            with self.connect() as session:
                session.run(f"DROP DATABASE IF EXISTS {name}")

    @property
    def label(self) -> str:
        """As people say it: `MariaDB 10.11.19`."""
        return f"MariaDB {'.'.join(map(str, self.version))}"

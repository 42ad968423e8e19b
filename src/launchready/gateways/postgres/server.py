"""A server that is ours to use: sessions on it, and databases that we made and will drop."""

import contextlib
import secrets
from collections.abc import Mapping
from dataclasses import field
from urllib.parse import quote

from launchready.frozen import frozen
from launchready.gateways.postgres.client import Address, PostgresError, QueryError, Session
from launchready.gateways.postgres.log import ServerLog

_REFUSED = "42501"  # insufficient_privilege


@frozen
class PostgresServer:
    """A server as long as its block lasts. Get one from `throwaway_postgres`.

    `address` is for our own sessions and `outside` for the project's tools: TCP with a password,
    since some of them take no socket. `maintenance` is a database that is there already; nothing
    is ever written in it. `log` is what the server says of itself, None on a borrowed server.
    `source` says in words where the server comes from, for reports.
    """

    address: Address
    outside: Address
    major: int
    version: str
    source: str
    maintenance: str = "postgres"
    log: ServerLog | None = None
    made: set[str] = field(default_factory=set)

    @property
    def is_borrowed(self) -> bool:
        """Whether it is the user's, and only databases of ours in it are ours."""
        return self.log is None

    def connect(
        self,
        database: str,
        *,
        user: str = "",
        application: str = "launchready",
        timeout_seconds: float | None = None,
    ) -> Session:
        """A new session, as the superuser or, on a server of our own, as another `user`.

        Raises QueryError where the server refuses it, PostgresError where it is gone.
        """
        address = self.address
        if user:
            address = Address(**{**vars(address), "user": user})
        return Session(address, database, application=application, timeout_seconds=timeout_seconds)

    def create_database(self, name: str = "", template: str = "template1") -> str:
        """Make a database, as a copy of `template`, which nobody may be connected to; its name.

        Raises PostgresError where we may not, QueryError where `name` is taken.
        """
        name = name or f"launchready_{secrets.token_hex(6)}"
        with self.connect(self.maintenance) as session:
            try:
                session.run(f"CREATE DATABASE {identifier(name)} TEMPLATE {identifier(template)}")
            except QueryError as error:
                if error.sqlstate != _REFUSED:
                    raise
                raise PostgresError(
                    f"the role {self.address.user!r} may not create a database",
                    f"ALTER ROLE {identifier(self.address.user)} CREATEDB",
                ) from error
        self.made.add(name)
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database that `create_database` made, with its sessions.

        Raises ValueError for any other one, QueryError where the server refuses.
        """
        if name not in self.made:
            raise ValueError(f"the database {name!r} is not ours to drop")
        with self.connect(self.maintenance) as session:
            session.run(f"DROP DATABASE IF EXISTS {identifier(name)} WITH (FORCE)")
        self.made.discard(name)

    def drop_all(self) -> tuple[str, ...]:
        """Drop every database that we made; the names of those that could not be."""
        for name in sorted(self.made):
            with contextlib.suppress(QueryError, PostgresError):
                self.drop_database(name)
        return tuple(sorted(self.made))

    def roles(self) -> frozenset[str]:
        """The names of all roles: they are of the whole server, and no database's end ends them.

        Raises QueryError, PostgresError.
        """
        with self.connect(self.maintenance) as session:
            return frozenset(str(row[0]) for row in session.run("SELECT rolname FROM pg_roles"))

    def url(self, database: str) -> str:
        """The address that the project's tools take as `DATABASE_URL`. It holds a password."""
        there = self.outside
        who = f"{quote(there.user, safe='')}:{quote(there.password, safe='')}"
        tail = "" if there.encryption == "disable" else f"?sslmode={there.encryption}"
        return f"postgresql://{who}@{there.host}:{there.port}/{quote(database, safe='')}{tail}"

    def environ(self, database: str) -> Mapping[str, str]:
        """The same for tools that read libpq's variables, and `DATABASE_URL` too.

        Source: https://www.postgresql.org/docs/current/libpq-envars.html
        """
        return {
            "DATABASE_URL": self.url(database),
            "PGHOST": self.outside.host,
            "PGPORT": str(self.outside.port),
            "PGUSER": self.outside.user,
            "PGPASSWORD": self.outside.password,
            "PGDATABASE": database,
            "PGSSLMODE": self.outside.encryption,
        }


def identifier(name: str) -> str:
    """A name as SQL writes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string as SQL writes it, with `standard_conforming_strings`: a backslash means itself."""
    return "'" + text.replace("'", "''") + "'"

"""Talks to a PostgreSQL server: text in, text out, and every error with its parts.

The driver is pg8000 (BSD). Statements go by the simple query protocol, as migration tools send a
file: several statements in one string are one implicit transaction unless they say otherwise.
Source: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SIMPLE-QUERY
"""

from collections import defaultdict, deque
from dataclasses import field
from types import TracebackType
from typing import Any, Self

from launchready.frozen import frozen
from launchready.gateways.servers.errors import RefusedError, ServerError

DRIVER = "pip install 'launchready[rehearsal]'"
"""The command that brings the driver, and a server."""

Row = tuple[str | None, ...]

_NOTICES_KEPT = 10_000
_COMPLETE, _READY = b"C", b"Z"


class PostgresError(ServerError):
    """There is no PostgreSQL to work with. `unchecked` says so to the user."""

    target = "postgres"


@frozen
class Message:
    """What a server says of a statement: an error, a warning or a notice.

    `severity` is the untranslated word (`ERROR`, `NOTICE`), `sqlstate` the five characters of
    https://www.postgresql.org/docs/current/errcodes-appendix.html. `position` counts characters
    of the whole string sent, from 1; None where the server names none. The last five name the
    objects, where the server tells.
    """

    severity: str
    sqlstate: str
    message: str
    detail: str = ""
    hint: str = ""
    where: str = ""
    position: int | None = None
    schema: str = ""
    table: str = ""
    column: str = ""
    type: str = ""
    constraint: str = ""


class QueryError(RefusedError):
    """The server refused a statement; `said` is its error in full."""

    def __init__(self, said: Message) -> None:
        super().__init__(said.message, said.sqlstate)
        self.said = said

    @property
    def sqlstate(self) -> str:
        """The five characters of the error, `57P01` and the like too where the server is gone."""
        return self.said.sqlstate


@frozen
class Address:
    """Where a server listens, and who we are there. `socket` is a folder, empty for TCP.

    `encryption` is `disable`, `prefer`, `require` or `verify-full`, as libpq's `sslmode` has it.
    """

    user: str
    password: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = 5432
    socket: str = ""
    encryption: str = "disable"


class Session:
    """One connection. Use it as a context manager, from one thread at a time.

    `tags` are the command tags of the last `run` (`ALTER TABLE`, `INSERT 0 3`), in order, those
    before an error too; `columns` the names of its last result's columns.
    """

    def __init__(
        self,
        address: Address,
        database: str,
        *,
        application: str = "launchready",
        timeout_seconds: float | None = None,
    ) -> None:
        """Connects. Raises QueryError where the server refuses, PostgresError where none answers.

        `timeout_seconds` bounds the connection and every later answer; None waits for ever.
        """
        self.tags: list[str] = []
        self.columns: tuple[str, ...] = ()
        self._driver = _connect(address, database, application, timeout_seconds)
        self._driver.notices = deque(maxlen=_NOTICES_KEPT)
        self._driver.pg_types = defaultdict(lambda: _as_it_is)
        self._driver.message_types[_COMPLETE] = self._completed
        self._driver.message_types[_READY] = self._ready
        self._status = "I"

    def run(self, sql: str) -> list[Row]:
        """The rows of all results, one after another, as the server's text. Raises QueryError.

        `COPY … FROM STDIN` within is refused; use `copy`.
        """
        self.tags.clear()
        self.columns = ()
        if "\0" in sql:
            raise QueryError(_own("22021", "a statement cannot hold a NUL character"))
        context = self._ask(lambda: self._driver.execute_simple(sql))
        self.columns = tuple(column["name"] for column in context.columns or ())
        return [tuple(row) for row in context.rows or ()]

    def value(self, sql: str) -> str | None:
        """The first column of the first row; None where there is no row. Raises QueryError."""
        rows = self.run(sql)
        return rows[0][0] if rows else None

    def copy(self, sql: str, content: str) -> None:
        """Run one `COPY … FROM STDIN` with these lines of data. Raises QueryError."""
        self.tags.clear()
        self._ask(lambda: self._driver.execute_unnamed(sql, stream=[content.encode()]))

    @property
    def status(self) -> str:
        """`I` outside of a transaction, `T` in one, `E` in one that has failed."""
        return self._status

    def take_notices(self) -> list[Message]:
        """What the server said besides since the last call, oldest first."""
        said = [_message(_texts(each)) for each in self._driver.notices]
        self._driver.notices.clear()
        return said

    def close(self) -> None:
        """End the connection; again does no harm."""
        from pg8000.exceptions import InterfaceError

        try:
            self._driver.close()
        except (InterfaceError, OSError, ValueError):
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(self, question: Any) -> Any:
        from pg8000.exceptions import DatabaseError, InterfaceError

        try:
            return question()
        except DatabaseError as error:
            raise QueryError(_message(error.args[0])) from error
        except (InterfaceError, OSError) as error:  # the driver is out of step with the server
            self.close()
            lost = _own("08006", f"the connection is lost: {error}")
            raise QueryError(lost) from error

    def _completed(self, tag: bytes, context: Any) -> None:
        """In place of the driver's own, which takes COMMIT in a failed transaction for an error."""
        del context
        self.tags.append(tag.rstrip(b"\0").decode())

    def _ready(self, status: bytes, context: Any) -> None:
        del context
        self._status = status.decode()


def _as_it_is(text: str) -> str:
    return text


def _connect(
    address: Address, database: str, application: str, timeout_seconds: float | None
) -> Any:
    try:
        from pg8000.exceptions import DatabaseError, InterfaceError
        from pg8000.native import Connection
    except ImportError as error:
        raise PostgresError("the driver pg8000 is not installed", f"`{DRIVER}`") from error
    socket = f"{address.socket}/.s.PGSQL.{address.port}" if address.socket else None
    try:
        return Connection(
            address.user,
            host=address.host,
            port=address.port,
            unix_sock=socket,
            database=database,
            password=address.password,
            application_name=application,
            timeout=timeout_seconds,
            ssl_context=_encryption(address.encryption),
        )
    except DatabaseError as error:
        raise QueryError(_message(error.args[0])) from error
    except (InterfaceError, OSError) as error:
        if isinstance(refusal := _first_cause(error), DatabaseError):
            raise QueryError(_message(refusal.args[0])) from error
        where = socket or f"{address.host}:{address.port}"
        raise PostgresError(
            f"no PostgreSQL answers at {where}",
            "start it, or let launchready start one of its own",
        ) from error


def _first_cause(error: BaseException) -> BaseException:
    """What began it: the driver says good-bye to a server that refused it and has already gone."""
    while (earlier := error.__cause__ or error.__context__) is not None:
        error = earlier
    return error


def _encryption(mode: str) -> Any:
    """What the driver wants for libpq's `sslmode`: https://www.postgresql.org/docs/current/libpq-ssl.html"""
    if mode in {"disable", "allow"}:
        return False
    if mode == "prefer":
        return None
    if mode == "require":
        return True
    import ssl

    context = ssl.create_default_context()
    context.check_hostname = mode == "verify-full"
    return context


def _texts(notice: dict[bytes, bytes]) -> dict[str, str]:
    return {key.decode(): text.decode("utf-8", "replace") for key, text in notice.items() if key}


def _message(fields: dict[str, str]) -> Message:
    """The fields of https://www.postgresql.org/docs/current/protocol-error-fields.html."""
    position = fields.get("P", "")
    return Message(
        severity=fields.get("V") or fields.get("S", ""),
        sqlstate=fields.get("C", ""),
        message=fields.get("M", ""),
        detail=fields.get("D", ""),
        hint=fields.get("H", ""),
        where=fields.get("W", ""),
        position=int(position) if position.isdigit() else None,
        schema=fields.get("s", ""),
        table=fields.get("t", ""),
        column=fields.get("c", ""),
        type=fields.get("d", ""),
        constraint=fields.get("n", ""),
    )


def _own(sqlstate: str, text: str) -> Message:
    """An error that this side found, in the server's shape."""
    return Message(severity="ERROR", sqlstate=sqlstate, message=text)

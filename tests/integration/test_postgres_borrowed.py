"""A server that the user names: only databases that we made there are ever touched."""

import contextlib
import os
from pathlib import Path

import pytest
from tests.postgres import INSTALLED, WHEEL

from launchready.gateways.postgres.borrow import parse_dsn
from launchready.gateways.postgres.client import Address, PostgresError
from launchready.gateways.postgres.server import PostgresServer
from launchready.gateways.postgres.throwaway import throwaway_postgres
from launchready.model import Unchecked

both = pytest.mark.parametrize("postgres", [INSTALLED, WHEEL], indirect=True)


def names(server: PostgresServer) -> set[str | None]:
    """The databases that are there."""
    with server.connect("postgres") as session:
        return {row[0] for row in session.run("SELECT datname FROM pg_database")}


@both
def test_made_databases_go_and_others_stay(postgres: PostgresServer, database: str) -> None:
    before = names(postgres)
    with throwaway_postgres(dsn=postgres.url(database)) as server:
        assert isinstance(server, PostgresServer)
        assert server.is_borrowed
        assert (server.major, server.maintenance) == (postgres.major, database)
        made = {server.create_database(), server.create_database()}
        assert names(postgres) == before | made
        with server.connect(min(made)) as session:
            session.run("CREATE TABLE a (b int)")
        with pytest.raises(ValueError, match="not ours"):
            server.drop_database(database)
    assert names(postgres) == before


@both
def test_they_go_after_an_error_with_their_sessions(
    postgres: PostgresServer, database: str
) -> None:
    before = names(postgres)
    pairs = f"host={postgres.address.socket} port={postgres.address.port} dbname='{database}'"
    with contextlib.suppress(ZeroDivisionError), throwaway_postgres(dsn=pairs) as server:
        assert isinstance(server, PostgresServer)
        left = server.connect(server.create_database())
        raise ZeroDivisionError
    left.close()
    assert names(postgres) == before


@both
def test_what_cannot_be_dropped_is_named(postgres: PostgresServer, database: str) -> None:
    with throwaway_postgres(dsn=postgres.url(database)) as server:
        assert isinstance(server, PostgresServer)
        made = server.create_database()
        with server.connect("postgres") as session:
            session.run(f"ALTER DATABASE {made} IS_TEMPLATE true")
        assert server.drop_all() == (made,)
        with server.connect("postgres") as session:
            session.run(f"ALTER DATABASE {made} IS_TEMPLATE false")
    assert made not in names(postgres)


@both
def test_a_server_that_says_no(postgres: PostgresServer) -> None:
    with throwaway_postgres(dsn=postgres.url("nowhere")) as server:
        assert isinstance(server, Unchecked)
        assert server.reason == 'the server refuses the session: database "nowhere" does not exist'
    with throwaway_postgres(dsn="postgresql://a:secretword@127.0.0.1:1/b") as server:
        assert isinstance(server, Unchecked)
        assert server.reason == "no PostgreSQL answers at 127.0.0.1:1"
        assert "secretword" not in repr(server)
    for mode in ("require", "verify-full"):
        with throwaway_postgres(dsn=f"{postgres.url('postgres')}?sslmode={mode}") as server:
            assert isinstance(server, Unchecked)


@both
def test_a_server_that_is_too_old(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from launchready.gateways.postgres import borrow

    monkeypatch.setattr(borrow, "OLDEST", 99)
    with throwaway_postgres(dsn=postgres.url("postgres")) as server:
        assert isinstance(server, Unchecked)
        assert "older than 99" in server.reason


@pytest.mark.parametrize(
    ("dsn", "address", "database"),
    [
        pytest.param("postgres://", Address(user="postgres", host="localhost", encryption="prefer"),
                     "postgres", id="nothing is said"),
        pytest.param("postgresql://u%40x:p%3A%2F@db.example:6543/my%20db?sslmode=require",
                     Address(user="u@x", password="p:/", host="db.example", port=6543,
                             encryption="require"), "my db", id="percent signs"),
        pytest.param("postgres://u@/d?host=/run/pg&port=5",
                     Address(user="u", host="localhost", port=5, socket="/run/pg"), "d",
                     id="a socket in the query"),
        pytest.param("postgres://u@%2Frun%2Fpg/d",
                     Address(user="u", host="localhost", socket="/run/pg"), "d",
                     id="a socket as the host"),
        pytest.param(r"host=h user='a b' password='it\'s' dbname = d sslmode=verify-full",
                     Address(user="a b", password="it's", host="h", encryption="verify-full"), "d",
                     id="pairs"),
        pytest.param("user=u", Address(user="u", host="localhost", encryption="prefer"), "u",
                     id="the database is the user's"),
        pytest.param("postgres://u@[::1]:7/d",
                     Address(user="u", host="::1", port=7, encryption="prefer"), "d", id="IPv6"),
    ],
)  # fmt: skip
def test_addresses(dsn: str, address: Address, database: str) -> None:
    there = parse_dsn(dsn)
    assert there.address == address
    assert there.database == database


@pytest.mark.parametrize(
    ("dsn", "reason"),
    [
        ("mysql://a/b", "the address begins with 'mysql'"),
        ("postgres://a:b@h1,h2/d", "the address names more than one server"),
        ("host=a,b", "the address names more than one server"),
        ("postgres://h:99999/d", "the address of the server cannot be read"),
        ("host=h port=0", "port '0' is no port"),
        ("host=h sslmode=maybe", "sslmode 'maybe' is none that PostgreSQL knows"),
        ("what is this", "the address of the server cannot be read"),
    ],
)
def test_addresses_that_are_none(dsn: str, reason: str) -> None:
    with pytest.raises(PostgresError) as caught:
        parse_dsn(dsn)
    assert caught.value.unchecked.reason == reason


def test_sigterm_of_somebody_else_is_left_alone() -> None:
    import signal

    handler = lambda number, frame: None  # noqa: E731
    signal.signal(signal.SIGTERM, handler)
    try:
        with throwaway_postgres(dsn="mysql://"):
            assert signal.getsignal(signal.SIGTERM) is handler
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with throwaway_postgres(dsn="mysql://"):
        assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_without_the_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pg8000.native", None)
    monkeypatch.setitem(os.environ, "PGHOST", "ignored")
    with throwaway_postgres(dsn="postgres://a/b") as server:
        assert isinstance(server, Unchecked)
        assert server.hint == "`pip install 'launchready[rehearsal]'`"

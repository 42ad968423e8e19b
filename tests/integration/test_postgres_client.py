"""What a session says of statements, results and errors, on real servers."""

import threading

import pytest
from tests.postgres import INSTALLED, WHEEL

from launchready.gateways.postgres.client import PostgresError, QueryError
from launchready.gateways.postgres.server import PostgresServer, identifier, literal

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"

pytestmark = pytest.mark.parametrize("postgres", [INSTALLED, WHEEL], indirect=True)


def test_values_are_the_servers_text(postgres: PostgresServer, database: str) -> None:
    with postgres.connect(database) as session:
        rows = session.run(
            "SELECT 1, true, NULL, '{a,b}'::text[], '2020-01-02 03:04Z'::timestamptz"
        )
        assert rows == [("1", "t", None, "{a,b}", "2020-01-02 03:04:00+00")]
        assert session.run("SELECT 7 AS seven, 'x' AS letter") == [("7", "x")]
        assert session.columns == ("seven", "letter")
        assert session.value("SELECT 3 WHERE false") is None


def test_one_string_is_one_transaction(postgres: PostgresServer, database: str) -> None:
    with postgres.connect(database) as session:
        with pytest.raises(QueryError, match="division by zero") as caught:
            session.run("CREATE TABLE a (b int); INSERT INTO a VALUES (1); SELECT 1 / 0")
        assert caught.value.sqlstate == "22012"
        assert session.tags == ["CREATE TABLE", "INSERT 0 1"]
        assert session.status == "I"
        assert session.value("SELECT to_regclass('a')") is None


def test_an_error_has_its_parts(postgres: PostgresServer, database: str) -> None:
    with postgres.connect(database) as session:
        session.run("CREATE TABLE a (b int UNIQUE); INSERT INTO a VALUES (1)")
        with pytest.raises(QueryError) as caught:
            session.run("INSERT INTO a VALUES (1)")
        said = caught.value.said
        assert (said.severity, said.sqlstate, said.table) == ("ERROR", "23505", "a")
        assert (said.schema, said.constraint) == ("public", "a_b_key")
        assert said.detail == "Key (b)=(1) already exists."
        with pytest.raises(QueryError) as caught:
            session.run("SELECT 'é'; SELEC 1")
        assert caught.value.said.position == 13


def test_status_and_the_end_of_a_failed_transaction(
    postgres: PostgresServer, database: str
) -> None:
    with postgres.connect(database) as session:
        session.run("BEGIN")
        assert session.status == "T"
        with pytest.raises(QueryError):
            session.run("SELECT nothing")
        assert session.status == "E"
        session.run("/* why */ COMMIT")
        assert session.tags == ["ROLLBACK"]
        assert session.status == "I"
        assert session.run("") == []


def test_notices_are_taken_once(postgres: PostgresServer, database: str) -> None:
    with postgres.connect(database) as session:
        session.run(
            "DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two' USING DETAIL = 'd'; END $$"
        )
        taken = [(each.severity, each.message, each.detail) for each in session.take_notices()]
        assert taken == [("NOTICE", "one", ""), ("WARNING", "two", "d")]
        assert session.take_notices() == []


def test_copy_takes_lines(postgres: PostgresServer, database: str) -> None:
    with postgres.connect(database) as session:
        session.run("CREATE TABLE a (b int, c text)")
        session.copy("COPY a FROM STDIN", "1\té:x\n2\t\\N\n")
        assert session.run("TABLE a") == [("1", "é:x"), ("2", None)]
        with pytest.raises(QueryError) as caught:
            session.copy("COPY a FROM STDIN", "one\ttwo\n")
        assert caught.value.sqlstate == "22P02"
        assert session.value("SELECT 5") == "5"


def test_what_cannot_be_sent_is_an_error_and_not_a_hang(
    postgres: PostgresServer, database: str
) -> None:
    with postgres.connect(database) as session:
        with pytest.raises(QueryError) as caught:
            session.run("SELECT 'a\0b'")
        assert caught.value.sqlstate == "22021"
        session.run("CREATE TABLE a (b int)")
        with pytest.raises(QueryError) as caught:
            session.run("COPY a FROM STDIN")
        assert caught.value.sqlstate == "08006"
        with pytest.raises(QueryError) as caught:
            session.run("SELECT 1")
        assert caught.value.sqlstate == "08006"


def test_a_session_that_is_ended_elsewhere(postgres: PostgresServer, database: str) -> None:
    with postgres.connect(database) as victim, postgres.connect(database) as other:
        pid = victim.value("SELECT pg_backend_pid()")
        other.run(f"SELECT pg_terminate_backend({pid}, 5000)")
        with pytest.raises(QueryError) as caught:
            victim.run("SELECT 1")
        assert caught.value.sqlstate in {"57P01", "08006"}


def test_two_threads_wait_for_each_other(postgres: PostgresServer, database: str) -> None:
    with postgres.connect(database) as one, postgres.connect(database) as two:
        one.run("CREATE TABLE a (b int)")
        one.run("BEGIN; LOCK TABLE a")
        waited: list[str | None] = []
        reader = threading.Thread(target=lambda: waited.append(two.value("SELECT count(*) FROM a")))
        reader.start()
        while reader.is_alive() and one.value(WAITING) != "1":
            pass
        one.run("COMMIT")
        reader.join(30)
        assert waited == ["0"]


def test_who_is_refused_and_who_is_not_there(postgres: PostgresServer) -> None:
    with pytest.raises(QueryError) as caught:
        postgres.connect("nowhere")
    assert caught.value.sqlstate == "3D000"
    with pytest.raises(QueryError) as caught:
        postgres.connect("postgres", user="nobody_at_all")
    assert caught.value.sqlstate == "28000"
    wrong = {**vars(postgres.address), "port": 1}
    with pytest.raises(PostgresError, match="no PostgreSQL answers at"):
        PostgresServer(**{**vars(postgres), "address": type(postgres.address)(**wrong)}).connect(
            "a"
        )


@pytest.mark.parametrize("name", ['a"b', "a'b", "a\\b", "a;b", "é", "a b"])
def test_any_name_can_be_written(postgres: PostgresServer, database: str, name: str) -> None:
    with postgres.connect(database) as session:
        session.run(f"CREATE TABLE {identifier(name)} (b int)")
        assert session.value(f"SELECT {literal(name)}") == name
        assert (
            session.value("SELECT relname FROM pg_class WHERE relkind = 'r' AND oid > 16383")
            == name
        )

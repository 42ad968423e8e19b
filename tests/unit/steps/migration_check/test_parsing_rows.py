"""Queries and changes of rows in PostgreSQL's words."""

# ruff: noqa: E501 - a statement and what it is read as stand in one line each

import pytest
from tests.unit.steps.migration_check.reading import read

from launchready.facts.acts import Act
from launchready.steps.migration_check.parsing.postgres import acts_of
from launchready.steps.migration_check.parsing.postgres.inserts import acts_of_rows

CASES: list[tuple[str, list[str]]] = [
    (
        "SELECT f(a), 'x' FROM t, LATERAL g(b) WHERE EXISTS (SELECT FROM u) FOR UPDATE SKIP LOCKED",
        ["Select(reads=[t, u], functions=[f, g], values=[x], locks=FOR UPDATE SKIP LOCKED)"],
    ),
    (
        "SELECT create_hypertable('t', 'at', chunk_time_interval => 5)",
        ["Select(functions=[create_hypertable], arguments=[t, at], values=[t, at])"],
    ),
    ("SELECT pg_advisory_lock(42)", ["Select(functions=[pg_advisory_lock], arguments=[42])"]),
    (
        "SELECT set_config('lock_timeout', '5s', true)",
        ["SetVariable(name=lock_timeout, value=5s, is_local=True)"],
    ),
    (
        "SELECT pg_catalog.set_config('search_path', '', false), f()",
        [
            "SetVariable(name=search_path, value=)",
            "Select(functions=[set_config, f], arguments=[search_path, , false], values=[search_path, ])",
        ],
    ),
    (
        "SELECT * FROM unnest_all('a')",
        ["Select(functions=[unnest_all], arguments=[a], values=[a])"],
    ),
    ("CALL s.p(1, 'x')", ["Select(functions=[s.p], arguments=[1, x], values=[x])"]),
    ("UPDATE t SET a = 1", ["Change(verb=UPDATE, table=t, where=no condition, columns=[a])"]),
    (
        "UPDATE t SET a = 1 WHERE true",
        ["Change(verb=UPDATE, table=t, where=a condition that is always true, columns=[a])"],
    ),
    (
        "UPDATE t SET a = 1 WHERE 1 = 1 AND a = a",
        ["Change(verb=UPDATE, table=t, where=a condition that is always true, columns=[a])"],
    ),
    (
        "UPDATE t SET a = 1 WHERE a = 2 OR NOT false",
        ["Change(verb=UPDATE, table=t, where=a condition that is always true, columns=[a])"],
    ),
    (
        "UPDATE t SET a = now(), a = 2 WHERE id = 5",
        [
            "Change(verb=UPDATE, table=t, columns=[a], where_columns=[id], equals=[id], functions=[now], is_bounded=True, repeats=[a])"
        ],
    ),
    (
        "UPDATE t SET a = 1 WHERE b IN ('x', 'y')",
        [
            "Change(verb=UPDATE, table=t, columns=[a], where_columns=[b], equals=[b], is_bounded=True, values=[x, y])"
        ],
    ),
    (
        "UPDATE t SET a = 1 WHERE b = $1 AND c IS NULL",
        ["Change(verb=UPDATE, table=t, columns=[a], where_columns=[b, c], equals=[b])"],
    ),
    (
        "UPDATE t SET a = b.x FROM b WHERE b.id = t.id",
        [
            (
                "Change(verb=UPDATE, table=t, columns=[a], reads=[b], where_columns=[id],"
                " is_joined=True)"
            )
        ],
    ),
    (
        "UPDATE t SET a[1] = 1, a[2] = 2 WHERE b > random()",
        ["Change(verb=UPDATE, table=t, columns=[a], where_columns=[b], functions=[random])"],
    ),
    (
        "UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t WHERE a IS NULL LIMIT 100)",
        [
            "Change(verb=UPDATE, table=t, columns=[a], reads=[t], where_columns=[id, a], is_bounded=True)"
        ],
    ),
    (
        "WITH batch AS (SELECT id FROM t LIMIT 100) UPDATE t SET a = 1 FROM batch WHERE batch.id = t.id",
        [
            "Change(verb=UPDATE, table=t, columns=[a], reads=[t], where_columns=[id], is_bounded=True)"
        ],
    ),
    ("DELETE FROM t", ["Change(verb=DELETE, table=t, where=no condition)"]),
    (
        "DELETE FROM t USING u WHERE u.a = t.a AND u.status = 'x'",
        [
            "Change(verb=DELETE, table=t, reads=[u], where_columns=[a, status], equals=[status], values=[x])"
        ],
    ),
    ("DELETE FROM t WHERE CURRENT OF c", ["Change(verb=DELETE, table=t, is_bounded=True)"]),
    (
        "DELETE FROM t WHERE random() = random()",
        ["Change(verb=DELETE, table=t, functions=[random])"],
    ),
    (
        "INSERT INTO t (a, b) VALUES (1, 'x') ON CONFLICT (a) DO UPDATE SET b = 'y'",
        [
            "Change(verb=INSERT, table=t, columns=[a, b], is_bounded=True, is_of_values=True, values=[x, y])"
        ],
    ),
    ("INSERT INTO t SELECT * FROM u", ["Change(verb=INSERT, table=t, reads=[u])"]),
    (
        "INSERT INTO t DEFAULT VALUES",
        ["Change(verb=INSERT, table=t, is_bounded=True, is_of_values=True)"],
    ),
    (
        "INSERT INTO t SELECT 1, now()",
        ["Change(verb=INSERT, table=t, functions=[now], is_bounded=True, is_of_values=True)"],
    ),
    (
        "WITH gone AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM gone",
        ["Change(verb=DELETE, table=a, where=no condition)", "Change(verb=INSERT, table=b)"],
    ),
    (
        "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 1",
        ["Change(verb=MERGE, table=t, columns=[b], reads=[s], is_joined=True)"],
    ),
    (
        "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED AND t.b = 1 THEN DELETE",
        ["Change(verb=MERGE, table=t, reads=[s])"],
    ),
    (
        "DELETE FROM t USING t AS o WHERE o.id < t.id AND o.a = t.a",
        ["Change(verb=DELETE, table=t, reads=[t], where_columns=[id, a])"],
    ),
    (
        "UPDATE t SET a = 1 WHERE b IS NOT NULL AND t.c IS NOT NULL",
        ["Change(verb=UPDATE, table=t, columns=[a], where_columns=[b, c], present=[b, c])"],
    ),
    ("COPY t (a, b) FROM STDIN", ["Change(verb=COPY, table=t, columns=[a, b], is_of_values=True)"]),
    ("COPY t TO STDOUT", ["Select(reads=[t])"]),
    ("COPY (SELECT a FROM t) TO STDOUT", ["Select(reads=[t])"]),
    ("TRUNCATE a, ONLY b CASCADE", ["Truncate(tables=[a, b], is_cascade=True)"]),
    ("EXPLAIN ANALYZE DELETE FROM t", ["Change(verb=DELETE, table=t, where=no condition)"]),
    ("EXPLAIN DELETE FROM t", ["Other(kind=ExplainStmt)"]),
]


@pytest.mark.parametrize(("sql", "acts"), CASES, ids=[sql for sql, _ in CASES])
def test_it_is_read_as(sql: str, acts: list[str]) -> None:
    assert read(sql) == acts


ROWS = [
    ("INSERT INTO t VALUES (1)", True),
    (
        """insert into a.t (x, "Y") values (1, 'it''s'), (-2.5, NULL), (DEFAULT, 'b'), (true, 'b')""",
        True,
    ),
    ("INSERT INTO public.t (x)\n  VALUES\n  ('a')\n  ON CONFLICT DO NOTHING", True),
    ("INSERT INTO t (x, x) VALUES (1, 'é')", True),
    ("INSERT INTO t VALUES ('')", True),
    ("INSERT INTO user (id) VALUES (1)", False),
    ("INSERT INTO t (select) VALUES ('a')", False),
    ("INSERT INTO t VALUES (1, 'a'", False),
    ("INSERT INTO t VALUES (1a)", False),
    ("INSERT INTO t VALUES (now(), 'a')", False),
    ("INSERT INTO t VALUES ('a'::mood)", False),
    ("INSERT INTO t VALUES (E'a')", False),
    ("INSERT INTO t VALUES (1) RETURNING x", False),
    ("INSERT INTO t VALUES (1) ON CONFLICT (x) DO UPDATE SET y = 'b'", False),
    ("INSERT INTO t VALUES ('a', /* b */ 'c')", False),
    ("INSERT INTO t VALUES (" + "'a', " * 9_000, False),
]


@pytest.mark.parametrize(("sql", "is_short"), ROWS, ids=[sql[:60] for sql, _ in ROWS])
def test_rows_of_literals_are_read_as_the_parser_reads_them(sql: str, is_short: bool) -> None:
    short = acts_of_rows(sql, acts_of)
    assert (short is not None) is is_short
    assert short is None or short == acts_of(f" {sql}")  # whose blank keeps it from the short way


def test_rows_that_begin_alike_are_parsed_once() -> None:
    asked: list[str] = []

    def parse(text: str) -> tuple[tuple[int, Act], ...]:
        asked.append(text)
        return acts_of(text)

    head = "INSERT INTO t (x) VALUES "
    found = [acts_of_rows(f"{head}('{word}')", parse) for word in ("a", "b", "c")]
    values = [each and getattr(each[0][1], "values", None) for each in found]
    assert values == [("a",), ("b",), ("c",)]
    assert len(asked) == 1

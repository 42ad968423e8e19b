"""Tables, indexes and their parts in PostgreSQL's words."""

# ruff: noqa: E501 - a statement and what it is read as stand in one line each

import pytest
from tests.unit.steps.migration_check.reading import read

CASES: list[tuple[str, list[str]]] = [
    (
        "CREATE TABLE \"Order Items\" (id serial, a varchar(255)[] NOT NULL DEFAULT '{}')",
        [
            "CreateTable(table=Order Items, columns=[Column(name=id, type=serial, is_not_null=True, is_auto=True), Column(name=a, type=varchar(255)[], is_not_null=True, default=<'{}'; constant>)])"
        ],
    ),
    (
        "CREATE TABLE IF NOT EXISTS public.t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total numeric(10,2) DEFAULT 0 CHECK (total >= 0), at timestamptz(3) DEFAULT now() NOT NULL)",
        [
            "CreateTable(table=t, columns=[Column(name=id, type=int8, is_not_null=True, is_identity=True, is_auto=True, constraints=[Constraint(kind=PRIMARY KEY, columns=[id])]), Column(name=total, type=numeric(10,2), default=<0; constant>, constraints=[Constraint(kind=CHECK, columns=[total], condition=<total >= 0; reads total>)]), Column(name=at, type=timestamptz(3), is_not_null=True, default=<now(); calls now>)], is_if_not_exists=True)"
        ],
    ),
    (
        "CREATE TABLE t (a int, b int, PRIMARY KEY (a, b), CONSTRAINT c UNIQUE (b), CHECK (a > 1 AND b < lower('x')::int))",
        [
            "CreateTable(table=t, columns=[Column(name=a, type=int4, is_not_null=True), Column(name=b, type=int4, is_not_null=True)], constraints=[Constraint(kind=PRIMARY KEY, columns=[a, b]), Constraint(kind=UNIQUE, name=c, columns=[b]), Constraint(kind=CHECK, columns=[a, b], condition=<a > 1 AND b < lower('x')::int; calls lower, reads a b>)])"
        ],
    ),
    (
        "CREATE TABLE t (a int REFERENCES auth.users ON DELETE SET NULL, FOREIGN KEY (a) REFERENCES u (id) ON DELETE CASCADE DEFERRABLE)",
        [
            "CreateTable(table=t, columns=[Column(name=a, type=int4, constraints=[Constraint(kind=FOREIGN KEY, columns=[a], references=auth.users, on_delete=SET NULL)])], constraints=[Constraint(kind=FOREIGN KEY, columns=[a], references=u, referenced_columns=[id], on_delete=CASCADE, is_deferrable=True)])"
        ],
    ),
    (
        "CREATE TABLE t (a int, d int GENERATED ALWAYS AS (a + 1) STORED, v text GENERATED ALWAYS AS (lower('a')) VIRTUAL)",
        [
            "CreateTable(table=t, columns=[Column(name=a, type=int4), Column(name=d, type=int4, generated=STORED, generation=<a + 1; reads a>), Column(name=v, type=text, generated=VIRTUAL, generation=<lower('a'); calls lower>)])"
        ],
    ),
    (
        "CREATE TABLE t (c tsrange, EXCLUDE USING gist (c WITH &&) WHERE (c IS NOT NULL))",
        [
            "CreateTable(table=t, columns=[Column(name=c, type=tsrange)], constraints=[Constraint(kind=EXCLUDE, columns=[c], condition=<c IS NOT NULL; reads c>)])"
        ],
    ),
    (
        'CREATE TEMP TABLE t (a text COLLATE "de_DE")',
        [
            "CreateTable(table=t, columns=[Column(name=a, type=text, collation=de_DE)], is_temporary=True)"
        ],
    ),
    (
        "CREATE UNLOGGED TABLE t (LIKE other INCLUDING ALL) INHERITS (p)",
        ["CreateTable(table=t, is_unlogged=True, inherits=[p], like=[other])"],
    ),
    (
        "CREATE TABLE p (at date) PARTITION BY RANGE (at)",
        ["CreateTable(table=p, columns=[Column(name=at, type=date)], is_partitioned=True)"],
    ),
    (
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
        ["CreateTable(table=p1, partition_of=p)"],
    ),
    (
        "CREATE TABLE pd PARTITION OF p DEFAULT",
        ["CreateTable(table=pd, partition_of=p, is_default_partition=True)"],
    ),
    (
        "CREATE TABLE t AS SELECT * FROM a JOIN b ON true",
        ["CreateTable(table=t, is_of_query=True, reads=[a, b])"],
    ),
    ("SELECT a INTO u FROM t", ["CreateTable(table=u, is_of_query=True, reads=[t])"]),
    (
        "CREATE FOREIGN TABLE f (a int) SERVER s",
        ["CreateTable(table=f, columns=[Column(name=a, type=int4)])"],
    ),
    (
        'CREATE TABLE t (a geometry(Point, 4326), b interval(3), c interval year, d public.mood, e auth.mood, f "char", g int4, h serial8)',
        [
            "CreateTable(table=t, columns=[Column(name=a, type=geometry(4326)[point]), Column(name=b, type=interval(3)), Column(name=c, type=interval[4]), Column(name=d, type=mood), Column(name=e, type=auth.mood), Column(name=f, type=char), Column(name=g, type=int4), Column(name=h, type=bigserial, is_not_null=True, is_auto=True)])"
        ],
    ),
    (
        "CREATE TABLE t (a int UNIQUE DEFERRABLE, b int CONSTRAINT b_ok CHECK (b > 0) NOT ENFORCED)",
        [
            "CreateTable(table=t, columns=[Column(name=a, type=int4, constraints=[Constraint(kind=UNIQUE, columns=[a], is_deferrable=True)]), Column(name=b, type=int4, constraints=[Constraint(kind=CHECK, name=b_ok, columns=[b], condition=<b > 0; reads b>, is_not_valid=True, is_not_enforced=True)])])"
        ],
    ),
    (
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY t USING gin (lower(a) text_ops DESC NULLS LAST, b) WHERE b IS NOT NULL",
        [
            "CreateIndex(table=t, name=i, keys=[IndexKey(expression=<lower(a); calls lower, reads a>, options=text_ops DESC NULLS LAST), IndexKey(column=b)], is_unique=True, is_concurrent=True, is_if_not_exists=True, is_only=True, method=gin, where=<b IS NOT NULL; reads b>)"
        ],
    ),
    (
        "CREATE INDEX ON s.t ((a || b), c)",
        [
            "CreateIndex(table=s.t, name=, keys=[IndexKey(expression=<a || b; reads a b>), IndexKey(column=c)])"
        ],
    ),
]


@pytest.mark.parametrize(("sql", "acts"), CASES, ids=[sql for sql, _ in CASES])
def test_it_is_read_as(sql: str, acts: list[str]) -> None:
    assert read(sql) == acts

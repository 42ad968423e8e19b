"""Objects made, changed and dropped in PostgreSQL's words."""

# ruff: noqa: E501 - a statement and what it is read as stand in one line each

import pytest
from tests.unit.steps.migration_check.reading import read

CASES: list[tuple[str, list[str]]] = [
    (
        "DROP TABLE IF EXISTS a, public.b, auth.c CASCADE",
        ["Drop(kind=table, names=[a, b, auth.c], is_if_exists=True, is_cascade=True)"],
    ),
    ("DROP INDEX CONCURRENTLY i", ["Drop(kind=index, names=[i], is_concurrent=True)"]),
    (
        "DROP TRIGGER IF EXISTS a ON s.t",
        ["Drop(kind=trigger, names=[a], is_if_exists=True, table=s.t)"],
    ),
    ("DROP POLICY p ON t", ["Drop(kind=policy, names=[p], table=t)"]),
    ("DROP FUNCTION f(int), g", ["Drop(kind=function, names=[f, g])"]),
    ("DROP TYPE m CASCADE", ["Drop(kind=type, names=[m], is_cascade=True)"]),
    ("DROP DOMAIN d", ["Drop(kind=domain, names=[d])"]),
    ("DROP SCHEMA a, b", ["Drop(kind=schema, names=[a, b])"]),
    ("DROP DATABASE d", ["Drop(kind=database, names=[d])"]),
    ("DROP ROLE r", ["Drop(kind=role, names=[r])"]),
    ("DROP OWNED BY r", ["Drop(kind=object, names=[all owned by r])"]),
    ("DROP EXTENSION x", ["Drop(kind=extension, names=[x])"]),
    ("DROP MATERIALIZED VIEW v", ["Drop(kind=materialized view, names=[v])"]),
    ("DROP OPERATOR + (int, int)", ["Drop(kind=object, names=[+])"]),
    ("ALTER TABLE s.t RENAME TO u", ["Rename(kind=table, old=s.t, new=s.u)"]),
    ("ALTER TABLE t RENAME COLUMN a TO b", ["Rename(kind=column, old=a, new=b, table=t)"]),
    ("ALTER TABLE t RENAME CONSTRAINT a TO b", ["Rename(kind=constraint, old=a, new=b, table=t)"]),
    ("ALTER TYPE m RENAME VALUE 'a' TO 'b'", ["Rename(kind=enum value, old=a, new=b, table=m)"]),
    ("ALTER TYPE m RENAME TO n", ["Rename(kind=type, old=m, new=n)"]),
    ("ALTER TYPE c RENAME ATTRIBUTE a TO b", ["Rename(kind=object, old=c.a, new=b)"]),
    ("ALTER INDEX i RENAME TO j", ["Rename(kind=index, old=i, new=j)"]),
    ("ALTER SCHEMA a RENAME TO b", ["Rename(kind=schema, old=a, new=b)"]),
    ("ALTER FUNCTION f(int) RENAME TO g", ["Rename(kind=function, old=f, new=g)"]),
    ("ALTER TRIGGER a ON t RENAME TO b", ["Rename(kind=trigger, old=a, new=b, table=t)"]),
    ("ALTER POLICY a ON t RENAME TO b", ["Rename(kind=policy, old=a, new=b, table=t)"]),
    ("ALTER DOMAIN d RENAME CONSTRAINT a TO b", ["Rename(kind=object, old=d.a, new=b)"]),
    ("ALTER TABLE t SET SCHEMA s", ["SetSchema(kind=table, name=t, schema=s)"]),
    ("ALTER FUNCTION f(int) SET SCHEMA s", ["SetSchema(kind=function, name=f, schema=s)"]),
    (
        "ALTER TYPE m ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'",
        ["AddEnumValue(type=m, value=x, is_if_not_exists=True, is_last=False)"],
    ),
    ("ALTER TYPE m ADD VALUE 'x'", ["AddEnumValue(type=m, value=x)"]),
    (
        "ALTER DOMAIN d ADD CONSTRAINT c CHECK (value > 0) NOT VALID",
        [
            "AlterDomain(name=d, adds=Constraint(kind=CHECK, name=c, columns=[value], condition=<value > 0; reads value>, is_not_valid=True))"
        ],
    ),
    ("ALTER DOMAIN d SET NOT NULL", ["AlterDomain(name=d, is_not_null=True)"]),
    ("ALTER DOMAIN d DROP NOT NULL", ["AlterDomain(name=d, is_not_null=False)"]),
    ("ALTER DOMAIN d VALIDATE CONSTRAINT c", ["AlterDomain(name=d, validates=c)"]),
    ("ALTER DOMAIN d DROP CONSTRAINT c", ["AlterDomain(name=d, drops=c)"]),
    ("ALTER DOMAIN d SET DEFAULT 1", ["AlterDomain(name=d)"]),
    ("CREATE TYPE m AS ENUM ('a', 'b')", ["CreateType(name=m, values=[a, b], is_enum=True)"]),
    ("CREATE TYPE c AS (a int)", ["CreateType(name=c)"]),
    ("CREATE TYPE r AS RANGE (subtype = int)", ["CreateType(name=r)"]),
    (
        "CREATE DOMAIN d AS varchar(3) NOT NULL DEFAULT 'x' CHECK (value > 'a')",
        [
            "CreateType(name=d, base=varchar(3), is_not_null=True, constraints=[Constraint(kind=CHECK, columns=[value], condition=<value > 'a'; reads value>)], default=<'x'; constant>)"
        ],
    ),
    (
        "CREATE VIEW v AS WITH c AS (SELECT a FROM t) SELECT b, x.* FROM c, s.x",
        ["CreateView(name=v, reads=[s.x, t], columns=[b, a], is_star=True)"],
    ),
    ("CREATE OR REPLACE VIEW v AS SELECT 1", ["CreateView(name=v, is_replace=True)"]),
    (
        "CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT a FROM t WITH NO DATA",
        [
            "CreateView(name=v, reads=[t], columns=[a], is_materialized=True, is_if_not_exists=True, has_data=False)"
        ],
    ),
    ("REFRESH MATERIALIZED VIEW CONCURRENTLY v", ["RefreshView(name=v, is_concurrent=True)"]),
    (
        "CREATE OR REPLACE FUNCTION s.f(a int) RETURNS trigger LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$BEGIN END$$",
        [
            "CreateFunction(name=s.f, language=plpgsql, body=BEGIN END, volatility=stable, is_replace=True, is_security_definer=True, sets_search_path=True, is_trigger=True, arguments=[int4], returns=trigger)"
        ],
    ),
    (
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
        ["CreateFunction(name=f, body=SELECT 1; SELECT 2;, returns=int4)"],
    ),
    (
        "CREATE FUNCTION f() RETURNS int RETURN 1 + 1",
        ["CreateFunction(name=f, body=SELECT 1 + 1, returns=int4)"],
    ),
    (
        "CREATE FUNCTION f(OUT a int, INOUT b text) RETURNS SETOF record LANGUAGE sql AS 'SELECT'",
        [
            "CreateFunction(name=f, body=SELECT, arguments=[text], returns=SETOF record, a int4, b text)"
        ],
    ),
    ("CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'", ["CreateFunction(name=p, body=SELECT 1)"]),
    (
        "CREATE CONSTRAINT TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
        ["CreateTrigger(table=t, name=x, function=f, is_constraint=True)"],
    ),
    ("CREATE SCHEMA IF NOT EXISTS s", ["Create(kind=schema, name=s, is_if_not_exists=True)"]),
    (
        "CREATE SCHEMA s CREATE TABLE t (a int)",
        [
            "Create(kind=schema, name=s)",
            "CreateTable(table=t, columns=[Column(name=a, type=int4)])",
        ],
    ),
    ("CREATE SEQUENCE s", ["Create(kind=sequence, name=s)"]),
    (
        "CREATE EXTENSION IF NOT EXISTS pgcrypto",
        ["Create(kind=extension, name=pgcrypto, is_if_not_exists=True)"],
    ),
    ("CREATE POLICY p ON t USING (true)", ["Create(kind=policy, name=p, table=t)"]),
    ("CREATE ROLE r", ["Create(kind=role, name=r)"]),
    ("CREATE RULE r AS ON INSERT TO t DO INSTEAD NOTHING", ["Create(kind=rule, name=r, table=t)"]),
    ("CREATE AGGREGATE a (int) (sfunc = int4pl, stype = int)", ["Create(kind=function, name=a)"]),
    ("CREATE STATISTICS s ON a, b FROM t", ["Create(kind=object, name=s)"]),
    ("ALTER POLICY p ON t USING (true)", ["AlterPolicy(table=t, name=p)"]),
    (
        "GRANT SELECT ON t, s.u TO PUBLIC, x",
        ["Privileges(is_grant=True, relations=[t, s.u], roles=[public, x])"],
    ),
    ("REVOKE ALL ON t FROM x", ["Privileges(is_grant=False, relations=[t], roles=[x])"]),
    ("GRANT USAGE ON SCHEMA s TO x", ["Other(kind=GrantStmt)"]),
    ("COMMENT ON TABLE t IS 'x'", ["Other(kind=CommentStmt)"]),
]


@pytest.mark.parametrize(("sql", "acts"), CASES, ids=[sql for sql, _ in CASES])
def test_it_is_read_as(sql: str, acts: list[str]) -> None:
    assert read(sql) == acts

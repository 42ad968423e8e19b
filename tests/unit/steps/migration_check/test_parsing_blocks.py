"""Blocks and bodies: what stands in them, where, and whether it is sure to run."""

import pytest
from tests.unit.steps.migration_check.reading import MYSQL, PG, opened, read, shown

from launchready.steps.migration_check.parsing import acts_of_body

T = "Drop(kind=table, names=[t])"


def do(body: str) -> list[str]:
    return opened(f"DO $body$ {body} $body$")


@pytest.mark.parametrize(
    ("body", "acts"),
    [
        ("BEGIN DROP TABLE t; END", [f"DROP: {T}"]),
        ("BEGIN IF a THEN DROP TABLE t; END IF; END", [f"DROP?: {T}"]),
        (
            ("BEGIN IF a THEN NULL; ELSIF b THEN DROP TABLE t; ELSE DROP TABLE t; END IF;"
            " DROP TABLE t; END"),
            [f"DROP?: {T}", f"DROP?: {T}", f"DROP: {T}"],
        ),
        ("BEGIN IF CASE WHEN a THEN b END THEN DROP TABLE t; END IF; END", [f"DROP?: {T}"]),
        ("BEGIN LOOP EXIT WHEN a; DROP TABLE t; END LOOP; END", [f"DROP?: {T}"]),
        ("BEGIN <<x>> WHILE a LOOP DROP TABLE t; END LOOP x; DROP TABLE t; END x",
         [f"DROP?: {T}", f"DROP: {T}"]),
        ("BEGIN FOR i IN 1..3 LOOP DROP TABLE t; END LOOP; END", [f"DROP?: {T}"]),
        (
            "BEGIN FOR r IN SELECT a FROM u LOOP DELETE FROM t WHERE a = r.a; END LOOP; END",
            [
                "SELECT: Select(reads=[u])",
                ("DELETE?: Change(verb=DELETE, table=t, reads=[u], where_columns=[a],"
                " is_joined=True)"),
            ],
        ),
        (
            "BEGIN FOR r IN SELECT a FROM u WHERE b LOOP DELETE FROM t WHERE a=r.a; END LOOP; END",
            [
                "SELECT: Select(reads=[u])",
                "DELETE?: Change(verb=DELETE, table=t, where_columns=[a])",
            ],
        ),
        ("BEGIN CASE a WHEN 1 THEN DROP TABLE t; ELSE NULL; END CASE; DROP TABLE t; END",
         [f"DROP?: {T}", f"DROP: {T}"]),
        (
            ("BEGIN BEGIN DROP TABLE t; EXCEPTION WHEN others THEN DROP TABLE t; END;"
            " DROP TABLE t; END"),
            [f"DROP: {T}", f"DROP?: {T}", f"DROP: {T}"],
        ),
        ("BEGIN RAISE EXCEPTION 'x; %', a; DROP TABLE t; END",
         ["RAISE: Other(kind=RAISE)", f"DROP: {T}"]),
        ("BEGIN RAISE 'x'; END", ["RAISE: Other(kind=RAISE)"]),
        ("BEGIN RAISE division_by_zero; END", ["RAISE: Other(kind=RAISE)"]),
        ("BEGIN RAISE NOTICE 'x'; END", []),
        ("BEGIN IF a THEN RAISE 'x'; END IF; END", []),
        ("BEGIN IF a THEN RETURN; END IF; RAISE 'x'; END", []),
        ("BEGIN RAISE 'x'; EXCEPTION WHEN others THEN NULL; END", []),
        ("DECLARE a int := 1; b text; BEGIN DROP TABLE t; END", [f"DROP: {T}"]),
        ("DECLARE a int := f(1); BEGIN NULL; END",
         ["f(1);: Select(functions=[f], arguments=[1])"]),
        ("BEGIN PERFORM f('x'); END",
         ["PERFORM: Select(functions=[f], arguments=[x], values=[x])"]),
        ("BEGIN a := (SELECT max(b) FROM u); c = 2; d[1] := g(); END",
         ["(SELECT: Select(reads=[u], functions=[max])", "g();: Select(functions=[g])"]),
        ("BEGIN SELECT a, b INTO STRICT c, d.e FROM u; END", ["SELECT: Select(reads=[u])"]),
        ("BEGIN INSERT INTO u (a) VALUES (1) RETURNING id INTO b; END",
         [("INSERT: Change(verb=INSERT, table=u, columns=[a], is_bounded=True,"
          " is_of_values=True)")]),
        ("BEGIN SELECT a INTO u.b FROM (SELECT 1) x; CREATE TABLE v AS SELECT 1; END",
         ["SELECT: Select()", "CREATE: CreateTable(table=v, is_of_query=True)"]),
        ("BEGIN COMMIT; ROLLBACK; END",
         ["COMMIT;: Transaction(verb=COMMIT)", "ROLLBACK;: Transaction(verb=ROLLBACK)"]),
        ("BEGIN RETURN; END", []),
        ("BEGIN RETURN QUERY SELECT a FROM u; RETURN f(); RETURN NEXT x; END",
         ["SELECT: Select(reads=[u])", "f();: Select(functions=[f])"]),
        ("BEGIN RETURN QUERY EXECUTE 'SELECT a FROM u'; END", ["RETURN: Select(reads=[u])"]),
        ("BEGIN OPEN c FOR SELECT a FROM u; OPEN d FOR EXECUTE 'DROP TABLE t'; OPEN e; END",
         ["SELECT: Select(reads=[u])", f"OPEN: {T}"]),
        ("BEGIN FETCH c INTO x; CLOSE c; GET DIAGNOSTICS n = ROW_COUNT; CALL p(1); END",
         ["CALL: Select(functions=[p], arguments=[1])"]),
        ("BEGIN DO $x$ BEGIN IF a THEN DROP TABLE t; END IF; END $x$; END", [f"DROP?: {T}"]),
        ("BEGIN IF EXISTS (SELECT 1 FROM u WHERE a = 'x') THEN NULL; END IF; END",
         ["EXISTS: Select(reads=[u], values=[x])"]),
        ("begin -- if\n /* if a then */ drop table t; end", [f"drop: {T}"]),
        ("BEGIN ALTER TABEL t; END", [('ALTER: Unread(message=syntax error at or near "TABEL",'
                                      " offset=6)")]),
        ("BEGIN IF a", []),
        ("BEGIN END IF; END; END; END", []),
        ("DECLARE a", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_block_is_its_statements(body: str, acts: list[str]) -> None:
    assert do(body) == acts


@pytest.mark.parametrize(
    ("body", "acts"),
    [
        ("BEGIN EXECUTE 'DROP TABLE t; DROP TABLE t'; END", [f"EXECUTE: {T}", f"EXECUTE: {T}"]),
        ("BEGIN EXECUTE 'DROP ' || 'TABLE ' || quote_ident('t') USING a; END", [f"EXECUTE: {T}"]),
        ("BEGIN EXECUTE concat('DROP TABLE ', lower('T')); END", [f"EXECUTE: {T}"]),
        ("BEGIN EXECUTE format('DROP TABLE %I', 't') INTO x; END", [f"EXECUTE: {T}"]),
        (
            "BEGIN EXECUTE format('UPDATE %2$s SET a = %1$L, b = 5 %% 2', 'x''y', 't'); END",
            [("EXECUTE: Change(verb=UPDATE, table=t, where=no condition, columns=[a, b],"
             " values=[x'y])")],
        ),
        ("DECLARE s CONSTANT text := 'DROP TABLE '; BEGIN EXECUTE s || 't'; END",
         [f"EXECUTE: {T}"]),
        ("DECLARE s text; BEGIN s := 'DROP'; s := s || ' TABLE t'; EXECUTE s; END",
         [f"EXECUTE: {T}"]),
        (
            ("DECLARE s text; BEGIN s := 'DROP TABLE t'; IF a THEN s := 'DROP VIEW v'; END IF;"
            " EXECUTE s; END"),
            [f"EXECUTE?: {T}", "EXECUTE?: Drop(kind=view, names=[v])"],
        ),
        (
            ("DECLARE x text; BEGIN FOREACH x IN ARRAY ARRAY['t', 'u'] LOOP"
            " EXECUTE format('DROP TABLE %I', x); END LOOP; END"),
            [f"EXECUTE?: {T}", "EXECUTE?: Drop(kind=table, names=[u])"],
        ),
        (
            ("DECLARE x text; l text[] := '{t,\"u\"}'::text[]; BEGIN FOREACH x IN ARRAY l LOOP"
            " EXECUTE 'DROP TABLE ' || x; END LOOP; END"),
            [f"EXECUTE?: {T}", "EXECUTE?: Drop(kind=table, names=[u])"],
        ),
        (
            ("DECLARE r record; BEGIN FOR r IN SELECT unnest(ARRAY['t']) AS n LOOP"
            " EXECUTE 'DROP TABLE ' || r.n; END LOOP; END"),
            ["SELECT: Select(functions=[unnest], values=[t])", f"EXECUTE?: {T}"],
        ),
        (
            ("BEGIN FOR r IN SELECT * FROM unnest(ARRAY['t']) LOOP EXECUTE 'DROP TABLE ' || r.n;"
            " END LOOP; END"),
            ["SELECT: Select(functions=[unnest], values=[t])", f"EXECUTE?: {T}"],
        ),
        (
            "BEGIN FOR x IN VALUES ('t') LOOP EXECUTE 'DROP TABLE ' || x; END LOOP; END",
            ["VALUES: Select(values=[t])", f"EXECUTE?: {T}"],
        ),
        ("BEGIN FOR x IN EXECUTE 'SELECT a FROM u' LOOP NULL; END LOOP; END",
         ["FOR?: Select(reads=[u])"]),
        ("BEGIN EXECUTE 'DO $x$ BEGIN DROP TABLE t; END $x$'; END", [f"EXECUTE: {T}"]),
    ],
)  # fmt: skip
def test_sql_that_is_built_of_what_is_known_is_read(body: str, acts: list[str]) -> None:
    if "FOR x IN EXECUTE" in body:
        acts = [act.replace("FOR?", "x") for act in acts]
    assert do(body) == acts


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("a || b", ""),
        ("'DROP TABLE ' || quote_ident(r.name) || ' CASCADE'", ": DROP TABLE …"),
        ("format('alter  table %I drop x', r.name)", ": ALTER TABLE …"),
        ("replace('DROP TABLE x', 'x', y)", ": DROP TABLE …"),
        ("format(a)", ""),
        ("'DROP TABLE ' || NULL", ": DROP TABLE …"),
        ("(SELECT sql FROM todo)", ""),
        ("a, b", ""),
        ("'(", ""),
    ],
)
def test_sql_that_is_built_of_variables_is_opaque(expression: str, words: str) -> None:
    told = do(f"DECLARE a text := f(); BEGIN EXECUTE {expression}; END")
    assert told[-1] == f"opaque: dynamic SQL that is built of variables{words}"


@pytest.mark.parametrize(
    "forgets",
    ["SELECT sql INTO s FROM todo;", "EXECUTE 'SELECT 1' INTO s;", "s := todo();",
     "FOR s IN SELECT 'x' FROM u LOOP NULL; END LOOP;", "IF a THEN s := b; END IF;"],
)  # fmt: skip
def test_a_variable_that_gets_another_value_is_not_known(forgets: str) -> None:
    told = do(f"DECLARE s text := 'DROP TABLE t'; BEGIN {forgets} EXECUTE s; END")
    assert told[-1] == "opaque: dynamic SQL that is built of variables"


def test_too_many_texts_are_opaque() -> None:
    labels = ", ".join(f"'a{number}'" for number in range(9))
    body = (
        f"BEGIN FOREACH x IN ARRAY ARRAY[{labels}] LOOP FOREACH y IN ARRAY ARRAY[{labels}] LOOP"
        " EXECUTE 'DROP TABLE ' || x || y; END LOOP; END LOOP; END"
    )
    assert do(body)[-1].startswith("opaque:")


def test_other_languages_are_opaque() -> None:
    assert opened("DO LANGUAGE plpython3u $$ x = 1 $$") == ["opaque: code in plpython3u"]


def test_places_are_those_of_the_file() -> None:
    sql = "DO $$\nBEGIN\n  -- é\n  DROP TABLE t;\nEND $$"
    assert opened(sql) == [f"DROP: {T}"]
    assert opened("DO 'BEGIN EXECUTE ''DROP TABLE t''; END'") == [f"'BEGIN: {T}"]


def test_bodies_of_functions_are_opened() -> None:
    body = acts_of_body("BEGIN DROP TABLE t; END", "PLPGSQL", PG)
    assert shown(body) == f"Do(acts=[[6, {T}, False]])"
    body = acts_of_body("SELECT 1; DROP TABLE t", "sql", PG)
    assert [act[0] for act in body.acts] == [0, 10]
    assert acts_of_body("x", "c", PG).opaque == "code in c"
    assert acts_of_body("x", "sql", MYSQL).opaque


def test_what_psql_runs_of_elsewhere_is_opaque() -> None:
    assert opened("SELECT 'DROP TABLE t' \\gexec") == [
        "SELECT: Select(values=[DROP TABLE t])",
        "opaque: what the query returns is run",
    ]
    assert opened("\\ir other.sql") == ["opaque: another file is run: other.sql"]
    assert read("SELECT 1 \\gset x_") == ["Select()"]
    assert read("\\copy t from 'x.csv'") == ["Change(verb=COPY, table=t, is_of_values=True)"]
    assert read("\\copy t (a) to 'x.csv'") == ["Other(kind=copy)"]
    assert read("SELECT '\\g'") == ["Select(values=[\\g])"]

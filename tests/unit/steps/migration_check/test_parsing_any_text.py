"""Any text gives acts, whatever it holds, and none costs more than its length."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.steps.migration_check.reading import MYSQL, PG, read

from launchready.facts.acts import Act, Do, Unread
from launchready.facts.schema import Engine
from launchready.steps.migration_check.parsing import acts_of_body, parse, why_not
from launchready.steps.migration_check.parsing.postgres import library
from launchready.steps.migration_check.parsing.scripts import pieces, statements_of

WORDS = """
select from where update delete insert into create table alter add drop column index key primary
unique ( ) , ; . = ' " ` [ ] a b 1 -- /* */ /*! default not null references check constraint modify
change rename to on set with as values $$ $a$ begin atomic end if then else loop execute format for
in foreach array perform prepare lock case when partition by like trigger function view pragma or
and is between union all \\ \\gexec \\. :x ${y} {{z}} % @ do copy stdin delimiter // exception
declare text := || return query é
""".split()  # noqa: SIM905 - words are easier to read
ODD = ["\n", "\x00", "\ud800"]
ANY = st.one_of(st.text(), st.lists(st.sampled_from(WORDS + ODD), max_size=30).map(" ".join))


@example(text="/\\gexec:\\gexec", engine=Engine.POSTGRESQL)
@given(text=ANY, engine=st.sampled_from(Engine))
def test_any_text_gives_acts_with_places_in_it(text: str, engine: Engine) -> None:
    end = 0
    for piece in pieces(text, engine):
        assert end <= piece.start < piece.end <= len(text)
        assert len(piece.sql) == piece.end - piece.start
        end = piece.end
        hold(piece.sql, engine)
    hold(text, engine)
    assert len(statements_of("a", text, engine)) == len(list(pieces(text, engine)))


def hold(sql: str, engine: Engine) -> None:
    for at, act in parse(sql, engine):
        assert 0 <= at <= len(sql)
        assert isinstance(act, Act)
        if isinstance(act, Unread):
            assert 0 <= act.offset <= len(sql)
        if isinstance(act, Do):
            assert all(0 <= inner[0] <= len(sql) for inner in act.acts)
            assert not any(isinstance(inner[1], Do) and inner[1].acts for inner in act.acts)


@given(body=ANY)
def test_any_body_is_opened(body: str) -> None:
    for language in ("plpgsql", "sql"):
        found = acts_of_body(body, language, PG)
        assert all(0 <= at <= len(body) for at, _, _ in found.acts)


DEEP = {
    "parentheses": ("SELECT ", "(", "1", ")"),
    "operators": ("SELECT ", "1+", "1", ""),
    "negations": ("SELECT ", "NOT ", "true", ""),
    "unions": ("SELECT 1 ", "UNION SELECT 1 ", "", ""),
    "joins": ("SELECT * FROM a ", "JOIN a ON true ", "", ""),
    "casts": ("SELECT 1", "::int", "", ""),
    "subqueries": ("SELECT ", "(SELECT ", "1", ")"),
    "brackets that are strings": ("SELECT '", "(", "'", ""),
    "nested rows": ("SELECT ", "(1+", "1", ",1)"),
}


@pytest.mark.parametrize("count", [500, 5_000, 100_000])
@pytest.mark.parametrize("kind", DEEP)
def test_deep_statements_end_nothing(kind: str, count: int) -> None:
    head, before, middle, after = DEEP[kind]
    (found,) = read(head + before * count + middle + after * count)
    assert found.startswith(("Select", "Unread"))


def test_deep_statements_end_no_process(tmp_path: Path) -> None:
    """The parser would run out of its stack, and take the process along."""
    code = (
        "from launchready.facts.schema import Engine\n"
        "from launchready.steps.migration_check.parsing import parse\n"
        "for each in ('1+', 'JOIN a ON true ', '(1+', '- ', 'x = '):\n"
        "    print(parse('SELECT ' + each * 200_000 + '1', Engine.POSTGRESQL)[0][1].message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.splitlines()) == {"it is nested too deeply"}


@pytest.mark.parametrize(
    ("sql", "message", "offset"),
    [
        ("SELECT \x00", "it holds a character that no SQL can", 7),
        ("SELECT '\ud800'", "it holds a character that no SQL can", 8),
        ("SELECT 'é' FORM t x", 'syntax error at or near "t"', 16),
        ("SELECT " + "1," * 4_000_001, "it is nested too deeply", 0),
    ],
)
def test_what_cannot_be_read_says_why_and_where(sql: str, message: str, offset: int) -> None:
    ((_, act),) = parse(sql, PG)
    assert act == Unread(message=message, offset=offset)


def test_a_statement_that_is_wide_is_read() -> None:
    calls = ", ".join(f"f(b{number} + 1)" for number in range(3_000))
    assert read(f"INSERT INTO t (a) SELECT {calls} FROM u")[0].startswith(  # noqa: S608 - nothing runs it
        "Change(verb=INSERT, table=t, columns=[a], reads=[u]"
    )


@pytest.mark.parametrize(
    ("head", "table", "columns"),
    [
        ('INSERT INTO public."T x" (a, "B") VALUES (', "T x", "a, B"),
        ("insert into s.t values (", "s.t", ""),
        ("INSERT INTO t (a) OVERRIDING SYSTEM VALUE VALUES (", "t", "a"),
    ],
)
def test_a_long_insert_is_known_by_its_head(head: str, table: str, columns: str) -> None:
    told = f"columns=[{columns}], " if columns else ""
    assert read(head + "'x'),(" * 10_000) == [
        f"Change(verb=INSERT, table={table}, {told}is_bounded=True, is_of_values=True)"
    ]


@pytest.mark.parametrize(
    "piece",
    ["/*", "*/", "'", '"', "$a$", "$", "\\", "\\g\n", ":a", "${", "<%", "{{", "{%", "(", "-", "`",
     "[", ";", "E'", "COPY t FROM stdin;\n1\n", "create trigger ;",
     "create function begin atomic ;",
     "create rule (;", "delimiter x\n", "a\n\\x"],
)  # fmt: skip
def test_no_text_costs_more_than_its_length(piece: str) -> None:
    """What is quadratic would take hours here."""
    text = piece * (300_000 // len(piece))
    for engine in (PG, MYSQL):
        assert len(statements_of("a", text, engine)) >= 0


def test_many_tags_that_are_never_closed_cost_their_length() -> None:
    text = "".join(f"$a{number}$ " for number in range(50_000))
    assert len(statements_of("a", text, PG)) == 1


def test_without_the_library_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not why_not(PG)
    library.parser.cache_clear()
    monkeypatch.setattr(library, "find_spec", lambda name: None)
    try:
        reason = "PostgreSQL's parser is not installed"
        assert why_not(PG) == reason
        how = "pip install 'launchready[native]'"
        assert read("SELECT 1") == [f"Unread(message={reason}: {how})"]
    finally:
        library.parser.cache_clear()

"""Where the statements of a text begin and end, and what placeholders become."""

import pytest
from tests.unit.steps.migration_check.reading import MARIADB, MYSQL, PG, SQLITE, read

from launchready.facts.schema import Engine
from launchready.steps.migration_check.parsing.accents import engine_of
from launchready.steps.migration_check.parsing.scripts import pieces, statements_of


def split(text: str, engine: Engine = PG) -> list[str]:
    return [text[piece.start : piece.end] for piece in pieces(text, engine)]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("", []),
        (" ; ;; -- c\n /* d; */", []),
        ("a; b ;\n c -- d;\n;e", ["a", "b", "c -- d;", "e"]),
        ("/* a /* b; */ c; */ d; e", ["d", "e"]),
        ("a /* b /* c; */ ; */ d; e", ["a /* b /* c; */ ; */ d", "e"]),
        ("a /* b;", ["a /* b;"]),
        ("a 'b;''c'; d", ["a 'b;''c'", "d"]),
        (r"a 'b\'; c E'd\';e'; f", [r"a 'b\'", r"c E'd\';e'", "f"]),
        ("a U&'b;' \"c;\"\"d\"; e", ["a U&'b;' \"c;\"\"d\"", "e"]),
        ("a $$b;'$$; c $x$d;$$;$x$; e", ["a $$b;'$$", "c $x$d;$$;$x$", "e"]),
        ("a$b$; c; d$b$; $1; e", ["a$b$", "c", "d$b$", "$1", "e"]),
        ("a 'b; c", ["a 'b; c"]),
        ("a $x$ b; c", ["a $x$ b; c"]),
        ("\\set x 1\na;\n\\if :x\nb;\n\\endif\n\\echo c; d\ne", ["a", "b", "e"]),
        ("a\n\\echo b\n;c", ["a", "c"]),
        ("a;\n\\q\nb;", ["a"]),
        ("\\i a.sql\n\\ir b.sql\nc;", ["\\i a.sql", "\\ir b.sql", "c"]),
        ("a \\gexec\nb;\nc\n\\gset x\nd", ["a \\gexec", "b", "c\n\\gset x", "d"]),
        ("a \\; b; c", ["a", "b", "c"]),
        ("COPY t FROM stdin;\n1;2\n\\.\na;", ["COPY t FROM stdin", "a"]),
        ("copy t (a) from STDIN with csv;\na;b", ["copy t (a) from STDIN with csv"]),
        ("copy t from 'x'; a", ["copy t from 'x'", "a"]),
        (
            ("create function f() returns int begin atomic select case a when 1 then 2 end; b; end;"
            " c"),
            [
                ("create function f() returns int begin atomic select case a when 1 then 2 end; b;"
                " end"),
                "c",
            ],
        ),
        ("create function f() as $$ begin; $$; c", ["create function f() as $$ begin; $$", "c"]),
        ("create rule r as on insert to t do (a; b); c",
         ["create rule r as on insert to t do (a; b)", "c"]),
        ("create trigger t begin_x; c", ["create trigger t begin_x", "c"]),
        ("create function f() begin atomic a; b", ["create function f() begin atomic a; b"]),
    ],
)  # fmt: skip
def test_statements_of_postgresql(text: str, statements: list[str]) -> None:
    assert split(text) == statements


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("# a;\na; -- b;\nb --c;\n; d", ["a", "b --c", "d"]),
        ("/* a /* b; */ c; d /* e; */;", ["c", "d /* e; */"]),
        (r"""a 'b\';' "c;\"" `d;`; e""", [r"""a 'b\';' "c;\"" `d;`""", "e"]),
        ("a;\nDELIMITER //\nb; '//' /* // */ c// d //\ndelimiter ;\ne; f",
         ["a", "b; '//' /* // */ c", "d", "e", "f"]),
        ("DELIMITER $$\na; b", ["a; b"]),
        (
            ("create procedure p() begin if a then b; end if; case c when 1 then d; end case;"
            " while e do f; end while; end; g"),
            [
                ("create procedure p() begin if a then b; end if; case c when 1 then d; end case;"
                " while e do f; end while; end"),
                "g",
            ],
        ),
        ("create definer=`a`@`b` trigger t for each row begin a; end; b",
         ["create definer=`a`@`b` trigger t for each row begin a; end", "b"]),
        ("create trigger t for each row set a = 1; b",
         ["create trigger t for each row set a = 1", "b"]),
        ("\\set a; b", ["\\set a", "b"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("engine", [MYSQL, MARIADB])
def test_statements_of_mysql(text: str, statements: list[str], engine: Engine) -> None:
    assert split(text, engine) == statements


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("a [b;c] \"d;\" `e;` 'f;'''; g", ["a [b;c] \"d;\" `e;` 'f;'''", "g"]),
        ("/* a /* b; */ c; d", ["c", "d"]),
        ("create trigger t after insert on x begin a; select case b when 1 then 2 end; end; c",
         ["create trigger t after insert on x begin a; select case b when 1 then 2 end; end", "c"]),
    ],
)  # fmt: skip
def test_statements_of_sqlite(text: str, statements: list[str]) -> None:
    assert split(text, SQLITE) == statements


def test_what_mysql_alone_runs_is_read_as_if_it_stood_there() -> None:
    text = "/*!40101 SET a = 1 */; /* b */ c; /*M!100100 d */"
    assert [each.sql for each in pieces(text, MYSQL)] == [
        "         SET a = 1   ", "c", "           d   ".rstrip() + "   ",
    ]  # fmt: skip


def test_statements_have_places() -> None:
    text = "-- é\nup;\n  a 'é\n';  b;\ndown; c"
    found = statements_of("x.sql", text, PG, start=8, end=22)
    assert [(each.sql, each.place.line, each.place.column) for each in found] == [
        ("a 'é\n'", 3, 3),
        ("b", 4, 5),
    ]
    assert found[0].place.path == "x.sql"


@pytest.mark.parametrize(
    ("text", "sql", "bound"),
    [
        ("a ${b}.c", "a x___.c", ("b",)),
        ("a t_${b}_c", "a t_x____c", ("b",)),
        ("a {{ b }} = {{c}}", "a x______ = 'xxx'", ("b", "c")),
        ("a <%= b %> <% if %> {% c %}", "a x_______                 ", ("b",)),
        ("a %(b)s %s, 5 % s", "a x____ x_, 5 % s", ("b", "s")),
        ("a @b@ @c @> @d", "a x__ @c @> @d", ("b",)),
        ("a :b :'c' :\"d\" e::f g[1:2] := (:h)", "a x_ 'xx' \"xx\" e::f g[1:2] := (x_)",
         ("b", "c", "d", "h")),
        ("a DEFAULT :b LIMIT ${c}", "a DEFAULT '' LIMIT 'xx'", ("b", "c")),
        ("a '${b}' \"${c}\" -- ${d}", "a '${b}' \"${c}\" -- ${d}", ()),
        ("a $1 ${", "a $1 ${", ()),
        ("a $(b)", "a x___", ("b",)),
        ("do $$ x ${b} $$", "do $$ x x___ $$", ("b",)),
    ],
)  # fmt: skip
def test_placeholders_become_names_and_values(text: str, sql: str, bound: tuple[str, ...]) -> None:
    (piece,) = pieces(text, PG)
    assert (piece.sql, piece.bound) == (sql, bound)
    assert len(piece.sql) == len(text)


def test_what_a_dollar_quote_holds_is_no_placeholder() -> None:
    text = "SELECT $re$(foo)(bar)$re$"
    assert [piece.sql for piece in pieces(text, PG)] == [text]


def test_placeholders_of_a_statement_alone_are_filled() -> None:
    dropped = ["Drop(kind=table, names=[x___])"]
    assert [read("DROP TABLE ${a}", engine) for engine in Engine] == [dropped] * len(Engine)


def test_several_statements_in_one_text_are_all_read() -> None:
    two = "DROP TABLE a; DROP TABLE b"
    both = ["Drop(kind=table, names=[a])", "Drop(kind=table, names=[b])"]
    assert [read(two, engine) for engine in Engine] == [both] * len(Engine)


@pytest.mark.parametrize(
    ("texts", "engine"),
    [
        (["CREATE TABLE t (a int)"], None),
        (["CREATE TABLE `t` (a int)"], MYSQL),
        (["ALTER TABLE t MODIFY a int"], MYSQL),
        (["CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)"], SQLITE),
        (["SELECT a::text; -- column `a` of table `b`"], PG),
        (["PRAGMA foreign_keys = off", "x"], SQLITE),
    ],
)
def test_words_tell_the_engine(texts: list[str], engine: Engine | None) -> None:
    assert engine_of(texts) is engine

"""What a rehearsal is told in files: any text gives a value, in time that grows with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.steps.migration_check.rehearsal.queries import queries_of
from launchready.steps.migration_check.rehearsal.sizes import lasting, sizes_of

NAME = "launchready_query"


@given(st.text())
def test_any_text_gives_a_value(text: str) -> None:
    sizes, wrong = sizes_of(text)
    assert len(sizes) + len(wrong) <= len(text.splitlines())
    for probe in queries_of("q.sql", f"SELECT 1;\n{text}"):
        assert probe.sql.startswith(("EXPLAIN ", "PREPARE "))


@pytest.mark.parametrize(
    "text",
    ["/* a */ " * 20_000 + "x", "a" + " " * 40_000 + "x", "/*" * 40_000, "SELECT 1;\n" * 20_000],
)
def test_hostile_texts_end(text: str) -> None:
    assert len(sizes_of(text)[0]) == 0
    assert len(list(queries_of("q.sql", text))) <= 1


@pytest.mark.parametrize(
    ("text", "table", "size"),
    [
        ("users 10", "users", 2000),
        ("public.users: 10 rows", "users", 2000),
        ('"users", 1.5 kB', "users", 1536),
        ("shop.users | 2 GiB", "shop.users", 2 << 30),
        ("users=512 bytes # not many", "users", 512),
    ],
)
def test_sizes(text: str, table: str, size: int) -> None:
    found, wrong = sizes_of(text)
    assert (found[table].bytes, wrong) == (size, ())


def test_lengths_of_time() -> None:
    assert [lasting(each) for each in (0, 40, 600, 10_800)] == [
        "under a second", "40 s", "10 min", "3 h",
    ]  # fmt: skip


def test_the_same_query_is_asked_once_and_what_changes_the_schema_never() -> None:
    text = (
        "SELECT 1;\nselect 2; SELECT 1;\n/* a */ WITH a AS (SELECT 1) SELECT %s;\nDROP TABLE a;\n"
    )
    found = [(each.source, each.sql) for each in queries_of("q", text)]
    assert found == [
        ("q:1", "EXPLAIN SELECT 1"),
        ("q:2", "EXPLAIN select 2"),
        (
            "q:3",
            f"PREPARE {NAME} AS WITH a AS (SELECT 1) SELECT $1; DEALLOCATE {NAME}",
        ),
    ]

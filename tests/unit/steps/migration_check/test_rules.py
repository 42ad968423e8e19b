"""Each rule's own `Bad:` and `Good:` blocks are its first tests."""

from pathlib import Path

import pytest
from tests.unit.steps.migration_check.migrated import fires, observed, silent

from launchready.model import RuleInfo, Unchecked
from launchready.steps.migration_check.rules import RULES
from launchready.steps.migration_check.rules.rehearsal import RULES as REHEARSED

INFOS = [rule.info for rule in RULES if rule not in REHEARSED]
IDS = [info.id for info in INFOS]


@pytest.mark.parametrize("info", INFOS, ids=IDS)
def test_the_bad_example_is_found_and_the_good_one_is_not(info: RuleInfo, tmp_path: Path) -> None:
    fires(tmp_path / "bad", info.id, info.bad + "\n", notes=True)
    silent(tmp_path / "good", info.id, info.good + "\n", notes=True)


@pytest.mark.parametrize("info", INFOS, ids=IDS)
def test_the_examples_are_read_whole(info: RuleInfo, tmp_path: Path) -> None:
    for name, text in (("bad", info.bad), ("good", info.good)):
        seen = observed(tmp_path / name, text + "\n")
        assert not [each for each in seen if isinstance(each, Unchecked)]


@pytest.mark.parametrize("info", INFOS, ids=IDS)
def test_the_page_says_why_and_what_to_do(info: RuleInfo) -> None:
    assert all((info.why, info.fix, info.bad, info.good))


_LONG = "x" * 64


@pytest.mark.parametrize(
    "sql",
    [
        f"ALTER TABLE users ADD CONSTRAINT {_LONG} CHECK (age > 0) NOT VALID",
        f"CREATE TABLE a (id bigint CONSTRAINT {_LONG} PRIMARY KEY)",
        f"ALTER TABLE scratch RENAME TO {_LONG}",
        f"CREATE VIEW {_LONG} AS SELECT 1",
        f"CREATE TYPE {_LONG} AS ENUM ('a')",
    ],
)
def test_a_long_name_is_told_of_whatever_has_it(sql: str, tmp_path: Path) -> None:
    fires(tmp_path / "long", "identifier-too-long", f"{sql};\n")
    silent(tmp_path / "short", "identifier-too-long", f"{sql.replace(_LONG, _LONG[1:])};\n")


@pytest.mark.parametrize(
    "sql", ["REINDEX SYSTEM shop;", "ALTER TABLE events DETACH PARTITION events_2025 FINALIZE;"]
)
def test_what_touches_no_table_in_use_is_no_finding(sql: str, tmp_path: Path) -> None:
    """The catalogs are nobody's tables; what had left its table already leaves nothing behind."""
    for rule in ("reindex-not-concurrent", "detach-partition"):
        silent(tmp_path / rule, rule, f"{sql}\n")


def test_a_default_of_null_is_left_out(tmp_path: Path) -> None:
    """PostgreSQL reads the rows for any default that is written, be it NULL."""
    column = "ALTER TABLE items ADD COLUMN seller_id bigint REFERENCES users (id)"
    for default, words in (("NULL", "Leave `DEFAULT NULL` out"), ("7", "Add the column without")):
        text = f"{column} DEFAULT {default};\n"
        (found,) = fires(tmp_path / default, "add-column-fk-with-default", text)
        assert found.fix.startswith(words)
    silent(tmp_path / "none", "add-column-fk-with-default", f"{column};\n")

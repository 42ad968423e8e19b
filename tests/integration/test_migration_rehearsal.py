"""The rehearsal on a real PostgreSQL: what only a server can say of a migration."""

from pathlib import Path

import pytest
from tests.unit.steps.migration_check.migrated import fires, observed, silent

from launchready.facts.rehearsal import RehearsalFacts
from launchready.model import RuleInfo, Unchecked
from launchready.steps.migration_check.rules.rehearsal import RULES

INFOS = [rule.info for rule in RULES]
IDS = [info.id for info in INFOS]


@pytest.mark.parametrize("info", INFOS, ids=IDS)
def test_the_bad_example_is_found_and_the_good_one_is_not(info: RuleInfo, tmp_path: Path) -> None:
    fires(tmp_path / "bad", info.id, info.bad + "\n", rehearse=True)
    silent(tmp_path / "good", info.id, info.good + "\n", rehearse=True)


def test_a_migration_is_run_with_rows_on_every_table(tmp_path: Path) -> None:
    seen = observed(tmp_path, "ALTER TABLE users ALTER COLUMN age TYPE bigint;\n", rehearse=True)
    assert not [each for each in seen if isinstance(each, Unchecked)]
    (facts,) = (each for each in seen if isinstance(each, RehearsalFacts))
    (done,) = facts.statements.values()
    assert done.rewrites == ("users",)
    assert all(done.rows.values())

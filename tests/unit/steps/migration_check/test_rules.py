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

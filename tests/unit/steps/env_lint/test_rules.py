"""Each rule's own `Bad:` and `Good:` blocks are its first tests, and no value of them is shown."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import fires, observed, silent, values_in

from launchready.model import RuleInfo, Unchecked
from launchready.steps.env_lint.rules import RULES

IDS = [rule.info.id for rule in RULES]
INFOS = [rule.info for rule in RULES]


@pytest.mark.parametrize("info", INFOS, ids=IDS)
def test_the_bad_example_is_found_and_the_good_one_is_not(info: RuleInfo, tmp_path: Path) -> None:
    fires(tmp_path / "bad", info.id, info.bad + "\n")
    silent(tmp_path / "good", info.id, info.good + "\n")


@pytest.mark.parametrize("info", INFOS, ids=IDS)
def test_the_examples_are_read_whole(info: RuleInfo, tmp_path: Path) -> None:
    for name, text in (("bad", info.bad), ("good", info.good)):
        seen = observed(tmp_path / name, text + "\n")
        assert not [each for each in seen if isinstance(each, Unchecked)]


@pytest.mark.parametrize("info", INFOS, ids=IDS)
def test_no_value_of_the_bad_example_is_shown(info: RuleInfo, tmp_path: Path) -> None:
    shown = "".join(map(repr, fires(tmp_path / "bad", info.id, info.bad + "\n")))
    assert not [value for value in values_in(info.bad) if value in shown]


@pytest.mark.parametrize("info", INFOS, ids=IDS)
def test_the_page_says_why_and_what_to_do(info: RuleInfo) -> None:
    assert all((info.why, info.fix, info.bad, info.good))

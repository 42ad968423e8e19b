"""The list of steps: each row is what its step says of itself, and loads only when asked."""

import re
import subprocess
import sys
from types import MappingProxyType

import pytest

from launchready.registry import STEPS, Entry


def test_the_list_cannot_be_added_to() -> None:
    assert isinstance(STEPS, MappingProxyType)


@pytest.mark.parametrize("entry", STEPS.values(), ids=STEPS)
def test_a_row_is_its_step(entry: Entry) -> None:
    step = entry.load()
    assert step.name == entry.name
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", entry.name)
    assert entry.summary.endswith(".")
    assert "\n" not in entry.summary


@pytest.mark.parametrize("entry", STEPS.values(), ids=STEPS)
def test_no_two_rules_of_a_step_share_an_id(entry: Entry) -> None:
    ids = [rule.info.id for rule in entry.load().rules]
    assert len(set(ids)) == len(ids)


def test_no_rule_is_in_two_steps() -> None:
    ids = [rule.info.id for entry in STEPS.values() for rule in entry.load().rules]
    assert len(set(ids)) == len(ids)


def test_the_list_is_known_without_loading_a_step() -> None:
    code = (
        "import sys, launchready.registry;"
        "sys.exit(any(name.startswith('launchready.steps') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-I", "-c", code], check=False).returncode == 0

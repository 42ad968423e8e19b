"""What `--help` calls the values that options take."""

import re
from pathlib import Path

import pytest
from tests.integration.command import launchready


@pytest.mark.parametrize("command", ["check", "secret-scan", "baseline"])
def test_every_option_names_its_value(command: str, tmp_path: Path) -> None:
    told = launchready(command, "--help", folder=tmp_path).stdout
    options = dict(re.findall(r"^  (?:-\w, )?(--[\w-]+) ([A-Z][A-Z.=]+)\b", told, re.MULTILINE))
    assert options["--config"] == "FILE"
    assert options["--report"] == "FORMAT=FILE"
    assert options["--jobs"] == "NUMBER"
    assert not {"VALUE", "TEXT"}.intersection(options.values())

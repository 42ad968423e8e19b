"""The manifest's own promises; pre-commit and prek read it in tests/integration."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from launchready.cli.main import launchready
from launchready.gateways.config_file import _MISSPELLED, CONFIG_NAMES
from launchready.generate.hooks import CONFIG_FILES, hooks_file

ROOT = Path(__file__).parents[3]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load(hooks_file())}


def test_the_hooks() -> None:
    assert set(HOOKS) == {
        "launchready-secrets",
        "launchready-secrets-push",
        "launchready-env",
        "launchready-migrations",
        "launchready-config",
    }


def test_the_hook_that_reads_code_brings_its_parsers() -> None:
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]["native"]
    named = {each.partition(">")[0] for each in extra if each.startswith("tree-sitter")}
    assert named == set(HOOKS["launchready-env"]["additional_dependencies"])


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_starts_once_per_commit_or_push(hook: str) -> None:
    assert HOOKS[hook]["pass_filenames"] is False
    assert HOOKS[hook]["require_serial"] is True
    assert HOOKS[hook]["stages"] == ["pre-push" if hook.endswith("-push") else "pre-commit"]


@pytest.mark.parametrize("hook", HOOKS)
def test_the_entry_is_a_command_that_exists(hook: str) -> None:
    program, *words = HOOKS[hook]["entry"].split()
    assert program == launchready.name
    context = launchready.make_context(program, ["--help"], resilient_parsing=True)
    command = launchready.get_command(context, words[0])
    assert command is not None
    flags = {option for parameter in command.get_params(context) for option in parameter.opts}
    subcommands = getattr(command, "commands", {})
    assert all(word in flags or word in subcommands for word in words[1:])


@pytest.mark.parametrize("path", [*CONFIG_NAMES, *_MISSPELLED])
def test_the_config_hook_sees_every_name_of_the_config(path: str) -> None:
    assert re.search(CONFIG_FILES, path)


@pytest.mark.parametrize(
    "path", ["docs/launchready.yml", "launchready.yml.orig", "xlaunchready.yml"]
)
def test_the_config_hook_sees_no_other_file(path: str) -> None:
    assert not re.search(CONFIG_FILES, path)

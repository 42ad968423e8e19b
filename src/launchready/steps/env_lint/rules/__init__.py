"""The rules of env-lint, by family."""

from typing import Any

from launchready.step import Rule
from launchready.steps.env_lint.settings import EnvLintSettings

RULES: tuple[Rule[Any, EnvLintSettings], ...] = ()

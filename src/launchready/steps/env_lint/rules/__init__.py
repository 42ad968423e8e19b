"""The rules of env-lint, by family."""

from typing import Any

from launchready.step import Rule
from launchready.steps.env_lint.rules.completeness import RULES as COMPLETENESS
from launchready.steps.env_lint.rules.drift import RULES as DRIFT
from launchready.steps.env_lint.rules.inventories import RULES as INVENTORIES
from launchready.steps.env_lint.settings import EnvLintSettings

RULES: tuple[Rule[Any, EnvLintSettings], ...] = (*COMPLETENESS, *DRIFT, *INVENTORIES)

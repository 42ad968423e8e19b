"""The rules of migration-check, by family."""

from typing import Any

from launchready.step import Rule
from launchready.steps.migration_check.settings import MigrationCheckSettings

RULES: tuple[Rule[Any, MigrationCheckSettings], ...] = ()

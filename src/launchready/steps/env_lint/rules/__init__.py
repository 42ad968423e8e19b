"""The rules of env-lint, by family."""

from typing import Any

from launchready.step import Rule
from launchready.steps.env_lint.rules.bundles import RULES as BUNDLES
from launchready.steps.env_lint.rules.completeness import RULES as COMPLETENESS
from launchready.steps.env_lint.rules.compose_secrets import RULES as COMPOSE_SECRETS
from launchready.steps.env_lint.rules.credentials import RULES as CREDENTIALS
from launchready.steps.env_lint.rules.defaults import RULES as DEFAULTS
from launchready.steps.env_lint.rules.dialects import RULES as DIALECTS
from launchready.steps.env_lint.rules.drift import RULES as DRIFT
from launchready.steps.env_lint.rules.endpoints import RULES as ENDPOINTS
from launchready.steps.env_lint.rules.env_files import RULES as ENV_FILES
from launchready.steps.env_lint.rules.exposure import RULES as EXPOSURE
from launchready.steps.env_lint.rules.homes import RULES as HOMES
from launchready.steps.env_lint.rules.images import RULES as IMAGES
from launchready.steps.env_lint.rules.inventories import RULES as INVENTORIES
from launchready.steps.env_lint.rules.lost_values import RULES as LOST_VALUES
from launchready.steps.env_lint.rules.optional import RULES as OPTIONAL
from launchready.steps.env_lint.rules.platforms import RULES as PLATFORMS
from launchready.steps.env_lint.rules.production import RULES as PRODUCTION
from launchready.steps.env_lint.rules.readers import RULES as READERS
from launchready.steps.env_lint.rules.separation import RULES as SEPARATION
from launchready.steps.env_lint.rules.syntax import RULES as SYNTAX
from launchready.steps.env_lint.rules.templates import RULES as TEMPLATES
from launchready.steps.env_lint.rules.unread import RULES as UNREAD
from launchready.steps.env_lint.rules.values import RULES as VALUES
from launchready.steps.env_lint.rules.weakness import RULES as WEAKNESS
from launchready.steps.env_lint.rules.workflow_commands import RULES as WORKFLOW_COMMANDS
from launchready.steps.env_lint.rules.workflow_environments import RULES as WORKFLOW_ENVIRONMENTS
from launchready.steps.env_lint.rules.workflow_exposure import RULES as WORKFLOW_EXPOSURE
from launchready.steps.env_lint.rules.workflow_literals import RULES as WORKFLOW_LITERALS
from launchready.steps.env_lint.rules.workflow_newlines import RULES as WORKFLOW_NEWLINES
from launchready.steps.env_lint.rules.workflow_trust import RULES as WORKFLOW_TRUST
from launchready.steps.env_lint.rules.workflows import RULES as WORKFLOWS
from launchready.steps.env_lint.settings import EnvLintSettings

RULES: tuple[Rule[Any, EnvLintSettings], ...] = (
    *SYNTAX,
    *LOST_VALUES,
    *DIALECTS,
    *COMPLETENESS,
    *OPTIONAL,
    *UNREAD,
    *TEMPLATES,
    *DRIFT,
    *INVENTORIES,
    *ENV_FILES,
    *IMAGES,
    *PLATFORMS,
    *COMPOSE_SECRETS,
    *WORKFLOWS,
    *WORKFLOW_ENVIRONMENTS,
    *WORKFLOW_COMMANDS,
    *WORKFLOW_NEWLINES,
    *WORKFLOW_EXPOSURE,
    *WORKFLOW_LITERALS,
    *WORKFLOW_TRUST,
    *BUNDLES,
    *SEPARATION,
    *HOMES,
    *PRODUCTION,
    *CREDENTIALS,
    *ENDPOINTS,
    *WEAKNESS,
    *DEFAULTS,
    *EXPOSURE,
    *VALUES,
    *READERS,
)

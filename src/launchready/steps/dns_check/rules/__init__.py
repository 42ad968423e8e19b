"""Every rule of dns-check."""

from typing import Any

from launchready.step import Rule
from launchready.steps.dns_check.rules.aliases import ALIAS_RULES
from launchready.steps.dns_check.rules.delegation import DELEGATION_RULES
from launchready.steps.dns_check.rules.hosts import HOST_RULES
from launchready.steps.dns_check.rules.lost import LOST_RULES
from launchready.steps.dns_check.rules.pairs import PAIR_RULES
from launchready.steps.dns_check.rules.registered import REGISTERED_RULES
from launchready.steps.dns_check.rules.servers import SERVER_RULES
from launchready.steps.dns_check.rules.signed import SIGNED_RULES
from launchready.steps.dns_check.rules.uses import USE_RULES
from launchready.steps.dns_check.rules.wanted import WANTED_RULES

RULES: tuple[Rule[Any, Any], ...] = (
    *DELEGATION_RULES,
    *SERVER_RULES,
    *HOST_RULES,
    *ALIAS_RULES,
    *PAIR_RULES,
    *LOST_RULES,
    *WANTED_RULES,
    *USE_RULES,
    *SIGNED_RULES,
    *REGISTERED_RULES,
)

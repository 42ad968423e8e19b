"""dns-check: the domain is found by everyone, leads where it is meant to, and to nobody else."""

from launchready.step import Step
from launchready.steps.dns_check.observe import observe
from launchready.steps.dns_check.rules import RULES
from launchready.steps.dns_check.settings import DnsCheckSettings

STEP = Step(
    name="dns-check",
    settings=DnsCheckSettings,
    observe=observe,
    rules=RULES,
    recognises=lambda _: False,
    sees_everything=lambda _: False,
    judges_by_site=True,
    is_live=True,
)

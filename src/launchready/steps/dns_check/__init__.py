"""dns-check: the domain is found by everyone, leads where it is meant to, and to nobody else."""

from launchready.gateways import Gateways
from launchready.step import Counting, Step
from launchready.steps.dns_check.observe import observe
from launchready.steps.dns_check.rules import RULES
from launchready.steps.dns_check.settings import DnsCheckSettings


def _answer(settings: DnsCheckSettings, gateways: Gateways, _: Counting) -> str | None:
    """The intent that `--write-intent` asks for."""
    if settings.write_intent is None:
        return None
    from launchready.steps.dns_check.proposal import answer

    return answer(settings, settings.write_intent, gateways)


STEP = Step(
    name="dns-check",
    settings=DnsCheckSettings,
    observe=observe,
    rules=RULES,
    recognises=lambda _: False,
    sees_everything=lambda _: False,
    judges_by_site=True,
    is_live=True,
    answer=_answer,
)

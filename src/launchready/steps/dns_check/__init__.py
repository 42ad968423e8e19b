"""dns-check: the domain is found by everyone, leads where it is meant to, and to nobody else."""

from launchready.frozen import replace
from launchready.gateways import Gateways
from launchready.model import LeftOut
from launchready.site import domain_in
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


def _aimed(settings: DnsCheckSettings, url: str) -> DnsCheckSettings | LeftOut:
    """All of the declared site where this is its address, else the one host."""
    domain = domain_in(url)
    if domain is None:
        return LeftOut(step="dns-check", reason=f"{url} names no domain")
    declared = settings.site.host.removeprefix("www.")
    return settings if domain == declared else replace(settings, domain=domain)


STEP = Step(
    name="dns-check",
    settings=DnsCheckSettings,
    observe=observe,
    rules=RULES,
    recognises=lambda _: False,
    sees_everything=lambda _: False,
    judges_by_site=True,
    is_live=True,
    aimed=_aimed,
    resolvers_of=lambda settings: settings.resolvers,
    answer=_answer,
)

"""`check --live URL`: the site that is asked, and what is said where the network is not there."""

from functools import cache
from importlib.util import find_spec
from typing import Any

from launchready.config.setting import Surface, setting
from launchready.frozen import frozen, replace
from launchready.model import LeftOut, Unchecked
from launchready.site import URL, domain_in
from launchready.step import Step

_ACTS = "it acts on what is live, and no check does"


@frozen
class LiveSettings:
    """What `check` asks beyond the repository."""

    live: str | None = setting(
        "Ask the site at this address as well: smoke-test, dns-check and email-check run after the"
        " others. Without it nothing is sent over the network.",
        default=None,
        pattern=URL,
        takes="a URL, such as https://www.example.com",
        surfaces=Surface.OPTION,
        metavar="URL",
        examples=("https://www.example.com",),
    )


@frozen
class Live:
    """A site that a run asks."""

    url: str

    def aimed(self, step: Step[Any], settings: Any) -> Any:
        """A step's settings for this site, or `LeftOut` where it asks nothing there."""
        if step.aimed is None:
            return LeftOut(step=step.name, reason=_ACTS)
        return step.aimed(settings, self.url)

    def reaching(self, step: Step[Any], settings: Any) -> Step[Any]:
        """The step, or one that says at once why it cannot ask: without a network every question
        would be waited for, and an answer of a network that is shut off is none about the site.
        """
        why = self._why_not(step, settings)
        if why is None:
            return step
        gap = Unchecked(
            target=self.url, reason=why, hint="run where the internet's names can be looked up"
        )
        return replace(step, observe=lambda *_: iter((gap,)))

    def _why_not(self, step: Step[Any], settings: Any) -> str | None:
        domain = domain_in(self.url)
        if domain is None or find_spec("dns") is None:
            return None
        if step.resolvers_of is not None:
            return _why_no_names(domain, tuple(step.resolvers_of(settings)))
        from launchready.gateways.dns.presence import is_known_here

        return None if is_known_here(domain) else _why_no_names(domain, ())


@cache
def _why_no_names(domain: str, resolvers: tuple[str, ...]) -> str | None:
    """Steps that ask the same name servers wait once."""
    from launchready.gateways.dns.client import name_server
    from launchready.gateways.dns.presence import why_no_names

    return why_no_names(domain, map(name_server, resolvers))

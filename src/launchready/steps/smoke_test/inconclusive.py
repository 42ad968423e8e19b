"""What says nothing about the site: our own limits, our own network, and gates for bots.

Cloudflare tells a challenge by `cf-mitigated: challenge` (developers.cloudflare.com/cloudflare-
challenges/challenge-types/challenge-pages/detect-response), Vercel by `x-vercel-mitigated`
(vercel.com/docs/vercel-firewall), AWS WAF by `x-amzn-waf-action` with status 202 or 405
(docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html).
"""

from launchready.facts.web import Answer, Response, Silence, Trouble
from launchready.model import Unchecked

GATES = ("cf-mitigated", "x-vercel-mitigated", "x-amzn-waf-action")

_HINTS = {
    Trouble.FORBIDDEN: "declare the host under `site.hosts`, `private: true` where it is meant",
    Trouble.SPENT: "raise `smoke-test.max-requests`",
    Trouble.LOOKUP_FAILED: "run again; if it stays, look at the runner's DNS",
}


def inconclusive(answer: Answer) -> Unchecked | None:
    """Why nothing follows from an answer, None where something does."""
    last = answer.last
    if isinstance(last, Response):
        return _gate(last)
    if last.trouble.is_ours or _is_own_network(last):
        hint = _HINTS.get(last.trouble, "this runner has no IPv6; run where there is, or leave it")
        return Unchecked(target=last.request.url, reason=last.words, hint=hint)
    return None


def _gate(response: Response) -> Unchecked | None:
    name = next((name for name in GATES if name in response.headers), None)
    if name is None:
        return None
    return Unchecked(
        target=response.url,
        reason=f"a gate for bots answered (`{name}`), not the site",
        hint="let the runner through, with a header under `smoke-test.headers` or by its address",
    )


def _is_own_network(silence: Silence) -> bool:
    """A runner without IPv6 finds no route to any address of it."""
    is_v6 = silence.address is not None and silence.address.is_v6
    return silence.trouble is Trouble.UNREACHABLE and is_v6

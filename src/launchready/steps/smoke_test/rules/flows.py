"""Rules on requests that belong together."""

from collections.abc import Iterator

from launchready.model import Finding, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.smoke_test.seen import FlowFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings


@rule(FlowFacts, Severity.ERROR)
def flow_fails(seen: FlowFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags requests that belong together, such as a login, of which one is not right.

    The page is there, and what customers came for does not work.

    Roll back if the deploy brought it; the step named is the first that is not right.

    Bad:
        log in: POST /login -> 500
    Good:
        log in: POST /login -> 302, GET /account -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15
    """
    del settings
    if seen.faults and seen.flow.critical:
        yield _flow_finding(seen)


@rule(FlowFacts, Severity.WARNING)
def lesser_flow_fails(seen: FlowFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a flow with `critical: false` of which one step is not right.

    It earns no money, but somebody meets it.

    The step named is the first that is not right; look at the deploy's log for it.

    Bad:
        newsletter: POST /subscribe -> 500
    Good:
        newsletter: POST /subscribe -> 200
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15
    """
    del settings
    if seen.faults and not seen.flow.critical:
        yield _flow_finding(seen)


def _flow_finding(seen: FlowFacts) -> Finding:
    words = "; ".join(fault.words for fault in seen.faults)
    return Finding(
        message=f"{seen.flow.name}: step {seen.done + 1}, {seen.step}: {words}",
        location=UrlLocation(url=seen.url),
        identity=f"{seen.flow.name} {seen.step}",
    )


FLOW_RULES = (flow_fails, lesser_flow_fails)

"""Requests that belong together: each with the cookies and the captured values of those before."""

from urllib.parse import urljoin

from launchready.facts.web import Silence
from launchready.frozen import replace
from launchready.model import Unchecked
from launchready.site import Flow, Route
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.routes.asking import SAFE, method_of, request_of
from launchready.steps.smoke_test.routes.expecting import Fault, Wrong, faults_of
from launchready.steps.smoke_test.routes.visitor import Visitor
from launchready.steps.smoke_test.seen import FlowFacts
from launchready.steps.smoke_test.session import Session


def walk(session: Session, flow: Flow) -> FlowFacts | Unchecked:
    """Walk a flow until a step is not right."""
    visitor = Visitor(session.client)
    facts = FlowFacts(flow=flow, url=session.plan.url, step="", done=0, faults=())
    for done, route in enumerate(flow.steps):
        url = urljoin(session.plan.url, route.path)
        if method_of(route) not in SAFE and not route.write:
            return Unchecked(
                target=f"{flow.name}, step {done + 1}",
                reason=f"a {method_of(route)} was not sent: it may change something",
                hint="write `write: true` at the step where it does no harm",
            )
        step = _step(session, visitor, route, url)
        if isinstance(step, Unchecked):
            return step
        facts = replace(facts, url=url, step=route.name or route.path, faults=step, done=done)
        if step and not done and _is_silent(session, step):
            return Unchecked(
                target=flow.name,
                reason="the site does not answer at all",
                hint="mend what is told of its routes first",
            )
        if step:
            return facts
    return replace(facts, done=len(flow.steps))


def _is_silent(session: Session, step: tuple[Fault, ...]) -> bool:
    """Whether a step got no answer, and the home page gets none either: told of the routes."""
    is_step = any(fault.wrong is Wrong.SILENT for fault in step)
    return is_step and isinstance(session.page(session.plan.url).last.last, Silence)


def _step(
    session: Session, visitor: Visitor, route: Route, url: str
) -> tuple[Fault, ...] | Unchecked:
    identity = session.settings.site.identities.get(route.identity or "")
    is_followed = not (route.redirects_to or any(300 <= status < 400 for status in route.status))
    request = request_of(route, url, identity, visitor)
    journey = visitor.follow(request, is_followed=is_followed)
    if unchecked := inconclusive(journey.last):
        return unchecked
    faults = faults_of(route, journey)
    missing = () if faults else visitor.capture(route.capture, journey)
    return faults or tuple(
        Fault(wrong=Wrong.CONTENT, words=f"it holds nothing for `{name}`") for name in missing
    )

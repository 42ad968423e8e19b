"""What of the site's intent cannot be meant, beyond what a setting's type tells."""

from collections.abc import Iterator

from launchready.site import SECTION, Flow, Route, Site
from launchready.step import Refusal
from launchready.steps.smoke_test.routes.asking import SAFE, method_of
from launchready.steps.smoke_test.settings import SmokeTestSettings

_SOURCES = ("json", "header", "cookie", "input")


def refusals(settings: SmokeTestSettings) -> Iterator[Refusal]:
    """Routes and flows that contradict themselves or name what is not there."""
    site = settings.site
    for index, route in enumerate(site.routes):
        yield from _of_route(site, route, f"routes[{index}]")
    for index, flow in enumerate(site.flows):
        yield from _of_flow(site, flow, f"flows[{index}]")


def _of_flow(site: Site, flow: Flow, name: str) -> Iterator[Refusal]:
    if not flow.steps:
        yield _refusal(f"{name}.steps", "has no step")
    for index, route in enumerate(flow.steps):
        yield from _of_route(site, route, f"{name}.steps[{index}]")


def _of_route(site: Site, route: Route, name: str) -> Iterator[Refusal]:
    if route.identity is not None and route.identity not in site.identities:
        known = ", ".join(site.identities) or "none"
        yield _refusal(f"{name}.identity", f"is not among `site.identities` (there: {known})")
    if route.body is not None and route.form:
        yield _refusal(f"{name}.body", "cannot be sent together with `form`")
    if route.submit and not route.write:
        yield _refusal(
            f"{name}.submit", "sends a form: write `write: true` where that does no harm"
        )
    if route.write and method_of(route) in SAFE and not route.submit:
        message = f"means nothing for a {method_of(route)}: say the `method`, `form` or `body`"
        yield _refusal(f"{name}.write", message)
    for key, source in route.capture.items():
        if source.partition(":")[0] not in _SOURCES or not source.partition(":")[2]:
            message = "must be json:PATH, header:NAME, cookie:NAME or input:NAME"
            yield _refusal(f"{name}.capture.{key}", message)


def _refusal(setting: str, message: str) -> Refusal:
    return Refusal(setting=setting, message=message, section=SECTION)

"""Routes and flows that cannot be meant."""

import pytest

from launchready.site import Flow, Form, Identity, Route, RouteKind, Site
from launchready.steps.smoke_test.refusals import refusals
from launchready.steps.smoke_test.settings import SmokeTestSettings

ANNA = Identity(headers={"Cookie": "a=b"})

FORM = Form(fields={"#mail": "a@example.com"}, expects="Thank you")


@pytest.mark.parametrize(
    ("route", "setting"),
    [
        (Route(path="/", identity="bert"), "identity"),
        (Route(path="/", body="x", form={"a": "b"}), "body"),
        (Route(path="/", write=True), "write"),
        (Route(path="/", capture={"a": "xpath://b"}), "capture.a"),
        (Route(path="/", capture={"a": "json:"}), "capture.a"),
        (Route(path="/", identity="anna", capture={"a": "json:b.c"}), None),
        (Route(path="/", form={"a": "b"}, write=True), None),
        (Route(path="/", submit=FORM), "submit"),
        (Route(path="/", submit=FORM, write=True), None),
        (Route(path="/", kind=RouteKind.WEBHOOK, write=True), None),
    ],
)
def test_what_a_route_cannot_mean(route: Route, setting: str | None) -> None:
    flow = Flow(name="x", steps=(route,))
    site = Site(routes=(Route(path="/"), route), flows=(flow,), identities={"anna": ANNA})
    found = [each.setting for each in refusals(SmokeTestSettings(site=site))]
    wanted = [f"routes[1].{setting}", f"flows[0].steps[0].{setting}"] if setting else []
    assert found == wanted


def test_a_flow_has_a_step() -> None:
    site = Site(flows=(Flow(name="x", steps=()),))
    assert [each.setting for each in refusals(SmokeTestSettings(site=site))] == ["flows[0].steps"]

"""A Deployment of Kubernetes, by a stand-in of kubectl that numbers revisions as it does."""

import json
import secrets
from pathlib import Path
from typing import Any

import pytest

from launchready.facts.releases import Deployment, Standing
from launchready.frozen import replace
from launchready.gateways.hosting.calls import Effect
from launchready.gateways.hosting.errors import HostError, Trouble
from launchready.gateways.hosting.kubernetes import KubernetesSettings, open_kubernetes
from launchready.gateways.hosting.provider import Provider
from tests.hosting.fake import BAD, COMMIT_OF, GOOD
from tests.hosting.programs import Program

SETTINGS = KubernetesSettings(deployment="web", namespace="shop", context="prod")


@pytest.fixture
def kubectl(tmp_path: Path) -> Program:
    sets = [
        {"name": "web-good", "revision": 3, "commit": COMMIT_OF[GOOD]},
        {"name": "web-bad", "revision": 4, "commit": COMMIT_OF[BAD]},
    ]
    return Program.of(tmp_path, "kubectl", sets=sets, paused=False)


def met(kubectl: Program, **environ: str) -> Provider:
    """The adapter."""
    return open_kubernetes(SETTINGS, {**kubectl.environ, **environ})


def perform(provider: Provider, effects: tuple[Effect, ...]) -> None:
    """Carry all out."""
    for each in effects:
        provider.perform(each)


def go_back(provider: Provider) -> Deployment:
    """Roll back to the good release."""
    target = provider.target("web-good", "")
    perform(provider, provider.roll_back(target, "why"))
    return target


def test_the_whole_way_back(kubectl: Program) -> None:
    provider = met(kubectl)
    live = provider.current()
    assert (live.id, live.commit) == ("web-bad", COMMIT_OF[BAD])
    target = provider.target("", COMMIT_OF[GOOD])
    assert target.id == "web-good"
    assert (provider.in_flight(), provider.cancel(live)) == ((), ())
    assert provider.confirm(target, "").standing is Standing.NOT_TAKEN
    (effect,) = provider.roll_back(target, "why")
    assert effect.shown == (
        "kubectl --context=prod --namespace=shop rollout undo deployment/web --to-revision=3"
    )
    provider.perform(effect)
    told = provider.confirm(target, "")
    assert (told.standing, told.live.id, told.is_pinned) == (Standing.LIVE, "web-good", False)
    perform(provider, provider.pin(target))
    assert provider.confirm(target, "").is_pinned
    perform(provider, provider.unpin(target))
    assert not kubectl.state["paused"]


def test_a_release_is_found_again_when_its_revision_has_another_number(kubectl: Program) -> None:
    """There, back and there again: the good one was 3, is 5, and would be 7."""
    provider = met(kubectl)
    go_back(provider)
    perform(provider, provider.roll_back(provider.target("web-bad", ""), "the first was wrong"))
    assert provider.current().id == "web-bad"
    (effect,) = provider.roll_back(provider.target("web-good", ""), "why")
    assert effect.shown.endswith("--to-revision=5")


def test_a_revision_that_was_not_looked_up_is_refused(kubectl: Program) -> None:
    provider = met(kubectl)
    (effect,) = provider.roll_back(Deployment(id="web-good"), "by hand")
    assert effect.shown.endswith("--to-revision=REVISION")
    with pytest.raises(HostError):
        provider.perform(effect)
    assert provider.current().id == "web-bad"


@pytest.mark.parametrize(
    ("fault", "standing"),
    [
        ("stuck", Standing.PENDING),
        ("unseen", Standing.PENDING),
        ("deadline", Standing.FAILED),
        ("idle", Standing.NOT_TAKEN),
    ],
)
def test_a_rollout_is_live_only_when_its_pods_are(
    kubectl: Program, fault: str, standing: Standing
) -> None:
    kubectl.set(fault=fault)
    provider = met(kubectl)
    assert provider.confirm(go_back(provider), "").standing is standing


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("says error: You must be logged in to the server (Unauthorized)", Trouble.AUTH),
        ("says Error from server (Forbidden): deployments is forbidden", Trouble.AUTH),
        ("says Error from server (Conflict): operation cannot be fulfilled", Trouble.CONFLICT),
        ("says Unable to connect: dial tcp: i/o timeout", Trouble.UNREACHABLE),
        ("says Error from server (TooManyRequests): too many requests", Trouble.RATE_LIMIT),
        ("says Error from server (InternalError)", Trouble.SERVER),
    ],
)
def test_what_kubectl_complains_of_is_told_apart(
    kubectl: Program, fault: str, trouble: Trouble
) -> None:
    provider = met(kubectl)
    target = provider.target("web-good", "")
    kubectl.set(fault=fault)
    with pytest.raises(HostError) as caught:
        perform(provider, provider.roll_back(target, "why"))
    assert caught.value.trouble is trouble
    assert provider.confirm(target, "").standing is Standing.NOT_TAKEN


def test_an_answer_that_is_lost_is_seen(kubectl: Program) -> None:
    provider = met(kubectl)
    kubectl.set(fault="lost")
    with pytest.raises(HostError) as caught:
        go_back(provider)
    assert caught.value.trouble.is_lost
    assert provider.confirm(provider.target("web-good", ""), "").standing is Standing.LIVE


def test_what_is_paused_is_not_rolled_back(kubectl: Program) -> None:
    kubectl.set(paused=True)
    with pytest.raises(HostError, match="paused deployment") as caught:
        go_back(met(kubectl))
    assert caught.value.trouble is Trouble.REFUSED


def test_a_revision_that_is_gone_is_told(kubectl: Program) -> None:
    provider = met(kubectl)
    target = provider.target("web-good", "")
    kubectl.set(sets=kubectl.state["sets"][1:])
    for ask in (
        lambda: perform(provider, provider.roll_back(target, "why")),
        lambda: provider.target("web-good", ""),
        lambda: provider.target("", "d" * 40),
    ):
        with pytest.raises(HostError) as caught:
            ask()
        assert caught.value.trouble is Trouble.NOT_FOUND


@pytest.mark.parametrize("says", ["", "[]", "{}", "<html>", json.dumps({"items": 7})])
def test_an_answer_that_is_none_is_malformed(kubectl: Program, says: str) -> None:
    kubectl.set(says=says or " ")
    with pytest.raises(HostError) as caught:
        met(kubectl).current()
    assert caught.value.trouble is Trouble.MALFORMED


@pytest.mark.parametrize(
    ("label", "commit"), [("release", COMMIT_OF[BAD]), ("none-such", ""), ("", COMMIT_OF[BAD])]
)
def test_the_commit_is_in_a_label_or_in_the_tag(kubectl: Program, label: str, commit: str) -> None:
    provider = open_kubernetes(replace(SETTINGS, commit=label), kubectl.environ)
    assert provider.current().commit == commit


def test_a_token_that_kubectl_says_is_blotted_out(kubectl: Program) -> None:
    token = secrets.token_urlsafe(24)
    provider = met(kubectl, KUBE_TOKEN=token)
    kubectl.set(fault="says bad bearer $KUBE_TOKEN")
    with pytest.raises(HostError, match=r"bad bearer \*\*\*") as caught:
        go_back(provider)
    shown: list[Any] = [
        *provider.roll_back(provider.current(), ""),
        *provider.pin(Deployment(id="")),
    ]
    assert token not in f"{caught.value}{shown}"

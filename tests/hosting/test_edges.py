"""What a run meets besides the plain way: odd sites, reports, environments and addresses."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from launchready.errors import LaunchReadyError
from launchready.facts.releases import Deed, Deployment, Safety
from launchready.facts.secret import Hidden
from launchready.frozen import replace
from launchready.gateways.hosting.calls import Call, Command, Operation
from launchready.gateways.hosting.errors import HostError, Trouble, trouble_of
from launchready.gateways.hosting.plane import Plane, token_of
from launchready.site import Release, Route, RouteKind, Site
from launchready.steps.rollback.decision import SmokeLook
from launchready.steps.rollback.health import client_for, site_health
from launchready.steps.rollback.machine import Health
from launchready.steps.rollback.recording import status
from launchready.steps.rollback.reports import read_reports, safety_of, smoke_look
from launchready.steps.rollback.stores import who_runs
from tests.hosting.world import migration_report, report, smoke_report
from tests.loopback import Answer, Server, servers
from tests.unit.steps.rollback.releases import deployed, entry, verified

COMMIT = "a" * 40


@pytest.fixture
def server() -> Iterator[Server]:
    with servers() as begin:
        yield begin()


def site(server: Server, **more: Any) -> Site:
    """A site of loopback with one route, unless it is said otherwise."""
    given: dict[str, Any] = {"url": server.address, "private": True} | more
    return Site(**given)


RELEASE = Release(path="/version", json="build.sha")


@pytest.mark.parametrize(
    ("answer", "release", "health"),
    [
        (Answer(), None, Health.GOOD),
        (Answer(status=500), None, Health.BAD),
        (Answer(headers={"cf-mitigated": "challenge"}), None, Health.UNKNOWN),
        (Answer(), b'{"build": {"sha": "aaaaaaa"}}', Health.GOOD),
        (Answer(), b'{"build": {"sha": "bbbbbbb"}}', Health.BAD),
        (Answer(), b'{"build": 7}', Health.BAD),
        (Answer(), b"<html>", Health.BAD),
        (Answer(status=404), b'{"build": {"sha": "aaaaaaa"}}', Health.BAD),
    ],
)
def test_a_site_is_well_or_not(
    server: Server, answer: Answer, release: bytes | None, health: Health
) -> None:
    server.says("/", answer)
    where = {}
    if release is not None:
        server.says("/version", Answer(body=release))
        where = {"release": RELEASE}
    asked = site(server, routes=(Route(path="/"),), **where)
    assert site_health(asked, client_for(asked), COMMIT) is health


def test_only_what_anybody_may_ask_is_asked(server: Server) -> None:
    server.says("/", Answer(status=404))
    server.says("/health", Answer())
    routes = (
        Route(path="/health", kind=RouteKind.HEALTH),
        Route(path="/account", kind=RouteKind.PROTECTED),
        Route(path="/pay", method="POST", write=True),
        Route(path="/slow", critical=False),
    )
    asked = site(server, routes=routes)
    assert site_health(asked, client_for(asked), COMMIT) is Health.GOOD
    assert [path for path, _ in server.asked] == ["/health"]
    nowhere = Site()
    assert site_health(nowhere, client_for(nowhere), COMMIT) is Health.UNASKED


def test_a_site_that_is_silent_is_bad_and_one_that_may_not_be_asked_is_unknown() -> None:
    silent = Site(url="http://127.0.0.1:1/", private=True, release=RELEASE)
    assert site_health(silent, client_for(silent), COMMIT) is Health.BAD
    private = replace(silent, private=False)
    assert site_health(private, client_for(private), COMMIT) is Health.UNKNOWN


@pytest.mark.parametrize(
    ("document", "safety"),
    [
        (migration_report(COMMIT, "yes"), Safety.YES),
        (migration_report(COMMIT, "no"), Safety.NO),
        (migration_report(COMMIT, "perhaps"), Safety.UNKNOWN),
        (report("migration-check", COMMIT, []), Safety.YES),
        ({**report("migration-check", COMMIT, []), "verdict": "unchecked"}, Safety.UNKNOWN),
    ],
    ids=["safe", "unsafe", "another word", "no new migration", "not looked at"],
)
def test_migration_check_is_read(document: dict[str, Any], safety: Safety) -> None:
    assert safety_of(document)[0] is safety


def test_a_smoke_test_that_could_not_run_shows_nothing() -> None:
    errored = {**report("smoke-test", COMMIT, []), "verdict": "errored"}
    assert smoke_look(errored, frozenset()).unchecked == ("the smoke test could not run",)
    known = smoke_report(commit=COMMIT)
    known["findings"][0]["status"] = "known"
    assert smoke_look(known, frozenset(["route-answers-wrong-status"])) == SmokeLook()
    unseen = {**report("smoke-test", COMMIT, []), "unchecked": [{"target": "/", "reason": "gate"}]}
    assert smoke_look(unseen, frozenset()).unchecked == ("/: gate",)


@pytest.mark.parametrize(
    ("environ", "who"),
    [
        (
            {"GITHUB_RUN_ID": "7", "GITHUB_ACTOR": "ann", "GITHUB_REPOSITORY": "shop/shop"},
            "ann/shop/shop/runs/7",
        ),
        ({"CI_PIPELINE_ID": "8", "GITLAB_USER_LOGIN": "b\nob"}, "b-ob/pipelines/8"),
    ],
)
def test_a_run_is_known_by_its_workflow(environ: dict[str, str], who: str) -> None:
    assert who_runs(environ) == who
    assert "@" in who_runs({})


def test_the_ledger_tells_in_one_line_what_is_live() -> None:
    entries = [deployed("a", 50), verified("a", 49), deployed("b", 1)]
    live = Deployment(id="dpl_b", commit="b" * 40)
    told = status(entries, live)
    assert told.startswith("live: bbbbbbbbbbbb, deployed 2026-11-24 11:00 UTC, not verified;")
    assert told.endswith("back to: aaaaaaaaaaaa (dpl_a, verified 2026-11-22)")
    assert "verified 2026-11-22 11:00 UTC; back to: nothing" in status(
        entries[:2], Deployment(id="dpl_a")
    )
    assert "not in the ledger" in status([], live)
    assert status(entries, None) == "last deployed: bbbbbbbbbbbb (the host was not asked)"
    assert status([], None) == "last deployed: nothing (the host was not asked)"
    gone = [*entries[:2], entry(Deed.ROLLED_BACK, "a", 2), deployed("b", 1)]
    assert status(gone, live).endswith("back to: nothing that was verified")


@pytest.mark.parametrize("address", ["http://api.example.com", "ftp://x", "api.example.com", ""])
def test_a_token_is_sent_over_tls_alone(address: str) -> None:
    with pytest.raises(LaunchReadyError, match="is no https address"):
        Plane(address, Hidden("x"))


@pytest.mark.parametrize("token", ["a\nb", "a b", "ä"])
def test_what_cannot_be_a_token_is_told_without_it(token: str) -> None:
    with pytest.raises(LaunchReadyError) as caught:
        token_of("T", {"T": token})
    assert token not in caught.value.message


def test_the_token_goes_to_the_api_alone(server: Server) -> None:
    """Where an answer names another address, as a store of files, it is asked without the token."""
    server.says("/file", Answer(body=b"{}"))
    plane = Plane("https://127.0.0.1:1", Hidden("x"))
    plane.send(Call(method="GET", path=f"{server.address}/file", is_harmless=True))
    assert server.tokens() == [None]


def test_an_answer_without_an_end_is_cut_off(server: Server) -> None:
    server.says("/big", Answer(body=b'"' + b"x" * (9 << 20)))
    with pytest.raises(HostError) as caught:
        Plane(server.address, Hidden("x")).send(Call(method="GET", path="/big"))
    assert caught.value.trouble is Trouble.MALFORMED


@pytest.mark.parametrize(
    ("status_code", "headers", "trouble"),
    [
        (200, {}, None),
        (403, {"x-ratelimit-remaining": "0"}, Trouble.RATE_LIMIT),
        (403, {}, Trouble.AUTH),
        (410, {}, Trouble.NOT_FOUND),
        (402, {}, Trouble.REFUSED),
        (599, {}, Trouble.SERVER),
    ],
)
def test_statuses_are_told_apart(
    status_code: int, headers: dict[str, str], trouble: Trouble | None
) -> None:
    assert trouble_of(status_code, headers) is trouble


def test_commands_and_operations_are_shown_as_one_would_type_them() -> None:
    command = Command(arguments=("kubectl", "rollout", "undo", "deploy/my shop"))
    assert command.shown == "kubectl rollout undo 'deploy/my shop'"
    operation = Operation(service="lambda", name="UpdateAlias", parameters={"Name": "live"})
    assert operation.shown == 'lambda:UpdateAlias {"Name": "live"}'


def test_a_combined_report_holds_those_of_all_steps(tmp_path: Path) -> None:
    both = [smoke_report(commit=COMMIT), migration_report(COMMIT, "yes")]
    path = tmp_path / "check.json"
    path.write_text(json.dumps({"version": 1, "verdict": "failed", "reports": both}))
    judged = read_reports([path, tmp_path / "gone.json"], frozenset())
    assert (len(judged.looks), judged.safety, judged.commit) == (1, Safety.YES, COMMIT)
    assert judged.unchecked[0].reason == "cannot be read: No such file or directory"

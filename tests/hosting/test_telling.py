"""People are told: webhooks, mail, and GitHub's own records."""

import secrets
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from launchready.facts.releases import Deployment
from launchready.frozen import replace
from launchready.gateways.notify import Channel, Message, Notify, payload, send
from launchready.steps.rollback.machine import Stage, State
from launchready.steps.rollback.telling import About, Telling
from tests.hosting.contract import Matched
from tests.hosting.fake import COMMIT_OF, GOOD, Fake, Fault, running
from tests.hosting.fake import State as HostState

HOSTILE = "<!channel> @everyone ``` </script> ::error::x"
MESSAGE = Message(title="Rolled back shop", lines=(f"why: {HOSTILE}",), details={"stage": "done"})
STATE = State(
    stage=Stage.DONE,
    bad=Deployment(id="dpl_bad", commit="b" * 40),
    target=Deployment(id="dpl_good", commit=COMMIT_OF[GOOD]),
    is_pinned=True,
    words="the good release is live",
)


class GitHub(HostState):
    """What a repository got."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[dict[str, Any]] = []

    def create_deployment(self, asked: Matched) -> tuple[int, Any]:
        self.got.append(asked.body)
        return 201, {"id": 7}

    def create_status(self, asked: Matched) -> tuple[int, Any]:
        self.got.append(asked.body)
        return 201, {"id": 8}

    def create_issue(self, asked: Matched) -> tuple[int, Any]:
        self.got.append(asked.body)
        return 201, {"number": 9}


class Hook(HostState):
    """A webhook that takes everything."""

    def hook(self, asked: Matched) -> tuple[int, Any]:
        return 204, None


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    with running("github", secrets.token_urlsafe(24)) as fake:
        fake.state = GitHub()
        monkeypatch.setenv("GITHUB_REPOSITORY", "shop/shop")
        monkeypatch.setenv("GITHUB_API_URL", fake.address)
        monkeypatch.setenv("GITHUB_TOKEN", fake.token)
        yield fake


def telling(*notify: Notify, at_github: bool = False) -> Telling:
    """What one run says."""
    about = About(bad="bbbbbbbbbbbb", good="aaaaaaaaaaaa", why=f"x{HOSTILE}", place="shop")
    return Telling(notify, about, at_github=at_github, environment="production")


def test_github_gets_a_deployment_its_statuses_and_an_issue(github: Fake) -> None:
    told = telling(at_github=True)
    told.heard("rollback: calling")
    told.begins(STATE)
    told.ends(STATE)
    assert told.untold == []
    assert github.breaches == []
    state = github.state
    assert isinstance(state, GitHub)
    deployment, begun, ended, issue = state.got
    assert (deployment["ref"], deployment["task"]) == (COMMIT_OF[GOOD], "rollback")
    assert (begun["state"], ended["state"]) == ("in_progress", "success")
    assert issue["title"] == "Rolled back shop: bbbbbbbbbbbb -> aaaaaaaaaaaa"
    assert issue["body"].count("```") == 2, "what is quoted cannot leave its block"
    assert "rollback: calling" in issue["body"]


@pytest.mark.parametrize("status", [401, 403, 422, 500])
def test_what_github_refuses_is_told_and_stops_nothing(github: Fake, status: int) -> None:
    github.faults["create_deployment"].append(Fault(status=status))
    github.faults["create_issue"].append(Fault(status=status))
    told = telling(at_github=True)
    told.begins(STATE)
    told.ends(STATE)
    assert len(told.untold) == 2
    assert github.token not in "".join(told.untold)


def test_without_a_token_github_is_not_told(github: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    told = telling(at_github=True)
    told.ends(STATE)
    (said,) = told.untold
    assert "GITHUB_TOKEN is not set" in said


def test_what_a_message_quotes_marks_up_and_mentions_nothing() -> None:
    slack = payload(Channel.SLACK, MESSAGE)
    assert "&lt;!channel&gt;" in str(slack["text"])
    discord = payload(Channel.DISCORD, MESSAGE)
    assert discord["allowed_mentions"] == {"parse": []}
    assert str(discord["content"]).count("```") == 2
    assert payload(Channel.WEBHOOK, MESSAGE)["stage"] == "done"
    long = Message(title="x" * 9999, lines=(), details={})
    assert len(str(payload(Channel.DISCORD, long)["content"])) <= 2000


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (None, ""),
        (Fault(status=404), "it answers 404"),
        (Fault(status=302, headers={"Location": "https://evil.example/"}), "it answers 302"),
        (Fault(status=429, headers={"Retry-After": "0"}), ""),
    ],
)
def test_a_webhook_is_called_and_what_it_says_is_told(fault: Fault | None, why: str) -> None:
    with running("hook", "") as fake:
        fake.state = Hook()
        fake.faults["hook"].extend([fault] if fault else [])
        notify = Notify(by=Channel.WEBHOOK, variable="HOOK")
        assert send(notify, MESSAGE, {"HOOK": f"{fake.address}/hook/secret"}) == why
        assert fake.breaches == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "the environment variable HOOK is not set"),
        ("http://hooks.example/secret", "the address is no https address"),
        ("http://[secret", "it failed (ValueError)"),
    ],
)
def test_an_address_that_does_not_do_is_told_without_it(address: str, why: str) -> None:
    said = send(Notify(by=Channel.SLACK, variable="HOOK"), MESSAGE, {"HOOK": address})
    assert said == why


@contextmanager
def mail_server() -> Iterator[tuple[str, list[str]]]:
    """An SMTP server of loopback, and the lines that it got."""
    got: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            is_text = False
            for raw in self.rfile:
                line = raw.decode().rstrip("\r\n")
                got.append(line)
                if is_text and line != ".":
                    continue
                is_text = line.lower() == "data"
                said = b"354 go on\r\n" if is_text else b"250 yes\r\n"
                self.wfile.write(b"221 bye\r\n" if line.lower() == "quit" else said)
                if line.lower() == "quit":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"smtp://127.0.0.1:{server.server_address[1]}", got
        finally:
            server.shutdown()


def test_mail_is_sent_with_one_subject_line() -> None:
    notify = Notify(by=Channel.EMAIL, variable="MAIL", to=("on-call@shop.example",))
    message = Message(title="Rolled back\r\nBcc: x@evil.example", lines=("why",), details={})
    with mail_server() as (address, got):
        assert send(notify, message, {"MAIL": address}) == ""
    assert "Subject: Rolled back  Bcc: x@evil.example" in got
    assert "To: on-call@shop.example" in got
    nobody = Notify(by=Channel.EMAIL, variable="MAIL")
    assert send(nobody, message, {"MAIL": address}) == "nobody is named who gets it"
    assert "no address" in send(notify, message, {"MAIL": "https://x"})


def test_who_is_told_only_of_trouble_hears_of_nothing_else() -> None:
    told = telling(Notify(by=Channel.SLACK, variable="UNSET_HOOK", escalation=True))
    told.begins(STATE)
    told.ends(STATE)
    assert told.untold == []
    told.ends(replace(STATE, stage=Stage.ESCALATED))
    assert told.untold == ["slack: the environment variable UNSET_HOOK is not set"]
    told.ends(replace(STATE, stage=Stage.NEEDLESS))
    assert len(told.untold) == 1

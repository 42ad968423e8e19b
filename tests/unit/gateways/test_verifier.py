"""A provider is asked once, in its own way, and nothing of the secret is left anywhere."""

import datetime
import http.client
import http.server
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.catalog.secrets import KINDS
from launchready.catalog.verification import ENDPOINTS, Endpoint, endpoint_of
from launchready.facts.secret import Hidden
from launchready.gateways.verifier import Answer, Outcome, Verifier, connect_securely

SECRET = "made-up-" + "value"
PLAIN = Endpoint(kind="x", host="provider.example", path="/me", reference="")


@dataclass
class Provider:
    """A stand-in on loopback: what it answers, and what it was asked."""

    status: int = 200
    body: bytes = b"{}"
    headers: tuple[tuple[str, str], ...] = ()
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    def connect(self, host: str) -> http.client.HTTPConnection:
        assert "." in host
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)

    def verifier(self, **options: Any) -> Verifier:
        return Verifier(connect=self.connect, **options)


@pytest.fixture
def provider() -> Iterator[Provider]:
    stand_in = Provider()

    class Handler(http.server.BaseHTTPRequestHandler):
        def _answer(self) -> None:
            stand_in.asked.append((self.command, self.path, dict(self.headers.items())))
            self.send_response(stand_in.status)
            for name, value in stand_in.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(stand_in.body)))
            self.end_headers()
            self.wfile.write(stand_in.body)

        do_GET = do_POST = _answer  # noqa: N815 - names that http.server asks for

        def log_message(self, *words: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stand_in.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield stand_in
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "outcome", "text"),
    [
        (200, Outcome.ACCEPTED, "accepted by provider.example on {today}"),
        (401, Outcome.REFUSED, "refused by provider.example: 401"),
        (403, Outcome.UNKNOWN, "unchecked: provider.example answered 403"),
        (429, Outcome.UNKNOWN, "unchecked: provider.example answered 429"),
        (302, Outcome.UNKNOWN, "unchecked: provider.example answered 302"),
        (500, Outcome.UNKNOWN, "unchecked: provider.example answered 500"),
    ],
)
def test_the_status_is_the_answer(
    provider: Provider, status: int, outcome: Outcome, text: str
) -> None:
    provider.status = status
    provider.headers = (("Location", f"http://127.0.0.1:{provider.port}/elsewhere"),)
    answer = provider.verifier().ask(PLAIN, Hidden(SECRET))
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    assert answer == Answer(outcome=outcome, text=text.format(today=today))
    assert len(provider.asked) == 1, "one attempt, and no redirect"


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: f"{each.kind} {each.begins[0]}")
def test_each_provider_is_asked_in_its_own_way(provider: Provider, endpoint: Endpoint) -> None:
    provider.body = b'{"ok": true}'
    answer = provider.verifier().ask(endpoint, Hidden(SECRET))
    assert answer.outcome is Outcome.ACCEPTED
    ((method, path, headers),) = provider.asked
    assert method == endpoint.method
    shown = f"{path} {headers}"
    assert shown.count(SECRET) == 1, "it is sent once, in the place that is its own"
    if endpoint.header:
        assert headers[endpoint.header] == f"{endpoint.scheme}{SECRET}"
    else:
        assert path == endpoint.path.replace("{secret}", SECRET)
    assert headers["User-Agent"] == "launchready"
    assert all(headers[name] == value for name, value in endpoint.headers)


@pytest.mark.parametrize(
    ("body", "outcome", "text"),
    [
        (b'{"ok": true}', Outcome.ACCEPTED, "accepted by slack.com"),
        (b'{"ok": false, "error": "token_revoked"}', Outcome.REFUSED, "slack.com: token_revoked"),
        (b'{"ok": false, "error": "ratelimited"}', Outcome.UNKNOWN, "not understood"),
        (b'{"ok": false, "error": ["token_revoked"]}', Outcome.UNKNOWN, "not understood"),
        (b'{"ok": 1}', Outcome.UNKNOWN, "not understood"),
        (b"[]", Outcome.UNKNOWN, "not understood"),
        (b"<html>", Outcome.UNKNOWN, "not understood"),
        (b"[" * 60_000, Outcome.UNKNOWN, "not understood"),
        (b'"' + b"x" * 100_000, Outcome.UNKNOWN, "not understood"),
    ],
)
def test_an_answer_that_is_always_200(
    provider: Provider, body: bytes, outcome: Outcome, text: str
) -> None:
    provider.body = body
    endpoint = next(each for each in ENDPOINTS if each.kind == "slack-token")
    answer = provider.verifier().ask(endpoint, Hidden(SECRET))
    assert answer.outcome is outcome
    assert text in answer.text


def test_where_it_may_not_be_asked_nothing_is(provider: Provider) -> None:
    verifier = provider.verifier(why_not="this is a pull request from a fork")
    answer = verifier.ask(PLAIN, Hidden(SECRET))
    assert answer.text == "unchecked: this is a pull request from a fork"
    assert provider.asked == []


@pytest.mark.parametrize("secret", ["a b c d e f", "abcdefgh\r\nX: y", "kürzlich", "short", ""])
def test_what_a_request_cannot_hold_is_not_sent(provider: Provider, secret: str) -> None:
    answer = provider.verifier().ask(PLAIN, Hidden(secret))
    assert answer.text == "unchecked: it cannot be sent as it is"
    assert provider.asked == []


def test_a_minute_is_all_there_is(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    verifier = provider.verifier()
    assert verifier.ask(PLAIN, Hidden(SECRET)).outcome is Outcome.ACCEPTED
    now[0] = 61.0
    assert "too many to ask about" in verifier.ask(PLAIN, Hidden(SECRET)).text
    assert len(provider.asked) == 1


def test_nobody_there_is_no_crash_and_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    nobody = Provider(port=1)
    answer = nobody.verifier().ask(PLAIN, Hidden(SECRET))
    assert answer.text == (
        "unchecked: provider.example could not be asked (ConnectionRefusedError)"
    )
    assert SECRET not in caplog.text


def test_the_real_connection_verifies_and_gives_up_soon() -> None:
    connection = connect_securely("provider.example")
    assert isinstance(connection, http.client.HTTPSConnection)
    assert connection.timeout == 5
    context = connection._context  # type: ignore[attr-defined]
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"


def test_every_endpoint_is_of_a_kind_and_documented() -> None:
    known = {kind.id for kind in KINDS}
    for endpoint in ENDPOINTS:
        assert endpoint.kind in known
        assert endpoint.reference.startswith("https://")
        assert ("{secret}" in endpoint.path) is not bool(endpoint.header)
        assert endpoint.method in ("GET", "POST")
        assert endpoint.method == "GET" or endpoint.member


@pytest.mark.parametrize(
    ("kind", "value", "host"),
    [
        ("github-app-token", "gho_x", "api.github.com"),
        ("github-app-token", "ghr_x", None),
        ("gitlab-token", "glpat-x", "gitlab.com"),
        ("gitlab-token", "gldt-x", None),
        ("jwt", "ghp_x", None),
    ],
)
def test_only_what_a_provider_can_be_asked_about(kind: str, value: str, host: str | None) -> None:
    endpoint = endpoint_of(kind, value)
    assert (endpoint.host if endpoint else None) == host


@given(st.text())
def test_a_hidden_value_shows_in_no_text(text: str) -> None:
    hidden = Hidden(text)
    assert hidden.reveal() == text
    assert f"{hidden!r} {hidden} {[hidden]}" == "Hidden() Hidden() [Hidden()]"

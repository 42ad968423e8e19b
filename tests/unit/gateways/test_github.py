"""The gateway to GitHub against servers on loopback that answer as its API and its store do."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.loopback import Answer, Server, servers
from tests.unit.gateways.unpack.archives import Opened, zipped

from launchready.gateways.github import RunFile, run_files
from launchready.gateways.github_answers import refusal
from launchready.gateways.unpack.bounds import DamageError
from launchready.gateways.unpack.stream import CHUNK, Stream
from launchready.model import Unchecked

TOKEN = "ghs_" + "t0" * 18


@pytest.fixture
def start() -> Iterator[Callable[[], Server]]:
    with servers() as begin:
        yield begin


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits between two tries, and no proxy of the machine stands between."""
    monkeypatch.setattr("urllib3.util.Retry.sleep", lambda *_: None)
    monkeypatch.setenv("NO_PROXY", "*")


RUN = "/repos/acme/shop/actions/runs/7"
LIST, LOGS = f"{RUN}/artifacts?per_page=100&page=1", f"{RUN}/logs"


def _zip_path(number: int) -> str:
    return f"/repos/acme/shop/actions/artifacts/{number}/zip"


def _listing(*names: str, **more: Any) -> Answer:
    rows = [{"id": n, "name": name, "expired": False, **more} for n, name in enumerate(names, 1)]
    body = {"total_count": len(rows), "artifacts": rows}
    return Answer(body=json.dumps(body).encode())


def _environ(api: Server, **changes: str) -> dict[str, str]:
    told = {
        "GITHUB_API_URL": api.address,
        "GITHUB_REPOSITORY": "acme/shop",
        "GITHUB_TOKEN": TOKEN,
    }
    return told | changes


def _read(environ: Mapping[str, str]) -> tuple[dict[str, bytes], list[Unchecked]]:
    """The files that came whole, and what is unchecked."""
    files: dict[str, bytes] = {}
    unchecked: list[Unchecked] = []
    for each in run_files(7, environ):
        if isinstance(each, RunFile):
            files[each.name] = _whole(each.stream)
        else:
            unchecked.append(each)
    assert TOKEN not in repr((files, unchecked))
    return files, unchecked


def _whole(stream: Stream) -> bytes:
    return b"".join(iter(lambda: stream.read(CHUNK), b""))


def test_artifacts_and_logs_come_from_a_store_that_never_sees_the_token(
    start: Callable[[], Server],
) -> None:
    api, store = start(), start()
    archive, logs = zipped({"app.js": b"x"}), zipped({"1_build.txt": b"y"})
    api.says(LIST, _listing("dist"))
    api.says(_zip_path(1), Answer(302, headers={"Location": f"{store.address}/a?sig=s"}))
    api.says(LOGS, Answer(302, headers={"Location": f"{store.address}/l?sig=s"}))
    store.says("/a?sig=s", Answer(body=archive))
    store.says("/l?sig=s", Answer(body=logs))
    files, unchecked = _read(_environ(api))
    assert files == {"github-run-7/dist.zip": archive, "github-run-7/logs.zip": logs}
    assert unchecked == []
    assert api.tokens() == [f"Bearer {TOKEN}"] * 3
    assert store.tokens() == [None, None]
    assert Opened(logs, "l").texts == {"l!/1_build.txt": b"y"}


def test_netrc_is_not_asked_for_the_store(
    start: Callable[[], Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password mine\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    api, store = start(), start()
    api.says(LIST, _listing())
    api.says(LOGS, Answer(302, headers={"Location": f"{store.address}/l"}))
    store.says("/l", Answer(body=b"PK"))
    assert _read(_environ(api))[0] == {"github-run-7/logs.zip": b"PK"}
    assert store.tokens() == [None]


def test_a_renamed_repository_is_followed_with_the_token(start: Callable[[], Server]) -> None:
    api = start()
    api.says(LIST, Answer(301, headers={"Location": "/repositories/9/artifacts"}))
    api.says("/repositories/9/artifacts", _listing())
    api.says(LOGS, Answer(body=b"PK"))
    assert _read(_environ(api)) == ({"github-run-7/logs.zip": b"PK"}, [])
    assert set(api.tokens()) == {f"Bearer {TOKEN}"}


def test_all_pages_are_read(start: Callable[[], Server]) -> None:
    api = start()
    api.says(LIST, _listing(*(f"n{n}" for n in range(100)), expired=True))
    api.says(f"{RUN}/artifacts?per_page=100&page=2", _listing("last", expired=True))
    _, unchecked = _read(_environ(api))
    assert len(unchecked) == 102
    assert unchecked[100].target == "github-run-7/last.zip"


EXPIRED = "it has expired: GitHub has deleted it"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(401), "GitHub refuses the token"),
        (Answer(403), "the token may not read it"),
        (Answer(404), "GitHub has no such run, or shows it to nobody with this token"),
        (Answer(410), EXPIRED),
        (Answer(418), "GitHub answers with status 418"),
        (
            Answer(403, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767225600"}),
            "GitHub's rate limit is used up until 2026-01-01 00:00 UTC",
        ),
        (Answer(403, headers={"Retry-After": "60"}), "GitHub's rate limit is used up"),
        (Answer(429), "GitHub's rate limit is used up"),
        (Answer(503), "GitHub answers with status 503"),
        (Answer(body=b"<html>"), "GitHub's answer is no JSON"),
        (Answer(body=b"[]"), "GitHub's answer is not the list that it documents"),
        (Answer(302, headers={"Location": "ftp://x/"}), "GitHub sends to an address that is"),
        (Answer(302, headers={"Location": "http://[x/"}), "GitHub cannot be reached"),
    ],
)
def test_refusals(start: Callable[[], Server], answer: Answer, reason: str) -> None:
    api = start()
    api.says(LIST, answer)
    api.says(LOGS, Answer(body=b"PK"))
    files, (unchecked,) = _read(_environ(api))
    assert unchecked.target == "github-run-7/artifacts"
    assert unchecked.reason.startswith(reason)
    assert unchecked.hint
    assert files == {"github-run-7/logs.zip": b"PK"}


def test_what_is_busy_is_asked_again(start: Callable[[], Server]) -> None:
    api = start()
    api.says(LIST, Answer(503), Answer(502), _listing())
    api.says(LOGS, Answer(500), Answer(body=b"PK"))
    assert _read(_environ(api)) == ({"github-run-7/logs.zip": b"PK"}, [])


def test_one_expired_artifact_loses_no_neighbour(start: Callable[[], Server]) -> None:
    api = start()
    api.says(LIST, _listing("old", "new", "../odd"))
    api.says(_zip_path(1), Answer(410))
    api.says(_zip_path(2), Answer(body=b"PK"))
    api.says(_zip_path(3), Answer(body=b"PK"))
    api.says(LOGS, Answer(410))
    files, unchecked = _read(_environ(api))
    assert sorted(files) == ["github-run-7/__/odd.zip", "github-run-7/new.zip"]
    assert [(each.target, each.reason) for each in unchecked] == [
        ("github-run-7/old.zip", EXPIRED),
        ("github-run-7/logs.zip", EXPIRED),
    ]


def test_a_circle_of_redirects_ends(start: Callable[[], Server]) -> None:
    api = start()
    api.says(LIST, Answer(302, headers={"Location": LIST}))
    api.says(LOGS, Answer(body=b"PK"))
    _, (unchecked,) = _read(_environ(api))
    assert unchecked.reason == "GitHub answers with status 302"


def test_a_download_that_breaks_off_is_damage(start: Callable[[], Server]) -> None:
    api = start()
    api.says(LIST, _listing())
    api.says(LOGS, Answer(body=zipped({"a": b"x" * 5000})[:60], length=9000))
    (file,) = run_files(7, _environ(api))
    assert isinstance(file, RunFile)
    with pytest.raises(DamageError, match="the download broke off"):
        file.stream.drain()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"GITHUB_TOKEN": ""}, "there is no token to ask GitHub with"),
        ({"GITHUB_REPOSITORY": "acme"}, "it is not known of which repository"),
        ({"GITHUB_REPOSITORY": "a/b/../../x"}, "it is not known of which repository"),
        ({"GITHUB_API_URL": "http://example.com"}, "GITHUB_API_URL is no https address"),
    ],
)
def test_nothing_is_asked_without_what_it_takes(
    start: Callable[[], Server], changes: dict[str, str], reason: str
) -> None:
    api = start()
    files, (unchecked,) = _read(_environ(api, **changes))
    assert (files, api.asked) == ({}, [])
    assert unchecked.reason.startswith(reason)


def test_a_server_that_is_not_there_is_told(start: Callable[[], Server]) -> None:
    environ = _environ(start(), GITHUB_API_URL="http://127.0.0.1:9")
    files, unchecked = _read(environ)
    assert files == {}
    assert [each.reason for each in unchecked] == ["GitHub cannot be reached (ConnectionError)"] * 2


@pytest.mark.parametrize("reset", ["soon", "-1", "9" * 30, "99999999999"])
def test_odd_headers_of_a_limit_are_passed_over(reset: str) -> None:
    told = refusal(429, {"x-ratelimit-reset": reset}).reason
    assert re.fullmatch(r"GitHub's rate limit is used up( until [\d :-]+ UTC)?", told)

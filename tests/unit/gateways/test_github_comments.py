"""One comment on a pull request, by a GitHub on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.integration.command import Done, launchready_inside

from launchready.reporters.comment import MARK

COMMIT, TOKEN = "a" * 40, "gh" + "s_" + "b2" * 18


class GitHub:
    """Pull request 7 and what was said on it; `status` is answered to what would write."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.pulls = [{"number": 7, "state": "open", "head": {"sha": COMMIT}}]
        self.status = 201
        self.address = ""

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Status and document, as docs.github.com/rest gives them."""
        path, _, query = path.partition("?")
        if path == f"/repos/acme/shop/commits/{COMMIT}/pulls":
            return 200, self.pulls
        if method == "GET":
            page = int(query.rpartition("page=")[2])
            return 200, self.comments[(page - 1) * 100 : page * 100]
        if self.status != 201:
            return self.status, {"message": "Resource not accessible by integration"}
        if method == "PATCH":
            number = int(path.rpartition("/")[2])
            next(each for each in self.comments if each["id"] == number).update(body)
        else:
            self.comments.append({"id": 1000 + len(self.comments), "user": {"type": "Bot"}, **body})
        return 201, {}


@pytest.fixture
def github() -> Iterator[GitHub]:
    """GitHub, on loopback."""
    made = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            status, document = made.answer(self.command, self.path, body)
            content = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = answer  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


def _comment(github: GitHub, folder: Path, verdict: str = "passed") -> Done:
    (folder / "launchready-secret-scan").mkdir(parents=True, exist_ok=True)
    report = {"step": "secret-scan", "verdict": verdict, "findings": [], "counts": {}}
    (folder / "launchready-secret-scan" / "secret-scan.json").write_text(json.dumps(report))
    environ = {
        "GITHUB_API_URL": github.address,
        "GITHUB_TOKEN": TOKEN,
        "GITHUB_REPOSITORY": "acme/shop",
    }
    words = ("comment", str(folder), "--commit", COMMIT)
    done = launchready_inside(*words, folder=folder, environ=environ)
    assert TOKEN not in done.said
    return done


def test_made_once_then_changed(github: GitHub, tmp_path: Path) -> None:
    person = {"id": 100, "user": {"type": "User"}, "body": f"{MARK} mine"}
    github.comments = [person, *({"id": n, "user": None, "body": "hi"} for n in range(101, 299))]
    assert _comment(github, tmp_path).stdout == "#7: the comment was made\n"
    assert _comment(github, tmp_path, "failed").stdout == "#7: the comment was changed\n"
    (ours,) = [each for each in github.comments if each["body"].startswith(f"{MARK}\n")]
    assert "0 of 1 steps passed" in ours["body"]
    assert github.comments[0]["body"] == f"{MARK} mine"


@pytest.mark.parametrize(
    "changed", [{"state": "closed"}, {"head": {"sha": "b" * 40}}, {"number": "7"}, {"head": None}]
)
def test_only_the_pull_request_of_that_commit(
    github: GitHub, tmp_path: Path, changed: dict[str, Any]
) -> None:
    github.pulls[0].update(changed)
    done = _comment(github, tmp_path)
    assert (done.code, github.comments) == (0, [])
    assert "no open pull request" in done.stdout


def test_what_is_not_permitted_is_said_and_ends_well(github: GitHub, tmp_path: Path) -> None:
    github.status = 403
    done = _comment(github, tmp_path)
    assert (done.code, done.stdout.startswith("not permitted, so there is no comment")) == (0, True)


def test_trouble_of_github_is_an_error(github: GitHub, tmp_path: Path) -> None:
    github.status = 422
    assert _comment(github, tmp_path).code == 2


@pytest.mark.parametrize(
    "words", [("x", "--commit", COMMIT), (".", "--commit", "main"), (".", "--commit", "a" * 39)]
)
def test_bad_use(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert launchready_inside("comment", *words, folder=tmp_path, environ={}).code == 2

"""`launchready protect` beside a GitHub on loopback that keeps rulesets as the real one does."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.integration.command import Done, launchready_inside
from tests.repository import Repository

from launchready.adoption.workflow import GATE

TOKEN = "gh" + "p_" + "a1" * 18
HOME = "/repos/acme/shop"


@dataclass
class GitHub:
    """What GitHub has of one repository. `breaks` are paths whose answer is a status."""

    address: str = ""
    rulesets: dict[int, dict[str, Any]] = field(default_factory=dict)
    classic: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=lambda: [GATE])
    is_admin: bool = True
    breaks: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Status and document, as docs.github.com/rest gives them."""
        path = path.partition("?")[0]
        self.asked.append(f"{method} {path}")
        if path in self.breaks:
            return self.breaks[path], {"message": f"no, {TOKEN} may not"}
        place = path.removeprefix(HOME)
        if method == "POST":
            number = len(self.rulesets) + 7
            self.rulesets[number] = body
            return 201, {"id": number, **body}
        if place.startswith("/rulesets/"):
            return 200, self._ruleset(int(place.rpartition("/")[2]), body)
        return 200, self._read()[place]

    def _ruleset(self, number: int, body: Any) -> Any:
        self.rulesets[number] = body or self.rulesets[number]
        shown = {"id": number, **self.rulesets[number]}
        if not self.is_admin:
            shown.pop("bypass_actors")
        return shown

    def _read(self) -> dict[str, Any]:
        rules = [
            {**rule, "ruleset_id": number}
            for number, each in self.rulesets.items()
            for rule in each["rules"]
            if each["enforcement"] == "active"
        ]
        return {
            "": {"default_branch": "main"},
            "/rules/branches/main": rules,
            "/branches/main": {
                "protection": {"required_status_checks": {"contexts": self.classic}}
            },
            "/commits/main/check-runs": {"check_runs": [{"name": name} for name in self.checks]},
            "/rulesets": [{"id": n, "name": each["name"]} for n, each in self.rulesets.items()],
        }


@pytest.fixture
def github() -> Iterator[GitHub]:
    """GitHub, on loopback."""
    made = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            is_known = self.headers["Authorization"] == f"Bearer {TOKEN}"
            status, document = made.answer(self.command, self.path, body) if is_known else (401, {})
            content = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = answer  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """A repository that is on GitHub."""
    repository = Repository.at(tmp_path / "shop")
    repository.commit({"README.md": "# Shop\n"})
    repository.git("remote", "add", "origin", "git@github.com:acme/shop.git")
    return repository


def _protect(github: GitHub, shop: Repository, *words: str, token: str = TOKEN) -> Done:
    environ = {"GITHUB_API_URL": github.address, "GITHUB_TOKEN": token, "GITHUB_REPOSITORY": ""}
    done = launchready_inside("protect", *words, folder=shop.path, environ=environ)
    assert TOKEN not in done.said
    return done


def test_applied_once_and_judged_right(github: GitHub, shop: Repository) -> None:
    before = _protect(github, shop)
    assert (before.code, "is not required on main" in before.stdout) == (1, True)
    assert not any(each.startswith(("POST", "PUT")) for each in github.asked)
    for _ in range(2):
        assert _protect(github, shop, "--apply").code == 0
    assert len(github.rulesets) == 1
    after = _protect(github, shop)
    assert (after.code, after.stdout) == (0, f"acme/shop: main requires `{GATE}`\n")


def test_the_older_protection_counts_as_well(github: GitHub, shop: Repository) -> None:
    github.classic = [GATE, "old"]
    done = _protect(github, shop)
    assert (done.code, "`old` is required, and no job reports it" in done.stdout) == (1, True)


def test_who_may_bypass_it(github: GitHub, shop: Repository) -> None:
    _protect(github, shop, "--apply")
    (made,) = github.rulesets.values()
    made["bypass_actors"] = [{"actor_type": "OrganizationAdmin", "bypass_mode": "always"}]
    assert "admins of the organisation may merge past the gate" in _protect(github, shop).stdout
    github.is_admin = False
    done = _protect(github, shop)
    assert (done.code, "told only to admins: not looked at" in done.stdout) == (3, True)


def test_a_ruleset_that_is_made_though_the_answer_is_lost(github: GitHub, shop: Repository) -> None:
    whole = github.answer

    def broken(method: str, path: str, body: Any) -> tuple[int, Any]:
        status, document = whole(method, path, body)
        return (502, {}) if method == "POST" else (status, document)

    github.answer = broken  # type: ignore[method-assign]
    assert _protect(github, shop, "--apply").code == 0
    assert [each for each in github.asked if each.startswith("POST")] == [f"POST {HOME}/rulesets"]


@pytest.mark.parametrize(
    ("status", "words"), [(403, "administration: write"), (404, "administration: write")]
)
def test_what_the_token_may_not(github: GitHub, shop: Repository, status: int, words: str) -> None:
    github.breaks = {f"{HOME}/rulesets": status}
    done = _protect(github, shop, "--apply")
    assert (done.code, words in done.stderr) == (2, True)


def test_without_a_token_it_says_what_to_do(github: GitHub, shop: Repository) -> None:
    done = _protect(github, shop, token="")
    assert (done.code, github.asked) == (3, [])
    assert "gh api --method POST repos/acme/shop/rulesets --input -" in done.stdout
    assert _protect(github, shop, "--apply", token="").code == 2


@pytest.mark.parametrize("remote", ["/srv/git/shop.git", "https://gitlab.com/acme/shop"])
def test_a_repository_that_is_not_on_github(github: GitHub, shop: Repository, remote: str) -> None:
    shop.git("remote", "set-url", "origin", remote)
    done = _protect(github, shop)
    assert (done.code, "--repository owner/name" in done.stderr) == (2, True)
    told = _protect(github, shop, "--repository", "acme/shop", token="")
    assert "launchready protect --apply --repository acme/shop\n" in told.stdout

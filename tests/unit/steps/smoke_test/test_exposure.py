"""What strangers get and must not: proven by what it holds, never by a status alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.live import Asked, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import look

from launchready.steps.smoke_test.settings import Area

Serve = Callable[..., LiveSite]
GRAVE, INNER = "private-file-public", "inner-page-public"
BAITS: dict[str, tuple[str | bytes, str]] = {
    "/.env": ("# x\nDATABASE_URL=postgres://a:b@c/d\n", GRAVE),
    "/.env.production": ("export API_KEY='x'\n", GRAVE),
    "/.git/HEAD": ("ref: refs/heads/main\n", GRAVE),
    "/.git/config": ("[core]\n\tbare = false\n", GRAVE),
    "/.DS_Store": (b"\0\0\0\x01Bud1\0\0", INNER),
    "/backup.sql": ("--\n-- PostgreSQL database dump\n--\n", GRAVE),
    "/dump.sql": ("INSERT INTO users VALUES (1);", GRAVE),
    "/wp-config.php.bak": ("<?php define('DB_PASSWORD', 'x');", GRAVE),
    "/server-status": ("<title>Apache Status</title>", INNER),
    "/actuator/env": ('{"propertySources": []}', GRAVE),
    "/metrics": ("# HELP up x\n# TYPE up gauge\nup 1\n", INNER),
    "/uploads/": ("<title>Index of /uploads/</title>", INNER),
}


@pytest.mark.parametrize("path", BAITS)
def test_what_is_exposed_is_found(serve: Serve, root: Path, path: str) -> None:
    body, rule = BAITS[path]
    live = serve(lambda asked: Reply(body=body) if asked.path == path else Reply(status=404))
    seen = look(live, root, Area.EXPOSURE)
    assert (seen.rules, seen.unchecked) == ([rule], [])
    assert "postgres://" not in repr(seen.findings)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body="<h1>Shop</h1>\n<p>KEY=value"),
        Reply(status=403, body="ref: refs/heads/main"),
        Reply(status=404, body="DATABASE_URL=x"),
        Reply(body=""),
    ],
    ids=["a page for everything", "forbidden", "an echo in the error page", "nothing"],
)
def test_a_status_proves_nothing(serve: Serve, root: Path, reply: Reply) -> None:
    live = serve(lambda _: reply)
    assert look(live, root, Area.EXPOSURE).rules == []
    assert len(live.asked) < 25


def test_a_gate_is_told_once(serve: Serve, root: Path) -> None:
    def gate(asked: Asked) -> Reply:
        del asked
        return Reply(status=403, headers=(("cf-mitigated", "challenge"),))

    seen = look(serve(gate), root, Area.EXPOSURE)
    assert (seen.rules, len(seen.unchecked)) == ([], 1)

"""The action of smoke-test in act, on a site on loopback whose answers want to steer the runner."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.actions.act import run_act
from tests.actions.runner_model import read_summary, run_log
from tests.live import HOST, Asked, Authority, Reply, live_site
from tests.repository import Repository

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="act runs jobs on this machine's own bash on Linux only"
)

ACTION = "launchready/smoke-test@v1"
# Each way to the runner, to a terminal and into the summary's HTML and Markdown.
EVIL = (
    "::error file=pwned.py::pwned ##[error]pwned \x1b[31mpwned <img src=x onerror=pwned>"
    " [pwned](https://pwned.test) | `pwned` <!-- pwned"
)
QUOTED = "%0A::error::pwned%0D%0A::add-mask::pwned##[error]pwned%1b[31m<img%20src=pwned>"
CONFIG = f"""\
version: 1
site:
  url: https://{HOST}/
  routes:
    - {{path: /, contains: [welcome]}}
    - {{path: /login, kind: login}}
    - {{path: /away, redirects-to: /login}}
    - {{path: /api, kind: api, json: {{status: ok}}}}
  moved: {{/old: /new}}
  release: {{header: x-release}}
smoke-test:
  ca-file: ca.pem
  retries: 0
"""


def _hostile(asked: Asked) -> Reply:
    """Says it wherever a site says something."""
    plain = EVIL.replace("\x1b", "")
    fields = (
        ("X-Release", plain),
        ("Server", f"nginx/1.2 {plain}"),
        ("Set-Cookie", f"session{plain.replace(' ', '')}=1"),
        ("X-Cache", f"HIT {plain}"),
        ("Cache-Control", "public, max-age=31536000"),
    )
    if asked.path in ("/away", "/old") or not asked.is_secure:
        place = f"https://{HOST}/::error::pwned{QUOTED}"
        return Reply(status=302, headers=(("Location", place), *fields))
    if asked.path == "/api":
        body = f'{{"status": "\\n::error::pwned {plain}"}}'
        return Reply(body=body, kind="application/json", headers=fields)
    if asked.path.endswith(".js"):
        return Reply(status=404, body=f"\n::error::pwned\n{EVIL}", headers=fields)
    body = (
        f"<title>\n::error::pwned\n{EVIL}</title>"
        f"<link rel=canonical href='https://pwned.test/\n::error::pwned{QUOTED}'>"
        f"<script src='/a\n::error::pwned{QUOTED}.js'></script>"
        f"<script src='/::error file=pwned::pwned.js'></script>"
        f"<img src='http://pwned.test/\n::error::pwned'><form action='http://localhost/::error::'>"
        f"<h1>\n::error::pwned\n##[error]pwned\n{EVIL}</h1>"
    )
    return Reply(body=body, headers=fields)


def test_what_a_site_says_steers_nothing(
    dist: Path, bare_python: Path, path_with: Callable[..., str], tmp_path: Path
) -> None:
    authority = Authority(tmp_path / "authority")
    repository = Repository.at(tmp_path / "shop")
    pem = authority.ca_file.read_text(encoding="utf-8")
    repository.commit({"launchready.yml": CONFIG, "ca.pem": pem}, "Begin")
    with live_site(_hostile, authority, HOST, "shop.test") as live:
        given = {"resolve": "\n".join(live.resolve)}
        run = run_act(
            repository.path,
            [{"id": "smoke", "uses": ACTION, "with": given}],
            folder=tmp_path / "act",
            path=path_with(python3=bare_python),
            actions={ACTION: dist / "actions" / "smoke-test"},
        )
    step = run.steps["smoke"]
    assert (step.succeeded, step.outputs["verdict"]) == (False, "failed"), step.log
    seen = run_log(step.log)
    assert (seen.errors, seen.unknown, seen.masks, seen.stop_token) == ([], [], [], None)
    assert seen.annotations, "nothing was told of this site"
    assert "pwned.py" not in {told.properties.get("file") for told in seen.annotations}
    assert not [told for told in seen.annotations if told.message.startswith("pwned")]
    summary = read_summary(step.summary.encode())
    assert summary is not None
    assert "\x1b[31mpwned" not in step.log  # other colours are our own
    assert "\x1b" not in summary
    for markup in ("<img", "<script", "<!--", "[pwned]("):
        assert markup not in summary

"""Stories of somebody's first quarter of an hour, each from a clean state with what is typed.

Told elsewhere: no network (test_live), a runner's job and its comment (tests/actions,
test_outputs), a rollback that is not safe (tests/hosting), a console of Windows (test_outputs).
"""

import json
from pathlib import Path

from tests.integration.command import examined, in_actions, launchready
from tests.repository import Repository, live_key

WEB = '{"name": "web", "dependencies": {"next": "15.1.0", "@supabase/supabase-js": "2.45.0"}}'
KEY, NEW = live_key(1), live_key(2)


def said(text: str) -> str:
    """A report's words without its line breaks."""
    return " ".join(text.split())


def test_no_config_on_a_laptop(tmp_path: Path) -> None:
    app = Repository.at(tmp_path / "my app")  # a path with a space
    app.commit({
        "package.json": WEB,
        ".env": f"STRIPE_SECRET_KEY={KEY}\n",
        "src/pay.ts": "export const key = process.env.STRIPE_SECRET_KEY!;\n",
    }, "All of it")  # fmt: skip
    app.write({"supabase/migrations/20260301_notes.sql": "create table public.notes (a text);\n"})
    before = app.git("status", "--porcelain", "--ignored")
    done = launchready("check", folder=app.path)
    told = said(done.stdout)
    assert done.code == 1
    assert "Next.js 15, Supabase " in told
    assert "(package.json, supabase/" in told
    assert "NO-GO: " in told
    blockers = done.stdout.partition("== What blocks a launch ==")[2]
    assert 1 <= blockers.count("\nerror[") <= 5
    for rule in ("stripe-live-secret-key", "new-table-without-rls"):
        assert rule in blockers
    assert KEY not in done.said
    assert app.git("status", "--porcelain", "--ignored") == before, "nothing is written"


def test_two_hundred_old_findings(tmp_path: Path) -> None:
    app = Repository.at(tmp_path / "messy")
    old = [f'key_{number} = "{live_key(1000 + number)}"' for number in range(200)]
    app.commit({"old.py": "\n".join(old) + "\n"}, "Three years")
    made = launchready("baseline", folder=app.path)
    assert made.code == 0, made.said
    written = (app.path / ".launchready/baseline.json").read_text(encoding="utf-8")
    assert live_key(1000) not in written
    app.commit({}, "Accept them")
    done = launchready("check", folder=app.path)
    assert done.code == 0, done.said
    assert "200 known" in said(done.stdout)
    app.commit({"new.py": f'key = "{NEW}"\n'}, "One more")
    run = examined("check", folder=app.path)
    assert run.verdict == (1, "failed")
    assert run.found() == ["stripe-live-secret-key in new.py"]


def test_a_pull_request_of_a_fork(tmp_path: Path) -> None:
    app = Repository.at(tmp_path / "app")
    config = "version: 1\nsite: {url: 'https://shop.example'}\nsmoke-test:\n"
    app.commit({"launchready.yml": config, "a.py": f'key = "{KEY}"\n'}, "Before")
    base = app.git("rev-parse", "HEAD")
    app.commit({"b.py": "print('tea')\n"}, "What a stranger sends")
    payload = {
        "pull_request": {
            "base": {"sha": base, "repo": {"full_name": "acme/shop"}},
            "head": {"repo": {"full_name": "stranger/shop", "fork": True}},
        }
    }
    environ = {**in_actions(tmp_path / "job", "pull_request", payload), "GITHUB_TOKEN": ""}
    done = launchready("check", "--format", "text", folder=app.path, environ=environ)
    assert done.code == 0, done.said
    assert "smoke-test, dns-check, email-check and rollback did not run" in said(done.stdout)
    app.commit({"c.py": f'key = "{NEW}"\n'}, "A key")
    done = launchready("check", "--format", "text", folder=app.path, environ=environ)
    assert done.code == 1
    assert "c.py" in done.stdout
    assert "pull_request_target" not in done.said


def test_a_monorepo_of_two_stacks(tmp_path: Path) -> None:
    app = Repository.at(tmp_path / "mono")
    app.commit({
        "package.json": '{"private": true, "workspaces": ["apps/*"]}',
        ".gitignore": ".env\n",
        "apps/web/package.json": WEB,
        "apps/web/.env.example": "WEB_NAME=\n",
        "apps/web/src/a.ts": "console.log(process.env.WEB_NAME);\n",
        "apps/api/requirements.txt": "django==5.0\n",
        "apps/api/.env.example": "API_NAME=\n",
        "apps/api/settings.py": 'from os import environ\nA = environ["API_NAME"]\n'
        'B = environ["API_KEY"]\n',
    }, "Both")  # fmt: skip
    done = launchready("check", folder=app.path)
    told = said(done.stdout)
    assert done.code == 1
    assert "Next.js 15, Django and Supabase (apps/web/package.json, apps/api/" in told
    assert "apps/api/settings.py:3" in told
    assert "'API_KEY' is needed here" in told
    assert "WEB_NAME" not in told, "each part is judged by its own template"


def test_a_merge_request_of_gitlab(tmp_path: Path) -> None:
    app = Repository.at(tmp_path / "app")
    app.commit({"a.py": f'key = "{KEY}"\n'}, "Before")
    environ = {
        "CI": "true",
        "GITLAB_CI": "true",
        "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": app.git("rev-parse", "HEAD"),
    }
    app.commit({"b.py": f'key = "{NEW}"\n'}, "After")
    words = ("--report", "gitlab=code-quality.json", "--report", "junit=junit.xml")
    done = launchready("check", *words, folder=app.path, environ=environ)
    assert done.code == 1
    issues = json.loads((app.path / "code-quality.json").read_text(encoding="utf-8"))
    places = sorted(each["location"]["path"] for each in issues)
    assert places == ["a.py", "b.py"], "GitLab itself leaves out what the target branch has"
    assert 'failures="1"' in (app.path / "junit.xml").read_text(encoding="utf-8")

"""From nothing to a set-up repository, and what `init` and `upgrade` leave alone."""

import subprocess
from pathlib import Path

import pytest
from tests.integration.command import launchready, launchready_inside
from tests.repository import Repository

WORKFLOW = ".github/workflows/launchready.yml"


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """A start-up's repository that has never seen launchready."""
    repository = Repository.at(tmp_path / "my shop")
    manifest = '{"homepage": "https://shop.example", "dependencies": {"next": "15.0.0"}}\n'
    repository.commit({"package.json": manifest, "vercel.json": "{}\n"})
    return repository


def _files(repository: Repository) -> dict[str, str]:
    listed = repository.git("ls-files", "--others").splitlines()
    return {name: (repository.path / name).read_text(encoding="utf-8") for name in listed}


def test_init_shows_asks_writes_once_and_leaves_the_rest_alone(shop: Repository) -> None:
    shown = launchready("init", "--print", folder=shop.path)
    assert shown.code == 0, shown.stderr
    assert "recognised: Next.js (package.json), Vercel (vercel.json)" in shown.stdout
    assert "+    name: launchready / gate" in shown.stdout
    unasked = launchready("init", folder=shop.path)
    assert "run it again with --yes" in unasked.stdout
    assert _files(shop) == {}

    done = launchready("init", "--yes", folder=shop.path)
    assert done.code == 0, done.stderr
    written = _files(shop)
    assert sorted(written) == [
        ".github/workflows/launchready-live.yml",
        WORKFLOW,
        ".pre-commit-config.yaml",
        "launchready.yml",
    ]
    assert "url: https://shop.example" in written["launchready.yml"]
    assert launchready_inside("config", "check", folder=shop.path, environ={}).code == 0

    again = launchready("init", "--yes", folder=shop.path)
    assert "nothing to write" in again.stdout
    assert _files(shop) == written


def test_upgrade_renews_our_lines_and_no_others(shop: Repository) -> None:
    launchready("init", "--yes", folder=shop.path)
    path, hooks = shop.path / WORKFLOW, shop.path / ".pre-commit-config.yaml"
    text, before = path.read_text(encoding="utf-8"), hooks.read_text(encoding="utf-8")
    path.write_text(f"# mine\n{text.replace('timeout-minutes: 20', 'timeout-minutes: 1')}# end\n")
    hooks.write_text(before.replace("rev: v", "rev: v0."), encoding="utf-8")
    config = (shop.path / "launchready.yml").read_text(encoding="utf-8")

    done = launchready("upgrade", "--yes", folder=shop.path)
    assert done.code == 0, done.stderr
    assert path.read_text(encoding="utf-8") == f"# mine\n{text}# end\n"
    assert hooks.read_text(encoding="utf-8") == before
    assert (shop.path / "launchready.yml").read_text(encoding="utf-8") == config
    assert "nothing to write" in launchready("upgrade", folder=shop.path).stdout


def test_a_comment_is_asked_for_and_kept_by_upgrade(shop: Repository) -> None:
    launchready("init", "--comment", "--yes", folder=shop.path)
    written = _files(shop)
    assert "workflow_run" in written[".github/workflows/launchready-comment.yml"]
    assert "name: launchready-secret-scan" in written[WORKFLOW]
    assert "nothing to write" in launchready("upgrade", "--yes", folder=shop.path).stdout
    assert _files(shop) == written


def test_what_is_there_already_is_never_overwritten(shop: Repository) -> None:
    shop.write({WORKFLOW: "name: other\n", "launchready.yml": "version: 1\n"})
    shop.write({".pre-commit-config.yaml": "repos: []\n"})
    done = launchready("init", "--yes", folder=shop.path)
    assert f"{WORKFLOW} is left as it is: it is there already" in done.stdout
    assert ".pre-commit-config.yaml is left as it is" in done.stdout
    assert "- id: launchready-secrets" in done.stdout
    files = _files(shop)
    assert files[WORKFLOW] == "name: other\n"
    assert files["launchready.yml"] == "version: 1\n"


@pytest.mark.parametrize("name", [WORKFLOW, ".pre-commit-config.yaml"])
def test_a_link_is_not_written_through(shop: Repository, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    (shop.path / name).parent.mkdir(parents=True, exist_ok=True)
    (shop.path / name).symlink_to(victim)
    done = launchready("init", "--yes", folder=shop.path)
    assert (done.code, victim.exists()) == (2, False)
    assert "a link leads elsewhere" in done.stderr
    assert not (shop.path / "launchready.yml").exists()


def test_no_repository_no_files(tmp_path: Path) -> None:
    done = launchready("init", "--yes", folder=tmp_path)
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    assert "git init" in done.stderr
    lone = launchready_inside("init", "--yes", folder=tmp_path, environ={"PATH": str(tmp_path)})
    assert (lone.code, "git init" in lone.stderr) == (2, False)
    assert "install git" in lone.stderr


def test_an_address_that_is_none(shop: Repository) -> None:
    done = launchready("init", "--url", "shop.example", folder=shop.path)
    assert done.code == 2
    assert "https://www.example.com" in done.stderr


def test_another_ci_gets_no_workflow(shop: Repository) -> None:
    shop.write({".gitlab-ci.yml": "job: {}\n"})
    done = launchready("init", "--yes", folder=shop.path)
    assert "your CI is not GitHub's" in done.stdout
    assert WORKFLOW not in _files(shop)


def test_the_gate_fails_unless_every_job_passed(shop: Repository) -> None:
    import yaml

    launchready("init", "--yes", folder=shop.path)
    jobs = yaml.safe_load((shop.path / WORKFLOW).read_text(encoding="utf-8"))["jobs"]
    script = jobs["gate"]["steps"][0]["run"]
    count = len(jobs) - 1
    for word, code in {"success": 0, "skipped": 1, "failure": 1, "cancelled": 1}.items():
        results = " ".join([*["success"] * (count - 1), word])
        done = subprocess.run(
            ["bash", "-e", "-c", script], env={"RESULTS": results}, capture_output=True, check=False
        )
        assert done.returncode == code, word

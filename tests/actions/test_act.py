"""Every action runs for real, in act, offline, and the runner's model finds nothing amiss."""

import base64
import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.actions.act import ActRun, ActStep, run_act
from tests.actions.runner_model import Seen, read_summary, run_log
from tests.repository import Repository

from launchready.generate.actions import action_files

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="act runs jobs on this machine's own bash on Linux only"
)

ROOT = Path(__file__).parents[2]
PUBLISHED = "launchready/secret-scan@v1"
NO_COMMIT = "0" * 40


def secret(seed: str) -> str:
    """A key that looks as real as one can, and is another for each seed."""
    digest = base64.b64encode(hashlib.sha512(seed.encode()).digest()).decode()
    return "sk_live_51" + digest.translate({ord(c): "k" for c in "+/="})


@dataclass(frozen=True, kw_only=True)
class Job:
    """Where jobs run: the trees that actions come from, and what PATH finds a Python."""

    dist: Path
    path: str
    folder: Path

    def run(self, repository: Repository, *steps: dict[str, Any], **event: Any) -> ActRun:
        """Check the repository out and run the steps."""
        trees = {PUBLISHED: self.dist / "actions" / "secret-scan"}
        folder = self.folder / "act"
        return run_act(
            repository.path, list(steps), folder=folder, path=self.path, actions=trees, **event
        )

    def scan(
        self, repository: Repository, inputs: Mapping[str, str] | None = None, **event: Any
    ) -> ActStep:
        """The published action's step on the repository."""
        run = self.run(repository, {"id": "scan", "uses": PUBLISHED, "with": inputs or {}}, **event)
        assert "scan" in run.steps, run.log
        return run.steps["scan"]


@pytest.fixture
def job(dist: Path, bare_python: Path, path_with: Callable[..., str], tmp_path: Path) -> Job:
    """A runner with a Python that has nothing installed."""
    return Job(dist=dist, path=path_with(python3=bare_python), folder=tmp_path)


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """A start-up's repository with one clean commit."""
    repository = Repository.at(tmp_path / "shop")
    repository.commit({"app.py": "print('hello')\n", "README.md": "# Shop\n"}, "Begin")
    return repository


def seen_by_the_runner(step: ActStep) -> Seen:
    """What the runner makes of the step's log and summary, which must be without fault."""
    seen = run_log(step.log)
    assert (seen.errors, seen.unknown, seen.dropped, seen.cut) == ([], [], [], 0)
    assert (seen.masks, seen.open_groups, seen.stop_token) == ([], 0, None)
    assert {command.name for command in seen.commands} <= {
        "error",
        "warning",
        "notice",
        "group",
        "endgroup",
    }
    assert read_summary(step.summary.encode()), "the summary is empty or too large"
    return seen


def verdict(step: ActStep) -> tuple[bool | None, str, str, str]:
    """Whether the step went well, and three of its outputs."""
    outputs = step.outputs
    return step.succeeded, outputs["verdict"], outputs["exit-code"], outputs["new-findings"]


PASSED = (True, "passed", "0", "0")


def test_a_clean_repository_passes(job: Job, shop: Repository) -> None:
    step = job.scan(shop)
    assert verdict(step) == PASSED, step.log
    assert seen_by_the_runner(step).annotations == []


def test_a_finding_fails_with_an_annotation_and_no_secret(job: Job, shop: Repository) -> None:
    key = secret("work tree")
    shop.commit({"pay.py": f'import stripe\nstripe.api_key = "{key}"\n'}, "Take money")
    run = job.run(
        shop,
        {"id": "scan", "uses": PUBLISHED},
        {
            "id": "copy",
            "if": "always()",
            "run": f'cp -R "$FOLDER" "{job.folder}/reports"',
            "env": {"FOLDER": "${{ steps.scan.outputs.report-folder }}"},
        },
    )
    step = run.steps["scan"]
    assert run.code == 1
    assert verdict(step) == (False, "failed", "1", "1")
    (annotation,) = seen_by_the_runner(step).annotations
    assert annotation.level == "error"
    assert (annotation.properties["file"], annotation.properties["line"]) == ("pay.py", "2")
    assert "pay.py" in step.summary
    report = (job.folder / "reports" / "secret-scan.json").read_text(encoding="utf-8")
    assert json.loads(report)["verdict"] == "failed"
    for text in (run.log, report):
        assert key not in text
        assert key[10:40] not in text


def test_a_secret_of_the_history_is_found(job: Job, shop: Repository) -> None:
    shop.commit({"pay.py": f'key = "{secret("history")}"\n'})
    shop.commit({"pay.py": "key = None\n"})
    assert verdict(job.scan(shop)) == (False, "failed", "1", "1")


def test_inputs_reach_the_settings(job: Job, shop: Repository) -> None:
    shop.commit({"pay.py": f'key = "{secret("history")}"\n'})
    shop.commit({"pay.py": "key = None\n"})
    reports = f"sarif={job.folder}/out/a.sarif\njson={job.folder}/out/b.json\n"
    inputs = {"history": "false", "report": reports, "report-folder": f"{job.folder}/mine"}
    step = job.scan(shop, inputs)
    assert verdict(step) == PASSED, step.log
    assert sorted(path.name for path in (job.folder / "out").iterdir()) == ["a.sarif", "b.json"]
    assert step.outputs["report-folder"] == f"{job.folder}/mine"
    assert (job.folder / "mine" / "secret-scan.json").exists()


def test_a_config_error_is_an_annotation_on_its_line(job: Job, shop: Repository) -> None:
    shop.commit({"launchready.yml": "version: 1\nfail-on: never-ever\n"})
    step = job.scan(shop)
    assert verdict(step)[:3] == (False, "errored", "2")
    places = [
        (a.properties.get("file"), a.properties.get("line")) for a in run_log(step.log).annotations
    ]
    assert ("launchready.yml", "2") in places


@pytest.fixture
def pull_request(shop: Repository) -> Mapping[str, Any]:
    """The payload of a pull request from `change` into main, which holds an old secret."""
    base = shop.commit({"old.py": f'key = "{secret("old")}"\n'}, "Old")
    shop.git("switch", "--quiet", "--create", "change")
    head = shop.commit({"new.py": "print('new')\n"}, "New")
    ends = {"base": {"sha": base, "ref": "main"}, "head": {"sha": head, "ref": "change"}}
    return {"number": 1, "pull_request": {"number": 1, **ends}}


def test_a_pull_request_answers_for_what_it_brings(
    job: Job, shop: Repository, pull_request: Mapping[str, Any]
) -> None:
    step = job.scan(shop, event="pull_request", payload=pull_request)
    assert verdict(step) == PASSED, step.log
    assert seen_by_the_runner(step).annotations == []


def test_a_pull_request_that_brings_a_secret_fails(
    job: Job, shop: Repository, pull_request: Mapping[str, Any]
) -> None:
    shop.commit({"new.py": f'print("new")\nkey = "{secret("new")}"\n'}, "Newer")
    step = job.scan(shop, event="pull_request", payload=pull_request)
    assert verdict(step) == (False, "failed", "1", "1")
    (annotation,) = seen_by_the_runner(step).annotations
    assert (annotation.properties["file"], annotation.properties["line"]) == ("new.py", "2")


def test_a_merge_group_has_a_base_too(
    job: Job, shop: Repository, pull_request: Mapping[str, Any]
) -> None:
    ends = pull_request["pull_request"]
    group = {"base_sha": ends["base"]["sha"], "head_sha": ends["head"]["sha"]}
    payload = {"action": "checks_requested", "merge_group": group}
    assert verdict(job.scan(shop, event="merge_group", payload=payload)) == PASSED


@pytest.mark.parametrize("before", ["HEAD", NO_COMMIT], ids=["base == head", "a new branch"])
def test_a_push_is_judged_whole(before: str, job: Job, shop: Repository) -> None:
    head = shop.commit({"pay.py": f'key = "{secret("push")}"\n'})
    payload = {
        "ref": "refs/heads/main",
        "before": head if before == "HEAD" else before,
        "after": head,
    }
    assert verdict(job.scan(shop, event="push", payload=payload)) == (False, "failed", "1", "1")


def test_a_shallow_clone_is_no_pass(job: Job, shop: Repository) -> None:
    shop.commit({"app.py": "print('again')\n"})
    shop.git("clone", "--quiet", "--depth=1", f"file://{shop.path}", str(job.folder / "clone"))
    step = job.scan(Repository(path=job.folder / "clone"))
    assert verdict(step) == (False, "unchecked", "3", "0")
    seen_by_the_runner(step)
    assert "fetch-depth: 0" in step.log


HOSTILE = (
    "::error file=x::planted",
    "##[error]planted",
    "##[stop-commands]planted-token",
    "::stop-commands::planted-token",
    "::add-mask::a",
    "\x1b]0;planted\x07",
    "`<img src=x onerror=alert(1)>`|@everyone",
    "$(touch planted)",
    "%0A::error::planted",
    "new\nline::error::planted",
    "${{ github.token }}",
)


def test_hostile_names_and_messages_are_only_text(job: Job, shop: Repository) -> None:
    for text in HOSTILE:
        name = f"{text.replace('/', '_')}.py"
        shop.commit({name: f'key = "{secret(text)}"\n'}, f"{text}\n\n{text} {secret(text * 2)}")
    shop.git("branch", "--", "$(touch${IFS}planted)")
    step = job.scan(shop)
    assert verdict(step)[:3] == (False, "failed", "1"), step.log
    seen = seen_by_the_runner(step)
    files = [annotation.properties.get("file", "") for annotation in seen.annotations]
    assert files
    assert all("planted" not in (a.message, a.properties.get("title")) for a in seen.annotations)
    assert "<img" not in step.summary
    assert "\x1b]" not in step.log
    assert not list(job.folder.rglob("planted"))


@pytest.mark.parametrize("script", [None, "exit 1"], ids=["no Python", "an old Python"])
def test_without_a_python_the_job_says_so(
    script: str | None, dist: Path, path_with: Callable[..., str], tmp_path: Path, shop: Repository
) -> None:
    path = path_with(**{"python3": script} if script else {})
    step = Job(dist=dist, path=path, folder=tmp_path).scan(shop)
    assert step.succeeded is False
    (annotation,) = run_log(step.log).annotations
    assert "actions/setup-python" in annotation.message


def test_a_second_use_takes_what_the_first_unpacked(job: Job, shop: Repository) -> None:
    run = job.run(
        shop,
        {"id": "one", "uses": PUBLISHED},
        {"id": "two", "uses": PUBLISHED, "with": {"work-tree": "false"}},
        {"id": "list", "run": 'echo "$RUNNER_TEMP"/launchready-*'},
    )
    assert [verdict(run.steps[name]) for name in ("one", "two")] == [PASSED, PASSED]
    names = sorted(Path(word).name for word in run.steps["list"].log.split())
    assert len(names) == 2
    assert names[1] == "launchready-reports"


def test_a_poisoned_workspace_and_job_have_no_effect(job: Job, shop: Repository) -> None:
    marker = job.folder / "ran"
    planted = f"open({str(marker)!r}, 'w').write(__name__)\n"
    modules = ("click", "json", "yaml", "sitecustomize", "usercustomize", "launchready", "os")
    shop.commit({f"{name}.py": planted for name in modules}, "Plant")
    shop.commit({".git-helper": "x"})
    poison = "\n".join(
        [
            'echo "PYTHONPATH=$GITHUB_WORKSPACE" >> "$GITHUB_ENV"',
            'echo "PYTHONSTARTUP=$GITHUB_WORKSPACE/click.py" >> "$GITHUB_ENV"',
            'echo "PYTHONUSERBASE=$GITHUB_WORKSPACE" >> "$GITHUB_ENV"',
            'echo "PYTHONHOME=$GITHUB_WORKSPACE" >> "$GITHUB_ENV"',
            'echo "LAUNCHREADY_REPORT_FOLDER=$GITHUB_WORKSPACE" >> "$GITHUB_ENV"',
            'echo "LAUNCHREADY_CONFIG=nowhere.yml" >> "$GITHUB_ENV"',
        ]
    )
    run = job.run(shop, {"run": poison}, {"id": "scan", "uses": PUBLISHED})
    assert verdict(run.steps["scan"]) == PASSED, run.log
    assert not marker.exists()


@pytest.fixture
def source_tree(tmp_path: Path) -> Repository:
    """This repository, with the actions as they are generated now."""
    repository = Repository.at(tmp_path / "launchready")
    for part in ("src", "actions", "requirements"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, repository.path / part, ignore=ignored)
    repository.commit(action_files(), "Source")
    return repository


@pytest.fixture
def job_with_packages(dist: Path, path_with: Callable[..., str], tmp_path: Path) -> Job:
    """A runner whose Python has the locked packages, as after `make`."""
    return Job(dist=dist, path=path_with(python3=Path(sys.executable)), folder=tmp_path)


@pytest.mark.parametrize("uses", ["./", "./actions/secret-scan"])
def test_the_source_tree_is_an_action_too(
    uses: str, source_tree: Repository, shop: Repository, job_with_packages: Job
) -> None:
    shop.commit({"pay.py": f'key = "{secret("source")}"\n'})
    run = job_with_packages.run(
        source_tree,
        {"run": f'git clone --quiet "{shop.path}" shop'},
        {"id": "scan", "uses": uses, "with": {"directory": "shop"}},
    )
    assert verdict(run.steps["scan"]) == (False, "failed", "1", "1"), run.log
    seen_by_the_runner(run.steps["scan"])


def test_env_lint_reads_code_in_its_action(
    source_tree: Repository, shop: Repository, job_with_packages: Job
) -> None:
    code = """const url = process.env.TAX_SERVICE_URL, key = process.env.TAX_KEY;
    if (!url || !key) throw new Error("the tax service is not set up");
    export const tax = new Tax(url, key);
    """
    shop.commit({"src/tax.ts": code, ".env.example": "TAX_KEY=\n", ".gitignore": ".env\n"})
    run = job_with_packages.run(
        source_tree,
        {"run": f'git clone --quiet "{shop.path}" shop'},
        {"id": "lint", "uses": "./actions/env-lint", "with": {"directory": "shop"}},
    )
    step = run.steps["lint"]
    assert verdict(step) == (False, "failed", "1", "1"), run.log
    (annotation,) = seen_by_the_runner(step).annotations
    assert (annotation.properties["file"], annotation.properties["line"]) == (
        "shop/src/tax.ts",
        "1",
    )

"""What `init` writes runs as it stands: a gate that is green, and one that is red."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.actions.act import ActRun, run_workflow
from tests.actions.test_act import secret
from tests.integration.command import launchready
from tests.repository import Repository

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="act runs jobs on this machine's own bash on Linux only"
)
WORKFLOW = ".github/workflows/launchready.yml"


@pytest.fixture
def run(
    dist: Path, bare_python: Path, path_with: Callable[..., str], tmp_path: Path
) -> Callable[[Repository], ActRun]:
    """Runs the workflow that a repository has, with the published names served from here."""
    path = path_with(python3=bare_python)

    def act(repository: Repository) -> ActRun:
        steps = ("secret-scan", "env-lint")
        trees = {f"launchready/{step}@v1": dist / "actions" / step for step in steps}
        workflow = repository.path / WORKFLOW
        return run_workflow(
            repository.path, workflow, folder=tmp_path / "act", path=path, actions=trees
        )

    return act


@pytest.mark.parametrize(("line", "code"), [("pass", 0), ("key = '<secret>'", 1)])
def test_the_gate_says_what_the_steps_said(
    run: Callable[[Repository], ActRun], tmp_path: Path, line: str, code: int
) -> None:
    repository = Repository.at(tmp_path / "shop")
    repository.commit({"app.sql.txt": "plain\n"})
    assert launchready("init", "--yes", folder=repository.path).code == 0
    repository.commit({"pay.txt": line.replace("<secret>", secret("init")) + "\n"})
    done = run(repository)
    words = f"{'success' if code == 0 else 'failure'} success"
    assert (done.code, f"secret-scan, env-lint: {words}" in done.log) == (code, True), done.log

"""GitHub Actions: a rollback is one more run of the workflow that deploys."""

from typing import Any, ClassVar

from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, COMMIT_OF, GOOD, State


class GithubState(State):
    """One workflow; its runs in the order in which they started. It was deployed by pushes so far.

    `conclusion` is how a dispatched run ends; `is_named` says that its name tells the commit.
    """

    ids: ClassVar[dict[str, str]] = {GOOD: COMMIT_OF[GOOD], BAD: COMMIT_OF[BAD]}
    conclusion = "success"
    is_named = True

    def __init__(self) -> None:
        super().__init__()
        self.building = ["103"]
        self.runs: list[dict[str, Any]] = []
        self.runs += [
            self.run(101, "ship it", COMMIT_OF[GOOD], "push", "success"),
            self.run(102, "broke it", COMMIT_OF[BAD], "push", "success"),
            self.run(103, "next", "c" * 40, "push", None),
        ]

    def run(
        self, number: int, title: str, sha: str, event: str, conclusion: str | None
    ) -> dict[str, Any]:
        """A run as GitHub tells it."""
        return {
            "id": number,
            "display_title": title,
            "head_sha": sha,
            "head_branch": "main",
            "event": event,
            "status": "completed" if conclusion else "in_progress",
            "conclusion": conclusion,
            "run_started_at": f"2026-11-01T10:{number % 100:02}:00Z",
        }

    def get_workflow(self, asked: Matched) -> tuple[int, Any]:
        return 200, {"id": 1, "state": "disabled_manually" if self.is_pinned else "active"}

    def list_runs(self, asked: Matched) -> tuple[int, Any]:
        wanted = asked.query.get("status")
        found = [each for each in reversed(self.runs) if wanted in (None, each["conclusion"])]
        return 200, {"total_count": len(found), "workflow_runs": found}

    def cancel_run(self, asked: Matched) -> tuple[int, Any]:
        (run,) = (each for each in self.runs if str(each["id"]) == asked.path["run"])
        run |= {"status": "completed", "conclusion": "cancelled"}
        self.building.remove(asked.path["run"])
        return 202, {}

    def begun(self, commit: str, event: str) -> int:
        """A run that deploys `commit`, from the branch's tip."""
        conclusion = None if self.is_stuck else "success" if self.is_idle else self.conclusion
        title = f"deploy -> {commit}" if self.is_named and not self.is_idle else "deploy"
        number = 101 + len(self.runs)
        if conclusion == "success" and self.is_named:
            self.go_back(commit)
        self.runs.append(self.run(number, title, "c" * 40, event, conclusion))
        return number

    def dispatch_workflow(self, asked: Matched) -> tuple[int, Any]:
        number = self.begun(asked.body["inputs"]["target"], "workflow_dispatch")
        if not asked.body.get("return_run_details"):
            return 204, None
        url = f"https://github.example/runs/{number}"
        return 200, {"workflow_run_id": number, "run_url": url, "html_url": url}

    def dispatch_repository(self, asked: Matched) -> tuple[int, Any]:
        self.begun(asked.body["client_payload"]["target"], "repository_dispatch")
        return 204, None

    def disable_workflow(self, asked: Matched) -> tuple[int, Any]:
        self.is_pinned = True
        return 204, None

    def enable_workflow(self, asked: Matched) -> tuple[int, Any]:
        self.is_pinned = False
        return 204, None

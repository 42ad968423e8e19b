"""Vercel: a rollback is a job on the project's aliases."""

from typing import Any, ClassVar

from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, GOOD, State


class VercelState(State):
    """One project."""

    ids: ClassVar[dict[str, str]] = {GOOD: "dpl_good", BAD: "dpl_bad"}

    def __init__(self) -> None:
        super().__init__()
        self.job: dict[str, Any] | None = None

    def project(self) -> dict[str, Any]:
        """The project as it is now."""
        return {
            "id": "prj_shop",
            "name": "shop",
            "autoAssignCustomDomains": not self.is_pinned,
            "targets": {
                "production": {
                    "id": self.live,
                    "readyState": "READY",
                    "createdAt": 1795000000000,
                    "meta": {"githubCommitSha": self.commit(self.live)},
                }
            },
            "lastAliasRequest": self.job,
        }

    def get_project(self, asked: Matched) -> tuple[int, Any]:
        return 200, self.project()

    def update_project(self, asked: Matched) -> tuple[int, Any]:
        self.is_pinned = not asked.body["autoAssignCustomDomains"]
        return 200, self.project()

    def get_deployments(self, asked: Matched) -> tuple[int, Any]:
        is_ready = asked.query["state"] == "READY"
        ids = self.ids.values() if is_ready else self.building
        found = [self.listed(each, "READY" if is_ready else "BUILDING") for each in ids]
        wanted = asked.query.get("sha")
        found = [d for d in found if wanted in (None, d["meta"]["githubCommitSha"])]
        return 200, {"deployments": found, "pagination": {"count": len(found)}}

    def cancel_deployment(self, asked: Matched) -> tuple[int, Any]:
        self.building.remove(asked.path["id"])
        return 200, {"id": asked.path["id"], "readyState": "CANCELED"}

    def request_rollback(self, asked: Matched) -> tuple[int, Any]:
        before, target = self.live, asked.path["deploymentId"]
        if not self.go_back(target):
            return 422, {"error": {"code": "no_such_deployment", "message": "cannot roll back"}}
        self.is_pinned = True
        self.job = {
            "fromDeploymentId": before,
            "toDeploymentId": target,
            "jobStatus": "in-progress" if self.is_stuck else "succeeded",
            "requestedAt": 1795000000000,
            "type": "rollback",
        }
        return 201, None

    def listed(self, name: str, state: str) -> dict[str, Any]:
        """A deployment as the list tells it."""
        return {
            "uid": name,
            "name": "shop",
            "url": f"{name.replace('_', '-')}.vercel.app",
            "created": 1795000000000,
            "type": "LAMBDAS",
            "creator": {"uid": "u"},
            "inspectorUrl": None,
            "readyState": state,
            "isRollbackCandidate": True,
            "meta": {"githubCommitSha": self.commit(name)},
        }

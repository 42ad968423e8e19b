"""Coolify: images on a server, and a queue of deployments."""

from typing import Any, ClassVar

from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, COMMIT_OF, GOOD, State


class CoolifyState(State):
    """One application. `ends` is how a rollback's deployment ends."""

    ids: ClassVar[dict[str, str]] = {GOOD: COMMIT_OF[GOOD], BAD: COMMIT_OF[BAD]}
    ends = "finished"

    def __init__(self) -> None:
        super().__init__()
        self.building = ["dep2"]
        self.queue: list[dict[str, Any]] = []
        self.queued(COMMIT_OF[BAD], "finished")
        self.queued("c" * 40, "in_progress")

    def queued(self, commit: str, status: str, *, is_rollback: bool = False) -> dict[str, Any]:
        """A new deployment."""
        number = len(self.queue) + 1
        made = {
            "deployment_uuid": f"dep{number}",
            "status": status,
            "commit": commit,
            "rollback": is_rollback,
            "created_at": f"2026-11-01T10:{number:02}:00.000000Z",
        }
        self.queue.append(made)
        return made

    def list_images(self, asked: Matched) -> tuple[int, Any]:
        at = "2026-11-01 10:00:00"
        images = [
            {"tag": each, "created_at": at, "is_current": each == self.live}
            for each in self.ids.values()
        ]
        return 200, {"current": self.live, "images": images}

    def rollback(self, asked: Matched) -> tuple[int, Any]:
        commit = asked.body["commit"]
        if commit not in self.ids.values():
            return 422, {"message": "no such image"}
        if self.ends == "finished":
            self.go_back(commit)
        status = "in_progress" if self.is_stuck else self.ends
        made = self.queued(commit, status, is_rollback=True)
        return 200, {"message": "queued", "deployment_uuid": made["deployment_uuid"]}

    def update_application(self, asked: Matched) -> tuple[int, Any]:
        self.is_pinned = not asked.body["is_auto_deploy_enabled"]
        return 200, {"uuid": asked.path["uuid"]}

    def list_deployments(self, asked: Matched) -> tuple[int, Any]:
        return 200, {"count": len(self.queue), "deployments": self.queue}

    def cancel_deployment(self, asked: Matched) -> tuple[int, Any]:
        uuid = asked.path["uuid"]
        (found,) = (each for each in self.queue if each["deployment_uuid"] == uuid)
        found["status"] = "cancelled-by-user"
        self.building.remove(uuid)
        return 200, {"deployment_uuid": uuid, "status": "cancelled-by-user"}

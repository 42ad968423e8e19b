"""Render: every rollback is a deploy of its own, with the commit of the target."""

from typing import Any, ClassVar

from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, GOOD, State


class RenderState(State):
    """One service. `made` are the deploys that rollbacks made, by id: target and status."""

    ids: ClassVar[dict[str, str]] = {GOOD: "dep-good", BAD: "dep-bad"}

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, tuple[str, str]] = {}

    def deploy(self, name: str) -> dict[str, Any]:
        """A deploy as the API tells it."""
        target, status = self.made.get(name, (name, "deactivated"))
        status = "live" if name == self.live else status
        return {
            "id": name,
            "status": "build_in_progress" if name in self.building else status,
            "trigger": "rollback" if name in self.made else "new_commit",
            "commit": {"id": super().commit(target)},
            "createdAt": "2026-11-01T10:00:00Z",
        }

    def commit(self, target: str) -> str:
        return super().commit(self.made.get(target, (target, ""))[0])

    def retrieve_service(self, asked: Matched) -> tuple[int, Any]:
        return 200, {"id": "srv-shop", "autoDeploy": "no" if self.is_pinned else "yes"}

    def update_service(self, asked: Matched) -> tuple[int, Any]:
        self.is_pinned = asked.body["autoDeploy"] == "no"
        return self.retrieve_service(asked)

    def list_deploys(self, asked: Matched) -> tuple[int, Any]:
        names = [*self.building, *reversed(self.made), *reversed(self.ids.values())]
        states = asked.query["status"].split(",")
        found = [each for each in map(self.deploy, names) if each["status"] in states]
        return 200, [{"cursor": each["id"], "deploy": each} for each in found]

    def retrieve_deploy(self, asked: Matched) -> tuple[int, Any]:
        name = asked.path["deployId"]
        if name not in {*self.ids.values(), *self.made, *self.building}:
            return 404, {"id": "req", "message": "not found"}
        return 200, self.deploy(name)

    def cancel_deploy(self, asked: Matched) -> tuple[int, Any]:
        self.building.remove(asked.path["deployId"])
        return 200, {**self.deploy(asked.path["deployId"]), "status": "canceled"}

    def rollback_deploy(self, asked: Matched) -> tuple[int, Any]:
        target = asked.body["deployId"]
        if target not in self.ids.values():
            return 404, {"id": "req", "message": "not found"}
        name = f"dep-back{len(self.made)}"
        self.made[name] = target, "update_in_progress" if self.is_stuck else "deactivated"
        if not (self.is_stuck or self.is_idle):
            self.live = name
        return 201, self.deploy(name)

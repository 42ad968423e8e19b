"""Railway: a rollback answers true, and makes a deployment with the commit of the target."""

from typing import Any, ClassVar

from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, GOOD, State


class RailwayState(State):
    """One service. `made` are the deployments that rollbacks made, by id: target and status."""

    ids: ClassVar[dict[str, str]] = {GOOD: "d-1-good", BAD: "d-2-bad"}

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, tuple[str, str]] = {}

    def commit(self, target: str) -> str:
        return super().commit(self.made.get(target, (target, ""))[0])

    def deployment(self, name: str) -> dict[str, Any]:
        """A deployment as the API tells it."""
        names = [*self.ids.values(), *self.made, *self.building]
        status = self.made.get(name, ("", "REMOVED"))[1]
        status = "SUCCESS" if name == self.live else status
        return {
            "id": name,
            "status": "BUILDING" if name in self.building else status,
            "createdAt": f"2026-11-{names.index(name) + 1:02}T10:00:00.000Z",
            "url": None,
            "canRollback": name in self.ids.values(),
            "meta": {"commitHash": self.commit(name)},
        }

    def active(self, asked: Matched) -> tuple[int, Any]:
        found = [self.deployment(self.live)]
        return 200, {"data": {"serviceInstance": {"activeDeployments": found}}}

    def listed(self, asked: Matched) -> tuple[int, Any]:
        wanted = asked.body["variables"]["input"].get("status", {}).get("in")
        names = [*self.building, *self.made, *self.ids.values()]
        found = [self.deployment(each) for each in names]
        found = [each for each in found if wanted is None or each["status"] in wanted]
        return 200, {"data": {"deployments": {"edges": [{"node": each} for each in found]}}}

    def cancel(self, asked: Matched) -> tuple[int, Any]:
        self.building.remove(asked.body["variables"]["id"])
        return 200, {"data": {"deploymentCancel": True}}

    def back(self, asked: Matched) -> tuple[int, Any]:
        target = asked.body["variables"]["id"]
        if target not in self.ids.values():
            return 200, {"errors": [{"message": "Deployment not found"}], "data": None}
        name = f"d-{len(self.made) + 3}-back"
        self.made[name] = target, "DEPLOYING" if self.is_stuck else "REMOVED"
        if not (self.is_stuck or self.is_idle):
            self.live = name
        self.building = []
        return 200, {"data": {"deploymentRollback": True}}

    def assign(self, asked: Matched) -> tuple[int, Any]:
        is_on = asked.body["variables"]["input"]["enabled"]
        self.is_pinned = not is_on
        return 200, {"data": {"serviceInstanceAutoDeployUpdate": {"enabled": is_on}}}

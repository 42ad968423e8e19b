"""Cloud Run: a service whose traffic goes to one of its revisions."""

from typing import Any, ClassVar

from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, GOOD, State

LATEST = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
PLACE = "projects/shop/locations/europe-west1/services/web"


class CloudRunState(State):
    """One service. `condition` is how it stands, `broken` a revision that never became ready."""

    ids: ClassVar[dict[str, str]] = {GOOD: "web-00001-abc", BAD: "web-00002-def"}
    condition = "CONDITION_SUCCEEDED"
    broken = ""

    def __init__(self) -> None:
        super().__init__()
        self.building = []
        self.traffic: list[dict[str, Any]] = [
            {"type": LATEST, "percent": 100},
            {"type": LATEST, "tag": "next"},
        ]
        self.serving = {self.live: 100}

    def get_service(self, asked: Matched) -> tuple[int, Any]:
        serving = self.serving if self.live in self.serving else {self.live: 100}
        return 200, {
            "name": PLACE,
            "reconciling": self.is_stuck,
            "traffic": self.traffic,
            "trafficStatuses": [
                {"type": LATEST, "revision": name, "percent": percent}
                for name, percent in serving.items()
            ],
            "terminalCondition": {"state": self.condition, "reason": "HEALTH_CHECK"},
        }

    def patch_service(self, asked: Matched) -> tuple[int, Any]:
        first, *tags = asked.body["traffic"]
        if tags != [{"type": LATEST, "tag": "next"}]:
            return 400, {"error": {"message": "the tag is gone"}}
        if first["type"] != LATEST and first["revision"] not in self.ids.values():
            return 400, {"error": {"message": "no such revision"}}
        if not self.is_idle:
            self.traffic = asked.body["traffic"]
            self.is_pinned = first["type"] != LATEST
        if self.is_pinned and self.condition != "CONDITION_FAILED":
            self.go_back(first["revision"])
        return 200, {"name": "operations/1", "done": False}

    def revision(self, name: str) -> dict[str, Any]:
        """A revision as it is told."""
        state = "CONDITION_FAILED" if name == self.broken else "CONDITION_SUCCEEDED"
        return {
            "name": f"{PLACE}/revisions/{name}",
            "createTime": "2026-11-01T10:00:00.123456Z",
            "labels": {"commit-sha": self.commit(name)},
            "conditions": [{"type": "Ready", "state": state}],
        }

    def list_revisions(self, asked: Matched) -> tuple[int, Any]:
        return 200, {"revisions": [self.revision(each) for each in self.ids.values()]}

    def get_revision(self, asked: Matched) -> tuple[int, Any]:
        name = asked.path["revision"]
        if name not in self.ids.values():
            return 404, {"error": {"message": "not found"}}
        return 200, self.revision(name)

"""An endpoint of one's own."""

from typing import Any

from tests.hosting.contract import Matched
from tests.hosting.fake import State


class HttpState(State):
    """One app."""

    def told(self, name: str) -> dict[str, Any]:
        """A release as it tells it."""
        return {"number": name, "sha": self.commit(name), "at": "2026-11-01T10:00:00Z"}

    def current(self, asked: Matched) -> tuple[int, Any]:
        return 200, {"live": self.told(self.live)}

    def releases(self, asked: Matched) -> tuple[int, Any]:
        return 200, [self.told(each) for each in self.ids.values()]

    def builds(self, asked: Matched) -> tuple[int, Any]:
        return 200, {"running": [self.told(each) for each in self.building]}

    def cancel(self, asked: Matched) -> tuple[int, Any]:
        self.building.remove(asked.path["number"])
        return 204, None

    def rollback(self, asked: Matched) -> tuple[int, Any]:
        self.go_back(asked.body["release"])
        return 202, {"id": "job_1"}

    def pin(self, asked: Matched) -> tuple[int, Any]:
        self.is_pinned = True
        return 204, None

    def unpin(self, asked: Matched) -> tuple[int, Any]:
        self.is_pinned = False
        return 204, None

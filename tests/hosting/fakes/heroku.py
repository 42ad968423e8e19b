"""Heroku: a row of releases; config changes and rollbacks are releases too."""

from typing import Any, ClassVar

from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, GOOD, State

_BUILD = "0b000000-0000-4000-8000-00000000000b"


def _id(version: int) -> str:
    return f"00000000-0000-4000-8000-{version:012}"


class HerokuState(State):
    """One app: v1 is good, v2 is bad. `releases` are their slugs, by version."""

    ids: ClassVar[dict[str, str]] = {GOOD: _id(1), BAD: _id(2)}

    def __init__(self) -> None:
        super().__init__()
        self.building = [_BUILD]
        self.slugs = {1: _id(901), 2: _id(902)}
        self.said = {1: "Deploy aaaaaaaa", 2: "Deploy bbbbbbbb"}
        self.pending: set[int] = set()

    def commit(self, target: str) -> str:
        root = _id(int(self.slugs[int(target[-12:])][-12:]) - 900)
        return super().commit(root)

    def release(self, version: int) -> dict[str, Any]:
        """A release as the API tells it."""
        is_pending = version in self.pending
        return {
            "id": _id(version),
            "version": version,
            "status": "pending" if is_pending else "succeeded",
            "current": self.live == _id(version),
            "eligible_for_rollback": not is_pending,
            "description": self.said[version],
            "created_at": "2026-11-01T10:00:00Z",
            "slug": {"id": self.slugs[version]},
        }

    def release_list(self, asked: Matched) -> tuple[int, Any]:
        return 206, [self.release(each) for each in reversed(self.slugs)]

    def release_rollback(self, asked: Matched) -> tuple[int, Any]:
        target = next((v for v in self.slugs if _id(v) == asked.body["release"]), None)
        if target is None:
            return 404, {"id": "not_found", "message": "Couldn't find that release."}
        version = max(self.slugs) + 1
        self.slugs[version] = self.slugs[target]
        self.said[version] = f"Rollback to v{target}"
        if self.is_stuck:
            self.pending.add(version)
        elif not self.is_idle:
            self.live = _id(version)
        return 201, self.release(version)

    def slug_info(self, asked: Matched) -> tuple[int, Any]:
        version = int(asked.path["slug"][-12:]) - 900
        return 200, {"id": asked.path["slug"], "commit": super().commit(_id(version))}

    def build_list(self, asked: Matched) -> tuple[int, Any]:
        done = {"id": _id(800), "status": "succeeded"}
        return 200, [*({"id": each, "status": "pending"} for each in self.building), done]

    def build_cancel(self, asked: Matched) -> tuple[int, Any]:
        self.building.remove(asked.path["build"])
        return 200, {"id": asked.path["build"], "status": "failed"}

"""Netlify: a site publishes one of its deploys, and may lock it."""

from typing import Any, ClassVar

from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, GOOD, State


class NetlifyState(State):
    """One site, with a preview that must never be taken for production."""

    ids: ClassVar[dict[str, str]] = {GOOD: "6b00good", BAD: "6b00bad"}

    def deploy(self, name: str, **more: Any) -> dict[str, Any]:
        """A deploy as the API tells it."""
        return {
            "id": name,
            "state": "building" if name in self.building else "ready",
            "commit_ref": self.commit(name),
            "context": "production",
            "created_at": "2026-11-01T10:00:00.000Z",
            "deploy_ssl_url": f"https://{name}--shop.netlify.app",
            "locked": self.is_pinned and name == self.live,
            **more,
        }

    def get_site(self, asked: Matched) -> tuple[int, Any]:
        return 200, {"id": "shop", "published_deploy": self.deploy(self.live)}

    def list_site_deploys(self, asked: Matched) -> tuple[int, Any]:
        previews = [
            self.deploy("6b00view", context="deploy-preview", commit_ref=self.commit(each))
            for each in self.ids.values()
        ]
        preview = self.deploy("6b00busy", context="deploy-preview", state="building")
        first = [preview, *previews, *(self.deploy(each) for each in self.building)]
        # The good one is far back: on the second page.
        first += [self.deploy("6b00old", state="error")] * (100 - len(first))
        second = [self.deploy(each) for each in reversed(self.ids.values())]
        return 200, first if asked.query.get("page", "1") == "1" else second

    def get_site_deploy(self, asked: Matched) -> tuple[int, Any]:
        name = asked.path["deploy_id"]
        if name == "6b00view":
            return 200, self.deploy(name, context="deploy-preview")
        if name not in (*self.ids.values(), *self.building):
            return 404, {"code": 404, "message": "Not Found"}
        return 200, self.deploy(name)

    def restore_site_deploy(self, asked: Matched) -> tuple[int, Any]:
        name = asked.path["deploy_id"]
        if not self.go_back(name):
            return 404, {"code": 404, "message": "Not Found"}
        return 201, self.deploy(name)

    def cancel_site_deploy(self, asked: Matched) -> tuple[int, Any]:
        self.building.remove(asked.path["deploy_id"])
        return 201, self.deploy(asked.path["deploy_id"], state="error")

    def lock_deploy(self, asked: Matched) -> tuple[int, Any]:
        self.is_pinned = asked.path["deploy_id"] == self.live
        return 200, self.deploy(asked.path["deploy_id"])

    def unlock_deploy(self, asked: Matched) -> tuple[int, Any]:
        self.is_pinned = False
        return 200, self.deploy(asked.path["deploy_id"])

"""Cloudflare Pages: a project with a canonical deployment."""

from typing import Any, ClassVar

from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, GOOD, State


class PagesState(State):
    """One project that is built from pushes."""

    ids: ClassVar[dict[str, str]] = {GOOD: "0a00-good", BAD: "0b00-bad"}

    def deployment(self, name: str) -> dict[str, Any]:
        """A deployment as the API tells it."""
        is_building = name in self.building
        status = "active" if is_building else "failure" if name == "0c00-odd" else "success"
        return {
            "id": name,
            "environment": "preview" if name == "0d00-view" else "production",
            "url": f"https://{name}.shop.pages.dev",
            "created_on": "2026-11-01T10:00:00.123456Z",
            "latest_stage": {"name": "build" if is_building else "deploy", "status": status},
            "deployment_trigger": {"metadata": {"commit_hash": self.commit(name)}},
        }

    def get_project(self, asked: Matched) -> tuple[int, Any]:
        config = {"production_deployments_enabled": not self.is_pinned}
        return 200, enveloped(
            {
                "name": "shop",
                "canonical_deployment": self.deployment(self.live),
                "source": {"type": "github", "config": config},
            }
        )

    def edit_project(self, asked: Matched) -> tuple[int, Any]:
        config = asked.body["source"]["config"]
        self.is_pinned = not config["production_deployments_enabled"]
        return self.get_project(asked)

    def list_deployments(self, asked: Matched) -> tuple[int, Any]:
        first = [*self.building, *["0c00-odd"] * (25 - len(self.building))]
        names = first if asked.query["page"] == "1" else list(self.ids.values())
        return 200, enveloped([self.deployment(each) for each in names])

    def get_deployment(self, asked: Matched) -> tuple[int, Any]:
        name = asked.path["deployment_id"]
        if name not in (*self.ids.values(), "0c00-odd", "0d00-view"):
            return 404, refused(8000009, "The deployment ID you have specified does not exist.")
        return 200, enveloped(self.deployment(name))

    def rollback_deployment(self, asked: Matched) -> tuple[int, Any]:
        name = asked.path["deployment_id"]
        if not self.go_back(name):
            return 404, refused(8000009, "The deployment ID you have specified does not exist.")
        return 200, enveloped(self.deployment(name))


def enveloped(result: Any) -> dict[str, Any]:
    """An answer as Cloudflare gives all."""
    return {"success": True, "errors": [], "messages": [], "result": result}


def refused(code: int, words: str) -> dict[str, Any]:
    """A refusal as Cloudflare gives all."""
    errors = [{"code": code, "message": words}]
    return {"success": False, "errors": errors, "messages": [], "result": None}

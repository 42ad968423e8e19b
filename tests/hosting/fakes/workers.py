"""Cloudflare Workers: deployments that send traffic to versions; the first one is live."""

from typing import Any, ClassVar

from tests.hosting.contract import Matched
from tests.hosting.fake import BAD, COMMIT_OF, GOOD, State
from tests.hosting.fakes.pages import enveloped, refused


class WorkersState(State):
    """One script. `rest` is the part of the traffic that stays where it was, in per cent."""

    ids: ClassVar[dict[str, str]] = {GOOD: "18f97339-good", BAD: "bcf48806-bad"}

    def __init__(self) -> None:
        super().__init__()
        self.building = []
        self.rest = 0

    def split(self, **parts: int) -> dict[str, Any]:
        """A deployment as the API tells it."""
        versions = [{"version_id": n, "percentage": each} for n, each in parts.items() if each]
        return {"id": "dc78f0bc", "strategy": "percentage", "versions": versions}

    def list_deployments(self, asked: Matched) -> tuple[int, Any]:
        before = next(each for each in self.ids.values() if each != self.live)
        live = self.split(**{before: self.rest, self.live: 100 - self.rest})
        return 200, enveloped({"deployments": [live, self.split(**{before: 100})]})

    def list_versions(self, asked: Matched) -> tuple[int, Any]:
        tags = {each: self.commit(each) for each in self.ids.values()}
        # The good commit was uploaded again, and never got any traffic.
        tags = {"18f97339-idle": COMMIT_OF[GOOD]} | tags
        versions = [
            {
                "id": name,
                "metadata": {"created_on": "2026-11-01T10:00:00.123456Z"},
                "annotations": {"workers/tag": tag},
            }
            for name, tag in tags.items()
        ]
        return 200, enveloped({"items": versions})

    def create_deployment(self, asked: Matched) -> tuple[int, Any]:
        (version,) = asked.body["versions"]
        self.rest = 25 if self.is_stuck else 0
        if self.is_stuck:
            self.live = version["version_id"]
        elif not self.go_back(version["version_id"]):
            return 400, refused(10220, "a secret was changed since")
        return 200, enveloped({**asked.body, "id": "dc78f0bd"})

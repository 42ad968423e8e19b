"""One run against one site: the plan, the client, and pages that are fetched once for all areas."""

from threading import Lock

from launchready.facts.web import Journey, Request
from launchready.gateways import Gateways
from launchready.gateways.web.client import Client
from launchready.steps.smoke_test.plan import Plan
from launchready.steps.smoke_test.settings import SmokeTestSettings


class Session:
    """What every area is given. Areas run at once, each in a thread of its own."""

    def __init__(
        self, settings: SmokeTestSettings, plan: Plan, client: Client, gateways: Gateways
    ) -> None:
        self.settings = settings
        self.plan = plan
        self.client = client
        self.gateways = gateways
        self._pages: dict[str, Journey] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def page(self, url: str) -> Journey:
        """The journey from an address as an anonymous visitor; asked once in a run."""
        with self._lock:
            lock = self._locks.setdefault(url, Lock())
        with lock:
            if url not in self._pages:
                self._pages[url] = self.client.follow(Request(url=url))
            return self._pages[url]

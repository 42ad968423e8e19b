"""One run against one site: the plan, the client, and pages that are fetched once for all areas."""

from threading import Lock

from launchready.facts.web import Journey, Request
from launchready.gateways import Gateways
from launchready.gateways.web.client import Client
from launchready.steps.smoke_test.plan import Plan
from launchready.steps.smoke_test.settings import Area, SmokeTestSettings

MOST_OF_A_FILE = 8 << 20  # bytes; the largest bundles that people really deliver are of 5 MB
_MOST_OF_ALL = 40 << 20
_LITTLE = 256 << 10


class Session:
    """What every area is given. Areas run at once, each in a thread of its own.

    `has_failed` says, to those that run after the others, that a route or a flow is not right.
    """

    def __init__(
        self, settings: SmokeTestSettings, plan: Plan, client: Client, gateways: Gateways
    ) -> None:
        self.settings = settings
        self.plan = plan
        self.client = client
        self.gateways = gateways
        self.has_failed = False
        self._pages: dict[str, Journey] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()
        self._held = 0

    @property
    def has_browser(self) -> bool:
        """Whether the pages are opened in a browser as well."""
        return self.settings.browser and Area.BROWSER not in self.settings.skip

    def knows(self, url: str) -> bool:
        """Whether an address was asked as a page or file, so that what is wrong is told."""
        return url in self._pages

    def page(self, url: str) -> Journey:
        """The journey from an address as an anonymous visitor; asked once in a run.

        Of a file at most 8 MiB are kept, and little more than 40 of all.
        """
        with self._lock:
            lock = self._locks.setdefault(url, Lock())
        with lock:
            if url not in self._pages:
                self._pages[url] = self._asked(url)
            return self._pages[url]

    def _asked(self, url: str) -> Journey:
        most = MOST_OF_A_FILE if self._held < _MOST_OF_ALL else _LITTLE
        journey = self.client.follow(Request(url=url, most_bytes=most))
        with self._lock:
            self._held += sum(len(hop.response.body) for hop in journey if hop.response)
        return journey

"""Whether a finding is accepted, by whom and why; and which suppressions were of use."""

import datetime
from collections import Counter
from collections.abc import Iterable

from launchready.model import FileLocation, Finding, Suppression
from launchready.policy.fingerprint import DEFAULT_KEY, fingerprint
from launchready.policy.ignores import Hit, Ignores
from launchready.policy.markers import OURS, accepts, label_of
from launchready.policy.settings import IgnoreEntry

IGNORE_ENTRY = "ignore entry"
"""What a report calls an entry of the config."""

UsedMarker = tuple[str, int, str]
"""Path, line and rule of an inline suppression of ours that accepted a finding."""


class Acceptance:
    """Asks inline markers, then `ignore` entries, and keeps count of what was used.

    `honours` names the tools whose markers count beside ours. `key` is the fingerprints' key.
    """

    def __init__(
        self,
        *,
        honours: frozenset[str],
        entries: Iterable[IgnoreEntry],
        today: datetime.date,
        key: bytes,
    ) -> None:
        self._honours = honours | {OURS}
        self._ignores = Ignores(entries, today)
        self._asks_default_key = key != DEFAULT_KEY and self._ignores.ask_for_fingerprints
        self.used_markers: set[UsedMarker] = set()
        self.hits: Counter[Hit] = Counter()

    def find(self, finding: Finding, print_: str) -> Suppression | None:
        """Why the finding is accepted, None where nothing accepts it."""
        return self._by_marker(finding) or self.by_entry(finding, print_)

    def by_entry(self, finding: Finding, print_: str) -> Suppression | None:
        """Why the config accepts the finding, None where it does not.

        An entry may hold a fingerprint from before there was a baseline, under the default key.
        """
        files = (finding.location, *finding.places)
        paths = {place.path for place in files if isinstance(place, FileLocation)}
        prints: tuple[str, ...] = (print_,)
        if self._asks_default_key:
            prints += (fingerprint(DEFAULT_KEY, finding),)
        hit = self._ignores.find(finding.rule, paths, prints)
        if hit is None:
            return None
        self.hits[hit] += 1
        if hit.is_expired:
            return None
        return Suppression(by=IGNORE_ENTRY, reason=hit.entry.reason, until=hit.entry.until)

    def _by_marker(self, finding: Finding) -> Suppression | None:
        counting = [
            marker
            for marker in finding.markers or ()
            if marker.tool in self._honours and accepts(marker, finding.rule)
        ]
        if not counting:
            return None
        for marker in counting:
            if marker.tool == OURS:
                self.used_markers.add((marker.path, marker.line, finding.rule))
        first = max(counting, key=lambda marker: bool(marker.reason))
        return Suppression(by=label_of(first), reason=first.reason)

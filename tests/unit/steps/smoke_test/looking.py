"""One look at a site with settings made in a test: the facts, what was found, what was not seen."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.live import HOST, LiveSite

from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Finding, Looked, Told, Unchecked
from launchready.site import Site
from launchready.steps.smoke_test import STEP
from launchready.steps.smoke_test.settings import Area, SmokeTestSettings


@dataclass(frozen=True)
class Look:
    """What one run saw and found."""

    facts: tuple[object, ...]
    findings: tuple[Finding, ...]

    @property
    def rules(self) -> list[str]:
        """The rules that fired, each as often as it did."""
        return sorted(finding.rule for finding in self.findings)

    @property
    def unchecked(self) -> list[Unchecked]:
        """What could not be looked at."""
        return [fact for fact in self.facts if isinstance(fact, Unchecked)]

    @property
    def looked(self) -> dict[str, int]:
        """How much was looked at."""
        return {fact.name: fact.count for fact in self.facts if isinstance(fact, Looked)}

    @property
    def told(self) -> dict[str, Any]:
        """What was concluded."""
        return {fact.name: fact.value for fact in self.facts if isinstance(fact, Told)}


def look(
    live: LiveSite, root: Path, *areas: Area, site: Site | None = None, **settings: Any
) -> Look:
    """Look at a site's areas: the settings lead to it, and nothing is tried again."""
    given = SmokeTestSettings(
        **{
            "site": site or Site(url=f"https://{HOST}/"),
            "resolve": live.resolve,
            "ca_file": str(live.authority.ca_file),
            "skip": tuple(area for area in Area if area not in areas),
            "retries": 0,
            "timeout": 5.0,
            **settings,
        }
    )
    gateways = Gateways(root=root, git=Git(root), progress=Progress(None))
    facts = tuple(STEP.observe(given, gateways))
    findings = tuple(finding for fact in facts for finding in STEP.findings(fact, given))
    return Look(facts=facts, findings=findings)

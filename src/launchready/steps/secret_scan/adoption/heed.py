"""What a scan asks of the adopted files, and what it says of them."""

import os
from collections import Counter
from collections.abc import Iterable

from launchready.facts.secret import SecretFacts
from launchready.gateways import Gateways
from launchready.gateways.progress import Progress
from launchready.policy.markers import ADOPTED
from launchready.steps.secret_scan.adoption.accepted import Adopted
from launchready.steps.secret_scan.adoption.files import FILES
from launchready.steps.secret_scan.settings import SecretScanSettings


def adopt(settings: SecretScanSettings, gateways: Gateways) -> Adopted:
    """What the files at the top of the repository accept, if they are to be heeded."""
    if not settings.adopt or not any(map(os.path.lexists, (gateways.root / f for f in FILES))):
        return Adopted()
    from launchready.steps.secret_scan.adoption.read import read_adopted

    adopted, notes = read_adopted(gateways.root)
    for note in notes:
        gateways.progress.say(note)
    return adopted


def say_accepted(facts: Iterable[SecretFacts], progress: Progress) -> None:
    """How many findings each file accepts; they stay in the report."""
    counts: Counter[str] = Counter()
    for fact in facts:
        counts.update({marker.path for marker in fact.markers if marker.tool == ADOPTED})
    for file, count in sorted(counts.items()):
        progress.say(f"{file} accepts {count} finding{'s' if count > 1 else ''}")

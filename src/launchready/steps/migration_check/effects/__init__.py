"""What an act does to a database that is in use: locks, rewrites, scans, losses, failures."""

from launchready.facts.acts import Act
from launchready.facts.catalogue import Catalogue, Effect
from launchready.facts.migrations import SessionFacts


def effect_of(act: Act, before: Catalogue, session: SessionFacts) -> Effect:
    """The effect of an act on the relations of `before` that are not new."""
    del act, before, session
    return Effect()

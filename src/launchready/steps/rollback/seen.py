"""The fact that the rules of rollback judge: what was decided, and what came of it."""

from launchready.facts.releases import Deployment, Release
from launchready.frozen import frozen
from launchready.steps.rollback.decision import Decision
from launchready.steps.rollback.guards import Guard
from launchready.steps.rollback.machine import State


@frozen
class RollbackFacts:
    """One run. `place` is what a finding is about: the public address, or the host. `calls` are
    those that were made, or in a dry run would be. `undo` is the command that lets pushes go live.
    `untold` are the people who could not be told, and why.
    """

    place: str
    state: State
    decision: Decision
    guards: tuple[Guard, ...]
    live: Deployment
    target: Release | None
    calls: tuple[str, ...]
    is_resumed: bool = False
    untold: tuple[str, ...] = ()

    @property
    def bad(self) -> str:
        """The release that is gone back from, as a person knows it."""
        return self.state.bad.commit[:12] or self.state.bad.id

    @property
    def good(self) -> str:
        """The release that is gone back to."""
        if self.target:
            return self.target.shown
        target = self.state.target
        return (target.commit[:12] or target.id) if target else "none"

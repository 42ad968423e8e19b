"""What every host can be asked for, whatever its API looks like."""

from typing import Protocol

from launchready.facts.releases import Confirmation, Deployment
from launchready.frozen import frozen
from launchready.gateways.hosting.calls import Effect


@frozen
class Traits:
    """What differs from host to host, and what a runbook has to say of it.

    `pins_itself` says that a rollback keeps the next push from going live without a further call.
    `takes_config` says that variables and secrets go back together with the code. `is_slow`
    says that a rollback builds anew and so takes minutes. `warnings` are sentences.
    """

    title: str
    pins_itself: bool = False
    takes_config: bool = False
    is_slow: bool = False
    warnings: tuple[str, ...] = ()


class Provider(Protocol):
    """One service at one host. What only reads asks at once; what changes something is told as
    effects, which `perform` carries out one by one. All that asks raises HostError.
    """

    @property
    def traits(self) -> Traits:
        """What is special about it."""

    def current(self) -> Deployment:
        """What customers are served now."""

    def target(self, deployment: str, commit: str) -> Deployment:
        """A release's deployment, by its id, or by its commit where that is empty.

        Raises HostError with NOT_FOUND where the host cannot go back to it any more.
        """

    def in_flight(self) -> tuple[Deployment, ...]:
        """Deployments to production that are under way and would go live by themselves."""

    def cancel(self, deployment: Deployment) -> tuple[Effect, ...]:
        """How one that is in flight is stopped; nothing where the host cannot."""

    def roll_back(self, target: Deployment, why: str) -> tuple[Effect, ...]:
        """How `target` becomes what customers are served. `why` is one line for the host's log."""

    def confirm(self, target: Deployment, ticket: str) -> Confirmation:
        """How the rollback stands. `ticket` is what `perform` gave, "" where that was lost."""

    def pin(self, live: Deployment) -> tuple[Effect, ...]:
        """How the next push is kept from replacing `live`; nothing where the host cannot, or does
        so by itself. Like all that tells effects it asks nothing, so that it may be only shown.
        """

    def unpin(self, live: Deployment) -> tuple[Effect, ...]:
        """How pushes go live again, where `live` is what was kept."""

    def perform(self, effect: Effect) -> str:
        """Carry out one effect, once. The result is the host's name for the work, or ""."""

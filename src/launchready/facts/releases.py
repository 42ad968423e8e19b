"""What is known of releases: what was deployed, what a host serves, what one may go back to."""

import datetime
import enum

from launchready.frozen import frozen


class DeploymentState(enum.StrEnum):
    """How far a host is with a deployment, whatever its own word for that is."""

    READY = "ready"
    IN_FLIGHT = "in flight"
    FAILED = "failed"
    UNKNOWN = "unknown"


@frozen
class Deployment:
    """One deployment as its host tells it. `id` is the host's own name for it.

    `build` is what it serves, where that is not the deployment itself: hosts that make a new
    deployment for every rollback tell here which image, slug or commit it carries. `created` is in
    UTC, None where the host does not tell.
    """

    id: str
    commit: str = ""
    state: DeploymentState = DeploymentState.READY
    created: datetime.datetime | None = None
    build: str = ""
    url: str = ""

    @property
    def serves(self) -> str:
        """What is compared to tell whether two deployments are the same release."""
        return self.build or self.id


class Standing(enum.StrEnum):
    """How a rollback that was asked for stands, by the host's own word."""

    LIVE = "live"
    """The host serves the release that was asked for."""

    PENDING = "pending"
    """The host is at it."""

    FAILED = "failed"
    """The host has given it up."""

    NOT_TAKEN = "not taken"
    """The host knows of no work on it, and serves another release."""


@frozen
class Confirmation:
    """What a host says of a rollback. `live` is what it serves now.

    `is_pinned` says that the next push does not go live by itself; None where the host does not
    tell. `words` is the host's reason for a failure.
    """

    standing: Standing
    live: Deployment
    is_pinned: bool | None = None
    words: str = ""


class Safety(enum.StrEnum):
    """Whether the release before could run on what a release's migrations leave."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Deed(enum.StrEnum):
    """What an entry of the ledger says was done."""

    DEPLOYED = "deployed"
    VERIFIED = "verified"
    TRYING = "rolling back"
    ROLLED_BACK = "rolled back"
    STOPPED = "stopped"
    DRILLED = "drilled"
    UNPINNED = "unpinned"


@frozen
class Entry:
    """One line of the ledger. `commit`, `deployment` and `build` are the release that it is about;
    for a rollback the one that was bad, and `to` is what the target serves (`Deployment.serves`).

    `safety` and `reasons` are what migration-check said of the release's own migrations. `state`
    is the attempt as it stood, so that another run can end it. `at` is in UTC.
    """

    deed: Deed
    at: datetime.datetime
    commit: str
    deployment: str
    build: str = ""
    provider: str = ""
    who: str = ""
    words: str = ""
    safety: Safety | None = None
    reasons: tuple[str, ...] = ()
    to: str = ""
    attempt: str = ""
    state: str = ""


@frozen
class Release:
    """One release as the ledger has it. `verified` is when a green smoke test was recorded of it,
    `withdrawn` when it was rolled back from; None where neither happened.
    """

    commit: str
    deployment: str
    provider: str
    recorded: datetime.datetime
    build: str = ""
    who: str = ""
    safety: Safety | None = None
    reasons: tuple[str, ...] = ()
    verified: datetime.datetime | None = None
    withdrawn: datetime.datetime | None = None

    @property
    def shown(self) -> str:
        """How a person knows it."""
        return self.commit[:12] or self.deployment

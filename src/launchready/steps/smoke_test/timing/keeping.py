"""The history's file: read at the beginning, and written whole after a good run."""

from collections.abc import Mapping
from pathlib import Path

from launchready.errors import LaunchReadyError
from launchready.frozen import frozen
from launchready.gateways.small_files import NotReadError, read_small
from launchready.gateways.write import write_whole
from launchready.model import Unchecked
from launchready.steps.smoke_test.session import Session
from launchready.steps.smoke_test.statistics.series import Series
from launchready.steps.smoke_test.timing.history import (
    MOST_BYTES,
    Run,
    of_site,
    parse_history,
    render_history,
)


@frozen
class Earlier:
    """The runs of the file, and those on the same kind of site, which alone are compared with.

    `shown` is the file as the config names it, "" where it names none. `unchecked` says why the
    file cannot be used; it is then left as it is.
    """

    shown: str
    every: tuple[Run, ...] = ()
    runs: tuple[Run, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()

    @property
    def is_wanted(self) -> bool:
        """Whether there is a file to compare with and to keep."""
        return bool(self.shown) and not self.unchecked

    @property
    def at_once(self) -> int | None:
        """How many requests were under way in the last of the runs: times depend on it."""
        return self.runs[-1].at_once if self.runs else None

    def of(self, key: str) -> tuple[Series, ...]:
        """The samples of one route, run by run."""
        return tuple(run.routes[key] for run in self.runs if key in run.routes)


def earlier_runs(session: Session) -> Earlier:
    """Read the file that the settings name; one that is not there yet holds no run."""
    shown = session.settings.latency_history
    if not shown:
        return Earlier(shown="")
    try:
        content = read_small(_path(session, shown), MOST_BYTES)
        every = parse_history((content or b"").decode())
    except (NotReadError, ValueError) as error:
        why = "it is no text" if isinstance(error, UnicodeDecodeError) else str(error)
        broken = Unchecked(
            target=f"the latency history {shown}",
            reason=f"it cannot be used: {why}",
            hint="restore it, or delete it to begin anew; it was left as it is",
        )
        return Earlier(shown=shown, unchecked=(broken,))
    return Earlier(shown=shown, every=every, runs=of_site(every, site_of(session)))


def keep(
    session: Session, earlier: Earlier, routes: Mapping[str, Series], at_once: int
) -> tuple[str | None, Unchecked | None]:
    """Add a run to the file: its name, or why it could not be written; neither without a file."""
    routes = {key: series for key, series in routes.items() if series.samples}
    if not earlier.is_wanted or not routes:
        return None, None
    run = Run(site=site_of(session), at_once=at_once, routes=routes)
    try:
        write_whole(_path(session, earlier.shown), [render_history((*earlier.every, run))])
    except LaunchReadyError as error:
        target = f"the latency history {earlier.shown}"
        return None, Unchecked(target=target, reason=error.message, hint=error.hint)
    return earlier.shown, None


def site_of(session: Session) -> str:
    """Which runs are like this one: a preview's machines are not production's."""
    return "production" if session.plan.is_production else "preview"


def _path(session: Session, shown: str) -> Path:
    return session.gateways.root / shown

"""The explicit list of steps. A row is known without importing its step."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from launchready.frozen import frozen

if TYPE_CHECKING:
    from launchready.step import Step


@frozen
class Entry:
    """One step: its command, action and config section are called `name`.

    `summary` is one line; `module` holds the step as `STEP`. `needs_native` says that without the
    native extras there are files that it cannot look at, so that its action installs them.
    """

    name: str
    summary: str
    module: str
    needs_native: bool = False

    def load(self) -> "Step[Any]":
        """Import the step."""
        step: Step[Any] = import_module(self.module).STEP
        return step


_ENTRIES = (
    Entry(
        name="secret-scan",
        summary="Finds keys and passwords in the git history, the work tree and staged changes.",
        module="launchready.steps.secret_scan",
    ),
    Entry(
        name="env-lint",
        summary="Finds variables that environments share, lack or leak, and secrets that browsers"
        " would get.",
        module="launchready.steps.env_lint",
        needs_native=True,
    ),
    Entry(
        name="migration-check",
        summary="Finds migrations that lock tables, fail on real rows, lose data or break the"
        " running release.",
        module="launchready.steps.migration_check",
        needs_native=True,
    ),
    Entry(
        name="smoke-test",
        summary="Finds what customers would meet on the live site: broken routes, an old release,"
        " certificates, redirects, leaks, slowness.",
        module="launchready.steps.smoke_test",
        needs_native=True,
    ),
    Entry(
        name="dns-check",
        summary="Finds why visitors would not reach the domain, and which stale records strangers"
        " can take: delegation, hosts, DNSSEC, CAA, expiry.",
        module="launchready.steps.dns_check",
        needs_native=True,
    ),
    Entry(
        name="email-check",
        summary="Finds why mail would end in spam, and who may send in the domain's name: SPF,"
        " DKIM, DMARC, MX.",
        module="launchready.steps.email_check",
        needs_native=True,
    ),
    Entry(
        name="rollback",
        summary="Goes back to the last release that worked, where that is safe: a dry run unless"
        " told otherwise.",
        module="launchready.steps.rollback",
    ),
)

STEPS: Mapping[str, Entry] = MappingProxyType({entry.name: entry for entry in _ENTRIES})

"""The settings of rollback: by what is decided, where the product runs, and what is allowed."""

import dataclasses
import enum
from collections.abc import Iterator

from launchready.config.setting import Surface, setting
from launchready.frozen import frozen
from launchready.gateways.hosting.hosts import Host, named
from launchready.gateways.metrics import Metric
from launchready.gateways.notify import Notify
from launchready.site import Site
from launchready.step import Refusal

_WORKFLOW = Surface.OPTION | Surface.INPUT
_EVERYWHERE = Surface.FILE | _WORKFLOW

GRAVE = (
    "debug-page",
    "empty-page",
    "flow-fails",
    "form-does-not-submit",
    "page-needs-file-of-wrong-type",
    "page-needs-missing-file",
    "page-of-another-account",
    "page-stays-blank",
    "page-throws-error",
    "placeholder-page",
    "protected-route-open",
    "route-answers-wrong-status",
    "route-does-not-answer",
    "route-holds-wrong-content",
    "route-redirects-wrong",
)
"""The rules of smoke-test whose findings going back would mend. A certificate is not among them."""


class Migrations(enum.Enum):
    """What is demanded of migration-check before the code goes back."""

    SAFE = "safe"
    NOT_UNSAFE = "not-unsafe"
    NONE = "none"


@frozen
class RollbackSettings:
    """When to go back, and where to."""

    site: Site = dataclasses.field(default=Site())
    execute: bool = setting(
        "Do it. Without this nothing is changed: the calls that would be made are printed.",
        default=False,
        surfaces=_WORKFLOW,
    )
    judge_by: tuple[str, ...] = setting(
        "JSON reports of smoke-test and migration-check to decide by.",
        default=(),
        surfaces=_WORKFLOW,
        metavar="FILE",
        examples=(("smoke.json", "migrations.json"),),
    )
    undo: bool = setting(
        "Let pushes go live again after a rollback, in place of rolling back.",
        default=False,
        surfaces=_WORKFLOW,
    )
    drill: bool = setting(
        "Rehearse: everything up to the last call, as if the live release were bad.",
        default=False,
        surfaces=_WORKFLOW,
    )
    runbook: bool = setting(
        "Print ROLLBACK.md in place of a report: what a person does, by hand or with one command.",
        default=False,
        surfaces=Surface.OPTION,
    )
    host: Host = setting(
        "Where the product runs: exactly one of these.",
        default=Host(),
        examples=({"vercel": {"project": "prj_example"}},),
    )
    ledger: str | None = setting(
        "File in which the releases are kept; without it, a branch of the repository.",
        default=None,
        surfaces=_EVERYWHERE,
        metavar="FILE",
        examples=("/var/lib/shop/releases.jsonl",),
    )
    ledger_branch: str = setting(
        "The branch in which the releases are kept. It shares no commit with the code.",
        default="launchready-releases",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$(?!\n)",
        takes="a branch's name",
    )
    smoke_rules: tuple[str, ...] = setting(
        "The rules of smoke-test that make a release bad; findings of others do not.",
        default=GRAVE,
    )
    smoke_failures: int = setting(
        "How many of the smoke tests that are given must fail.", default=1, minimum=1
    )
    metrics: tuple[Metric, ...] = setting(
        "Where requests and errors are counted; what they say since the deploy decides too.",
        default=(),
    )
    metrics_seconds: float = setting(
        "Seconds between the three looks at the metrics.",
        default=20.0,
        minimum=0.01,
        maximum=600,
    )
    notify: tuple[Notify, ...] = setting(
        "Who is told when a rollback begins, ends or is refused.",
        default=(),
        examples=(({"by": "slack", "variable": "SLACK_WEBHOOK"},),),
    )
    github: bool = setting(
        "Record it at GitHub: a deployment with its statuses, and an issue with the timeline. Needs"
        " GITHUB_TOKEN with `deployments: write` and `issues: write`.",
        default=False,
    )
    environment: str = setting("GitHub's name of what is live.", default="production")
    migrations: Migrations = setting(
        "What migration-check must have said of the releases that are undone: `safe`, `not-unsafe`"
        " (unknown will do), or `none` where there is no database.",
        default=Migrations.SAFE,
    )
    per_release: int = setting(
        "Rollbacks from one release, at the most.", default=1, minimum=1, maximum=3
    )
    per_day: int = setting("Rollbacks in 24 hours, at the most.", default=2, minimum=1, maximum=10)
    oldest_days: int = setting(
        "How many days ago the release to go back to may have been verified.",
        default=30,
        minimum=1,
    )
    host_seconds: int = setting(
        "Seconds that the host may take.", default=180, minimum=1, maximum=3600
    )
    poll_seconds: float = setting(
        "Seconds between two looks at the host or the site.",
        default=2.0,
        minimum=0.01,
        maximum=60,
    )
    site_seconds: int = setting(
        "Seconds in which the site must be well again.", default=60, minimum=1, maximum=3600
    )


def refusals(settings: RollbackSettings) -> Iterator[Refusal]:
    """What is wrong that no type tells."""
    names = named(settings.host)
    if len(names) > 1:
        yield Refusal(setting="host", message=f"names {' and '.join(names)}; name one host")

"""`launchready release record|verify|status`: keeps the ledger that rollback goes by."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from launchready.cli.command import Offers, SettingsCommand
from launchready.cli.group import CommandGroup
from launchready.cli.options import offers_of, overrides_of, settings_from
from launchready.cli.output import tell
from launchready.cli.session import Session, prepare
from launchready.cli.settings import RunSettings
from launchready.cli.step_settings import settings_of_step
from launchready.gateways.hosting.errors import HostError
from launchready.gateways.hosting.hosts import open_host
from launchready.steps.rollback import STEP
from launchready.steps.rollback.ledger import parse_ledger
from launchready.steps.rollback.observe import run_of
from launchready.steps.rollback.recording import deployed, record, refuse_bad, status, verify
from launchready.steps.rollback.reports import Judged, read_reports
from launchready.steps.rollback.settings import RollbackSettings
from launchready.steps.rollback.stores import open_store

_COMMIT = click.Option(["--commit"], metavar="COMMIT", help="The release's commit; else HEAD.")
_DEPLOYMENT = click.Option(
    ["--deployment"], metavar="ID", help="The host's id of the deployment; else what is live."
)
_REPORTS = click.Option(
    ["--judge-by"],
    metavar="FILE",
    multiple=True,
    help="A JSON report: of migration-check to record what it says of going back, of smoke-test to"
    " verify only what passed.",
)

_Act = Callable[[RollbackSettings, Session, dict[str, Any]], list[str]]


def release_command() -> CommandGroup:
    """The group of commands about the ledger of releases."""
    return CommandGroup(
        "release",
        commands=[
            _command("record", "Write down what was deployed.", _record),
            _command("verify", "Write down that what was deployed works.", _verify),
            _command("status", "Say what is live, and what would be gone back to.", _status),
        ],
        help="Keep the ledger of releases that rollback goes by.",
    )


def _command(name: str, summary: str, act: _Act) -> click.Command:
    def run(context: click.Context, offers: Offers) -> int:
        overrides = overrides_of(context, offers)
        session = prepare(settings_from(RunSettings, overrides), (STEP,), overrides)
        tell(act(settings_of_step(session.config, STEP), session, context.params))
        return 0

    extra = () if name == "status" else (_COMMIT, _DEPLOYMENT, _REPORTS)
    return SettingsCommand(name, summary=summary, offers=_offers, run=run, extra=extra)


def _offers() -> Offers:
    names = {"config", "directory", "ledger"}
    offers = (*offers_of("", (RunSettings,)), *offers_of(STEP.name, (STEP.settings,)))
    return tuple(offer for offer in offers if offer.setting.name in names)


def _record(settings: RollbackSettings, session: Session, given: dict[str, Any]) -> list[str]:
    found = deployed(open_host(settings.host, os.environ), *_named(session, given))
    store = open_store(settings, session.gateways)
    is_new = record(store, run_of(settings), found, _judged(settings, session, given))
    said = "recorded" if is_new else "was recorded already"
    return [f"{found.commit[:12] or found.id} ({found.id}) {said}"]


def _verify(settings: RollbackSettings, session: Session, given: dict[str, Any]) -> list[str]:
    refuse_bad(_judged(settings, session, given))
    found = deployed(open_host(settings.host, os.environ), *_named(session, given))
    verify(open_store(settings, session.gateways), run_of(settings), found)
    return [f"{found.commit[:12] or found.id} ({found.id}) is verified"]


def _status(settings: RollbackSettings, session: Session, given: dict[str, Any]) -> list[str]:
    del given
    entries = parse_ledger(open_store(settings, session.gateways).read())
    provider = open_host(settings.host, os.environ)
    try:
        return [status(entries, provider.current())]
    except HostError as error:
        return [status(entries, None), str(error)]


def _named(session: Session, given: dict[str, Any]) -> tuple[str, str]:
    commit = given["commit"] or session.circumstances.target.commit or ""
    return (commit if not given["deployment"] or given["commit"] else ""), given["deployment"] or ""


def _judged(settings: RollbackSettings, session: Session, given: dict[str, Any]) -> Judged:
    paths = (Path(session.gateways.root, path) for path in given["judge_by"])
    return read_reports(paths, frozenset(settings.smoke_rules))

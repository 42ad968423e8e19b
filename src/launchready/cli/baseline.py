"""`launchready baseline`: accept what is there today, so that only new findings fail."""

import os
import secrets

import click

from launchready.cli.boundary import say
from launchready.cli.command import Offers, SettingsCommand
from launchready.cli.options import Overrides, overrides_of, settings_from
from launchready.cli.output import tell
from launchready.cli.read_baseline import read_baseline
from launchready.cli.run import common_offers
from launchready.cli.session import load_settings, open_repository, prepare
from launchready.cli.settings import RunSettings
from launchready.config.load import Override
from launchready.errors import LaunchReadyError
from launchready.gateways.ci import observe_ci
from launchready.gateways.git_process import NO_REPOSITORY
from launchready.gateways.write import write_whole
from launchready.model import Report, Unchecked
from launchready.policy.baseline import Baseline, make_baseline, prune, render_baseline
from launchready.policy.settings import OnlyNew, PolicySettings
from launchready.registry import STEPS
from launchready.reporters.escape import terminal_text


def baseline_command() -> click.Command:
    """The command that writes the baseline."""
    return SettingsCommand(
        "baseline",
        summary="Accept today's findings as known, in a file to review and commit.",
        offers=common_offers,
        run=_run,
        extra=[
            click.Option(
                ["--prune"],
                is_flag=True,
                help="Take out what is fixed and add nothing.",
            )
        ],
    )


def _run(context: click.Context, offers: Offers) -> int:
    overrides = overrides_of(context, offers)
    run = settings_from(RunSettings, overrides)
    git = open_repository(run, observe_ci(os.environ))
    if isinstance(git.state, Unchecked):
        is_elsewhere = git.state.reason == NO_REPOSITORY
        raise LaunchReadyError(
            f"there is no repository to accept findings of: {git.state.reason}",
            hint="run it in one, or name one with --directory" if is_elsewhere else git.state.hint,
        )
    steps = tuple(entry.load() for entry in STEPS.values())
    shown = load_settings(run, git.root, steps, overrides).of(PolicySettings).baseline
    path = git.root / shown
    old = read_baseline(git.root, shown)
    is_pruning = context.params["prune"]
    if is_pruning and old is None:
        raise LaunchReadyError(
            f"there is no baseline {shown} to prune", hint="write one with `launchready baseline`"
        )
    start = old or Baseline(salt=secrets.token_hex(16), entries=())
    session = prepare(run, steps, overrides | _everything(), start)
    reports = session.run(session.choose(steps))
    if failures := [report.failure for report in reports if report.failure]:
        for failure in failures:
            say(failure)
        return 4 if any(failure.is_bug for failure in failures) else 2
    new = prune(start, reports) if is_pruning else make_baseline(reports, start.salt, old)
    write_whole(path, [render_baseline(new)])
    _tell(shown, new, old, reports)
    return 3 if any(report.unchecked for report in reports) else 0


def _everything() -> Overrides:
    """A baseline accepts the whole repository, not a pull request's part of it."""
    return {("", "only-new"): Override(value=OnlyNew.NEVER, origin="launchready baseline")}


def _tell(shown: str, new: Baseline, old: Baseline | None, reports: tuple[Report, ...]) -> None:
    count = sum(entry.count for entry in new.entries)
    before = sum(entry.count for entry in old.entries) if old else 0
    noun = "finding" if count == 1 else "findings"
    tell([f"{shown}: {count} {noun} accepted as known ({before} before)"])
    for report in reports:
        for unchecked in report.unchecked:
            line = f"not covered: {unchecked.target}: {unchecked.reason}; {unchecked.hint}"
            click.echo(terminal_text(line), err=True)
    tell(["review the file and commit it; from now on only new findings fail"])

"""The commands that examine: one per step, and `check` for all of them."""

import os
import shlex
from typing import Any

import click

from launchready.cli.boundary import say
from launchready.cli.command import Offers, SettingsCommand
from launchready.cli.options import (
    Overrides,
    offers_of,
    overrides_of,
    settings_from,
    words_of,
)
from launchready.cli.output import Outputs, outputs_of, write_run, write_stdout
from launchready.cli.session import prepare
from launchready.cli.settings import RunSettings
from launchready.config.scalars import withheld
from launchready.facts.ci import CiFacts
from launchready.frozen import replace
from launchready.gateways.ci import observe_ci
from launchready.model import LeftOut, Report, Run, Trait, Unchecked, Verdict
from launchready.policy.gate import combine, exit_code
from launchready.policy.settings import PolicySettings
from launchready.regex import Regex
from launchready.registry import STEPS, Entry
from launchready.runner import errored_report
from launchready.step import Step

# What says nothing about how to see the same findings again.
_NOT_REPEATED = frozenset(
    {"report", "report-folder", "format", "color", "quiet", "directory", "jobs"}
)
_EMPTY = Unchecked(
    target="the repository",
    reason="it holds no commit and no file, so nothing was examined",
    hint="add files, or name another folder with --directory",
)
_COMMIT = Regex(r"[0-9a-f]{40,64}")


def step_command(entry: Entry) -> click.Command:
    """The command of one step. Its module is imported when its options are first asked for."""

    def offers() -> Offers:
        step = entry.load()
        return (*offers_of(step.name, (step.settings,)), *common_offers())

    def run(context: click.Context, offers: Offers) -> int:
        return examine(context, offers, (entry.load(),), is_combined=False)

    return SettingsCommand(entry.name, summary=entry.summary, offers=offers, run=run)


def check_command() -> click.Command:
    """The command that runs every step."""

    def run(context: click.Context, offers: Offers) -> int:
        steps = tuple(entry.load() for entry in STEPS.values())
        return examine(context, offers, steps, is_combined=True)

    def offers() -> Offers:
        from launchready.cli.live import LiveSettings

        return (*offers_of("", (LiveSettings,)), *common_offers())

    summary = "Run every step that needs no deployed site; one verdict. With --live, those too."
    return SettingsCommand("check", summary=summary, offers=offers, run=run)


def common_offers() -> Offers:
    """The options that every examining command has."""
    return offers_of("", (PolicySettings, RunSettings))


def examine(
    context: click.Context,
    offers: Offers,
    steps: tuple[Step[Any], ...],
    *,
    is_combined: bool,
) -> int:
    """Run the steps, write every report and return the exit code.

    Raises LaunchReadyError only for a command line that is wrong; what is wrong further on is told
    by a report.
    """
    overrides = overrides_of(context, offers)
    run_settings = settings_from(RunSettings, overrides)
    ci = observe_ci(os.environ)
    outputs = outputs_of(run_settings, ci)
    name = context.info_name or ""
    left_out: tuple[LeftOut, ...] = ()
    stack: tuple[Trait, ...] = ()
    try:
        session = prepare(run_settings, steps, overrides)
        if url := overrides.get(("", "live")):
            from launchready.cli.live import Live

            session = replace(session, live=Live(url=url.value))
        chosen = session.choose(steps) if is_combined else steps
        if (answer := session.answer(chosen)) is not None:
            write_stdout([f"{answer}\n"])
            return 0
        session.amend(chosen)
        left_out = tuple(session.left_out(steps, chosen))
        reports = session.run(chosen)
        if is_combined:
            reports = _nothing_is_no_pass(reports)
        stack = session.stack() if is_combined else ()
    except Exception as error:  # noqa: BLE001 - there is a report whatever happens
        reports = (errored_report(name, error),)
    run = Run(
        reports=reports,
        verdict=combine(report.verdict for report in reports),
        command=_command(name, offers, overrides, ci),
        is_combined=is_combined,
        left_out=left_out if is_combined else (),
        stack=stack,
    )
    _show(run, outputs, ci)
    code = exit_code(run)
    return 0 if run_settings.exit_zero and run.verdict is not Verdict.ERRORED else code


def _nothing_is_no_pass(reports: tuple[Report, ...]) -> tuple[Report, ...]:
    """The reports; where no step had anything to look at, the first of them says so."""
    if not reports or any(
        report.findings or report.unchecked or report.failure or any(e.count for e in report.looked)
        for report in reports
    ):
        return reports
    first, *others = reports
    return (replace(first, unchecked=(_EMPTY,), verdict=Verdict.UNCHECKED), *others)


def _show(run: Run, outputs: Outputs, ci: CiFacts) -> None:
    """Write the reports; where there are only failures, a person reads them on stderr alone."""
    failures = [report.failure for report in run.reports if report.failure]
    for failure in failures:
        say(failure)
    is_said = len(failures) == len(run.reports) > 0
    write_run(run, outputs, ci, is_silent=is_said and outputs.format == "text")


def _command(name: str, offers: Offers, overrides: Overrides, ci: CiFacts) -> str:
    given = words_of(offers, overrides, without=_NOT_REPEATED)
    words = tuple(word if _COMMIT.fullmatch(word) else withheld(word) for word in given)
    if ci.base and ("", "base-ref") not in overrides:
        words = (*words, "--base-ref", ci.base)
    return shlex.join(("launchready", name, *words))

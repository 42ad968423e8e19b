"""Runs one step: observe, judge, conclude. Whatever happens, there is a report."""

import datetime
import sys
import time
from dataclasses import replace
from typing import TypeVar

from launchready import __version__
from launchready.errors import ConfigError, LaunchReadyError
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.model import (
    Failure,
    Finding,
    Looked,
    Notice,
    Report,
    Target,
    Told,
    Unchecked,
    Verdict,
)
from launchready.policy.conclude import Policy, conclude
from launchready.policy.rules import POLICY_RULES
from launchready.step import Step, addressed

S = TypeVar("S")


@frozen
class Circumstances:
    """What a report says of the run besides its findings.

    `unchecked` is what could not be seen before the step began, such as the changes against the
    base of a pull request. `notices` are what a reviewer of the change must look at.
    """

    target: Target
    unchecked: tuple[Unchecked, ...] = ()
    notices: tuple[Notice, ...] = ()


def run_step(
    step: Step[S], settings: S, policy: Policy, gateways: Gateways, circumstances: Circumstances
) -> Report:
    """Examine everything the settings name and judge it. Only an interrupt is raised."""
    started = datetime.datetime.now(datetime.UTC)
    clock = time.perf_counter()
    report = Report(
        step=step.name,
        verdict=Verdict.ERRORED,
        started=started,
        seconds=0.0,
        target=circumstances.target,
        notices=circumstances.notices,
        rules=(*step.rule_infos(), *addressed("policy", POLICY_RULES)),
    )
    try:
        findings, unchecked, looked, told = _examine(step, settings, gateways)
        conclusion = conclude(findings, (*circumstances.unchecked, *unchecked), policy)
        report = replace(
            report,
            verdict=conclusion.verdict,
            findings=conclusion.findings,
            unchecked=conclusion.unchecked,
            looked=looked,
            told=told,
            facts={each.name: each.count for each in looked}
            | {each.name: each.value for each in told},
            prunable=conclusion.prunable,
        )
    except Exception as error:  # noqa: BLE001 - a step that breaks must not take the others' reports
        report = replace(report, failure=failure_of(error))
    return replace(report, seconds=time.perf_counter() - clock)


def errored_report(name: str, error: Exception) -> Report:
    """The report of a command that came to no step."""
    return Report(
        step=name,
        verdict=Verdict.ERRORED,
        started=datetime.datetime.now(datetime.UTC),
        seconds=0.0,
        failure=failure_of(error),
    )


def failure_of(error: Exception) -> Failure:
    """What a report says of an exception: a user's error in its own words, a bug with its place."""
    if isinstance(error, ConfigError):
        return Failure(message=error.message, hint=error.hint, faults=error.faults)
    if isinstance(error, LaunchReadyError):
        return Failure(message=error.message, hint=error.hint)
    return Failure(
        message=f"launchready broke: {type(error).__name__}",
        hint="this is a bug; please report it with the lines below, which hold no secret",
        traceback=_frames(error),
    )


def _examine(
    step: Step[S], settings: S, gateways: Gateways
) -> tuple[tuple[Finding, ...], tuple[Unchecked, ...], tuple[Looked, ...], tuple[Told, ...]]:
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    looked: list[Looked] = []
    told: list[Told] = []
    for seen in step.observe(settings, gateways):
        match seen:
            case Unchecked():
                unchecked.append(seen)
            case Looked():
                looked.append(seen)
            case Told():
                told.append(seen)
            case _:
                findings.extend(step.findings(seen, settings))
    return tuple(findings), tuple(unchecked), tuple(looked), tuple(told)


def _frames(error: BaseException) -> str:
    """Where it happened. The exception's own words may quote what was scanned, so they stay out.

    Its notes (PEP 678) are ours, such as the frames of a worker process.
    """
    import traceback

    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    cause = (f"caused by {type(error.__cause__).__name__}",) if error.__cause__ else ()
    python = ".".join(map(str, sys.version_info[:3]))
    versions = f"launchready {__version__}, Python {python} on {sys.platform}"
    notes = getattr(error, "__notes__", ())
    return "\n".join((frames, type(error).__name__, *cause, *notes, versions))

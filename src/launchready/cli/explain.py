"""`launchready explain RULE` and `launchready steps`: what there is, in words."""

import os
from typing import Any

import click

from launchready.cli.command import Command
from launchready.cli.output import tell
from launchready.cli.session import all_rules, load_settings, open_repository
from launchready.cli.settings import RunSettings
from launchready.config.scalars import did_you_mean, withheld
from launchready.errors import LaunchReadyError
from launchready.gateways.ci import observe_ci
from launchready.model import RuleInfo
from launchready.policy.rules import POLICY_RULES
from launchready.registry import STEPS
from launchready.step import Step


def explain_command() -> click.Command:
    """The command that shows a rule's page."""
    return Command(
        "explain",
        params=[click.Argument(["rule"])],
        callback=_explain,
        help="Show the page of RULE: what it flags, why it hurts and what to do.",
    )


def steps_command() -> click.Command:
    """The command that lists the steps."""
    return Command("steps", callback=_list_steps, help="List the steps.")


def _explain(rule: str) -> None:
    steps = tuple(entry.load() for entry in STEPS.values())
    infos = {info.id: info for step in steps for info in step.rule_infos()}
    infos |= {info.id: info for info in POLICY_RULES}
    if rule not in infos:
        infos |= {info.id: info for info in _rules_here(steps)}
    if rule not in infos:
        raise LaunchReadyError(
            f"there is no rule {withheld(rule)!r}{did_you_mean(rule, infos)}",
            hint="`launchready explain` takes a rule's id as a report prints it",
        )
    tell(_page(infos[rule]).splitlines())


def _list_steps() -> None:
    width = max(map(len, STEPS))
    tell(f"{name:{width}}  {entry.summary}" for name, entry in STEPS.items())


def _rules_here(steps: tuple[Step[Any], ...]) -> tuple[RuleInfo, ...]:
    """Every rule, and those that the config of the repository around this folder adds."""
    run = RunSettings()
    root = open_repository(run, observe_ci(os.environ)).root
    return all_rules(steps, load_settings(run, root, steps, {}))


def _page(info: RuleInfo) -> str:
    parts = [
        f"{info.id} ({info.severity.label})",
        info.summary,
        info.why,
        info.fix and f"What to do: {info.fix}",
        info.bad and f"Bad:\n\n{_indented(info.bad)}",
        info.good and f"Good:\n\n{_indented(info.good)}",
        "\n".join(info.references),
    ]
    return "\n\n".join(part for part in parts if part)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())

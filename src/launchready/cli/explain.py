"""`launchready explain RULE` and `launchready steps`: what there is, in words."""

import os
from collections.abc import Iterable
from typing import Any

import click

from launchready.cli.command import Command
from launchready.cli.known_rules import all_rules
from launchready.cli.output import tell
from launchready.cli.session import load_settings, open_repository
from launchready.cli.settings import RunSettings
from launchready.config.scalars import did_you_mean, withheld
from launchready.errors import LaunchReadyError
from launchready.gateways.ci import observe_ci
from launchready.model import RuleInfo
from launchready.policy.rules import POLICY_RULES
from launchready.registry import STEPS
from launchready.step import PAGES, Step

_SHORTEST_WORD = 3
_MOST_ALIKE = 8


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
            hint=_alike(rule, infos)
            or "a report prints the ids of the rules that found something,"
            f" and {PAGES} lists them all",
        )
    tell(_page(infos[rule]).splitlines())


def _alike(word: str, names: Iterable[str]) -> str:
    """The rules with the word in their name, such as all of one provider; empty if none has."""
    found = sorted(name for name in names if len(word) >= _SHORTEST_WORD and word.lower() in name)
    more = f" and {len(found) - _MOST_ALIKE} more" if len(found) > _MOST_ALIKE else ""
    named = ", ".join(found[:_MOST_ALIKE])
    return f"rules with that in their name: {named}{more}" if found else ""


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

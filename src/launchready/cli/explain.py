"""`launchready explain RULE` and `launchready steps`: what there is, in words."""

import os
from collections.abc import Iterable
from typing import Any

import click

from launchready.cli.command import Command
from launchready.cli.known_rules import all_rules
from launchready.cli.output import tell, tell_prose
from launchready.cli.session import load_settings, open_repository
from launchready.cli.settings import RunSettings
from launchready.config.scalars import did_you_mean, withheld
from launchready.errors import LaunchReadyError
from launchready.gateways.ci import observe_ci
from launchready.model import RuleInfo
from launchready.policy.markers import OURS
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
    owner = next((step for step in steps if rule in _ids_of(step)), None)
    tell_prose(_page(infos[rule], owner).splitlines())


def _ids_of(step: Step[Any]) -> frozenset[str]:
    return frozenset(info.id for info in step.rule_infos())


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


def _page(info: RuleInfo, owner: Step[Any] | None) -> str:
    """The page; `owner` is the step that has the rule, None for one of the policy or the config."""
    of = f" of {owner.name}" if owner else ""
    parts = [
        f"{info.id} ({info.severity.label}{of})",
        info.summary,
        info.why,
        info.fix and f"What to do: {info.fix}",
        info.bad and f"Bad:\n\n{_indented(info.bad)}",
        info.good and f"Good:\n\n{_indented(info.good)}",
        _acceptance(info, owner) if owner else "",
        "\n".join(filter(None, (*info.references, info.url))),
    ]
    return "\n\n".join(part for part in parts if part)


def _acceptance(info: RuleInfo, owner: Step[Any]) -> str:
    """How to accept a finding; what is found on a site has no line to write a comment on."""
    comment = (
        "" if owner.is_live else f"the comment `{OURS}: ignore[{info.id}] why` on its line, or "
    )
    return f"To accept one that is meant: {comment}an entry of `ignore` in launchready.yml."


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())

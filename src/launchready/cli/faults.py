"""Faults of a config file whose settings are right each by itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from launchready.cli.step_settings import settings_of_step
from launchready.config.load import Config
from launchready.config.scalars import did_you_mean, shown
from launchready.errors import ConfigError, Fault
from launchready.policy.rules import POLICY_RULE_IDS
from launchready.policy.settings import PolicySettings
from launchready.step import Refusal, Step


def refuse_meaningless(config: Config, file: str, rules: frozenset[str]) -> None:
    """Raise ConfigError for rules that no step has, and for entries that would accept everything.

    `rules` are the ids of all rules; without them no name is called unknown.
    """
    faults = [*_empty_entries(config, file), *_unknown_rules(config, file, rules)]
    if faults:
        raise ConfigError(faults)


def named_rules(config: Config) -> frozenset[str]:
    """The ids of rules that a config names."""
    return frozenset(name for _, _, name in _naming(config))


def refuse_unfit(config: Config, file: str, steps: Iterable[Step[Any]]) -> None:
    """Raise ConfigError for settings of which only the step itself can tell that they are wrong."""
    faults = [
        _fault(file, config.origins[name], name, refusal.message)
        for step in steps
        for refusal in _refusals(config, step)
        for name in (f"{refusal.section or step.name}.{refusal.setting}",)
    ]
    if faults:
        raise ConfigError(faults)


def _refusals(config: Config, step: Step[Any]) -> Iterable[Refusal]:
    """What a step refuses; nothing where a required setting is not given at all."""
    if (step.name, step.settings) not in config.values:
        return ()
    return step.refusals(settings_of_step(config, step))


def _empty_entries(config: Config, file: str) -> Iterator[Fault]:
    for index, entry in enumerate(config.of(PolicySettings).ignore):
        if entry.rule is entry.path is entry.fingerprint is None:
            place = config.origins[f"ignore[{index}].reason"]
            message = "names no rule, path or fingerprint, so it would accept everything"
            yield _fault(file, place, f"ignore[{index}]", message)


def _unknown_rules(config: Config, file: str, rules: frozenset[str]) -> Iterator[Fault]:
    known = rules | POLICY_RULE_IDS
    for setting, told, name in _naming(config):
        if rules and name not in known:
            message = f"there is no rule {shown(name)}{did_you_mean(name, known)}"
            yield _fault(file, config.origins[setting], told, message)


def _naming(config: Config) -> Iterator[tuple[str, str, str]]:
    """The settings that name one rule: where it stands, how a person is told of it, and the id."""
    policy = config.of(PolicySettings)
    for name in policy.rules:
        yield f"rules.{name}", f"rules.{shown(name)}", name
    for index, entry in enumerate(policy.ignore):
        if entry.rule is not None and "*" not in entry.rule:
            yield f"ignore[{index}].rule", f"ignore[{index}].rule", entry.rule


def _fault(file: str, place: str, setting: str, message: str) -> Fault:
    line, column = place.rsplit(":", 2)[1:]
    return Fault(path=file, line=int(line), column=int(column), setting=setting, message=message)

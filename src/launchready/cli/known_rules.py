"""Which rules there are, so that a config that names another is told so."""

from collections.abc import Callable, Iterable
from typing import Any

from launchready.cli.faults import refuse_unfit
from launchready.config.load import Config
from launchready.errors import ConfigError
from launchready.model import RuleInfo
from launchready.policy.rules import POLICY_RULE_IDS
from launchready.registry import STEPS
from launchready.step import Step

Steps = tuple[Step[Any], ...]


def all_rules(steps: Iterable[Step[Any]], config: Config) -> tuple[RuleInfo, ...]:
    """The rules of these steps, those that the settings add among them."""
    return tuple(info for step in steps for info in _fitted(step, config).rule_infos())


def rule_ids(steps: Iterable[Step[Any]], config: Config) -> frozenset[str]:
    """The ids of the rules of these steps."""
    return frozenset(info.id for info in all_rules(steps, config))


def known_to_every_step(steps: Steps, config: Config) -> frozenset[str]:
    """The ids of every rule there is; none where these are not all the steps."""
    return rule_ids(steps, config) if len(steps) == len(STEPS) else frozenset()


def ids_to_judge(
    names: frozenset[str], steps: Steps, config: Config, file: str, load: Callable[[Steps], Config]
) -> frozenset[str]:
    """The ids by which it can be told whether `names` are rules; none where it cannot be told.

    The other steps are imported, and the config loaded by `load` with their sections, only where
    these `steps` do not know a name. What is wrong in another step's section is that step's to say;
    which rules it adds is then not known.
    """
    if not names:
        return frozenset()
    known = rule_ids(steps, config)
    if len(steps) == len(STEPS) or names <= known | POLICY_RULE_IDS:
        return known
    every = tuple(entry.load() for entry in STEPS.values())
    try:
        whole = load(every)
        refuse_unfit(whole, file, every)
    except ConfigError:
        return frozenset()
    return rule_ids(every, whole)


def _fitted(step: Step[Any], config: Config) -> Step[Any]:
    """The step with its own rules, where all that it must be told is given."""
    settings = config.values.get((step.name, step.settings))
    return step if settings is None else step.fitted(settings)

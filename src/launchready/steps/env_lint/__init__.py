"""env-lint: no environment shares, lacks or leaks what it should not."""

import re
from collections.abc import Iterator

from launchready.gateways import Gateways
from launchready.policy.paths import GLOB, GLOB_TAKES
from launchready.step import Refusal, Step
from launchready.steps.env_lint.answers import amend, answer
from launchready.steps.env_lint.naming import Naming
from launchready.steps.env_lint.observe import observe
from launchready.steps.env_lint.rules import RULES
from launchready.steps.env_lint.settings import EnvLintSettings


def _recognises(gateways: Gateways) -> bool:
    """Any folder may hold a product."""
    return gateways.root.is_dir()


def _refusals(settings: EnvLintSettings) -> Iterator[Refusal]:
    """Patterns of files that are none, and environments that nothing explains."""
    naming = Naming.of(settings)
    for glob, name in settings.files.items():
        if not re.search(GLOB, glob):
            yield Refusal(setting=f"files.{glob}", message=f"is no pattern: must be {GLOB_TAKES}")
        if naming.named(name) is None:
            yield Refusal(
                setting=f"files.{glob}",
                message=f"{name!r} is no known environment; say in `environments` what it is",
            )


STEP = Step(
    name="env-lint",
    settings=EnvLintSettings,
    observe=observe,
    rules=RULES,
    recognises=_recognises,
    is_of_staged=lambda settings: settings.staged,
    refusals=_refusals,
    amend=amend,
    answer=answer,
    sees_everything=lambda settings: not settings.exclude,
)

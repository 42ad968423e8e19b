"""env-lint: no environment shares, lacks or leaks what it should not."""

from launchready.gateways import Gateways
from launchready.step import Step
from launchready.steps.env_lint.answers import amend, answer
from launchready.steps.env_lint.observe import observe
from launchready.steps.env_lint.rules import RULES
from launchready.steps.env_lint.settings import EnvLintSettings


def _recognises(gateways: Gateways) -> bool:
    """Any folder may hold a product."""
    return gateways.root.is_dir()


STEP = Step(
    name="env-lint",
    settings=EnvLintSettings,
    observe=observe,
    rules=RULES,
    recognises=_recognises,
    is_of_staged=lambda settings: settings.staged,
    amend=amend,
    answer=answer,
    sees_everything=lambda settings: not settings.exclude,
)

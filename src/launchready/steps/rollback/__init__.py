"""rollback: back to the last release that worked, where that is safe."""

from launchready.gateways import Gateways
from launchready.step import Counting, Step
from launchready.steps.rollback.observe import observe
from launchready.steps.rollback.rules import RULES
from launchready.steps.rollback.runbook import runbook
from launchready.steps.rollback.settings import RollbackSettings, refusals


def answer(settings: RollbackSettings, gateways: Gateways, counting: Counting) -> str | None:
    """The runbook, where that is asked for."""
    return runbook(settings, gateways) if settings.runbook else None


STEP = Step(
    name="rollback",
    settings=RollbackSettings,
    observe=observe,
    rules=RULES,
    recognises=lambda _: False,
    sees_everything=lambda _: False,
    judges_by_site=True,
    is_live=True,
    refusals=refusals,
    answer=answer,
)

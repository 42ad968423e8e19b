"""rollback: back to the last release that worked, where that is safe."""

from launchready.step import Step
from launchready.steps.rollback.observe import observe
from launchready.steps.rollback.rules import RULES
from launchready.steps.rollback.settings import RollbackSettings, refusals

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
)

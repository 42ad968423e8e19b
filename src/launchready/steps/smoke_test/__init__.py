"""smoke-test: whether customers can use what was just deployed."""

from launchready.frozen import replace
from launchready.step import Step
from launchready.steps.smoke_test.observe import observe
from launchready.steps.smoke_test.refusals import refusals
from launchready.steps.smoke_test.rules import RULES
from launchready.steps.smoke_test.settings import SmokeTestSettings


def _aimed(settings: SmokeTestSettings, url: str) -> SmokeTestSettings:
    """The site at this address, in place of the declared one."""
    return replace(settings, url=url)


STEP = Step(
    name="smoke-test",
    settings=SmokeTestSettings,
    observe=observe,
    rules=RULES,
    recognises=lambda _: False,
    sees_everything=lambda _: False,
    judges_by_site=True,
    is_live=True,
    aimed=_aimed,
    refusals=refusals,
)

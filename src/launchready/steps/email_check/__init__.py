"""email-check: whether what the product sends arrives, and nobody else sends in its name."""

from launchready.step import Step
from launchready.steps.email_check.aim import aimed
from launchready.steps.email_check.observe import observe
from launchready.steps.email_check.rules import RULES
from launchready.steps.email_check.settings import EmailCheckSettings

STEP = Step(
    name="email-check",
    settings=EmailCheckSettings,
    observe=observe,
    rules=RULES,
    recognises=lambda _: False,
    sees_everything=lambda _: False,
    judges_by_site=True,
    is_live=True,
    aimed=aimed,
    resolvers_of=lambda settings: settings.resolvers,
)

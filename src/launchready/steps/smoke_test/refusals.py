"""What of the site's intent cannot be meant, beyond what a setting's type tells."""

from collections.abc import Iterator

from launchready.step import Refusal
from launchready.steps.smoke_test.settings import SmokeTestSettings


def refusals(settings: SmokeTestSettings) -> Iterator[Refusal]:
    """Settings of the step that contradict each other."""
    del settings
    yield from ()

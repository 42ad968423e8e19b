"""A step's settings, and what it shares with others."""

from typing import Any

from launchready.config.load import Config
from launchready.frozen import replace
from launchready.step import Step


def settings_of_step(config: Config, step: Step[Any]) -> Any:
    """The settings of a step, with the site where it judges by that. Raises LaunchReadyError."""
    settings = config.of(step.settings, step.name)
    if not step.judges_by_site:
        return settings
    from launchready.site import SECTION, Site  # most steps need none of it

    return replace(settings, site=config.of(Site, SECTION))

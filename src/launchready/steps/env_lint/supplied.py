"""Who supplies a variable that no file of the repository declares."""

import functools
import re

from launchready.steps.env_lint.settings import EnvLintSettings


def supplier_of(name: str, settings: EnvLintSettings) -> str:
    """In words: the platform, the runtime, or the config that says so; empty if nobody is known."""
    from launchready.catalog.environment.provided import is_provided

    if _globs(settings.provided).fullmatch(name):
        return "`provided` in the config"
    return is_provided(name)


@functools.lru_cache(maxsize=8)
def _globs(patterns: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = (re.escape(each).replace(r"\*", ".*") for each in patterns)
    return re.compile("|".join(alternatives) or r"(?!)")

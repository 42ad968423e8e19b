"""Says which paths a text is judged alike at, so that a version that was moved is scanned once."""

import functools
import re

from launchready.catalog.kinds import Pattern
from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan.judging import places

# Besides our own rules detect-secrets looks for this word: its filter `is_swagger_file`.
_OTHERS = ("swagger",)

Look = tuple[object, ...]


@functools.lru_cache(maxsize=65536)
def look_of(path: str) -> Look:
    """What judging makes of a path. Two paths with the same look give the same findings."""
    return (
        path.rpartition("/")[2],
        *(is_so(path) for is_so in places.ASPECTS),
        *(word in path.lower() for word in _OTHERS),
        *(bool(regex.search(path)) for regex in _of_kinds()),
    )


@functools.cache
def _of_kinds() -> tuple[re.Pattern[str], ...]:
    regexes = {k.format.path for k in KINDS if isinstance(k.format, Pattern) and k.format.path}
    return tuple(re.compile(regex) for regex in sorted(regexes))

"""The variables that a value is made of."""

import functools
import re
from collections.abc import Iterator

from launchready.frozen import frozen


@frozen
class Reference:
    """A name in `${NAME}` or, if not `is_braced`, `$NAME`, which some loaders let begin with a
    digit. `has_default` is for `:-` and the like, also where an empty text is meant (`${NAME:-}`),
    and for `${NAME:?message}`.
    """

    name: str
    is_braced: bool
    has_default: bool


def references_of(text: str) -> Iterator[Reference]:
    """Every reference of a value that no backslash or second dollar sign escapes."""
    if "$" not in text:
        return
    for match in _reference().finditer(text):
        yield Reference(
            name=match[1] or match[3], is_braced=bool(match[1]), has_default=match[2] is not None
        )


@functools.cache
def _reference() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\\$])\$(?:\{([A-Za-z_][A-Za-z0-9_]*)(:?[-+?=][^{}]*)?\}|([A-Za-z0-9_]+))"
    )

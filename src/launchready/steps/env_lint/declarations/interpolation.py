"""`$NAME` and `${NAME:-default}` in texts, as shells, compose and Dockerfiles write them."""

import functools
import re
from collections.abc import Iterator

from launchready.facts.environment import Need
from launchready.frozen import frozen


@functools.cache
def _shell() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\\$])(?:\$\$)*+\$(?:(?P<plain>[A-Za-z_]\w*+)"
        r"|\{(?P<name>[A-Za-z_]\w*+)(?:(?P<sign>:?[-?+=])(?P<rest>(?:[^{}]|\{[^{}]*+\})*+)|[^{}]*+)\})"
    )


@frozen
class Use:
    """`$NAME`, or `${NAME:-rest}` with `sign` `:-`, in a text."""

    name: str
    sign: str
    rest: str
    text: str
    start: int
    end: int

    @property
    def need(self) -> Need:
        """What happens where the variable is not set, as the signs say."""
        if self.sign.endswith("?"):
            return Need.REQUIRED
        if self.sign.endswith(("-", "=")):
            return Need.DEFAULT
        return Need.GUARDED


def uses_in(text: str) -> Iterator[Use]:
    """The variables that a text takes in, as shells, compose and Dockerfiles write them.

    Sources: POSIX.1-2017 Shell 2.6.2; https://docs.docker.com/reference/compose-file/interpolation/.
    """
    if "$" not in text:
        return
    for match in _shell().finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip("$")) - 1
        yield Use(
            name=match["plain"] or match["name"],
            sign=match["sign"] or "",
            rest=match["rest"] or "",
            text=text[start : match.end()],
            start=start,
            end=match.end(),
        )

"""Expressions of GitHub Actions: what `${{ … }}` takes from where.

Source: https://docs.github.com/actions/reference/workflows-and-actions/contexts.
"""

import functools
import re
from collections.abc import Iterator

from launchready.facts.environment import Origin

_LONGEST = 4000  # characters of an expression; none that a person writes is longer


@functools.cache
def _expression() -> re.Pattern[str]:
    return re.compile(r"\$\{\{((?:[^$}]|\$(?!\{\{)|\}(?!\}))*+)\}\}")


@functools.cache
def _context() -> re.Pattern[str]:
    """`secrets.NAME`, `secrets['NAME']`, or a store as a whole; texts in quotes come first."""
    return re.compile(
        r"(?<![\w.'-])(?P<store>secrets|vars|inputs|env)\b"
        r"(?:\.(?P<name>[A-Za-z_][\w-]*+)|\[\s*'(?P<key>[A-Za-z_][\w-]*+)'\s*\]|(?P<rest>(?!\s*[=:])))",
        re.IGNORECASE,
    )


@functools.cache
def _text() -> re.Pattern[str]:
    return re.compile(r"'(?:[^']|'')*+'")


def _emptied(text: re.Match[str]) -> str:
    """A text in quotes says nothing, unless it may be a key: `secrets['NAME']`."""
    return text[0] if re.fullmatch(r"'[A-Za-z_][\w-]*'", text[0]) else "''"


def expressions_in(text: str) -> Iterator[str]:
    """The inside of each `${{ … }}`."""
    if "${{" in text:
        for match in _expression().finditer(text):
            yield match[1]


def taken_by(expression: str) -> Iterator[Origin]:
    """Each store and name that an expression takes from; without a name where it takes all."""
    for match in _context().finditer(_text().sub(_emptied, expression[:_LONGEST])):
        yield Origin(store=match["store"].lower(), name=match["name"] or match["key"] or "")


def taken_in(text: str) -> tuple[Origin, ...]:
    """The same of all expressions of a text."""
    return tuple(origin for each in expressions_in(text) for origin in taken_by(each))

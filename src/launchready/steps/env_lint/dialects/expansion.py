"""What loaders put in place of `$NAME` and `${NAME}`. Nothing is ever run.

A text that grows or turns in circles (`A=$B`, `B=$A`) is left as it is after a number of steps.
"""

import functools
import re
from collections.abc import Callable, Mapping

_STEPS = 200
_LONGEST = 1 << 16


def has_command(text: str) -> bool:
    """Whether there is a `$(` that no backslash stands before."""
    return _command().search(text) is not None


def expand_next(text: str, known: Mapping[str, str]) -> str:
    """Dotenv-expand: the first `$NAME` or `${NAME}` that no backslash stands before, again and
    again; `:-` and `-` give a default, `:+` and `+` an alternative; `\\$` becomes `$`.
    """
    seen: set[str] = set()
    for _ in range(_STEPS):
        match = _named().search(text)
        if match is None or len(text) > _LONGEST:
            break
        seen.add(text)
        name, operator, word = _parted(match[1] or match[2])
        value = known.get(name, "")
        if operator.endswith("+"):
            new = word if value else ""
        else:
            new = value if value and value not in seen else word
        text = text[: match.start()] + new + text[match.end() :]
        if text == known.get(name):
            break
    return text.replace("\\$", "$")


def expand_last(text: str, known: Mapping[str, str]) -> str | None:
    """@next/env and Bun: the last `$` that no backslash stands before, until it has no name after
    it; a default counts before what the file says; `\\$` becomes `$`. None where that has no end.
    """
    for _ in range(_STEPS):
        start = text.rfind("$")
        while start > 0 and text[start - 1] == "\\":
            start = text.rfind("$", 0, start)
        match = _word().match(text, start) if start >= 0 else None
        if match is None:
            return text.replace("\\$", "$")
        new = match[2] or known.get(match[1], "")
        text = text[:start] + new + text[match.end() :]
        if len(text) > _LONGEST:
            break
    return None


def expand_once(
    text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]
) -> str:
    """One pass from left to right, as most others do it."""
    return pattern.sub(replace, text) if "$" in text else text


def _parted(expression: str) -> tuple[str, str, str]:
    match = _operator().search(expression)
    if match is None:
        return expression, "", ""
    return expression[: match.start()], match[0], expression[match.end() :]


@functools.cache
def _named() -> re.Pattern[str]:
    return re.compile(r"(?<!\\)\$(?:\{([^{}]+)\}|([A-Za-z_][A-Za-z0-9_]*))")


@functools.cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\$\{?([A-Za-z0-9_]+)(?::-([^}\\]*))?\}?")


@functools.cache
def _operator() -> re.Pattern[str]:
    return re.compile(r":\+|\+|:-|-")


@functools.cache
def _command() -> re.Pattern[str]:
    return re.compile(r"(?<!\\)\$\(")

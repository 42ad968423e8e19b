"""How Ruby's dotenv reads: the 2.x line by line, the 3.x as npm's dotenv does."""

import functools
import re
from collections.abc import Iterator, Mapping

from launchready.steps.env_lint.dialects.expansion import expand_once, has_command
from launchready.steps.env_lint.dialects.reading import Entry
from launchready.steps.env_lint.dialects.statements import Family

_FAMILY = Family(name_pattern=r"[A-Za-z0-9_.]+", quotes="\"'")


def parse_ruby_2(text: str) -> Iterator[Entry]:
    """Dotenv 2.4: a value ends with its line."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    known: dict[str, str] = {}
    for line, written in enumerate(text.split("\n"), start=1):
        for each in _FAMILY.statements(written):
            value, is_open = each.text, False
            if each.quote == '"' and each.is_closed:
                value = value.replace("\\n", "\n").replace("\\r", "\r")
                value = re.sub(r"\\([^$])", r"\1", value, flags=re.DOTALL)
            if each.quote != "'" or not each.is_closed:
                is_open = has_command(value)
                value = expand_once(value, _reference(), lambda m: _word(m, known))
            known[each.name] = value
            yield Entry(name=each.name, value=value, line=line, is_open=is_open)


def parse_ruby(text: str) -> Iterator[Entry]:
    """Dotenv 3: values over several lines; `\\n` stays as it is written in any quotes."""
    known: dict[str, str] = {}
    for each in _FAMILY.statements(text.removeprefix("\ufeff")):
        value, is_open = each.text, False
        if each.quote != "'" or not each.is_closed:
            value = re.sub(r"\\([^$nr])", r"\1", value)
            is_open = has_command(value)
            value = expand_once(value, _reference(), lambda m: _word(m, known))
        known[each.name] = value
        yield Entry(name=each.name, value=value, line=each.line, is_open=is_open)


@functools.cache
def _reference() -> re.Pattern[str]:
    return re.compile(r"(\\)?\$(?!\()(\{)?([A-Za-z0-9_]+)?(?(2)\}?)")


def _word(match: re.Match[str], known: Mapping[str, str]) -> str:
    if match[1]:
        return match[0][1:]
    return known.get(match[3], "") if match[3] else match[0]

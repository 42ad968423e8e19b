"""How the loaders of Python read: python-dotenv, django-environ, decouple and Starlette."""

import functools
import re
from collections.abc import Iterator

from launchready.steps.env_lint.dialects.reading import Entry

_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def parse_python_dotenv(text: str) -> Iterator[Entry]:
    """Python-dotenv: `${NAME}` and `${NAME:-default}` in any quotes, no `$NAME`."""
    known: dict[str, str] = {}
    for name, written, line in _bindings(text.removeprefix("\ufeff")):
        value = written
        if written is not None:
            value = _reference().sub(lambda m: known.get(m[1], m[2] or ""), written)
            known[name] = value
        yield Entry(name=name, value=value, line=line)


def _bindings(text: str) -> Iterator[tuple[str, str | None, int]]:
    position, line = 0, 1
    while position < len(text):
        start = _skip().match(text, position)
        begin = start.end() if start else position
        line += _count_lines(text, position, begin)
        name, value, end = _binding(text, begin)
        if name:
            yield name, value, line
        line += _count_lines(text, begin, end)
        position = max(end, begin + 1)


def _binding(text: str, begin: int) -> tuple[str, str | None, int]:
    """A name, its value, and where the next line begins; no name for a comment and for a line that
    has an error, of which the rest is passed over from the place of the error on.
    """
    match = _name().match(text, begin)
    if match is None:
        return "", None, _rest(text, begin)
    value: str | None = None
    end = match.end()
    if match[3] is not None:
        value, end = _value(text, end, had_blank=len(match[3]) > 1)
    tail = _tail().match(text, end)
    if tail is None:
        return "", None, _rest(text, end)
    return match[1] or match[2], value, tail.end()


def _value(text: str, begin: int, *, had_blank: bool) -> tuple[str, int]:
    mark = text[begin : begin + 1]
    if mark == "#" and had_blank:
        return "", begin
    if mark in ("'", '"'):
        match = (_single() if mark == "'" else _double()).match(text, begin)
        if match is None:
            return "", begin
        return _unescaped(match[1], mark), match.end()
    end = begin
    while end < len(text) and text[end] not in "\r\n":
        end += 1
    comment = _comment().search(text, begin, end)
    return text[begin : comment.start() if comment else end].rstrip(), end


def _unescaped(text: str, mark: str) -> str:
    def character(match: re.Match[str]) -> str:
        if mark == "'":
            return match[1] if match[1] in "\\'" else match[0]
        return match[1] if match[1] in "\\'\"" else _ESCAPES.get(match[1], match[0])

    return re.sub(r"\\(.)", character, text) if "\\" in text else text


def _rest(text: str, begin: int) -> int:
    match = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)?").match(text, begin)
    return match.end() if match else len(text)


def _count_lines(text: str, begin: int, end: int) -> int:
    return (
        text.count("\n", begin, end) + text.count("\r", begin, end) - text.count("\r\n", begin, end)
    )


def parse_django_environ(text: str) -> Iterator[Entry]:
    """Django-environ: a line is `NAME=` and all that follows; quotes count around the whole."""
    for line, written in enumerate(text.splitlines(), start=1):
        match = _plain().match(written)
        if match is None:
            continue
        value = match[2]
        if len(value) > 1 and value[0] == value[-1] == "'":
            value = value[1:-1]
        if len(value) > 1 and value[0] == value[-1] == '"':
            value = re.sub(
                r"\\(.)", lambda m: m[0] if m[1] in "rnt" else m[1], value[1:-1], flags=re.DOTALL
            )
        yield Entry(name=match[1], value=value, line=line)


def parse_stripped(text: str) -> Iterator[Entry]:
    """Decouple and Starlette: what is before and after the first `=`, without blanks and quotes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for line, written in enumerate(text.split("\n"), start=1):
        name, equals, value = written.strip().partition("=")
        if not equals or name.startswith("#"):
            continue
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        yield Entry(name=name.strip(), value=value, line=line)


@functools.cache
def _skip() -> re.Pattern[str]:
    return re.compile(r"\s*")


@functools.cache
def _name() -> re.Pattern[str]:
    return re.compile(
        r"(?:export[^\S\r\n]+)?+(?:'([^']+)'|([^=#\s'][^=#\s]*))[^\S\r\n]*(=[^\S\r\n]*)?"
    )


@functools.cache
def _tail() -> re.Pattern[str]:
    return re.compile(r"(?:[^\S\r\n]*#[^\r\n]*)?[^\S\r\n]*(?:\r\n|\n|\r|\Z)")


@functools.cache
def _single() -> re.Pattern[str]:
    return re.compile(r"'((?:\\.|[^'\\])*)'", re.DOTALL)


@functools.cache
def _double() -> re.Pattern[str]:
    return re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)


@functools.cache
def _comment() -> re.Pattern[str]:
    return re.compile(r"(?<!\s)\s+#")


@functools.cache
def _reference() -> re.Pattern[str]:
    return re.compile(r"\$\{([^}:]*)(?::-([^}]*))?\}")


@functools.cache
def _plain() -> re.Pattern[str]:
    return re.compile(r"(?:export )?([A-Za-z_0-9]+)=(.*)\Z", re.DOTALL)

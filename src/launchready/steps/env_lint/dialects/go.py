"""How the loaders written in Go read: Docker Compose, docker run, godotenv and direnv."""

import functools
import re
from collections.abc import Iterator, Mapping

from launchready.frozen import frozen
from launchready.regex import AnyRegex, Regex
from launchready.steps.env_lint.dialects.expansion import expand_once
from launchready.steps.env_lint.dialects.reading import Entry, LineRefusedError

_BLANKS = " \t\v\f\r\u0085\u00a0"
_LONGEST_LINE = 64 * 1024
"""Go's `bufio.MaxScanTokenSize`: docker refuses a file with a longer line."""


def parse_docker_run(text: str) -> Iterator[Entry]:
    """`docker run --env-file`: all after the first `=` as it stands, quotes too."""
    text = text.removeprefix("\ufeff")
    for line, written in enumerate(text.split("\n"), start=1):
        if len(written) >= _LONGEST_LINE:
            raise LineRefusedError(line)
        statement = written.removesuffix("\r").lstrip()
        if not statement or statement.startswith("#"):
            continue
        name, equals, value = statement.partition("=")
        if not name or " " in name or "\t" in name:
            raise LineRefusedError(line)
        if equals:
            yield Entry(name=name, value=value, line=line)


@frozen
class _Written:
    """A statement of compose or godotenv: `end` is where the next is looked for."""

    name: str
    value: str
    quote: str
    end: int


def parse_compose(text: str) -> Iterator[Entry]:
    """Compose's `.env` and `env_file`: `$NAME`, `${NAME:-default}` and `$$`; a `#` after a blank
    begins a comment.
    """
    text = text.removeprefix("\ufeff")
    known: dict[str, str] = {}
    for line, each in _statements(text, "_.-[]", _compose_comment, needs_sign=False):
        value = each.value
        if each.quote == '"':
            value = _compose_escape().sub(_compose_character, value)
        if each.quote != "'":
            value = expand_once(value, _compose_reference(), lambda m: _compose_word(m, known))
        known[each.name] = value
        yield Entry(name=each.name, value=value, line=line)


def parse_godotenv(text: str) -> Iterator[Entry]:
    """Godotenv: only names in capitals are expanded, defaults are not known."""
    known: dict[str, str] = {}
    text = text.replace("---\n", "\n").replace("\r\n", "\n")
    for line, each in _statements(text, "_.", _godotenv_comment, needs_sign=True):
        value = each.value
        if each.quote == '"':
            value = re.sub(r"\\([^\n])", _godotenv_character, value)
        if each.quote != "'":
            value = expand_once(value, _godotenv_reference(), lambda m: _godotenv_word(m, known))
        known[each.name] = value
        yield Entry(name=each.name, value=value, line=line)


def _statements(
    text: str, signs: str, comment: AnyRegex[str], *, needs_sign: bool
) -> Iterator[tuple[int, _Written]]:
    """Statements of a file with the line of each; whatever is none ends the whole."""
    start = re.compile(
        rf"(?:export(?=[{_BLANKS}])[{_BLANKS}]*)?([\w{re.escape(signs)}{_BLANKS}]*)([=:\n]|\Z)"
    )
    position, line = 0, 1
    skip = re.compile(r"\s*")
    while position < len(text):
        gap = skip.match(text, position)
        begin = gap.end() if gap else position
        line += text.count("\n", position, begin)
        if begin >= len(text):
            return
        if text[begin] == "#":
            position = _line_end(text, begin)
            continue
        match = start.match(text, begin)
        if match is None or (needs_sign and match[2] in ("", "\n")):
            raise LineRefusedError(line)
        name = match[1].strip()
        if not name or len(name.split()) > 1:
            raise LineRefusedError(line)
        if match[2] in ("", "\n"):
            position = match.start(2)
            continue
        each = _written(text, name, match.end(), comment)
        if each is None:
            raise LineRefusedError(line)
        yield line, each
        line += text.count("\n", begin, each.end)
        position = each.end


def _written(text: str, name: str, begin: int, comment: AnyRegex[str]) -> _Written | None:
    """A statement's value; None where a quote is not closed."""
    while begin < len(text) and text[begin] in _BLANKS:
        begin += 1
    quote = text[begin : begin + 1]
    if quote in ("'", '"'):
        close = text.find(quote, begin + 1)
        while close > 0 and text[close - 1] == "\\":
            close = text.find(quote, close + 1)
        if close < 0:
            return None
        value = text[begin + 1 : close].strip(quote)
        return _Written(name=name, value=value, quote=quote, end=close + 1)
    end = _line_end(text, begin)
    found = comment.match(text, begin, end)
    value = text[begin : found.end(1) if found else end].strip(_BLANKS)
    return _Written(name=name, value=value, quote="", end=end)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


_compose_comment = Regex(r"([^\n]*?)(?<=[ \t])#")
_godotenv_comment = Regex(r"([^\n]*)(?<=[ \t])#")


@functools.cache
def _compose_escape() -> re.Pattern[str]:
    return re.compile(r'\\([abcfnrtv$"\\])')


def _compose_character(match: re.Match[str]) -> str:
    letters = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
    return "$$" if match[1] == "$" else letters.get(match[1], match[1])


@functools.cache
def _compose_reference() -> re.Pattern[str]:
    return re.compile(
        r"\$(?:(\$)|\{([A-Za-z_]\w*)(?:(:?[-+?])([^{}]*(?:\{[^{}]*\}[^{}]*)*))?\}"
        r"|([A-Za-z_][A-Za-z0-9_]*))"
    )


def _compose_word(match: re.Match[str], known: Mapping[str, str]) -> str:
    if match[1]:
        return "$"
    value = known.get(match[2] or match[5])
    operator, word = match[3] or "", match[4] or ""
    has_value = bool(value) if operator.startswith(":") else value is not None
    if operator.endswith("-"):
        return value or "" if has_value else word
    if operator.endswith("+"):
        return word if has_value else ""
    return value or ""


def _godotenv_character(match: re.Match[str]) -> str:
    letters = {"n": "\n", "r": "\r", "$": "\\$"}
    return letters.get(match[1], match[1])


@functools.cache
def _godotenv_reference() -> re.Pattern[str]:
    return re.compile(r"(\\)?\$\(?\{?([A-Z0-9_]+)?\}?")


def _godotenv_word(match: re.Match[str], known: Mapping[str, str]) -> str:
    if match[1]:
        return match[0][1:]
    return known.get(match[2], "") if match[2] else match[0]


def parse_direnv(text: str) -> Iterator[Entry]:
    """Direnv's `dotenv`: one line each, no blank in a value without quotes."""
    known: dict[str, str] = {}
    for line, written in enumerate(re.split(r"\r\n|[\r\n]", text), start=1):
        match = _direnv_line().fullmatch(written)
        if match is None:
            raise LineRefusedError(line)
        if match[1] is None:
            continue
        value = match[2] or ""
        is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        mark = value[0] if is_quoted else ""
        value = value[1:-1] if is_quoted else value
        if mark == '"':
            value = value.replace("\\n", "\n").replace("\\r", "\r")
            value = re.sub(r"\\([^$])", r"\1", value, flags=re.DOTALL)
        if mark != "'":
            value = expand_once(value, _direnv_reference(), lambda m: _direnv_word(m, known))
        known[match[1]] = value
        yield Entry(name=match[1], value=value, line=line)


@functools.cache
def _direnv_line() -> re.Pattern[str]:
    return re.compile(
        r"[ \t\v\f]*(?:#.*|(?:export[ \t]+)?([A-Za-z0-9_.]+)(?:[ \t]*=[ \t]*|:[ \t]+?)"
        r"""('[^']*'|"(?:\\"|[^"])*"|[^\s#]+)?[ \t]*(?:#.*)?)?"""
    )


@functools.cache
def _direnv_reference() -> re.Pattern[str]:
    return re.compile(r"\$(?:\{([^}]*)\}|([A-Za-z_][A-Za-z0-9_]*)|([0-9*#$@!?\-]))")


def _direnv_word(match: re.Match[str], known: Mapping[str, str]) -> str:
    name, _, default = (match[1] or match[2] or "").partition(":-")
    return known.get(name, default)

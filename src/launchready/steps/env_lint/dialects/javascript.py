"""How the loaders of JavaScript read: dotenv, its expansions, Next.js, Vite, Node.js and Bun."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from launchready.steps.env_lint.dialects.expansion import expand_last, expand_next, has_command
from launchready.steps.env_lint.dialects.reading import Entry, LineRefusedError
from launchready.steps.env_lint.dialects.statements import Family, Statement

_FAMILY = Family(name_pattern=r"[A-Za-z0-9_.\-]+", quotes="\"'`")
_BUN = Family(name_pattern=r"[A-Za-z0-9_.\-]+", quotes="\"'`", takes_rest=False)

_Pairs = list[tuple[str, str, int]]
_Expand = Callable[[str, Mapping[str, str]], str | None]


def parse_dotenv(text: str) -> Iterator[Entry]:
    """Npm's dotenv: no expansion."""
    for name, value, line in _pairs(_FAMILY.statements(text)):
        yield Entry(name=name, value=value, line=line)


def parse_dotenv_expand(text: str) -> Iterator[Entry]:
    """Dotenv-expand of 2026 and dotenvx: names before the line are known, commands are run."""
    known: dict[str, str] = {}
    for name, value, line in _last(_pairs(_FAMILY.statements(text))):
        known[name] = expand_next(value, known)
        yield Entry(name=name, value=known[name], line=line, is_open=has_command(value))


def parse_dotenv_expand_12(text: str) -> Iterator[Entry]:
    """Dotenv-expand up to 12, and dotenv-cli with it: no command is run."""
    for entry in parse_dotenv_expand(text):
        yield replace(entry, is_open=False)


def parse_next(text: str) -> Iterator[Entry]:
    """@next/env: names after the line are known too. A value made of itself ends the whole."""
    for entry in _expanded(_pairs(_FAMILY.statements(text)), expand_last):
        if entry.value is None:
            raise LineRefusedError(entry.line)
        yield entry


def parse_bun(text: str) -> Iterator[Entry]:
    """Bun's own reader."""
    for entry in _expanded(_pairs(_BUN.statements(text)), expand_last):
        yield replace(entry, value=entry.value or "")


def parse_vite(text: str) -> Iterator[Entry]:
    """Vite: Node.js' reader, then dotenv-expand with all names of the file."""
    yield from _expanded(list(_node_pairs(text, " ")), expand_next)


def parse_node(text: str) -> Iterator[Entry]:
    """Node.js' `--env-file` and `util.parseEnv`."""
    for name, value, line in _node_pairs(text, " \t"):
        yield Entry(name=name, value=value, line=line)


def _pairs(statements: Iterator[Statement]) -> _Pairs:
    return [(each.name, _unescaped(each), each.line) for each in statements]


def _unescaped(statement: Statement) -> str:
    if statement.quote != '"':
        return statement.text
    return statement.text.replace("\\n", "\n").replace("\\r", "\r")


def _last(pairs: _Pairs) -> _Pairs:
    """Of several lines with one name only the last, in the place of the first."""
    last = {pair[0]: pair for pair in pairs}
    return list(last.values())


def _expanded(pairs: _Pairs, expand: _Expand) -> Iterator[Entry]:
    """Each value expanded; what stands later in the file is known as it is written there."""
    pairs = _last(pairs)
    known = {name: value for name, value, _ in pairs}
    for name, value, line in pairs:
        expanded = expand(value, known)
        known[name] = expanded or ""
        yield Entry(name=name, value=expanded, line=line)


def _node_pairs(text: str, blanks: str) -> Iterator[tuple[str, str, int]]:
    """Node.js looks at each line for `=` and takes off marks where it finds a pair of them."""
    text = text.replace("\r", "")
    position, line = 0, 1
    while position < len(text):
        end = _line_end(text, position)
        head, equals, _ = text[position:end].partition("=")
        if not equals or head.lstrip(blanks).startswith("#"):
            position, line = end + 1, line + 1
            continue
        name = head.strip(blanks)
        name = name.removeprefix("export ").strip(blanks)
        value, end = _node_value(text, position + len(head) + 1, end, blanks)
        if name:
            yield name, value, line
        line += text.count("\n", position, end + 1)
        position = end + 1


def _node_value(text: str, begin: int, end: int, blanks: str) -> tuple[str, int]:
    """A value, and where its last line ends."""
    while begin < end and text[begin] in blanks:
        begin += 1
    mark = text[begin : begin + 1]
    if mark and mark in "\"'`":
        close = text.find(mark, begin + 1)
        if close > 0:
            value = text[begin + 1 : close]
            return value.replace("\\n", "\n") if mark == '"' else value, _line_end(text, close)
        return text[begin:end], end
    return text[begin:end].partition("#")[0].strip(blanks), end


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end

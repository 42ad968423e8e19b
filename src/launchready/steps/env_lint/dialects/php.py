"""How the loaders of PHP read: Symfony's Dotenv and phpdotenv, which Laravel uses."""

import functools
import re
from collections.abc import Iterator, Mapping

from launchready.steps.env_lint.dialects.expansion import expand_once, has_command
from launchready.steps.env_lint.dialects.reading import Entry, LineRefusedError

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}


def parse_symfony(text: str) -> Iterator[Entry]:
    """Symfony 5.4: strict about blanks, quotes may stand anywhere in a value."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    known: dict[str, str] = {}
    position = _skip_lines(text, 0)
    line = 1 + text.count("\n", 0, position)
    while position < len(text):
        match = _symfony_name().match(text, position)
        if match is None:
            raise LineRefusedError(line)
        value, end = _symfony_value(text, match.end(), line, known)
        known[match[1]] = value
        yield Entry(name=match[1], value=value, line=line)
        end = _skip_lines(text, end)
        line += text.count("\n", position, end)
        position = end


def _symfony_value(text: str, begin: int, line: int, known: Mapping[str, str]) -> tuple[str, int]:
    empty = _symfony_empty().match(text, begin)
    if empty:
        return "", empty.end()
    if text[begin] in " \t":
        raise LineRefusedError(line)
    pieces: list[str] = []
    while begin < len(text) and text[begin] != "\n":
        mark = text[begin]
        if mark == "'":
            end = text.find("'", begin + 1)
            if end < 0:
                raise LineRefusedError(line)
            pieces.append(text[begin + 1 : end])
            begin = end + 1
        elif mark == '"':
            match = _symfony_double().match(text, begin)
            if match is None:
                raise LineRefusedError(line)
            written = match[1].replace('\\"', '"').replace("\\r", "\r").replace("\\n", "\n")
            pieces.append(_symfony_resolved(written, line, known))
            begin = match.end()
        else:
            begin, piece = _symfony_bare(text, begin, line, known)
            pieces.append(piece)
            if text[begin : begin + 1] == "#":
                return "".join(pieces), _line_end(text, begin)
    return "".join(pieces), begin


def _symfony_bare(text: str, begin: int, line: int, known: Mapping[str, str]) -> tuple[int, str]:
    match = _symfony_plain().match(text, begin)
    end = match.end() if match else begin + 1
    comment = re.compile(r"(?<=[ \t])#").search(text, begin, end)
    if comment:
        end = comment.start()
    written = re.sub(r"\\([\"'])", r"\1", text[begin:end]).rstrip()
    value = _symfony_resolved(written, line, known)
    if value == written and re.search(r"\s", value):
        raise LineRefusedError(line)
    return end, value


def _symfony_resolved(text: str, line: int, known: Mapping[str, str]) -> str:
    if has_command(text):
        raise LineRefusedError(line)  # without symfony/process; with it, the command is run

    def word(match: re.Match[str]) -> str:
        if len(match[1]) % 2:
            return match[0][1:]
        if match[3] is None:
            return match[0]
        if match[2] and not match[5]:
            raise LineRefusedError(line)
        value = known.get(match[3]) or (match[4] or "")[2:]
        return match[1] + value + ("}" if match[5] and not match[2] else "")

    return expand_once(text, _symfony_reference(), word).replace("\\\\", "\\")


def _skip_lines(text: str, position: int) -> int:
    """Behind blanks, empty lines and comments."""
    while position < len(text):
        if text[position].isspace():
            position += 1
        elif text[position] == "#":
            position = _line_end(text, position)
        else:
            break
    return position


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


@functools.cache
def _symfony_name() -> re.Pattern[str]:
    return re.compile(r"(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=")


@functools.cache
def _symfony_empty() -> re.Pattern[str]:
    return re.compile(r"[ \t]*(?:#[^\n]*)?(?=\n|\Z)")


@functools.cache
def _symfony_double() -> re.Pattern[str]:
    return re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)


@functools.cache
def _symfony_plain() -> re.Pattern[str]:
    return re.compile(r"(?:\\[\"']|[^\n\"'])+")


@functools.cache
def _symfony_reference() -> re.Pattern[str]:
    return re.compile(r"(?<!\\)(\\*)\$(?!\()(\{)?([A-Za-z_][A-Za-z0-9_]*)?(:[-=][^}\n]*)?(\})?")


def parse_phpdotenv(text: str) -> Iterator[Entry]:
    """Phpdotenv 5: `${NAME}` only, and only of names that are known; quotes in front only."""
    known: dict[str, str] = {}
    for line, written in _php_entries(re.split(r"\r\n|\n|\r", text)):
        name, equals, value = written.partition("=")
        name = name.strip()
        if len(name) > 8 and name.startswith("export") and name[6].isspace():
            name = name[6:].lstrip()
        if len(name) > 2 and name[0] == name[-1] and name[0] in "\"'":
            name = name[1:-1]
        if not _php_name().fullmatch(name):
            raise LineRefusedError(line)
        if not equals:
            yield Entry(name=name, value=None, line=line)
            continue
        text, places = _php_value(value.strip(), line)
        known[name] = _php_expanded(text, places, known)
        yield Entry(name=name, value=known[name], line=line)


def _php_entries(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Lines, those of a value in double quotes joined; one that never ends is lost."""
    begun: list[str] = []
    first = 0
    for number, line in enumerate(lines, start=1):
        starts = '="' in line and _php_marks(line) < 2 and line != '"'
        if begun or starts:
            first = first or number
            begun.append(line)
            if line == '"' or _php_marks(line) >= (2 if starts else 1):
                yield first, "\n".join(begun)
                begun, first = [], 0
        elif (bare := line.strip()) and not bare.startswith("#"):
            yield number, line


def _php_marks(line: str) -> int:
    """How many double quotes stand after something that is no backslash."""
    bare = line.replace("\\\\", "")
    return sum(1 for _ in re.finditer(r'(?=[^\\]")', bare))


def _php_value(text: str, line: int) -> tuple[str, tuple[int, ...]]:
    """A value without its quotes and comment, and where a `$` of it may begin a name."""
    made: list[str] = []
    places: list[int] = []
    mark = text[:1] if text[:1] in ("'", '"') else ""
    position = len(mark)
    while position < len(text):
        character = text[position]
        position += 1
        if mark and character == mark:
            break
        if not mark and (character == "#" or character.isspace()):
            position -= 1
            break
        if mark == '"' and character == "\\":
            character = _php_escape(text[position : position + 1], line)
            position += 1
        elif character == "$" and mark != "'":
            places.append(len(made))
        made.append(character)
    else:
        if mark:
            raise LineRefusedError(line)
    rest = text[position:].lstrip()
    if rest and not rest.startswith("#"):
        raise LineRefusedError(line)
    return "".join(made), tuple(places)


def _php_escape(character: str, line: int) -> str:
    if character and character in '"\\$':
        return character
    if character not in _ESCAPES:
        raise LineRefusedError(line)
    return _ESCAPES[character]


def _php_expanded(text: str, places: tuple[int, ...], known: Mapping[str, str]) -> str:
    for place in reversed(places):
        match = _php_reference().match(text, place)
        if match and match[1] in known:
            text = text[:place] + known[match[1]] + text[match.end() :]
    return text


@functools.cache
def _php_name() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z0-9_.]+")


@functools.cache
def _php_reference() -> re.Pattern[str]:
    return re.compile(r"\$\{([A-Za-z0-9_.]+)\}")

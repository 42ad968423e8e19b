"""TOML -> nodes. `tomllib` says what the values are, a scanner of keys where they stand."""

import functools
import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Table
from typing import TYPE_CHECKING, Any

from launchready.config.nodes import Mapping, Node, Scalar, Sequence, UnreadableError
from launchready.documents import MOST_DEPTH, MOST_VALUES, decode

if TYPE_CHECKING:
    from launchready.model import JsonScalar

_TOO_DEEP = "it is nested too deep, or holds a number too long"

Path = tuple[str | int, ...]
Places = Table[Path, tuple[int, int]]


def toml_document(content: bytes) -> Node:
    """The one table of a file. Raises UnreadableError."""
    import tomllib

    text = decode(content)
    try:
        table = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
        raise UnreadableError("it is no valid TOML", line=line, column=column) from error
    except (RecursionError, ValueError) as error:  # a list in a list in …, or a long number
        raise UnreadableError(_TOO_DEEP, line=1, column=1) from error
    return _Builder(dict(_places(text))).node(table, (), (1, 1))


class _Builder:
    def __init__(self, places: Places) -> None:
        self._places = places
        self._values = 0

    def node(self, value: Any, path: Path, above: tuple[int, int]) -> Node:
        self._values += 1
        line, column = place = self._places.get(path, above)
        if len(path) > MOST_DEPTH or self._values > MOST_VALUES:
            raise UnreadableError("it is too deep or too long", line=line, column=column)
        if isinstance(value, dict):
            found = [self._entry(key, each, (*path, key), place) for key, each in value.items()]
            return Mapping(items=tuple(found), line=line, column=column)
        if isinstance(value, list):
            nodes = [self.node(each, (*path, i), place) for i, each in enumerate(value)]
            return Sequence(items=tuple(nodes), line=line, column=column)
        plain: JsonScalar = value if isinstance(value, bool | str) else str(value)
        return Scalar(value=plain, line=line, column=column)

    def _entry(
        self, key: str, value: Any, path: Path, above: tuple[int, int]
    ) -> tuple[Scalar, Node]:
        line, column = self._places.get(path, above)
        return Scalar(value=key, line=line, column=column), self.node(value, path, (line, column))


@functools.cache
def _piece() -> re.Pattern[str]:
    """A thing at which the scanner stops: texts and comments whole, signs, ends of lines, words."""
    return re.compile(
        r"(?P<text>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*+\"{3,5}|'''(?:[^']|'(?!''))*+'{3,5}"
        r"|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+')|(?P<comment>#[^\n]*+)|(?P<line>\n)"
        r"|(?P<sign>[\[\]{}=,.])|(?P<word>[^\s\[\]{}=,.#\"']++)",
        re.DOTALL,
    )


def _places(text: str) -> Iterator[tuple[Path, tuple[int, int]]]:
    """The path of each key of a valid text, with the key's line and column.

    Keys of inline tables have the names above them in their path; lists count their members.
    """
    table: Path = ()
    tables: Counter[Path] = Counter()
    line, line_start = 1, 0
    lines: list[list[tuple[str, str, int, int]]] = [[]]
    depth = 0
    for match in _piece().finditer(text):
        group, piece = match.lastgroup or "", match[0]
        at = (line, match.start() - line_start + 1)
        newlines = piece.count("\n")
        if newlines:
            line += newlines
            line_start = match.start() + piece.rfind("\n") + 1
        if group == "comment":
            continue
        if group == "line":
            if depth == 0:
                lines.append([])
            continue
        depth += (piece in "[{" and group == "sign") - (piece in "]}" and group == "sign")
        lines[-1].append((group, piece, *at))
    for tokens in lines:
        if not tokens:
            continue
        if tokens[0][1] == "[":
            table = _header(tokens, tables)
            yield table, (tokens[0][2], tokens[0][3])
        else:
            yield from _assigned(tokens, table)


Tokens = list[tuple[str, str, int, int]]


def _header(tokens: Tokens, tables: Counter[Path]) -> Path:
    """The path of `[a.b]`, or of the newest member of `[[a.b]]`."""
    is_list = len(tokens) > 1 and tokens[1][1] == "["
    path: Path = ()
    for group, piece, _, _ in tokens:
        if group == "sign":
            continue
        if len(path) > 2 * MOST_DEPTH:
            break  # the builder refuses it
        path = (*path, _name(group, piece))
        if tables[path] and not (is_list and path == _names(tokens)):
            path = (*path, tables[path] - 1)
    if is_list:
        tables[path] += 1
        path = (*path, tables[path] - 1)
    return path


def _names(tokens: Tokens) -> Path:
    return tuple(_name(group, piece) for group, piece, _, _ in tokens if group != "sign")


def _assigned(tokens: Tokens, table: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """The places in one `key = value`, with the inline tables and lists of the value."""
    stack: list[tuple[Path, bool]] = [(table, False)]  # what is above, and whether it is a list
    key: Path = ()
    in_value = False
    counts: list[int] = [0]
    for group, piece, line, column in tokens:
        above, is_list = stack[-1]
        here = (*above, counts[-1]) if is_list else (*above, *key)
        if group == "sign" and piece in "[{":
            stack.append((here[: 2 * MOST_DEPTH], piece == "["))
            counts.append(0)
            key, in_value = (), piece == "["
        elif group == "sign" and piece in "]}" and len(stack) > 1:
            stack.pop()
            counts.pop()
            in_value = True
        elif piece == "," and group == "sign":
            counts[-1] += 1
            key, in_value = (), is_list
        elif piece == "=" and group == "sign":
            in_value = True
        elif group != "sign" and not in_value and len(here) <= 2 * MOST_DEPTH:
            key = (*key, _name(group, piece))
            yield (*above, *key), (line, column)
        elif group != "sign" and is_list:
            yield here, (line, column)


def _name(group: str, piece: str) -> str:
    if group != "text":
        return piece
    if piece.startswith("'"):
        return piece[1:-1]
    import tomllib

    (key,) = tomllib.loads(f"{piece} = 0")
    return str(key)

"""The bodies of DO blocks and functions: the statements in them, with their places.

PL/pgSQL is split at its semicolons; what is no SQL of its own (declarations, assignments, loops) is
passed over, and what stands under IF, LOOP, CASE or EXCEPTION is conditional. EXECUTE of a literal,
or of format() with literals, is opened; any other is opaque.

Source: https://www.postgresql.org/docs/current/plpgsql-statements.html
"""

from collections.abc import Iterable, Iterator, Sequence

from launchready.facts.acts import Act, Do, Select
from launchready.regex import Regex

_TOKEN: Regex[str] = Regex(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$(?s:.*?)\$\1\$"""
    r"""|--[^\n]*|/\*(?s:.*?)\*/|:=|\|\||[\w.]+|\s+|(?s:.)"""
)
_OPENS = frozenset({"if", "loop", "case"})
_FIRST = frozenset({
    "alter", "create", "drop", "update", "delete", "insert", "truncate", "lock", "select", "with",
    "comment", "grant", "revoke", "refresh", "reindex", "cluster", "vacuum", "analyze", "merge",
    "copy", "set", "reset", "call", "do", "execute", "perform",
})  # fmt: skip
_MOST = 2 << 20
Place = tuple[int, Act, bool]


def block(body: str, language: str, sql: str) -> tuple[tuple[Place, ...], str]:
    """The acts of a body with their offsets in `sql`, which holds it; what could not be read."""
    if language not in ("plpgsql", "sql"):
        return (), f"{language or 'a body'} code"
    start = sql.find(body) if body else -1
    acts: list[Place] = []
    opaque = ""
    for offset, text, is_conditional in _statements(body, language):
        found, unread = _acts(text)
        opaque = opaque or unread
        at = (start + offset) if start >= 0 else 0
        acts.extend((at + more, act, is_conditional) for more, act in found)
    return tuple(acts), opaque


def called(functions: Iterable[str]) -> Iterator[Act]:
    """A CALL: the function that runs."""
    yield Select(functions=tuple(functions))


class _Scan:
    """Where a scan of a body stands. `depth` counts what is open that makes things conditional."""

    def __init__(self, body: str, language: str) -> None:
        self._body = body
        self._is_sql = language == "sql"
        self.depth = 0
        self.start: int | None = None
        self._is_new = True
        self._is_handler = False

    @property
    def is_conditional(self) -> bool:
        """Whether what stands here runs only under a condition."""
        return self.depth > 0 or self._is_handler

    def outside(self, word: str, at: int, end: int) -> None:
        """A word that is in no SQL statement."""
        if not self._is_new:
            self._is_new = word in (";", "then", "else", "begin", "loop")
            self.depth += word in ("loop", "case")
        elif self._is_sql or word in _FIRST:
            self.start = at
        elif word == "exception":
            self._is_handler = True
        elif word == "end":
            self.depth = max(0, self.depth - _closes(self._body, end))
            self._is_new = False
        elif word not in ("begin", "else", "then", ";"):
            self.depth += word in _OPENS
            self._is_new = word == "loop"

    def closed(self) -> None:
        """A statement has ended."""
        self.start, self._is_new = None, True


def _statements(body: str, language: str) -> Iterator[tuple[int, str, bool]]:
    """The SQL statements of a body: offset, text, whether a condition stands over it."""
    if len(body) > _MOST:
        return
    scan = _Scan(body, language)
    for match in _TOKEN.finditer(body):
        sign = match[0]
        if sign.isspace() or sign.startswith(("--", "/*")):
            continue
        if scan.start is None:
            scan.outside(sign.lower(), match.start(), match.end())
        elif sign == ";":
            yield scan.start, body[scan.start : match.start()], scan.is_conditional
            scan.closed()
    if scan.start is not None:
        yield scan.start, body[scan.start :], scan.is_conditional


def _closes(body: str, at: int) -> bool:
    """Whether an END is of an IF, LOOP or CASE."""
    return body[at : at + 12].lower().lstrip().startswith(("if", "loop", "case"))


_HEAD = Regex(r"(?is)\s*(execute|perform)\b")
_INTO = Regex(r"(?is)\s+(?:into|using)\s.*\Z")
_STRING = Regex(r"'((?:[^']|'')*)'|\$(\w*)\$(.*?)\$\2\$")
_FORMAT: Regex[str] = Regex(r"%(?:\d+\$)?[-\d]*([IsL%])")
_NAME = Regex(r"(?i)quote_ident\(\s*'((?:[^']|'')*)'\s*\)")


def _acts(text: str) -> tuple[Sequence[tuple[int, Act]], str]:
    """The acts of one statement of a body, and what of it could not be read."""
    from launchready.steps.migration_check.parsing.postgres import parse_postgres

    head = _HEAD.match(text)
    if head is None:
        return _flat(parse_postgres(text)), ""
    if head[1].lower() == "perform":
        return _flat(parse_postgres(f"SELECT {text[head.end() :]}")), ""
    dynamic = _literal(_INTO.sub("", text[head.end() :]).strip())
    if dynamic is None:
        return (), "dynamic SQL that is built of variables"
    return [(0, act) for _, act in _flat(parse_postgres(dynamic))], ""


def _flat(parsed: Iterable[tuple[int, Act]]) -> list[tuple[int, Act]]:
    found = []
    for offset, act in parsed:
        if isinstance(act, Do):
            found.extend((offset, each[1]) for each in act.acts)
        else:
            found.append((offset, act))
    return found


def _literal(text: str) -> str | None:
    """The SQL of an EXECUTE's operand, where it is all literals."""
    if (match := _STRING.fullmatch(text)) is not None:
        return _value(match)
    if text.lower().startswith("format("):
        return _formatted(text)
    parts = [part.strip() for part in text.split("||")]
    values = []
    for part in parts:
        match = _STRING.fullmatch(part) or _NAME.fullmatch(part)
        if match is None:
            return None
        values.append(match[1].replace("''", "'") if match[1] is not None else match[3])
    return "".join(values) if len(values) > 1 else None


def _value(match: "object") -> str:
    one, _, other = match.groups()  # type: ignore[attr-defined]
    text: str = one.replace("''", "'") if one is not None else other
    return text


def _formatted(text: str) -> str | None:
    """format() of literals."""
    inner = text[len("format(") :].rstrip().removesuffix(")")
    found = list(_STRING.finditer(inner))
    rest = _STRING.sub("", inner).replace(",", "").strip()
    if not found or rest:
        return None
    values = [_value(match) for match in found]
    names = iter(values[1:])

    def put(match: "object") -> str:
        letter = match[1]  # type: ignore[index]
        if letter == "%":
            return "%"
        value = next(names, "")
        if letter == "I":
            return value if value.isidentifier() and value.islower() else f'"{value}"'
        return f"'{value}'" if letter == "L" else value

    return _FORMAT.sub(put, values[0])

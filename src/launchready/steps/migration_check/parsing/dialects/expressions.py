"""Expressions and queries of MySQL, MariaDB and SQLite: what they call, read and compare.

They are read by their tokens alone: a word before a bracket is a function, any other that is no
keyword is a column, and what follows FROM or JOIN is a relation.
"""

from launchready.facts.acts import Where
from launchready.facts.schema import Expression
from launchready.frozen import frozen
from launchready.steps.migration_check.parsing.dialects.relations import relations_in
from launchready.steps.migration_check.parsing.dialects.tokens import Cursor, Token

_TIMES = frozenset({
    "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIME", "LOCALTIMESTAMP", "NOW",
})  # fmt: skip
_KEYWORDS = frozenset({
    "ALL", "AND", "AS", "ASC", "BETWEEN", "BINARY", "BY", "CASE", "CAST", "COLLATE", "CROSS",
    "DELETE", "DESC", "DISTINCT", "DIV", "ELSE", "END", "ESCAPE", "EXCEPT", "EXISTS", "FALSE",
    "FOR", "FROM", "FULL", "GLOB", "GROUP", "HAVING", "IN", "INNER", "INSERT", "INTERSECT",
    "INTERVAL", "INTO", "IS", "ISNULL", "JOIN", "LEFT", "LIKE", "LIMIT", "MATCH", "MOD",
    "NATURAL", "NOT", "NOTNULL", "NULL", "OFFSET", "ON", "OR", "ORDER", "OUTER", "OVER",
    "PARTITION", "REGEXP", "RIGHT", "RLIKE", "ROW", "SELECT", "SET", "SOUNDS", "STRAIGHT_JOIN",
    "THEN", "TRUE", "UNION", "UNKNOWN", "UPDATE", "USING", "VALUES", "WHEN", "WHERE", "WINDOW",
    "WITH", "XOR",
})  # fmt: skip
_NOT_CALLED = _KEYWORDS - {"LEFT", "RIGHT", "MOD", "INSERT", "CAST", "GLOB"}
_CONSTANTS = frozenset({"NULL", "TRUE", "FALSE"})
_KEYS = frozenset({"id", "uuid", "guid", "rowid", "key", "slug", "code", "email", "pk", "name"})

_OR = frozenset({"OR", "||", "XOR"})
_AND = frozenset({"AND", "&&"})
_DEEPEST = 100


@frozen
class Seen:
    """What tokens say."""

    functions: tuple[str, ...]
    columns: tuple[str, ...]
    relations: tuple[str, ...]
    literals: tuple[str, ...]
    has_limit: bool
    is_star: bool


def seen_in(cursor: Cursor) -> Seen:
    """What the rest of a cursor says."""
    functions: dict[str, None] = {}
    columns: dict[str, None] = {}
    literals: dict[str, None] = {}
    tokens = cursor.left()
    has_limit = is_star = False
    for at, token in enumerate(tokens):
        after = tokens[at + 1].upper if at + 1 < len(tokens) else ""
        before = tokens[at - 1].upper if at else ""
        if token.kind == "string":
            literals[token.text] = None
        elif token.upper == "*":
            is_star = is_star or before in ("SELECT", ",", ".", "DISTINCT", "ALL")
        elif token.upper in _TIMES:
            functions["now"] = None
        elif token.kind == "word" and after == "(" and token.upper not in _NOT_CALLED:
            functions[token.text.lower()] = None
        elif token.upper == "LIMIT":
            has_limit = True
        elif _is_column(token, before, after):
            columns[token.text] = None
    relations = relations_in(tokens)
    return Seen(
        functions=tuple(functions),
        columns=tuple(name for name in columns if name not in relations),
        relations=relations,
        literals=tuple(literals),
        has_limit=has_limit,
        is_star=is_star,
    )


def _is_column(token: Token, before: str, after: str) -> bool:
    if token.kind == "word" and (token.upper in _KEYWORDS or token.text.startswith("@")):
        return False
    return token.kind in ("word", "name") and after != "." and before != "AS"


def expression(cursor: Cursor) -> Expression:
    """The rest of a cursor as an expression; brackets around all of it say nothing."""
    sql = cursor.text()
    tokens = cursor.left()
    bare = [token for token in tokens if token.upper not in ("(", ")", "-", "+")]
    is_null = len(bare) == 1 and bare[0].upper == "NULL"
    is_literal = len(bare) == 1 and bare[0].kind in ("string", "number")
    is_literal = is_literal or (
        len(bare) == 1 and sql.startswith('"')
    )  # SQLite takes a name that is none for a string
    is_constant = is_null or is_literal or (len(bare) == 1 and bare[0].upper in _CONSTANTS)
    if len(bare) == 2 and bare[0].upper in ("B", "X", "N", "_UTF8MB4", "DATE", "TIMESTAMP"):
        is_constant = bare[1].kind == "string"
    if is_constant:
        return Expression(sql=sql, is_constant=True, is_null=is_null)
    seen = seen_in(cursor)
    return Expression(sql=sql, functions=seen.functions, columns=seen.columns)


@frozen
class Condition:
    """A condition: see `facts.acts.Change`."""

    where: Where
    columns: tuple[str, ...] = ()
    equals: tuple[str, ...] = ()
    is_bounded: bool = False


def condition(cursor: Cursor | None) -> Condition:
    """What a WHERE says."""
    if cursor is None:
        return Condition(where=Where.NONE)
    tokens = _unwrapped(cursor.left())
    either = _split(tokens, _OR)
    parts = _split(tokens, _AND) if len(either) == 1 else either
    some = any if len(either) > 1 else all
    if some(_is_always(each) for each in parts):
        return Condition(where=Where.TAUTOLOGY)
    seen = seen_in(cursor)
    equals: dict[str, None] = {}
    is_bounded = seen.has_limit
    for part in parts if len(either) == 1 else ():
        column, is_list = _compared(part)
        if column:
            equals[column] = None
            is_bounded = is_bounded or is_list or column.lower() in _KEYS
    return Condition(
        where=Where.SOME, columns=seen.columns, equals=tuple(equals), is_bounded=is_bounded
    )


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """Tokens without the brackets around all of them."""
    start, end = 0, len(tokens)
    while start < end and tokens[start].upper == "(" and _closes_last(tokens, start, end):
        start, end = start + 1, end - 1
        if start > _DEEPEST:
            break
    return tokens[start:end]


def _closes_last(tokens: list[Token], start: int, end: int) -> bool:
    depth = 0
    for at in range(start, end):
        depth += {"(": 1, ")": -1}.get(tokens[at].upper, 0)
        if not depth:
            return at == end - 1
    return False


def _split(tokens: list[Token], words: frozenset[str]) -> list[list[Token]]:
    """The parts that words join which stand in no brackets; BETWEEN has an AND of its own."""
    parts: list[list[Token]] = [[]]
    depth, is_between = 0, False
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.upper, 0)
        if not depth and token.upper in words and not is_between:
            parts.append([])
            continue
        is_between = token.upper == "BETWEEN" or (is_between and token.upper != "AND")
        parts[-1].append(token)
    return parts


def _is_always(tokens: list[Token]) -> bool:
    bare = [token for token in tokens if token.upper not in ("(", ")")]
    if len(bare) == 1:
        return bare[0].upper == "TRUE" or (bare[0].kind == "number" and bare[0].text != "0")
    if len(bare) == 3 and bare[1].upper in ("=", "==", ">=", "<=", "<=>"):
        return bare[0].text == bare[2].text
    return False


def _compared(tokens: list[Token]) -> tuple[str, bool]:
    bare = [token for token in tokens if token.upper not in ("(", ")")]
    if len(bare) >= 3 and bare[1].upper == ".":
        bare = bare[2:]
    if len(bare) < 3 or bare[0].kind not in ("word", "name"):
        return "", False
    values = [token for token in bare[2:] if token.upper != ","]
    are_values = all(token.kind in ("string", "number") or token.text == "?" for token in values)
    if not are_values:
        return "", False
    if bare[1].upper in ("=", "==", "<=>") and len(values) == 1:
        return bare[0].text, False
    return (bare[0].text, True) if bare[1].upper == "IN" else ("", False)

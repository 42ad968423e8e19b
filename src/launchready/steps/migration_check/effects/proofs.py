"""What the checks of a table prove, so that the server need not look at its rows.

Source: ConstraintImpliedByRelConstraint and NotNullImpliedByRelConstraints in PostgreSQL's
src/backend/commands/tablecmds.c: since version 12 a valid CHECK proves a NOT NULL, since 10 the
bounds of a partition. Only a conjunct proves: of `a IS NOT NULL AND b > 0` either part does.
"""

from collections.abc import Iterator

from launchready.facts.catalogue import Catalogue, Table
from launchready.facts.schema import Constraint, ConstraintKind
from launchready.regex import Regex

_TOKENS: Regex[str] = Regex(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|[\w$]+(?:\.\w+)?|[<>=!]+|::|[^\s\w]"""
)
_LONGEST = 2000
"""Characters of a condition beyond which nobody relies on what it implies."""

_CAST = "::"
Tokens = tuple[str, ...]


def proves_not_null(catalogue: Catalogue, table: Table, column: str) -> bool:
    """Whether a valid CHECK of a table says that a column holds no NULL, be it by its name alone
    where an earlier release made it unseen (`replay.keys.validate_constraint`).
    """
    if catalogue.server.version < (12,):
        return False
    if any(_says_not_null(each, column) for each in proven(table)):
        return True
    return any(
        each.condition is None and not each.is_not_valid and column in each.name
        for each in table.constraints.values()
        if each.kind is ConstraintKind.CHECK and not each.columns and "null" in each.name.lower()
    )


def not_null_in(constraint: Constraint, table: Table) -> tuple[str, ...]:
    """The columns of a table of which a check, valid or not, says that they hold no NULL."""
    if constraint.condition is None or len(constraint.condition.sql) > _LONGEST:
        return ()
    if "null" not in constraint.condition.sql.lower():
        return ()
    parts = list(_conjuncts(_tokens(constraint.condition.sql)))
    return tuple(name for name in table.columns if any(_says_not_null(p, name) for p in parts))


def proves_bound(table: Table, bound: str) -> bool:
    """Whether a table's checks and NOT NULLs imply the bounds of a range or list: `bound` is what
    stands after FOR VALUES. Only bounds of one column, written alike, are recognised.
    """
    tokens = _tokens(bound)
    known = list(proven(table))
    for column in table.columns.values():
        name = column.name
        if not (column.is_not_null or any(_says_not_null(each, name) for each in known)):
            continue
        if _is_in_range(tokens, known, name) or _is_in_list(tokens, known, name):
            return True
    return False


def proven(table: Table) -> Iterator[Tokens]:
    """The conjuncts of the valid checks of a table."""
    for constraint in table.constraints.values():
        if constraint.kind is not ConstraintKind.CHECK or constraint.is_not_valid:
            continue
        if constraint.condition is not None and len(constraint.condition.sql) <= _LONGEST:
            yield from _conjuncts(_tokens(constraint.condition.sql))


def _is_in_range(bound: Tokens, known: list[Tokens], column: str) -> bool:
    parts = _range(bound)
    if parts is None:
        return False
    low, high = parts
    return all(
        value in (("minvalue",), ("maxvalue",))
        or any(_bare(each) == (column, sign, *value) for each in known)
        for value, sign in ((low, ">="), (high, "<"))
    )


def _range(bound: Tokens) -> tuple[Tokens, Tokens] | None:
    """The two ends of `FROM (x) TO (y)`."""
    words = tuple(token.lower() for token in bound)
    if "from" not in words or "to" not in words:
        return None
    start, middle = words.index("from"), words.index("to")
    return _bare(_unwrapped(bound[start + 1 : middle])), _bare(_unwrapped(bound[middle + 1 :]))


def _is_in_list(bound: Tokens, known: list[Tokens], column: str) -> bool:
    if not bound or bound[0].lower() != "in":
        return False
    values = _bare(_unwrapped(bound[1:]))
    if any(_bare(each) == (column, "in", "(", *values, ")") for each in known):
        return True
    return any(_bare(each) == (column, "=", *values) for each in known)


def _says_not_null(conjunct: Tokens, column: str) -> bool:
    words = tuple(_name(token) for token in conjunct)
    if words in ((column, "is", "not", "null"), (column, "notnull")):
        return True
    if words[:1] == ("not",):
        inner = tuple(_name(token) for token in _unwrapped(conjunct[1:]))
        return inner in ((column, "is", "null"), (column, "isnull"))
    return False


def _conjuncts(tokens: Tokens) -> Iterator[Tokens]:
    """The parts that AND joins at the top; an OR anywhere at the top leaves the whole."""
    pending = [tokens]
    while pending:
        whole = _unwrapped(pending.pop())
        parts = _split(whole)
        if len(parts) == 1:
            yield whole
        else:
            pending.extend(parts)


def _split(tokens: Tokens) -> list[Tokens]:
    parts: list[list[str]] = [[]]
    depth = cases = 0
    is_between = False
    for token in tokens:
        word = token.lower()
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token, 0)
        cases += {"case": 1, "end": -1}.get(word, 0)
        if depth == cases == 0 and word == "or":
            return [tokens]
        if depth == cases == 0 and word == "and" and not is_between:
            parts.append([])
            continue
        is_between = word == "between" or (is_between and word != "and")
        parts[-1].append(token)
    return [tuple(part) for part in parts]


def _unwrapped(tokens: Tokens) -> Tokens:
    """Tokens without the parentheses around all of them."""
    while len(tokens) > 1 and tokens[0] == "(" and _closes_last(tokens):
        tokens = tokens[1:-1]
    return tokens


def _closes_last(tokens: Tokens) -> bool:
    depth = 0
    for at, token in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if depth == 0:
            return at == len(tokens) - 1
    return False


def _bare(tokens: Tokens) -> Tokens:
    """A comparison without casts, with names as the catalogue has them."""
    kept: list[str] = []
    is_type = False
    for token in tokens:
        is_cast = token == _CAST
        if is_type or is_cast:
            is_type = is_cast
            continue
        if kept and kept[-1] in ("date", "timestamp", "timestamptz") and token.startswith("'"):
            kept.pop()  # DATE '2024-01-01'
        kept.append(token if token.startswith("'") else _name(token))
    return tuple(kept)


def _tokens(sql: str) -> Tokens:
    return tuple(_TOKENS.findall(sql[: _LONGEST * 2]))


def _name(token: str) -> str:
    """A name without quotes and table, a keyword in lower case."""
    if token.startswith('"'):
        return token[1:-1].replace('""', '"')
    return token.lower().rpartition(".")[2] or token.lower()

"""The relations that a query of MySQL, MariaDB or SQLite reads."""

from launchready.steps.migration_check.parsing.dialects.tokens import Token

_ENDS = frozenset({
    "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "SET", "UNION", "EXCEPT", "INTERSECT", "WINDOW",
    "SELECT", "VALUES", "FOR",
})  # fmt: skip
"""Words that end a FROM."""

_BETWEEN = frozenset({"ON", "USING"})
"""Words after which no relation stands until the next JOIN or comma."""

_JOINS = frozenset({"FROM", "JOIN", "STRAIGHT_JOIN"})
_INNER_FROM = frozenset({"EXTRACT", "TRIM", "SUBSTRING", "SUBSTR", "POSITION", "OVERLAY"})
"""Functions in whose brackets a FROM may stand that reads nothing."""

_MOST_NAMES = 200


def relations_in(tokens: list[Token]) -> tuple[str, ...]:
    """What follows FROM and JOIN, without the names that a WITH gives."""
    walk = _Walk(tokens)
    while walk.at < len(tokens):
        walk.step(tokens[walk.at])
    return tuple(name for name in walk.found if name not in walk.hidden)


class _Walk:
    """A walk through tokens. `is_from` says for each open bracket whether it is within a FROM."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.found: dict[str, None] = {}
        self.hidden: set[str] = set()
        self._is_from = [False]
        self._wants = False

    def step(self, token: Token) -> None:
        """One token, or all of a name."""
        word = token.upper
        if word in ("(", ")"):
            self._bracket(word)
        elif word in _JOINS:
            self._is_from[-1] = self._wants = True
        elif word == ",":
            self._wants = self._is_from[-1]
        elif word in _ENDS:
            self._is_from[-1] = self._wants = False
        elif word in _BETWEEN:
            self._wants = False
        elif word == "AS" and self._after() == "(":
            self._hide()
        elif self._wants and token.kind in ("word", "name"):
            self._name()
            return
        self.at += 1

    def _bracket(self, sign: str) -> None:
        if sign == ")":
            if len(self._is_from) > 1:
                self._is_from.pop()
            self._wants = False
            return
        opener = self._before(1)
        if opener is not None and opener.upper in _INNER_FROM:
            self.at = self._closing()
            return
        self._is_from.append(self._is_from[-1] and self._wants)

    def _hide(self) -> None:
        """A name that WITH gives; names of its columns may stand between."""
        at = self.at - 1
        if at >= 0 and self.tokens[at].upper == ")":
            while at > max(0, self.at - _MOST_NAMES) and self.tokens[at].upper != "(":
                at -= 1
            at -= 1
        if at >= 0:
            self.hidden.add(self.tokens[at].text)

    def _name(self) -> None:
        name, self.at = _dotted(self.tokens, self.at)
        self._wants = False
        if self.at >= len(self.tokens) or self.tokens[self.at].upper != "(":
            self.found[name] = None

    def _closing(self) -> int:
        depth = 0
        for at in range(self.at, len(self.tokens)):
            depth += {"(": 1, ")": -1}.get(self.tokens[at].upper, 0)
            if not depth:
                return at
        return len(self.tokens)

    def _before(self, count: int) -> Token | None:
        return self.tokens[self.at - count] if self.at >= count else None

    def _after(self) -> str:
        return self.tokens[self.at + 1].upper if self.at + 1 < len(self.tokens) else ""


def _dotted(tokens: list[Token], at: int) -> tuple[str, int]:
    parts = [tokens[at].text]
    at += 1
    while at + 1 < len(tokens) and tokens[at].upper == ".":
        parts.append(tokens[at + 1].text)
        at += 2
    return ".".join(parts[1:] if parts[0] == "main" and len(parts) > 1 else parts), at

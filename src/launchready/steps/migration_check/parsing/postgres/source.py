"""The text of one statement beside its tree: where nodes stand in it, and what is written there."""

from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.spelling import words_of

_EDGES = r"[()\[\],]"
_CONSTRAINT_WORDS = (
    rf"{_EDGES}|\b(?:NOT|NULL|CHECK|UNIQUE|PRIMARY|REFERENCES|GENERATED|CONSTRAINT|COLLATE"
    r"|DEFERRABLE|INITIALLY)\b"
)
_NAME = Regex(r'(?:"(?:[^"]|"")*"|[\w$]+)(?:\s*\.\s*(?:"(?:[^"]|"")*"|[\w$]+))*\s*\*?')


class Source:
    """The text of a statement. Its tree counts bytes; what is said of it here, characters."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self._bytes = None if sql.isascii() else sql.encode("utf-8", "replace")

    def at(self, location: int) -> int:
        """The character that a byte of the text belongs to."""
        if self._bytes is None:
            return location
        return len(self._bytes[:location].decode("utf-8", "ignore"))

    def place(self, node: Node) -> int:
        """Where a node says that it stands; a node at the very start says nothing."""
        return self.at(node.get("location", 0))

    def clauses(self, relation: Node, count: int) -> list[tuple[int, int]]:
        """The spans of the clauses that commas part after the name of a relation."""
        start = self.place(relation)
        if name := _NAME.match(self.sql, start):
            start = name.end()
        if count == 1:
            return [(start, len(self.sql))]
        spans, depth = [], 0
        for found in words_of(Engine.POSTGRESQL, _EDGES).finditer(self.sql, start):
            word = found["word"]
            if word is None:
                continue
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(word, 0)
            if word == "," and not depth:
                spans.append((start, found.start()))
                start = found.end()
        spans.append((start, len(self.sql)))
        return [(self._first(begin, end), end) for begin, end in spans]

    def after(self, word: str, start: int, end: int | None = None) -> str:
        """What follows a word of a clause, as far as its expression goes: to a comma or bracket
        that is not its own.
        """
        depth = 0
        end = len(self.sql) if end is None else end
        for found in words_of(Engine.POSTGRESQL, rf"{_EDGES}|\b{word}\b").finditer(
            self.sql, start, end
        ):
            edge = found["word"]
            if edge is None:
                continue
            step = {"(": 1, "[": 1, ")": -1, "]": -1, ",": 0}.get(edge)
            if step is not None:
                depth += step
            elif not depth:
                return self.expression(found.end(), end)
        return ""

    def expression(self, start: int, end: int | None = None) -> str:
        """The expression that begins at a place."""
        return self._until(_EDGES, start, end)

    def default(self, start: int) -> str:
        """The expression of a column's DEFAULT, which other constraints may follow."""
        return self._until(_CONSTRAINT_WORDS, start, None)

    def enclosed(self, start: int) -> str:
        """What the next pair of parentheses holds."""
        opening = self.sql.find("(", start)
        return self.expression(opening + 1) if opening >= 0 else ""

    def _first(self, start: int, end: int) -> int:
        text = self.sql[start:end]
        return start + len(text) - len(text.lstrip())

    def _until(self, stops: str, start: int, end: int | None) -> str:
        depth, end = 0, len(self.sql) if end is None else end
        start = self._first(start, end)
        for found in words_of(Engine.POSTGRESQL, stops).finditer(self.sql, start, end):
            word = found["word"]
            if word is None or (found.start() == start and word.isalpha()):
                continue
            if word in "([":
                depth += 1
            elif word in ")]":
                depth -= 1
            if depth < 0 or (not depth and word not in "([)]"):
                end = found.start()
                break
        return self.sql[start:end].strip()


def first_location(node: object) -> int | None:
    """The first byte that any part of a tree names."""
    pending, found = [node], None
    while pending:
        each = pending.pop()
        if isinstance(each, list):
            pending.extend(each)
        elif isinstance(each, dict):
            at = each.get("location")
            if isinstance(at, int) and at >= 0 and (found is None or at < found):
                found = at
            pending.extend(value for value in each.values() if isinstance(value, (dict, list)))
    return found

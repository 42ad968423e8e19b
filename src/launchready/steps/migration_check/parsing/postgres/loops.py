"""Loops over all rows of a table: what is done to one row after the other is done to all."""

from dataclasses import replace

from launchready.facts.acts import Act, Change
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import relation

_NAME = r'(?:"(?:[^"]|"")+"|[^\W\d][\w$]*)'
_COLUMN = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_OF_ROW = Regex(
    rf"\bWHERE\s+(?:{_COLUMN}\s*=\s*({_NAME})\s*\.\s*{_NAME}"
    rf"|({_NAME})\s*\.\s*{_NAME}\s*=\s*{_COLUMN})\s*$",
    2,
)
_PICKS = ("whereClause", "limitCount", "groupClause", "distinctClause", "havingClause")


class Rows:
    """The variables of a body that stand for each row of a table in turn."""

    def __init__(self) -> None:
        self._tables: dict[str, str] = {}

    def loop(self, variable: str, query: Node) -> None:
        """A loop over a query begins."""
        if table := _whole_table(query):
            self._tables[variable.lower()] = table

    def forget(self, variable: str) -> None:
        """A variable stands for something else."""
        self._tables.pop(variable.lower(), None)

    def widened(self, act: Act, text: str) -> Act:
        """A change of the row that a loop has come to, as one of every row it goes over."""
        if not self._tables or not isinstance(act, Change) or act.is_bounded:
            return act
        found = _OF_ROW.search(text)
        table = self._tables.get((found[1] or found[2]).lower()) if found else None
        return replace(act, is_joined=True, reads=(table,)) if table else act


def _whole_table(query: Node) -> str:
    """The table of which a query gives every row; "" where it picks some."""
    rows = query.get("SelectStmt", {})
    sources = rows.get("fromClause", ())
    if len(sources) != 1 or any(each in rows for each in _PICKS):
        return ""
    return relation(sources[0]["RangeVar"]) if "RangeVar" in sources[0] else ""

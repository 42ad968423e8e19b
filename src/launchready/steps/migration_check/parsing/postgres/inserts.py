"""INSERTs of rows that are literals, of which a seed or a dump holds thousands: all that begin
alike are the same act but for the words in their rows, so that the first is parsed for all.
"""

from collections.abc import Callable
from functools import lru_cache

from launchready.facts.acts import Act, Change
from launchready.frozen import replace
from launchready.regex import Regex

Acts = tuple[tuple[int, Act], ...]

_NAME = r'(?:"(?:[^"]|"")++"|\w++)'
_LITERAL = r"(?:'(?:[^']|'')*+'|[-+]?\d++(?:\.\d++)?+|(?:NULL|TRUE|FALSE|DEFAULT)\b)"
_ROW = rf"\(\s*+{_LITERAL}(?:\s*+,\s*+{_LITERAL})*+\s*+\)"
_ROWS = Regex(
    rf"(INSERT\s++INTO\s++{_NAME}(?:\s*+\.\s*+{_NAME})?+\s*+"
    rf"(?:\(\s*+{_NAME}(?:\s*+,\s*+{_NAME})*+\s*+\)\s*+)?+VALUES)\s*+"
    rf"({_ROW}(?:\s*+,\s*+{_ROW})*+)(\s*+ON\s++CONFLICT\s++DO\s++NOTHING)?+\s*+\Z",
    2,
)
_WORDS = Regex(r"'((?:[^']|'')*+)'")
_MOST = 1000
"""Beginnings that are kept."""


def acts_of_rows(sql: str, parse: Callable[[str], Acts]) -> Acts | None:
    """The acts of an INSERT of literals; None of every other statement. `parse` is asked about the
    first of those that begin alike, with one row.
    """
    found = _ROWS.match(sql)
    if found is None:
        return None
    head, rows, tail = found.groups()
    alike = _alike(head, tail or "", parse)
    if len(alike) != 1 or not isinstance(alike[0][1], Change):
        return None  # it is no SQL: the parser's own words are about the whole
    if "'" not in rows:
        return alike
    words = dict.fromkeys(each.replace("''", "'") for each in _WORDS.findall(rows))
    return ((0, replace(alike[0][1], values=tuple(words))),)


@lru_cache(_MOST)
def _alike(head: str, tail: str, parse: Callable[[str], Acts]) -> Acts:
    return parse(f"{head} (NULL){tail}")

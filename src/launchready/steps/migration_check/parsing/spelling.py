"""How SQL is spelt, per engine: what may stand in a statement without ending it.

Every expression takes its text in one pass: its parts are atomic, and what is opened and never
closed goes on to the end, as the servers see it. So no text costs more than its length.

Sources: https://www.postgresql.org/docs/current/sql-syntax-lexical.html,
https://dev.mysql.com/doc/refman/8.4/en/string-literals.html and /comments.html,
https://www.sqlite.org/lang_keywords.html, https://www.postgresql.org/docs/current/app-psql.html.
"""

import re
from functools import cache

from launchready.facts.schema import Engine
from launchready.regex import Regex

_FLAT_COMMENT = r"/\*(?s:.*?)(?:\*/|\Z)"
"""A comment of MySQL and SQLite ends at the first end there is."""

_PLAIN_COMMENT = r"/\*(?:[^*/]|\*(?!/)|/(?!\*))*+\*/"
_DOLLAR = r"(?<![\w$])\$(?P<tag>(?:[^\W\d]\w*)?)\$(?s:.*?)(?:\$(?P=tag)\$|\Z)"
_ESCAPED = r"(?<=[^\w$][eE])'(?:[^'\\]|''|\\(?s:.))*+(?:'|\\?\Z)"
_SINGLE = r"'[^']*+(?:''[^']*+)*+(?:'|\Z)"
_DOUBLE = r'"[^"]*+(?:""[^"]*+)*+(?:"|\Z)'
_SLASHED = r"'(?:[^'\\]|''|\\(?s:.))*+(?:'|\\?\Z)" + "|" + r'"(?:[^"\\]|""|\\(?s:.))*+(?:"|\\?\Z)'
_TICKS = r"`[^`]*+(?:`|\Z)"

POSTGRES_BLANK = Regex(rf"(?:\s++|--[^\n]*+|{_PLAIN_COMMENT})++")
"""Blanks and comments; one that holds another comment is left to `nested_end`."""

POSTGRES_QUOTED = rf"{_ESCAPED}|{_SINGLE}|{_DOUBLE}|{_DOLLAR}"
"""Strings and quoted names of PostgreSQL."""

_POSTGRES = (
    rf"(?:[^;'\"$/\\-]++|{POSTGRES_QUOTED}|--[^\n]*+|-|{_PLAIN_COMMENT}|/(?!\*)|\$|\\(?![\w;]))*+"
)
_MYSQL = (
    rf"(?:[^;'\"`/#-]++|{_SLASHED}|{_TICKS}|--(?=\s|\Z)[^\n]*+|-|\#[^\n]*+"
    rf"|{_FLAT_COMMENT}|/)*+"
)
_SQLITE = (
    rf"(?:[^;'\"`/\[-]++|{_SINGLE}|{_DOUBLE}|{_TICKS}|\[[^\]]*+\]?|--[^\n]*+|-"
    rf"|{_FLAT_COMMENT}|/)*+"
)

_RUNS = {
    Engine.POSTGRESQL: Regex(_POSTGRES),
    Engine.MYSQL: Regex(_MYSQL),
    Engine.MARIADB: Regex(_MYSQL),
    Engine.SQLITE: Regex(_SQLITE),
}
_MYSQL_BLANK = Regex(rf"(?:\s++|--(?=\s|\Z)[^\n]*+|\#[^\n]*+|(?!/\*M?!){_FLAT_COMMENT})++")
_BLANKS = {
    Engine.POSTGRESQL: POSTGRES_BLANK,
    Engine.MYSQL: _MYSQL_BLANK,
    Engine.MARIADB: _MYSQL_BLANK,
    Engine.SQLITE: Regex(rf"(?:\s++|--[^\n]*+|{_FLAT_COMMENT})++"),
}
_EDGE = Regex(r"/\*|\*/")

QUOTES = {
    Engine.POSTGRESQL: POSTGRES_QUOTED,
    Engine.MYSQL: rf"{_SLASHED}|{_TICKS}",
    Engine.MARIADB: rf"{_SLASHED}|{_TICKS}",
    Engine.SQLITE: rf"{_SINGLE}|{_DOUBLE}|{_TICKS}|\[[^\]]*+\]",
}
"""Strings and quoted names, as parts of other expressions."""

_DASHES = {
    Engine.POSTGRESQL: r"--[^\n]*+",
    Engine.MYSQL: r"--(?=\s|\Z)[^\n]*+|\#[^\n]*+",
    Engine.MARIADB: r"--(?=\s|\Z)[^\n]*+|\#[^\n]*+",
    Engine.SQLITE: r"--[^\n]*+",
}


def run_end(text: str, at: int, engine: Engine) -> int:
    """Where a statement that goes on at `at` stops: before a `;`, a psql command, the end."""
    run = _RUNS[engine].match
    while True:
        found = run(text, at)
        at = found.end() if found else at
        if engine is not Engine.POSTGRESQL or not text.startswith("/*", at):
            return at
        at = nested_end(text, at)


def blank_end(text: str, at: int, engine: Engine) -> int:
    """The end of the blanks and comments that begin at `at`."""
    blank = _BLANKS[engine].match
    while True:
        found = blank(text, at)
        at = found.end() if found else at
        if engine is not Engine.POSTGRESQL or not text.startswith("/*", at):
            return at
        at = nested_end(text, at)


def nested_end(text: str, at: int) -> int:
    """The end of a comment that may hold others; the text's where it is not closed."""
    depth = 0
    for edge in _EDGE.finditer(text, at):
        depth += 1 if edge.group() == "/*" else -1
        if not depth:
            return edge.end()
    return len(text)


@cache
def words_of(engine: Engine, words: str) -> re.Pattern[str]:
    """Where one of the alternatives `words` stands outside of strings and comments: a match with a
    group `word`, among matches without.
    """
    comment = _PLAIN_COMMENT if engine is Engine.POSTGRESQL else _FLAT_COMMENT
    skipped = rf"{QUOTES[engine]}|{_DASHES[engine]}|{comment}"
    return re.compile(rf"{skipped}|(?P<word>{words})", re.IGNORECASE)

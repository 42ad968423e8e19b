"""Placeholders that a tool fills in before the server sees the SQL: `${x}`, `#{x}`, `:name`, …

Each becomes a name or a literal of the same length, so that the statement parses and every offset
stays what it was.
"""

from re import DOTALL, Match

from launchready.facts.schema import Engine
from launchready.regex import Regex

_SIGNS = Regex(r"[$#]\{|\{\{|\{%|<%|%\(|%s|\{\w|:[\w'\"]|@\w|\$\(\w")
_HAS_SIGN = Regex(r"[{%<:@]|\$\(")
"""A look that is cheap: each of those signs has one of these."""
_STRING = r"'[^']*+(?:''[^']*+)*+(?:'|\Z)|--[^\n]*+"
_QUOTED = r'"[^"]*+(?:""[^"]*+)*+(?:"|\Z)'
_HOLES = (
    r"\$\{(?P<dollar>[^{}\n]{0,200}+)\}|#\{(?P<ruby>[^{}\n]{0,200}+)\}|\{\{(?P<braces>[^{}\n]{0,200}+)\}\}"
    r"|<%=(?P<erb>(?:[^%<\n]|%(?!>)){0,200}+)%>|%\((?P<percent>\w++)\)s|(?<![\w%)\]])%(?P<bare>s)\b"
    r"|(?<![\w@])@(?P<at>[A-Za-z_][\w.]*+)@|\$\((?P<paren>\w++)\)"
    r"|(?<![:\w\]\)]):(?P<colon>[A-Za-z_]\w*+)(?!:(?!:)|\()"
    r"|(?<![:\w]):'(?P<literal>[A-Za-z_]\w*+)'|(?<![:\w]):\"(?P<name>[A-Za-z_]\w*+)\""
    r"|(?P<block>\{%(?:[^%{\n]|%(?!\})){0,500}+%\}|<%(?!=)(?:[^%<]|%(?!>)){0,500}+%>)"
)
_HOLE = Regex(rf"{_STRING}|{_QUOTED}|{_HOLES}", DOTALL)
_WORD_BEFORE = Regex(
    r"(?:[=<>]|\b(?:DEFAULT|LIMIT|OFFSET|THEN|ELSE|BETWEEN|LIKE|INTERVAL))\s*+\Z", 2
)
_NEAR = 24
_TAG = Regex(r"\$\w*\Z")


def filled(sql: str, engine: Engine) -> tuple[str, tuple[str, ...]]:
    """The statement with something in place of each placeholder, and the placeholders' names."""
    del engine
    if not _HAS_SIGN.search(sql) or not _SIGNS.search(sql):
        return sql, ()
    names: list[str] = []

    def fill(found: Match[str]) -> str:
        if not found.lastgroup:
            return str(found[0])
        whole = found[0]
        if found.lastgroup == "block":
            return _blank(whole)
        if found.lastgroup == "paren" and _TAG.search(
            sql, max(0, found.start() - 64), found.start()
        ):
            return whole  # `$re$(a)`: the text of a dollar quote
        names.append(found[found.lastgroup].strip())
        if found.lastgroup == "literal":
            return "'" + "x" * (len(whole) - 2) + "'"
        if found.lastgroup == "name":
            return '"' + "x" * (len(whole) - 2) + '"'
        return _standing_for(whole, sql, found.start(), found.end())

    return _HOLE.sub(fill, sql), tuple(names)


def _standing_for(hole: str, sql: str, start: int, end: int) -> str:
    """A literal where a value stands for sure, else a name, which may stand for a value too."""
    is_word = sql[end : end + 1].isalnum() or sql[end : end + 1] in ("_", ".", "(")
    is_word = is_word or (start > 0 and (sql[start - 1].isalnum() or sql[start - 1] in "_."))
    if not is_word and _WORD_BEFORE.search(sql, max(0, start - _NEAR), start):
        return "'" + "x" * (len(hole) - 2) + "'"
    return "x" + "_" * (len(hole) - 1)


def _blank(text: str) -> str:
    return "".join("\n" if character == "\n" else " " for character in text)

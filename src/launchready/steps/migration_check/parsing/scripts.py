"""The statements of an SQL text, with their places."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from launchready.facts.migrations import Statement
from launchready.facts.schema import Engine
from launchready.model import FileLocation
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.placeholders import filled
from launchready.steps.migration_check.parsing.spelling import (
    blank_end,
    run_end,
    words_of,
)

_COPY = Regex(r"COPY\b[^;]*?\bFROM\s+STDIN\b", re.IGNORECASE)
_NO_MORE_ROWS = Regex(r"^\\\.[ \t\r]*$", re.MULTILINE)
_RUNS_RESULT = Regex(r"\\(?:gexec|gset|gdesc|gx|g|crosstabview)\b[^\n]*")
_READS_FILE = Regex(r"\\(?:i|ir|include|include_relative|copy)\b[^\n]*")
_QUITS = Regex(r"\\q(?:uit)?\b")
_LINE = Regex(r"[^\n]*")
_DELIMITER = Regex(r"DELIMITER[ \t]+(\S+)[^\n]*", re.IGNORECASE)
_ROUTINE = Regex(
    r"CREATE\s+(?:OR\s+REPLACE\s+|TEMP(?:ORARY)?\s+|DEFINER\s*=\s*\S+\s+|AGGREGATE\s+)*"
    r"(?:FUNCTION|PROCEDURE|TRIGGER|EVENT)\b|BEGIN\s+NOT\s+ATOMIC\b",
    re.IGNORECASE,
)
_RULE = Regex(r"CREATE\s+(?:OR\s+REPLACE\s+)?RULE\b", re.IGNORECASE)
_SPECIAL = Regex(r"/\*M?!\d*|\*/")
_BLOCKS = {
    Engine.POSTGRESQL: r"\bBEGIN\s+ATOMIC\b|\bCASE\b|\bEND\b",
    Engine.MYSQL: r"\bBEGIN\b|\bCASE\b|\bEND(?:\s+(?:IF|LOOP|WHILE|REPEAT|FOR|CASE))?\b",
    Engine.MARIADB: r"\bBEGIN\b|\bCASE\b|\bEND(?:\s+(?:IF|LOOP|WHILE|REPEAT|FOR|CASE))?\b",
    Engine.SQLITE: r"\bBEGIN\b|\bCASE\b|\bEND\b",
}
_CLOSES_OTHERS = ("if", "loop", "while", "repeat", "for")


class Piece(NamedTuple):
    """One statement of a text, without its semicolon: `text[start:end]`. `sql` is it as it can be
    parsed: names stand for the placeholders `bound`, of the same length, so that offsets stay.
    """

    start: int
    end: int
    sql: str
    bound: tuple[str, ...] = ()


def pieces(text: str, engine: Engine) -> Iterator[Piece]:
    """The statements of a text: comments, psql's commands and COPY's rows are left out.

    A psql command that runs SQL of elsewhere (`\\i`, `\\gexec`) stays, as what cannot be followed.
    """
    for start, end in _spans(text, engine):
        if start < end:
            sql, bound = filled(_unwrapped(text[start:end], engine), engine)
            yield Piece(start, end, sql, bound)


def statements_of(
    path: str, text: str, engine: Engine, *, start: int = 0, end: int | None = None
) -> tuple[Statement, ...]:
    """The statements of `text[start:end]`, placed in the file `path` that `text` is all of."""
    found = []
    line, seen = 1 + text.count("\n", 0, start), start
    for piece in pieces(text[start:end], engine):
        at = start + piece.start
        line += text.count("\n", seen, at)
        seen = at
        column = at - text.rfind("\n", 0, at)
        place = FileLocation(path=path, line=line, column=column)
        found.append(Statement(sql=piece.sql, place=place, bound=piece.bound))
    return tuple(found)


def _spans(text: str, engine: Engine) -> Iterator[tuple[int, int]]:
    is_postgres = engine is Engine.POSTGRESQL
    is_mysql = engine in (Engine.MYSQL, Engine.MARIADB)
    delimiter, at, size = ";", 0, len(text)
    while at < size:
        at = blank_end(text, at, engine)
        if is_mysql and (found := _DELIMITER.match(text, at)):
            delimiter, at = found[1], found.end()
            continue
        if text.startswith(delimiter, at):
            at += len(delimiter)
            continue
        if is_postgres and text.startswith("\\;", at):
            at += 2
            continue
        if is_postgres and text.startswith("\\", at):
            if _QUITS.match(text, at):
                return
            line = _READS_FILE.match(text, at) or _LINE.match(text, at)
            if line and line.re is _READS_FILE.compiled:
                yield at, _trimmed(text, at, line.end())
            at = max(line.end() if line else size, at + 1)
            continue
        end = _end(text, at, engine) if delimiter == ";" else _delimited(text, at, delimiter)
        yield at, _trimmed(text, at, end)
        rows = is_postgres and text.startswith(";", end) and _COPY.match(text, at, end)
        at = _after_rows(text, end) if rows else max(end, at + 1)


def _end(text: str, at: int, engine: Engine) -> int:
    """The end of the statement at `at`, its blocks and psql's `\\gexec` included."""
    end = run_end(text, at, engine)
    if text.startswith(("c", "C", "b", "B"), at):
        if _ROUTINE.match(text, at):
            end = _end_of_blocks(text, at, end, engine)
        elif _RULE.match(text, at):
            end = _end_of_blocks(text, at, end, engine, r"[()]")
    while text.startswith("\\", end):
        if text.startswith("\\;", end):
            return end
        if found := _RUNS_RESULT.match(text, end):
            return found.end()
        if text.rfind("\n", at, end) >= 0 and not text[text.rfind("\n", at, end) : end].strip():
            return end  # a command on a line of its own; psql runs it before what is unfinished
        end = run_end(text, end + 1, engine)
    return end


def _end_of_blocks(text: str, at: int, end: int, engine: Engine, edges: str = "") -> int:
    """The end of a routine whose body stands in BEGIN … END, which holds semicolons."""
    words = words_of(engine, edges or _BLOCKS[engine])
    depth = 0
    for found in words.finditer(text, at, end):
        depth = _deeper(found, depth)
    if not depth:
        return end
    for found in words.finditer(text, end):
        depth = _deeper(found, depth)
        if not depth:
            return run_end(text, found.end(), engine)
    return len(text)


def _deeper(found: re.Match[str], depth: int) -> int:
    word = (found["word"] or "").lower()
    return max(0, depth + _step(word, depth)) if word else depth


def _step(word: str, depth: int) -> int:
    if word in ("(", ")"):
        return 1 if word == "(" else -1
    if word.startswith("end"):
        return 0 if word.endswith(_CLOSES_OTHERS) else -1
    return 1 if depth or word.startswith("begin") else 0


def _delimited(text: str, at: int, delimiter: str) -> int:
    """The end before a delimiter of one's own, which strings and comments may hold too."""
    for found in _delimiters(delimiter).finditer(text, at):
        if found["word"]:
            return found.start()
    return len(text)


@lru_cache(maxsize=8)
def _delimiters(delimiter: str) -> re.Pattern[str]:
    return words_of(Engine.MYSQL, re.escape(delimiter))


def _after_rows(text: str, end: int) -> int:
    found = _NO_MORE_ROWS.search(text, end)
    return found.end() if found else len(text)


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without the blanks before it."""
    return start + len(text[start:end].rstrip())


def _unwrapped(sql: str, engine: Engine) -> str:
    """The statement with what stands in MySQL's `/*! … */` as if it stood there openly."""
    if engine not in (Engine.MYSQL, Engine.MARIADB) or "/*" not in sql:
        return sql
    if "/*!" not in sql and "/*M!" not in sql:
        return sql
    return _SPECIAL.sub(lambda found: " " * len(found[0]), sql)

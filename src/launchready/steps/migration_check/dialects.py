"""The engine that SQL is written for, by words that only one of them takes."""

from collections.abc import Iterable

from launchready.facts.schema import Engine
from launchready.regex import Regex

_COMMENT = Regex(r"--[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?")
_SIGNS = (
    (
        Engine.MYSQL,
        Regex(
            r"(?i)\bENGINE\s*=|\bAUTO_INCREMENT\b"
            r"|\b(?:TABLE|INTO|UPDATE|ON)\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?`"
            r"|\bCHARSET\s*=|\b(?:BIGINT|INT)(?:\(\d+\))?\s+UNSIGNED\b|\bFULLTEXT\s+(?:KEY|INDEX)\b"
        ),
    ),
    (
        Engine.SQLITE,
        Regex(r"(?im)\bAUTOINCREMENT\b|^\s*PRAGMA\s+\w+|\bWITHOUT\s+ROWID\b|\bsqlite_\w+"),
    ),
    (
        Engine.POSTGRESQL,
        Regex(
            r"(?i)\b(?:JSONB|TIMESTAMPTZ|BYTEA|(?:BIG|SMALL)?SERIAL|CITEXT|TSVECTOR)\b|\$\w*\$"
            r"|\bLANGUAGE\s+'?plpgsql|\bCREATE\s+EXTENSION\b|\bCONCURRENTLY\b"
            r"|\bUSING\s+(?:GIN|GIST|BRIN)\b|\w::\w|\bAS\s+ENUM\s*\(|\bAS\s+IDENTITY\b"
            r"|\bALTER\s+COLUMN\s+\S+\s+TYPE\b|\bTABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\""
        ),
    ),
)
_MOST = 100_000
"""Characters of all texts that are looked at."""


def spoken(texts: Iterable[str]) -> Engine | None:
    """The engine that most signs in some texts are of; None where they are even, or none is there.

    Backquotes are SQLite's too, so that its own signs count before MySQL's.
    """
    left = _MOST
    counts = {engine: 0 for engine, _ in _SIGNS}
    for text in texts:
        plain = _COMMENT.sub(" ", text[:left])
        left -= len(text)
        for engine, pattern in _SIGNS:
            counts[engine] += sum(1 for _ in pattern.finditer(plain))
        if left <= 0:
            break
    if counts[Engine.SQLITE] and not counts[Engine.POSTGRESQL]:
        return Engine.SQLITE
    (most, engine), (second, _) = sorted(
        ((count, engine) for engine, count in counts.items()), key=lambda e: -e[0]
    )[:2]
    return engine if most > second else None

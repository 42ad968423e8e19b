"""The engine that SQL is written for, as words tell that only one of them knows."""

from collections.abc import Iterable

from launchready.facts.schema import Engine
from launchready.regex import Regex

_MOST = 40_000
"""Characters of a text that are looked at."""

_SIGNS = Regex(
    r"--[^\n]*+|/\*(?s:.*?)(?:\*/|\Z)"
    r"|(?P<mysql>\bENGINE\s*=\s*\w+|\bAUTO_INCREMENT\b|\b(?:TINY|MEDIUM)(?:INT|TEXT|BLOB)\b"
    r"|\bUNSIGNED\b|`\w+`|\bON\s+DUPLICATE\s+KEY\b|\bDROP\s+FOREIGN\s+KEY\b"
    r"|\b(?:MODIFY|CHANGE)\s+(?:COLUMN\s+)?\w+\s+\w|\bRENAME\s+TABLE\b|\bDELIMITER\s+\S"
    r"|\bDATETIME\(\d\)|\bCHARACTER\s+SET\b)"
    r"|(?P<sqlite>\bAUTOINCREMENT\b|\bPRAGMA\s+\w|\bWITHOUT\s+ROWID\b|\bINSERT\s+OR\s+(?:IGNORE|REPLACE)\b"
    r"|\bdatetime\('now'|\bstrftime\()"
    r"|(?P<postgresql>\b(?:BIG|SMALL)?SERIAL\b|\bJSONB\b|\bTIMESTAMPTZ\b|\bBYTEA\b|\$\w*\$|::\w"
    r"|\bLANGUAGE\s+'?\w+|\bEXTENSION\b|\bCONCURRENTLY\b|\bUUID\b|\bALTER\s+COLUMN\b|\bAS\s+ENUM\b"
    r"|\bROW\s+LEVEL\s+SECURITY\b|\bGIN\b|\bWITH(?:OUT)?\s+TIME\s+ZONE\b)",
    2,
)


def engine_of(texts: Iterable[str]) -> Engine | None:
    """The engine whose words the texts hold most of; None where no word tells."""
    counts: dict[str, int] = {}
    for text in texts:
        for found in _SIGNS.finditer(text[:_MOST]):
            if kind := found.lastgroup:
                counts[kind] = counts.get(kind, 0) + 1
    if not counts:
        return None
    most = max(counts, key=lambda kind: (counts[kind], kind))
    return Engine(most)

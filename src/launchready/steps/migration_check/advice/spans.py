"""Where the words of a statement stand, so that a part of it can be written anew and the rest stays
as it is: comments, blanks and spelling.
"""

import re
from collections.abc import Iterable

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.spelling import POSTGRES_QUOTED

_COMMENT = r"--[^\n]*+|/\*(?:[^*/]|\*(?!/)|/(?!\*))*+\*/"
_HIDDEN = Regex(rf"(?P<quoted>{POSTGRES_QUOTED})|{_COMMENT}")
_NAME = r"(?:[^\W\d][\w$]*|\0+)"
_HEAD = Regex(
    rf"ALTER\s+TABLE\s+(?P<guard>IF\s+EXISTS\s+)?(?P<only>ONLY\s+)?"
    rf"(?P<table>{_NAME}(?:\s*\.\s*{_NAME})?)(?P<star>\s*\*)?\s+(?=ADD\b|ALTER\b|DROP\b|VALIDATE\b)",
    re.IGNORECASE,
)
_PLAIN_NAME = Regex(r"[a-z_][a-z0-9_]*")


@frozen
class Edit:
    """`text` in place of what stands from `start` to `end`, in characters of one text."""

    start: int
    end: int
    text: str


@frozen
class Clause:
    """One clause of an `ALTER TABLE`: `sql[start:end]`, and `masked` with strings, quoted names and
    comments hidden, of the same length.
    """

    start: int
    end: int
    masked: str


@frozen
class Alteration:
    """An `ALTER TABLE`. `head` is what each statement on the same table begins with."""

    head: str
    clauses: tuple[Clause, ...]


def masked(sql: str) -> str | None:
    """The statement in which comments are blanks and each letter of a string or quoted name is a
    NUL; None where a comment holds another.
    """
    text = str(_HIDDEN.sub(_hide, sql))
    return None if "/*" in text or "\0" in sql else text


def _hide(match: re.Match[str]) -> str:
    return ("\0" if match["quoted"] is not None else " ") * len(match[0])


def alteration_of(sql: str) -> Alteration | None:
    """The parts of an `ALTER TABLE`; None for what is none."""
    text = masked(sql)
    found = _HEAD.match(text) if text is not None else None
    if text is None or found is None:
        return None
    words = ("ALTER TABLE", "IF EXISTS" if found["guard"] else "", "ONLY" if found["only"] else "")
    table = "".join(sql[slice(*found.span("table"))].split("\n"))
    return Alteration(
        head=" ".join([*filter(None, words), table]), clauses=tuple(_clauses(text, found.end()))
    )


def _clauses(text: str, at: int) -> Iterable[Clause]:
    depth, start = 0, at
    for each in re.finditer(r"[()\[\],]", text[at:]):
        sign, here = each[0], at + each.start()
        if sign == "," and not depth:
            yield _clause(text, start, here)
            start = here + 1
        elif sign != ",":
            depth += 1 if sign in "([" else -1
    yield _clause(text, start, len(text))


def _clause(text: str, start: int, end: int) -> Clause:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return Clause(start=first, end=start + len(piece.rstrip()), masked=piece.strip())


def spliced(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made; they must not overlap. Whatever none of them names stays as it is."""
    pieces, at = [], 0
    for each in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if each.start < at:
            raise ValueError("edits overlap")
        pieces += [text[at : each.start], each.text]
        at = each.end
    return "".join((*pieces, text[at:]))


def quoted_name(name: str) -> str:
    """A name that we chose, as SQL has it; it ends in a word that makes it no keyword."""
    if _PLAIN_NAME.fullmatch(name):
        return name
    doubled = name.replace('"', '""')
    return f'"{doubled}"'

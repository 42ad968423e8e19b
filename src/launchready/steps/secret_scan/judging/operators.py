"""Whether what stands between a name and a text makes the text the name's value."""

import re

from launchready.steps.secret_scan.judging import names, places
from launchready.steps.secret_scan.judging.candidates import Candidate

# After a comma the value belongs to a name in quotes that begins a call: `getenv("KEY", "value")`.
# A name without quotes is another argument, and without a call the two are items of a list.
_TEXT = rb"""[A-Za-z@]{0,2}\\{0,3}["'`][\w.$:\- ]{1,100}\\{0,3}["'`]"""
_CALLED_WITH = re.compile(
    rb"\w\s{0,4}\(\s{0,80}" + _TEXT + rb"\s{0,20}\)?\s{0,20},\s{0,80}\S{0,6}\Z"
)
_LEAD = 320  # bytes
_SETTERS = frozenset({"set", "with", "use", "add", "put"})
_SQL = re.compile(
    r"\b(?:identified by|(?:alter|create) (?:user|role|login)|set password|encrypted password)\b",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(rb"[ \t]+[A-Za-z]")
_ONLY_OF_TEXTS = frozenset({",", "(", "", "->", "||", "??", "?:"})


def gives_literal(candidate: Candidate) -> bool:
    """Whether the name is given the text itself, and not a variable, a type or half a sentence."""
    if candidate.groups.get("quote") == "`" and not places.needs_quotes(candidate.path):
        return False
    if "option" in candidate.groups:
        return True
    operator = candidate.groups["operator"]
    if candidate.is_quoted:
        return _takes_quoted(candidate, operator)
    if places.needs_quotes(candidate.path) or operator in _ONLY_OF_TEXTS:
        return False
    return not _NEXT_WORD.match(candidate.after(8))


def _takes_quoted(candidate: Candidate, operator: str) -> bool:
    if operator == ",":
        return bool(_CALLED_WITH.search(candidate.before(_LEAD)))
    if operator == "(":
        return names.words(candidate.name)[0] in _SETTERS
    return bool(operator) or bool(_SQL.search(candidate.line))

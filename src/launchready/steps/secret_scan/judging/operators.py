"""Whether what stands between a name and a text makes the text the name's value."""

import re

from launchready.regex import Regex
from launchready.steps.secret_scan.judging import names, places
from launchready.steps.secret_scan.judging.candidates import Candidate

# After a comma the value belongs to a name in quotes that begins a call: `getenv("KEY", "value")`.
# A name without quotes is another argument, and without a call the two are items of a list.
_TEXT = rb"""[A-Za-z@]{0,2}\\{0,3}["'`][\w.$:\- ]{1,100}\\{0,3}["'`]"""
_CALLED_WITH = Regex(rb"\w\s{0,4}\(\s{0,80}" + _TEXT + rb"\s{0,20}\)?\s{0,20},\s{0,80}\S{0,6}\Z")
_LEAD = 320  # bytes
_SETTERS = frozenset({"set", "with", "use", "add", "put"})
_SQL = Regex(
    r"\b(?:identified by|(?:alter|create) (?:user|role|login)|set password|encrypted password)\b",
    re.IGNORECASE,
)
_NEXT_WORD = Regex(rb"[ \t]+[A-Za-z](?![\w.\-]{0,60}=)")
_ONLY_OF_TEXTS = frozenset({",", "(", "", "->", "||", "??", "?:"})
# A value inside a text of a program: of a query, a command, a setting's default.
_IN_DATA = Regex(rb"(?:-d|-F|--data(?:-\w{1,20})?|--form)[ \t=]{1,4}[\"']?[\w.\-\[\]]{1,60}=\Z")
_IN_QUERY = Regex(rb"[?&;][\w.\-\[\]]{0,60}=\Z")
_LOCAL = Regex(rb"//(?:localhost|127\.|0\.0\.0\.0|[\w.\-]*\.(?:test|localhost|invalid)\b)\S*\Z")
_QUERIED = Regex(rb"[\w%+/=.~!@#^*:\-]+\Z")
_IN_DEFAULT = Regex(rb"\$\{[\w.\-]{1,80}:-?\Z")


def gives_literal(candidate: Candidate) -> bool:
    """Whether the name is given the text itself, and not a variable, a type or half a sentence."""
    if candidate.groups.get("quote") == "`" and not places.needs_quotes(candidate.path):
        return False
    if "option" in candidate.groups:
        return True
    operator = candidate.groups["operator"]
    if candidate.is_quoted:
        return _takes_quoted(candidate, operator)
    return is_phrase(candidate) or _takes_bare(candidate, operator)


def _takes_bare(candidate: Candidate, operator: str) -> bool:
    if operator in _ONLY_OF_TEXTS:
        return False
    if places.needs_quotes(candidate.path):
        return _is_inside_text(candidate)
    if _is_shell(candidate) or _IN_DATA.search(candidate.before(_LEAD)):
        return True
    return not _NEXT_WORD.match(candidate.after(72))


def is_list(candidate: Candidate) -> bool:
    """Whether the value is the first of several: `tokens: ["…", "…"]`."""
    return candidate.groups.get("operator", "").endswith("[")


def is_phrase(candidate: Candidate) -> bool:
    """Whether SQL's words give the value: `IDENTIFIED BY value`."""
    return candidate.groups.get("operator") == "" and candidate.name.lower().endswith("by")


def _is_inside_text(candidate: Candidate) -> bool:
    before = candidate.before(_LEAD)
    if candidate.groups["operator"] not in {"=", ":", ":-"} or not _QUERIED.match(candidate.raw):
        return False
    is_queried = _IN_QUERY.search(before) and not _LOCAL.search(before)
    return _is_shell(candidate) or bool(is_queried or _IN_DEFAULT.search(before))


def _is_shell(candidate: Candidate) -> bool:
    """Whether it is written as a shell wants it: `NAME=value`, which ends at the blank."""
    return candidate.name.isupper() and candidate.before(1) == b"="


def _takes_quoted(candidate: Candidate, operator: str) -> bool:
    if operator == ",":
        return bool(_CALLED_WITH.search(candidate.before(_LEAD)))
    if operator == "(":
        return names.words(candidate.name.rpartition(".")[2] or candidate.name)[0] in _SETTERS
    return bool(operator) or bool(_SQL.search(candidate.line))

"""Whether an expression gives another value for every row.

Sources: https://www.postgresql.org/docs/current/xfunc-volatility.html; a function in SQL whose body
is one expression is put in its place (inline_function in PostgreSQL's optimizer/util/clauses.c), so
that what counts is its body.
"""

import enum
import re

from launchready.catalog.migrations.volatility import (
    STEADY,
    STEADY_OF_EXTENSIONS,
    VOLATILE,
    VOLATILE_OF_EXTENSIONS,
)
from launchready.facts.catalogue import Catalogue, Routine
from launchready.facts.schema import Expression
from launchready.regex import Regex
from launchready.steps.migration_check.replay.names import plain

_ONE_EXPRESSION: Regex[str] = Regex(r"\s*select\s+(.{1,1000}?)\s*;?\s*", re.IGNORECASE | re.DOTALL)
_CLAUSE: Regex[str] = Regex(
    r"\b(?:from|where|limit|union|into|group|order|select)\b", re.IGNORECASE
)
_CALL: Regex[str] = Regex(r"([\w$.]{1,100})\s*\(")
_DEEPEST = 5


class Steadiness(enum.Enum):
    """What is known of an expression's value."""

    STEADY = "the same for all rows of a statement"
    VOLATILE = "another for every row"
    UNKNOWN = "not known"


def steadiness(catalogue: Catalogue, expression: Expression | None) -> tuple[Steadiness, str]:
    """Whether an expression is volatile, and the function that says so."""
    for name in expression.functions if expression else ():
        verdict = _of_function(catalogue, name, 0)
        if verdict is not Steadiness.STEADY:
            return verdict, name
    return Steadiness.STEADY, ""


def _of_function(catalogue: Catalogue, name: str, depth: int) -> Steadiness:
    routine = catalogue.routines.get(name) or catalogue.routines.get(plain(name))
    if routine is not None:
        return _of_routine(catalogue, routine, depth)
    bare = plain(name).lower()
    if bare in VOLATILE or bare in VOLATILE_OF_EXTENSIONS:
        return Steadiness.VOLATILE
    if bare in STEADY or bare in STEADY_OF_EXTENSIONS:
        return Steadiness.STEADY
    return Steadiness.UNKNOWN


def _of_routine(catalogue: Catalogue, routine: Routine, depth: int) -> Steadiness:
    if routine.volatility.lower() != "volatile":
        return Steadiness.STEADY
    found = _ONE_EXPRESSION.fullmatch(routine.body) if routine.language.lower() == "sql" else None
    if found is None or _CLAUSE.search(found[1]) or depth >= _DEEPEST:
        return Steadiness.VOLATILE
    calls = [each[1].lower() for each in _CALL.finditer(found[1])]
    if all(_of_function(catalogue, each, depth + 1) is Steadiness.STEADY for each in calls):
        return Steadiness.STEADY
    return Steadiness.VOLATILE

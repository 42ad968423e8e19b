"""Functions that the history made and a statement calls: what their bodies do."""

from functools import lru_cache

from launchready.facts.acts import Act, Select
from launchready.facts.catalogue import Catalogue
from launchready.facts.schema import Engine
from launchready.steps.migration_check.parsing.postgres import acts_of_body

_LANGUAGES = ("sql", "plpgsql")
_MOST = 1000
"""Bodies that are kept parsed."""


def called(catalogue: Catalogue, act: Act) -> tuple[tuple[Act, bool], ...]:
    """The acts of the functions that a query or CALL runs, each with whether it is conditional.
    Those of functions that are called in turn are left alone.
    """
    if not isinstance(act, Select) or catalogue.server.engine is not Engine.POSTGRESQL:
        return ()
    found: list[tuple[Act, bool]] = []
    for name in act.functions:
        routine = catalogue.routines.get(name)
        if routine is not None and routine.language in _LANGUAGES and routine.body:
            found.extend(_acts(routine.body, routine.language))
    return tuple(found)


@lru_cache(_MOST)
def _acts(body: str, language: str) -> tuple[tuple[Act, bool], ...]:
    done = acts_of_body(body, language)
    return tuple((act, is_conditional) for _, act, is_conditional in done.acts)

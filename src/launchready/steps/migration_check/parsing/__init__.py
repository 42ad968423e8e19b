"""SQL to acts: what a statement does, whatever parser reads it."""

from collections.abc import Callable
from functools import cache, partial

from launchready.facts.acts import Act, Do, Unread
from launchready.facts.schema import Engine
from launchready.steps.migration_check.parsing.scripts import pieces


def parse(sql: str, engine: Engine) -> tuple[tuple[int, Act], ...]:
    """The acts of one statement, each with the offset of its first character in `sql`.

    A statement that does not parse is one `Unread`; nothing is raised, whatever `sql` holds. One
    that is empty or a comment has no acts. Several in one text are read one after the other.
    """
    if ";" in sql[:-1] or "${" in sql or "{{" in sql:
        return _parse_pieces(sql, engine) or _parse(sql, engine)
    acts = _parse(sql, engine)
    if len(acts) == 1 and isinstance(acts[0][1], Unread):  # it may hold other placeholders
        return _parse_pieces(sql, engine) or acts
    return acts


def _parse_pieces(sql: str, engine: Engine) -> tuple[tuple[int, Act], ...]:
    """The acts of each statement of a text; none where it is one statement as it stands."""
    parts = list(pieces(sql, engine))
    if [part.sql for part in parts] == [sql]:
        return ()
    return tuple((part.start + at, act) for part in parts for at, act in _parse(part.sql, engine))


def _parse(sql: str, engine: Engine) -> tuple[tuple[int, Act], ...]:
    return _parser(engine)(sql)


@cache
def _parser(engine: Engine) -> Callable[[str], tuple[tuple[int, Act], ...]]:
    """What reads an engine's statements, imported when the first is to be read."""
    if engine is Engine.POSTGRESQL:
        from launchready.steps.migration_check.parsing import postgres

        return postgres.acts_of
    from launchready.steps.migration_check.parsing import dialects

    return partial(dialects.acts_of, engine=engine)


def acts_of_body(body: str, language: str, engine: Engine) -> Do:
    """What the body of a function or procedure does when it runs, with offsets in the body."""
    if engine is not Engine.POSTGRESQL:
        return Do(opaque="the body of a stored routine")
    from launchready.steps.migration_check.parsing import postgres

    return postgres.acts_of_body(body, language)


def why_not(engine: Engine) -> str:
    """Why no statement of an engine can be parsed here, with what mends it; "" where they can."""
    if engine is not Engine.POSTGRESQL:
        return ""
    from launchready.steps.migration_check.parsing.postgres import library

    return library.why_not()

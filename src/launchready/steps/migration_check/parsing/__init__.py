"""SQL to acts: what a statement does, whatever parser reads it."""

from launchready.facts.acts import Act, Do
from launchready.facts.schema import Engine


def parse(sql: str, engine: Engine) -> tuple[tuple[int, Act], ...]:
    """The acts of one statement, each with the offset of its first character in `sql`.

    A statement that does not parse is one `Unread`; nothing is raised, whatever `sql` holds. One
    that is empty or a comment has no acts.
    """
    if engine is Engine.POSTGRESQL:
        from launchready.steps.migration_check.parsing import postgres

        return postgres.acts_of(sql)
    from launchready.steps.migration_check.parsing import dialects

    return dialects.acts_of(sql, engine)


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

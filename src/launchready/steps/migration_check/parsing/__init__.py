"""SQL to acts: what a statement does, whatever parser reads it."""

from launchready.facts.acts import Act, Unread
from launchready.facts.schema import Engine


def parse(sql: str, engine: Engine) -> tuple[tuple[int, Act], ...]:
    """The acts of one statement, each with the offset of its first character in `sql`.

    A statement that does not parse is one `Unread`; nothing is raised, whatever `sql` holds. One
    that is empty or a comment has no acts.
    """
    if engine is Engine.POSTGRESQL:
        from launchready.steps.migration_check.parsing.postgres import acts_of

        return acts_of(sql)
    return ((0, Unread(message=f"not read: {len(sql)} characters")),)


def why_not(engine: Engine) -> str:
    """Why no statement of an engine can be parsed here, with what mends it; "" where they can."""
    if engine is Engine.POSTGRESQL:
        from launchready.steps.migration_check.parsing.postgres import library

        return library.why_not()
    return "this engine is not read yet"

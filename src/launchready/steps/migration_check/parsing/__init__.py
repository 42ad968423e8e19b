"""SQL to acts: what a statement does, whatever parser reads it."""

from launchready.facts.acts import Act
from launchready.facts.schema import Engine
from launchready.steps.migration_check.parsing.postgres import parse_postgres


def parse(sql: str, engine: Engine) -> tuple[tuple[int, Act], ...]:
    """The acts of one statement, each with the offset of its first character in `sql`.

    A statement that does not parse is one `Unread`; nothing is raised, whatever `sql` holds.
    """
    if engine is Engine.POSTGRESQL:
        return parse_postgres(sql)
    from launchready.steps.migration_check.parsing.other import parse_other

    return parse_other(sql, engine)

"""Whether two migrations do the same, whatever their files look like."""

from launchready.facts.migrations import Migration, Statement
from launchready.steps.migration_check.frameworks.sql_files import words_of


def contents_of(migration: Migration) -> tuple[tuple[str, ...], ...]:
    """What a migration does, without blanks and comments, wherever it stands: up, then down."""
    return tuple(
        tuple(words_of(item) if isinstance(item, Statement) else item.what for item in each.items)
        for each in (migration.up, migration.down)
        if each is not None
    )

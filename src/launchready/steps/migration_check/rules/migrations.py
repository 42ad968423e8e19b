"""What rules on migrations say in the same way: where one stands, and what people call it."""

from launchready.facts.migrations import Migration
from launchready.model import FileLocation


def place_of(migration: Migration) -> FileLocation:
    """Where a migration begins."""
    return migration.up.location or FileLocation(path=migration.path, line=1)


def title_of(migration: Migration) -> str:
    """What people call a migration: its file, or the part of it."""
    return f"{migration.part!r}" if migration.part else f"{migration.path.rpartition('/')[2]!r}"

"""PostgreSQL's statements, read by PostgreSQL's own parser."""

from launchready.facts.acts import Act, Change, Other, Unread
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.postgres.library import (
    ParseError,
    library,
    trees_of,
)
from launchready.steps.migration_check.parsing.postgres.nodes import characters
from launchready.steps.migration_check.parsing.postgres.statements import acts_of

INSTALL = "pip install 'launchready[native]'"
_BULK = Regex(r'(?i)\s*INSERT\s+INTO\s+((?:"[^"]+"|[\w.])+)\s*(\([^)]*\))?\s*VALUES\b')
_LARGE = 50_000
"""Characters of an INSERT from which only its head is read."""


def parse_postgres(sql: str) -> tuple[tuple[int, Act], ...]:
    """The acts of a statement, each with its offset. What does not parse is one `Unread`."""
    if library() is None:
        return ((0, Unread(message=f"PostgreSQL's parser is not installed: `{INSTALL}`")),)
    if len(sql) > _LARGE and (bulk := _BULK.match(sql)) is not None:
        table = bulk[1].replace('"', "").removeprefix("public.")
        return ((0, Change(verb="INSERT", table=table, is_of_values=True)),)
    try:
        found = []
        for each in trees_of(sql):
            start = characters(sql, each.get("stmt_location", 0))
            for offset, act in acts_of(each["stmt"], sql):
                found.append((offset or start, act))
    except ParseError as error:
        return ((0, Unread(message=error.message, offset=characters(sql, error.offset))),)
    except RecursionError:
        return ((0, Unread(message="it is nested too deeply")),)
    return tuple(found) or ((0, Other(kind="nothing")),)

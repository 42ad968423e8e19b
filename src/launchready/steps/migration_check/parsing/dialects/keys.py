"""Lists in brackets: names, keys of an index, the other end of a foreign key."""

from launchready.facts.schema import IndexKey
from launchready.steps.migration_check.parsing.dialects.expressions import expression
from launchready.steps.migration_check.parsing.dialects.tokens import Cursor


def referenced(cursor: Cursor) -> tuple[str, tuple[str, ...], str]:
    """The other end of a foreign key: table, columns, what ON DELETE does."""
    other = cursor.name()
    columns = names(cursor.group()) if cursor.peek() == "(" else ()
    on_delete = ""
    while True:
        if cursor.take("ON", "DELETE"):
            on_delete = _action(cursor)
        elif cursor.take("ON", "UPDATE"):
            _action(cursor)
        elif cursor.take_any("MATCH"):
            cursor.at += 1
        else:
            return other, columns, on_delete


def _action(cursor: Cursor) -> str:
    if word := cursor.take_any("SET"):
        return f"{word} {cursor.take_any('NULL', 'DEFAULT')}"
    if cursor.take("NO", "ACTION"):
        return ""
    return cursor.take_any("CASCADE", "RESTRICT")


def names(cursor: Cursor) -> tuple[str, ...]:
    """The names of a list, whatever stands behind each."""
    return tuple(part.name() for part in cursor.parts() if not part.is_done)


def keys(cursor: Cursor) -> tuple[IndexKey, ...]:
    """The keys of an index: columns, prefixes of them, expressions."""
    found = []
    for part in cursor.parts():
        if part.is_done:
            continue
        is_plain = part.tokens[part.at].kind != "sign"
        after = part.peek(1)
        is_prefix = after == "(" and part.at + 2 < part.end
        is_prefix = is_prefix and part.tokens[part.at + 2].kind == "number"
        if is_plain and (after in ("", "ASC", "DESC", "COLLATE") or is_prefix):
            found.append(IndexKey(column=part.name(), options=part.text()))
        else:
            inside = part.until("ASC", "DESC")
            found.append(IndexKey(expression=expression(inside), options=part.text()))
    return tuple(found)

"""Objects of MySQL, MariaDB and SQLite made, changed, renamed and dropped."""

from collections.abc import Iterable

from launchready.facts.acts import (
    Act,
    Create,
    CreateFunction,
    CreateTrigger,
    CreateView,
    Drop,
    Kind,
    Other,
    Rename,
    Truncate,
)
from launchready.facts.schema import Engine
from launchready.steps.migration_check.parsing.dialects.alter import alter_table
from launchready.steps.migration_check.parsing.dialects.expressions import seen_in
from launchready.steps.migration_check.parsing.dialects.keys import names
from launchready.steps.migration_check.parsing.dialects.tables import create_index, create_table
from launchready.steps.migration_check.parsing.dialects.tokens import Cursor, WrongSyntaxError

Acts = Iterable[tuple[int, Act]]

_KINDS = {
    "TABLE": Kind.TABLE,
    "VIEW": Kind.VIEW,
    "INDEX": Kind.INDEX,
    "SEQUENCE": Kind.SEQUENCE,
    "FUNCTION": Kind.FUNCTION,
    "PROCEDURE": Kind.FUNCTION,
    "TRIGGER": Kind.TRIGGER,
    "DATABASE": Kind.DATABASE,
    "SCHEMA": Kind.DATABASE,
    "USER": Kind.ROLE,
    "ROLE": Kind.ROLE,
    "EVENT": Kind.OTHER,
    "SERVER": Kind.OTHER,
    "TABLESPACE": Kind.OTHER,
}


def create(cursor: Cursor, engine: Engine) -> Acts:
    """`CREATE`, after the word."""
    is_replace = cursor.take("OR", "REPLACE")
    is_temporary, kind = False, ""
    while not cursor.is_done:
        word = cursor.peek()
        cursor.at += 1
        if word in ("TEMP", "TEMPORARY"):
            is_temporary = True
        elif word in ("UNIQUE", "FULLTEXT", "SPATIAL", "VIRTUAL"):
            kind = word
        elif word == "TABLE":
            table = create_table(cursor, engine, is_temporary=is_temporary)
            gone = Drop(kind=Kind.TABLE, names=(table.table,), is_if_exists=True)
            return ((0, gone), (0, table)) if is_replace else ((0, table),)
        elif word == "INDEX":
            return ((0, create_index(cursor, kind=kind)),)
        elif word in _KINDS:
            return ((0, _made(cursor, word, is_replace=is_replace)),)
    raise WrongSyntaxError(cursor.place)


def _made(cursor: Cursor, word: str, *, is_replace: bool) -> Act:
    is_if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    name = cursor.name()
    match word:
        case "VIEW":
            if cursor.peek() == "(":
                cursor.group()
            seen = seen_in(cursor)
            return CreateView(
                name=name,
                reads=seen.relations,
                columns=seen.columns,
                is_replace=is_replace,
                is_if_not_exists=is_if_not_exists,
                is_star=seen.is_star,
            )
        case "TRIGGER":
            cursor.until("ON")
            cursor.at += 1
            return CreateTrigger(table=cursor.name(), name=name)
        case "FUNCTION" | "PROCEDURE":
            return CreateFunction(name=name, body=cursor.text(), is_replace=is_replace)
        case _:
            return Create(kind=_KINDS[word], name=name, is_if_not_exists=is_if_not_exists)


def drop(cursor: Cursor, engine: Engine) -> Acts:
    """`DROP`, after the word."""
    cursor.take("TEMPORARY")
    word = cursor.peek()
    if word == "PREPARE":
        return ((0, Other(kind="DROP PREPARE")),)
    if word not in _KINDS:
        raise WrongSyntaxError(cursor.place)
    cursor.at += 1
    is_if_exists = cursor.take("IF", "EXISTS")
    found = names(cursor.until("CASCADE", "RESTRICT", "ON", "ALGORITHM", "LOCK", "WAIT", "NOWAIT"))
    table = cursor.name() if cursor.take("ON") else ""
    return (
        (
            0,
            Drop(
                kind=_KINDS[word],
                names=found,
                is_if_exists=is_if_exists,
                table=table,
            ),
        ),
    )


def alter(cursor: Cursor, engine: Engine) -> Acts:
    """`ALTER`, after the word."""
    cursor.take_any("ONLINE", "IGNORE")
    word = cursor.peek()
    cursor.at += 1
    if word == "TABLE":
        return alter_table(cursor, engine)
    if word in ("ALGORITHM", "DEFINER", "SQL"):
        cursor.until("VIEW", "EVENT")
        word = cursor.peek()
        cursor.at += 1
    if word == "VIEW":
        return ((0, _made(cursor, "VIEW", is_replace=True)),)
    if word in _KINDS or word in ("INSTANCE", "LOGFILE", "RESOURCE"):
        return ((0, Other(kind=f"ALTER {word}")),)
    raise WrongSyntaxError(cursor.place)


def rename(cursor: Cursor, engine: Engine) -> Acts:
    """`RENAME TABLE`, after its first word."""
    if not cursor.take_any("TABLE", "TABLES"):
        return ((0, Other(kind="RENAME")),)
    found: list[tuple[int, Act]] = []
    for part in cursor.parts():
        place, old = part.place, part.name()
        part.until("TO")
        if not part.take("TO"):
            raise WrongSyntaxError(part.place)
        found.append((place if found else 0, Rename(kind=Kind.TABLE, old=old, new=part.name())))
    return found


def truncate(cursor: Cursor, engine: Engine) -> Acts:
    """`TRUNCATE`, after the word."""
    cursor.take("TABLE")
    return ((0, Truncate(tables=(cursor.name(),))),)

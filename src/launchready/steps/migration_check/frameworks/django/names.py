"""The names that Django gives to what nobody named.

Source: django/db/backends/utils.py (`names_digest`, `truncate_name`, `split_identifier`) and
`BaseDatabaseSchemaEditor._create_index_name` of Django 5.2; the same since Django 2.0.
"""

from collections.abc import Iterable
from hashlib import md5


def digest(parts: Iterable[str], length: int) -> str:
    """The hexadecimal digits that make a name one of its own."""
    found = md5(usedforsecurity=False)
    for part in parts:
        found.update(part.encode(errors="replace"))
    return found.hexdigest()[:length]


def split(identifier: str) -> tuple[str, str]:
    """Schema and name of a table that is written as `schema"."name`."""
    schema, mark, name = identifier.partition('"."')
    return (schema.strip('"'), name.strip('"')) if mark else ("", identifier.strip('"'))


def cut(identifier: str, length: int) -> str:
    """A name of at most `length` characters: its end gives way to four digits of its digest."""
    schema, name = split(identifier)
    if len(name) <= length:
        return identifier
    short = f"{name[: length - 4]}{digest((name,), 4)}"
    return f'{schema}"."{short}' if schema else short


def index_name(table: str, columns: Iterable[str], suffix: str = "", length: int = 63) -> str:
    """The name of an index or constraint on some columns of a table."""
    columns = tuple(columns)
    table = split(table)[1]
    end = f"{digest((table, *columns), 8)}{suffix}"
    whole = f"{table}_{'_'.join(columns)}_{end}"
    if len(whole) <= length:
        return whole
    if len(end) > length / 3:
        end = end[: length // 3]
    other = (length - len(end)) // 2 - 1
    name = f"{table[:other]}_{'_'.join(columns)[:other]}_{end}"
    return f"D{name[:-1]}" if name[0] == "_" or name[0].isdigit() else name


def foreign_key_name(table: str, column: str, to_table: str, to_column: str) -> str:
    """The name of a foreign key's constraint.

    Source: `BaseDatabaseSchemaEditor._fk_constraint_name`.
    """
    return index_name(table, (column,), f"_fk_{split(to_table)[1]}_{to_column}")


def of_postgres(table: str, columns: Iterable[str], ending: str) -> str:
    """The name that PostgreSQL chooses for a constraint written without one, cut at 63 bytes.

    Source: `makeObjectName` in src/backend/commands/indexcmds.c: the longer part gives way.
    """
    first, second = split(table)[1], "_".join(columns)
    while len(first) + len(second) + len(ending) + 1 + bool(second) > 63:
        if len(first) > len(second):
            first = first[:-1]
        else:
            second = second[:-1]
    return "_".join(filter(None, (first, second, ending)))

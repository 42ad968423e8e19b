"""Values as Ruby code writes them, so far as they can be told without running it."""

from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.steps.migration_check.parsing.placeholders import filled


class _Unknown:
    """What cannot be told."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()


class UntoldError(LookupError):
    """What an operation needs to know is built when it runs."""


@frozen
class Raw:
    """SQL as it is: what a lambda or `Arel.sql` gives."""

    sql: str


@frozen
class Constant:
    """A class or module by its name, as `Admin::User`."""

    name: str


@frozen
class Connection:
    """The connection to the database."""


@frozen
class Rows:
    """A query, or rows that it gave: of a model's table where `table` says so."""

    table: str = ""
    is_filtered: bool = False
    conditions: tuple[str, ...] = ()


def text_of(value: object) -> str:
    """A name. Raises UntoldError for anything else, and for one that is put together later."""
    if isinstance(value, str) and value and not has_hole(value):
        return value
    raise UntoldError


def words_of(value: object) -> str:
    """An expression in SQL; something stands for what is put in when it runs. Raises UntoldError
    for what is none.
    """
    if isinstance(value, Raw):
        value = value.sql
    if isinstance(value, str) and value.strip():
        return filled(value, Engine.POSTGRESQL)[0]
    raise UntoldError


def has_hole(text: str) -> bool:
    """Whether a part of a text is put in when it runs."""
    return "#{" in text or "${" in text


def texts_of(value: object) -> list[str]:
    """One name or a list of them. Raises UntoldError where one cannot be told."""
    if isinstance(value, list):
        return [text_of(each) for each in value]
    return [text_of(value)]

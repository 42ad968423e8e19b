"""The statements of an SQL text, with their places."""

from collections.abc import Iterator

from launchready.facts.migrations import Statement
from launchready.facts.schema import Engine
from launchready.frozen import frozen


@frozen
class Piece:
    """One statement of a text, without its semicolon: `text[start:end]`. `sql` is it as it can be
    parsed: names stand for the placeholders `bound`, of the same length, so that offsets stay.
    """

    start: int
    end: int
    sql: str
    bound: tuple[str, ...] = ()


def pieces(text: str, engine: Engine) -> Iterator[Piece]:
    """The statements of a text: comments, psql's commands and COPY's rows are left out."""
    del engine
    yield Piece(start=0, end=len(text), sql=text)


def statements_of(
    path: str, text: str, engine: Engine, *, start: int = 0, end: int | None = None
) -> tuple[Statement, ...]:
    """The statements of `text[start:end]`, placed in the file `path` that `text` is all of."""
    del path, text, engine, start, end
    return ()

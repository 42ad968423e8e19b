"""How a file of SQL leaves the transaction that its tool opens around it, and when it may.

Sources are named in `advice.words`, which says the same to people.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from types import MappingProxyType

from launchready.facts.migrations import Framework, Script, Statement, Wrapping
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.migration_check.advice.spans import Edit
from launchready.steps.migration_check.files import folder_of
from launchready.steps.migration_check.fixing.sources import Source
from launchready.steps.migration_check.fixing.work import Work
from launchready.steps.migration_check.frameworks.sql_files import words_of

_HARMLESS = Regex(
    r"(?:SET|RESET|SHOW|COMMENT|ANALYZE)\b|(?:DROP|CREATE(?: UNIQUE)?) INDEX CONCURRENTLY\b"
)
_GOOSE_UP = Regex(r"(?im)^--[ \t]*+\+goose[ \t]++up\b")
_DBMATE_UP = Regex(r"(?m)^--[ \t]*+migrate:up\b")
_CHANGESET = Regex(r"(?im)^[ \t]*+--[ \t]*+changeset[ \t]++[^\r\n]*+")
_RUNS = Regex(r"(?m)^(\s*run_in_transaction\s*=\s*)true\b")


@frozen
class Left:
    """Edits of the file itself, and contents of others: `made` are those that are new."""

    edits: tuple[Edit, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict)
    made: tuple[str, ...] = ()


def leave(work: Work, source: Source) -> Left | str:
    """What makes the file run outside of a transaction, or why it must not or cannot."""
    if work.migration.up.wrapping in (Wrapping.NONE, Wrapping.STRING):
        return Left()
    way = _WAYS.get(work.history.framework)
    if way is None:
        return "its tool has no way to run one file outside of a transaction"
    if not _may(work, work.migration.up):
        return (
            "the file holds other statements too, which would lose their transaction: put this one"
            " into a migration of its own"
        )
    down = work.migration.down
    if work.history.framework in _BOTH and down is not None and len(down.items) > 1:
        return "its down holds several statements, which would lose their transaction"
    return way(work, source)


def _may(work: Work, script: Script) -> bool:
    """Whether every statement is one that is mended, or does not mind."""
    mended = {task.statement.place for task in work.tasks if task.remedy.edits}
    return all(
        isinstance(item, Statement) and (item.place in mended or _HARMLESS.match(words_of(item)))
        for item in script.items
    )


def _goose(work: Work, source: Source) -> Left | str:
    found = _GOOSE_UP.search(source.text)
    if found is None:
        return "it has no line `-- +goose Up`"
    line = f"-- +goose NO TRANSACTION{source.line_end}"
    return Left(edits=(Edit(start=found.start(), end=found.start(), text=line),))


def _dbmate(work: Work, source: Source) -> Left | str:
    found = _DBMATE_UP.search(source.text)
    if found is None:
        return "it has no line `-- migrate:up`"
    return Left(edits=(Edit(start=found.end(), end=found.end(), text=" transaction:false"),))


def _sqlx(work: Work, source: Source) -> Left | str:
    return Left(edits=(Edit(start=0, end=0, text=f"-- no-transaction{source.line_end}"),))


def _diesel(work: Work, source: Source) -> Left | str:
    path = f"{folder_of(work.migration.path)}/metadata.toml"
    if path not in work.files:
        line = f"run_in_transaction = false{source.line_end}"
        return Left(contents={path: line.encode()}, made=(path,))
    metadata = work.source(path)
    found = _RUNS.search(metadata.text) if metadata else None
    if metadata is None or found is None:
        return f"{path} says something else already"
    text = f"{metadata.text[: found.end(1)]}false{metadata.text[found.end() :]}"
    return Left(contents={path: metadata.bytes_of(text)})


def _flyway(work: Work, source: Source) -> Left | str:
    path = f"{work.migration.path}.conf"
    if path in work.files:
        return f"{path} says something else already"
    line = f"executeInTransaction=false{source.line_end}"
    return Left(contents={path: line.encode()}, made=(path,))


def _liquibase(work: Work, source: Source) -> Left | str:
    place = work.tasks[0].statement.place
    at = source.offset_of(place)
    found = None
    for each in _CHANGESET.finditer(source.text, 0, at or 0):
        found = each
    if found is None or "runInTransaction" in found[0]:
        return "its changeset is not one of formatted SQL"
    end = found.start() + len(found[0].rstrip())
    return Left(edits=(Edit(start=end, end=end, text=" runInTransaction:false"),))


_WAYS: Mapping[Framework, Callable[[Work, Source], Left | str]] = MappingProxyType(
    {
        Framework.GOOSE: _goose,
        Framework.DBMATE: _dbmate,
        Framework.SQLX: _sqlx,
        Framework.DIESEL: _diesel,
        Framework.FLYWAY: _flyway,
        Framework.LIQUIBASE: _liquibase,
    }
)
_BOTH = frozenset({Framework.GOOSE, Framework.DIESEL, Framework.LIQUIBASE})
"""The tools whose mark speaks for the down as well."""

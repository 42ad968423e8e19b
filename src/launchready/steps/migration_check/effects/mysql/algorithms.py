"""The ways in which InnoDB changes a table."""

import enum

from launchready.facts.catalogue import Lock
from launchready.facts.schema import Engine
from launchready.steps.migration_check.effects.draft import Draft


class Way(enum.Enum):
    """How a change is done, from the cheapest on."""

    INSTANT = "INSTANT"
    METADATA = "INPLACE"
    INDEX = "INPLACE, an index is built"
    INDEX_SHARED = "INPLACE, an index is built, LOCK=SHARED"
    REBUILD = "INPLACE, the table is rebuilt"
    REBUILD_SHARED = "INPLACE, the table is rebuilt, LOCK=SHARED"
    COPY = "COPY"


def worst(*ways: Way) -> Way:
    """The dearest of several ways: a statement is done in one."""
    order = list(Way)
    return max(ways, key=order.index)


def is_mariadb(draft: Draft) -> bool:
    """Whether the server is MariaDB."""
    return draft.before.server.engine is Engine.MARIADB


def has(draft: Draft, *, mysql: tuple[int, ...], mariadb: tuple[int, ...]) -> bool:
    """Whether the server is at least of these versions. Of MySQL 8.0 without a third number the
    newest is meant.
    """
    version = draft.version
    if is_mariadb(draft):
        return version >= mariadb[: len(version)]
    return version >= mysql[: len(version)]


def go(draft: Draft, table: str, way: Way, why: str = "") -> None:
    """A change of a table, done in that way: its lock, its work, its name."""
    is_nocopy = is_mariadb(draft) and way in (Way.INDEX, Way.INDEX_SHARED, Way.METADATA)
    draft.algorithm = "NOCOPY" if is_nocopy else way.value.partition(",")[0]
    match way:
        case Way.INSTANT | Way.METADATA:
            draft.lock(Lock.ACCESS_EXCLUSIVE, table)
        case Way.INDEX:
            draft.lock(Lock.SHARE_UPDATE_EXCLUSIVE, table)
            draft.build(table, why=why or "an index is built while writes go on")
        case Way.INDEX_SHARED:
            draft.lock(Lock.SHARE, table)
            draft.build(table, why=why or "writes wait until the index is built")
        case Way.REBUILD:
            draft.lock(Lock.SHARE_UPDATE_EXCLUSIVE, table)
            draft.rewrite(table, why=why or "the table is rebuilt while writes go on")
        case Way.REBUILD_SHARED | Way.COPY:
            draft.lock(Lock.SHARE, table)
            draft.rewrite(table, why=why or "the table is copied, and writes wait for it")

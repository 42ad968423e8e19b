"""The door to a PostgreSQL that may be used up: found or borrowed, and gone when the block ends."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from launchready.gateways.cache import cache_folder
from launchready.gateways.postgres.binaries import OLDEST, Installation, find_installations
from launchready.gateways.postgres.borrow import borrowed
from launchready.gateways.postgres.client import PostgresError
from launchready.gateways.postgres.launch import launched
from launchready.gateways.postgres.server import PostgresServer
from launchready.gateways.servers.ending import terminable
from launchready.gateways.servers.errors import ServerError
from launchready.model import Unchecked


@contextlib.contextmanager
def throwaway_postgres(
    *,
    dsn: str = "",
    major: int | None = None,
    settings: Mapping[str, str] | None = None,
    cache: Path | None = None,
) -> Iterator[PostgresServer | Unchecked]:
    """A server for as long as the block lasts, or why there is none and the command that mends it.

    `dsn` names a server to make databases on. Without one a server is started: the installed one
    of version `major`, or else the newest, or else that of the wheel; `settings` are further lines
    of its configuration. `cache` is where made data directories are kept, the user's cache folder
    if it is not given. All of it is removed when the block ends, by an interrupt or SIGTERM too.
    """
    with terminable(), contextlib.ExitStack() as stack:
        try:
            server: PostgresServer | Unchecked = stack.enter_context(
                borrowed(dsn)
                if dsn
                else launched(
                    _best(find_installations(major)),
                    cache=cache or cache_folder(),
                    settings=settings,
                )
            )
        except ServerError as error:
            server = error.unchecked
        yield server


def _best(found: tuple[Installation, ...]) -> Installation:
    if found:
        return found[0]
    raise PostgresError(
        f"no PostgreSQL server of version {OLDEST} or newer is installed",
        "`pip install 'launchready[rehearsal]'` brings one, or `apt-get install postgresql`",
    )

"""The door to a MariaDB that may be used up, gone when the block ends."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from launchready.gateways.cache import cache_folder
from launchready.gateways.mariadb.binaries import find_installation
from launchready.gateways.mariadb.client import MariadbError
from launchready.gateways.mariadb.launch import launched
from launchready.gateways.mariadb.server import MariadbServer
from launchready.gateways.servers.ending import terminable
from launchready.gateways.servers.errors import ServerError
from launchready.model import Unchecked


@contextlib.contextmanager
def throwaway_mariadb(*, cache: Path | None = None) -> Iterator[MariadbServer | Unchecked]:
    """A server for as long as the block lasts, or why there is none and the command that mends it.

    `cache` is where made data directories are kept, the user's cache folder if it is not given.
    All of it is removed when the block ends, by an interrupt or SIGTERM too.
    """
    with terminable(), contextlib.ExitStack() as stack:
        try:
            server: MariadbServer | Unchecked = stack.enter_context(_started(cache))
        except ServerError as error:
            server = error.unchecked
        yield server


def _started(cache: Path | None) -> contextlib.AbstractContextManager[MariadbServer]:
    found = find_installation()
    if found is None:
        raise MariadbError(
            "no MariaDB server is installed", "`apt-get install mariadb-server-core` brings one"
        )
    return launched(found, cache=cache or cache_folder())

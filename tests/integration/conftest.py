"""The repository that the stories are told about, and the servers that migrations run on."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.postgres import installation, running, shared_cache
from tests.repository import Repository

from launchready.gateways.postgres.server import PostgresServer


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """A small shop in one commit, with nothing wrong."""
    repository = Repository.at(tmp_path / "shop")
    repository.commit({"README.md": "# Shop\n", "app/page.py": "print('tea')\n"}, "First page")
    return repository


@pytest.fixture(scope="session")
def server_of(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], PostgresServer]]:
    """A running server of a kind, started when first asked for."""
    started: dict[str, PostgresServer] = {}
    with contextlib.ExitStack() as stack:

        def start(which: str) -> PostgresServer:
            if which not in started:
                cache = shared_cache(tmp_path_factory)
                server = stack.enter_context(running(installation(which), cache))
                started[which] = server
            return started[which]

        yield start


@pytest.fixture
def postgres(
    server_of: Callable[[str], PostgresServer], request: pytest.FixtureRequest
) -> PostgresServer:
    """The server that the test's parameter names."""
    return server_of(request.param)


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[str]:
    """An empty database on it."""
    name = postgres.create_database()
    yield name
    postgres.drop_database(name)

"""A site on loopback, and a look at it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.live import App, Authority, LiveSite, live_site


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Signs the certificates of all sites."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def serve(authority: Authority) -> Iterator[Callable[..., LiveSite]]:
    """Starts sites, and ends them."""
    with ExitStack() as stack:

        def begin(app: App, *names: str) -> LiveSite:
            return stack.enter_context(live_site(app, authority, *names))

        yield begin


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder without a repository, where the run works."""
    return tmp_path

"""What every test runs under: no settings of the person's own, and no skip that hides."""

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "launchready", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("launchready")

_FOREIGN = ("GITHUB_", "GITLAB_", "LAUNCHREADY_", "RUNNER_", "GIT_", "CI_")
_ALSO = ("CI", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PYTHONPATH")


def pytest_configure() -> None:
    """Programs that are started here can be interrupted, also where a shell in the background has
    told its children to ignore that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Git and launchready see neither the machine's settings nor the CI that runs the tests."""
    for name in list(os.environ):
        if name.startswith(_FOREIGN) or name in _ALSO:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Iterator[None]:
    """Where `.ci/run` has installed everything, a skipped test is a failure."""
    del exitstatus
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("LAUNCHREADY_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

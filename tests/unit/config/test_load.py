"""Which value wins, where it came from, and what a file need not say."""

import datetime

import pytest
from tests.unit.config.samples import (
    Colour,
    DeploySettings,
    ReachSettings,
    SiteSettings,
    TopSettings,
    Window,
    load,
)

from launchready.config.load import Override
from launchready.errors import LaunchReadyError

FILE = """\
version: 1
colour: red
windows:
  - name: night
    days: 2
zones:
  north: {name: day, colour: off}
site:
  port: 81
  ratio: 1
  since: 2026-01-02
  paths: [a, b/c]
  limits: {x: 1}
  address: https://${HOST}/${PORT:-80}${NOTHING:-}
  token: tk-${TOKEN}
"""


def test_without_a_file_all_is_default() -> None:
    config = load(None)
    assert config.of(TopSettings) == TopSettings()
    assert config.of(SiteSettings, "site") == SiteSettings()
    assert config.origins == {}
    assert config.given == frozenset()


def test_the_file_goes_before_the_default() -> None:
    config = load(FILE)
    assert config.of(TopSettings) == TopSettings(
        colour=Colour.RED,
        windows=(Window(name="night", days=2),),
        zones={"north": Window(name="day", colour=Colour.OFF)},
    )
    assert config.of(SiteSettings, "site") == SiteSettings(
        port=81, ratio=1.0, since=datetime.date(2026, 1, 2)
    )
    assert config.of(ReachSettings, "site") == ReachSettings(
        paths=("a", "b/c"),
        limits={"x": 1},
        address="https://site.example/80",
        token="tk-secret-secret-secret-",
    )
    assert config.given == {"site"}


def test_an_override_goes_before_the_file() -> None:
    overrides = {
        ("", "colour"): Override(value=Colour.OFF, origin="command line"),
        ("site", "port"): Override(value=9000, origin="environment variable PORT"),
        ("site", "limits"): Override(value={}, origin="command line"),
        ("site", "factor"): Override(value=None, origin="command line"),
        ("elsewhere", "port"): Override(value=1, origin="command line"),
    }
    config = load(FILE, overrides)
    assert config.of(TopSettings).colour is Colour.OFF
    assert config.of(SiteSettings, "site").port == 9000
    assert config.of(ReachSettings, "site").limits == {}
    assert config.origins["colour"] == "command line"
    assert config.origins["site.port"] == "environment variable PORT"
    assert config.origins["site.factor"] == "command line"
    assert "elsewhere.port" not in config.origins


def test_origins_name_the_place_of_the_value_and_leave_defaults_out() -> None:
    assert load(FILE).origins == {
        "colour": "launchready.yml:2:9",
        "windows": "launchready.yml:4:3",
        "windows[0]": "launchready.yml:4:5",
        "windows[0].name": "launchready.yml:4:11",
        "windows[0].days": "launchready.yml:5:11",
        "zones": "launchready.yml:7:3",
        "zones.north": "launchready.yml:7:3",
        "zones.north.name": "launchready.yml:7:17",
        "zones.north.colour": "launchready.yml:7:30",
        "site.port": "launchready.yml:9:9",
        "site.ratio": "launchready.yml:10:10",
        "site.since": "launchready.yml:11:10",
        "site.paths": "launchready.yml:12:10",
        "site.paths[0]": "launchready.yml:12:11",
        "site.paths[1]": "launchready.yml:12:14",
        "site.limits": "launchready.yml:13:11",
        "site.limits.x": "launchready.yml:13:12",
        "site.address": "launchready.yml:14:12",
        "site.token": "launchready.yml:15:10",
    }


def test_defaults_of_one_run_are_not_those_of_the_next() -> None:
    first, second = TopSettings(), TopSettings()
    assert first.zones == second.zones
    assert first.zones is not second.zones


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("version: 1\nsite:\n", id="nothing-below-it"),
        pytest.param("version: 1\nsite: {}\n", id="empty"),
    ],
)
def test_an_empty_section_is_given_and_all_default(content: str) -> None:
    config = load(content)
    assert config.of(SiteSettings, "site") == SiteSettings()
    assert config.given == {"site"}


@pytest.mark.parametrize("value", ["[1, 2]", "text", "{a: {b: [c]}}", ""])
def test_a_section_of_no_dataclass_is_not_looked_into(value: str) -> None:
    config = load(f"version: 1\nother: {value}\n")
    assert config.given == {"other"}
    assert config.origins == {}


def test_what_is_required_may_come_from_the_command_line_where_it_may() -> None:
    overrides = {("deploy", "preview"): Override(value="b", origin="command line")}
    config = load("version: 1\ndeploy: {target: a}\n", overrides)
    assert config.of(DeploySettings, "deploy") == DeploySettings(target="a", preview="b")


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        pytest.param(None, "deploy.target, deploy.preview", id="no-file"),
        pytest.param("version: 1\n", "deploy.target, deploy.preview", id="no-section"),
        pytest.param("version: 1\ndeploy: {target: a}\n", "deploy.preview", id="given-in-part"),
    ],
)
def test_what_is_required_is_missed_only_by_who_asks_for_it(
    content: str | None, missing: str
) -> None:
    config = load(content)
    assert config.of(SiteSettings, "site") == SiteSettings()
    with pytest.raises(LaunchReadyError) as caught:
        config.of(DeploySettings, "deploy")
    assert caught.value.message == f"not given: {missing}"
    assert "launchready config schema" in caught.value.hint

"""An option is declared once and read back whole."""

import dataclasses
import datetime
from collections.abc import Mapping

import pytest
from tests.unit.config.samples import Colour, DeploySettings, TopSettings, Window

from launchready.config.setting import Surface, choices, dotted, kebab, plain, settings_of


def test_settings_are_read_back_in_their_order() -> None:
    assert [each.name for each in settings_of(Window, DeploySettings)] == [
        *("name", "days", "colour"),
        *("target", "preview", "dry-run"),
    ]


def test_a_surface_chooses() -> None:
    assert [s.name for s in settings_of(DeploySettings, surface=Surface.FILE)] == [
        "target",
        "preview",
    ]
    assert [s.name for s in settings_of(DeploySettings, surface=Surface.OPTION)] == [
        "preview",
        "dry-run",
    ]
    assert settings_of(DeploySettings, surface=Surface.INPUT) == ()


def test_a_setting_knows_its_type_and_default() -> None:
    name, days, colour = settings_of(Window)
    assert (name.shape, name.is_optional, name.is_required) == (str, False, True)
    assert (days.shape, days.default, days.info.maximum) == (int, 1, 7)
    assert (colour.shape, colour.is_optional, colour.default) == (Colour, True, None)
    windows = settings_of(TopSettings)[1]
    assert windows.shape == tuple[Window, ...]
    zones = settings_of(TopSettings)[2]
    assert (zones.shape, zones.default) == (Mapping[str, Window], {})


def test_a_field_that_is_no_setting_is_passed_over() -> None:
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Extended(Window):
        inner: int = 0

    assert [each.name for each in settings_of(Extended)] == ["name", "days", "colour"]


def test_only_what_the_file_alone_can_give_is_required_in_it() -> None:
    assert [(s.is_required, s.is_required_in_file) for s in settings_of(DeploySettings)] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_names_as_people_write_them() -> None:
    assert kebab("DARK_BLUE") == "dark-blue"
    assert choices(Colour) == ("red", "dark-blue", "off")
    assert dotted("site", "port") == "site.port"
    assert dotted("", "port") == "port"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (1.5, 1.5),
        ("a", "a"),
        (Colour.DARK_BLUE, "dark-blue"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        ((Colour.RED, "a"), ["red", "a"]),
        ({"a": (1,)}, {"a": [1]}),
        (Window(name="night"), {"name": "night", "days": 1, "colour": None}),
    ],
)
def test_values_as_a_file_holds_them(value: object, expected: object) -> None:
    assert plain(value) == expected

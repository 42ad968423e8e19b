"""Settings on the command line and in the environment: all offered, each read back as given."""

import enum
import json
import typing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.cli.parse import all_offers, parsed

from launchready.cli.options import Offer, offers_of, settings_from, variable, words_of
from launchready.cli.settings import Color, RunSettings
from launchready.config.load import Layout, Override, load_config
from launchready.config.setting import Surface, choices, plain, settings_of
from launchready.policy.settings import PolicySettings, Threshold
from launchready.registry import STEPS
from launchready.steps.secret_scan.settings import SecretScanSettings

OFFERS = [offer for _, offer in all_offers()]
IDS = [f"{offer.section}.{offer.setting.name}".lstrip(".") for offer in OFFERS]


def several(offer: Offer) -> tuple[Any, ...]:
    """Two values for a setting that takes many."""
    item = typing.get_args(offer.setting.shape)[0]
    if issubclass(item, enum.Enum):
        return tuple(item)[:2]
    return ("one thing", "./--a path" if offer.setting.info.is_argument else "--another=thing")


def value_of(offer: Offer) -> Any:
    """A value that is not the default."""
    shape, info = offer.setting.shape, offer.setting.info
    if info.pattern and info.examples:
        return info.examples[0]
    if typing.get_origin(shape) is tuple:
        return several(offer)
    if shape is bool:
        return not offer.setting.default
    if shape is int:
        return 3
    if issubclass(shape, enum.Enum):
        return next(each for each in shape if each is not offer.setting.default)
    return "some text; $(with) 'signs'"


def written(value: Any) -> str:
    """The value as an environment variable holds it."""
    if isinstance(value, tuple):
        return "\n".join(str(plain(each)) for each in value)
    return str(plain(value)).lower() if isinstance(value, bool) else str(plain(value))


def another(offer: Offer) -> str:
    """Yet another value, as an environment variable holds it."""
    shape, info = offer.setting.shape, offer.setting.info
    if info.pattern and info.examples:
        return written(info.examples[-1])
    item = typing.get_args(shape)[0] if typing.get_origin(shape) is tuple else shape
    if isinstance(item, type) and issubclass(item, enum.Enum):
        return choices(item)[-1]
    return written(offer.setting.default) if shape is bool else "7"


def test_every_setting_for_the_command_line_is_offered() -> None:
    declared = {
        (section, each.name)
        for section, classes in (
            ("", (PolicySettings, RunSettings)),
            *((name, (entry.load().settings,)) for name, entry in STEPS.items()),
        )
        for each in settings_of(*classes, surface=Surface.OPTION)
    }
    assert {(offer.section, offer.setting.name) for offer in OFFERS} == declared
    assert len(declared) > 15


def test_no_two_share_a_variable_or_a_place() -> None:
    assert len({offer.parameter.envvar for offer in OFFERS}) == len(OFFERS)
    assert len({offer.parameter.name for offer in OFFERS}) == len(OFFERS)


def test_what_only_a_file_may_have_is_not_offered() -> None:
    names = {offer.setting.name for offer in OFFERS}
    assert not names & {"rules", "ignore", "exclude"}


@pytest.mark.parametrize(
    ("section", "name", "expected"),
    [
        ("", "fail-on", "LAUNCHREADY_FAIL_ON"),
        ("secret-scan", "work-tree", "LAUNCHREADY_SECRET_SCAN_WORK_TREE"),
    ],
)
def test_the_name_of_a_variable(section: str, name: str, expected: str) -> None:
    assert variable(section, name) == expected


@pytest.mark.parametrize("offer", OFFERS, ids=IDS)
def test_each_is_read_from_its_variable(offer: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    value = value_of(offer)
    name = str(offer.parameter.envvar)
    overrides = parsed((offer,), (), {name: written(value)}, monkeypatch)
    assert overrides == {
        (offer.section, offer.setting.name): Override(
            value=value, origin=f"environment variable {name}"
        )
    }


@pytest.mark.parametrize("offer", OFFERS, ids=IDS)
def test_each_is_read_from_the_words_that_say_it(
    offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = (offer.section, offer.setting.name)
    given_ = {key: Override(value=value_of(offer), origin="command line")}
    words = words_of((offer,), given_, without=())
    assert parsed((offer,), words, {}, monkeypatch) == given_


@pytest.mark.parametrize("offer", OFFERS, ids=IDS)
def test_the_command_line_is_nearer_than_the_environment(
    offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = (offer.section, offer.setting.name)
    given_ = {key: Override(value=value_of(offer), origin="command line")}
    words = words_of((offer,), given_, without=())
    environ = {str(offer.parameter.envvar): another(offer)}
    told = parsed((offer,), words, environ, monkeypatch)
    assert told == given_


@pytest.mark.parametrize("offer", OFFERS, ids=IDS)
def test_an_empty_variable_says_nothing(offer: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parsed((offer,), (), {str(offer.parameter.envvar): ""}, monkeypatch) == {}


def test_blank_lines_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = tuple(o for o in OFFERS if typing.get_origin(o.setting.shape) is tuple)
    environ = {str(offer.parameter.envvar): "\n \t\r\n" for offer in lists}
    assert parsed(lists, (), environ, monkeypatch) == {}


def test_a_switch_that_is_off_anyway_needs_no_word() -> None:
    (offer,) = (o for o in OFFERS if (o.section, o.setting.name) == ("secret-scan", "staged"))
    told = {("secret-scan", "staged"): Override(value=False, origin="environment variable x")}
    assert words_of((offer,), told, without=()) == ()


def test_a_path_that_looks_like_an_option_is_repeated_as_a_path() -> None:
    (offer,) = (o for o in OFFERS if (o.section, o.setting.name) == ("secret-scan", "paths"))
    key = (offer.section, offer.setting.name)
    told = {key: Override(value=("-v", "docs"), origin="command line")}
    assert words_of((offer,), told, without=()) == ("./-v", "docs")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("json=a.json\nsarf=b", ("json=a.json", "sarf=b")),
        ("json=a.json\r\nsarif=b c\r\n", ("json=a.json", "sarif=b c")),
        ("\n\n  json=a.json\n\n", ("  json=a.json",)),
    ],
    ids=["lines", "lines of Windows, and blanks in a name", "blank lines"],
)
def test_a_list_is_one_value_a_line(
    text: str, values: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = offers_of("", (RunSettings,))
    told = parsed(offers, (), {"LAUNCHREADY_REPORT": text}, monkeypatch)
    assert told["", "report"].value == values


@pytest.mark.parametrize(
    ("word", "is_on"),
    [("true", True), ("1", True), ("YES", True), ("false", False), ("0", False), ("No", False)],
)
def test_a_switch_in_a_variable(word: str, monkeypatch: pytest.MonkeyPatch, *, is_on: bool) -> None:
    offers = offers_of("secret-scan", (SecretScanSettings,))
    told = parsed(offers, (), {"LAUNCHREADY_SECRET_SCAN_HISTORY": word}, monkeypatch)
    assert told["secret-scan", "history"].value is is_on


def test_what_is_on_by_default_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = offers_of("secret-scan", (SecretScanSettings,))
    told = parsed(offers, ("--no-history", "--work-tree", "--staged"), {}, monkeypatch)
    assert {name: override.value for (_, name), override in told.items()} == {
        "history": False,
        "work-tree": True,
        "staged": True,
    }


def test_the_last_word_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = offers_of("", (PolicySettings,))
    told = parsed(offers, ("--fail-on", "note", "--fail-on", "never"), {}, monkeypatch)
    assert told["", "fail-on"].value is Threshold.NEVER


def test_without_words_nothing_is_overridden(monkeypatch: pytest.MonkeyPatch) -> None:
    assert parsed(tuple(OFFERS), (), {}, monkeypatch) == {}
    assert settings_from(RunSettings, {}) == RunSettings()


def test_settings_are_made_of_overrides(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = offers_of("", (RunSettings,))
    told = parsed(offers, ("--color", "never", "--jobs", "2"), {}, monkeypatch)
    assert settings_from(RunSettings, told) == RunSettings(color=Color.NEVER, jobs=2)


IN_FILE = [offer for offer in OFFERS if offer.setting.is_on(Surface.FILE)]


@pytest.mark.parametrize(
    "offer", IN_FILE, ids=[f"{o.section}.{o.setting.name}".lstrip(".") for o in IN_FILE]
)
def test_precedence_over_the_file_and_the_default(
    offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Default < file < environment < command line, each with its origin."""
    sections = {name: (entry.load().settings,) for name, entry in STEPS.items()}
    layout = Layout(root=(PolicySettings,), sections=sections)
    (cls,) = {"": (PolicySettings,), **sections}[offer.section]
    value, name = value_of(offer), f"{offer.section}.{offer.setting.name}".lstrip(".")
    line = f"{offer.setting.name}: {json.dumps(plain(offer.setting.default))}"
    section = f"{offer.section}: {{{line}}}" if offer.section else line
    content = f"version: 1\n{section}\n".encode()
    variables = {str(offer.parameter.envvar): written(value)}
    words = words_of(
        (offer,), {(offer.section, offer.setting.name): Override(value=value, origin="")}, ()
    )
    expected: list[tuple[bytes | None, dict[str, str], tuple[str, ...], Any, str | None]] = [
        (None, {}, (), offer.setting.default, None),
        (content, {}, (), offer.setting.default, "launchready.yml:2:"),
        (content, variables, (), value, "environment variable"),
        (content, variables, words, value, "command line"),
    ]
    for file, environ, line_words, wanted, origin in expected:
        overrides = parsed((offer,), line_words, environ, monkeypatch)
        config = load_config(file, "launchready.yml", layout, overrides=overrides, environ={})
        assert getattr(config.of(cls, offer.section), offer.setting.field) == wanted
        assert config.origins.get(name, "").startswith(origin or "")
        assert (name in config.origins) is (origin is not None)


TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\n\r"), min_size=1
).filter(lambda text: text.strip() and not text.startswith("-"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(report=st.lists(TEXT, max_size=3), base=TEXT, jobs=st.integers(1, 256))
def test_any_text_comes_back_as_given(
    monkeypatch: pytest.MonkeyPatch, report: list[str], base: str, jobs: int
) -> None:
    offers = offers_of("", (RunSettings,))
    values: dict[str, Any] = {"base-ref": base, "jobs": jobs}
    if report:
        values["report"] = tuple(report)
    given_ = {
        ("", name): Override(value=value, origin="command line") for name, value in values.items()
    }
    assert parsed(offers, words_of(offers, given_, ()), {}, monkeypatch) == given_
    lines = {"LAUNCHREADY_REPORT": "\n".join(report)} if report else {}
    told = parsed(offers, (), lines, monkeypatch)
    assert [override.value for override in told.values()] == ([tuple(report)] if report else [])

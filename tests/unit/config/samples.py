"""Settings of every type that a setting may have, and how the tests load a file with them."""

import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass

from launchready.config.load import Config, Layout, Override, load_config
from launchready.config.setting import Surface, setting
from launchready.errors import ConfigError

PATH = "launchready.yml"


class Colour(enum.Enum):
    """Words that YAML 1.1 would read as something else are among them."""

    RED = "red"
    DARK_BLUE = "dark-blue"
    OFF = "off"


@dataclass(frozen=True, kw_only=True)
class Window:
    """A dataclass inside lists and tables."""

    name: str = setting(
        "What people call it.",
        pattern=r"\S",
        takes="text that is not empty",
        examples=("night",),
    )
    days: int = setting("How many days it is long.", default=1, minimum=1, maximum=7)
    colour: Colour | None = setting("Its colour, if it has one.", default=None)


@dataclass(frozen=True, kw_only=True)
class TopSettings:
    """Beside `version` at the top of the file."""

    colour: Colour = setting(
        "The colour of everything.",
        default=Colour.DARK_BLUE,
        examples=(Colour.OFF,),
        surfaces=Surface.FILE | Surface.OPTION,
    )
    windows: tuple[Window, ...] = setting(
        "All windows.", default=(), examples=([{"name": "night", "days": 2}],)
    )
    zones: Mapping[str, Window] = setting(
        "Windows by zone.", default={}, examples=({"north": {"name": "night"}},)
    )


@dataclass(frozen=True, kw_only=True)
class SiteSettings:
    """The section `site`, first half: one setting of each simple type."""

    enabled: bool = setting("Whether it is on.", default=False)
    port: int = setting("Its port.", default=8080, minimum=1, maximum=65_535)
    big: int = setting("A number without bounds.", default=0)
    ratio: float = setting("A share.", default=0.5, minimum=0, maximum=1)
    factor: float | None = setting("A number without bounds.", default=None)
    title: str = setting(
        "Its title.", default="home", pattern="^[a-z ]+$", takes="lower-case letters"
    )
    slug: str = setting("Its name in addresses.", default="home", pattern="^[a-z-]+$")
    since: datetime.date | None = setting("Its first day.", default=None)
    until: datetime.date = setting("Its last day.", default=datetime.date(2030, 1, 31))


@dataclass(frozen=True, kw_only=True)
class ReachSettings:
    """The section `site`, second half: lists, tables, what comes from outside, what is secret."""

    paths: tuple[str, ...] = setting("Its files.", default=(), pattern=r"\S", takes="a path")
    colours: tuple[Colour, ...] = setting("Its colours.", default=(Colour.RED,))
    limits: Mapping[str, int] = setting("Limits by name.", default={}, minimum=0)
    address: str = setting(
        "Where it is.",
        default="https://example.com",
        pattern="^https://",
        takes="an https address",
        interpolates=True,
    )
    headers: tuple[str, ...] = setting("What it is sent.", default=(), interpolates=True)
    token: str | None = setting(
        "What opens it.", default=None, pattern="^tk-", interpolates=True, is_secret=True
    )
    pin: int | None = setting("What opens it in short.", default=None, minimum=1, is_secret=True)


@dataclass(frozen=True, kw_only=True)
class DeploySettings:
    """A section of which one setting is needed in the file, one anywhere, and one is in no file."""

    target: str = setting("Where to.")
    preview: str = setting("What to look at.", surfaces=Surface.FILE | Surface.OPTION)
    dry_run: bool = setting("Whether to only talk.", default=True, surfaces=Surface.OPTION)


LAYOUT = Layout(
    root=(TopSettings,),
    sections={"site": (SiteSettings, ReachSettings), "deploy": (DeploySettings,), "other": ()},
)

ENVIRON = {"HOST": "site.example", "EMPTY": "", "BARE": "site.example", "TOKEN": "secret-" * 3}


def load(
    content: bytes | str | None, overrides: Mapping[tuple[str, str], Override] | None = None
) -> Config:
    """The settings of a file with these bytes."""
    return load_config(
        content.encode() if isinstance(content, str) else content,
        PATH,
        LAYOUT,
        overrides=overrides or {},
        environ=ENVIRON,
    )


def faults_of(content: bytes | str) -> list[str]:
    """What is wrong with a file, a line each; nothing where nothing is."""
    try:
        load(content)
    except ConfigError as error:
        return [str(fault) for fault in error.faults]
    return []

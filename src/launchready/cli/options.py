"""Settings -> click parameters, and a parsed command line -> overrides of the config file."""

import enum
import re
import typing
from collections.abc import Container, Iterable
from dataclasses import fields
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from launchready.config.load import Override
from launchready.config.setting import (
    Setting,
    SettingInfo,
    Surface,
    choices,
    kebab,
    plain,
    settings_of,
)
from launchready.frozen import frozen

T = TypeVar("T")
Overrides = dict[tuple[str, str], Override]


class Line(click.types.StringParamType):
    """Text of the setting's pattern; several in one variable stand on lines of their own."""

    def __init__(self, info: SettingInfo) -> None:
        self._pattern = info.pattern
        self.takes = info.takes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text. Complains where the setting does not take it."""
        text = str(super().convert(value, param, ctx))
        if self._pattern is not None and not re.search(self._pattern, text):
            self.fail(f"{text!r} is not {self.takes}", param, ctx)
        return text

    def split_envvar_value(self, rv: str) -> list[str]:
        """The lines that are not blank."""
        lines = (line.removesuffix("\r") for line in rv.split("\n"))
        return [line for line in lines if line.strip()]


@frozen
class Offer:
    """A setting of one section and the click parameter that offers it."""

    section: str
    setting: Setting
    parameter: click.Parameter


def offers_of(section: str, classes: Iterable[type]) -> tuple[Offer, ...]:
    """What the command line offers of some settings dataclasses."""
    return tuple(
        Offer(section=section, setting=each, parameter=_parameter(section, each))
        for each in settings_of(*classes, surface=Surface.OPTION)
    )


def overrides_of(context: click.Context, offers: Iterable[Offer]) -> Overrides:
    """What the command line and the environment give, keyed by section and setting."""
    overrides: Overrides = {}
    for offer in offers:
        name = offer.parameter.name or ""
        source = context.get_parameter_source(name)
        if source not in (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT):
            continue
        value = _value(context.params[name], offer.setting)
        if value != ():  # a variable of blank lines says nothing
            origin = _origin(offer, source)
            overrides[offer.section, offer.setting.name] = Override(value=value, origin=origin)
    return overrides


def settings_from(cls: type[T], overrides: Overrides, section: str = "") -> T:
    """A settings dataclass from overrides and defaults alone."""
    given = {
        field.name: overrides[section, kebab(field.name)].value
        for field in fields(typing.cast("Any", cls))
        if (section, kebab(field.name)) in overrides
    }
    return cls(**given)


def words_of(
    offers: Iterable[Offer], overrides: Overrides, without: Container[str]
) -> tuple[str, ...]:
    """The command-line words that give the same overrides again."""
    return tuple(
        word
        for offer in offers
        if offer.setting.name not in without
        and (override := overrides.get((offer.section, offer.setting.name)))
        for word in _words(offer.setting, plain(override.value))
    )


def _words(each: Setting, value: Any) -> tuple[str, ...]:
    if each.info.is_argument:
        words = value if isinstance(value, list) else [value]
        return tuple(f"./{word}" if word.startswith("-") else word for word in words)
    if value is False and each.default is False:
        return ()  # no word says it
    if value is True or value is False:
        return (f"--{each.name}" if value else f"--no-{each.name}",)
    values = value if isinstance(value, list) else [value]
    return tuple(word for one in values for word in (f"--{each.name}", str(one)))


def variable(section: str, name: str) -> str:
    """The environment variable of a setting: `LAUNCHREADY_SECRET_SCAN_STAGED`."""
    parts = ("launchready", *((section,) if section else ()), name)
    return "_".join(parts).upper().replace("-", "_")


def _parameter(section: str, each: Setting) -> click.Parameter:
    name = f"{section}-{each.field}".lstrip("-").replace("-", "_")
    envvar = variable(section, each.name)
    is_many = typing.get_origin(each.shape) is tuple
    short = [f"-{each.info.short}"] if each.info.short else []
    if each.info.is_argument:
        shown = f"[{each.info.metavar or 'PATH'}]" + ("..." if is_many else "")
        number = -1 if is_many else 1
        return click.Argument(
            [name], nargs=number, required=False, type=_type(each), envvar=envvar, metavar=shown
        )
    if each.shape is bool:
        flag = f"--{each.name}/--no-{each.name}" if each.default else f"--{each.name}"
        return click.Option(
            [name, flag, *short], is_flag=True, default=None, envvar=envvar, help=each.info.doc
        )
    return click.Option(
        [name, f"--{each.name}", *short],
        type=_type(each),
        multiple=is_many,
        envvar=envvar,
        help=each.info.doc + _default(each),
        metavar=_metavar(each),
    )


def _metavar(each: Setting) -> str | None:
    """What stands for the value in help; of choices click lists them."""
    if _is_choice(_item(each)):
        return None
    return each.info.metavar or ("NUMBER" if each.shape is int else "TEXT")


def _item(each: Setting) -> Any:
    """The type of one value, where there may be several."""
    is_many = typing.get_origin(each.shape) is tuple
    return typing.get_args(each.shape)[0] if is_many else each.shape


def _is_choice(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, enum.Enum)


def _type(each: Setting) -> click.ParamType[Any]:
    item = _item(each)
    if _is_choice(item):
        return click.Choice(choices(item))
    if item is int:
        return click.IntRange(_whole(each.info.minimum), _whole(each.info.maximum))
    return Line(each.info)


def _whole(bound: float | None) -> int | None:
    return None if bound is None else int(bound)


def _default(each: Setting) -> str:
    shown = plain(each.default)
    return "" if shown in (None, [], "") else f"  [default: {shown}]"


def _value(value: Any, each: Setting) -> Any:
    item = _item(each)
    if isinstance(value, tuple | list):
        return tuple(_member(item, one) for one in value)
    return _member(item, value)


def _member(shape: Any, value: Any) -> Any:
    """The member of an enumeration that a person wrote, or the value as it is."""
    if not _is_choice(shape):
        return value
    return next(m for name, m in shape.__members__.items() if kebab(name) == value)


def _origin(offer: Offer, source: ParameterSource) -> str:
    if source is ParameterSource.ENVIRONMENT:
        return f"environment variable {offer.parameter.envvar}"
    return "command line"

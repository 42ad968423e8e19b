"""Scalars -> typed values, and the sentence that says what a setting takes instead."""

import datetime
import enum
import re
import typing
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from launchready.config.setting import SettingInfo, choices, kebab

# What of a wrong value may be shown: nothing that could be a credential pasted in the wrong place.
_ECHO = re.compile(r"[A-Za-z0-9 ._/-]{1,24}")
_VARIABLE = re.compile(r"\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>[^}]*))?\}")


class WrongValue(Exception):  # noqa: N818 - a verdict on a value; becomes a Fault, never an error
    """The value is not what the setting takes; the message says what it takes."""


def parse_scalar(value: Any, shape: Any, info: SettingInfo, environ: Mapping[str, str]) -> Any:
    """A single value of a document in the type `shape`, within its bounds.

    Raises WrongValue.
    """
    if isinstance(value, str) and info.interpolates:
        value = _interpolate(value, environ)
    parsed = _PARSERS[_family(shape)](value, shape, info)
    if info.minimum is not None and parsed < info.minimum:
        raise WrongValue(f"must be at least {info.minimum:g}{_got(value, info)}")
    if info.maximum is not None and parsed > info.maximum:
        raise WrongValue(f"must be at most {info.maximum:g}{_got(value, info)}")
    return parsed


def described(shape: Any) -> str:
    """What a setting of this type takes, in words."""
    return {
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        str: "text",
        datetime.date: "a date, YYYY-MM-DD",
    }.get(shape, "one word")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean x?`, or nothing where no known word is near."""
    near = get_close_matches(word, tuple(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""


def unknown_setting(key: str, names: Iterable[str]) -> str:
    """The message for a key that is no setting."""
    shown = f"setting {key!r}" if _ECHO.fullmatch(key) else "setting"
    return f"unknown {shown}{did_you_mean(kebab(key), names)}"


def _interpolate(text: str, environ: Mapping[str, str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        value = environ.get(match["name"]) or match["default"]
        if value is None:
            raise WrongValue(f"environment variable {match['name']} is not set")
        return value

    return _VARIABLE.sub(replaced, text)


def _family(shape: Any) -> type:
    return enum.Enum if isinstance(shape, type) and issubclass(shape, enum.Enum) else shape


def _got(value: Any, info: SettingInfo) -> str:
    if info.is_secret or info.interpolates:
        return ""
    if isinstance(value, str) and not _ECHO.fullmatch(value):
        return f" (got text of {len(value)} characters)"
    if value is None:
        return " (got nothing)"
    return f" (got {str(value).lower() if isinstance(value, bool) else value})"


def _parse_bool(value: Any, shape: Any, info: SettingInfo) -> bool:
    if not isinstance(value, bool):
        raise WrongValue(f"must be {described(shape)}{_got(value, info)}")
    return value


def _parse_int(value: Any, shape: Any, info: SettingInfo) -> int:
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, bool) or not is_whole:
        raise WrongValue(f"must be {described(shape)}{_got(value, info)}")
    return int(value)


def _parse_float(value: Any, shape: Any, info: SettingInfo) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongValue(f"must be {described(shape)}{_got(value, info)}")
    return float(value)


def _parse_str(value: Any, shape: Any, info: SettingInfo) -> str:
    if not isinstance(value, str):
        quoted = "; put it in quotes" if isinstance(value, int | float) else ""
        raise WrongValue(f"must be {described(shape)}{_got(value, info)}{quoted}")
    if info.pattern is not None and not re.search(info.pattern, value):
        raise WrongValue(f"must be {info.takes or f'like {info.pattern}'}{_got(value, info)}")
    return value


def _parse_date(value: Any, shape: Any, info: SettingInfo) -> datetime.date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError as error:
            raise WrongValue(f"is no day of the calendar{_got(value, info)}") from error
    raise WrongValue(f"must be {described(shape)}{_got(value, info)}")


def _parse_enum(value: Any, shape: Any, info: SettingInfo) -> enum.Enum:
    words = choices(shape)
    for name, member in shape.__members__.items():
        if value == kebab(name):
            return typing.cast("enum.Enum", member)
    near = did_you_mean(str(value), words)
    raise WrongValue(f"must be one of {', '.join(words)}{_got(value, info)}{near}")


_PARSERS: Mapping[type, Callable[[Any, Any, SettingInfo], Any]] = {
    bool: _parse_bool,
    int: _parse_int,
    float: _parse_float,
    str: _parse_str,
    datetime.date: _parse_date,
    enum.Enum: _parse_enum,
}

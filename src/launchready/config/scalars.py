"""Scalars -> typed values, and the sentence that says what a setting takes instead."""

import datetime
import enum
import re
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from launchready.config.setting import SettingInfo, choices, kebab
from launchready.model import JsonScalar
from launchready.regex import Regex

# What of a file may be shown: too short for most credentials pasted in the wrong place, and
# nothing that means anything to a terminal, to a workflow log (`::`) or in markup.
_SHOWN = Regex(r"(?:[A-Za-z0-9 ._/+-]|:(?!:)){1,24}")
# A short credential: letters and digits in one run, many digits, or letters of changing case.
_RUN = Regex(r"[A-Za-z0-9._/+-]{8,}")
# A word of a command line, and the parts of it that are judged; names of files have dots.
_WORD = Regex(r"[^\s/\\.,:;'\"()\[\]{}<>|]{8,}")
_PART = Regex(r"[^-_=]{8,}")
_LONGEST_NAME = 40
_MOST_QUOTED = 200
_DATE = Regex(r"[0-9]{1,4}[.-][0-9W]{1,3}[.-][0-9]{1,4}(?:T[0-9:.]*)?")
_DIGITS = Regex(r"[0-9]{12}")
_CAPITALS = Regex(r"[A-Z]{12}")  # a key in base32 may happen to have no digit
_HUMP = Regex(r"[a-z][A-Z]")
_MOST_HUMPS = 3
_VARIABLE = Regex(r"\$\{(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>[^{}]*))?\})?")


class WrongValue(Exception):  # noqa: N818 - a verdict on a value; becomes a Fault, never an error
    """The value is not what the setting takes; the message says what it takes."""


def parse_scalar(
    value: JsonScalar, shape: Any, info: SettingInfo, environ: Mapping[str, str]
) -> Any:
    """A single value of a document in the type `shape`, within its bounds.

    Raises WrongValue.
    """
    if isinstance(value, str) and info.interpolates:
        value = _interpolate(value, environ)
    parsed = _PARSERS[_family(shape)](value, shape, info)
    if info.minimum is not None and parsed < info.minimum:
        raise WrongValue(f"must be at least {info.minimum}{_got(value, info)}")
    if info.maximum is not None and parsed > info.maximum:
        raise WrongValue(f"must be at most {info.maximum}{_got(value, info)}")
    return parsed


def described(shape: Any) -> str:
    """What a setting of this type takes, in words."""
    if _family(shape) is enum.Enum:
        return f"one of {', '.join(choices(shape))}"
    return {
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        str: "text",
        datetime.date: "a date, YYYY-MM-DD",
    }[shape]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean x?`, or nothing where no known word is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, tuple(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""


def unknown_setting(key: str, names: Iterable[str]) -> str:
    """The message for a key that is no setting."""
    return f"unknown setting {shown(key)}{did_you_mean(kebab(key), names)}"


def shown(text: str) -> str:
    """A text of the file as a message may show it, whatever it holds."""
    is_harmless = _SHOWN.fullmatch(text) and not any(map(_is_odd, _RUN.findall(text)))
    return text if is_harmless else f"[text of length {len(text)}]"


def withheld(text: str) -> str:
    """A text of the command line as a message may quote it: without what may be a credential."""
    quoted = _WORD.sub(
        lambda word: f"[{len(word[0])} signs]" if _is_key(word[0]) else word[0], text
    )
    return quoted if len(quoted) <= _MOST_QUOTED else f"{quoted[:_MOST_QUOTED]}..."


def _is_key(word: str) -> bool:
    """Whether a word of a command line looks more like a key than like a name or an option."""
    if len(word) > _LONGEST_NAME:
        return True
    return any(map(_is_odd, _PART.findall(word)))


def _is_odd(run: str) -> bool:
    """Whether a run of signs looks more like a credential than like a word, a path or a date."""
    if _DATE.fullmatch(run):
        return False
    is_mixed = any(map(str.isdigit, run)) and any(map(str.isalpha, run))
    is_of_one_sort = bool(_DIGITS.search(run) or _CAPITALS.search(run))
    return is_mixed or is_of_one_sort or len(_HUMP.findall(run)) > _MOST_HUMPS


def _interpolate(text: str, environ: Mapping[str, str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        if match["name"] is None:
            raise WrongValue("a variable is written ${NAME} or ${NAME:-what to take where unset}")
        value = environ.get(match["name"]) or match["default"]
        if value is None:
            raise WrongValue(f"environment variable {shown(match['name'])} is not set, or empty")
        return value

    return _VARIABLE.sub(replaced, text)


def _family(shape: Any) -> type:
    return enum.Enum if isinstance(shape, type) and issubclass(shape, enum.Enum) else shape


def _got(value: JsonScalar, info: SettingInfo) -> str:
    if info.is_secret or info.interpolates:
        return ""
    match value:
        case None:
            return " (got nothing)"
        case bool():
            return f" (got {str(value).lower()})"
        case "":
            return " (got empty text)"
        case str() if shown(value) == value:
            return f' (got "{value}")'
    return f" (got {shown(str(value))})"


def _parse_bool(value: JsonScalar, shape: Any, info: SettingInfo) -> bool:
    if not isinstance(value, bool):
        raise WrongValue(f"must be {described(shape)}{_got(value, info)}")
    return value


def _parse_int(value: JsonScalar, shape: Any, info: SettingInfo) -> int:
    match value:
        case int() if not isinstance(value, bool):
            return value
        case float() if value.is_integer():
            return int(value)
    raise WrongValue(f"must be {described(shape)}{_got(value, info)}")


def _parse_float(value: JsonScalar, shape: Any, info: SettingInfo) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongValue(f"must be {described(shape)}{_got(value, info)}")
    return float(value)


def _parse_str(value: JsonScalar, shape: Any, info: SettingInfo) -> str:
    if not isinstance(value, str):
        quoted = "; put it in quotes" if isinstance(value, int | float) else ""
        raise WrongValue(f"must be {described(shape)}{_got(value, info)}{quoted}")
    if info.pattern is not None and not re.search(info.pattern, value):
        raise WrongValue(f"must be {info.takes or f'like {info.pattern}'}{_got(value, info)}")
    return value


def _parse_date(value: JsonScalar, shape: Any, info: SettingInfo) -> datetime.date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError as error:
            raise WrongValue(f"is no day of the calendar{_got(value, info)}") from error
    raise WrongValue(f"must be {described(shape)}{_got(value, info)}")


def _parse_enum(value: JsonScalar, shape: Any, info: SettingInfo) -> enum.Enum:
    for name, member in shape.__members__.items():
        if value == kebab(name):
            return typing.cast("enum.Enum", member)
    near = did_you_mean(kebab(str(value)), choices(shape))
    raise WrongValue(f"must be {described(shape)}{_got(value, info)}{near}")


_PARSERS: Mapping[type, Callable[[JsonScalar, Any, SettingInfo], Any]] = {
    bool: _parse_bool,
    int: _parse_int,
    float: _parse_float,
    str: _parse_str,
    datetime.date: _parse_date,
    enum.Enum: _parse_enum,
}

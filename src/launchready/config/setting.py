"""The only place where an option exists: a field of a frozen, keyword-only settings dataclass.

From each field come the JSON Schema property, the row of docs/config.md, and, as its surfaces
say, the command-line option, the environment variable and the action input.
"""

import dataclasses
import datetime
import enum
import functools
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING
from typing import Any

from launchready.frozen import frozen

NOT_SHOWN = "(not shown)"


class Surface(enum.Flag):
    """Where a person may give a setting."""

    FILE = enum.auto()
    OPTION = enum.auto()
    INPUT = enum.auto()


@frozen
class SettingInfo:
    """What is known of one setting besides its type and default; `doc` is one or two sentences.

    `minimum` and `maximum` bound a number; `pattern` is a regular expression (the dialect that
    JSON Schema draft-07 and Python share) that a text matches somewhere, `takes` the same in words:
    "text that is not empty". `interpolates` lets `${VAR}` in the file be replaced from the
    environment; `is_secret` keeps the value out of every message and of `config show`.
    `metavar` stands for the value in a command's help: FILE, NUMBER. `is_argument` makes the option
    a positional argument of its command; `short` is its one letter.
    """

    doc: str
    examples: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    takes: str = ""
    surfaces: Surface = Surface.FILE
    interpolates: bool = False
    is_secret: bool = False
    metavar: str = ""
    is_argument: bool = False
    short: str = ""


def setting(doc: str, *, default: Any = MISSING, **info: Any) -> Any:
    """Declare a setting as the default of a dataclass field; `info` is `SettingInfo`'s fields.

    Without `default` the setting is required.
    """
    metadata = {"setting": SettingInfo(doc=doc, **info)}
    if isinstance(default, dict):  # dataclasses take no mutable default; each instance gets its own
        return dataclasses.field(default_factory=default.copy, kw_only=True, metadata=metadata)
    return dataclasses.field(default=default, kw_only=True, metadata=metadata)


@frozen
class Setting:
    """A declared setting, read back from its dataclass.

    `name` is the kebab-case name outside, `field` the attribute inside. `shape` is its type with
    `None` taken out; `is_optional` says that there was one. `default` is MISSING if required.
    """

    name: str
    field: str
    shape: Any
    is_optional: bool
    default: Any
    info: SettingInfo

    @property
    def is_required(self) -> bool:
        """Whether a person must give it."""
        return self.default is MISSING

    @property
    def is_required_in_file(self) -> bool:
        """Whether a document must give it, since nothing else can."""
        return self.is_required and self.info.surfaces == Surface.FILE

    def is_on(self, surface: Surface) -> bool:
        """Whether a person may give it there."""
        return bool(self.info.surfaces & surface)


def settings_of(*classes: type, surface: Surface | None = None) -> tuple[Setting, ...]:
    """The settings of some dataclasses, in their order: all, or those that `surface` offers."""
    every = (each for cls in classes for each in _declared(cls))
    return tuple(each for each in every if surface is None or each.is_on(surface))


def dotted(section: str, name: str) -> str:
    """A setting's name in messages: `secret-scan.fail-on`, or `fail-on` at the top level."""
    return f"{section}.{name}" if section else name


def kebab(name: str) -> str:
    """`fail_on` and `FAIL_ON` as people write it: `fail-on`."""
    return name.lower().replace("_", "-")


def choices(shape: type[enum.Enum]) -> tuple[str, ...]:
    """The words a person may write for an enumeration."""
    return tuple(kebab(name) for name in shape.__members__)


def plain(value: Any, *, is_shown: bool = False) -> Any:
    """A setting's value as YAML and JSON would hold it; `is_shown` leaves out what is secret."""
    match value:
        case enum.Enum():
            return kebab(value.name)
        case tuple():
            return [plain(item, is_shown=is_shown) for item in value]
        case Mapping():
            return {key: plain(item, is_shown=is_shown) for key, item in value.items()}
        case datetime.date():
            return value.isoformat()
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {
                each.name: NOT_SHOWN
                if is_shown and each.info.is_secret
                else plain(getattr(value, each.field), is_shown=is_shown)
                for each in settings_of(type(value))
            }
    return value


@functools.cache
def _declared(cls: type) -> tuple[Setting, ...]:
    hints = typing.get_type_hints(cls)
    return tuple(
        _read_back(field, hints[field.name])
        for field in dataclasses.fields(cls)
        if "setting" in field.metadata
    )


def _read_back(field: dataclasses.Field[Any], hint: Any) -> Setting:
    arguments = typing.get_args(hint)
    is_optional = isinstance(hint, types.UnionType) and type(None) in arguments
    if is_optional:
        (hint,) = (a for a in arguments if a is not type(None))
    return Setting(
        name=kebab(field.name),
        field=field.name,
        shape=hint,
        is_optional=is_optional,
        default=field.default if field.default_factory is MISSING else field.default_factory(),
        info=field.metadata["setting"],
    )

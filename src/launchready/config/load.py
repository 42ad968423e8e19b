"""launchready.yml, environment, command line -> the settings of a run, and where each came from."""

import typing
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from typing import Any, TypeVar

from launchready.config.document import parse_document
from launchready.config.nodes import Mapping, Node, Scalar
from launchready.config.read import Reader
from launchready.config.setting import Surface, settings_of
from launchready.errors import ConfigError, Fault

VERSION = 1

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Which settings dataclasses share which mapping of the document.

    `root` is the top level beside `version` and the sections; `sections` maps a section's name to
    the dataclasses whose settings it takes. A section mapped to `()` may be in the file and is not
    looked into.
    """

    root: tuple[type, ...]
    sections: MappingType[str, tuple[type, ...]]


@dataclass(frozen=True, kw_only=True)
class Override:
    """A value from nearer than the file; `origin` is how a person names its source."""

    value: Any
    origin: str


@dataclass(frozen=True, kw_only=True)
class Config:
    """The effective settings. `given` are the sections that the file has.

    `origins` maps a dotted setting name to where it came from; what it lacks is a default.
    """

    values: MappingType[tuple[str, type], Any]
    origins: MappingType[str, str]
    given: frozenset[str]

    def of(self, cls: type[T], section: str = "") -> T:
        """The settings of one dataclass in one section; the root's section is ""."""
        return typing.cast("T", self.values[section, cls])


def load_config(
    content: bytes | None,
    path: str,
    layout: Layout,
    *,
    overrides: MappingType[tuple[str, str], Override],
    environ: MappingType[str, str],
) -> Config:
    """The settings of a run. `content` is None where there is no file.

    `overrides` is keyed by section and setting name. Precedence: override > file > default.
    Raises ConfigError with every fault of the file.
    """
    reader = Reader(path=path, environ=environ)
    root: Node = Scalar(value=None, line=1, column=1)
    if content is not None:
        root = parse_document(content, path)
        _check_version(root, reader)
    names = [s.name for cls in layout.root for s in settings_of(cls, surface=Surface.FILE)]
    entries = reader.entries(root, "", ["version", *names, *layout.sections])

    found = {("", cls): reader.settings(entries, root, "", cls) for cls in layout.root}
    for section, classes in layout.sections.items():
        node = entries.get(section, Scalar(value=None, line=1, column=1))
        known = [s.name for cls in classes for s in settings_of(cls, surface=Surface.FILE)]
        inner = reader.entries(node, section, known) if classes else {}
        for cls in classes:
            found[section, cls] = reader.settings(inner, node, section, cls)
    if reader.faults:
        raise ConfigError(tuple(sorted(reader.faults)))

    origins = dict(reader.origins)
    values = {}
    for (section, cls), given in found.items():
        nearer = dict(given)
        for each in settings_of(cls):
            if override := overrides.get((section, each.name)):
                origins[f"{section}.{each.name}" if section else each.name] = override.origin
                nearer[each.field] = override.value
        values[section, cls] = cls(**nearer)
    given_sections = frozenset(name for name in layout.sections if name in entries)
    return Config(values=values, origins=origins, given=given_sections)


def _check_version(root: Node, reader: Reader) -> None:
    """Refuse a document of another version before anything in it is judged by this one's rules."""
    if not isinstance(root, Mapping):
        message = "the file must begin with `version: 1` and then hold settings, `name: value`"
        raise ConfigError((_version_fault(root, reader, message),))
    for key, node in root.items:
        if key.value == "version":
            if isinstance(node, Scalar) and node.value == VERSION and node.value is not True:
                return
            message = f"must be {VERSION}; `launchready config migrate` brings a file up to date"
            raise ConfigError((_version_fault(node, reader, message),))
    reader.fault(root, "version", f"is missing; write `version: {VERSION}` as the first line")


def _version_fault(node: Node, reader: Reader, message: str) -> Fault:
    return Fault(
        path=reader.path, line=node.line, column=node.column, setting="version", message=message
    )

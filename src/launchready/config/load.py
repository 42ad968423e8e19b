"""launchready.yml, environment, command line -> the settings of a run, and where each came from."""

import typing
from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import field
from typing import Any, TypeVar

from launchready.config.nodes import Mapping, Node
from launchready.config.read import Reader, names_in_file
from launchready.config.setting import dotted, settings_of
from launchready.config.version import VERSION, is_present_version, version_of
from launchready.errors import LaunchReadyError
from launchready.frozen import frozen

T = TypeVar("T")

# A section, "" for the top level, and one of the dataclasses whose settings it takes.
Member = tuple[str, type]


@frozen
class Layout:
    """Which settings dataclasses share which mapping of the document.

    `root` is the top level beside `version` and the sections; `sections` maps a section's name to
    the dataclasses whose settings it takes. A section mapped to `()` may be in the file and is not
    looked into.
    """

    root: tuple[type, ...]
    sections: MappingType[str, tuple[type, ...]]

    def members(self) -> Iterator[Member]:
        """Every dataclass with its section."""
        for section, classes in {"": self.root, **self.sections}.items():
            for cls in classes:
                yield section, cls


@frozen
class Override:
    """A value from nearer than the file; `origin` is how a person names its source."""

    value: Any
    origin: str


@frozen
class Config:
    """The effective settings. `given` are the sections that the file has.

    `values` lacks a dataclass of which a required setting is given nowhere. `origins` maps a dotted
    setting name to where it came from; what it lacks is a default.
    """

    values: MappingType[Member, Any]
    origins: MappingType[str, str]
    given: frozenset[str]

    def of(self, cls: type[T], section: str = "") -> T:
        """The settings of one dataclass in one section; the root's section is "".

        Raises LaunchReadyError where a required one is given nowhere.
        """
        if (section, cls) in self.values:
            return typing.cast("T", self.values[section, cls])
        needed = [dotted(section, each.name) for each in settings_of(cls) if each.is_required]
        missing = [name for name in needed if name not in self.origins]
        raise LaunchReadyError(
            f"not given: {', '.join(missing)}",
            hint="write it in launchready.yml; `launchready config schema` says what it takes",
        )


@frozen
class _File:
    """What a config file gives: fields of dataclasses, the place of each, and its sections."""

    fields: MappingType[Member, MappingType[str, Any]] = field(default_factory=dict)
    origins: MappingType[str, str] = field(default_factory=dict)
    sections: frozenset[str] = frozenset()


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
    file = _File() if content is None else _read_file(content, path, layout, environ)
    origins = dict(file.origins)
    values = {}
    for section, cls in layout.members():
        fields = dict(file.fields.get((section, cls), {}))
        for each in settings_of(cls):
            if override := overrides.get((section, each.name)):
                fields[each.field] = override.value
                origins[dotted(section, each.name)] = override.origin
        if all(each.field in fields for each in settings_of(cls) if each.is_required):
            values[section, cls] = cls(**fields)
    return Config(values=values, origins=origins, given=file.sections)


def _read_file(content: bytes, path: str, layout: Layout, environ: MappingType[str, str]) -> _File:
    from launchready.config.document import parse_document  # no file, no parser to load

    root = parse_document(content, path)
    reader = Reader(path=path, environ=environ)
    _check_version(root, reader)
    known = ("version", *names_in_file(*layout.root), *layout.sections)
    entries = reader.entries(root, "", known)
    fields = {("", cls): reader.settings(entries, root, "", cls) for cls in layout.root}
    sections = frozenset(layout.sections.keys() & entries.keys())
    for section in sections:
        node, classes = entries[section], layout.sections[section]
        inner = reader.entries(node, section, names_in_file(*classes)) if classes else {}
        for cls in classes:
            fields[section, cls] = reader.settings(inner, node, section, cls)
    reader.raise_faults()
    return _File(fields=fields, origins=reader.origins, sections=sections)


def _check_version(root: Node, reader: Reader) -> None:
    """Refuse a document of another version before anything in it is judged by this one's rules."""
    version = version_of(root)
    if not isinstance(root, Mapping):
        reader.fault(
            root, "", f"must begin with `version: {VERSION}`, then settings, `name: value`"
        )
    elif version is not None and not is_present_version(version):
        advice = "`launchready config migrate` brings an older file up to date"
        reader.fault(version, "version", f"must be the number {VERSION}; {advice}")
    reader.raise_faults()
    if version is None:
        reader.fault(root, "version", f"is missing; write `version: {VERSION}` as the first line")

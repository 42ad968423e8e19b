"""Document nodes -> settings dataclasses, collecting every fault with its place.

One walk does both jobs: it builds the values and it lists all that is wrong, so a person mends a
file once. A property test holds that it accepts the same documents as the generated JSON Schema.
"""

import typing
from collections.abc import Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, is_dataclass
from typing import Any

from launchready.config.nodes import Mapping, Node, Scalar, Sequence
from launchready.config.scalars import WrongValue, described, parse_scalar, shown, unknown_setting
from launchready.config.setting import Setting, SettingInfo, Surface, dotted, settings_of
from launchready.errors import ConfigError, Fault


def names_in_file(*classes: type) -> tuple[str, ...]:
    """The settings of some dataclasses that a document may hold."""
    return tuple(each.name for each in settings_of(*classes, surface=Surface.FILE))


@dataclass
class Reader:
    """Reads nodes of one file. `faults` grows as it goes; nothing is raised.

    `origins` says for each setting that the file gives, by its dotted name, where it stands; so it
    does for each name in a table and each item of a list.
    """

    path: str
    environ: MappingType[str, str]
    faults: list[Fault] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)

    def fault(self, node: Node, name: str, message: str) -> None:
        """Note one thing that is wrong at `node`, the value of the setting `name`."""
        self.faults.append(
            Fault(path=self.path, line=node.line, column=node.column, setting=name, message=message)
        )

    def raise_faults(self) -> None:
        """Raise ConfigError with all that is wrong, in the file's order, if anything is."""
        if self.faults:
            raise ConfigError(self.faults)

    def entries(self, node: Node, name: str, known: Iterable[str]) -> dict[str, Node]:
        """The keys of a mapping that may hold `known` ones; an empty node is an empty mapping."""
        if isinstance(node, Scalar) and node.value is None:
            return {}
        if not isinstance(node, Mapping):
            self.fault(node, name, f"must hold settings, `name: value` (got {_kind_of(node)})")
            return {}
        names = tuple(known)
        for key, _ in node.items:
            if key.value not in names:
                self.fault(key, name, unknown_setting(str(key.value), names))
        return {str(key.value): value for key, value in node.items if key.value in names}

    def settings(
        self, entries: MappingType[str, Node], node: Node, name: str, cls: type
    ) -> dict[str, Any]:
        """The fields of `cls` that `entries` gives. `node` is where the mapping begins."""
        values = {}
        for each in settings_of(cls, surface=Surface.FILE):
            full_name = dotted(name, each.name)
            if each.name in entries:
                given = entries[each.name]
                self.origins[full_name] = f"{self.path}:{given.line}:{given.column}"
                values[each.field] = self.value(given, each, full_name)
            elif each.is_required_in_file:
                self.fault(node, full_name, "is missing")
        return values

    def value(self, node: Node, each: Setting, name: str) -> Any:
        """One setting's value; what is wrong with it becomes a fault and the value None."""
        if each.is_optional and isinstance(node, Scalar) and node.value is None:
            return None
        return self.shaped(node, each.shape, each.info, name)

    def shaped(self, node: Node, shape: Any, info: SettingInfo, name: str) -> Any:
        """The value of `node` in the type `shape`."""
        origin = typing.get_origin(shape)
        if origin is tuple:
            return self.items(node, typing.get_args(shape)[0], info, name)
        if origin is MappingType:
            return self.table(node, typing.get_args(shape)[1], info, name)
        if is_dataclass(shape):
            return self.nested(node, typing.cast("type", shape), name)
        if not isinstance(node, Scalar):
            self.fault(node, name, f"must be {described(shape)} (got {_kind_of(node)})")
            return None
        try:
            return parse_scalar(node.value, shape, info, self.environ)
        except WrongValue as wrong:
            self.fault(node, name, str(wrong))
            return None

    def items(self, node: Node, shape: Any, info: SettingInfo, name: str) -> tuple[Any, ...]:
        """A list's values."""
        if not isinstance(node, Sequence):
            self.fault(node, name, f"must be a list (got {_kind_of(node)})")
            return ()
        for index, item in enumerate(node.items):
            self.origins[f"{name}[{index}]"] = f"{self.path}:{item.line}:{item.column}"
        return tuple(
            self.shaped(item, shape, info, f"{name}[{index}]")
            for index, item in enumerate(node.items)
        )

    def table(self, node: Node, shape: Any, info: SettingInfo, name: str) -> dict[str, Any]:
        """A mapping with free keys."""
        if not isinstance(node, Mapping):
            self.fault(node, name, f"must hold `name: value` lines (got {_kind_of(node)})")
            return {}
        for key, _ in node.items:
            self.origins[f"{name}.{key.value}"] = f"{self.path}:{key.line}:{key.column}"
        return {
            str(key.value): self.shaped(value, shape, info, f"{name}.{shown(str(key.value))}")
            for key, value in node.items
        }

    def nested(self, node: Node, cls: type, name: str) -> Any:
        """A dataclass of settings inside another; None where anything in it is wrong."""
        before = len(self.faults)
        if not isinstance(node, Mapping):
            self.fault(node, name, f"must hold settings, `name: value` (got {_kind_of(node)})")
            return None
        entries = self.entries(node, name, names_in_file(cls))
        values = self.settings(entries, node, name, cls)
        return cls(**values) if len(self.faults) == before else None


def _kind_of(node: Node) -> str:
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "settings"
        case Scalar(value=None):
            return "nothing"
        case Scalar(value=bool()):
            return "true or false"
        case Scalar(value=str()):
            return "text"
    return "a number"

"""Settings dataclasses -> JSON Schema draft-07, the version that editors and SchemaStore take."""

import datetime
import enum
import typing
from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any

from launchready.config.load import Layout
from launchready.config.setting import Setting, SettingInfo, Surface, choices, plain, settings_of
from launchready.config.version import VERSION

ID = (
    "https://raw.githubusercontent.com/launchready/launchready/main/schemas/launchready.schema.json"
)

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def config_schema(layout: Layout, summaries: Mapping[str, str]) -> dict[str, Any]:
    """The schema of launchready.yml. `summaries` describes each section in one sentence."""
    properties: dict[str, Any] = {
        "version": {
            "title": "version",
            "description": "The version of this file's format.",
            "const": VERSION,
            "examples": [VERSION],
        }
    }
    properties |= _properties(layout.root)
    for name, classes in layout.sections.items():
        properties[name] = _section(name, summaries[name], classes)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": ID,
        "title": "launchready.yml",
        "description": "What launchready examines in this repository, and what fails a run.",
        "type": "object",
        "required": ["version", *_required(layout.root)],
        "properties": properties,
        "additionalProperties": False,
    }


def _section(name: str, summary: str, classes: tuple[type, ...]) -> dict[str, Any]:
    """A section may be left empty where nothing in it is required."""
    schema: dict[str, Any] = {"title": name, "description": summary}
    if not classes:
        return schema
    if _required(classes):
        return {**schema, "type": "object", **_members(classes)}
    return {**schema, "type": ["object", "null"], "default": {}, **_members(classes)}


def _members(classes: tuple[type, ...]) -> dict[str, Any]:
    required = _required(classes)
    return {
        "properties": _properties(classes),
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _properties(classes: tuple[type, ...]) -> dict[str, Any]:
    return {each.name: _property(each) for each in settings_of(*classes, surface=Surface.FILE)}


def _required(classes: tuple[type, ...]) -> list[str]:
    return [each.name for each in settings_of(*classes) if each.is_required_in_file]


def _property(each: Setting) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": each.name, "description": each.info.doc}
    shape = _shape(each.shape, each.info)
    if each.is_optional:
        schema["anyOf"] = [shape, {"type": "null"}]
    else:
        schema |= shape
    if not each.is_required:
        schema["default"] = plain(each.default)
    if each.info.examples:
        schema["examples"] = [plain(example) for example in each.info.examples]
    return schema


def _shape(shape: Any, info: SettingInfo) -> dict[str, Any]:
    origin = typing.get_origin(shape)
    if origin is tuple:
        return {"type": "array", "items": _shape(typing.get_args(shape)[0], info)}
    if origin is Mapping:
        inner = _shape(typing.get_args(shape)[1], info)
        return {"type": "object", "additionalProperties": inner}
    if is_dataclass(shape):
        return {"type": "object", **_members((typing.cast("type", shape),))}
    if isinstance(shape, type) and issubclass(shape, enum.Enum):
        return {"enum": list(choices(shape))}
    if shape is datetime.date:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    return {"type": _TYPES[shape], **_bounds(info)}


def _bounds(info: SettingInfo) -> dict[str, Any]:
    bounds = {"minimum": info.minimum, "maximum": info.maximum, "pattern": _pattern(info)}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _pattern(info: SettingInfo) -> str | None:
    """A text with a variable in it can be judged only when the variable is replaced."""
    if info.pattern is not None and info.interpolates:
        return rf"{info.pattern}|\$\{{"
    return info.pattern

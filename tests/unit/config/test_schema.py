"""The schema is draft-07, says something of every setting, and its own defaults fit it."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker
from tests.unit.config.samples import LAYOUT, Window

from launchready.config.load import Layout
from launchready.config.schema import ID, config_schema

SCHEMA = config_schema(
    LAYOUT, {"site": "The site.", "deploy": "Its deployment.", "other": "Something else."}
)


def properties(
    schema: dict[str, Any], path: str = ""
) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Every property: its path, its schema, and whether it must be there."""
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}/{name}", inner, name in schema.get("required", ())
    for name, inner in schema.items():
        for index, each in enumerate(inner if isinstance(inner, list) else [inner]):
            if isinstance(each, dict):
                yield from properties(each, f"{path}/{name}[{index}]")


EVERY = {path: (schema, is_required) for path, schema, is_required in properties(SCHEMA)}


def test_it_is_draft_07() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert SCHEMA["$id"] == ID


def test_the_walk_sees_settings_at_every_depth() -> None:
    names = {path.rpartition("/")[2] for path in EVERY}
    assert {"version", "colour", "site", "port", "target", "days"} <= names


@pytest.mark.parametrize("path", EVERY)
def test_every_property_says_what_it_is(path: str) -> None:
    schema, _ = EVERY[path]
    assert schema["title"] == path.rpartition("/")[2]
    assert schema["description"].endswith(".")


# `preview` may come from the command line too; a section with required settings has no default,
# since no value that is not given would fit it; and what is not looked into has no shape.
WITHOUT_DEFAULT = {"preview", "deploy", "other"}


@pytest.mark.parametrize("path", EVERY)
def test_every_optional_property_has_a_default(path: str) -> None:
    schema, is_required = EVERY[path]
    is_exempt = is_required or path.rpartition("/")[2] in WITHOUT_DEFAULT
    assert ("default" in schema) is not is_exempt


@pytest.mark.parametrize("path", EVERY)
def test_defaults_and_examples_fit(path: str) -> None:
    schema, _ = EVERY[path]
    validator = Draft7Validator(schema, format_checker=FormatChecker(["date"]))
    given = [schema["default"]] if "default" in schema else []
    for value in [*given, *schema.get("examples", ())]:
        validator.validate(value)


def test_a_setting_of_the_command_line_is_not_in_it() -> None:
    assert "dry-run" not in SCHEMA["properties"]["deploy"]["properties"]


def test_whole_shapes() -> None:
    schema = config_schema(Layout(root=(), sections={"window": (Window,)}), {"window": "One."})
    assert schema["required"] == ["version"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["window"] == {
        "title": "window",
        "description": "One.",
        "type": "object",
        "properties": {
            "name": {
                "title": "name",
                "description": "What people call it.",
                "type": "string",
                "pattern": r"\S",
                "examples": ["night"],
            },
            "days": {
                "title": "days",
                "description": "How many days it is long.",
                "type": "integer",
                "minimum": 1,
                "maximum": 7,
                "default": 1,
            },
            "colour": {
                "title": "colour",
                "description": "Its colour, if it has one.",
                "anyOf": [{"enum": ["red", "dark-blue", "off"]}, {"type": "null"}],
                "default": None,
            },
        },
        "required": ["name"],
        "additionalProperties": False,
    }


def test_an_editor_lets_a_variable_stand_where_its_value_must_fit() -> None:
    address = Draft7Validator(SCHEMA["properties"]["site"]["properties"]["address"])
    assert address.is_valid("https://example.com")
    assert address.is_valid("${SITE_URL}")
    assert not address.is_valid("http://example.com")

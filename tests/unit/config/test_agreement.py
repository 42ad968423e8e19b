"""The loader, the schema and `plain` say the same of a file."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker
from tests.unit.config.samples import (
    LAYOUT,
    DeploySettings,
    ReachSettings,
    SiteSettings,
    TopSettings,
    faults_of,
    load,
)
from tests.unit.config.strategies import document_of, documents, instances, right_documents

from launchready.config.schema import config_schema

SCHEMA = config_schema(LAYOUT, dict.fromkeys(LAYOUT.sections, "A section."))
VALIDATOR = Draft7Validator(SCHEMA, format_checker=FormatChecker(["date"]))


def written(document: dict[str, Any]) -> str:
    """JSON without escapes that YAML does not have (surrogate pairs)."""
    return json.dumps(document, ensure_ascii=False)


@given(right_documents())
def test_what_the_settings_allow_has_no_fault(document: dict[str, Any]) -> None:
    assert faults_of(written(document)) == []
    assert VALIDATOR.is_valid(document)


@given(documents())
@example({"version": 1.0, "deploy": None})
@example({"version": True, "site": None})
@example({"version": 1, "site": None})
@example({"version": 1, "deploy": {"target": "x"}})
@example({"version": 1, "site": {"port": 80.0}})
@example({"version": 1, "site": {"until": "2026-02-29"}})
@example({"version": 1, "site": {"until": "2026-02-28\n"}})
@example({"version": 1, "deploy": {"target": "x", "dry-run": True}, "other": [1]})
def test_the_schema_accepts_the_same_documents(document: dict[str, Any]) -> None:
    assert (faults_of(written(document)) == []) == VALIDATOR.is_valid(document)


@pytest.mark.parametrize(
    ("section", "cls"),
    [
        ("", TopSettings),
        ("site", SiteSettings),
        ("site", ReachSettings),
        ("deploy", DeploySettings),
    ],
)
@given(data=st.data())
def test_a_written_value_is_read_back(data: st.DataObject, section: str, cls: type) -> None:
    value = data.draw(instances(cls))
    inner = document_of(value)
    document = {"version": 1, section: inner} if section else {"version": 1, **inner}
    assert load(written(document)).of(cls, section) == value

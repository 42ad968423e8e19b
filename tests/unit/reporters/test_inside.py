"""A place inside an archive or document: reports for tools name the file that is on disk."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.unit.reporters.factory import PLAIN, a_finding, a_report, a_run

from launchready.model import FileLocation, Target
from launchready.reporters import load
from launchready.reporters.places import describe, link

INNER = FileLocation(path="dist/app.js.map!/src/pay.ts", line=3, column=7, end_column=9)
RUN = a_run(a_report(a_finding(location=INNER)))
SHOWN = "dist/app.js.map!/src/pay.ts:3:7"


def _rendered(name: str) -> str:
    return "".join(load(name)(RUN, PLAIN))


def test_a_person_reads_the_whole_path() -> None:
    assert describe(INNER) == SHOWN
    assert SHOWN in _rendered("text")


def test_the_link_leads_to_the_file() -> None:
    target = Target(commit="ab" * 20, repository_url="https://git.example/acme/shop")
    page = link(INNER, target)
    assert page == f"https://git.example/acme/shop/blob/{'ab' * 20}/dist/app.js.map"


def test_an_annotation_is_at_the_file_and_names_the_place() -> None:
    (line,) = (each for each in _rendered("github").splitlines() if each.startswith("::error"))
    assert ",file=dist/app.js.map::" in line
    assert f"In {SHOWN}:" in line


def test_sarif_is_at_the_file_and_names_the_place() -> None:
    document: Any = json.loads(_rendered("sarif"))
    (place,) = document["runs"][0]["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "dist/app.js.map"
    assert place["physicalLocation"]["region"] == {"startLine": 1}
    assert place["logicalLocations"][0]["fullyQualifiedName"] == SHOWN


def test_gitlab_is_at_the_file_and_names_the_place() -> None:
    (entry,) = json.loads(_rendered("gitlab"))
    assert entry["location"] == {"path": "dist/app.js.map", "lines": {"begin": 1}}
    assert f"({SHOWN})" in entry["description"]


def test_junit_is_at_the_file() -> None:
    case = next(ET.fromstring(_rendered("junit")).iter("testcase"))  # noqa: S314 - our own
    assert case.get("file") == "dist/app.js.map"


def test_json_has_the_whole_path() -> None:
    document: Any = json.loads(_rendered("json"))
    assert document["findings"][0]["location"]["path"] == INNER.path


@pytest.mark.parametrize("path", ["a!b/c.py", "a/!b.py", "!a"])
def test_an_exclamation_mark_alone_is_a_name(path: str) -> None:
    assert not FileLocation(path=path).is_inside

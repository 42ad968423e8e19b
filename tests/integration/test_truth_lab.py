"""The recorded truth is what the servers say today, and covers what it must."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.lab.make_truth import MAJORS, TRUTH, entry, prepare, truth_of
from tests.lab.record import is_hazard
from tests.lab.statements import is_nothing, read_cases, statements
from tests.postgres import of_major, running, shared_cache

from launchready.gateways.postgres.server import PostgresServer

RECORDED: list[dict[str, Any]] = json.loads(TRUTH.read_text(encoding="utf-8"))
CASES = {case.name: case for case in read_cases()}

# Another dozen for every day would make a red day nobody can repeat.
DOZEN = sorted(random.Random(2023).sample(sorted(CASES), 12))


@pytest.fixture(scope="module")
def lab_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], PostgresServer]]:
    """A server of a version that holds the lab's databases."""
    import contextlib

    started: dict[int, PostgresServer] = {}
    with contextlib.ExitStack() as stack:

        def start(major: int) -> PostgresServer:
            if major not in started:
                cache = shared_cache(tmp_path_factory)
                started[major] = stack.enter_context(running(of_major(major), cache))
                prepare(started[major])
            return started[major]

        yield start


@pytest.mark.parametrize("major", MAJORS)
def test_a_dozen_cases_are_what_is_recorded(
    major: int, lab_of: Callable[[int], PostgresServer]
) -> None:
    recorded = {each["name"]: each["truth"][str(major)] for each in RECORDED}
    server = lab_of(major)
    seen = {name: truth_of(server, CASES[name]) for name in DOZEN}
    assert seen == {name: recorded[name] for name in DOZEN}


def test_every_case_is_recorded_as_it_stands_in_its_file() -> None:
    assert [each["name"] for each in RECORDED] == [case.name for case in read_cases()]
    for each in RECORDED:
        assert each == entry(CASES[each["name"]], each["truth"])


def test_there_are_enough_of_both_kinds() -> None:
    hazards = sum(each["hazard"] for each in RECORDED)
    assert len(RECORDED) >= 255
    assert 0.4 < hazards / len(RECORDED) < 0.6
    assert len(CASES) == len(RECORDED)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"fails": "23502"}, True, id="it fails"),
        pytest.param({"rewritten": ["a"], "locks": {"a": "ACCESS EXCLUSIVE"}}, True, id="rewrite"),
        pytest.param({"rewritten": ["a"], "locks": {"a": "SHARE"}}, False, id="other's rewrite"),
        pytest.param({"left_open": True}, True, id="nobody commits it"),
        pytest.param(
            {"scanned": {"a": 5}, "scanned_under": {"a": "SHARE"}}, True, id="half under SHARE"
        ),
        pytest.param(
            {"scanned": {"a": 4}, "scanned_under": {"a": "SHARE"}}, False, id="less than half"
        ),
        pytest.param(
            {"scanned": {"a": 9}, "scanned_under": {"a": "SHARE UPDATE EXCLUSIVE"}},
            False,
            id="writers go on",
        ),
        pytest.param({"changed": {"a": {"updated": 2, "deleted": 3}}}, True, id="half changed"),
        pytest.param({"changed": {"a": {"inserted": 9}}}, False, id="inserted"),
        pytest.param({"gone": ["column a.b"]}, True, id="a column"),
        pytest.param({"gone": ["index a_b", "constraint a.c"]}, False, id="what code cannot name"),
        pytest.param({"broken": {"a.read": "42703"}}, True, id="old code breaks"),
    ],
)
def test_what_is_a_hazard(seen: dict[str, Any], expected: bool) -> None:
    assert is_hazard(seen, {"a": 10}) is expected


def test_statements_are_told_apart() -> None:
    text = "A 'x;''y'; /* ; */ B $t$ ; $$ ; $t$;\n-- c;\nCOPY a FROM STDIN;\n1;\t2\n\\.\nC \";\""
    assert list(statements(text)) == [
        ("A 'x;''y'", ""),
        (" /* ; */ B $t$ ; $$ ; $t$", ""),
        ("\n-- c;\nCOPY a FROM STDIN", "1;\t2\n"),
        ('C ";"', ""),
    ]
    assert is_nothing(" -- a;\n/* b */ ")
    assert not is_nothing("-- a\nSELECT")

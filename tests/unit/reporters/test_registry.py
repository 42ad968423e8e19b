"""Reporters are listed, load alone, and write as they go."""

import subprocess
import sys

import pytest
from tests.unit.reporters.factory import PLAIN, a_report, a_run, many

from launchready.reporters import REPORTERS, load

LARGEST_CHUNK = 200_000


def test_the_list() -> None:
    names = ["text", "github", "summary", "json", "sarif", "junit", "gitlab"]
    assert list(REPORTERS) == names
    assert all(reporter.description for reporter in REPORTERS.values())


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("text", ("sarif", "junit", "gitlab", "summary", "json_report", "github", "annotations")),
        ("json", ("sarif", "junit", "gitlab", "summary", "text", "github")),
        ("junit", ("sarif", "gitlab", "summary", "text", "github", "json_report")),
    ],
)
def test_one_loads_without_the_others(name: str, others: tuple[str, ...]) -> None:
    code = (
        f"import sys; from launchready.reporters import load; load({name!r}); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not {f"launchready.reporters.{other}" for other in others} & loaded
    assert "jsonschema" not in loaded


@pytest.mark.parametrize("name", REPORTERS)
def test_the_text_comes_in_small_pieces(name: str) -> None:
    chunks = load(name)(a_run(a_report(*many(3_000))), PLAIN)
    assert max(map(len, chunks)) < LARGEST_CHUNK

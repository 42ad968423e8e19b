"""Each reporter says of each run what its golden file says. LAUNCHREADY_WRITE=1 rewrites them."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.golden.runs import RUNS

from launchready.reporters import REPORTERS, load
from launchready.reporters.style import Style

# Read here, since no test sees the person's own settings.
WRITES = bool(os.environ.get("LAUNCHREADY_WRITE"))
FOLDER = Path(__file__).parent
PLAIN = Style(color=False, width=100, verbose=False, version="0.1.0")
SUFFIXES = {
    "text": "txt",
    "github": "log",
    "summary": "md",
    "json": "json",
    "sarif": "sarif",
    "junit": "xml",
    "gitlab": "gitlab.json",
}
DRESSES = {
    "failed.color.txt": ("failed", "text", replace(PLAIN, color=True)),
    "failed.narrow.txt": ("failed", "text", replace(PLAIN, width=60)),
    "failed.verbose.txt": ("failed", "text", replace(PLAIN, verbose=True)),
}
CASES = {
    **{
        f"{name}.{SUFFIXES[reporter]}": (name, reporter, PLAIN)
        for name in RUNS
        for reporter in REPORTERS
    },
    **DRESSES,
}


@pytest.mark.parametrize("file", CASES)
def test_golden(file: str) -> None:
    name, reporter, style = CASES[file]
    text = "".join(load(reporter)(RUNS[name], style))
    path = FOLDER / file
    if WRITES:
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text


def test_no_golden_file_is_unused() -> None:
    kept = {path.name for path in FOLDER.iterdir() if path.suffix != ".py" and path.is_file()}
    assert kept == set(CASES)

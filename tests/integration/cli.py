"""Runs launchready as a person does: a process of its own in a folder."""

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).parents[2] / "src"


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of a JSON report."""
        found: list[dict[str, Any]] = json.loads(self.out)["findings"]
        return found


def launchready(
    folder: Path, *words: str, environ: Mapping[str, str] | None = None, text: str | None = None
) -> Done:
    """Run the command line in `folder`, with this environment on top of the test's own."""
    done = subprocess.run(
        [sys.executable, "-m", "launchready", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE), **(environ or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=text,
        timeout=300,
        check=False,
    )
    return Done(code=done.returncode, out=done.stdout, err=done.stderr)


def launchready_inside(folder: Path, *words: str, environ: Mapping[str, str]) -> Done:
    """The same in this process: sooner, for what ends before anything is scanned."""
    from launchready.cli.main import main

    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, value in environ.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["launchready", *words])
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main()
                code = 0
            except SystemExit as ended:
                code = int(ended.code or 0)
    return Done(code=code, out=out.getvalue(), err=err.getvalue())

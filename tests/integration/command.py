"""Runs the command line as people do: a process of its own, with nothing of the caller's left."""

import contextlib
import ctypes
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

PROGRAM = (sys.executable, "-I", "-m", "launchready")

# Linux, prctl(2) and capabilities(7): what lets root read whatever it likes.
_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a run left: its exit code and what it said."""

    code: int
    stdout: str
    stderr: str

    @property
    def said(self) -> str:
        """Both streams, as a terminal shows them."""
        return self.stdout + self.stderr

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of one step's JSON report."""
        found: list[dict[str, Any]] = json.loads(self.stdout)["findings"]
        return found


@dataclass(frozen=True, kw_only=True)
class Examined:
    """A run, and its report of secret-scan."""

    done: Done
    report: Any

    @property
    def verdict(self) -> tuple[int, str]:
        """The exit code and the word for it."""
        return self.done.code, self.report["verdict"]

    def found(self, status: str = "new") -> list[str]:
        """The findings of a status, as `rule in path`."""
        return sorted(
            f"{each['rule']} in {each['location'].get('path', 'a message')}"
            for each in self.report["findings"]
            if each["status"] == status
        )


def launchready(
    *words: str,
    folder: Path,
    environ: Mapping[str, str] | None = None,
    heeds_permissions: bool = False,
) -> Done:
    """Run `launchready WORDS` in a folder. Root may be made to heed permissions as others do."""
    done = subprocess.run(
        [*PROGRAM, *words],
        cwd=folder,
        env={**os.environ, **(environ or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
        preexec_fn=_without_privileges if heeds_permissions and not os.geteuid() else None,
    )
    return Done(
        code=done.returncode,
        stdout=done.stdout.decode("utf-8"),  # whatever was scanned, the report is UTF-8
        stderr=done.stderr.decode("utf-8"),
    )


def launchready_inside(*words: str, folder: Path, environ: Mapping[str, str]) -> Done:
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
    return Done(code=code, stdout=out.getvalue(), stderr=err.getvalue())


def _without_privileges() -> None:
    for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        if ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0):
            raise OSError("this system lets root not give up its privileges")


def examined(
    *words: str,
    folder: Path,
    environ: Mapping[str, str] | None = None,
) -> Examined:
    """Run, and read what the JSON report on standard output says of secret-scan."""
    done = launchready(*words, "--format", "json", folder=folder, environ=environ)
    assert done.stdout, done.stderr
    return Examined(done=done, report=secret_scan_of(json.loads(done.stdout)))


def secret_scan_of(whole: Any) -> Any:
    """The report of secret-scan, alone in its file or among those of all steps."""
    (report,) = [each for each in whole.get("reports", [whole]) if each["step"] == "secret-scan"]
    return report


def in_actions(folder: Path, event: str = "push", payload: object = None) -> Mapping[str, str]:
    """The environment of a job of GitHub Actions whose files lie in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "event.json").write_text(json.dumps(payload or {}), encoding="utf-8")
    return {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": event,
        "GITHUB_EVENT_PATH": str(folder / "event.json"),
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_REPOSITORY": "acme/shop",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "NO_COLOR": "1",
    }

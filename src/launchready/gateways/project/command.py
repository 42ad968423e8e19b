"""Starts a command of the project, waits for it, and leaves nothing of it behind."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from launchready.frozen import frozen
from launchready.regex import Regex

_PASSWORD = Regex(r"(://[^\s:/@]*:)[^\s@]*@")
_MOST_BYTES = 1 << 16


@frozen
class Done:
    """How a command ended. `code` is its exit code, None where it could not be started or did not
    end in time. `said` is the last line that it wrote, for people, without passwords of addresses.
    """

    code: int | None
    said: str

    @property
    def is_well(self) -> bool:
        """Whether it ended as it should."""
        return self.code == 0


def run_command(
    words: Sequence[str], folder: Path, environ: Mapping[str, str], *, timeout_seconds: float
) -> Done:
    """Run a command without a shell; it and all that it started are ended after the time, and when
    this process is interrupted.
    """
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(
                list(words),
                cwd=folder,
                env=dict(environ),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=sys.platform != "win32",
            )
        except OSError as error:
            return Done(code=None, said=f"it cannot be started: {error.strerror or error}")
        try:
            code: int | None = process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end(process)
        said = _last_line(output.seek(0, os.SEEK_END), output)
    if code is None:
        said = f"it did not end within {timeout_seconds:.0f} s"
    return Done(code=code, said=said)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the command's whole group: what it left in the background too."""
    if sys.platform == "win32":  # pragma: no cover - the tests run on Linux
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_line(size: int, output: IO[bytes]) -> str:
    output.seek(max(0, size - _MOST_BYTES))
    lines = output.read().decode("utf-8", "replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "it says nothing")
    return _PASSWORD.sub(r"\1…@", last)[:300]

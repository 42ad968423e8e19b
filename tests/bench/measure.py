"""Runs whole commands and reads what the operating system says they cost."""

import os
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Medians over runs: user + system CPU seconds of the whole process tree, and peak MiB."""

    cpu_seconds: float
    peak_mib: float


def cost_of(
    command: Sequence[str],
    *,
    folder: Path,
    runs: int = 7,
    environ: Mapping[str, str] | None = None,
    expected: Sequence[int] = (0,),
) -> Cost:
    """The cost of `command` after one warm-up. Refuses a command that ends unexpectedly."""
    costs = [_once(command, folder, environ, expected) for _ in range(runs + 1)][1:]
    return Cost(
        cpu_seconds=statistics.median(cost.cpu_seconds for cost in costs),
        peak_mib=statistics.median(cost.peak_mib for cost in costs),
    )


def _once(
    command: Sequence[str],
    folder: Path,
    environ: Mapping[str, str] | None,
    expected: Sequence[int],
) -> Cost:
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environ or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in expected:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return Cost(cpu_seconds=usage.ru_utime + usage.ru_stime, peak_mib=usage.ru_maxrss / 1024)

"""Runs whole commands and reads what the operating system says they cost."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Cost:
    """User + system CPU seconds of the whole process tree, wall seconds, and peak MiB of its
    largest process.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float


@dataclass(frozen=True, kw_only=True)
class Command:
    """A program to measure. `expected` are the exit codes of a run that did its work."""

    words: tuple[str, ...]
    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    expected: tuple[int, ...] = (0,)


def cost_of(
    words: Sequence[str],
    *,
    folder: Path,
    runs: int = 7,
    environ: Mapping[str, str] | None = None,
    expected: Sequence[int] = (0,),
) -> Cost:
    """The median cost of a command after one warm-up."""
    command = Command(
        words=tuple(words), folder=folder, environ=environ or {}, expected=tuple(expected)
    )
    return median(in_turns([command], runs)[0])


def in_turns(commands: Sequence[Command], runs: int) -> list[list[Cost]]:
    """What each run of each command cost, after one warm-up of all.

    They take turns, so that a machine whose speed drifts does not decide between them.
    """
    for each in commands:
        once(each)
    rounds = [[once(each) for each in commands] for _ in range(runs)]
    return [list(costs) for costs in zip(*rounds, strict=True)]


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        cpu_seconds=statistics.median(cost.cpu_seconds for cost in costs),
        wall_seconds=statistics.median(cost.wall_seconds for cost in costs),
        peak_mib=statistics.median(cost.peak_mib for cost in costs),
    )


def once(command: Command) -> Cost:
    """One run. Ends this program where the command ends unexpectedly."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            command.words,
            cwd=command.folder,
            env={**os.environ, **command.environ},
            stdout=subprocess.DEVNULL,
            stderr=complaints,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in command.expected:
            complaints.seek(0)
            said = complaints.read()[-400:].decode("utf-8", "replace")
            sys.exit(f"{command.words[0]} ended with {process.returncode}: {said!r}")
    return Cost(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=time.perf_counter() - started,
        peak_mib=usage.ru_maxrss / 1024,
    )

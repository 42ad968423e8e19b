"""The samples of earlier good runs, as JSON lines: a run a line, the oldest first."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from launchready.frozen import frozen
from launchready.steps.smoke_test.statistics.series import Series

MOST_RUNS = 5
MOST_BYTES = 16 << 20
_VERSION = 1
_KINDS = ("production", "preview")


@frozen
class Run:
    """A good run: `site` is `production` or `preview`, `at_once` how many requests were under way.

    `routes` are the samples by a route's name.
    """

    site: str
    at_once: int
    routes: Mapping[str, Series]


def parse_history(text: str) -> tuple[Run, ...]:
    """The runs of a file. Raises ValueError, with the line, where it is not one of ours."""
    return tuple(
        _run(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip()
    )


def render_history(runs: Sequence[Run]) -> str:
    """The file of these runs: the last of each kind of site."""
    kept = [run for kind in _KINDS for run in of_site(runs, kind)]
    return "".join(_line(run) for run in runs if any(run is each for each in kept))


def of_site(runs: Sequence[Run], site: str) -> tuple[Run, ...]:
    """The last runs on this kind of site."""
    return tuple(run for run in runs if run.site == site)[-MOST_RUNS:]


def _line(run: Run) -> str:
    routes = {
        name: {"samples": each.samples, "controls": each.controls}
        for name, each in sorted(run.routes.items())
    }
    told = {"version": _VERSION, "site": run.site, "at_once": run.at_once, "routes": routes}
    return json.dumps(told, separators=(",", ":"), ensure_ascii=True) + "\n"


def _run(line: str, number: int) -> Run:
    try:
        told = json.loads(line)
        if told["version"] != _VERSION or told["site"] not in _KINDS:
            raise ValueError
        routes = {name: _series(each) for name, each in told["routes"].items()}
        return Run(site=told["site"], at_once=_whole(told["at_once"]), routes=routes)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"line {number} is no run of version {_VERSION}") from error


def _series(told: Any) -> Series:
    samples, controls = (tuple(map(_whole, told[name])) for name in ("samples", "controls"))
    if len(samples) != len(controls):
        raise ValueError
    return Series(samples=samples, controls=controls)


def _whole(value: Any) -> int:
    """A number that can be a logarithm of a time: under e^20 ms, which is five days."""
    if type(value) is not int or not -20_000 <= value <= 20_000:
        raise ValueError
    return value

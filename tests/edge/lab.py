"""The lab: every fault in a world of its own behind one nginx, and what smoke-test says of it."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from launchready.model import Severity
from launchready.site import Site
from launchready.steps.smoke_test.settings import Area
from tests.edge.nginx import NAMES, WORLD, Edge, Ports, running
from tests.edge.shop import SITE, shop
from tests.live import App, Asked, Authority, LiveSite, Reply, live_site
from tests.unit.steps.smoke_test.looking import Look, look

AREAS = [area for area in Area if area not in (Area.LATENCY, Area.LOAD, Area.BROWSER)]
_AT_ONCE = 2
_USUAL = Edge()


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and the `rule` that must fire: "" where none may.

    `also` are rules that fire for the same reason, and rightly. `app` makes the application anew.
    """

    rule: str
    edge: Edge = _USUAL
    app: Callable[[], App] = lambda: shop
    site: Site = SITE
    settings: Mapping[str, Any] = field(default_factory=dict)
    also: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Score:
    """What was found of what is there. `wrong` are the rules that fired and must not, by fault."""

    looks: Mapping[str, Look]
    missed: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]
    found: int

    @property
    def recall(self) -> float:
        """The share of faults whose rule fired."""
        return self.found / (self.found + len(self.missed))

    @property
    def precision(self) -> float:
        """The share of rules that fired which had to: errors and warnings, and the wanted notes."""
        return self.found / (self.found + len(self.wrong))


def score(faults: Mapping[str, Fault], folder: Path) -> Score:
    """Look at every fault's world."""
    looks = dict(looks_at(faults, folder))
    missed = [
        name for name, fault in faults.items() if fault.rule and fault.rule not in looks[name].rules
    ]
    wrong = [
        (name, rule)
        for name, fault in faults.items()
        for rule in sorted(_loud(looks[name]) - {fault.rule} - fault.also)
    ]
    named = sum(bool(fault.rule) for fault in faults.values())
    return Score(looks=looks, missed=tuple(missed), wrong=tuple(wrong), found=named - len(missed))


def looks_at(faults: Mapping[str, Fault], folder: Path) -> Iterator[tuple[str, Look]]:
    """Everything but what measures and the browser, at each world."""
    authority = Authority(folder / "authority")
    apps = [fault.app() for fault in faults.values()]

    def app(asked: Asked) -> Reply:
        return apps[int(asked.headers[WORLD])](asked)

    edges = {name: fault.edge for name, fault in faults.items()}
    with (
        live_site(app, authority) as behind,
        running(edges, authority, behind.ports["http"]) as ports,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        fronts = (_Front.at(ports[name], authority) for name in faults)
        seen = pool.map(
            lambda front, fault: look(
                front, folder, *_areas(fault), site=fault.site, **fault.settings
            ),
            fronts,
            faults.values(),
        )
        yield from zip(faults, seen, strict=True)


def _areas(fault: Fault) -> list[Area]:
    """All of them, but no handshakes where nginx is as in the clean site."""
    return [
        area for area in AREAS if area is not Area.TLS or fault.edge != _USUAL or not fault.rule
    ]


def _loud(seen: Look) -> set[str]:
    return {each.rule for each in seen.findings if each.severity is not Severity.NOTE}


class _Front(LiveSite):
    given: tuple[str, ...] = ()

    @classmethod
    def at(cls, ports: Ports, authority: Authority) -> "_Front":
        front = cls(app=shop, authority=authority, names=NAMES)
        there = ((80, ports.http), (443, ports.https))
        front.given = tuple(
            f"{name}:{port}:{address}:{actual}"
            for name, address, (port, actual) in itertools.product(
                NAMES, ("127.0.0.1", "[::1]"), there
            )
        )
        return front

    @property
    def resolve(self) -> tuple[str, ...]:
        return self.given

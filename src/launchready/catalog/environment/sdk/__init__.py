"""Variables that a package reads by itself, so that no code of the repository does.

They count only where the package is among a project's dependencies (in small letters, as in
`Project.packages`). A name that ends with `*` stands for all that begin so.
"""

import functools
from collections.abc import Mapping

from launchready.catalog.environment.sdk.ai import AI
from launchready.catalog.environment.sdk.frameworks import FRAMEWORKS
from launchready.catalog.environment.sdk.package import Package
from launchready.catalog.environment.sdk.platforms import PLATFORMS
from launchready.catalog.environment.sdk.services import SERVICES

SDKS = (*AI, *SERVICES, *PLATFORMS, *FRAMEWORKS)


@functools.cache
def _tables() -> tuple[Mapping[str, tuple[Package, ...]], tuple[tuple[str, Package], ...]]:
    """The packages by name, and those by the beginning of their names."""
    exact: dict[str, tuple[Package, ...]] = {}
    beginnings: list[tuple[str, Package]] = []
    for sdk in SDKS:
        for package in sorted(sdk.packages):
            if package.endswith("*"):
                beginnings.append((package[:-1], sdk))
            else:
                exact[package] = (*exact.get(package, ()), sdk)
    return exact, tuple(beginnings)


@functools.lru_cache(maxsize=4096)
def _of(packages: frozenset[str]) -> tuple[tuple[str, Package], ...]:
    exact, beginnings = _tables()
    known = [(package, sdk) for package in sorted(packages) for sdk in exact.get(package, ())]
    begun = [(p, sdk) for p in sorted(packages) for begin, sdk in beginnings if p.startswith(begin)]
    return (*known, *begun)


def sdk_reads(name: str, packages: frozenset[str], *, by_beginning: bool = True) -> str:
    """The package among `packages` (names in small letters) that reads `name`; empty if none.
    `by_beginning` counts names of which only the beginning is known.
    """
    return next(
        (
            package
            for package, sdk in _of(packages)
            if name in sdk.names or (by_beginning and name.startswith(_beginnings(sdk.names)))
        ),
        "",
    )


@functools.cache
def _beginnings(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(each[:-1] for each in names if each.endswith("*"))

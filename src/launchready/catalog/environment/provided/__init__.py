"""Variables that nobody declares: platforms, CI, shells and runtimes set them or read them.

A name that ends with `*` stands for all that begin so.
"""

import functools
from collections.abc import Mapping

from launchready.catalog.environment.provided.platforms import PLATFORMS
from launchready.catalog.environment.provided.runtimes import RUNTIMES

PROVIDERS = (*PLATFORMS, *RUNTIMES)


_OWN = frozenset({"TOKEN", "SECRET", "PASSWORD", "KEY", "CLIENT", "AUTH", "PRIVATE", "WEBHOOK"})
"""Words of what somebody got from the provider and sets: no beginning covers a name with them."""


def is_provided(name: str) -> str:
    """Who provides a variable of this name, in words; empty where nobody is known to."""
    exact, beginnings = _tables()
    if found := exact.get(name):
        return found
    if not _OWN.isdisjoint(name.split("_")):
        return ""
    parts = name.split("_")
    for count in range(len(parts), 0, -1):
        begin = "_".join(parts[:count])
        if found := beginnings.get(f"{begin}_") or beginnings.get(begin):
            return found
    return next((who for begin, who in _UNPARTED.items() if name.startswith(begin)), "")


_UNPARTED = {
    begin: provider.title
    for provider in PROVIDERS
    for begin in (name[:-1] for name in sorted(provider.names) if name.endswith("*"))
    if not begin.endswith("_")
}
"""Beginnings that end inside a word: `PYTHON*`, `RUBY*`."""


@functools.cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, str]]:
    exact: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for provider in PROVIDERS:
        for name in sorted(provider.names):
            into = beginnings if name.endswith("*") else exact
            into.setdefault(name.removesuffix("*"), provider.title)
    return exact, beginnings

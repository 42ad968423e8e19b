"""Releases and entries for tests, told shortly."""

import datetime
from typing import Any

from launchready.facts.releases import Deed, Entry, Safety

NOW = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.UTC)


def ago(hours: float) -> datetime.datetime:
    """So many hours before `NOW`."""
    return NOW - datetime.timedelta(hours=hours)


def entry(deed: Deed, name: str, hours: float, **more: Any) -> Entry:
    """An entry about the release `name`, so many hours ago."""
    given: dict[str, Any] = {"commit": name[0] * 40, "deployment": f"dpl_{name}"} | more
    return Entry(deed=deed, at=ago(hours), **given)


def deployed(name: str, hours: float, **more: Any) -> Entry:
    """A deploy whose migrations are safe, unless it is said otherwise."""
    return entry(Deed.DEPLOYED, name, hours, **({"safety": Safety.YES} | more))


def verified(name: str, hours: float) -> Entry:
    """A green smoke test."""
    return entry(Deed.VERIFIED, name, hours)

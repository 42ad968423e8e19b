"""Puts commits of the same dates in the order in which one descends from the other."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from launchready.facts.git import Introduction
from launchready.gateways.git import Git

Introductions = Mapping[bytes, tuple[Introduction, ...]]


def in_descent(introductions: Introductions, git: Git) -> Introductions:
    """The same, the oldest first, in an order that depends on nothing but the commits themselves:
    by their dates, and of equal dates parents before their children.
    """
    groups: dict[tuple[int, int], set[str]] = defaultdict(set)
    for every in introductions.values():
        for each in every:
            if each.commit:
                groups[each.seconds, each.committed].add(each.commit)
    alike = {dates: commits for dates, commits in groups.items() if len(commits) > 1}
    orders: dict[str, int] = {}
    if alike:
        since = min(committed for _, committed in alike)
        asked = git.descent(set().union(*alike.values()), since)
        orders = {commit: place for place, commit in enumerate(asked)}
    return {
        blob: tuple(
            sorted(
                (replace(each, order=orders.get(each.commit or "", 0)) for each in every),
                key=lambda each: (each.age, each.path),
            )
        )
        for blob, every in introductions.items()
    }

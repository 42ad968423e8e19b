"""The read of a name at a node, and the places that a test protects."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from launchready.facts.environment import (
    Need,
    Read,
)
from launchready.steps.env_lint.reads.javascript.fate import Fate
from launchready.steps.env_lint.reads.javascript.syntax import Script

if TYPE_CHECKING:
    from tree_sitter import Node


_MOST_TESTS = 50


def protected_places(found: Iterable[tuple[str, int, Fate]]) -> frozenset[int]:
    """The bytes, of those given with names and fates, where a test has found the name to be set."""
    named = list(found)
    ranges: dict[str, list[tuple[int, int]]] = {}
    for name, _, fate in named:
        if fate.test is not None and not fate.test.throws:
            ranges.setdefault(name, []).extend(fate.test.protects)
    return frozenset(
        at
        for name, at, _ in named
        for start, end in ranges.get(name, ())[:_MOST_TESTS]
        if start <= at < end
    )


def read_of(script: Script, name: str, at: "Node", fate: Fate, need: Need) -> Read:
    """The read of a name at a node."""
    return Read(
        name=name,
        location=script.location(at),
        need=need,
        language=script.language,
        place=script.place,
        default=fate.default if need is Need.DEFAULT else None,
        makes_default=fate.makes_default if need is Need.DEFAULT else "",
        takes_as=fate.takes_as,
        is_client=script.is_client,
    )

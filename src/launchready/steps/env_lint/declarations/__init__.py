"""Declarations in files that are no env files: the reader of each format."""

from collections.abc import Callable, Iterator

from launchready.facts.environment import SourceFile
from launchready.steps.env_lint.naming import Naming

ReadFile = Callable[[SourceFile, Naming], Iterator[object]]
"""Yields `Declaration`, `Read`, `Deed`, facts with rules of their own, and `Unchecked`."""


def reader_of(path: str) -> ReadFile | None:
    """What reads a file of this path, None where its format is not known."""
    return None

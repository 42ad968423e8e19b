"""Functions of a repository that read the variable that they are told: `requireEnv("NAME")`."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from launchready.facts.environment import CodeFacts
from launchready.gateways.tree import Tree

LEVELS = 3
"""How many functions may stand between a call and the read."""


def resolve(
    told: Mapping[str, CodeFacts],
    read_more: Callable[[Sequence[str]], Iterator[tuple[str, CodeFacts]]],
    tree: Tree,
) -> Iterator[tuple[str, CodeFacts]]:
    """Each file with the reads that go through wrappers, those of files that hold no read too."""
    yield from told.items()

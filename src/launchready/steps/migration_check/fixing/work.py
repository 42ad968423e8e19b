"""What there is to mend in one migration, and a proposal of how."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from launchready.facts.migrations import ActFacts, History, Migration, Statement
from launchready.frozen import frozen
from launchready.model import Finding
from launchready.steps.migration_check.advice.remedies import Remedy
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.fixing.sources import Source, source_of


@frozen
class Task:
    """One finding, the statement that it is about, and its remedy."""

    finding: Finding
    facts: ActFacts
    remedy: Remedy

    @property
    def statement(self) -> Statement:
        """The statement."""
        return self.facts.statement


@frozen
class Work:
    """Tasks of one migration, in the order of their places."""

    history: History
    migration: Migration
    tasks: tuple[Task, ...]
    files: Files

    def source(self, path: str) -> Source | None:
        """A file's text; None where it is not there or cannot be written back."""
        content = self.files.bytes(path)
        return None if content is None else source_of(content)


@frozen
class Proposal:
    """New contents by path; `made` are the paths that are not there yet."""

    contents: Mapping[str, bytes] = field(default_factory=dict)
    made: tuple[str, ...] = ()


Writer = Callable[[Work], Iterator[Proposal | str]]
"""How the files of one tool are mended: proposals, the best one first, and reasons against."""

"""What a rehearsal asks of the database that it runs in, whichever server that is on."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from launchready.facts.migrations import Framework
from launchready.facts.rehearsal import Probe
from launchready.model import Unchecked
from launchready.steps.migration_check.rehearsal.heartbeats import Heartbeats
from launchready.steps.migration_check.rehearsal.snapshot import TableSeen


class Site(Protocol):
    """A database of our own. `label` names its server, `missing` holds the codes for something that
    is not there: what an earlier migration may have made.
    """

    @property
    def label(self) -> str: ...

    @property
    def missing(self) -> Collection[str]: ...

    def prepare(self, framework: Framework) -> None:
        """Put in what the framework's host has in every database."""

    def load(self, schema: str) -> Iterator[Unchecked]:
        """The schema as it was given."""

    def tables(self) -> Mapping[int, TableSeen]:
        """The tables, by a number of the server's or ours."""

    def seed(self, tables: Mapping[int, TableSeen], sql: str) -> tuple[str, ...]:
        """Fill the tables; those that stay empty. Raises RefusedError where `sql` fails."""

    def shape(self) -> frozenset[str]:
        """Every object as one line that says what it is."""

    def contents(self, tables: Mapping[int, TableSeen]) -> Mapping[tuple[str, str], str]:
        """What stands for all values of each column, by table and column."""

    def rows(self, tables: Mapping[int, TableSeen]) -> Mapping[str, int]:
        """The number of rows of each table."""

    def probes(self, tables: Mapping[int, TableSeen]) -> Sequence[Probe]:
        """What the running release does with the tables."""

    def tried(self, probes: Iterable[Probe]) -> Iterator[Probe]:
        """The probes that fail, with the server's words."""

    def heartbeats(self, tables: Sequence[TableSeen]) -> Heartbeats:
        """A reader and a writer on each of the tables."""

    def excuse(self, code: str) -> str:
        """Why an error says nothing of production; empty where it does."""

"""The relations of a catalogue by name, with hints that spare a look at each of them.

A history of a thousand files asks thousands of times which tables inherit from one, refer to one,
or have an index of a name, which views read it, and the answer is nearly always none. A hint is a
set that only grows and that all later states share: what is not in it is in no state, what is in it
has to be looked for.
"""

from collections.abc import Iterable, Mapping
from copy import copy

from launchready.facts.catalogue import Table
from launchready.facts.schema import ConstraintKind
from launchready.steps.migration_check.replay.chunked import Chunked


class Relations(Chunked[Table]):
    """Tables and views by name. `parents` have heirs or partitions, `referenced` are the ends of
    foreign keys, `taken` are names of indexes and constraints, `read` is what views read; `fresh`
    are put since the last change was settled.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__(tables)
        self.parents: set[str] = set()
        self.referenced: set[str] = set()
        self.taken: set[str] = set()
        self.read: set[str] = set()
        self.fresh: set[str] = set()
        for table in self.values():
            self._note(table)

    def having(self, tables: Iterable[Table]) -> "Relations":
        """The same with tables put in, or in the place of their namesakes."""
        found = self
        for table in tables:
            found = found.with_item(table.name, table)
            self._note(table)  # the hints are those of all states
        return found

    def having_for(self, old: str, table: Table) -> "Relations":
        """The same with a table in the place of the one named `old`."""
        self._note(table)
        return self.renamed(old, table.name, table)

    def settled(self, tables: Iterable[Table]) -> "Relations":
        """The same with tables in the place of their namesakes, and nothing fresh in it."""
        found = copy(self.having(tables))
        found.fresh = set()
        return found

    def may_name(self, name: str) -> bool:
        """Whether there may be a partition, an heir, a foreign key or a view of that relation."""
        return name in self.parents or name in self.referenced or name in self.read

    def _note(self, table: Table) -> None:
        self.fresh.add(table.name)
        if table.reads:
            self.read.update(table.reads)
        if table.partition_of:
            self.parents.add(table.partition_of)
        if table.inherits:
            self.parents.update(table.inherits)
        self.taken.update(table.indexes)
        for name, constraint in table.constraints.items():
            self.taken.add(name)
            if constraint.kind is ConstraintKind.FOREIGN_KEY:
                self.referenced.add(constraint.references)


def relations_of(tables: Mapping[str, Table]) -> Relations:
    """The tables with their hints, which are worked out where there are none."""
    return tables if isinstance(tables, Relations) else Relations(tables)

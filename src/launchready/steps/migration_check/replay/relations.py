"""The relations of a catalogue by name, with hints that spare a look at each of them.

A history of a thousand files asks thousands of times which tables inherit from one, refer to one,
or have an index of a name, and the answer is nearly always none. A hint is a set that only grows
and that all later states share: what is not in it is in no state, what is in it has to be looked
for.
"""

from collections.abc import Iterable, Mapping

from launchready.facts.catalogue import Table
from launchready.facts.schema import ConstraintKind


class Relations(dict[str, Table]):
    """Tables and views by name. `parents` have heirs or partitions, `referenced` are the ends of
    foreign keys, `taken` are names of indexes and constraints; `fresh` are put since the last
    change was settled.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__(tables)
        known = tables if isinstance(tables, Relations) else None
        self.parents: set[str] = known.parents if known is not None else set()
        self.referenced: set[str] = known.referenced if known is not None else set()
        self.taken: set[str] = known.taken if known is not None else set()
        self.fresh: frozenset[str] = known.fresh if known is not None else frozenset(self)
        if known is None:
            for table in self.values():
                self._note(table)

    def having(self, tables: Iterable[Table]) -> "Relations":
        """The same with tables put in, or in the place of their namesakes."""
        put = tuple(tables)
        found = Relations(self)
        for table in put:
            found[table.name] = table
            found._note(table)
        found.fresh = self.fresh.union(table.name for table in put)
        return found

    def settled(self) -> "Relations":
        """The same, with nothing fresh in it."""
        found = Relations(self)
        found.fresh = frozenset()
        return found

    def _note(self, table: Table) -> None:
        if table.partition_of:
            self.parents.add(table.partition_of)
        self.parents.update(table.inherits)
        self.taken.update(table.indexes)
        for name, constraint in table.constraints.items():
            self.taken.add(name)
            if constraint.kind is ConstraintKind.FOREIGN_KEY:
                self.referenced.add(constraint.references)


def relations_of(tables: Mapping[str, Table]) -> Relations:
    """The tables with their hints, which are worked out where there are none."""
    return tables if isinstance(tables, Relations) else Relations(tables)

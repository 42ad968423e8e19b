"""What a history has made so far, as its operations need it: indexes and keys by their names."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from launchready.frozen import frozen
from launchready.steps.migration_check.frameworks.rails.names import index_name


@frozen
class Index:
    """An index of a table; of an expression `columns` is that one text."""

    name: str
    columns: tuple[str, ...]


@frozen
class Key:
    """A foreign key."""

    name: str
    column: str
    to_table: str


@frozen
class Table:
    """A table. `columns` are types with their options, `checks` conditions by name; `primary` is
    the name of the column that numbers its rows, "" for none.
    """

    columns: Mapping[str, tuple[object, Mapping[str, object]]] = field(default_factory=dict)
    indexes: tuple[Index, ...] = ()
    keys: tuple[Key, ...] = ()
    checks: Mapping[str, str] = field(default_factory=dict)
    primary: str = "id"


class Tables:
    """All tables. One that the history never made is taken as if it had no index yet; `strangers`
    are the names of those that were asked for.
    """

    def __init__(self, known: Mapping[str, Table] | None = None) -> None:
        self.strangers: set[str] = set()
        self._known = dict(known or {})

    def copy(self) -> "Tables":
        """The tables as they are now, whatever becomes of these."""
        return Tables(self._known)

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def __getitem__(self, name: str) -> Table:
        found = self._known.get(name)
        if found is None:
            self.strangers.add(name)
        return found or Table()

    def __setitem__(self, name: str, table: Table) -> None:
        self._known[name] = table

    def drop(self, name: str) -> None:
        """Forget a table."""
        if self._known.pop(name, None) is None:
            self.strangers.add(name)

    def add_column(
        self, table: str, column: str, kind: object, options: Mapping[str, object]
    ) -> None:
        """Learn a column."""
        known = self[table]
        self[table] = replace(known, columns={**known.columns, column: (kind, options)})

    def drop_column(self, table: str, column: str) -> None:
        """Forget a column, with the indexes and keys that stand on it."""
        known = self[table]
        self[table] = replace(
            known,
            columns={name: each for name, each in known.columns.items() if name != column},
            indexes=tuple(each for each in known.indexes if column not in each.columns),
            keys=tuple(each for each in known.keys if each.column != column),
        )

    def add_index(self, table: str, index: Index) -> None:
        """Learn an index."""
        known = self[table]
        others = (each for each in known.indexes if each.name != index.name)
        self[table] = replace(known, indexes=(*others, index))

    def drop_index(self, table: str, name: str) -> None:
        """Forget an index."""
        known = self[table]
        kept = tuple(each for each in known.indexes if each.name != name)
        self[table] = replace(known, indexes=kept)

    def index_of(
        self, table: str, columns: Sequence[str], version: tuple[int, ...], name: str = ""
    ) -> str:
        """The name of the index on these columns: as it was made, else as Rails would call it."""
        wanted = index_name(table, columns)
        for each in self[table].indexes:
            is_same = each.columns == tuple(columns) or index_name(table, each.columns) == wanted
            if is_same and name in ("", each.name):
                return each.name
        return name or index_name(table, columns, version)

    def add_key(self, table: str, key: Key) -> None:
        """Learn a foreign key."""
        known = self[table]
        others = (each for each in known.keys if each.name != key.name)
        self[table] = replace(known, keys=(*others, key))

    def key_of(self, table: str, column: str, to_table: str) -> Key | None:
        """The foreign key on a column, or to a table."""
        for each in reversed(self[table].keys):
            if column in ("", each.column) and to_table in ("", each.to_table):
                return each
        return None

    def drop_key(self, table: str, name: str) -> None:
        """Forget a foreign key."""
        known = self[table]
        kept = tuple(each for each in known.keys if each.name != name)
        self[table] = replace(known, keys=kept)

"""What tells that a unique index meets no two rows that are alike."""

from collections.abc import Iterator, Sequence

from launchready.facts.acts import AddColumn, Change, Do, Drop, DropConstraint
from launchready.facts.migrations import ActFacts, Migration, Opaque


def is_all_null(facts: ActFacts, about: tuple[str, ...], earlier: Sequence[ActFacts]) -> bool:
    """Whether a column is so new that every row holds NULL in it, which is equal to nothing: added
    by the same migration (of which these are the `earlier` acts) or in the same transaction without
    a default, so that the running release knows nothing of it, and filled by nothing that stands in
    the migration.
    """
    if "NULLS NOT DISTINCT" in facts.statement.sql.upper():
        return False
    if any(isinstance(each, Opaque) and each.changes_rows for each in facts.migration.up.items):
        return False
    table, *columns = about
    is_empty = False
    for act in (*facts.session.earlier, *(each.act for each in earlier)):
        if (isinstance(act, Change) and act.table == table) or (isinstance(act, Do) and act.opaque):
            return False
        if isinstance(act, AddColumn) and act.table == table and act.column.name in columns:
            given = act.column
            is_empty |= given.default is None and not (given.generated or given.is_auto)
    return is_empty


def code_has_cleaned(migration: Migration, facts: ActFacts) -> bool:
    """Whether code before a statement changes rows, which a unique index is then put on."""
    for item in migration.up.items:
        if item is facts.statement:
            return False
        if isinstance(item, Opaque) and item.changes_rows:
            return True
    return False


def no_longer_unique(facts: ActFacts) -> Iterator[tuple[str, frozenset[str]]]:
    """The keys that an act takes away, of rows that are unique in them up to here."""
    if not isinstance(facts.act, DropConstraint | Drop):
        return
    for name in facts.effect.locks:
        before, after = facts.before.tables.get(name), facts.after.tables.get(name)
        for index in before.indexes.values() if before and after else ():
            is_plain = index.where is None and not any(key.expression for key in index.keys)
            if after and index.is_unique and is_plain and index.name not in after.indexes:
                yield name, frozenset(index.columns)


def has_cleaned(facts: ActFacts, about: tuple[str, ...]) -> bool:
    """Whether an earlier statement of the change took care of the rows."""
    return any(
        isinstance(act, Change) and act.table == about[0] and act.verb in ("DELETE", "UPDATE")
        for act in facts.session.earlier
    )

"""The catalogue, replayed: what a database holds after an act.

Acts that run under a condition, or in a loop of a `DO` block, are applied as if it held, unless
what they make is there already: that is what a guard is for. `IF NOT EXISTS … THEN CREATE …` leaves
the object there in either case, and what a guard drops is gone in either case. Where a condition
asked for something else, the catalogue holds too much or too little: what it does not know counts
as in use, so that no lock is overlooked.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from launchready.facts import acts
from launchready.facts.acts import Act
from launchready.facts.catalogue import Catalogue, Index, Table
from launchready.frozen import replace
from launchready.steps.migration_check.replay import (
    columns,
    drops,
    indexes,
    keys,
    objects,
    renames,
    tables,
)
from launchready.steps.migration_check.replay.edits import Moment
from launchready.steps.migration_check.replay.guards import stands_already
from launchready.steps.migration_check.replay.relations import relations_of


def after(
    catalogue: Catalogue,
    act: Act,
    *,
    is_new: bool = False,
    version: str = "",
    is_conditional: bool = False,
) -> Catalogue:
    """The catalogue after an act. `is_new` says that the act is of the change under judgement, so
    that what it creates is in nobody's use yet; `version` is its migration's.
    """
    if is_conditional and stands_already(catalogue, act):
        return catalogue
    return _applied(catalogue, act, _moment(is_new, version))


@lru_cache(maxsize=8)
def _moment(is_new: bool, version: str) -> Moment:
    return Moment(is_new=is_new, version=version)


def settled(catalogue: Catalogue) -> Catalogue:
    """The catalogue once the change that made its new objects is in use: nothing in it is new."""
    known = relations_of(catalogue.tables)
    used = tuple(_in_use(known[name]) for name in known.fresh if name in known)
    return replace(
        catalogue,
        tables=known.settled(used),
        types={
            name: replace(each, is_new=False, was="") if each.is_new or each.was else each
            for name, each in catalogue.types.items()
        },
        routines={
            name: replace(each, is_new=False) if each.is_new else each
            for name, each in catalogue.routines.items()
        },
    )


def _applied(catalogue: Catalogue, act: Act, moment: Moment) -> Catalogue:
    if isinstance(act, acts.Do):
        for _, inner, is_conditional in act.acts:
            if not (is_conditional and stands_already(catalogue, inner)):
                catalogue = _applied(catalogue, inner, moment)
        return catalogue
    replay = _REPLAYS.get(type(act))
    return catalogue if replay is None else replay(catalogue, act, moment)


def _in_use(table: Table) -> Table:
    is_marked = table.is_new or table.new_columns or table.new_constraints or table.copies
    if not is_marked and not any(index.is_new for index in table.indexes.values()):
        return table
    return replace(
        table,
        is_new=False,
        new_columns=frozenset(),
        new_constraints=frozenset(),
        copies=frozenset(),
        replaces="",
        indexes={name: _used(index) for name, index in table.indexes.items()},
    )


def _used(index: Index) -> Index:
    return replace(index, is_new=False) if index.is_new else index


_REPLAYS: dict[type[Act], Callable[[Catalogue, Any, Moment], Catalogue]] = {
    acts.CreateTable: tables.create_table,
    acts.CreateView: tables.create_view,
    acts.Change: tables.change,
    acts.SetPersistence: tables.set_persistence,
    acts.AttachPartition: tables.attach_partition,
    acts.DetachPartition: tables.detach_partition,
    acts.AddColumn: columns.add_column,
    acts.DropColumn: columns.drop_column,
    acts.AlterType: columns.alter_type,
    acts.SetDefault: columns.set_default,
    acts.SetNullability: columns.set_nullability,
    acts.AlterGenerated: columns.alter_generated,
    acts.AddConstraint: keys.add_constraint,
    acts.ValidateConstraint: keys.validate_constraint,
    acts.DropConstraint: keys.drop_constraint,
    acts.CreateIndex: indexes.create_index,
    acts.Drop: drops.drop,
    acts.Rename: renames.rename,
    acts.SetSchema: renames.set_schema,
    acts.CreateType: objects.create_type,
    acts.AddEnumValue: objects.add_enum_value,
    acts.AlterDomain: objects.alter_domain,
    acts.CreateFunction: objects.create_function,
    acts.CreateTrigger: objects.create_trigger,
    acts.Create: objects.create,
    acts.RowSecurity: objects.row_security,
    acts.AlterOther: objects.alter_other,
}

"""Acts under a condition: what a guard such as `IF NOT EXISTS (SELECT …) THEN` is there for.

A guarded act is taken to run, unless what it makes is known to be there, which is what guards ask.
One that takes something away is taken for `IF EXISTS`.
"""

from launchready.facts.acts import (
    Act,
    AddColumn,
    AddConstraint,
    AddEnumValue,
    CreateIndex,
    CreateTable,
    CreateType,
    CreateView,
    Drop,
    DropColumn,
    DropConstraint,
)
from launchready.facts.catalogue import Catalogue
from launchready.frozen import replace
from launchready.steps.migration_check.replay.edits import table_of, user_type
from launchready.steps.migration_check.replay.indexes import is_there


def stands_already(catalogue: Catalogue, act: Act) -> bool:
    """Whether an act makes what is known to be there, so that its guard keeps it from running."""
    match act:
        case CreateTable(table=name) | CreateView(name=name, is_replace=False):
            return name in catalogue.tables
        case CreateIndex():
            return bool(act.name) and is_there(catalogue, act)
        case CreateType():
            return user_type(catalogue, act.name) is not None
        case AddEnumValue():
            known = user_type(catalogue, act.type)
            return known is not None and act.value in known.values
        case _:
            return _is_in_table(catalogue, act)


def _is_in_table(catalogue: Catalogue, act: Act) -> bool:
    if isinstance(act, AddColumn):
        return act.column.name in table_of(catalogue, act.table).columns
    if isinstance(act, AddConstraint):
        return act.constraint.name in table_of(catalogue, act.table).constraints
    return False


def softened(act: Act) -> Act:
    """A guarded act as one that minds neither what is there nor what is not."""
    if isinstance(act, Drop | DropColumn | DropConstraint):
        return replace(act, is_if_exists=True)
    return act

"""Views: what reads a relation or one of its columns, however many views lie between."""

from collections.abc import Iterator

from launchready.facts.acts import Kind
from launchready.facts.catalogue import Catalogue, Table
from launchready.steps.migration_check.replay.edits import without_tables
from launchready.steps.migration_check.replay.relations import relations_of

VIEWS = (Kind.VIEW, Kind.MATERIALIZED_VIEW)


def views_on(catalogue: Catalogue, relation: str, column: str = "") -> Iterator[Table]:
    """The views that read a relation, or a column of that name in it, directly."""
    if relation not in relations_of(catalogue.tables).read:
        return
    for view in catalogue.tables.values():
        if view.kind not in VIEWS or relation not in view.reads:
            continue
        if not column or column in view.read_columns:
            yield view


def is_sure(catalogue: Catalogue, view: Table, relation: str, column: str) -> bool:
    """Whether the column that a view names can only be that of this relation: every other one that
    it reads is known, and has none of that name; or the view names it with this relation.
    """
    if (relation, column) in view.owned:
        return True
    others = (name for name in view.reads if name != relation)
    return all(
        other is not None
        and (other.is_whole or other.kind in VIEWS)
        and column not in other.columns
        and column not in other.read_columns
        for other in (catalogue.tables.get(name) for name in others)
    )


def views_above(catalogue: Catalogue, relation: str, column: str = "") -> tuple[str, ...]:
    """The views that go with a relation, or one of its columns, when it goes with CASCADE."""
    found = {view.name: None for view in views_on(catalogue, relation, column)}
    pending = list(found)
    while pending:
        for view in views_on(catalogue, pending.pop()):
            if view.name not in found:
                found[view.name] = None
                pending.append(view.name)
    return tuple(found)


def without_views(catalogue: Catalogue, relation: str, column: str = "") -> Catalogue:
    """The catalogue without the views that go by CASCADE."""
    gone = views_above(catalogue, relation, column)
    return without_tables(catalogue, *gone) if gone else catalogue

"""The order in which Django runs the migrations of all apps.

Source: django/db/migrations/{graph,loader}.py of Django 5.2: depth first from every last migration
of an app, parents in the order of their names.
"""

from collections.abc import Mapping

from launchready.steps.migration_check.frameworks.django.migrations import MigrationFile, Node
from launchready.steps.migration_check.frameworks.python.graphs import parents_first


def ordered(
    files: Mapping[Node, MigrationFile],
) -> tuple[tuple[Node, ...], frozenset[Node], bool]:
    """(the order, those that do nothing, whether a file depends on one of another library).

    A squashed migration does nothing while all that it replaces is there; where some of that is
    gone, it is the one that runs.
    """
    stand_ins: dict[Node, Node] = {}
    idle: set[Node] = set()
    for node, each in files.items():
        if not each.replaces:
            continue
        if all(old in files for old in each.replaces):
            idle.add(node)
            continue
        stand_ins.update(dict.fromkeys(each.replaces, node))
        idle.update(old for old in each.replaces if old in files)
    parents, is_open = _parents(files, stand_ins, idle)
    return parents_first(parents), frozenset(idle), is_open


def _parents(
    files: Mapping[Node, MigrationFile], stand_ins: Mapping[Node, Node], idle: set[Node]
) -> tuple[dict[Node, set[Node]], bool]:
    parents: dict[Node, set[Node]] = {node: set() for node in files}
    is_open = False
    ends = _ends(files)
    for node, each in files.items():
        if node in idle and node in stand_ins:
            parents[node] = {stand_ins[node]}
            continue
        for named in (*each.after, *(each.replaces if node in idle else ())):
            found = _resolved(named, node, files, stand_ins, ends)
            is_open = is_open or found is None
            if found is not None and found != node:
                parents[node].add(found)
        for named in each.before:
            found = _resolved(named, node, files, stand_ins, ends)
            if found is not None and found != node:
                parents[found].add(node)
    return parents, is_open


def _ends(files: Mapping[Node, MigrationFile]) -> dict[Node, Node]:
    """What `__first__` and `__latest__` of an app stand for."""
    ends: dict[Node, Node] = {}
    followed = {
        named for node, each in files.items() for named in each.after if named[0] == node[0]
    }
    for node in sorted(files):
        app = node[0]
        if not any(named[0] == app for named in files[node].after):
            ends.setdefault((app, "__first__"), node)
        if node not in followed:
            ends[app, "__latest__"] = node
    return ends


def _resolved(
    named: Node, by: Node, files: Mapping[Node, MigrationFile], stand_ins: Mapping[Node, Node],
    ends: Mapping[Node, Node],
) -> Node | None:  # fmt: skip
    if named in stand_ins and stand_ins[named] != by:
        return stand_ins[named]
    return named if named in files else ends.get(named)

"""Loops of a migration: over literal lists they are unrolled, over rows they are what they do."""

from typing import TYPE_CHECKING, Any

from launchready.facts.migrations import Opaque
from launchready.steps.migration_check.frameworks.rails.values import UNKNOWN, Constant, Rows

if TYPE_CHECKING:
    from tree_sitter import Node

MOST_ROUNDS = 200
"""Rounds of a loop that are unrolled."""
_OVER = frozenset({
    "each", "each_with_index", "each_pair", "map", "flat_map", "each_slice", "each_entry", "times",
    "find_each", "find_in_batches", "in_batches", "each_value", "each_key", "select", "reject",
    "filter_map", "each_record", "each_batch", "each_with_object", "collect", "each_row", "upto",
    "with_index", "step", "inject", "reduce", "sum", "group_by", "sort_by", "transform_values",
    "cycle", "each_cons", "reverse_each", "delete_if", "to_h", "any?", "all?", "find",
})  # fmt: skip


class Loops:
    """The part of `Calls` that follows loops."""

    known: Any
    walker: Any
    steps: Any
    conditions: int

    def loop(self, node: "Node", method: str, value: object, block: "Node | None") -> bool:
        """Follow a loop; False if the call is none."""
        if block is None or method not in _OVER:
            return False
        names = self._names(block)
        rounds = _rounds(value, method)
        if rounds is None:
            row = Rows(table=_table(value, self.known), is_filtered=True)
            is_of_rows = isinstance(value, Rows | Constant)
            for each in names:
                self.walker.bind(each, row if is_of_rows else UNKNOWN)
            self.unknown_loop(node, block.child_by_field_name("body"))
            return True
        for given in rounds[:MOST_ROUNDS]:
            self._bind(names, given)
            self.walker.block(block.child_by_field_name("body"))
        return True

    def _names(self, block: "Node") -> list["Node"]:
        parameters = block.child_by_field_name("parameters")
        return list(parameters.named_children) if parameters is not None else []

    def _bind(self, names: list["Node"], value: object) -> None:
        parts = value if isinstance(value, list) and len(names) > 1 else [value]
        for at, name in enumerate(names):
            self.walker.bind(name, parts[at] if at < len(parts) else UNKNOWN)
        if not names:
            self.known.names["it"] = self.known.names["_1"] = value

    def unknown_loop(self, node: "Node", body: "Node | None") -> None:
        """A loop of which the rounds cannot be told: what is opaque in it is one piece."""
        before = len(self.steps)
        self.walker.guarded(body)
        found = self.steps[before:]
        opaque = [each for each in found if isinstance(each, Opaque)]
        if not opaque:
            return
        tables = tuple(dict.fromkeys(table for each in opaque for table in each.tables))
        self.steps[before:] = [each for each in found if not isinstance(each, Opaque)]
        self.steps.append(
            Opaque(
                place=self.known.code.place(node), what="a loop", tables=tables,
                changes_rows=any(each.changes_rows for each in opaque),
            )
        )  # fmt: skip


def _rounds(value: object, method: str) -> list[object] | None:
    if isinstance(value, dict):
        pairs: list[object] = [[key, each] for key, each in value.items()]
        return {"each_value": list(value.values()), "each_key": list(value)}.get(method, pairs)
    if isinstance(value, list):
        if method == "each_with_index":
            return [[each, at] for at, each in enumerate(value)]
        return list(value)
    return None


def _table(value: object, known: Any) -> str:
    if isinstance(value, Constant):
        return str(known.table_of(value.name))
    return value.table if isinstance(value, Rows) else ""

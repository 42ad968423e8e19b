"""Calls on models, their rows, lists and classes of the project: what of them changes rows."""

from typing import TYPE_CHECKING, Any

from launchready.facts.migrations import Opaque, Statement
from launchready.steps.migration_check.frameworks.rails.arguments import given_to
from launchready.steps.migration_check.frameworks.rails.looping import Loops
from launchready.steps.migration_check.frameworks.rails.rows import (
    CHANGES,
    OF_ROWS,
    insert_of,
    sql_of,
)
from launchready.steps.migration_check.frameworks.rails.values import UNKNOWN, Constant, Rows
from launchready.steps.migration_check.frameworks.rails.words import HARMLESS, LIBRARIES, READS

if TYPE_CHECKING:
    from tree_sitter import Node


class OnValues(Loops):
    """The part of `Calls` that follows calls on something else than the migration."""

    transaction: Any

    def on_value(self, node: "Node", method: str, receiver: "Node", value: object) -> None:
        """A call on something else: a model, its rows, a list, a class of the project."""
        block = node.child_by_field_name("block")
        if method == "transaction":
            self.transaction(node, block)
            return
        is_of_rows = method in OF_ROWS and isinstance(value, Rows | Constant)
        if (method in CHANGES or is_of_rows) and not _is_library(value):
            self._change(node, method, value)
            return
        if self.loop(node, method, value, block):
            return
        if receiver.type not in ("identifier", "constant", "scope_resolution"):
            self.walker.step(receiver)
        for each in given_to(node):
            if each.type == "call":
                self.walker.step(each)
        if block is not None:
            self.walker.guarded(block.child_by_field_name("body"))
        is_foreign = isinstance(value, Constant) and not _is_library(value)
        if is_foreign and isinstance(value, Constant) and not self._reads(value, node, method):
            self.lose(node, f"{value.name}.{method}", changes_rows=True)

    def _reads(self, value: Constant, node: "Node", method: str) -> bool:
        """Whether a call on a class only gives a value."""
        is_plain = method in HARMLESS or method in READS or method.endswith(("?", "="))
        if is_plain or value.name in self.known.models:
            return True
        return self.known.value(node) is not UNKNOWN

    def _change(self, node: "Node", method: str, value: object) -> None:
        sql = None
        if method in ("create!", "create", "insert", "insert!"):
            sql = insert_of(node, self.known)
        elif method in ("update_all", "delete_all", "destroy_all", "delete_by", "destroy_by"):
            sql = sql_of(node, self.known)
        if sql is not None:
            self.steps.append(
                Statement(
                    sql=sql, place=self.known.code.place(node), is_written=False, operation=method,
                    is_conditional=bool(self.conditions),
                )
            )  # fmt: skip
            return
        table = value.table if isinstance(value, Rows) else ""
        if isinstance(value, Constant):
            table = self.known.table_of(value.name)
        self.lose(node, method, changes_rows=True, tables=(table,) if table else ())

    def lose(
        self, node: "Node", what: str, hint: str = "", *, changes_rows: bool = False,
        tables: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Something that cannot be followed."""
        place = self.known.code.place(node)
        self.steps.append(
            Opaque(place=place, what=what, hint=hint, changes_rows=changes_rows, tables=tables)
        )


def _is_library(value: object) -> bool:
    return isinstance(value, Constant) and value.name.partition("::")[0] in LIBRARIES

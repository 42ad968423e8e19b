"""The calls in a revision: operations and SQL become statements, other changes are opaque."""

import ast
import sys
from collections.abc import Callable

from launchready.facts.migrations import Opaque, Statement
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.steps.migration_check.frameworks.alembic.directives import DIRECTIVES
from launchready.steps.migration_check.frameworks.alembic.entities import ENTITIES, entity
from launchready.steps.migration_check.frameworks.alembic.expressions import text_clause
from launchready.steps.migration_check.frameworks.alembic.queries import query
from launchready.steps.migration_check.frameworks.alembic.tables import (
    NOWHERE,
    Batch,
    create_enum,
)
from launchready.steps.migration_check.frameworks.alembic.types import enum_of, quoted
from launchready.steps.migration_check.frameworks.python.modules import Module
from launchready.steps.migration_check.frameworks.python.sql import Source
from launchready.steps.migration_check.frameworks.python.values import Called, text_of

MOST_ITEMS = 5000
"""Statements of one file beyond which it is not followed further."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
_LIBRARIES = frozenset({"sqlalchemy", "alembic", "sqlmodel", "op", "sa", "sqlalchemy_utils",
    "geoalchemy2", "pgvector", "alembic_utils", "flask", "citext", "nanoid", "ulid"})  # fmt: skip
_OF_SESSIONS = frozenset({"bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings",
    "add_all"})  # fmt: skip
_HARMLESS = frozenset({
    "print", "len", "str", "int", "list", "set", "dict", "range", "enumerate", "zip", "sorted",
    "isinstance", "getattr", "any", "all", "format", "join", "append", "extend", "items", "keys",
    "values", "get", "info", "debug", "warning", "error", "getLogger", "inspect", "get_columns",
    "get_indexes", "get_table_names", "has_table", "get_foreign_keys", "get_unique_constraints",
    "get_pk_constraint", "get_enums", "get_bind", "get_context", "f", "text", "fetchall",
    "fetchone", "scalar", "scalars", "first", "one", "Column", "Enum", "ENUM", "table",
    "Table", "MetaData", "column", "commit", "flush", "Session", "sessionmaker", "close", "lower",
    "upper", "strip", "split", "replace", "where", "select", "select_from", "bindparams", "begin",
    "begin_nested", "dedent", "reflect", "mappings", "scalar_one_or_none", "scalar_one", "now",
    "utcnow", "uuid4", "loads", "dumps", "add", "rowcount", "has_index", "get_check_constraints",
})  # fmt: skip
_TOLD = frozenset({"execute", "table", "Table", "Column", "Enum", "ENUM"})
"""Calls whose arguments only describe."""
_CHANGES = frozenset({"update", "delete", "insert", "bulk_save_objects", "bulk_insert_mappings",
    "bulk_update_mappings", "add_all", "merge", "save"})  # fmt: skip


class Calls:
    """Follows calls. `items` is what they are found to do; `enter` follows one of the file's own.

    `is_outside` says that they stand in an autocommit block, `conditions` in how many conditions.
    `batches` are the names that stand for a batch.
    """

    def __init__(
        self, module: Module, source: Source, engine: Engine,
        enter: Callable[[ast.Call, Function], None],
    ) -> None:  # fmt: skip
        self.items: list[Statement | Opaque] = []
        self.batches: dict[str, Batch] = {}
        self.is_outside = False
        self.conditions = 0
        self._module, self._source, self._engine, self._enter = module, source, engine, enter

    def expression(self, node: ast.expr | None) -> None:
        """Follow the calls in an expression, those within others first."""
        for call in _calls(node) if node is not None else ():
            self._call(call)

    def _call(self, node: ast.Call) -> None:
        path = self._module.path_of(node.func)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else path
        start = path.partition(".")[0]
        batch = self.batches.get(start)
        is_operation = path.startswith(("alembic.op.", "op.")) or batch is not None
        if name == "execute" or (is_operation and name == "execute"):
            self._execute(node)
        elif is_operation and name in DIRECTIVES:
            self._direct(node, name, batch)
        elif name in ("create", "drop") and self._enum(node, name):
            return
        elif path in self._module.functions and "." not in path:
            self._enter(node, self._module.functions[path])
        elif is_operation and name in ENTITIES:
            self._entity(node, name)
        elif is_operation and name not in _HARMLESS and name != "batch_alter_table":
            self.lose(node, f"op.{name}")
        elif name in _CHANGES and isinstance(node.func, ast.Attribute) and self._is_query(node):
            self.lose(node, name, changes_rows=True)
        elif path and self._is_foreign(path):
            self.lose(node, path, changes_rows=True)

    def _is_query(self, node: ast.Call) -> bool:
        """Whether `update` and its like are those of an ORM session, not of a dict or a clause."""
        names = {each.attr for each in ast.walk(node.func) if isinstance(each, ast.Attribute)}
        return "query" in names or bool(names & _OF_SESSIONS)

    def _is_foreign(self, path: str) -> bool:
        """Whether a function is the project's own, of another file."""
        root = path.lstrip(".").partition(".")[0]
        is_imported = path in self._module.imports.values() or root in self._module.imports
        return is_imported and root not in _LIBRARIES and root not in sys.stdlib_module_names

    def _direct(self, node: ast.Call, name: str, batch: Batch | None) -> None:
        value = self._module.call(node)
        if not isinstance(value, Called) or not value.is_whole:
            self.lose(node, f"op.{name}")
            return
        value = value if value.last == name else replace(value, path=f"op.{name}")
        found = list(DIRECTIVES[name](value, batch, self._engine))
        if not found or any(quoted(NOWHERE, self._engine) in sql for sql in found):
            self.lose(node, f"op.{name}", hint="its names are built when it runs")
            return
        for sql in found:
            self.send(sql, node, f"op.{name}")

    def _entity(self, node: ast.Call, name: str) -> None:
        found = entity(self._module.call(node), name, self._engine)
        if not found:
            self.lose(node, f"op.{name}")
        for sql in found:
            self.send(sql, node, f"op.{name}")

    def _enum(self, node: ast.Call, name: str) -> bool:
        if not isinstance(node.func, ast.Attribute) or self._engine is not Engine.POSTGRESQL:
            return False
        kind = self._module.value(node.func.value)
        found = enum_of(kind)
        if found is None or not isinstance(kind, Called):
            return False
        checks = all(
            self._module.value(each.value) is not False
            for each in node.keywords
            if each.arg == "checkfirst"
        )
        made = replace(kind, kwargs={**kind.kwargs, "create_type": True})
        sqls = (
            create_enum(made, self._engine)
            if name == "create"
            else [f"DROP TYPE {'IF EXISTS ' * checks}{quoted(found[0], self._engine)}"]
        )
        self.conditions += checks and name == "create"
        for sql in sqls:
            self.send(sql, node, f"Enum.{name}")
        self.conditions -= checks and name == "create"
        return True

    def _execute(self, node: ast.Call) -> None:
        argument = node.args[0] if node.args else next((k.value for k in node.keywords), None)
        value = self._module.value(argument)
        sql = text_of(value) or text_clause(value)
        if sql is None:
            sql = query(value, self._engine)
            if sql is None:
                self.lose(node, "op.execute", hint="its SQL is built when it runs")
            elif sql:
                self.send(sql, node, "op.execute")
            return
        found = self._source.statements(sql, self._module.place(node), self._engine, "op.execute")
        for each in found:
            self.items.append(
                replace(each, is_outside=self.is_outside, is_conditional=bool(self.conditions))
            )

    def send(self, sql: str, node: ast.expr, operation: str) -> None:
        """A statement that is made of an operation."""
        self.items.append(
            Statement(
                sql=sql, place=self._module.place(node), is_written=False, operation=operation,
                is_outside=self.is_outside, is_conditional=bool(self.conditions),
            )
        )  # fmt: skip

    def lose(self, node: ast.AST, what: str, hint: str = "", *, changes_rows: bool = False) -> None:
        self.items.append(
            Opaque(
                place=self._module.place(node), what=what, hint=hint, changes_rows=changes_rows,
                is_outside=self.is_outside,
            )
        )  # fmt: skip


def _calls(node: ast.expr) -> list[ast.Call]:
    """The calls in an expression, inner ones first; not those that say what an operation gets."""
    found: list[ast.Call] = []
    waiting: list[ast.AST] = [node]
    while waiting and len(found) < MOST_ITEMS:
        each = waiting.pop()
        if isinstance(each, ast.Call):
            found.append(each)
            name = _last(each.func)
            if name in DIRECTIVES or name in _TOLD:
                waiting.append(each.func)
                continue
        waiting.extend(ast.iter_child_nodes(each))
    return sorted(found, key=lambda call: (call.end_lineno or 0, call.end_col_offset or 0))


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""

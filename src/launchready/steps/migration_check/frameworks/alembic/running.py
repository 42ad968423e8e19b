"""`upgrade()` and `downgrade()`, followed step by step without being run.

Loops over literal lists are unrolled, functions of the same file are entered, and what stands under
a condition that cannot be told is marked.
"""

import ast

from launchready.facts.migrations import Opaque, Statement
from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.alembic.calls import (
    MOST_ITEMS,
    Calls,
    Function,
)
from launchready.steps.migration_check.frameworks.alembic.tables import Batch, qualified
from launchready.steps.migration_check.frameworks.alembic.types import quoted
from launchready.steps.migration_check.frameworks.python.engines import is_met
from launchready.steps.migration_check.frameworks.python.modules import Module
from launchready.steps.migration_check.frameworks.python.sql import Source
from launchready.steps.migration_check.frameworks.python.values import UNKNOWN, Called, text_of

MOST_ROUNDS = 200
"""Rounds of a loop that are unrolled."""
_DEEPEST = 4


class Runner:
    """Follows one function. `refusal` is why it never comes to its end."""

    def __init__(self, module: Module, source: Source, engine: Engine) -> None:
        self.refusal = ""
        self._module, self._engine = module, engine
        self._calls = Calls(module, source, engine, self._enter)
        self._entered: list[str] = []

    @property
    def items(self) -> list[Statement | Opaque]:
        """What it was found to do."""
        return self._calls.items

    def run(self, function: Function) -> None:
        """Follow a function to its end."""
        if len(self._entered) <= _DEEPEST and function.name not in self._entered:
            self._entered.append(function.name)
            conditions = self._calls.conditions
            self._block(function.body)
            self._calls.conditions = conditions
            self._entered.pop()

    def _block(self, body: list[ast.stmt]) -> bool:
        """Follow statements; False once the function ends."""
        for node in body:
            if len(self._calls.items) > MOST_ITEMS:
                return False
            if not self._step(node):
                return False
        return True

    def _step(self, node: ast.stmt) -> bool:
        """Follow one statement; False if it ends the function."""
        match node:
            case ast.Raise():
                self._refuse(node)
                return False
            case ast.Return():
                self._calls.expression(node.value)
                return False
            case ast.With() | ast.AsyncWith():
                return self._with(node)
            case ast.If():
                return self._if(node)
            case _:
                self._simple(node)
                return True

    def _simple(self, node: ast.stmt) -> None:
        match node:
            case ast.Expr():
                self._calls.expression(node.value)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self._assign(node)
            case ast.For() | ast.While() | ast.AsyncFor():
                self._loop(node)
            case ast.Try():
                self._guarded(node.body)
                for handler in node.handlers:
                    self._guarded(handler.body)
                self._block([*node.orelse, *node.finalbody])
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._module.functions[node.name] = node
            case ast.Import() | ast.ImportFrom():
                self._module.take(node)
            case _:
                pass

    def _refuse(self, node: ast.Raise) -> None:
        """A function that raises, whatever the database holds, cannot be run."""
        if not self._calls.conditions and len(self._entered) == 1:
            value = self._module.value(node.exc)
            said = text_of(value.args[0]) if isinstance(value, Called) and value.args else None
            self.refusal = said or "it raises an exception"

    def _guarded(self, body: list[ast.stmt]) -> bool:
        """Follow what runs only under a condition, or may fail."""
        self._calls.conditions += 1
        goes_on = self._block(body)
        self._calls.conditions -= 1
        return goes_on

    def _assign(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        self._calls.expression(node.value)
        value = UNKNOWN if isinstance(node, ast.AugAssign) else self._module.value(node.value)
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            self._bind(target, UNKNOWN if self._calls.conditions else value)

    def _bind(self, target: ast.expr, value: object) -> None:
        if isinstance(target, ast.Name):
            self._module.learn(target.id, value)
        elif isinstance(target, ast.Tuple | ast.List):
            parts = value if isinstance(value, tuple | list) else ()
            for at, each in enumerate(target.elts):
                known = len(parts) == len(target.elts)
                self._bind(each, parts[at] if known else UNKNOWN)

    def _with(self, node: ast.With | ast.AsyncWith) -> bool:
        was_outside = self._calls.is_outside
        for item in node.items:
            value = self._module.value(item.context_expr)
            if not isinstance(value, Called):
                continue
            if value.last == "batch_alter_table":
                self._batch(value, item)
            elif value.last == "autocommit_block":
                self._calls.is_outside = True
            elif isinstance(item.optional_vars, ast.Name):
                self._bind(item.optional_vars, value)
        goes_on = self._block(node.body)
        self._calls.is_outside = was_outside
        return goes_on

    def _batch(self, value: Called, item: ast.withitem) -> None:
        table = qualified(value.argument("table_name", 0), value.argument("schema", 1))
        if isinstance(item.optional_vars, ast.Name):
            self._calls.batches[item.optional_vars.id] = Batch(table=table)
        if self._engine is Engine.SQLITE:
            made, name = quoted(f"_alembic_tmp_{table}", self._engine), quoted(table, self._engine)
            for sql in (
                f"CREATE TABLE {made} AS SELECT * FROM {name}",
                f"DROP TABLE {name}",
                f"ALTER TABLE {made} RENAME TO {name}",
            ):
                self._calls.send(sql, item.context_expr, "op.batch_alter_table")

    def _if(self, node: ast.If) -> bool:
        met = is_met(node.test, self._module, self._engine)
        if met is not None:
            return self._block(node.body if met else node.orelse)
        self._calls.expression(node.test)
        goes_on = self._guarded(node.body)
        else_goes_on = self._guarded(node.orelse)
        if goes_on != else_goes_on:
            self._calls.conditions += 1  # up to the end of the function: it may have been left
        return goes_on or else_goes_on

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While) -> None:
        rounds = None if isinstance(node, ast.While) else self._module.value(node.iter)
        rounds = list(rounds) if isinstance(rounds, dict) else rounds
        if isinstance(node, ast.While) or not isinstance(rounds, list | tuple | frozenset):
            before = len(self._calls.items)
            if not isinstance(node, ast.While):
                self._calls.expression(node.iter)
                self._bind(node.target, UNKNOWN)
            self._guarded(node.body)
            found = self._calls.items[before:]
            if any(isinstance(each, Opaque) for each in found):
                self._merge(before, node)
            return
        for each in list(rounds)[:MOST_ROUNDS]:
            self._bind(node.target, each)
            self._block(node.body)

    def _merge(self, before: int, node: ast.stmt) -> None:
        """One opaque piece for what a loop that cannot be unrolled does."""
        found = self._calls.items[before:]
        opaque = [each for each in found if isinstance(each, Opaque)]
        kept = [each for each in found if isinstance(each, Statement)]
        self._calls.items[before:] = kept
        self._calls.lose(node, "a loop", changes_rows=any(each.changes_rows for each in opaque))

    def _enter(self, node: ast.Call, function: Function) -> None:
        """Follow a function of the same file with the arguments that it is given."""
        values = [self._module.value(each) for each in node.args]
        parameters = [*function.args.posonlyargs, *function.args.args]
        defaults = [self._module.value(each) for each in function.args.defaults]
        padded = [UNKNOWN] * (len(parameters) - len(defaults)) + defaults
        named = {each.arg: self._module.value(each.value) for each in node.keywords}
        for at, parameter in enumerate(parameters):
            value = values[at] if at < len(values) else named.get(parameter.arg, padded[at])
            self._module.learn(parameter.arg, value)
        if function.args.vararg is not None:
            self._module.learn(function.args.vararg.arg, values[len(parameters) :])
        for parameter in function.args.kwonlyargs:
            self._module.learn(parameter.arg, named.get(parameter.arg, UNKNOWN))
        self.run(function)

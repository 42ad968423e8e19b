"""`RunPython`: what can be told of a function that Django runs, by its words.

SQL that it executes as a literal is a statement. The rest is opaque; whether it is there to change
rows, and of which models, its calls tell.
"""

import ast
from collections.abc import Iterator

from launchready.facts.migrations import Opaque, Statement
from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.django.contexts import Context
from launchready.steps.migration_check.frameworks.django.editor import Editor
from launchready.steps.migration_check.frameworks.django.special import filled
from launchready.steps.migration_check.frameworks.django.state import State
from launchready.steps.migration_check.frameworks.python.engines import is_met
from launchready.steps.migration_check.frameworks.python.modules import Module
from launchready.steps.migration_check.frameworks.python.values import Called, Named, text_of

Function = ast.FunctionDef | ast.AsyncFunctionDef

_CHANGES = frozenset({
    "save", "update", "delete", "create", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create", "add", "set", "clear", "remove", "aupdate", "asave", "adelete",
    "abulk_create", "raw_delete", "_raw_delete", "acreate", "rebuild",
})  # fmt: skip
_OF_CONTAINERS = frozenset({"add", "remove", "clear", "update", "set"})
_CONTAINERS = frozenset({"set", "dict", "list", "defaultdict", "Counter", "OrderedDict", "deque"})
_HARMLESS = frozenset({
    "get_model", "cursor", "execute", "print", "len", "str", "int", "format", "join", "alias",
    "filter", "exclude", "all", "first", "count", "exists", "get", "values", "values_list",
    "iterator", "order_by", "using", "debug", "info", "warning", "log", "write", "getLogger",
    "atomic", "strip", "dedent",
})  # fmt: skip
_MOST_NODES = 20_000


def run_python(call: Called, context: Context, state: State, editor: Editor) -> State:
    """`RunPython`, its code."""
    _run(call.argument("code", 0), call.argument("reverse_code", 1), context, state, editor)
    return state


def unrun_python(
    call: Called, context: Context, before: State, after: State, editor: Editor
) -> None:
    """`RunPython`, its reverse code."""
    given = call.argument("reverse_code", 1)
    if given is None:
        editor.irreversible.append("a RunPython has no reverse_code")
        return
    _run(given, given, context, after, editor)


def _run(given: object, reverse: object, context: Context, state: State, editor: Editor) -> None:
    if isinstance(given, Named) and given.path.endswith("RunPython.noop"):
        return
    function = context.module.functions.get(given.path) if isinstance(given, Named) else None
    if function is None:
        editor.items.append(
            Opaque(
                place=editor.place, what="RunPython", is_reversible=reverse is not None,
                hint="its function stands elsewhere" if isinstance(given, Named) else "",
                changes_rows=True,
            )
        )  # fmt: skip
        return
    if _is_empty(function):
        return
    words = Words(function, context, state)
    editor.items.extend(words.statements)
    if words.is_followed:
        return
    editor.items.append(
        Opaque(
            place=editor.place,
            what="RunPython",
            changes_rows=words.changes_rows,
            tables=tuple(sorted(words.tables)) if words.changes_rows else (),
            is_reversible=reverse is not None,
            hint=function.name,
        )
    )


class Words:
    """What the calls in a function, and in those of the file that it calls, say."""

    def __init__(self, function: Function, context: Context, state: State) -> None:
        self.statements: list[Statement] = []
        self.tables: set[str] = set()
        self.changes_rows = False
        self.is_followed = True
        self._context, self._state = context, state
        self._left = _MOST_NODES
        self._seen: set[str] = {function.name}
        self._queries: set[str] = set()
        self._read(function)

    def _read(self, function: Function, depth: int = 0) -> None:
        for node, is_conditional in _nodes(
            function, self._left, self._context.module, self._state.world.engine
        ):
            self._left -= 1
            if isinstance(node, ast.Assign) and _is_query(node.value):
                self._queries |= {t.id for t in node.targets if isinstance(t, ast.Name)}
            if isinstance(node, ast.Call):
                self._call(node, depth, is_conditional=is_conditional)
        if self._left <= 0:
            self.is_followed = False

    def _call(self, node: ast.Call, depth: int, *, is_conditional: bool) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name == "execute" and node.args:
            self._execute(node, is_conditional=is_conditional)
            return
        if name == "get_model":
            self._model(node)
            return
        if name in _CHANGES and not self._is_container(node, name):
            self.changes_rows, self.is_followed = True, False
            return
        plain = node.func.id if isinstance(node.func, ast.Name) else ""
        inner = self._context.module.functions.get(plain)
        if inner is not None and depth < 3:
            if plain not in self._seen:
                self._seen.add(plain)
                self._read(inner, depth + 1)
        elif (name or plain) not in _HARMLESS:
            self.is_followed = False

    def _is_container(self, node: ast.Call, name: str) -> bool:
        """Whether `add`, `update` and their like are those of a plain set or dict."""
        if name not in _OF_CONTAINERS or not isinstance(node.func, ast.Attribute):
            return False
        base = node.func.value
        return (
            isinstance(base, ast.Name)
            and base.id not in self._queries
            and not base.id[:1].isupper()
        )

    def _execute(self, node: ast.Call, *, is_conditional: bool) -> None:
        value = self._context.module.value(node.args[0])
        sql = text_of(value)
        engine = self._state.world.engine
        if sql is not None and len(node.args) > 1:
            sql = filled(sql, self._context.module.value(node.args[1]), engine)
        if sql is None:
            self.is_followed = False
            return
        place = self._context.module.place(node)
        self.statements += self._context.source.statements(
            sql, place, engine, "RunPython", is_conditional=is_conditional
        )

    def _model(self, node: ast.Call) -> None:
        parts = [text_of(self._context.module.value(each)) for each in node.args[:2]]
        parts += [text_of(self._context.module.value(each.value)) for each in node.keywords[:2]]
        name = ".".join(each for each in parts if each)
        app, mark, model = name.rpartition(".")
        if mark:
            found = self._state.model((app, model.lower()))
            self.tables.add(self._state.table_of(found))


def _is_query(node: ast.expr) -> bool:
    """Whether a value may be a query or a relation: a call, but of no container."""
    if not isinstance(node, ast.Call):
        return False
    return not (isinstance(node.func, ast.Name) and node.func.id in _CONTAINERS)


def _is_empty(function: Function) -> bool:
    return all(
        isinstance(node, ast.Pass)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.Return) and node.value is None)
        for node in function.body
    )


def _nodes(
    function: Function, most: int, module: Module, engine: Engine
) -> Iterator[tuple[ast.AST, bool]]:
    """The nodes of a function in their order, each with whether it runs only under a condition.

    What is for another engine is left out, and what follows a `return` for this one.
    """
    waiting: list[tuple[ast.AST, bool]] = [(each, False) for each in reversed(function.body)]
    while waiting and most > 0:
        most -= 1
        node, is_conditional = waiting.pop()
        met = is_met(node.test, module, engine) if isinstance(node, ast.If) else None
        if met is not None and isinstance(node, ast.If):
            branch = node.body if met else node.orelse
            if branch and isinstance(branch[-1], ast.Return) and not is_conditional:
                waiting = []
            waiting += [(each, is_conditional) for each in reversed(branch)]
            continue
        yield node, is_conditional
        inner = is_conditional or isinstance(
            node, ast.If | ast.For | ast.While | ast.Try | ast.IfExp | ast.BoolOp
        )
        waiting += [(each, inner) for each in reversed(list(ast.iter_child_nodes(node)))]

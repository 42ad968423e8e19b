"""A Python file: its imports, constants, functions and classes, and what expressions in it mean."""

import ast
import warnings
from collections.abc import Iterator

from launchready.model import FileLocation
from launchready.steps.migration_check.frameworks.python import expressions, folding
from launchready.steps.migration_check.frameworks.python.values import (
    UNKNOWN,
    Called,
    Named,
    is_known,
    is_small,
)

DEEPEST = 60
"""Expressions nested deeper than this were not written by hand."""


def tree_of(text: str) -> ast.Module | str:
    """The syntax of a file, or why it has none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        return f"no valid Python: {error.msg}, line {error.lineno}"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"no valid Python: {type(error).__name__}"


class Module:
    """A file whose expressions can be asked for their values.

    `functions` and `classes` are those of its top level. Constants are worked out when they are
    first asked for; a name that is set more than once has no known value.
    """

    def __init__(self, path: str, tree: ast.Module) -> None:
        self.path = path
        self.tree = tree
        self.imports: dict[str, str] = {}
        self.functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = {}
        self.classes: dict[str, ast.ClassDef] = {}
        self._constants: dict[str, ast.expr | None] = {}
        self._values: dict[str, object] = {}
        for node in _top(tree.body):
            self._learn(node)

    def place(self, node: ast.AST) -> FileLocation:
        """Where a node stands. Columns of ast are bytes; those before it are nearly all blanks."""
        return FileLocation(
            path=self.path,
            line=getattr(node, "lineno", 1),
            column=getattr(node, "col_offset", 0) + 1,
        )

    def at(self, line: int, column: int) -> FileLocation:
        """A place of the file, from a call's line and column."""
        return FileLocation(path=self.path, line=line or 1, column=column or 1)

    def learn(self, name: str, value: object) -> None:
        """Give a name a value from here on: a variable of a loop, an argument of a function."""
        self._values[name] = value if is_small(value) or is_known(value) else UNKNOWN

    def forget(self, name: str) -> None:
        """A name's value is no longer known."""
        self._values[name] = UNKNOWN

    def path_of(self, node: ast.expr) -> str:
        """The dotted name of an expression, through the imports; empty where it has none."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        parts.append(self.imports.get(node.id, node.id))
        return ".".join(reversed(parts))

    def value(self, node: ast.expr | None, depth: int = 0) -> object:
        """What an expression is worth: a literal, `Called`, `Named`, `Combined` or UNKNOWN."""
        reader = expressions.READERS.get(type(node))
        if node is None or reader is None or depth > DEEPEST:
            return UNKNOWN
        return reader(self, node, depth + 1)

    def constant(self, name: str) -> object:
        """The value of a name of the file: UNKNOWN where it is set twice or not plainly."""
        if name in self._values:
            return self._values[name]
        if name in self.functions or name in self.classes or name in self.imports:
            return Named(path=self.imports.get(name, name))
        node = self._constants.get(name)
        if node is None:
            return UNKNOWN if name in self._constants else Named(path=name)
        self._values[name] = UNKNOWN  # what refers to itself
        self.learn(name, self.value(node))
        return self._values[name]

    def call(self, node: ast.Call, depth: int = 0) -> object:
        """The value of a call: of one of the few functions that are followed, else `Called`."""
        args, is_whole = self._arguments(node, depth)
        kwargs: dict[str, object] = {}
        for each in node.keywords:
            value = self.value(each.value, depth)
            if each.arg is not None:
                kwargs[each.arg] = value
            elif isinstance(value, dict):
                kwargs.update((key, of) for key, of in value.items() if isinstance(key, str))
            else:
                is_whole = False
        on = None
        path = self.path_of(node.func)
        if isinstance(node.func, ast.Attribute):
            base = self.value(node.func.value, depth)
            folded = folding.method(base, node.func.attr, args, kwargs)
            if folded is not UNKNOWN:
                return folded
            on = base
            path = path or f"().{node.func.attr}"
        folded = folding.function(path, args)
        if folded is not UNKNOWN:
            return folded
        return Called(
            path=path, args=args, kwargs=kwargs, line=node.lineno, column=node.col_offset + 1,
            is_whole=is_whole, on=None if isinstance(on, Named) else on,
        )  # fmt: skip

    def _arguments(self, node: ast.Call, depth: int) -> tuple[tuple[object, ...], bool]:
        args: list[object] = []
        is_whole = True
        for each in node.args:
            if not isinstance(each, ast.Starred):
                args.append(self.value(each, depth))
                continue
            items = self.value(each.value, depth)
            if isinstance(items, list | tuple):
                args.extend(items)
            else:
                is_whole = False
        return tuple(args), is_whole

    def _learn(self, node: ast.stmt) -> None:
        match node:
            case ast.Import() | ast.ImportFrom():
                self.take(node)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.functions[node.name] = node
            case ast.ClassDef():
                self.classes[node.name] = node
            case ast.Assign():
                for target in node.targets:
                    self._assign(target, node.value)
            case ast.AnnAssign():
                self._assign(node.target, node.value)
            case ast.AugAssign():
                self._assign(node.target, None)
            case _:
                pass

    def take(self, node: ast.Import | ast.ImportFrom) -> None:
        """Know the names that an import brings."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                self.imports[alias.asname or top] = alias.name if alias.asname else top
            return
        base = "." * node.level + (node.module or "")
        joint = "" if base.endswith(".") else "."
        for alias in node.names:
            self.imports[alias.asname or alias.name] = f"{base}{joint}{alias.name}"

    def _assign(self, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            self._constants[target.id] = None if target.id in self._constants else value
        elif isinstance(target, ast.Tuple | ast.List):
            values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
            for at, each in enumerate(target.elts):
                self._assign(each, values[at] if len(values) == len(target.elts) else None)


def _top(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        yield node
        if isinstance(node, ast.Try):
            yield from node.body
            for handler in node.handlers:
                yield from handler.body
        elif isinstance(node, ast.If):
            yield from node.body
            yield from node.orelse

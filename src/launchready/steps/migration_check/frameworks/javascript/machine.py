"""Follows a file: its own statements, and then the functions that a tool calls.

Loops over lists are unrolled, functions of the file and of files beside it are entered, and what
stands under a condition that cannot be told is marked. Whatever the file holds, it ends: after so
many steps, the rest is told as not followed.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from launchready.facts.migrations import Opaque, Statement
from launchready.facts.schema import Engine
from launchready.frozen import replace
from launchready.model import FileLocation
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.frameworks.javascript import statements
from launchready.steps.migration_check.frameworks.javascript.calls import STEPS, chain
from launchready.steps.migration_check.frameworks.javascript.expressions import evaluate
from launchready.steps.migration_check.frameworks.javascript.loading import loaded
from launchready.steps.migration_check.frameworks.javascript.patterns import declare
from launchready.steps.migration_check.frameworks.javascript.values import (
    DEEPEST,
    UNKNOWN,
    Function,
    Handle,
    Lined,
    Link,
    Scope,
    Tool,
    links_of,
    parts_of,
    path_of,
)
from launchready.steps.migration_check.frameworks.syntax.code import Code, Written
from launchready.steps.migration_check.parsing.scripts import statements_of

if TYPE_CHECKING:
    from tree_sitter import Node

MOST_ITEMS = 5000
"""Statements of one file beyond which it is not followed further."""
MOST_STEPS = 100_000
"""Expressions and statements of one file beyond which it is not followed further."""
_MOST_CALLS = 12
_MOST_FILES = 4
_WAITING = frozenset({"then", "catch", "finally", "tap"})
_ALL = frozenset({"all", "allSettled", "resolve", "race", "any"})
_CLASSES = frozenset({"class", "class_declaration", "abstract_class_declaration"})
_WRITES = frozenset({"update", "create", "bulkCreate", "destroy", "save", "insert", "upsert",
                     "increment", "decrement", "delete", "findOrCreate", "truncate", "patch",
                     "updateMany", "createMany", "deleteMany"})  # fmt: skip
"""What models' methods that change rows are called."""
_RUNS = ("exec", "execSync", "execFile", "execFileSync", "spawn", "spawnSync", "execa", "$")
"""Calls that start another program, which may do anything."""
_HARMLESS = frozenset({"console", "logger", "expect", "assert"})


class Following:
    """A file that is followed. `items` is what it was found to do, `refusal` why it never ends."""

    def __init__(self, code: Code, tool: Tool, engine: Engine, files: Files) -> None:
        self.engine, self.conditions, self.depth = engine, 0, 0
        self.items: list[Statement | Opaque] = []
        self.refusal = ""
        self.given: list[object] = []
        self.exports: dict[str, object] = {}
        self.tool = tool
        self._code, self._files = code, files
        self._steps = 0
        self._is_over = False
        self._calls: list[Function] = []
        self._settled: dict[int, object] = {}
        self._reading: list[str] = [code.path]
        self._site: Node | None = code.root
        self.exports = self._module(code)

    def run(self, function: Function, args: tuple[object, ...]) -> list[Statement | Opaque]:
        """What a function of the file does, from an empty list on."""
        self.items, self.refusal, self._is_over = [], "", False
        self._steps, self.conditions, self._calls = 0, 0, []
        self.enter(function, args, self.exports)
        return self.items

    def first(self, side: str, parts: dict[str, object], whole: object) -> object:
        """What a function takes first: an object of these parts, where it takes that apart."""
        function = self.exports.get(side)
        given = function.node.child_by_field_name("parameters") if isinstance(
            function, Function
        ) else None  # fmt: skip
        words = self._code.of(given).lstrip("( ") if given is not None else ""
        return parts if words.startswith("{") else whole

    def _module(self, code: Code) -> dict[str, object]:
        """Follow a file's own statements; what it exports."""
        if code.root is None:
            return {}
        outer, self.exports = self.exports, {}
        whole: dict[str, object] = {"exports": self.exports}
        folder = code.path.rpartition("/")[0]
        names: dict[str, object] = {
            "module": whole,
            "exports": self.exports,
            "__dirname": folder or ".",
        }
        statements.block(self, code, code.root.named_children, Scope(None, names, code))
        if whole.get("exports") is not self.exports:
            self.exports["module.exports"] = whole.get("exports")
        found, self.exports = statements.exported(self.exports), outer
        return found

    def load(self, name: str, code: Code) -> object:
        """What another file of the repository exports, or its text; UNKNOWN if there is none."""
        if len(self._reading) > _MOST_FILES:
            return UNKNOWN
        found = loaded(name, code.path, self._files)
        if not isinstance(found, Code):
            return found
        if found.path in self._reading:
            return UNKNOWN
        self._reading.append(found.path)
        given = self._module(found)
        self._reading.pop()
        return given

    def tell(self, link: Link) -> object:
        """What a chain on one of the tool's objects is worth."""
        return self.tool.tell(link) if isinstance(link.root, Handle) else link

    def value(self, node: "Node | None", scope: Scope) -> object:
        """What an expression is worth; UNKNOWN beyond what is followed."""
        if node is None:
            return None
        if not self.descend(node, scope.code):
            return UNKNOWN
        try:
            if node.type in STEPS:
                return chain(self, scope.code, node, scope)
            if node.type in _CLASSES:
                return statements.class_of(self, scope.code, node, scope)
            return evaluate(self, scope.code, node, scope)
        finally:
            self.depth -= 1

    def descend(self, node: "Node", code: Code) -> bool:
        """One step deeper; False where there is too much of it."""
        self._steps += 1
        if self.depth >= DEEPEST or self._steps > MOST_STEPS:
            self._give_up(node)
            return False
        if code is self._code:
            self._site = node
        self.depth += 1
        return True

    def _give_up(self, node: "Node") -> None:
        if not self._is_over and self._calls:
            self._is_over = True
            place = self._code.place(self._site)
            self.items.append(Opaque(place=place, what="more code than is followed"))

    def enter(self, function: Function, args: tuple[object, ...], this: object = None) -> object:
        """Follow a function of the repository with the arguments that it is given."""
        is_within = sum(each.node == function.node for each in self._calls) > 1
        if is_within or len(self._calls) >= _MOST_CALLS:
            return UNKNOWN
        conditions, given, self.given = self.conditions, self.given, []
        node, code = function.node, function.code
        scope = Scope(function.scope, {}, code)
        if node.type != "arrow_function":
            scope.names["this"] = this
        self._calls.append(function)
        parameters = node.child_by_field_name("parameters")
        named = [node.child_by_field_name("parameter")] if parameters is None else [
            each for each in parameters.named_children if each.type != "comment"
        ]  # fmt: skip
        for at, each in enumerate(named):
            is_rest = each is not None and (each.text or b"")[:3] == b"..."
            value = list(args[at:]) if is_rest else args[at] if at < len(args) else None
            declare(self, code, each, value, scope)
        body = node.child_by_field_name("body")
        if body is not None and body.type == "statement_block":
            statements.block(self, code, body.named_children, scope)
        else:
            self.given.append(self.value(body, scope))
            self.settle(self.given[-1])
        self._calls.pop()
        found = self.given[0] if self.given else None
        self.conditions, self.given = conditions, given
        return found

    def maybe(self, function: Function, args: tuple[object, ...] = (UNKNOWN,) * 8) -> object:
        """Follow a function that may not be called."""
        self.conditions += 1
        found = self.enter(function, args, UNKNOWN)
        self.conditions -= 1
        return found

    def settle(self, value: object) -> None:
        """What is awaited, given back, or stands alone has its effect, once."""
        if isinstance(value, list):
            for each in value[:MOST_ITEMS]:
                self.settle(each)
        waiting: list[Link] = []
        while isinstance(value, Link) and value.name in _WAITING and value.args is not None:
            waiting.append(value)
            value = value.on
        self._take(value)
        for each in reversed(waiting):
            self._then(each)

    def _then(self, link: Link) -> None:
        if id(link) in self._settled:
            return
        self._settled[id(link)] = link
        for each in link.args or ():
            if isinstance(each, Function) and link.name == "catch":
                self.maybe(each)
            elif isinstance(each, Function):
                self.enter(each, (UNKNOWN,) * 4)

    def _take(self, value: object) -> None:
        if not isinstance(value, Link) or id(value) in self._settled:
            return
        self._settled[id(value)] = value  # kept, so that no other one gets its id
        if isinstance(value.root, Handle):
            self.tool.take(value, self)
        elif path_of(value).startswith(("Promise.", "Bluebird.")) and value.name in _ALL:
            for each in value.args or ():
                self.settle(each)
        else:
            self._foreign(value, links_of(value)[1])

    def _foreign(self, value: Link, links: list[Link]) -> None:
        """A call of what is none of the file's: it may call the functions that it is given, and do
        anything to the tool's objects.
        """
        given = [each for link in links for each in link.args or ()]
        for each in given:
            if isinstance(each, Function):
                self.maybe(each)
            elif isinstance(each, list):
                self.settle(each)
        path = path_of(value)
        if path.partition(".")[0] in _HARMLESS or value.args is None:
            return
        is_of_rows = (value.name in _WRITES and path[:1].isupper()) or value.name in _RUNS
        if is_of_rows or any(isinstance(part, Handle) for each in given for part in parts_of(each)):
            self.lose(
                value, f"{path or 'a function'}()", changes_rows=value.name in (*_WRITES, *_RUNS)
            )

    def looped(self, node: "Node", run: Callable[[], object]) -> None:
        """Follow the body of a loop of which the rounds cannot be told: one piece for all of it
        that is opaque.
        """
        before, conditions = len(self.items), self.conditions
        self.conditions += 1
        run()
        self.conditions = conditions
        found = self.items[before:]
        opaque = [each for each in found if isinstance(each, Opaque)]
        if opaque:
            place = self._code.place(node) if self._is_own(node) else opaque[0].place
            changes = any(each.changes_rows for each in opaque)
            self.items[before:] = [each for each in found if isinstance(each, Statement)]
            self.items.append(Opaque(place=place, what="a loop", changes_rows=changes))

    def refuse(self, reason: str) -> None:
        """The function throws: whatever the database holds, if nothing decides that."""
        if not self.conditions and len(self._calls) == 1:
            self.refusal = reason

    def _is_own(self, node: "Node") -> bool:
        return bool(self._calls) and self._calls[-1].code is self._code

    def place(self, link: Link) -> FileLocation:
        """Where a call stands; for one in another file, where the file's own code leads there."""
        return self._code.place(link.node if link.code is self._code else self._site)

    def emit(self, sql: str, link: Link, operation: str, *, is_outside: bool = False) -> None:
        """The statements of a text are sent."""
        for each in self._statements(sql, link):
            if len(self.items) >= MOST_ITEMS:
                self._give_up(link.node)
                return
            self.items.append(
                replace(
                    each,
                    operation=operation,
                    is_outside=is_outside,
                    is_conditional=self.conditions > 0,
                    call=self.place(link),
                )
            )

    def _statements(self, sql: str, link: Link) -> tuple[Statement, ...]:
        """Those of a text, each at its own place where the text stands in the file as it is."""
        code, engine = self._code, self.engine
        if isinstance(sql, Written) and code.text[sql.start : sql.end] == sql:
            return statements_of(code.path, code.text, engine, start=sql.start, end=sql.end)
        place = self.place(link)
        found = statements_of(code.path, str(sql), engine)
        first = sql.row if isinstance(sql, Lined) and sql.path == code.path else None
        return tuple(
            replace(each, is_written=False, place=place if first is None else replace(
                place, line=first + (each.place.line or 1), column=1
            ))
            for each in found
        )  # fmt: skip

    def lose(self, link: Link, what: str, *, changes_rows: bool = False, hint: str = "") -> None:
        """Something happens that cannot be followed."""
        if len(self.items) < MOST_ITEMS:
            opaque = Opaque(place=self.place(link), what=what, changes_rows=changes_rows, hint=hint)
            self.items.append(opaque)

"""The calls in a migration: operations are recorded, changes of rows become SQL or are opaque."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from launchready.steps.migration_check.frameworks.rails.arguments import (
    Arguments,
    arguments_of,
    given_to,
    with_options,
)
from launchready.steps.migration_check.frameworks.rails.changing import operations_of
from launchready.steps.migration_check.frameworks.rails.commands import (
    Command,
    Group,
    Step,
    undone,
)
from launchready.steps.migration_check.frameworks.rails.evaluating import Evaluator
from launchready.steps.migration_check.frameworks.rails.on_values import OnValues
from launchready.steps.migration_check.frameworks.rails.performers import PERFORMERS
from launchready.steps.migration_check.frameworks.rails.values import (
    UNKNOWN,
    Connection,
    Constant,
)
from launchready.steps.migration_check.frameworks.rails.words import (
    FILLS,
    HARMLESS,
    RUNS_SQL,
    TRANSPARENT,
)

if TYPE_CHECKING:
    from tree_sitter import Node

MOST_STEPS = 5000


class Walks(Protocol):
    """What follows the statements of a block."""

    methods: Mapping[str, "Node"]

    def block(self, node: "Node | None") -> bool: ...
    def guarded(self, node: "Node | None") -> bool: ...
    def step(self, node: "Node") -> bool: ...
    def bind(self, target: "Node", value: object) -> None: ...
    def enter(self, name: str, call: "Node") -> None: ...


class Calls(OnValues):
    """Follows calls. `steps` is what they are found to do, `conditions` in how many conditions they
    stand, `refusal` why the method never comes to its end.
    """

    def __init__(
        self, known: Evaluator, walker: Walks, *, is_reverting: bool, is_outside: bool
    ) -> None:
        self.steps: list[Step] = []
        self.conditions = 0
        self.refusal = ""
        self.is_reverting, self._is_outside = is_reverting, is_outside
        self._lines: dict[str, list[Command]] = {}
        self._directions: set[str] = set()
        self.known, self.walker = known, walker

    @property
    def is_full(self) -> bool:
        """Whether there is more than anybody will read."""
        return len(self.steps) > MOST_STEPS

    def call(self, node: "Node") -> bool:
        """Follow a call; False if it ends the method."""
        if node.type == "identifier":
            return self._own(node, self.known.code.of(node))
        receiver = node.child_by_field_name("receiver")
        method = self.known.code.of(node.child_by_field_name("method"))
        if receiver is None or receiver.type == "self":
            return self._own(node, method)
        name = self.known.code.of(receiver) if receiver.type == "identifier" else ""
        if name in self._lines:
            self._line(node, method, self._lines[name])
        elif name in self._directions:
            if method in ("up", "down") and (method == "down") is self.is_reverting:
                self._group(node)
        else:
            value = self.known.value(receiver)
            if isinstance(value, Connection):
                return self._own(node, method)
            self.on_value(node, method, receiver, value)
        return True

    def _own(self, node: "Node", method: str) -> bool:
        """A call of the migration's own, or of the connection."""
        if method == "raise":
            self._refuse(node)
            return False
        block = node.child_by_field_name("block")
        if method in self.walker.methods and node.child_by_field_name("receiver") is None:
            self.walker.enter(method, node)
        elif (special := _SPECIAL.get(method)) is not None:
            special(self, node, block)
        elif method in TRANSPARENT:
            self.body(block)
        elif method in RUNS_SQL:
            self._sql(node, method)
        elif method in PERFORMERS:
            self._operation(node, method, block)
        elif not self._is_harmless(method):
            fills = any(word in method for word in FILLS)
            self.lose(node, method, hint="it is no operation of Rails", changes_rows=fills)
            self.body(block)
        elif block is not None:
            self.walker.guarded(block.child_by_field_name("body"))
        return True

    def _is_harmless(self, method: str) -> bool:
        return method in HARMLESS or method in self.known.names or method.endswith("?")

    def _refuse(self, node: "Node") -> None:
        if not self.conditions:
            given = [each for each in arguments_of(node, self.known).args if isinstance(each, str)]
            self.refusal = given[0] if given else "it raises an exception"

    def body(self, block: "Node | None") -> None:
        """Follow a block that runs once, here."""
        if block is not None:
            self.walker.block(block.child_by_field_name("body"))

    def names_of(self, block: "Node") -> list["Node"]:
        """The parameters of a block."""
        parameters = block.child_by_field_name("parameters")
        return parameters.named_children if parameters is not None else []

    def up_only(self, node: "Node", block: "Node | None") -> None:
        """What is not undone."""
        if not self.is_reverting:
            self._group(node)

    def reversible(self, node: "Node", block: "Node | None") -> None:
        """A block with a part for each direction."""
        if block is None:
            return
        name = next((self.known.code.of(each) for each in self.names_of(block)), "")
        self._directions.add(name)
        self.body(block)
        self._directions.discard(name)

    def _group(self, node: "Node") -> None:
        """Steps that are not undone but run as they stand."""
        block = node.child_by_field_name("block")
        outer, self.steps = self.steps, []
        self.body(block)
        outer.append(Group(steps=tuple(self.steps)))
        self.steps = outer

    def revert(self, node: "Node", block: "Node | None") -> None:
        """What undoes a block, or another migration."""
        if block is None:
            named = arguments_of(node, self.known).args
            what = next((each.name for each in named if isinstance(each, Constant)), "")
            self.lose(node, f"revert {what}".strip(), hint="it undoes another migration")
            return
        outer, self.steps = self.steps, []
        self.body(block)
        inner = self.steps
        outer.append(Group(steps=tuple(inner if self.is_reverting else undone(inner))))
        self.steps = outer

    def transaction(self, node: "Node", block: "Node | None") -> None:
        """A transaction that the migration opens: where the tool has one already, it joins it."""
        edges = ("commit", "begin") if self.is_reverting else ("begin", "commit")
        if self._is_outside:
            self.steps.append(self._command(node, edges[0], Arguments()))
        self.body(block)
        if self._is_outside:
            self.steps.append(self._command(node, edges[1], Arguments()))

    def _sql(self, node: "Node", method: str) -> None:
        given = arguments_of(node, self.known)
        first = given.args[0] if given.args else UNKNOWN
        if not isinstance(first, str) and method.startswith(("select", "query")):
            return
        command = self._command(node, "execute", Arguments(args=(first,)))
        if method == "execute":
            self.steps.append(command)
        else:  # it is not recorded, but runs at once
            self.steps.append(Group(steps=(command,), is_at_once=True))

    def _command(self, node: "Node", name: str, given: Arguments) -> Command:
        return Command(
            name=name, node=node, args=given.args, options=given.options, is_whole=given.is_whole,
            is_conditional=bool(self.conditions),
        )  # fmt: skip

    def _operation(self, node: "Node", method: str, block: "Node | None") -> None:
        given = with_options(arguments_of(node, self.known), method)
        lines: list[Command] = []
        if block is not None and self.names_of(block):
            name = self.known.code.of(self.names_of(block)[0])
            self._lines[name] = lines
            self.body(block)
            del self._lines[name]
        made = self._command(node, method.replace("belongs_to", "reference"), given)
        if method == "change_table":
            self._change_table(made, lines)
            return
        if any(each.type == "block_argument" for each in given_to(node)):
            given = Arguments(args=given.args, options=given.options, is_whole=False)
            made = self._command(node, method, given)
        self.steps.append(_with_lines(made, lines, has_block=block is not None))

    def _change_table(self, made: Command, lines: list[Command]) -> None:
        table = made.argument(0)
        inner = [each for line in lines for each in operations_of(line, table)]
        is_bulk = made.options.get("bulk") is True and self.known.on.engine != "sqlite"
        if is_bulk:
            self.steps.append(_with_lines(made, inner, has_block=True))
        else:
            self.steps.extend(inner)

    def _line(self, node: "Node", method: str, lines: list[Command]) -> None:
        """A line of a table's block: `t.string :name`."""
        given = with_options(arguments_of(node, self.known), method)
        name = method.replace("belongs_to", "references") if method == "belongs_to" else method
        lines.append(self._command(node, name, given))


_SPECIAL: Mapping[str, Callable[[Calls, "Node", "Node | None"], None]] = {
    "reversible": Calls.reversible, "up_only": Calls.up_only, "revert": Calls.revert,
    "transaction": Calls.transaction,
}  # fmt: skip


def _with_lines(made: Command, lines: list[Command], *, has_block: bool) -> Command:
    return Command(
        name=made.name, node=made.node, args=made.args, options=made.options, inner=tuple(lines),
        has_block=has_block, is_whole=made.is_whole, is_conditional=made.is_conditional,
    )  # fmt: skip

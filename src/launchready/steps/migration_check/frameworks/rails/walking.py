"""`change`, `up` and `down`, followed step by step without being run.

Loops over literal lists are unrolled, methods of the same file are entered, and what stands under a
condition that cannot be told is marked.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from launchready.steps.migration_check.frameworks.rails.arguments import arguments_of
from launchready.steps.migration_check.frameworks.rails.calls import Calls
from launchready.steps.migration_check.frameworks.rails.conditions import is_met
from launchready.steps.migration_check.frameworks.rails.evaluating import Evaluator
from launchready.steps.migration_check.frameworks.rails.values import UNKNOWN

if TYPE_CHECKING:
    from tree_sitter import Node

_BLOCKS = frozenset({
    "body_statement", "block_body", "then", "else", "begin", "parenthesized_statements", "ensure",
    "program", "do",
})  # fmt: skip
_SKIPPED = frozenset({
    "comment", "heredoc_body", "heredoc_beginning", "method", "singleton_method", "class", "module",
    "string", "simple_symbol", "integer", "nil", "true", "false", "array", "hash", "constant",
    "undef", "alias", "instance_variable", "float", "self", "empty_statement", "lambda",
})  # fmt: skip
_DEEPEST = 6


class Walker:
    """Follows methods of one file. `calls.refusal` is why one never comes to its end."""

    def __init__(
        self, known: Evaluator, methods: Mapping[str, "Node"], *, is_reverting: bool,
        is_outside: bool,
    ) -> None:  # fmt: skip
        self.known, self.methods = known, methods
        self.calls = Calls(known, self, is_reverting=is_reverting, is_outside=is_outside)
        self._entered: list[str] = []
        known.call, known.last = self._returned, self._last

    def run(self, name: str) -> None:
        """Follow a method to its end."""
        node = self.methods.get(name)
        if node is None or name in self._entered or len(self._entered) > _DEEPEST:
            return
        self._entered.append(name)
        conditions = self.calls.conditions
        self.block(node.child_by_field_name("body"))
        self.calls.conditions = conditions
        self._entered.pop()

    def enter(self, name: str, call: "Node") -> None:
        """Follow a method of the same file with the arguments that it is given."""
        arguments = arguments_of(call, self.known)
        node = self.methods[name].child_by_field_name("parameters")
        names = node.named_children if node is not None else []
        for at, each in enumerate(names):
            inner = each.child_by_field_name("name")
            word = self.known.code.of(inner if inner is not None else each).rstrip(":")
            default = self.known.value(each.child_by_field_name("value"))
            if each.type == "keyword_parameter":
                value = arguments.options.get(word, default)
            else:
                value = arguments.args[at] if at < len(arguments.args) else default
            self.known.names[word] = value
        self.run(name)

    def _last(self, name: str) -> "Node | None":
        """The last expression of a method of the file."""
        node = self.methods.get(name)
        body = node.child_by_field_name("body") if node is not None else None
        return body.named_children[-1] if body is not None and body.named_children else None

    def _returned(self, name: str) -> object:
        """What a method of the file gives: the value of its last expression."""
        node = self.methods.get(name)
        if node is None or name in self._entered or len(self._entered) > _DEEPEST:
            return UNKNOWN
        self._entered.append(name)
        body = node.child_by_field_name("body")
        value: object = UNKNOWN
        for each in body.named_children if body is not None else ():
            if each.type == "assignment":
                self._assign(each)
            inner = each.named_children
            value = self.known.value(inner[0] if each.type == "return" and inner else each)
        self._entered.pop()
        return value

    def block(self, node: "Node | None") -> bool:
        """Follow statements; False once the method ends."""
        if node is None:
            return True
        children = node.named_children if node.type in _BLOCKS else [node]
        for each in children:
            if self.calls.is_full:
                return False
            if not self.step(each):
                return False
        return True

    def step(self, node: "Node") -> bool:
        """Follow one statement; False if it ends the method."""
        kind = node.type
        if kind in _BLOCKS:
            return self.block(node)
        if kind in ("call", "identifier"):
            return self.calls.call(node)
        return kind in _SKIPPED or self._other(node, kind)

    def _other(self, node: "Node", kind: str) -> bool:
        if kind in ("if", "unless", "if_modifier", "unless_modifier", "conditional", "elsif"):
            return self._if(node)
        if kind == "return":
            self._children(node)
            return False
        if kind == "rescue":
            self.guarded(node.child_by_field_name("body"))
            return True
        self._simple(node, kind)
        return True

    def _simple(self, node: "Node", kind: str) -> None:
        if kind in ("assignment", "operator_assignment"):
            self._assign(node)
        elif kind in ("while", "until", "while_modifier", "until_modifier", "for"):
            self.calls.unknown_loop(node, node.child_by_field_name("body"))
        elif kind == "rescue_modifier":
            self.guarded(node.child_by_field_name("body"))
        elif kind in ("case", "case_match", "when", "in_clause"):
            for each in node.named_children:
                self.guarded(each) if each.type in ("when", "else", "then") else self.step(each)
        elif kind == "binary":
            self.step_value(node.child_by_field_name("left"))
            self.guarded(node.child_by_field_name("right"))
        elif kind == "next":
            self.calls.conditions += 1  # up to the end of the round
        else:
            self._children(node)

    def _children(self, node: "Node") -> None:
        for each in node.named_children:
            self.step(each)

    def step_value(self, node: "Node | None") -> None:
        """Follow what an expression does beside giving a value."""
        if node is not None:
            self.step(node)

    def guarded(self, node: "Node | None") -> bool:
        """Follow what runs only under a condition."""
        conditions, names = self.calls.conditions, dict(self.known.names)
        self.calls.conditions += 1
        goes_on = self.block(node)
        self.calls.conditions = conditions
        for name, value in self.known.names.items():
            if names.get(name, self) is not value:
                self.known.names[name] = UNKNOWN  # it may have got this value, or not
        return goes_on

    def _if(self, node: "Node") -> bool:
        condition = node.child_by_field_name("condition")
        then = node.child_by_field_name("consequence") or node.child_by_field_name("body")
        other = node.child_by_field_name("alternative")
        met = is_met(condition, self.known, is_reverting=self.calls.is_reverting)
        if node.type.startswith("unless"):
            met = None if met is None else not met
        if met is not None:
            return self.block(then if met else other)
        self.step_value(condition)
        goes_on, else_goes_on = self.guarded(then), self.guarded(other)
        if goes_on != else_goes_on:
            self.calls.conditions += 1  # up to the end of the method: it may have been left
        return goes_on or else_goes_on

    def _assign(self, node: "Node") -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if right is None or left is None:
            return
        if right.type not in _SKIPPED:
            self.step(right)
        is_plain = node.type == "assignment"
        value = self.known.value(right) if is_plain else UNKNOWN
        self.bind(left, value)

    def bind(self, target: "Node", value: object) -> None:
        """Give variables their values."""
        if target.type in ("identifier", "constant", "instance_variable"):
            self.known.names[self.known.code.of(target)] = value
        elif target.type in ("left_assignment_list", "destructured_parameter", "block_parameters"):
            names = target.named_children
            parts = value if isinstance(value, list) and len(value) == len(names) else []
            for at, each in enumerate(names):
                self.bind(each, parts[at] if parts else UNKNOWN)

"""Searches text with many states at once, as RE2 does: the time is linear in the text's length.

A hostile expression costs states times characters and no more, and `Searcher` counts even these.
Source of the method: Ken Thompson, Regular Expression Search Algorithm, CACM 11 (1968).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from launchready.steps.secret_scan.expressions import measure
from launchready.steps.secret_scan.expressions.nodes import (
    At,
    Choice,
    Edge,
    Group,
    Node,
    One,
    Ranges,
    Repeat,
    Row,
)
from launchready.steps.secret_scan.expressions.parse import ExpressionError, parse

MOST_STATES = 4000
MOST_TEXT = 4096
"""Characters. A longer text is not searched: nothing is accepted by what was not read whole."""

_STEPS = 20_000_000
_WORD = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, kw_only=True, slots=True)
class _State:
    """Takes one character of `ranges`, or stands at an edge, or goes to all of `onward` at once."""

    onward: tuple[int, ...]
    ranges: Ranges | None = None
    at: At | None = None


@dataclass(frozen=True, kw_only=True)
class Machine:
    """An expression ready to be searched for. State 0 is the match; `first` where it begins."""

    states: tuple[_State, ...]
    first: int
    literals: tuple[str, ...]


@dataclass(kw_only=True)
class Searcher:
    """Searches, and counts all steps: when they are used up, nothing matches any more."""

    steps_left: int = _STEPS

    @property
    def is_exhausted(self) -> bool:
        """Whether some search was given up."""
        return self.steps_left <= 0

    def finds(self, machine: Machine, text: str) -> bool:
        """Whether the expression matches anywhere in the text."""
        if len(text) > MOST_TEXT or self.is_exhausted:
            return False
        if machine.literals and not any(each in text.lower() for each in machine.literals):
            return False
        waiting: set[int] = set()
        for position in range(len(text) + 1):
            reached = self._reached(machine, {*waiting, machine.first}, text, position)
            if 0 in reached:
                return True
            if position == len(text) or self.is_exhausted:
                return False
            code = ord(text[position])
            waiting = {
                onward
                for number in reached
                for state in (machine.states[number],)
                if state.ranges is not None and _holds(state.ranges, code)
                for onward in state.onward
            }
        return False

    def _reached(self, machine: Machine, first: set[int], text: str, position: int) -> set[int]:
        """Every state that is come to from these without taking a character."""
        reached = set(first)
        waiting = list(first)
        while waiting:
            state = machine.states[waiting.pop()]
            self.steps_left -= 1
            if state.ranges is None and (state.at is None or _is_at(state.at, text, position)):
                new = [each for each in state.onward if each not in reached]
                reached.update(new)
                waiting += new
        return reached


def compile_machine(text: str) -> Machine:
    """The machine of an expression. Raises ExpressionError."""
    node = parse(text)
    if measure.size(node) > MOST_STATES:
        raise ExpressionError("it is too large when its repeats are written out")
    builder = _Builder()
    first = builder.build(node, 0)
    return Machine(states=tuple(builder.states), first=first, literals=measure.literals(node))


@dataclass
class _Builder:
    """Writes states from the end to the beginning: each thing is told where it goes on."""

    states: list[_State] = field(default_factory=lambda: [_State(onward=())])

    def build(self, node: Node, onward: int) -> int:
        """The state that begins the node, which goes on at `onward`."""
        match node:
            case One(ranges=ranges):
                return self.add(_State(onward=(onward,), ranges=ranges))
            case Edge(at=at):
                return self.add(_State(onward=(onward,), at=at))
            case Group(item=item):
                return self.build(item, onward)
            case Row(items=items):
                for each in reversed(items):
                    onward = self.build(each, onward)
                return onward
            case Choice(options=options):
                return self.add(_State(onward=tuple(self.build(o, onward) for o in options)))
            case Repeat():
                return self.repeat(node, onward)

    def repeat(self, node: Repeat, onward: int) -> int:
        """So many in a row, then some that may be left out, or a loop."""
        if node.most is None:
            loop = self.add(_State(onward=()))
            begin = self.build(node.item, loop)
            self.states[loop] = _State(onward=(begin, onward))
            onward = loop
        else:
            end = onward
            for _ in range(node.most - node.least):
                onward = self.add(_State(onward=(self.build(node.item, onward), end)))
        for _ in range(node.least):
            onward = self.build(node.item, onward)
        return onward

    def add(self, state: _State) -> int:
        """The number of a new state."""
        self.states.append(state)
        return len(self.states) - 1


def _holds(ranges: Sequence[tuple[int, int]], code: int) -> bool:
    place = bisect_right(ranges, (code, 0x110000)) - 1
    return place >= 0 and ranges[place][0] <= code <= ranges[place][1]


def _is_at(at: At, text: str, position: int) -> bool:
    match at:
        case At.TEXT_START:
            return position == 0
        case At.TEXT_END:
            return position == len(text)
        case At.LINE_START:
            return position == 0 or text[position - 1] == "\n"
        case At.LINE_END:
            return position == len(text) or text[position] == "\n"
        case At.WORD_EDGE | At.NO_WORD_EDGE:
            before = position > 0 and text[position - 1] in _WORD
            after = position < len(text) and text[position] in _WORD
            return (before != after) is (at is At.WORD_EDGE)

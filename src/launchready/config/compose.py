"""YAML text -> nodes, within limits that no file can exceed.

Scalars follow YAML 1.2, not PyYAML's 1.1: `on`, `No`, `12:30` and `2026-01-01` stay the text that
the person wrote. So do `012` and `0x10`, which YAML 1.2.2 reads as numbers in its core schema
(section 10.3) but not in its JSON schema (section 10.2). Duplicate keys, tags, merge keys and
several documents in one file are faults. An alias counts as all the values it repeats, so that an
alias bomb is one clear fault.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from launchready.config.decode import banned, character
from launchready.config.nodes import Mapping, Node, Scalar, Sequence, UnreadableError
from launchready.config.syntax import syntax_fault
from launchready.model import JsonScalar

MAX_DEPTH = 32
MAX_VALUES = 20_000

# Not the C parser, where there is one: it lets tabs stand where this one does not, so a file would
# pass on one machine and fail on the next. A usual config takes this one 2 ms.
_LOADER: Any = yaml.SafeLoader

_WORDS: dict[str, JsonScalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 300


def compose(text: str) -> Node:
    """The one document of `text`; an empty one is the empty value.

    Raises UnreadableError at the place where reading cannot go on.
    """
    loader = _LOADER(text)
    try:
        return _Composer(events=iter(loader.get_event, None)).document()
    except yaml.MarkedYAMLError as error:
        raise syntax_fault(error) from error
    except (ValueError, OverflowError) as error:  # chr() of "\UFFFFFFFF", int() of a long version
        mark = loader.get_mark()
        raise UnreadableError(
            "this escape or number is too great", line=mark.line + 1, column=mark.column + 1
        ) from error


@dataclass
class _Composer:
    """Builds nodes from parser events, each event and its node at a depth that begins at 1."""

    events: Iterator[Any]
    values: int = 0
    anchors: dict[str, Node] = field(default_factory=dict)

    def document(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise _stop(event, "a second document begins here; keep one per file")
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, depth=1)
        return root or Scalar(value=None, line=1, column=1)

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, depth)
        self.count(event, depth)
        if event.tag is not None:
            raise _stop(event, "tags have no meaning here; put text that begins with ! in quotes")
        match event:
            case yaml.ScalarEvent():
                node: Node = self.scalar(event)
            case yaml.SequenceStartEvent():
                node = self.sequence(event, depth)
            case _:
                node = self.mapping(event, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def count(self, event: Any, depth: int) -> None:
        """Hold the limits for one more value that `event` brings."""
        self.values += 1
        if depth > MAX_DEPTH:
            raise _stop(event, f"nested deeper than {MAX_DEPTH} levels")
        if self.values > MAX_VALUES:
            raise _stop(event, f"more than {MAX_VALUES:,} values, aliases written out")

    def alias(self, event: Any, depth: int) -> Node:
        if event.anchor not in self.anchors:
            raise _stop(
                event, "no anchor of this name above; put text that begins with * in quotes"
            )
        node = self.anchors[event.anchor]
        self.count_again(node, event, depth)
        return node

    def count_again(self, node: Node, event: Any, depth: int) -> None:
        """Hold the limits for a node that an alias repeats, as if it were written out."""
        self.count(event, depth)
        for child in _children(node):
            self.count_again(child, event, depth + 1)

    def scalar(self, event: Any) -> Scalar:
        if bad := banned().search(event.value):
            raise _stop(event, f"an escape makes {character(bad[0])}, which may not stand here")
        is_plain = event.implicit[0]
        line, column = _place(event)
        return Scalar(
            value=_resolve(event.value) if is_plain else event.value, line=line, column=column
        )

    def sequence(self, start: Any, depth: int) -> Sequence:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        line, column = _place(start)
        return Sequence(items=tuple(items), line=line, column=column)

    def mapping(self, start: Any, depth: int) -> Mapping:
        items: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.key(event, depth + 1)
            text = str(key.value)
            if text in items:
                first = items[text][0].line
                raise _stop(event, f"this name stands already in line {first}; keep one of the two")
            items[text] = key, self.node(next(self.events), depth + 1)
        line, column = _place(start)
        return Mapping(items=tuple(items.values()), line=line, column=column)

    def key(self, event: Any, depth: int) -> Scalar:
        """A key is text whatever it looks like: `on`, `1` and `null` are names."""
        if not isinstance(event, yaml.ScalarEvent) or "\n" in event.value:
            raise _stop(event, "the name before a `:` must be one line of text")
        if event.value == "<<":
            raise _stop(event, "merge keys are not part of YAML 1.2; write the settings out")
        node = self.node(event, depth)
        return Scalar(value=event.value, line=node.line, column=node.column)


def _children(node: Node) -> Iterator[Node]:
    match node:
        case Sequence(items=items):
            yield from items
        case Mapping(items=pairs):
            for key, value in pairs:
                yield key
                yield value


def _resolve(text: str) -> JsonScalar:
    """What a plain scalar stands for. A number too great for a float stays text."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _stop(event: Any, message: str) -> UnreadableError:
    line, column = _place(event)
    return UnreadableError(message, line=line, column=column)

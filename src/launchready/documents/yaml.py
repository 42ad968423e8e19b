"""YAML text -> nodes, all documents of a file, in linear time and within limits.

Merge keys are followed, since compose files are written with them. A tagged single value
(`!Ref Name`, `!vault …`) is not what it says, so it counts as empty; a tagged list or mapping
(`!override`) is itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from launchready.config.nodes import Mapping, Node, Scalar, Sequence, UnreadableError
from launchready.documents import MOST_DEPTH, MOST_VALUES, decode
from launchready.model import JsonScalar

_WORDS: dict[str, JsonScalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_CORE = "tag:yaml.org,2002:"


def documents_of(text: str) -> tuple[Node, ...] | None:
    """Every document of a YAML (or JSON) text; None where it is no YAML, or too much of it."""
    try:
        return yaml_documents(text)
    except UnreadableError:
        return None


def yaml_documents(content: bytes | str) -> tuple[Node, ...]:
    """Every document of a file. Raises UnreadableError."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        parser = loader(decode(content))
        return tuple(_Composer(yaml=yaml, events=iter(parser.get_event, None)).documents())
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise UnreadableError("it is no valid YAML", line=line, column=column) from error
    except yaml.YAMLError as error:
        raise UnreadableError("it holds characters that YAML forbids", line=1, column=1) from error
    except (ValueError, OverflowError) as error:  # "\UFFFFFFFF", or the number of a %YAML line
        raise UnreadableError("it is no valid YAML", line=1, column=1) from error


@dataclass
class _Composer:
    """Builds nodes from the events of the module `yaml`. `values` counts those seen so far, and
    `anchors` keeps a node with the number of its values, aliases written out.
    """

    yaml: Any
    events: Iterator[Any]
    values: int = 0
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)

    def documents(self) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, self.yaml.DocumentStartEvent):
                self.anchors.clear()
            elif isinstance(event, self.yaml.NodeEvent):
                yield self.node(event, 1)

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, self.yaml.AliasEvent):
            return self.alias(event)
        before = self.values
        self.count(event, 1)
        if depth > MOST_DEPTH:
            raise _stop(event, f"it is nested deeper than {MOST_DEPTH} levels")
        if isinstance(event, self.yaml.ScalarEvent):
            node: Node = _scalar(event)
        elif isinstance(event, self.yaml.SequenceStartEvent):
            node = self.sequence(event, depth)
        else:
            node = self.mapping(event, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = node, self.values - before
        return node

    def count(self, event: Any, values: int) -> None:
        """Hold the limit for more values: aliases count as all that they repeat."""
        self.values += values
        if self.values > MOST_VALUES:
            raise _stop(event, f"it has more than {MOST_VALUES:,} values, aliases written out")

    def alias(self, event: Any) -> Node:
        if event.anchor not in self.anchors:
            raise _stop(event, "an alias names no anchor above it")
        node, size = self.anchors[event.anchor]
        self.count(event, size)
        return node

    def sequence(self, start: Any, depth: int) -> Sequence:
        found = []
        while not isinstance(event := next(self.events), self.yaml.SequenceEndEvent):
            found.append(self.node(event, depth + 1))
        line, column = _place(start)
        return Sequence(items=tuple(found), line=line, column=column)

    def mapping(self, start: Any, depth: int) -> Mapping:
        own: list[tuple[Scalar, Node]] = []
        merged: list[Node] = []
        while not isinstance(event := next(self.events), self.yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                continue
            name = getattr(event, "value", None)
            if name == "<<":
                merged.extend(value.items if isinstance(value, Sequence) else (value,))
            else:
                text = name if isinstance(name, str) else str(key.value)
                own.append((Scalar(value=text, line=key.line, column=key.column), value))
        self.merge(start, own, merged)
        line, column = _place(start)
        return Mapping(items=tuple(own), line=line, column=column)

    def merge(self, start: Any, own: list[tuple[Scalar, Node]], merged: list[Node]) -> None:
        """Add what `<<` brings: own keys win, then the earlier mapping."""
        names = {key.value for key, _ in own}
        for node in merged:
            for key, value in node.items if isinstance(node, Mapping) else ():
                if key.value not in names:
                    names.add(key.value)
                    self.count(start, 1)
                    own.append((key, value))


def _scalar(event: Any) -> Scalar:
    line, column = _place(event)
    value: JsonScalar = event.value
    if event.tag is not None and not event.tag.startswith(_CORE) and event.tag != "!":
        value = None
    elif event.implicit[0] or event.tag == _CORE + "null":
        value = _WORDS.get(event.value, event.value)
    return Scalar(value=value, line=line, column=column)


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _stop(event: Any, message: str) -> UnreadableError:
    line, column = _place(event)
    return UnreadableError(message, line=line, column=column)

"""YAML and JSON files of any origin as nodes that know their place: changelogs, compose files,
workflows. What is no valid document, or too large, is none.
"""

from collections.abc import Iterator
from typing import Any

from launchready.config.nodes import Mapping, Node, Scalar, Sequence

MOST_TEXT = 2 << 20
"""Characters beyond which a program wrote it."""
_MOST_VALUES = 200_000
_MOST_DEPTH = 60


def documents_of(text: str) -> tuple[Node, ...] | None:
    """All documents of a YAML (or JSON) text; None where it is no YAML or too much of it.

    Every single value is text as it is written; an empty one is None.
    """
    import yaml

    if len(text) > MOST_TEXT:
        return None
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return tuple(_Builder().node(each, 1) for each in yaml.compose_all(text, loader))
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return None


class _Builder:
    def __init__(self) -> None:
        self._values = 0

    def node(self, node: Any, depth: int) -> Node:
        import yaml

        self._values += 1
        if depth > _MOST_DEPTH or self._values > _MOST_VALUES:
            raise ValueError("too deep or too long")
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        if isinstance(node, yaml.SequenceNode):
            items = tuple(self.node(each, depth + 1) for each in node.value)
            return Sequence(items=items, line=line, column=column)
        if isinstance(node, yaml.MappingNode):
            pairs = tuple(self._pair(key, value, depth + 1) for key, value in node.value)
            return Mapping(items=pairs, line=line, column=column)
        is_empty = node.style is None and node.value in ("", "~", "null")
        return Scalar(value=None if is_empty else node.value, line=line, column=column)

    def _pair(self, key: Any, value: Any, depth: int) -> tuple[Scalar, Node]:
        named = self.node(key, depth)
        name = named.value if isinstance(named, Scalar) else ""
        return (
            Scalar(value=name or "", line=named.line, column=named.column),
            self.node(value, depth),
        )


def entries(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    """The keys and values of a mapping, those that `<<` brings included; none of anything else."""
    if not isinstance(node, Mapping):
        return ()
    own = tuple(pair for pair in node.items if pair[0].value != "<<")
    names = {key.value for key, _ in own}
    merged = tuple(
        pair
        for key, value in node.items
        if key.value == "<<"
        for source in (value.items if isinstance(value, Sequence) else (value,))
        for pair in (entries(source) if isinstance(source, Mapping | Sequence) else ())
        if pair[0].value not in names
    )
    return (*merged, *own)


def items(node: Node | None) -> tuple[Node, ...]:
    """The values of a list; none of anything else."""
    return node.items if isinstance(node, Sequence) else ()


def child(node: Node | None, *keys: str) -> Node | None:
    """What stands under these keys, one below the other."""
    for key in keys:
        node = next((value for name, value in reversed(entries(node)) if name.value == key), None)
    return node


def text_of(node: Node | None) -> str:
    """The text of a single value; empty for everything else."""
    return str(node.value) if isinstance(node, Scalar) and node.value is not None else ""


def walk(node: Node | None) -> Iterator[Node]:
    """A node and all below it."""
    if node is None:
        return
    yield node
    for each in items(node):
        yield from walk(each)
    for _, value in entries(node):
        yield from walk(value)

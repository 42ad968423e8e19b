"""Bytes of YAML, JSON and TOML files -> trees of nodes that know their place; Dockerfiles ->
instructions that know theirs. Files of any origin, for every step.

Values are what a person wrote: numbers stay text (`1.0`, `0123`), so do `on` and `No`; only an
empty value, `true` and `false` are themselves. Each reader raises `UnreadableError` with a place,
and nothing else, whatever the bytes are.
"""

from collections.abc import Iterator

from launchready.config.nodes import Mapping, Node, Scalar, Sequence, UnreadableError

MOST_BYTES = 2 << 20
"""Larger documents declare no variables: they are data that a program wrote."""
MOST_VALUES = 200_000
MOST_DEPTH = 60


def decode(content: bytes | str) -> str:
    """The text of a file, without a byte order mark and with its lines ended by LF.

    Raises UnreadableError.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError(f"it is over the limit of {MOST_BYTES:,} bytes", line=1, column=1)
    if isinstance(content, str):
        return content.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line = before.count(b"\n") + 1
        raise UnreadableError("it is not UTF-8", line=line, column=1) from error
    return text.replace("\r\n", "\n")


def text_of(node: Node | None) -> str | None:
    """The text that a program gets of a single value; None for lists, mappings and empty values."""
    match node:
        case Scalar(value=bool() as truth):
            return "true" if truth else "false"
        case Scalar(value=None) | None:
            return None
        case Scalar(value=value):
            return str(value)
    return None


def plain(node: Node | None) -> str:
    """The same; empty where there is none."""
    return text_of(node) or ""


def entries(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    """The keys and values of a mapping; none of anything else."""
    return node.items if isinstance(node, Mapping) else ()


def items(node: Node | None) -> tuple[Node, ...]:
    """The values of a list; none of anything else."""
    return node.items if isinstance(node, Sequence) else ()


def child(node: Node | None, *keys: str) -> Node | None:
    """What stands under these keys, one below the other; the last of a name that stands twice."""
    for key in keys:
        node = next((value for name, value in reversed(entries(node)) if name.value == key), None)
    return node


def words(node: Node | None) -> Iterator[str]:
    """The texts of a list, or the one text that stands in its place."""
    for each in items(node) or ((node,) if node else ()):
        if (text := text_of(each)) is not None:
            yield text


def walk(node: Node | None) -> Iterator[Node]:
    """A node and all below it."""
    if node is None:
        return
    yield node
    for each in items(node):
        yield from walk(each)
    for _, value in entries(node):
        yield from walk(value)

"""The values of a YAML document, each with its place in the text."""

from launchready.frozen import frozen
from launchready.model import JsonScalar


@frozen
class Scalar:
    """A single value. `line` and `column` count from 1, columns in characters."""

    value: JsonScalar
    line: int
    column: int


@frozen
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    line: int
    column: int


@frozen
class Mapping:
    """Keys with their nodes, in the document's order; keys are texts and differ from each other."""

    items: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


class UnreadableError(Exception):
    """No tree can be made of the text: `message` says why, at this place of it."""

    def __init__(self, message: str, *, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column

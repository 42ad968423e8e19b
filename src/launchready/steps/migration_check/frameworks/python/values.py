"""What an expression of Python is worth, as far as it can be told without running it."""

from collections.abc import Mapping
from dataclasses import field

from launchready.frozen import frozen


@frozen
class Called:
    """A call of something that is not followed: `models.CharField(max_length=9)`.

    `path` is the dotted name of what is called, through the file's imports; empty where it has
    none. `on` is the value that a method is called on, where that is itself a call.
    """

    path: str
    args: tuple[object, ...] = ()
    kwargs: Mapping[str, object] = field(default_factory=dict)
    line: int = 0
    column: int = 0
    is_whole: bool = True
    on: object = None

    @property
    def last(self) -> str:
        """The last part of the path: `CharField`."""
        return self.path.rpartition(".")[2]

    def argument(self, name: str, at: int, default: object = None) -> object:
        """An argument that may be given by name or by position."""
        if name in self.kwargs:
            return self.kwargs[name]
        return self.args[at] if at < len(self.args) else default


@frozen
class Named:
    """A name that stands for something of elsewhere: `uuid.uuid4`, `models.CASCADE`, a function."""

    path: str

    @property
    def last(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]


@frozen
class Combined:
    """Two values that an operator joins, or one that it stands before (`left` is then None)."""

    operator: str
    left: object
    right: object


class Unknown:
    """A value that cannot be told."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()


def is_known(value: object) -> bool:
    """Whether a value, and all within it, is a plain literal (of at most 100,000 parts)."""
    waiting = [value]
    for _ in range(100_000):
        if not waiting:
            return True
        each = waiting.pop()
        if isinstance(each, list | tuple | set | frozenset):
            waiting.extend(each)
        elif isinstance(each, dict):
            waiting.extend(each)
            waiting.extend(each.values())
        elif isinstance(each, Unknown | Called | Named | Combined):
            return False
    return False


def is_small(value: object, most: int = 2000) -> bool:
    """Whether a value has few parts, those that it shares with itself counted every time.

    A chain of names that each stand for two of the one before would be endless.
    """
    waiting = [value]
    for _ in range(most):
        if not waiting:
            return True
        each = waiting.pop()
        if isinstance(each, list | tuple | set | frozenset):
            waiting.extend(each)
        elif isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, Called):
            waiting.extend((*each.args, *each.kwargs.values(), each.on))
        elif isinstance(each, Combined):
            waiting.extend((each.left, each.right))
    return False


def text_of(value: object) -> str | None:
    """A value that is a text, else None."""
    return value if isinstance(value, str) else None


def items_of(value: object) -> tuple[object, ...] | None:
    """The items of a list, tuple or set, else None."""
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else None


def texts_of(value: object) -> tuple[str, ...] | None:
    """The items of a list of texts, else None."""
    items = items_of(value)
    if items is None or not all(isinstance(each, str) for each in items):
        return None
    return tuple(each for each in items if isinstance(each, str))

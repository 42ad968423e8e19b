"""What an expression of JavaScript is worth, as far as it can be told without running it.

Texts, numbers, booleans, lists and dicts stand for themselves, None for `null` and `undefined`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Protocol

from launchready.facts.schema import Engine
from launchready.frozen import frozen
from launchready.steps.migration_check.frameworks.syntax.code import Code

if TYPE_CHECKING:
    from tree_sitter import Node


class Unknown:
    """A value that cannot be told."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()


@frozen
class Name:
    """A name that stands for something of elsewhere: `Sequelize`, `TableColumn`."""

    path: str


class Handle:
    """An object of the tool: `knex`, a table that is being built. `said` is what was called on it,
    where the tool collects that.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.said: list[Link] = []


class Scope:
    """The names of a function, and of those around it."""

    def __init__(self, around: "Scope | None", names: dict[str, object], code: Code) -> None:
        self.around, self.names, self.code = around, names, code

    def get(self, name: str) -> object:
        """What a name stands for; `Name` where it is none of the file's."""
        scope = self.holding(name)
        return Name(path=name) if scope is None else scope.names[name]

    def holding(self, name: str) -> "Scope | None":
        """The scope that a name is of."""
        scope: Scope | None = self
        while scope is not None and name not in scope.names:
            scope = scope.around
        return scope


class Function:
    """A function of the file, with the names around it."""

    def __init__(self, node: "Node", scope: Scope, code: Code) -> None:
        self.node, self.scope, self.code = node, scope, code


@frozen
class Object:
    """A class of the file, or an instance of it: its methods and fields."""

    name: str
    members: Mapping[str, object] = field(default_factory=dict)
    parent: object = None


class Link:
    """`on.name(args)`, or `on.name` where `args` is None. `on` is None for a plain call `name(…)`.

    `is_new` says that it is `new name(…)`, `root` is what the chain begins with.
    """

    __slots__ = ("args", "code", "is_new", "name", "node", "on", "root")

    def __init__(
        self, on: object, name: str, args: tuple[object, ...] | None, node: "Node", code: Code, *,
        is_new: bool = False,
    ) -> None:  # fmt: skip
        self.on, self.name, self.args = on, name, args
        self.node, self.code, self.is_new = node, code, is_new
        self.root: object = on.root if isinstance(on, Link) else on

    def argument(self, at: int) -> object:
        """An argument; None where there is none."""
        return self.args[at] if self.args is not None and at < len(self.args) else None


@frozen
class EngineName:
    """What a driver or a dialect is called: any word for the engine is equal to it."""

    engine: Engine


class Lined(str):
    """A text of a template of which the lines are those of the file `path`, from the one after
    `row` lines on.
    """

    __slots__ = ("path", "row")
    path: str
    row: int


class Tool(Protocol):
    """What a tool's own objects do."""

    def take(self, link: Link, machine: "Machine") -> None:
        """A chain of calls on one of the tool's objects has its effect."""

    def tell(self, link: Link) -> object:
        """What a chain on one of the tool's objects is worth: itself, where nothing else tells."""


class Machine(Protocol):
    """What follows a file: see `machine.Following`."""

    engine: Engine
    conditions: int
    depth: int

    def descend(self, node: "Node", code: Code) -> bool:
        """One step deeper, after which `depth` is to be taken back; False where it is too deep."""

    def tell(self, link: "Link") -> object:
        """What a chain is worth: itself, where nothing else tells."""

    def value(self, node: "Node | None", scope: Scope) -> object:
        """What an expression is worth."""

    def enter(self, function: Function, args: tuple[object, ...], this: object = None) -> object:
        """Follow a function, and what it gives back."""

    def maybe(self, function: Function, args: tuple[object, ...] = ()) -> object:
        """Follow a function that may not be called."""

    def settle(self, value: object) -> None:
        """What is awaited, given back, or stands alone has its effect."""

    def emit(self, sql: str, link: Link, operation: str, *, is_outside: bool = False) -> None:
        """The statements of a text are sent."""

    def lose(self, link: Link, what: str, *, changes_rows: bool = False, hint: str = "") -> None:
        """Something happens that cannot be followed."""

    def load(self, name: str, code: Code) -> object:
        """What `require` of a file of the repository gives; UNKNOWN if it is none."""


DEEPEST = 80
"""How deep code may be nested."""


def links_of(value: object) -> tuple[object, list[Link]]:
    """What a chain begins with, and its links in the order in which they are called."""
    links: list[Link] = []
    while isinstance(value, Link):
        links.append(value)
        value = value.on
    return value, links[::-1]


def path_of(value: object) -> str:
    """The dotted name of a chain without its arguments: `queryInterface.sequelize.query`."""
    root, links = links_of(value)
    start = root.path if isinstance(root, Name) else root.kind if isinstance(root, Handle) else ""
    return ".".join(filter(None, (start, *(each.name for each in links))))


def parts_of(value: object, most: int = 2000) -> Iterator[object]:
    """A value, all that is in it, and the arguments of its calls (at most so many)."""
    waiting = [value]
    for _ in range(most):
        if not waiting:
            return
        each = waiting.pop()
        yield each
        if isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, Link):
            waiting.extend((each.on, *(each.args or ())))


def text_of(value: object) -> str | None:
    """A value that is a text, else None."""
    return value if isinstance(value, str) else None


def texts_of(value: object) -> tuple[str, ...] | None:
    """A text, or the texts of a list; None where one is none."""
    items = value if isinstance(value, list) else [value]
    return (
        tuple(each for each in items if isinstance(each, str))
        if all(isinstance(each, str) for each in items)
        else None
    )


def said(value: object, name: str) -> object:
    """What an object of options says under a name; None where it says nothing or is none."""
    return value.get(name) if isinstance(value, dict) else None

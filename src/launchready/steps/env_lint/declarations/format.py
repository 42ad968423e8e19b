"""What the readers of all formats share: places, names, lists of `NAME=value`, faults."""

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import field, replace
from typing import TypeVar

from launchready.config.nodes import Mapping, Node, Scalar, Sequence, UnreadableError
from launchready.documents import entries, items, text_of
from launchready.facts.environment import (
    Declaration,
    Environment,
    Kind,
    Need,
    Origin,
    Read,
    SourceFile,
    Value,
)
from launchready.frozen import frozen
from launchready.model import FileLocation, Unchecked
from launchready.regex import Regex
from launchready.steps.env_lint.naming import Naming

T = TypeVar("T")
NAME = Regex(r"[A-Za-z_][A-Za-z0-9_]*+(?:[.-][A-Za-z0-9_]++)*+")
PLATFORM = Origin(store="platform")


@frozen
class Pair:
    """`key` and the node of its value; None where a list has a name alone."""

    key: Scalar
    value: Node | None


def opened(file: SourceFile, parse: Callable[[bytes], T]) -> Generator[Unchecked, None, T | None]:
    """The parsed file; where it cannot be parsed, nothing, and what that leaves unchecked."""
    try:
        return parse(file.content)
    except UnreadableError as error:
        if not is_template(file):
            yield Unchecked(
                target=file.path,
                reason=f"{error.message}, in line {error.line}",
                hint="mend the file, or name it in `exclude`",
            )
    return None


def is_template(file: SourceFile) -> bool:
    """Whether a file is one that a program fills in (Helm, Jinja), and so is no document yet."""
    return b"{{" in file.content or b"{%" in file.content


@frozen
class Format:
    """One file on its way into declarations. `lines` are its lines, where places are looked up."""

    file: SourceFile
    source: str
    kind: Kind = Kind.PLATFORM
    environment: Environment | None = None
    is_override: bool = False
    is_build_time: bool = False
    holder: str = ""
    lines: tuple[str, ...] = field(default=(), repr=False)

    def within(self, holder: str = "", environment: Environment | None = None) -> "Format":
        """The same for a part of the file: a job, a service, a section."""
        return replace(
            self, holder=holder or self.holder, environment=environment or self.environment
        )

    def building(self) -> "Format":
        """The same for what a build sees."""
        return replace(self, is_build_time=True)

    def at(self, line: int, column: int, text: str) -> FileLocation:
        """The place of `text`, which begins there."""
        return FileLocation(
            path=self.file.path, line=line, column=column, end_column=column + len(text)
        )

    def place(self, node: Node, text: str = "") -> FileLocation:
        """The place of `text` in a node: where the node's lines have it, as far as they tell."""
        line, column = node.line, node.column
        if text and self.lines:
            last = min(len(self.lines), line + _MOST_LINES)
            for number in range(line, last + 1):
                start = column - 1 if number == line else 0
                found = self.lines[number - 1].find(text, start, start + _MOST_COLUMNS)
                if found >= 0:
                    return self.at(number, found + 1, text)
        shown = text or (str(node.value) if isinstance(node, Scalar) else "")
        return self.at(line, column, shown)

    def declared(
        self,
        key: Scalar,
        value: str | None,
        *,
        origin: Origin | None = None,
        references: tuple[str, ...] = (),
    ) -> Iterator[Declaration]:
        """A declaration of what `key` names; nothing where that is no variable's name."""
        name = str(key.value)
        if not NAME.fullmatch(name):
            return
        yield Declaration(
            name=name,
            location=self.place(key, name),
            kind=self.kind,
            source=self.source,
            environment=self.environment,
            value=None if value is None else Value(value),
            origin=origin,
            holder=self.holder,
            references=references,
            is_override=self.is_override,
            is_build_time=self.is_build_time,
        )

    def plain(self, node: Node | None, *, origin: Origin | None = None) -> Iterator[Declaration]:
        """The declarations of a mapping or list whose values are text and nothing else."""
        for pair in pairs(node):
            yield from self.declared(pair.key, text_of(pair.value), origin=origin)

    def read(
        self,
        name: str,
        node: Node,
        need: Need,
        *,
        default: str | None = None,
        text: str = "",
    ) -> Read:
        """A read of a variable somewhere in a node."""
        return Read(
            name=name,
            location=self.place(node, text or name),
            need=need,
            language=self.source,
            place=self.file.place,
            default=None if default is None else Value(default),
        )


_MOST_LINES = 200
_MOST_COLUMNS = 4000


def format_of(
    file: SourceFile,
    source: str,
    kind: Kind = Kind.PLATFORM,
    *,
    environment: Environment | None = None,
    is_override: bool = False,
) -> Format:
    """The format of a file that could be read."""
    lines = file.content.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    return Format(
        file=file,
        source=source,
        kind=kind,
        environment=environment,
        is_override=is_override,
        lines=tuple(lines),
    )


def pairs(node: Node | None) -> Iterator[Pair]:
    """Names and values of `{NAME: value}`, `[NAME=value, NAME]`, `[{NAME: value}]` and of
    `[{name: NAME, value: value}]`.
    """
    if isinstance(node, Mapping):
        for key, value in node.items:
            yield Pair(key=key, value=value)
        return
    for each in items(node):
        if isinstance(each, Scalar) and isinstance(each.value, str):
            name, equals, text = each.value.partition("=")
            key = Scalar(value=name.strip(), line=each.line, column=each.column)
            given = Scalar(value=text, line=each.line, column=each.column)
            yield Pair(key=key, value=given if equals else None)
        elif named := _named(each):
            yield named
        else:
            yield from (Pair(key=key, value=value) for key, value in entries(each))


def _named(node: Node) -> Pair | None:
    """The pair of `{name: NAME, value: value}`."""
    found = {str(key.value): value for key, value in entries(node)}
    name = found.get("name", found.get("key"))
    if not isinstance(name, Scalar) or not isinstance(name.value, str):
        return None
    return Pair(key=name, value=found.get("value"))


def scalars(node: Node | None) -> Iterator[Scalar]:
    """Every text of a tree once, however many aliases repeat it; keys left out."""
    seen: set[int] = set()
    waiting = [node] if node else []
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        match each:
            case Scalar(value=str()):
                yield each
            case Sequence(items=found):
                waiting.extend(reversed(found))
            case Mapping(items=found):
                waiting.extend(value for _, value in reversed(found))


def by_word(naming: Naming, text: str) -> Environment | None:
    """The environment that a word of a name tells, called by that word: `staging` for the job
    `deploy-staging`, so that all that belongs to staging has one name.
    """
    whole = naming.named(text)
    if whole is None:
        return None
    named = (naming.named(piece) for piece in re.split(r"[^A-Za-z0-9]+", text))
    return next((each for each in named if each and each.stage is whole.stage), whole)

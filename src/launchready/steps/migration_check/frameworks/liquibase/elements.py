"""Liquibase's XML, YAML and JSON as one kind of tree.

`- createTable: {tableName: users}` and `<createTable tableName="users"/>` are the same element.
XML is read by expat alone: a document that declares an entity is refused, nothing is fetched.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from launchready.config.nodes import Mapping, Node, Scalar, Sequence
from launchready.documents import entries, plain
from launchready.documents.yaml import documents_of

_MOST_DEPTH = 100


@dataclass(kw_only=True)
class Element:
    """An element with its attributes. `text` is what stands in it, from `line` and `column` on."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    text: str = ""
    text_line: int = 0
    text_column: int = 0
    is_verbatim: bool = False

    def get(self, name: str) -> str:
        """An attribute; empty if it has none."""
        return self.attributes.get(name, "")

    def named(self, name: str) -> Iterator["Element"]:
        """Its children of a name."""
        return (each for each in self.children if each.name == name)

    def first(self, name: str) -> "Element | None":
        """Its first child of a name."""
        return next(self.named(name), None)


class UnreadableChangelogError(Exception):
    """No tree can be made of a changelog: the message says why."""


def changelog_of(path: str, text: str) -> Element:
    """The `databaseChangeLog` of a file. Raises UnreadableChangelogError."""
    if path.lower().endswith(".xml"):
        return _of_xml(text)
    documents = documents_of(text)
    if documents is None:
        raise UnreadableChangelogError("it is no valid YAML")
    root = Element(name="databaseChangeLog", line=1)
    lines = text.split("\n")
    for document in documents:
        for key, value in entries(document):
            if key.value == "databaseChangeLog":
                _fill(root, value, lines)
    return root


class _Xml:
    def __init__(self, text: str) -> None:
        self.stack: list[Element] = []
        self.root: Element | None = None
        self.lines = text.split("\n")
        self.parser = expat.ParserCreate()
        self.pieces: list[str] = []
        self.is_raw = False
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartCdataSectionHandler = self.cdata
        self.parser.EntityDeclHandler = self.refuse

    def refuse(self, *_: object) -> None:
        raise UnreadableChangelogError("it declares entities, which are not followed")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.stack) > _MOST_DEPTH:
            raise UnreadableChangelogError("it is nested too deep")
        local = name.rpartition(":")[2]
        element = Element(
            name=local, line=self.parser.CurrentLineNumber, attributes=dict(attributes)
        )
        if self.stack:
            self.stack[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self.stack.append(element)
        self.pieces = []
        self.is_raw = False

    def cdata(self) -> None:
        self.is_raw = True
        if not "".join(self.pieces).strip():  # blanks before it are none of its text
            self.pieces, self.stack[-1].text_line = [], 0

    def data(self, text: str) -> None:
        element = self.stack[-1]
        if not element.text_line:
            element.text_line = self.parser.CurrentLineNumber
            element.text_column = self._column()
        self.pieces.append(text)

    def _column(self) -> int:
        """The column of the text: expat counts bytes, and gives the one where a CDATA begins."""
        line = self.lines[self.parser.CurrentLineNumber - 1 :][:1]
        before = line[0].encode()[: self.parser.CurrentColumnNumber] if line else b""
        return len(before.decode("utf-8", "replace")) + 1

    def end(self, _: str) -> None:
        element = self.stack.pop()
        if not element.children:
            element.text = "".join(self.pieces)
        element.is_verbatim = self.is_raw or not {"<", ">", "&"}.intersection(element.text)
        self.pieces = []


def _of_xml(text: str) -> Element:
    reader = _Xml(text)
    try:
        reader.parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        line = error.lineno
        raise UnreadableChangelogError(f"it is no valid XML, in line {line}") from error
    if reader.root is None or reader.root.name != "databaseChangeLog":
        raise UnreadableChangelogError("it is no changelog")
    return reader.root


def _fill(element: Element, node: Node, lines: list[str]) -> None:
    """Add to an element what a node says of it."""
    match node:
        case Mapping():
            for key, value in entries(node):
                _add(element, str(key.value), key, value, lines)
        case Sequence(items=items):
            for each in items:
                pairs = entries(each)
                for key, value in pairs:
                    _add(element, str(key.value), key, value, lines, is_item=True)
        case Scalar():
            element.text = plain(node)
            element.text_line, element.text_column = _begins(node, lines)


def _add(
    element: Element,
    name: str,
    key: Scalar,
    value: Node,
    lines: list[str],
    *,
    is_item: bool = False,
) -> None:
    if isinstance(value, Scalar) and not is_item:
        element.attributes[name] = plain(value)
        if name in ("sql", "rollback", "selectQuery", "procedureText"):
            element.text_line, element.text_column = _begins(value, lines)
        return
    if isinstance(value, Sequence) and name in ("columns", "changes", "where", "sqls"):
        _fill(element, value, lines)
        return
    child = Element(name=name, line=key.line)
    _fill(child, value, lines)
    element.children.append(child)


def _begins(node: Scalar, lines: list[str]) -> tuple[int, int]:
    """Line and column where the text of a value begins: of a block, in the line after its sign."""
    line = lines[node.line - 1] if node.line <= len(lines) else ""
    if line[node.column - 1 :][:1] not in ("|", ">"):
        return node.line, node.column
    below = lines[node.line] if node.line < len(lines) else ""
    return node.line + 1, len(below) - len(below.lstrip()) + 1

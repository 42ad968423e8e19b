"""YAML text -> a tree of values that know their line and column, within limits a file can't exceed.

Scalars follow the YAML 1.2.2 core schema (section 10.3.2), not PyYAML's 1.1: `on`, `No`, `012`,
`12:30` and `2026-01-01` stay the text that the person wrote. Duplicate keys, custom tags, merge
keys and several documents in one file are faults. Aliases are resolved, and what they expand to
counts against the limit on values, so that an alias bomb is one clear fault.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from launchready.errors import ConfigError, Fault
from launchready.model import JsonScalar

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_VALUES = 20_000

# libyaml where PyYAML carries it (ten times faster), else the same parser in Python.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULL = re.compile(r"null|Null|NULL|~|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,2})?")

# What YAML 1.2.2 does not let stand in a document (section 5.1, c-printable).
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class Scalar:
    """A single value. `line` and `column` count from 1."""

    value: JsonScalar
    line: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    line: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """Keys with their nodes, in the document's order; keys are texts and differ from each other."""

    items: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


def parse_document(content: bytes, path: str) -> Node:
    """Read one YAML document. `path` is how the file is named in faults.

    Raises ConfigError with one fault, at the place where reading could not go on.
    """
    text = _decode(content, path)
    composer = _Composer(path=path)
    try:
        return composer.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _fault(path, line, column, f"not valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise _fault(path, 1, 1, "not valid YAML") from error


def _fault(path: str, line: int, column: int, message: str) -> ConfigError:
    return ConfigError((Fault(path=path, line=line, column=column, setting="", message=message),))


def _decode(content: bytes, path: str) -> str:
    if len(content) > MAX_BYTES:
        raise _fault(
            path, 1, 1, f"the file has {len(content):,} bytes, over the limit of {MAX_BYTES:,}"
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _fault(path, 1, 1, "the file is UTF-16; save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _place(content[: error.start].decode("utf-8", "replace"))
        raise _fault(path, line, column, "not UTF-8 text; save the file as UTF-8") from error
    if bad := _UNPRINTABLE.search(text):
        line, column = _place(text[: bad.start()])
        raise _fault(path, line, column, f"character U+{ord(bad[0]):04X} may not stand in YAML")
    return text


def _place(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


@dataclass
class _Composer:
    """Builds nodes from parser events, counting values as they expand."""

    path: str
    values: int = 0

    def __post_init__(self) -> None:
        self.anchors: dict[str, tuple[Node, int]] = {}

    def document(self, events: Iterator[Any]) -> Node:
        root: Node = Scalar(value=None, line=1, column=1)
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.fault(event, "a second document begins here; keep one per file")
            elif isinstance(event, yaml.NodeEvent):
                root = self.node(event, events, depth=1)
        return root

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if depth > MAX_DEPTH:
            raise self.fault(event, f"nested deeper than {MAX_DEPTH} levels")
        before = self.values
        self.count(event, 1)
        if isinstance(event, yaml.ScalarEvent):
            node: Node = self.scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self.sequence(event, events, depth)
        else:
            node = self.mapping(event, events, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, self.values - before)
        return node

    def alias(self, event: Any) -> Node:
        if event.anchor not in self.anchors:
            raise self.fault(event, "this alias names no anchor above it")
        node, size = self.anchors[event.anchor]
        self.count(event, size)
        return node

    def count(self, event: Any, size: int) -> None:
        self.values += size
        if self.values > MAX_VALUES:
            raise self.fault(event, f"more than {MAX_VALUES:,} values, aliases expanded")

    def scalar(self, event: Any) -> Scalar:
        line, column = _mark(event)
        if event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            raise self.fault(event, "tags have no meaning here; take the !tag away")
        is_plain = event.implicit[0] and event.tag is None
        return Scalar(
            value=_resolve(event.value) if is_plain else event.value, line=line, column=column
        )

    def sequence(self, start: Any, events: Iterator[Any], depth: int) -> Sequence:
        self.refuse_tag(start)
        items: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, events, depth + 1))
        line, column = _mark(start)
        return Sequence(items=tuple(items), line=line, column=column)

    def mapping(self, start: Any, events: Iterator[Any], depth: int) -> Mapping:
        self.refuse_tag(start)
        items: dict[str, tuple[Scalar, Node]] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.key(event, items)
            items[str(key.value)] = (key, self.node(next(events), events, depth + 1))
        line, column = _mark(start)
        return Mapping(items=tuple(items.values()), line=line, column=column)

    def key(self, event: Any, items: dict[str, tuple[Scalar, Node]]) -> Scalar:
        if not isinstance(event, yaml.ScalarEvent):
            raise self.fault(event, "a key must be one word")
        self.count(event, 1)
        key = Scalar(value=event.value, line=_mark(event)[0], column=_mark(event)[1])
        if event.value == "<<":
            raise self.fault(event, "merge keys are not part of YAML 1.2; write the settings out")
        if event.value in items:
            first = items[event.value][0].line
            raise self.fault(event, f"this key stands already in line {first}; keep one of the two")
        return key

    def refuse_tag(self, event: Any) -> None:
        if event.tag not in (None, "!"):
            raise self.fault(event, "tags have no meaning here; take the !tag away")

    def fault(self, event: Any, message: str) -> ConfigError:
        line, column = _mark(event)
        return _fault(self.path, line, column, message)


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _resolve(text: str) -> JsonScalar:
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text):
        return True
    if _FALSE.fullmatch(text):
        return False
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text

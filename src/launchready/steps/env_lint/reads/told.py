"""What a source file tells, while it is being read."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from launchready.catalog.environment import words
from launchready.facts.environment import (
    Act,
    Call,
    CodeFacts,
    Declaration,
    Deed,
    DynamicRead,
    Kind,
    Need,
    Place,
    Read,
    Value,
)
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import IDENTIFIERS, STRINGS, Code, ancestors
from launchready.steps.env_lint.reads.fate import fate_of
from launchready.steps.env_lint.reads.surroundings import doubt_at, place_at, variable_around
from launchready.steps.env_lint.reads.walk import Fate, replaced
from launchready.steps.env_lint.valuing.names import is_secret_name

if TYPE_CHECKING:
    from tree_sitter import Node

NAME = Regex(r"[A-Za-z_][A-Za-z0-9_]*")
VARIABLE = Regex(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_?")
"""What names of variables look like where nothing else tells that a text is one."""
_MOST_NAMES = 100


@dataclass
class _Taken:
    """A read, and the bytes that run only where the variable is set."""

    read: Read
    at: int
    is_strict: bool
    protects: tuple[tuple[int, int], ...]


@dataclass
class Told:
    """What `code` tells so far. `shown` is the language as facts name it."""

    code: Code
    shown: str
    taken: list[_Taken] = field(default_factory=list)
    dynamic_reads: list[DynamicRead] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    wrappers: list[tuple[str, int, Need]] = field(default_factory=list)
    fallbacks: list[tuple[str, int]] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)
    imports: list[tuple[str, str]] = field(default_factory=list)
    aliases: set[tuple[str, int]] = field(default_factory=set)

    def facts(self) -> CodeFacts:
        """All of it, once each."""
        return CodeFacts(
            reads=tuple(dict.fromkeys(self._reads())),
            dynamic_reads=tuple(dict.fromkeys(self.dynamic_reads)),
            declarations=tuple(dict.fromkeys(self.declarations)),
            deeds=tuple(dict.fromkeys(self.deeds)),
            wrappers=tuple(dict.fromkeys(self.wrappers)),
            calls=tuple(self.calls),
            problem=self.code.problem,
            fallbacks=tuple(dict.fromkeys(self.fallbacks)),
            imports=tuple(self.imports),
            failing=frozenset(self.failing),
        )

    def _reads(self) -> Iterator[Read]:
        """The reads; those that a test of the same name protects are not needed."""
        ranges: dict[str, list[tuple[int, int]]] = {}
        for each in self.taken:
            if each.protects:
                ranges.setdefault(each.read.name, []).extend(each.protects)
        for each in self.taken:
            protected = ranges.get(each.read.name, ())[:_MOST_NAMES]
            is_needed = each.read.need is Need.REQUIRED and not each.is_strict
            if is_needed and any(start <= each.at < end for start, end in protected):
                yield replace(each.read, need=Need.GUARDED)
            else:
                yield self._in_its_place(each, is_needed=is_needed)

    def _in_its_place(self, each: _Taken, *, is_needed: bool) -> Read:
        """The read with what its surroundings tell."""
        read = each.read
        if read.need is not Need.REQUIRED or not each.at:
            return read
        other = variable_around(self.code, each.at) if is_needed else ""
        other = "" if other == read.name else other
        return replace(
            read,
            beside=other,
            doubt=read.doubt or (None if other else doubt_at(self.code, each.at)),
            place=place_at(self.code, each.at),
        )

    def read(
        self,
        name: str,
        at: "Node | tuple[int, int]",
        fate: Fate,
        *,
        need: Need = Need.GUARDED,
        is_exact: bool = False,
        folds_case: bool = False,
    ) -> None:
        """Add a read of `name`, which stands at `at`, a node or two bytes; `need` is what it has if
        nothing tells.
        """
        need = fate.need or need
        start, end = at if isinstance(at, tuple) else self.code.inner(at)
        read = Read(
            name=name,
            location=self.code.location(start, end),
            need=need,
            language=self.shown,
            place=self.code.file.place,
            default=fate.default if need is Need.DEFAULT else None,
            makes_default=fate.makes_default if need is Need.DEFAULT else "",
            takes_as=fate.takes_as,
            is_exact=is_exact,
            folds_case=folds_case,
        )
        self.taken.append(_Taken(read, start, fate.is_strict, fate.protects))

    def found(self, read: Read) -> None:
        """Add a read that was made elsewhere."""
        self.taken.append(_Taken(read, 0, is_strict=True, protects=()))

    def take(
        self,
        name: "Node | None",
        access: "Node",
        *,
        need: Need = Need.GUARDED,
        default: "Node | None" = None,
        begins: Fate | None = None,
        is_exact: bool = False,
        prefix: str = "",
    ) -> None:
        """Add the read of what the expression `name` names, by the expression `access`.

        `need` is what it has where nothing tells, REQUIRED where the access itself fails without
        it. `default` is the argument that takes its place, `begins` what is known besides.
        """
        if name is None:
            return
        fate = begins or Fate()
        if default is not None:
            fate = replaced(self.code, fate, default)
        fate = fate_of(self.code, access, fate)
        if need is Need.REQUIRED and fate.need is not Need.DEFAULT:
            protects = () if fate.need is Need.REQUIRED else fate.protects
            fate = replace(fate, need=Need.REQUIRED, protects=protects)
        for text, at in self.texts(name):
            if NAME.fullmatch(prefix + text):
                self.read(prefix + text, at, fate, need=need, is_exact=is_exact)
                self._turned_to_text(prefix + text, at, fate, need)
                continue
            break
        else:
            if not self._is_literal(name):
                self._computed(name, fate, need)

    def _is_literal(self, name: "Node") -> bool:
        return bool(next(self.texts(name), None))

    def _turned_to_text(self, name: str, at: "Node", fate: Fate, need: Need) -> None:
        if not fate.is_text or fate.need is not None or need is not Need.GUARDED:
            return
        if self.shown == "python" and is_secret_name(name):
            self.deed(Act.TURNS_TO_TEXT, at, name=name)

    def deed(self, act: Act, at: "Node", *, name: str = "", detail: str = "") -> None:
        """Add a deed."""
        self.deeds.append(
            Deed(
                act=act,
                location=self.code.place(at),
                name=name,
                detail=detail,
                place=self.code.file.place,
            )
        )

    def texts(self, node: "Node") -> Iterator[tuple[str, "Node"]]:
        """The texts that an expression may be: a literal, a constant, what a loop goes through."""
        text = self.code.string(node)
        if text is not None:
            yield text, node
        elif node.type in IDENTIFIERS or node.type in ("variable_name", "simple_symbol"):
            name = self.code.text(node)
            if not self.parameter(node):
                looped = _looped_over(self.code, node)
                yield from self._listed(looped if looped is not None else self.code.constant(name))

    def _listed(self, node: "Node | None") -> Iterator[tuple[str, "Node"]]:
        if node is None:
            return
        text = self.code.string(node)
        if text is not None:
            yield text, node
            return
        if node.type in IDENTIFIERS and (given := self.code.constant(self.code.text(node))):
            node = given
        if node.type in _LISTS:
            for child in node.named_children[:_MOST_NAMES]:
                if (text := self.code.string(child)) is not None:
                    yield text, child

    def parameter(self, node: "Node") -> tuple[str, int] | None:
        """The function whose parameter the name is, and the parameter's number."""
        function = self.code.function_around(node)
        if function is None:
            return None
        names = [parameter.name for parameter in self.code.parameters(function)]
        text = self.code.text(node)
        if text not in names:
            return None
        return self.code.text(function.child_by_field_name("name")), names.index(text)

    def _computed(self, name: "Node", fate: Fate, need: Need) -> None:
        found = self.parameter(name) if name.type in IDENTIFIERS else None
        if found is None:
            self.dynamic(name)
            return
        function, number = found
        if fate.fallback:
            need = self._fallback(name, function, fate)
        elif fate.need is not None:
            need = fate.need
        if need is Need.REQUIRED:
            self.failing.add(function)
        self.wrappers.append((function, number, need))

    def _fallback(self, name: "Node", function: str, fate: Fate) -> Need:
        """What a wrapper needs that takes its default as a parameter."""
        around = self.code.function_around(name)
        parameters = self.code.parameters(around) if around is not None else []
        for number, parameter in enumerate(parameters):
            if parameter.name == fate.fallback:
                self.fallbacks.append((function, number))
                if parameter.default is None:
                    return Need.REQUIRED
                is_nothing = self.code.is_nothing(parameter.default)
                return Need.GUARDED if is_nothing else Need.DEFAULT
        return Need.DEFAULT

    def dynamic(self, name: "Node") -> None:
        """Add a read whose name is made at run time."""
        begins, ends = _ends_of(self.code, name)
        self.dynamic_reads.append(
            DynamicRead(
                location=self.code.place(name),
                begins=begins,
                ends=ends,
                place=self.code.file.place,
            )
        )

    def declared(self, name: str, at: "Node", value: Value | None = None) -> None:
        """What the program sets for itself, nobody else need declare."""
        if self.code.file.place is Place.CODE and NAME.fullmatch(name):
            self.declarations.append(
                Declaration(
                    name=name,
                    location=self.code.place(at),
                    kind=Kind.SCHEMA,
                    source="assignment",
                    value=value,
                )
            )


_LISTS = words(
    """
    list tuple set array string_array array_creation_expression array_expression
    expression_list composite_literal literal_value
    """
)


def _looped_over(code: Code, node: "Node") -> "Node | None":
    """What the loop goes through whose variable this is."""
    name = code.text(node)
    for each in ancestors(node):
        if each.type in ("for_statement", "for_in_clause", "for_expression"):
            left = each.child_by_field_name("left")
            if left is not None and code.text(left) == name:
                return each.child_by_field_name("right")
        if each.type in ("list_comprehension", "generator_expression", "set_comprehension"):
            for clause in each.named_children:
                left = clause.child_by_field_name("left")
                if left is not None and code.text(left) == name:
                    return clause.child_by_field_name("right")
        if each.type in ("block", "do_block") and code.language == "ruby":
            held = each.child_by_field_name("parameters")
            if held is not None and code.text(held).strip("| ") == name and each.parent is not None:
                return each.parent.child_by_field_name("receiver")
    return None


def _ends_of(code: Code, node: "Node") -> tuple[str, str]:
    """How the text of a computed name begins and ends, as far as it is known."""
    if node.type in STRINGS:
        start, end = code.inner(node)
        computed = [child for child in node.named_children if not child.type.startswith("string_")]
        if computed:
            begins = code.content[start : computed[0].start_byte]
            ends = code.content[computed[-1].end_byte : end]
            return _known(begins), _known(ends)
    if node.type in ("binary_operator", "binary_expression", "binary") and node.named_child_count:
        first, last = node.named_child(0), node.named_child(node.named_child_count - 1)
        return code.string(first) or "", code.string(last) or ""
    return "", ""


def _known(part: bytes) -> str:
    text = part.decode("utf-8", "replace")
    return text if NAME.fullmatch("A" + text) else ""

"""What a source file tells, while it is being read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

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
from launchready.steps.env_lint.reads.code import IDENTIFIERS, Code
from launchready.steps.env_lint.reads.fate import fate_of
from launchready.steps.env_lint.reads.taken import Taken, reads_of
from launchready.steps.env_lint.reads.walk import Fate, replaced
from launchready.steps.env_lint.valuing.names import is_secret_name

if TYPE_CHECKING:
    from tree_sitter import Node
from launchready.steps.env_lint.reads.spelled import LISTS, NAME, ends_of, looped_over

VARIABLE = Regex(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_?")
"""What names of variables look like where nothing else tells that a text is one."""
_MOST_NAMES = 100


@dataclass(eq=False, repr=False)
class Told:
    """What `code` tells so far. `shown` is the language as facts name it."""

    code: Code
    shown: str
    taken: list[Taken] = field(default_factory=list)
    dynamic_reads: list[DynamicRead] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    wrappers: list[tuple[str, int, Need]] = field(default_factory=list)
    fallbacks: list[tuple[str, int]] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)
    imports: list[tuple[str, str]] = field(default_factory=list)
    aliases: set[tuple[str, int]] = field(default_factory=set)
    constants: list[tuple[str, Read]] = field(default_factory=list)

    def facts(self) -> CodeFacts:
        """All of it, once each."""
        return CodeFacts(
            reads=tuple(dict.fromkeys(reads_of(self.code, self.taken))),
            dynamic_reads=tuple(dict.fromkeys(self.dynamic_reads)),
            declarations=tuple(dict.fromkeys(self.declarations)),
            deeds=tuple(dict.fromkeys(self.deeds)),
            wrappers=tuple(dict.fromkeys(self.wrappers)),
            calls=tuple(self.calls),
            problem=self.code.problem,
            fallbacks=tuple(dict.fromkeys(self.fallbacks)),
            imports=tuple(self.imports),
            failing=frozenset(self.failing),
            constants=tuple(dict.fromkeys(self.constants)),
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
        self.taken.append(Taken(read, start, fate.is_strict, fate.protects))

    def found(self, read: Read) -> None:
        """Add a read that was made elsewhere."""
        self.taken.append(Taken(read, 0, is_strict=True, protects=()))

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
                looped = looped_over(self.code, node)
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
        if node.type in LISTS:
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
            self._of_constant(name, fate, need)
            return
        function, number = found
        if fate.fallback:
            need = self._fallback(name, function, fate)
        elif fate.need is not None:
            need = fate.need
        if need is Need.REQUIRED:
            self.failing.add(function)
        self.wrappers.append((function, number, need))

    def _of_constant(self, name: "Node", fate: Fate, need: Need) -> None:
        """A name that another file gives a text to: `DATABASE`, `names.DATABASE`."""
        last = re.fullmatch(r"(?:\w+(?:\.|::|->))*([A-Z]\w{2,60})", self.code.text(name)[:200])
        if last is None or self.code.constant(last[1]) is not None:
            return
        start, end = self.code.inner(name)
        read = Read(
            name="",
            location=self.code.location(start, end),
            need=fate.need or need,
            language=self.shown,
            place=self.code.file.place,
            default=fate.default if fate.need is Need.DEFAULT else None,
            takes_as=fate.takes_as,
        )
        self.constants.append((last[1], read))

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
        begins, ends = ends_of(self.code, name)
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

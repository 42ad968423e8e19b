"""Reads of one script: what is taken out of the environment, and what becomes of each value."""

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from launchready.facts.environment import (
    Declaration,
    Deed,
    DynamicRead,
    Kind,
    Need,
    Place,
    Read,
)
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.beside import Guards
from launchready.steps.env_lint.reads.javascript.doubt import doubted
from launchready.steps.env_lint.reads.javascript.fate import Fate
from launchready.steps.env_lint.reads.javascript.flow import is_after_exit
from launchready.steps.env_lint.reads.javascript.found import (
    Computed,
    Parameter,
    Site,
    Whole,
    Written,
)
from launchready.steps.env_lint.reads.javascript.functions import is_conditional, parameters_of
from launchready.steps.env_lint.reads.javascript.need import fate_of, of_variable
from launchready.steps.env_lint.reads.javascript.sites import found_at
from launchready.steps.env_lint.reads.javascript.sources import Holder, holders
from launchready.steps.env_lint.reads.javascript.syntax import Script, inside, outside

if TYPE_CHECKING:
    from tree_sitter import Node
from launchready.steps.env_lint.reads.javascript.reading import protected_places, read_of

_NAME = Regex(r"[A-Za-z_][A-Za-z0-9_]*")
_OF_VITE = frozenset({"MODE", "DEV", "PROD", "SSR", "BASE_URL", "LEGACY"})
_OF_CLOUDFLARE = "cloudflare:workers"
_BEGINS = Regex(rb"""\.startsWith\(\s*["'`]([A-Za-z_]\w{0,60})["'`]""")
_NEAR = 300
_METHODS = frozenset({"parent", "toString", "constructor", "hasOwnProperty", "length"})


@frozen
class Taken:
    """A variable that is taken, and the fate of its value."""

    site: Site
    fate: Fate


@dataclass(eq=False, repr=False)
class Told:
    """What a script tells so far. `spoken_for` are the bytes where a name stands
    that another part of the script tells of: a schema."""

    taken: list[Taken] = field(default_factory=list)
    whole: list[Whole] = field(default_factory=list)
    computed: list[Computed] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    wrappers: list[tuple[str, int, Need]] = field(default_factory=list)
    fallbacks: list[tuple[str, int]] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)
    spoken_for: set[int] = field(default_factory=set)

    def within(self, start: int, end: int) -> list[Taken]:
        """The variables that are taken between two bytes. `taken` is in the order of the text."""
        first = bisect_left(self.taken, start, key=_start)
        return self.taken[first : bisect_left(self.taken, end, key=_start)]

    def protected(self) -> frozenset[int]:
        """The bytes where a variable is taken that a test has found to be set."""
        return protected_places((t.site.name, _start(t), t.fate) for t in self.taken)


def _start(taken: Taken) -> int:
    return taken.site.at.start_byte


def collect(script: Script, told: Told) -> None:
    """Find everything that a script takes out of the environment, in the order of its text."""
    seen: set[tuple[int, str]] = set()
    for holder in holders(script):
        for found in found_at(script, holder):
            match found:
                case Site():
                    key = (found.at.start_byte, found.name)
                    if key not in seen and _is_variable(found, holder):
                        seen.add(key)
                        told.taken.append(Taken(site=found, fate=_fate(script, found)))
                case Parameter():
                    _add_wrapper(script, found, told)
                case Computed():
                    told.computed.append(found)
                case Whole():
                    told.whole.append(found)
                case Written():
                    told.written.append(found)
    told.taken.sort(key=_start)
    told.computed.sort(key=lambda each: each.at.start_byte)
    told.written.sort(key=lambda each: each.at.start_byte)
    told.whole.sort(key=lambda each: each.node.start_byte)


def _is_variable(site: Site, holder: Holder) -> bool:
    if not _NAME.fullmatch(site.name) or site.name in _METHODS:
        return False
    if holder.origin == "import.meta":
        return site.name not in _OF_VITE
    if holder.origin == _OF_CLOUDFLARE and site.node is not None:
        parent = outside(site.node).parent
        return parent is None or parent.type != "member_expression"
    return True


def _fate(script: Script, site: Site) -> Fate:
    if site.is_tested:
        return Fate(need=Need.GUARDED)
    if site.node is not None:
        return fate_of(script, site.node)
    if site.default is not None:
        return _defaulted(script, site.default)
    if site.variable is not None:
        return of_variable(script, site.variable, Fate())
    return Fate()


def _defaulted(script: Script, default: "Node") -> Fate:
    default = inside(default)
    makes = script.called(default)[:80] if default.type == "call_expression" else ""
    return Fate(need=Need.DEFAULT, default=script.value(default), makes_default=makes)


def _add_wrapper(script: Script, found: Parameter, told: Told) -> None:
    fate = fate_of(script, found.node)
    need = fate.need or Need.REQUIRED
    if fate.fallback:
        parameters = parameters_of(script, found.definition)
        names = [name for name, _ in parameters]
        if fate.fallback in names:
            number = names.index(fate.fallback)
            parameter = parameters[number][1]
            has_default = bool(
                parameter.child_by_field_name("value") or parameter.child_by_field_name("right")
            )
            told.fallbacks.append((found.function, number))
            need = Need.DEFAULT if has_default else Need.REQUIRED
    if fate.need is Need.REQUIRED:
        told.failing.add(found.function)
    told.wrappers.append((found.function, found.number, need))


def written(script: Script, told: Told) -> tuple[Declaration, ...]:
    """What the program sets for itself: nobody else need declare it."""
    if script.place is not Place.CODE:
        return ()
    return tuple(
        Declaration(
            name=each.name,
            location=script.location(each.at),
            kind=Kind.SCHEMA,
            source="assignment",
        )
        for each in told.written
        if _NAME.fullmatch(each.name)
    )


def dynamic_reads(script: Script, told: Told) -> tuple[DynamicRead, ...]:
    """The reads of names that are made at run time."""
    picked = (_picked(script, whole) for whole in told.whole)
    return tuple(
        DynamicRead(
            location=script.location(each.at),
            begins=each.begins,
            ends=each.ends,
            place=script.place,
        )
        for each in dict.fromkeys((*told.computed, *picked))
        if each is not None
    )


def _picked(script: Script, whole: Whole) -> Computed | None:
    """`Object.keys(process.env).filter((key) => key.startsWith("FEATURE_"))`."""
    parent = whole.node.parent
    call = parent.parent if parent is not None and parent.type == "arguments" else None
    is_loop = parent is not None and parent.type == "for_in_statement"
    if not is_loop and (call is None or not script.called(call).startswith("Object.")):
        return None
    end = whole.node.end_byte
    begins = _BEGINS.search(script.content, end, end + _NEAR)
    return None if begins is None else Computed(at=whole.node, begins=begins[1].decode())


def to_reads(script: Script, told: Told) -> None:
    """Make reads of what was taken, with the tests of the same name elsewhere in the script."""
    protected = told.protected()
    guards = Guards((t.site.name, t.fate) for t in told.taken)
    tested = {t.site.name for t in told.taken if t.fate.test and not t.fate.test.throws}
    told.taken.sort(key=_start)
    for each in told.taken:
        at = each.site.at.start_byte
        if at in told.spoken_for:
            continue
        need = each.fate.need or Need.REQUIRED
        if need is Need.REQUIRED and not each.fate.is_strict and at in protected:
            need = Need.GUARDED
        elif each.fate.need is None and each.site.name in tested and _hangs(each.site.at):
            need = Need.GUARDED  # the condition hangs on the test, by ways that are not followed
        read = read_of(script, each.site.name, each.site.at, each.fate, need)
        if need is Need.REQUIRED and not each.fate.is_strict:
            read = replace(read, beside=guards.around(at, each.site.name))
        read = doubted(script, read, each.site.node or each.site.at, each.fate)
        told.reads.append(read)


def _hangs(node: "Node") -> bool:
    """Whether a node runs only under some condition, or after something that may end it."""
    return is_conditional(node) or is_after_exit(node)

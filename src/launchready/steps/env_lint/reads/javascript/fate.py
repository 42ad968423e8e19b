"""What becomes of a value that is read, and what takes its place where it is not set."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Need, Value
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.reads.javascript.flow import Test
from launchready.steps.env_lint.reads.javascript.functions import function_around, parameters_of
from launchready.steps.env_lint.reads.javascript.syntax import Script, inside

if TYPE_CHECKING:
    from tree_sitter import Node

_READS = Regex(r"(?:process|import\.meta|Bun|Deno)\??\.env\b")
_FAILS = Regex(r"throw|fail|raise|panic|\bdie\b|missing|invariant|unreachable", re.IGNORECASE)
_NOTHING = ("undefined", "null")


@frozen
class Fate:
    """How a read value is used.

    `need` is None where nothing but the use itself tells: it is needed unless a test elsewhere
    protects it. `fallback` is the parameter that takes its place. `is_strict` says that the program
    stops without it.
    """

    need: Need | None = None
    default: Value | None = None
    makes_default: str = ""
    fallback: str = ""
    takes_as: str = ""
    is_strict: bool = False
    test: Test | None = None

    def taking(self, what: str) -> "Fate":
        """The same, taken as `what` if nothing was known."""
        return self if self.takes_as or not what else replace(self, takes_as=what)


def replaced(script: Script, fate: Fate, other: "Node | None") -> Fate:
    """The fate of a value that `other` stands in for where it is not set."""
    if other is None:
        return fate
    other = inside(other)
    text = script.text(other)[:300]
    literal = script.value(other)
    if other.type in ("undefined", "null") or text in _NOTHING or _READS.match(text):
        return replace(fate, need=Need.GUARDED)
    if other.type in ("call_expression", "new_expression"):
        name = script.called(other)[:80]
        if _FAILS.search(name) or "throw " in text:
            return replace(fate, need=Need.REQUIRED, is_strict=True)
        return replace(fate, need=Need.DEFAULT, makes_default=name)
    if other.type == "identifier":
        return _replaced_by_name(script, fate, other, text)
    return replace(fate, need=Need.DEFAULT, default=literal)


def _replaced_by_name(script: Script, fate: Fate, other: "Node", name: str) -> Fate:
    function = function_around(other)
    if function is not None and any(n == name for n, _ in parameters_of(script, function)):
        return replace(fate, need=Need.DEFAULT, fallback=name)
    return replace(fate, need=Need.DEFAULT, default=script.value(script.constant(name)))

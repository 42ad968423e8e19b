"""The nouns of `fate`: what is known of a value, and the way up from where it is read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from launchready.facts.environment import Need, Value
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import IDENTIFIERS, Code
from launchready.steps.env_lint.reads.dialect import READS, Dialect

if TYPE_CHECKING:
    from tree_sitter import Node

FAILS = Regex(
    r"\b(?:raise(?!\s*(?:\Z|[\n;]|if\b|unless\b))|throw|panic!?|abort|die|(?:_?exit|Exit)(?!\s*\(?\s*0\b)|Fatal\w*|fatal|Panic\w*|bail!"
    r"|errors\.New|fmt\.Errorf|ImproperlyConfigured|fail(?=\())(?!\w)"
)
_FAILS_ALONE = Regex(r"(?:error|fail|TODO)\(|panic!")
TRUTHS = frozenset({"true", "false", "1", "0", "yes", "no", "on", "off"})
_BLOCKS = frozenset({"block", "do_block", "closure_expression", "lambda_expression"})


@frozen
class Fate:
    """How a read value is used.

    `need` is None where nothing tells. `fallback` is the parameter that takes its place. A tested
    value has become true or false: `is_negated` says that true means it is not set, `is_joined`
    that another test may make up for it. `protects` are the bytes that run only if it is set;
    `is_text` says that it becomes a part of a text as it is.
    """

    need: Need | None = None
    default: Value | None = None
    makes_default: str = ""
    fallback: str = ""
    takes_as: str = ""
    is_tested: bool = False
    is_negated: bool = False
    is_joined: bool = False
    is_strict: bool = False
    is_text: bool = False
    protects: tuple[tuple[int, int], ...] = ()

    def taking(self, what: str) -> "Fate":
        """The same, taken as `what` if nothing was known."""
        return self if self.takes_as or not what else replace(self, takes_as=what)

    def needing(self, need: Need) -> "Fate":
        """The same, with this need if nothing was known."""
        return self if self.need else replace(self, need=need)


@dataclass(eq=False, repr=False)
class Walk:
    """One way up from a value: `node` is the expression that holds it so far. `follow` begins
    another way, `depth` counts those that this one is within."""

    code: Code
    dialect: Dialect
    node: "Node"
    fate: Fate
    depth: int
    follow: Callable[[Code, "Node", Fate, int], Fate]


def looked_at(fate: Fate) -> Fate:
    return replace(fate.needing(Need.GUARDED), is_tested=True)


def replaced(code: Code, fate: Fate, other: "Node | None") -> Fate:
    """The fate of a value that `other` stands in for where it is not set."""
    if other is None or fate.need is Need.REQUIRED:
        return fate
    if code.is_nothing(other):
        return fate
    text = code.text(other)[:400]
    if (
        FAILS.match(text)
        or _FAILS_ALONE.match(text)
        or (other.type in _BLOCKS and FAILS.search(text))
    ):
        return replace(fate, need=Need.REQUIRED, is_strict=True)
    inner = _last_of(other)
    if inner.type in IDENTIFIERS:
        return _replaced_by_name(code, fate, inner)
    literal = code.literal(inner)
    if literal is None and READS.search(text):
        return replace(fate, need=Need.GUARDED)
    makes = code.called(inner)[:80] if literal is None else ""
    if makes and (given := _of_text(code, inner)) is not None:
        literal, makes = given, ""
    return replace(fate, need=Need.DEFAULT, default=literal, makes_default=makes)


def _last_of(node: "Node") -> "Node":
    """What a block or parentheses with one expression give."""
    for _ in range(6):
        body = node.child_by_field_name("body")
        if node.type in _BLOCKS and body is not None:
            node = body
        elif node.type in ("block_body", "body_statement", "parenthesized_expression"):
            if node.named_child_count != 1:
                return node
            node = node.named_child(0)
        else:
            return node
    return node


def _of_text(code: Code, call: "Node") -> Value | None:
    """The literal of `"d".to_string()`, `String::from("d")` and `Path("d")`."""
    function = call.child_by_field_name("function")
    if function is not None and function.type == "field_expression":
        return code.literal(function.child_by_field_name("value"))
    if code.called(call) in ("String.from", "PathBuf.from", "Path", "str"):
        arguments = code.arguments(call)
        return code.literal(arguments[0].node) if arguments else None
    return None


def _replaced_by_name(code: Code, fate: Fate, other: "Node") -> Fate:
    name = code.text(other)
    function = code.function_around(other)
    if function is not None and any(p.name == name for p in code.parameters(function)):
        return replace(fate, need=Need.DEFAULT, fallback=name)
    return replace(fate, need=Need.DEFAULT, default=code.literal(code.constant(name)))

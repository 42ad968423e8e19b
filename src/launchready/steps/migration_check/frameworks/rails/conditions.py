"""Conditions that the repository itself answers: which database, and which direction."""

from typing import TYPE_CHECKING

from launchready.facts.schema import Engine
from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.rails.evaluating import Evaluator

if TYPE_CHECKING:
    from tree_sitter import Node

_ENGINES = Regex(r"(?i)(postg|mysql|trilogy|mariadb|sqlite|sqlserver|oracle|cockroach)")
_NEGATED = Regex(r"!=|!~|\bnot\b")
_NAMES = {
    "postg": (Engine.POSTGRESQL,),
    "mysql": (Engine.MYSQL, Engine.MARIADB),
    "trilogy": (Engine.MYSQL, Engine.MARIADB),
    "mariadb": (Engine.MARIADB,),
    "sqlite": (Engine.SQLITE,),
}
_DEEPEST = 20


def is_met(
    node: "Node | None", known: Evaluator, *, is_reverting: bool, depth: int = 0
) -> bool | None:
    """Whether a condition holds; None where only the database can tell."""
    if node is None or depth > _DEEPEST:
        return None

    def inner(each: "Node | None") -> bool | None:
        return is_met(each, known, is_reverting=is_reverting, depth=depth + 1)

    if node.type == "parenthesized_statements" and len(node.named_children) == 1:
        return inner(node.named_children[0])
    if node.type == "identifier" and (last := known.last(known.code.of(node))) is not None:
        return inner(last)
    operator = known.code.of(node.child_by_field_name("operator"))
    if node.type == "unary" and operator in ("!", "not"):
        return _not(inner(node.child_by_field_name("operand")))
    if node.type == "binary" and operator in ("&&", "and", "||", "or"):
        left, right = (inner(node.child_by_field_name(each)) for each in ("left", "right"))
        return _both(left, right) if operator in ("&&", "and") else _either(left, right)
    return _plain(node, known, is_reverting=is_reverting)


def _plain(node: "Node", known: Evaluator, *, is_reverting: bool) -> bool | None:
    text = known.code.of(node)
    if text in ("reverting?", "self.reverting?"):
        return is_reverting
    if "adapter" in text:
        return _names(text, known)
    value = known.value(node)
    return value if isinstance(value, bool) else None


def _not(met: bool | None) -> bool | None:
    return None if met is None else not met


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return True if left and right else None


def _either(left: bool | None, right: bool | None) -> bool | None:
    if left or right:
        return True
    return False if left is False and right is False else None


def _names(text: str, known: Evaluator) -> bool | None:
    """Whether the adapter's name is one of those that a comparison names."""
    found = {word.lower() for word in _ENGINES.findall(text)}
    if not found:
        return None
    met = any(known.on.engine in _NAMES.get(word, ()) for word in found)
    return not met if _NEGATED.search(text) else met

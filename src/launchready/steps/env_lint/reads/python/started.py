"""Variables that a program gives to another that it starts: `env["NAME"] = value`.

Source: https://docs.python.org/3/library/subprocess.html#subprocess.Popen, its argument `env`.
"""

from itertools import islice
from typing import TYPE_CHECKING

from launchready.regex import Regex
from launchready.steps.env_lint.reads.dialect import READS
from launchready.steps.env_lint.reads.told import VARIABLE, Told

if TYPE_CHECKING:
    from tree_sitter import Node

_ENTRY = Regex(rb"""\b\w*env(?:ironment)?(?:_\w+)?\[\s*["']([A-Z][A-Z0-9_]+)["']\s*\]\s*=(?!=)""")
_TABLE = Regex(
    rb"\b\w*env(?:ironment)?(?:_\w+)?\s*(?::[^=\n()]{0,60})?"
    rb"(?:=\s*|\.update\(\s*|\]\s*=\s*)(\{)(?=\s*(?:\*\*|[\"']|#))"
)
_MOST = 200


def started(told: Told) -> None:
    """Declare what stands in such tables, unless it only hands on what the program itself got."""
    content = told.code.content
    for match in islice(_ENTRY.finditer(content), _MOST):
        node = told.code.node_at(*match.span(1))
        holder = _assignment(node)
        if node is not None and holder is not None and not told.code.is_deep(match.start()):
            _declare(told, match[1].decode(), node, holder.child_by_field_name("right"))
    for match in islice(_TABLE.finditer(content), _MOST):
        node = told.code.node_at(*match.span(1))
        table = node.parent if node is not None else None
        if table is None or table.type != "dictionary" or told.code.is_deep(match.start()):
            continue
        for pair in table.named_children[:_MOST]:
            key = pair.child_by_field_name("key")
            if key is not None and VARIABLE.fullmatch(told.code.string(key) or ""):
                name = told.code.string(key) or ""
                _declare(told, name, key, pair.child_by_field_name("value"))


def _declare(told: Told, name: str, at: "Node", value: "Node | None") -> None:
    if not READS.search(told.code.text(value)):
        told.declared(name, at)


def _assignment(node: "Node | None") -> "Node | None":
    for _ in range(5):
        if node is None or node.type == "assignment":
            return node
        node = node.parent
    return None

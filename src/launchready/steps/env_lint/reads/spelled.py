"""What names are spelled of: what a loop goes through, the known ends of a computed text."""

from typing import TYPE_CHECKING

from launchready.catalog.environment import words
from launchready.regex import Regex
from launchready.steps.env_lint.reads.code import STRINGS, Code, ancestors

if TYPE_CHECKING:
    from tree_sitter import Node


NAME = Regex(r"[A-Za-z_][A-Za-z0-9_]*")
LISTS = words(
    """
    list tuple set array string_array array_creation_expression array_expression
    expression_list composite_literal literal_value
    """
)


def looped_over(code: Code, node: "Node") -> "Node | None":
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


def ends_of(code: Code, node: "Node") -> tuple[str, str]:
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

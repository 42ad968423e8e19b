"""Lists and tables of texts in a script: names that a loop or a look-up gives to a read."""

from typing import TYPE_CHECKING

from launchready.steps.env_lint.reads.javascript.syntax import Script, arguments_of, inside

if TYPE_CHECKING:
    from tree_sitter import Node


def elements_called_with(script: Script, function: "Node") -> list[tuple[str, "Node"]]:
    """The elements of a list of this file whose `map`, `filter`, … this function is given to."""
    arguments = function.parent
    call = arguments.parent if arguments is not None and arguments.type == "arguments" else None
    method = call.child_by_field_name("function") if call is not None else None
    if method is None or method.type != "member_expression":
        return []
    return literals_in(script, method.child_by_field_name("object"))


def literals_in(script: Script, node: "Node | None", depth: int = 0) -> list[tuple[str, "Node"]]:
    """The strings of a list or of a table's values, through a constant that holds it."""
    node = None if node is None else inside(node)
    if node is None or depth > 3:
        return []
    if node.type == "identifier":
        return literals_in(script, script.constant(script.text(node)), depth + 1)
    if node.type == "call_expression":  # Object.values(NAMES), Object.keys(NAMES), NAMES.filter()
        method = node.child_by_field_name("function")
        arguments = arguments_of(node)
        if script.called(node) in ("Object.values", "Object.freeze", "new Set") and arguments:
            return literals_in(script, arguments[0], depth + 1)
        if script.called(node) == "Object.keys" and arguments:
            return _keys_of(script, arguments[0])
        owner = method.child_by_field_name("object") if method is not None else None
        return literals_in(script, owner, depth + 1)
    found = []
    for each in node.named_children[:500] if node.type in ("array", "object") else ():
        value = each.child_by_field_name("value") if each.type == "pair" else each
        text = script.string(None if value is None else inside(value))
        if text and value is not None:
            found.append((text, inside(value)))
    return found


def _keys_of(script: Script, node: "Node") -> list[tuple[str, "Node"]]:
    table = inside(node)
    if table.type == "identifier":
        table = script.constant(script.text(table)) or table
    keys = (each.child_by_field_name("key") for each in table.named_children[:500])
    return [(script.string(k) or script.text(k), k) for k in keys if k is not None]

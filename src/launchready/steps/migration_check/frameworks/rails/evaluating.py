"""What an expression of a migration is worth, so far as it can be told without running it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.rails.literals import literal
from launchready.steps.migration_check.frameworks.rails.names import table_of_model
from launchready.steps.migration_check.frameworks.rails.types import Dialect
from launchready.steps.migration_check.frameworks.rails.values import (
    UNKNOWN,
    Connection,
    Constant,
    Raw,
    Rows,
)
from launchready.steps.migration_check.frameworks.syntax.code import Code, hole

if TYPE_CHECKING:
    from tree_sitter import Node

DEEPEST = 60
_ESCAPES: Mapping[str, str] = {"n": "\n", "t": "\t", "r": "\r", "s": " ", "0": "", "e": ""}
_SAME = frozenset({
    "squish", "strip", "freeze", "to_s", "to_sym", "strip_heredoc", "chomp", "html_safe", "dup",
    "presence", "to_str", "lstrip", "rstrip", "itself", "to_a", "symbolize_keys", "to_h",
    "with_indifferent_access", "sort", "uniq", "compact", "each", "quote_table_name",
    "quote_column_name", "sql", "unscoped", "all", "reverse",
})  # fmt: skip
"""Methods that change nothing here."""
CONNECTIONS = frozenset({"connection", "lease_connection", "conn", "retrieve_connection"})
_FILTERS = frozenset({
    "where", "not", "joins", "left_joins", "includes", "limit", "order", "in_batches", "find",
    "find_by", "where!", "merge", "rewhere", "having", "or", "and", "none", "from", "first", "last",
    "take", "find_by!", "left_outer_joins", "distinct", "select", "group", "find_each", "each",
    "find_in_batches", "offset", "reorder", "preload", "eager_load", "references", "with_deleted",
    "only_deleted", "with_discarded", "kept", "lock", "readonly", "unscope", "batch", "new",
})  # fmt: skip


class Evaluator:
    """Values of expressions of one file. `names` are variables and constants, `models` the tables
    of classes that the file defines; `call` gives what one of the file's own methods returns,
    `last` the expression that it ends with.
    """

    def __init__(self, code: Code, on: Dialect, has_table: Callable[[str], bool]) -> None:
        self.code, self.on = code, on
        self.names: dict[str, object] = {}
        self.models: dict[str, str] = {}
        self.key = ""
        self.call: Callable[[str], object] = lambda _: UNKNOWN
        self.last: Callable[[str], Node | None] = lambda _: None
        self._has_table = has_table
        self._bodies: dict[int, Node] = {}
        if code.root is not None and "<<" in code.text:
            self._pair_heredocs(code.root)

    def _pair_heredocs(self, root: "Node") -> None:
        """Which text belongs to which `<<~SQL`: they come in the same order."""
        begun: list[Node] = []
        waiting, bodies = [root], []
        while waiting:
            node = waiting.pop()
            if node.type == "heredoc_beginning":
                begun.append(node)
            elif node.type == "heredoc_body":
                bodies.append(node)
            waiting.extend(reversed(node.children))
        self._bodies = {start.id: body for start, body in zip(begun, bodies, strict=False)}

    def value(self, node: "Node | None", depth: int = 0) -> object:
        """A value; UNKNOWN for what cannot be told."""
        if node is None or depth > DEEPEST:
            return UNKNOWN
        if (plain := _PLAIN.get(node.type)) is not None:
            return plain[0]
        read = getattr(self, f"_{node.type}", None)
        return read(node, depth + 1) if read is not None else UNKNOWN

    def _string(self, node: "Node", depth: int) -> object:
        return self._text(node.named_children, depth)

    _delimited_symbol = _bare_string = _bare_symbol = _string

    def _heredoc_beginning(self, node: "Node", depth: int) -> object:
        body = self._bodies.get(node.id)
        if body is None:
            return UNKNOWN
        parts = [each for each in body.named_children if each.type != "heredoc_end"]
        return self._text(parts, depth)

    def _text(self, parts: list["Node"], depth: int) -> str:
        """A text; what cannot be told of it is a placeholder."""
        kinds = {each.type for each in parts}
        holes = {
            each.id: self._inside(each, depth) for each in parts if each.type == "interpolation"
        }
        if not parts:
            return ""
        if "escape_sequence" not in kinds and all(each is UNKNOWN for each in holes.values()):
            return self.code.written(parts[0].start_byte, parts[-1].end_byte)
        found = []
        for each in parts:
            words = self.code.of(each)
            if each.type == "interpolation":
                value = holes[each.id]
                words = str(value) if isinstance(value, str | int | float) else hole(words[2:-1])
            elif each.type == "escape_sequence":
                words = _ESCAPES.get(words[1:], words[1:])
            found.append(words)
        return "".join(found)

    def _inside(self, node: "Node", depth: int) -> object:
        inner = node.named_children
        value = self.value(inner[0], depth) if len(inner) == 1 else UNKNOWN
        return value if isinstance(value, str | int | float) else UNKNOWN

    def _chained_string(self, node: "Node", depth: int) -> object:
        return "".join(str(self.value(each, depth)) for each in node.named_children)

    def _simple_symbol(self, node: "Node", depth: int) -> object:
        return self.code.of(node)[1:]

    def _hash_key_symbol(self, node: "Node", depth: int) -> object:
        return self.code.of(node)

    def _integer(self, node: "Node", depth: int) -> object:
        try:
            return int(self.code.of(node)[:40].replace("_", ""), 0)
        except ValueError:
            return UNKNOWN

    def _float(self, node: "Node", depth: int) -> object:
        try:
            return float(self.code.of(node)[:40].replace("_", ""))
        except ValueError:
            return UNKNOWN

    def _array(self, node: "Node", depth: int) -> object:
        found: list[object] = []
        for each in node.named_children:
            if each.type == "splat_argument":
                inner = self.value(each.named_children[0], depth) if each.named_children else None
                if not isinstance(inner, list):
                    return UNKNOWN
                found.extend(inner)
            elif each.type != "comment":
                found.append(self.value(each, depth))
        return found

    _string_array = _symbol_array = _array

    def _hash(self, node: "Node", depth: int) -> object:
        found: dict[str, object] = {}
        for each in node.named_children:
            if each.type == "pair":
                key = self.value(each.child_by_field_name("key"), depth)
                found[str(key)] = self.pair_value(each, depth)
            elif each.type != "comment":
                return UNKNOWN
        return found

    def pair_value(self, pair: "Node", depth: int = 0) -> object:
        """What stands behind a key; `null:` alone is a variable of that name."""
        value = pair.child_by_field_name("value")
        if value is None:
            return self.names.get(self.code.of(pair.child_by_field_name("key")), UNKNOWN)
        return self.value(value, depth)

    def _lambda(self, node: "Node", depth: int) -> object:
        body = node.child_by_field_name("body")
        inner = body.child_by_field_name("body") if body is not None else None
        value = self.value(inner.named_children[0], depth) if inner and inner.named_children else 0
        return Raw(sql=value) if isinstance(value, str) else UNKNOWN

    def _constant(self, node: "Node", depth: int) -> object:
        name = self.code.of(node)
        return self.names.get(name, Constant(name=name))

    def _scope_resolution(self, node: "Node", depth: int) -> object:
        name = self.code.of(node).lstrip(":")
        last = name.rpartition("::")[2]
        return self.names.get(last) if last in self.names else Constant(name=name)

    def _identifier(self, node: "Node", depth: int) -> object:
        name = self.code.of(node)
        if name in self.names:
            return self.names[name]
        if name in CONNECTIONS:
            return Connection()
        return self.call(name)

    def _instance_variable(self, node: "Node", depth: int) -> object:
        return self.names.get(self.code.of(node), UNKNOWN)

    def _parenthesized_statements(self, node: "Node", depth: int) -> object:
        inner = node.named_children
        return self.value(inner[0], depth) if len(inner) == 1 else UNKNOWN

    def _unary(self, node: "Node", depth: int) -> object:
        value = self.value(node.child_by_field_name("operand"), depth)
        is_minus = self.code.of(node).startswith("-")
        return -value if is_minus and isinstance(value, int | float) else UNKNOWN

    def _binary(self, node: "Node", depth: int) -> object:
        left = self.value(node.child_by_field_name("left"), depth)
        operator = self.code.of(node.child_by_field_name("operator"))
        if operator == "||" and left is not UNKNOWN and left not in (None, False):
            return left
        right = self.value(node.child_by_field_name("right"), depth)
        if operator == "||":
            return right if left is None or left is False else UNKNOWN
        if operator == "+":
            if isinstance(left, str) and isinstance(right, str):
                return f"{left}{right}"
            if isinstance(left, list) and isinstance(right, list):
                return [*left, *right]
        return UNKNOWN

    def _element_reference(self, node: "Node", depth: int) -> object:
        inner = node.named_children
        at = self.value(inner[-1], depth) if len(inner) == 2 else UNKNOWN
        if at in ("primary_key_type", "foreign_key_type"):
            return self.key or None  # config.options[config.orm][:primary_key_type]
        within = self.value(inner[0], depth) if len(inner) == 2 else UNKNOWN
        if isinstance(within, dict) and isinstance(at, str):
            return within.get(at)
        if isinstance(within, list) and isinstance(at, int) and -len(within) <= at < len(within):
            return within[at]
        return UNKNOWN

    def _call(self, node: "Node", depth: int) -> object:
        receiver = node.child_by_field_name("receiver")
        method = self.code.of(node.child_by_field_name("method"))
        arguments = node.child_by_field_name("arguments")
        first = arguments.named_children[0] if arguments and arguments.named_children else None
        if receiver is None or receiver.type == "self":
            return self._own(method, first, depth)
        value = self.value(receiver, depth)
        if method in CONNECTIONS:
            return Connection()
        if isinstance(value, Connection):
            return self._own(method, first, depth)
        return self._of(value, method, first, depth)

    def _of(self, value: object, method: str, first: "Node | None", depth: int) -> object:
        if isinstance(value, Constant):
            return self._of_constant(value.name, method, first, depth)
        if method in _SAME:
            return value
        if isinstance(value, Rows):
            is_query = method in _FILTERS
            return Rows(table=value.table, is_filtered=True) if is_query else UNKNOWN
        return self._of_value(value, method, first, depth)

    def _own(self, method: str, first: "Node | None", depth: int) -> object:
        if method in ("quote_table_name", "quote_column_name"):
            return self.value(first, depth)
        if method == "quote":
            value = self.value(first, depth)
            return UNKNOWN if value is UNKNOWN else literal(value, self.on)
        return Connection() if method in CONNECTIONS else self.call(method)

    def _of_constant(self, name: str, method: str, first: "Node | None", depth: int) -> object:
        if name == "Arel" and method == "sql":
            value = self.value(first, depth)
            return Raw(sql=value) if isinstance(value, str) else UNKNOWN
        table = self.table_of(name)
        if method in ("table_name", "quoted_table_name"):
            return table
        if method in _FILTERS:
            return Rows(table=table, is_filtered=method not in ("find_each", "each", "in_batches"))
        return Rows(table=table) if method in _SAME else UNKNOWN

    def _of_value(self, value: object, method: str, first: "Node | None", depth: int) -> object:
        if isinstance(value, dict) and method in ("keys", "values"):
            return list(value) if method == "keys" else list(value.values())
        if isinstance(value, list):
            if method == "join" and all(isinstance(each, str | int) for each in value):
                between = self.value(first, depth) if first is not None else ""
                return str(between).join(map(str, value))
            if method in ("first", "last") and value and first is None:
                return value[0 if method == "first" else -1]
        if isinstance(value, str) and method in ("downcase", "upcase"):
            return value.lower() if method == "downcase" else value.upper()
        return UNKNOWN

    def table_of(self, name: str) -> str:
        """The table of a model: as the file says, else as Rails names it."""
        known = self.models.get(name) or self.models.get(name.rpartition("::")[2])
        if known:
            return known
        whole = table_of_model(name.replace("::", ""))
        return whole if "::" in name and self._has_table(whole) else table_of_model(name)

    @property
    def is_postgres(self) -> bool:
        """Whether the database is PostgreSQL."""
        return self.on.engine is Engine.POSTGRESQL


_PLAIN: Mapping[str, tuple[object]] = {"true": (True,), "false": (False,), "nil": (None,)}

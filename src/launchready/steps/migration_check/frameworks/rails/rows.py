"""Changes of rows by models: as SQL where their words tell, else as what changes rows.

Source: ActiveRecord 8.1, relation.rb and persistence.rb.
"""

from typing import TYPE_CHECKING

from launchready.steps.migration_check.frameworks.rails.evaluating import Evaluator
from launchready.steps.migration_check.frameworks.rails.literals import literal, unreadable
from launchready.steps.migration_check.frameworks.rails.values import (
    UNKNOWN,
    Constant,
    Rows,
    has_hole,
)

if TYPE_CHECKING:
    from tree_sitter import Node

CHANGES = frozenset({
    "update_all", "delete_all", "destroy_all", "destroy_by", "delete_by", "save", "save!",
    "update!", "update_column", "update_columns", "update_attribute", "update_attributes",
    "update_attributes!", "update_attribute!", "destroy", "destroy!", "create!", "insert_all",
    "insert_all!", "upsert_all", "upsert", "find_or_create_by", "find_or_create_by!",
    "first_or_create", "first_or_create!", "increment!", "decrement!", "toggle!", "touch",
    "touch_all", "update_counters", "reset_counters", "import", "import!", "create_or_find_by",
    "create_or_find_by!", "update_in_batches",
})  # fmt: skip
"""Methods that change rows, whatever they are called on."""
OF_ROWS = frozenset({"update", "delete", "create", "insert", "insert!", "perform_now", "build"})
"""Methods that change rows where they are a model's."""
_DELETES = frozenset({"delete_all", "destroy_all", "delete_by", "destroy_by"})
_LONGEST = 40


def sql_of(node: "Node", known: Evaluator) -> str | None:
    """The statement of a call such as `User.where(…).update_all(…)`; None where its words do not
    tell what it is.
    """
    method = known.code.of(node.child_by_field_name("method"))
    links = _chain(node, known)
    if links is None or not isinstance(root := known.value(links[0], 0), Constant | Rows):
        return None
    table = known.table_of(root.name) if isinstance(root, Constant) else root.table
    if not table:
        return None
    where = _where(links[1:], known)
    if isinstance(root, Rows) and root.is_filtered:
        where = where or f" WHERE {unreadable(known.on)}"
    if method in _DELETES:
        given = _first(node)
        where = where or (f" WHERE {unreadable(known.on)}" if given is not None else "")
        return f"DELETE FROM {known.on.quote(table)}{where}"
    sets = _sets(node, known) if method == "update_all" else ""
    return f"UPDATE {known.on.quote(table)} SET {sets}{where}" if sets else None


def insert_of(node: "Node", known: Evaluator) -> str | None:
    """The INSERT of `Model.create!(name: …)`; None where its columns cannot be told."""
    receiver = known.value(node.child_by_field_name("receiver"), 0)
    pairs = _pairs(node, known)
    if not isinstance(receiver, Constant) or not pairs:
        return None
    columns = ", ".join(known.on.quote(name) for name, _ in pairs)
    values = ", ".join(value for _, value in pairs)
    table = known.on.quote(known.table_of(receiver.name))
    return f"INSERT INTO {table} ({columns}) VALUES ({values})"


def _chain(node: "Node", known: Evaluator) -> list["Node"] | None:
    """The root of a chain of calls, and the calls between it and its last."""
    links: list[Node] = []
    at = node.child_by_field_name("receiver")
    while at is not None and at.type == "call" and len(links) < _LONGEST:
        links.append(at)
        at = at.child_by_field_name("receiver")
    if at is None:
        return None
    return [at, *reversed(links)]


def _where(links: list["Node"], known: Evaluator) -> str:
    """The condition of a chain of `where` and its like."""
    found = []
    for link in links:
        method = known.code.of(link.child_by_field_name("method"))
        if method in ("all", "unscoped", "with_deleted", "with_discarded", "in_batches"):
            continue
        has_words = _first(link) is not None
        if method == "where" and not has_words:
            continue
        condition = _condition(link, known) if method in ("where", "not") else ""
        condition = condition or unreadable(known.on)
        found.append(f"NOT ({condition})" if method == "not" else condition)
    return f" WHERE {' AND '.join(found)}" if found else ""


def _condition(link: "Node", known: Evaluator) -> str:
    pairs = _pairs(link, known)
    if pairs:
        return " AND ".join(_equal(name, value, known) for name, value in pairs)
    arguments = link.child_by_field_name("arguments")
    given = arguments.named_children if arguments is not None else []
    value = known.value(given[0], 0) if len(given) == 1 else UNKNOWN
    is_whole = isinstance(value, str) and not any(sign in value for sign in "?#$")
    return f"({value})" if is_whole else ""


def _equal(name: str, value: str, known: Evaluator) -> str:
    if value == unreadable(known.on):
        return value  # a value, a list or a query
    column = known.on.quote(name)
    return f"{column} IS NULL" if value == "NULL" else f"{column} = {value}"


def _first(node: "Node") -> "Node | None":
    arguments = node.child_by_field_name("arguments")
    return arguments.named_children[0] if arguments and arguments.named_children else None


def _pairs(node: "Node", known: Evaluator) -> list[tuple[str, str]]:
    """Columns with their values as SQL; none where a name cannot be told."""
    arguments = node.child_by_field_name("arguments")
    found: list[tuple[str, str]] = []
    given = arguments.named_children if arguments is not None else []
    if len(given) == 1 and given[0].type == "hash":
        given = given[0].named_children
    for pair in given:
        if pair.type == "comment":
            continue
        key = known.value(pair.child_by_field_name("key"), 0) if pair.type == "pair" else None
        if not isinstance(key, str):
            return []
        value = known.pair_value(pair)
        if isinstance(value, list | dict):
            found.append((key, unreadable(known.on)))
        else:
            found.append((key, literal(value, known.on)))
    return found


def _sets(node: "Node", known: Evaluator) -> str:
    pairs = _pairs(node, known)
    if pairs:
        return ", ".join(f"{known.on.quote(name)} = {value}" for name, value in pairs)
    first = _first(node)
    value = known.value(first, 0)
    if first is not None and first.type == "array":
        value = value[0] if isinstance(value, list) and value else UNKNOWN
    if not isinstance(value, str) or has_hole(value):
        return ""
    return value.replace("?", unreadable(known.on))

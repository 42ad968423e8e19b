"""Views in PostgreSQL's trees: which columns of which relations they read, and what they give."""

from collections.abc import Iterable
from typing import Any

from launchready.facts.acts import Act, CreateView
from launchready.steps.migration_check.parsing.postgres.expressions import seen_in
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import name_of, relation, strings
from launchready.steps.migration_check.parsing.postgres.source import Source


def create_view(node: Node, source: Source) -> Act:
    """`CREATE VIEW`."""
    seen = seen_in(node["query"])
    aliases = tuple(strings(node.get("aliases", ())))
    given = _given(node["query"])
    return CreateView(
        name=relation(node["view"]),
        reads=seen.relations,
        columns=seen.columns,
        owned=owned_in(node["query"]),
        gives=(*aliases, *given[len(aliases) :]) if given else (),
        is_replace=bool(node.get("replace")),
        is_star=seen.is_star,
    )


def owned_in(query: Node) -> tuple[tuple[str, str], ...]:
    """The columns that a query names with their relation, as (relation, column), as far as each of
    its aliases stands for one relation alone.
    """
    relations: dict[str, set[str]] = {}
    named: dict[tuple[str, str], None] = {}
    pending: list[Any] = [query]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(reversed(node))
            continue
        if not isinstance(node, dict):
            continue
        for key, value in reversed(node.items()):
            if key == "RangeVar":
                alias = value.get("alias", {}).get("aliasname") or value.get("relname", "")
                relations.setdefault(alias, set()).add(relation(value))
            elif key == "RangeSubselect" and (alias := value.get("alias", {}).get("aliasname")):
                relations.setdefault(alias, set()).add("")  # no relation's own columns
                pending.append(value)
            elif key == "ColumnRef":
                fields = value.get("fields", ())
                if len(fields) > 1 and all("String" in each for each in fields):
                    *_, alias, column = strings(fields)
                    named[alias, column] = None
            else:
                pending.append(value)
    return tuple(
        (next(iter(found)), column)
        for alias, column in named
        if len(found := relations.get(alias, ())) == 1 and "" not in found
    )


def _given(query: Node) -> tuple[str, ...]:
    """The names of the columns that a query gives; none where one of them is not known."""
    rows = query.get("SelectStmt", {})
    while "larg" in rows:
        rows = rows["larg"]
    names = tuple(_name(each["ResTarget"]) for each in rows.get("targetList", ()))
    return names if all(names) else ()


def _name(target: Node) -> str:
    """The name of a result; "" of a star, and of what the server names by its own rules.

    Source: FigureColname in src/backend/parser/parse_target.c.
    """
    if name := target.get("name"):
        return str(name)
    value = target.get("val", {})
    if "ColumnRef" in value:
        return _last(value["ColumnRef"].get("fields", ()))
    if "FuncCall" in value:
        return name_of(value["FuncCall"].get("funcname", ())).rpartition(".")[2]
    return ""


def _last(fields: Iterable[Node]) -> str:
    *_, last = fields
    return str(last.get("String", {}).get("sval", ""))

"""Columns and constraints in PostgreSQL's trees."""

from typing import Any

from launchready.facts.schema import Column, Constraint, ConstraintKind, Expression, Generated
from launchready.frozen import replace
from launchready.steps.migration_check.parsing.postgres.expressions import expression, seen_in
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import (
    SERIALS,
    name_of,
    relation,
    strings,
    type_of,
)
from launchready.steps.migration_check.parsing.postgres.source import Source

_KINDS = {
    "CONSTR_CHECK": ConstraintKind.CHECK,
    "CONSTR_NOTNULL": ConstraintKind.NOT_NULL,
    "CONSTR_UNIQUE": ConstraintKind.UNIQUE,
    "CONSTR_PRIMARY": ConstraintKind.PRIMARY_KEY,
    "CONSTR_FOREIGN": ConstraintKind.FOREIGN_KEY,
    "CONSTR_EXCLUSION": ConstraintKind.EXCLUSION,
}
_ON_DELETE = {"r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_ENFORCEABLE = (ConstraintKind.CHECK, ConstraintKind.FOREIGN_KEY)


def column(node: Node, source: Source) -> Column:
    """A ColumnDef. What implies NOT NULL (a primary key, serial, identity) says so here too."""
    name: str = node.get("colname", "")
    kind = type_of(node.get("typeName", {}))
    fields: dict[str, Any] = {}
    beside: list[Constraint] = []
    for each in node.get("constraints", ()):
        _add(each["Constraint"], name, source, fields, beside)
    if kind.name in SERIALS:
        fields |= {"is_auto": True, "is_not_null": True}
    if collation := node.get("collClause"):
        fields["collation"] = name_of(collation.get("collname", ()))
    return Column(name=name, type=kind, constraints=tuple(beside), **fields)


def _add(
    node: Node, name: str, source: Source, fields: dict[str, Any], beside: list[Constraint]
) -> None:
    match node["contype"]:
        case "CONSTR_NOTNULL":
            fields["is_not_null"] = True
        case "CONSTR_DEFAULT":
            start = source.place(node) + len("default")
            fields["default"] = expression(node["raw_expr"], source.default(start))
        case "CONSTR_GENERATED":
            is_virtual = node.get("generated_kind") == "v"
            fields["generated"] = Generated.VIRTUAL if is_virtual else Generated.STORED
            fields["generation"] = _enclosed(node, source)
        case "CONSTR_IDENTITY":
            fields |= {"is_identity": True, "is_auto": True, "is_not_null": True}
        case "CONSTR_ATTR_DEFERRABLE" | "CONSTR_ATTR_DEFERRED" if beside:
            beside[-1] = replace(beside[-1], is_deferrable=True)
        case "CONSTR_ATTR_NOT_ENFORCED" if beside:
            beside[-1] = replace(beside[-1], is_not_valid=True, is_not_enforced=True)
        case kind if kind in _KINDS:
            made = constraint(node, source)
            if made.kind is ConstraintKind.PRIMARY_KEY:
                fields["is_not_null"] = True
            beside.append(made if made.columns else replace(made, columns=(name,)))


def constraint(node: Node, source: Source) -> Constraint:
    """A Constraint of a table, or of a column, which is then not among its columns yet. One that
    is NOT ENFORCED is not valid.
    """
    kind = _KINDS[node["contype"]]
    columns = node.get("fk_attrs") or node.get("keys") or ()
    condition = None
    names: tuple[str, ...] = tuple(strings(columns))
    if kind is ConstraintKind.CHECK:
        condition = _enclosed(node, source)
        names = condition.columns
    elif kind is ConstraintKind.EXCLUSION:
        names = _excluded(node)
        if where := node.get("where_clause"):
            text = source.enclosed(_where(source, source.place(node)))
            condition = expression(where, text)
    is_unenforced = kind in _ENFORCEABLE and not node.get("is_enforced")
    return Constraint(
        kind=kind,
        name=node.get("conname", ""),
        columns=names,
        references=relation(node["pktable"]) if "pktable" in node else "",
        referenced_columns=tuple(strings(node.get("pk_attrs", ()))),
        on_delete=_ON_DELETE.get(node.get("fk_del_action", ""), ""),
        condition=condition,
        is_not_valid=bool(node.get("skip_validation")) or is_unenforced,
        is_not_enforced=is_unenforced,
        using_index=node.get("indexname", ""),
        is_deferrable=bool(node.get("deferrable")),
    )


def _enclosed(node: Node, source: Source) -> Expression:
    """The expression in parentheses of a CHECK or GENERATED; a name may hold a bracket too."""
    start = source.place(node)
    if name := node.get("conname"):
        start = source.sql.find(name, start) + len(name) if name in source.sql[start:] else start
    return expression(node["raw_expr"], source.enclosed(start))


def _excluded(node: Node) -> tuple[str, ...]:
    elements = (each["List"]["items"][0].get("IndexElem", {}) for each in node["exclusions"])
    names: dict[str, None] = {}
    for element in elements:
        if element.get("name"):
            names[element["name"]] = None
        elif "expr" in element:
            names |= dict.fromkeys(seen_in(element["expr"]).columns)
    return tuple(names)


def _where(source: Source, start: int) -> int:
    found = source.sql.lower().find("where", start)
    return found if found >= 0 else start

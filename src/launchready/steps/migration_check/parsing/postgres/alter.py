"""The clauses of `ALTER TABLE` and of its like in PostgreSQL's trees."""

from collections.abc import Callable

from launchready.facts.acts import (
    Act,
    AddColumn,
    AddConstraint,
    AlterGenerated,
    AlterOther,
    AlterType,
    AttachPartition,
    DetachPartition,
    DropColumn,
    DropConstraint,
    Kind,
    RowSecurity,
    SetDefault,
    SetNullability,
    SetPersistence,
    SetTriggers,
    ValidateConstraint,
)
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.postgres.columns import column, constraint
from launchready.steps.migration_check.parsing.postgres.expressions import expression
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import (
    name_of,
    named,
    relation,
    type_of,
)
from launchready.steps.migration_check.parsing.postgres.source import Source

_BOUND = Regex(r"\bFOR\s+VALUES\b", 2)
_PERSISTENCE = {
    "AT_SetLogged": "SET LOGGED",
    "AT_SetUnLogged": "SET UNLOGGED",
    "AT_SetTableSpace": "SET TABLESPACE",
    "AT_SetAccessMethod": "SET ACCESS METHOD",
}
_SECURITY = {
    "AT_EnableRowSecurity": RowSecurity(table="", is_enabled=True),
    "AT_DisableRowSecurity": RowSecurity(table="", is_enabled=False),
    "AT_ForceRowSecurity": RowSecurity(table="", is_forced=True),
    "AT_NoForceRowSecurity": RowSecurity(table="", is_forced=False),
}
_ON_TABLES = frozenset({"OBJECT_TABLE", "OBJECT_FOREIGN_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW"})
_NOT_TABLES = {"OBJECT_TYPE": "ATTRIBUTE", "OBJECT_SEQUENCE": "SEQUENCE"}
Span = tuple[int, int]


def alter_table(node: Node, source: Source) -> tuple[tuple[int, Act], ...]:
    """`ALTER TABLE`, one act per clause; of a view, index or composite type too."""
    table = relation(node["relation"])
    commands = [each["AlterTableCmd"] for each in node.get("cmds", ())]
    spans = source.clauses(node["relation"], len(commands))
    if len(spans) != len(commands):
        spans = [(0, len(source.sql))] * len(commands)
    kind = node.get("objtype", "OBJECT_TABLE")
    acts = []
    for at, (command, span) in enumerate(zip(commands, spans, strict=True)):
        acts.append((span[0] if at else 0, _clause(command, table, kind, source, span)))
    return tuple(acts)


def _clause(node: Node, table: str, kind: str, source: Source, span: Span) -> Act:
    what: str = node["subtype"]
    if kind == "OBJECT_INDEX" and what == "AT_AttachPartition":
        partition = relation(node["def"]["PartitionCmd"]["name"])
        return AttachPartition(table=table, partition=partition, kind=Kind.INDEX)
    if what in _PERSISTENCE and kind not in _NOT_TABLES:
        return SetPersistence(table=table, what=_PERSISTENCE[what], to=node.get("name", ""))
    if kind in _ON_TABLES and what in _CLAUSES:
        return _CLAUSES[what](node, table, source, span)
    if what in _SECURITY:
        pattern = _SECURITY[what]
        return RowSecurity(table=table, is_enabled=pattern.is_enabled, is_forced=pattern.is_forced)
    if "Trig" in what:
        return _triggers(node, table, what)
    prefix = f"{_NOT_TABLES[kind]} " if kind in _NOT_TABLES else ""
    return AlterOther(table=table, what=prefix + what, argument=_argument(node))


def _argument(node: Node) -> str:
    definition = node.get("def", {})
    if "ReplicaIdentityStmt" in definition:
        identity = definition["ReplicaIdentityStmt"]
        kinds = {"d": "DEFAULT", "n": "NOTHING", "f": "FULL", "i": "USING INDEX"}
        word = kinds.get(identity.get("identity_type", ""), "")
        return f"{word} {identity.get('name', '')}".strip()
    if "ColumnDef" in definition:
        return str(node.get("name") or definition["ColumnDef"].get("colname", ""))
    if "ATAlterConstraint" in definition:
        return str(definition["ATAlterConstraint"].get("conname", ""))
    return named(definition) or str(node.get("name", ""))


def _triggers(node: Node, table: str, what: str) -> Act:
    name = "ALL" if what.endswith("All") else "USER" if what.endswith("User") else ""
    return SetTriggers(
        table=table, name=name or node.get("name", ""), is_enabled=what.startswith("AT_Enable")
    )


def _add_column(node: Node, table: str, source: Source, span: Span) -> Act:
    return AddColumn(
        table=table,
        column=column(node["def"]["ColumnDef"], source),
        is_if_not_exists=bool(node.get("missing_ok")),
    )


def _drop_column(node: Node, table: str, source: Source, span: Span) -> Act:
    return DropColumn(
        table=table,
        column=node.get("name", ""),
        is_if_exists=bool(node.get("missing_ok")),
        is_cascade=node.get("behavior") == "DROP_CASCADE",
    )


def _alter_type(node: Node, table: str, source: Source, span: Span) -> Act:
    definition = node["def"]["ColumnDef"]
    using = None
    if tree := definition.get("raw_default"):
        using = expression(tree, source.after("USING", *span))
    collation = definition.get("collClause", {}).get("collname", ())
    return AlterType(
        table=table,
        column=node.get("name", ""),
        type=type_of(definition["typeName"]),
        using=using,
        collation=name_of(collation),
    )


def _set_default(node: Node, table: str, source: Source, span: Span) -> Act:
    default = None
    if tree := node.get("def"):
        default = expression(tree, source.after("DEFAULT", *span))
    return SetDefault(table=table, column=node.get("name", ""), default=default)


def _set_not_null(node: Node, table: str, source: Source, span: Span) -> Act:
    return SetNullability(table=table, column=node.get("name", ""), is_not_null=True)


def _drop_not_null(node: Node, table: str, source: Source, span: Span) -> Act:
    return SetNullability(table=table, column=node.get("name", ""), is_not_null=False)


def _generated(what: str) -> "Clause":
    def read(node: Node, table: str, source: Source, span: Span) -> Act:
        is_set = what == "SET EXPRESSION"
        inside = expression(node["def"], source.enclosed(span[0])) if is_set else None
        return AlterGenerated(
            table=table, column=node.get("name", ""), what=what, expression=inside
        )

    return read


def _add_constraint(node: Node, table: str, source: Source, span: Span) -> Act:
    return AddConstraint(table=table, constraint=constraint(node["def"]["Constraint"], source))


def _validate(node: Node, table: str, source: Source, span: Span) -> Act:
    return ValidateConstraint(table=table, name=node.get("name", ""))


def _drop_constraint(node: Node, table: str, source: Source, span: Span) -> Act:
    return DropConstraint(
        table=table,
        name=node.get("name", ""),
        is_if_exists=bool(node.get("missing_ok")),
        is_cascade=node.get("behavior") == "DROP_CASCADE",
    )


def _attach(node: Node, table: str, source: Source, span: Span) -> Act:
    command = node["def"]["PartitionCmd"]
    is_default = bool(command.get("bound", {}).get("is_default"))
    found = _BOUND.search(source.sql, *span)
    return AttachPartition(
        table=table,
        partition=relation(command["name"]),
        is_default=is_default,
        bound=source.sql[found.end() : span[1]].strip() if found else "",
    )


def _detach(node: Node, table: str, source: Source, span: Span) -> Act:
    command = node["def"]["PartitionCmd"]
    return DetachPartition(
        table=table,
        partition=relation(command["name"]),
        is_concurrent=bool(command.get("concurrent")),
        is_final=node["subtype"] == "AT_DetachPartitionFinalize",
    )


Clause = Callable[[Node, str, Source, Span], Act]

_CLAUSES: dict[str, Clause] = {
    "AT_AddColumn": _add_column,
    "AT_DropColumn": _drop_column,
    "AT_AlterColumnType": _alter_type,
    "AT_ColumnDefault": _set_default,
    "AT_SetNotNull": _set_not_null,
    "AT_DropNotNull": _drop_not_null,
    "AT_AddIdentity": _generated("ADD IDENTITY"),
    "AT_DropIdentity": _generated("DROP IDENTITY"),
    "AT_SetIdentity": _generated("SET IDENTITY"),
    "AT_DropExpression": _generated("DROP EXPRESSION"),
    "AT_SetExpression": _generated("SET EXPRESSION"),
    "AT_AddConstraint": _add_constraint,
    "AT_ValidateConstraint": _validate,
    "AT_DropConstraint": _drop_constraint,
    "AT_AttachPartition": _attach,
    "AT_DetachPartition": _detach,
    "AT_DetachPartitionFinalize": _detach,
}

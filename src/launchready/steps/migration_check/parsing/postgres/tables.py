"""CREATE TABLE, ALTER TABLE, CREATE INDEX: what they say of columns and constraints."""

from collections.abc import Callable, Iterator
from typing import Any

from launchready.facts.acts import (
    Act,
    AddColumn,
    AddConstraint,
    AlterGenerated,
    AlterOther,
    AlterType,
    AttachPartition,
    CreateIndex,
    CreateTable,
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
from launchready.facts.schema import (
    Column,
    Constraint,
    ConstraintKind,
    Generated,
    IndexKey,
)
from launchready.steps.migration_check.parsing.postgres.nodes import (
    Node,
    characters,
    dotted,
    expression,
    relation,
    relations_in,
    string,
    type_of,
)

_KINDS = {
    "CONSTR_CHECK": ConstraintKind.CHECK,
    "CONSTR_NOTNULL": ConstraintKind.NOT_NULL,
    "CONSTR_UNIQUE": ConstraintKind.UNIQUE,
    "CONSTR_PRIMARY": ConstraintKind.PRIMARY_KEY,
    "CONSTR_FOREIGN": ConstraintKind.FOREIGN_KEY,
    "CONSTR_EXCLUSION": ConstraintKind.EXCLUSION,
}
_ON_DELETE = {"c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT", "r": "RESTRICT", "a": ""}
_SERIALS = {
    "serial": "serial", "serial4": "serial", "serial2": "smallserial", "smallserial": "smallserial",
    "serial8": "bigserial", "bigserial": "bigserial",
}  # fmt: skip


def strings(nodes: Any) -> tuple[str, ...]:
    """The texts of a list of String nodes."""
    return tuple(string(each) for each in nodes or ())


def constraint_of(node: Node, sql: str, column: str = "") -> Constraint:
    """A constraint; `column` is the one it stands beside."""
    kind = _KINDS[node["contype"]]
    condition = expression(node.get("raw_expr"), sql, is_bracketed=True)
    columns = strings(node.get("keys")) or strings(node.get("fk_attrs"))
    if kind is ConstraintKind.EXCLUSION:
        columns = tuple(
            pair["List"]["items"][0].get("IndexElem", {}).get("name", "")
            for pair in node.get("exclusions", ())
        )
    if not columns:
        columns = (condition.columns if condition else ()) or ((column,) if column else ())
    return Constraint(
        kind=kind,
        name=node.get("conname", ""),
        columns=columns,
        references=relation(node.get("pktable")) if "pktable" in node else "",
        referenced_columns=strings(node.get("pk_attrs")),
        on_delete=_ON_DELETE.get(node.get("fk_del_action", ""), ""),
        condition=condition,
        is_not_valid=bool(node.get("skip_validation")),
        using_index=node.get("indexname", ""),
        is_deferrable=bool(node.get("deferrable")),
    )


def column_of(node: Node, sql: str) -> Column:
    """A ColumnDef."""
    name, kind = node.get("colname", ""), type_of(node.get("typeName"))
    serial = _SERIALS.get(kind.name)
    facts: dict[str, Any] = {"is_auto": bool(serial), "is_not_null": bool(serial)}
    constraints = []
    for each in node.get("constraints", ()):
        inner = each["Constraint"]
        match inner["contype"]:
            case "CONSTR_NOTNULL":
                facts["is_not_null"] = True
            case "CONSTR_DEFAULT":
                facts["default"] = expression(inner.get("raw_expr"), sql)
            case "CONSTR_IDENTITY":
                facts |= {"is_identity": True, "is_auto": True, "is_not_null": True}
            case "CONSTR_GENERATED":
                is_virtual = inner.get("generated_kind") == "v"
                facts["generated"] = Generated.VIRTUAL if is_virtual else Generated.STORED
                facts["generation"] = expression(inner.get("raw_expr"), sql, is_bracketed=True)
            case contype if contype in _KINDS:
                found = constraint_of(inner, sql, name)
                if found.kind in (ConstraintKind.FOREIGN_KEY, *_KEYS) and not found.columns:
                    found = constraint_of({**inner, "keys": [{"String": {"sval": name}}]}, sql)
                constraints.append(found)
                if found.kind is ConstraintKind.PRIMARY_KEY:
                    facts["is_not_null"] = True
    return Column(
        name=name,
        type=type_of(node.get("typeName")),
        collation=dotted(node.get("collClause", {}).get("collname", ())),
        constraints=tuple(constraints),
        **facts,
    )


_KEYS = (ConstraintKind.UNIQUE, ConstraintKind.PRIMARY_KEY)


def create_table(node: Node, sql: str) -> Iterator[Act]:
    """CREATE TABLE."""
    columns, constraints, like = [], [], []
    for each in node.get("tableElts", ()):
        if "ColumnDef" in each:
            columns.append(column_of(each["ColumnDef"], sql))
        elif "Constraint" in each and each["Constraint"]["contype"] in _KINDS:
            constraints.append(constraint_of(each["Constraint"], sql))
        elif "TableLikeClause" in each:
            like.append(relation(each["TableLikeClause"].get("relation")))
    parents = tuple(relation(each["RangeVar"]) for each in node.get("inhRelations", ()))
    bound = node.get("partbound")
    persistence = node["relation"].get("relpersistence", "p")
    yield CreateTable(
        table=relation(node["relation"]),
        columns=tuple(columns),
        constraints=tuple(constraints),
        is_if_not_exists=bool(node.get("if_not_exists")),
        is_temporary=persistence == "t",
        is_unlogged=persistence == "u",
        is_partitioned="partspec" in node,
        partition_of=parents[0] if bound and parents else "",
        is_default_partition=bool((bound or {}).get("is_default")),
        inherits=() if bound else parents,
        like=tuple(like),
    )


def create_table_as(node: Node, sql: str) -> Iterator[Act]:
    """CREATE TABLE … AS, and SELECT … INTO."""
    del sql
    into = node["into"]["rel"]
    yield CreateTable(
        table=relation(into),
        is_if_not_exists=bool(node.get("if_not_exists")),
        is_temporary=into.get("relpersistence") == "t",
        is_unlogged=into.get("relpersistence") == "u",
        is_of_query=True,
        reads=relations_in(node.get("query")),
    )


def index_keys(nodes: Any, sql: str) -> tuple[IndexKey, ...]:
    """The keys of an index."""
    keys = []
    for each in nodes or ():
        element = each["IndexElem"]
        keys.append(
            IndexKey(
                column=element.get("name", ""),
                expression=expression(element.get("expr"), sql, is_bracketed=True),
                options="DESC" if element.get("ordering") == "SORTBY_DESC" else "",
            )
        )
    return tuple(keys)


def create_index(node: Node, sql: str) -> Iterator[Act]:
    """CREATE INDEX."""
    yield CreateIndex(
        table=relation(node["relation"]),
        name=node.get("idxname", ""),
        keys=index_keys(node.get("indexParams"), sql),
        is_unique=bool(node.get("unique")),
        is_concurrent=bool(node.get("concurrent")),
        is_if_not_exists=bool(node.get("if_not_exists")),
        is_only=not node["relation"].get("inh"),
        method=node.get("accessMethod", "btree"),
        where=expression(node.get("whereClause"), sql),
    )


def alter_table(node: Node, sql: str) -> Iterator[tuple[int, Act]]:
    """The clauses of ALTER TABLE, each with its offset in characters."""
    table = relation(node.get("relation"))
    is_index = node.get("objtype") == "OBJECT_INDEX"
    for each in node.get("cmds", ()):
        command = each["AlterTableCmd"]
        inner: Node = next(iter((command.get("def") or {"": {}}).values()))
        start = inner.get("location", 0) if isinstance(inner, dict) else 0
        what = command["subtype"]
        find = _COMMANDS.get(what)
        if find is not None:
            act = find(table, command, inner, sql)
        else:
            argument = command.get("name", "") or relation(inner) if isinstance(inner, dict) else ""
            act = AlterOther(table=table, what=what, argument=argument)
        if is_index and isinstance(act, AttachPartition):
            act = AttachPartition(table=table, partition=act.partition, kind=Kind.INDEX)
        yield characters(sql, start), act


def _alter_type(table: str, command: Node, inner: Node, sql: str) -> Act:
    return AlterType(
        table=table,
        column=command.get("name", ""),
        type=type_of(inner.get("typeName")),
        using=expression(inner.get("raw_default"), sql),
        collation=dotted(inner.get("collClause", {}).get("collname", ())),
    )


def _attach(table: str, command: Node, inner: Node, sql: str) -> Act:
    del command
    bound = inner.get("bound", {})
    _, found, after = sql.partition("VALUES")
    if not found:
        at = sql.lower().find("values")
        after = sql[at + 6 :] if at >= 0 else ""
    return AttachPartition(
        table=table,
        partition=relation(inner.get("name")),
        is_default=bool(bound.get("is_default")),
        bound="" if bound.get("is_default") else after.strip().rstrip(";"),
    )


def _triggers(*, is_enabled: bool, name: str = "") -> Callable[[str, Node, Node, str], Act]:
    return lambda table, command, inner, sql: SetTriggers(
        table=table, name=name or command.get("name", ""), is_enabled=is_enabled
    )


def _generated(what: str) -> Callable[[str, Node, Node, str], Act]:
    return lambda table, command, inner, sql: AlterGenerated(
        table=table,
        column=command.get("name", ""),
        what=what,
        expression=expression(command.get("def"), sql, is_bracketed=True)
        if what == "SET EXPRESSION"
        else None,
    )


def _persistence(what: str) -> Callable[[str, Node, Node, str], Act]:
    return lambda table, command, inner, sql: SetPersistence(table=table, what=what)


def _security(**facts: bool) -> Callable[[str, Node, Node, str], Act]:
    return lambda table, command, inner, sql: RowSecurity(table=table, **facts)


def _nullability(*, is_not_null: bool) -> Callable[[str, Node, Node, str], Act]:
    return lambda table, command, inner, sql: SetNullability(
        table=table, column=command.get("name", ""), is_not_null=is_not_null
    )


def _is_cascade(command: Node) -> bool:
    return bool(command.get("behavior") == "DROP_CASCADE")


_COMMANDS: dict[str, Callable[[str, Node, Node, str], Act]] = {
    "AT_AddColumn": lambda table, command, inner, sql: AddColumn(
        table=table,
        column=column_of(inner, sql),
        is_if_not_exists=bool(command.get("missing_ok")),
    ),
    "AT_DropColumn": lambda table, command, inner, sql: DropColumn(
        table=table,
        column=command.get("name", ""),
        is_if_exists=bool(command.get("missing_ok")),
        is_cascade=_is_cascade(command),
    ),
    "AT_AlterColumnType": _alter_type,
    "AT_ColumnDefault": lambda table, command, inner, sql: SetDefault(
        table=table,
        column=command.get("name", ""),
        default=expression(command.get("def"), sql),
    ),
    "AT_SetNotNull": _nullability(is_not_null=True),
    "AT_DropNotNull": _nullability(is_not_null=False),
    "AT_AddIdentity": _generated("ADD IDENTITY"),
    "AT_SetIdentity": _generated("SET IDENTITY"),
    "AT_DropIdentity": _generated("DROP IDENTITY"),
    "AT_SetExpression": _generated("SET EXPRESSION"),
    "AT_DropExpression": _generated("DROP EXPRESSION"),
    "AT_AddConstraint": lambda table, command, inner, sql: AddConstraint(
        table=table, constraint=constraint_of(inner, sql)
    ),
    "AT_ValidateConstraint": lambda table, command, inner, sql: ValidateConstraint(
        table=table, name=command.get("name", "")
    ),
    "AT_DropConstraint": lambda table, command, inner, sql: DropConstraint(
        table=table,
        name=command.get("name", ""),
        is_if_exists=bool(command.get("missing_ok")),
        is_cascade=_is_cascade(command),
    ),
    "AT_SetLogged": _persistence("SET LOGGED"),
    "AT_SetUnLogged": _persistence("SET UNLOGGED"),
    "AT_SetTableSpace": _persistence("SET TABLESPACE"),
    "AT_SetAccessMethod": _persistence("SET ACCESS METHOD"),
    "AT_AttachPartition": _attach,
    "AT_DetachPartition": lambda table, command, inner, sql: DetachPartition(
        table=table,
        partition=relation(inner.get("name")),
        is_concurrent=bool(inner.get("concurrent")),
    ),
    "AT_DetachPartitionFinalize": lambda table, command, inner, sql: DetachPartition(
        table=table, partition=relation(inner.get("name")), is_concurrent=True
    ),
    "AT_EnableRowSecurity": _security(is_enabled=True),
    "AT_DisableRowSecurity": _security(is_enabled=False),
    "AT_ForceRowSecurity": _security(is_forced=True),
    "AT_NoForceRowSecurity": _security(is_forced=False),
    "AT_EnableTrig": _triggers(is_enabled=True),
    "AT_EnableAlwaysTrig": _triggers(is_enabled=True),
    "AT_EnableReplicaTrig": _triggers(is_enabled=True),
    "AT_EnableTrigAll": _triggers(is_enabled=True, name="ALL"),
    "AT_EnableTrigUser": _triggers(is_enabled=True, name="USER"),
    "AT_DisableTrig": _triggers(is_enabled=False),
    "AT_DisableTrigAll": _triggers(is_enabled=False, name="ALL"),
    "AT_DisableTrigUser": _triggers(is_enabled=False, name="USER"),
}

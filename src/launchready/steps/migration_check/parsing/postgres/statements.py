"""Any statement's tree to acts: the table of what reads which node, and queries and changes."""

from collections.abc import Callable, Iterator
from typing import Any

from launchready.facts.acts import (
    Act,
    Change,
    Do,
    Kind,
    LockTable,
    Maintain,
    Other,
    Privileges,
    Select,
    SetVariable,
    Transaction,
    TransactionVerb,
    Truncate,
    Where,
)
from launchready.steps.migration_check.parsing.postgres import objects, tables
from launchready.steps.migration_check.parsing.postgres.blocks import block, called
from launchready.steps.migration_check.parsing.postgres.nodes import (
    Node,
    columns_in,
    functions_in,
    literals_in,
    relation,
    relations_in,
    string,
    walk,
)

Found = Iterator[tuple[int, Act]]


def acts_of(tree: Node, sql: str) -> Found:
    """The acts of one statement's tree, with their offsets in characters."""
    for name, node in tree.items():
        if name == "AlterTableStmt":
            yield from tables.alter_table(node, sql)
        elif name in _CHANGES:
            yield from _change(name, node, sql)
        elif name == "SelectStmt":
            yield from _select(node, sql)
        elif (find := _TABLE.get(name)) is not None:
            yield from ((0, act) for act in find(node, sql))
        else:
            yield 0, Other(kind=name)


_CHANGES = {
    "InsertStmt": "INSERT", "UpdateStmt": "UPDATE", "DeleteStmt": "DELETE", "MergeStmt": "MERGE",
}  # fmt: skip


def _change(name: str, node: Node, sql: str) -> Found:
    """INSERT, UPDATE, DELETE, MERGE, and those in a WITH before it."""
    yield from _inside(node, sql)
    table = relation(node.get("relation"))
    targets = [each["ResTarget"].get("name", "") for each in node.get("targetList", ())]
    columns = targets or [each["ResTarget"].get("name", "") for each in node.get("cols", ())]
    condition = node.get("whereClause")
    query = node.get("selectStmt", {}).get("SelectStmt", {})
    others = relations_in([node.get("fromClause"), node.get("usingClause"), condition, query])
    is_of_values = name == "InsertStmt" and ("valuesLists" in query or not query)
    yield (
        0,
        Change(
            verb=_CHANGES[name],
            table=table,
            where=_where(
                condition, is_alone=not node.get("fromClause") and not node.get("usingClause")
            )
            if name in ("UpdateStmt", "DeleteStmt")
            else Where.SOME,
            columns=tuple(columns),
            reads=tuple(each for each in others if each != table),
            where_columns=columns_in(condition),
            functions=functions_in(node),
            is_bounded=_is_bounded(condition),
            is_of_values=is_of_values,
            values=literals_in(node)[:200],
            repeats=tuple(dict.fromkeys(c for c in columns if c and columns.count(c) > 1))
            if name != "UpdateStmt" or not _has_parts(node)
            else (),
        ),
    )


def _has_parts(node: Node) -> bool:
    """Whether an UPDATE sets parts of columns, such as `a[1]`, which may repeat the name."""
    return any("indirection" in each["ResTarget"] for each in node.get("targetList", ()))


def _inside(node: Node, sql: str) -> Found:
    """The changes in a WITH."""
    for each in node.get("withClause", {}).get("ctes", ()):
        query = each.get("CommonTableExpr", {}).get("ctequery", {})
        if any(name in _CHANGES for name in query):
            yield from acts_of(query, sql)


def _where(node: Node | None, *, is_alone: bool) -> Where:
    if not node:
        return Where.NONE if is_alone else Where.SOME
    return Where.TAUTOLOGY if is_always(node) else Where.SOME


def is_always(node: Node) -> bool:
    """Whether a condition is true of every row as it stands: `true`, `1 = 1`, `id = id`."""
    if "A_Const" in node:
        return bool(node["A_Const"].get("boolval", {}).get("boolval"))
    if "A_Expr" in node:
        inner = node["A_Expr"]
        operator = string((inner.get("name") or ({},))[0])
        return operator == "=" and _same(inner.get("lexpr", {}), inner.get("rexpr", {}))
    if "BoolExpr" in node:
        parts = [is_always(each) for each in node["BoolExpr"].get("args", ())]
        kind = node["BoolExpr"].get("boolop")
        return any(parts) if kind == "OR_EXPR" else kind == "AND_EXPR" and all(parts)
    return False


def _same(one: Node, other: Node) -> bool:
    is_simple = next(iter(one), "") in ("A_Const", "ColumnRef")
    return is_simple and _bare(one) == _bare(other)


def _bare(node: Any) -> Any:
    if isinstance(node, dict):
        return {k: _bare(v) for k, v in node.items() if k != "location"}
    return [_bare(each) for each in node] if isinstance(node, list) else node


def _is_bounded(node: Node | None) -> bool:
    """Whether a condition means few rows: a key or list of literals, or a LIMIT inside."""
    if not node:
        return False
    if any(name == "SelectStmt" and "limitCount" in value for name, value in walk(node)):
        return True
    if "BoolExpr" in node and node["BoolExpr"].get("boolop") == "AND_EXPR":
        return any(_is_bounded(each) for each in node["BoolExpr"].get("args", ()))
    inner = node.get("A_Expr", {})
    is_equal = inner.get("kind") in ("AEXPR_OP", "AEXPR_IN", "AEXPR_BETWEEN")
    names = columns_in(inner.get("lexpr"))
    operator = string((inner.get("name") or ({},))[0])
    return bool(
        is_equal
        and operator in ("=", "BETWEEN")
        and names
        and names[0].lower() in _KEYS
        and not columns_in(inner.get("rexpr"))
    )


_KEYS = frozenset({"id", "uuid", "key", "slug", "code", "email", "name", "pk"})


def _select(node: Node, sql: str) -> Found:
    """A query: settings that it makes, functions that it runs."""
    if "intoClause" in node:
        yield (
            0,
            next(tables.create_table_as({"into": node["intoClause"], "query": node}, sql)),
        )
        return
    yield from _inside(node, sql)
    for name, value in walk(node):
        if name == "FuncCall" and string((value.get("funcname") or ({},))[-1]) == "set_config":
            values = [each.get("A_Const", {}) for each in value.get("args", ())]
            if len(values) == _SET_CONFIG and "sval" in values[0] and "sval" in values[1]:
                yield (
                    0,
                    SetVariable(
                        name=values[0]["sval"].get("sval", ""),
                        value=values[1]["sval"].get("sval", ""),
                        is_local=bool(values[2].get("boolval", {}).get("boolval")),
                    ),
                )
    locks = [
        value.get("strength", "").removeprefix("LCS_FOR").replace("KEYSHARE", "KEY SHARE")
        for name, value in walk(node)
        if name == "LockingClause"
    ]
    functions = functions_in(node)
    yield (
        0,
        Select(
            reads=relations_in(node),
            functions=functions,
            arguments=literals_in(node.get("targetList"))[:50],
            values=literals_in(node)[:200],
            locks=locks[0] if locks else "",
        ),
    )


_SET_CONFIG = 3


def _set(node: Node, sql: str) -> Iterator[Act]:
    del sql
    kind = node.get("kind", "")
    value: str | None = None
    if kind == "VAR_SET_VALUE":
        value = ", ".join(_setting(each.get("A_Const", {})) for each in node.get("args", ()))
    if kind in ("VAR_SET_VALUE", "VAR_SET_DEFAULT", "VAR_RESET"):
        yield SetVariable(
            name=node.get("name", ""), value=value, is_local=bool(node.get("is_local"))
        )
    else:
        yield Other(kind=f"VariableSetStmt {kind}")


def _setting(constant: Node) -> str:
    for kind, key in (("sval", "sval"), ("fval", "fval"), ("ival", "ival"), ("boolval", "boolval")):
        if kind in constant:
            return str(constant[kind].get(key, 0 if kind == "ival" else ""))
    return ""


_VERBS = {
    "TRANS_STMT_BEGIN": TransactionVerb.BEGIN,
    "TRANS_STMT_START": TransactionVerb.BEGIN,
    "TRANS_STMT_COMMIT": TransactionVerb.COMMIT,
    "TRANS_STMT_PREPARE": TransactionVerb.COMMIT,
    "TRANS_STMT_ROLLBACK": TransactionVerb.ROLLBACK,
    "TRANS_STMT_SAVEPOINT": TransactionVerb.SAVEPOINT,
    "TRANS_STMT_RELEASE": TransactionVerb.RELEASE,
    "TRANS_STMT_ROLLBACK_TO": TransactionVerb.ROLLBACK_TO,
}


def _transaction(node: Node, sql: str) -> Iterator[Act]:
    del sql
    verb = _VERBS.get(node.get("kind", ""))
    yield Transaction(verb=verb) if verb else Other(kind="TransactionStmt")


def _truncate(node: Node, sql: str) -> Iterator[Act]:
    del sql
    yield Truncate(
        tables=tuple(relation(each["RangeVar"]) for each in node.get("relations", ())),
        is_cascade=node.get("behavior") == "DROP_CASCADE",
    )


_LOCKS = (
    "", "ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE",
    "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE",
)  # fmt: skip


def _lock(node: Node, sql: str) -> Iterator[Act]:
    del sql
    yield LockTable(
        tables=tuple(relation(each["RangeVar"]) for each in node.get("relations", ())),
        mode=_LOCKS[node.get("mode", 8)],
        is_nowait=bool(node.get("nowait")),
    )


def _vacuum(node: Node, sql: str) -> Iterator[Act]:
    del sql
    options = {each["DefElem"]["defname"].lower() for each in node.get("options", ())}
    verb = "VACUUM" if node.get("is_vacuumcmd") else "ANALYZE"
    names = tuple(relation(each["VacuumRelation"].get("relation")) for each in node.get("rels", ()))
    yield Maintain(verb=f"{verb} FULL" if "full" in options else verb, names=names)


def _cluster(node: Node, sql: str) -> Iterator[Act]:
    del sql
    name = relation(node.get("relation")) if "relation" in node else ""
    yield Maintain(verb="CLUSTER", names=(name,) if name else ())


_REINDEXED = {
    "REINDEX_OBJECT_INDEX": Kind.INDEX,
    "REINDEX_OBJECT_TABLE": Kind.TABLE,
    "REINDEX_OBJECT_SCHEMA": Kind.SCHEMA,
    "REINDEX_OBJECT_DATABASE": Kind.DATABASE,
    "REINDEX_OBJECT_SYSTEM": Kind.DATABASE,
}


def _reindex(node: Node, sql: str) -> Iterator[Act]:
    del sql
    options = {each["DefElem"]["defname"].lower() for each in node.get("params", ())}
    name = relation(node.get("relation")) if "relation" in node else node.get("name", "")
    yield Maintain(
        verb="REINDEX",
        names=(name,) if name else (),
        kind=_REINDEXED.get(node.get("kind", ""), Kind.TABLE),
        is_concurrent="concurrently" in options,
    )


def _copy(node: Node, sql: str) -> Iterator[Act]:
    del sql
    if not node.get("is_from"):
        yield Select(reads=relations_in(node))
        return
    columns = tables.strings(node.get("attlist"))
    yield Change(
        verb="COPY", table=relation(node.get("relation")), columns=columns, is_of_values=True
    )


def _grant(node: Node, sql: str) -> Iterator[Act]:
    del sql
    roles = tuple(each["RoleSpec"].get("rolename", "public") for each in node.get("grantees", ()))
    yield Privileges(
        is_grant=bool(node.get("is_grant")),
        relations=relations_in(node.get("objects")),
        roles=roles,
    )


def _create_as(node: Node, sql: str) -> Iterator[Act]:
    if node.get("objtype") == "OBJECT_MATVIEW":
        yield from objects.create_materialized(node, sql)
    else:
        yield from tables.create_table_as(node, sql)


def _do(node: Node, sql: str) -> Iterator[Act]:
    options = {
        each["DefElem"]["defname"]: each["DefElem"].get("arg", {}) for each in node.get("args", ())
    }
    language = string(options.get("language", {})).lower() or "plpgsql"
    body = string(options.get("as", {}))
    acts, opaque = block(body, language, sql)
    yield Do(acts=acts, opaque=opaque)


def _call(node: Node, sql: str) -> Iterator[Act]:
    del sql
    yield from called(functions_in(node))


_TABLE: dict[str, Callable[[Node, str], Iterator[Act]]] = {
    "CreateStmt": tables.create_table,
    "CreateForeignTableStmt": lambda node, sql: tables.create_table(node["base"], sql),
    "CreateTableAsStmt": _create_as,
    "IndexStmt": tables.create_index,
    "DropStmt": objects.drop,
    "DropdbStmt": objects.drop_database,
    "DropRoleStmt": objects.drop_role,
    "RenameStmt": objects.rename,
    "AlterObjectSchemaStmt": objects.set_schema,
    "ViewStmt": objects.create_view,
    "RefreshMatViewStmt": objects.refresh,
    "CreateFunctionStmt": objects.create_function,
    "CreateTrigStmt": objects.create_trigger,
    "CreateEnumStmt": objects.create_enum,
    "CompositeTypeStmt": objects.create_composite,
    "CreateRangeStmt": objects.create_range,
    "CreateDomainStmt": objects.create_domain,
    "AlterDomainStmt": objects.alter_domain,
    "AlterEnumStmt": objects.alter_enum,
    "CreatePolicyStmt": objects.create_policy,
    "AlterPolicyStmt": objects.alter_policy,
    "CreateSchemaStmt": objects.create_schema,
    "CreateSeqStmt": objects.create_sequence,
    "CreateExtensionStmt": objects.create_extension,
    "CreateRoleStmt": objects.create_role,
    "CreatedbStmt": objects.create_database,
    "DefineStmt": objects.define,
    "VariableSetStmt": _set,
    "TransactionStmt": _transaction,
    "TruncateStmt": _truncate,
    "LockStmt": _lock,
    "VacuumStmt": _vacuum,
    "ClusterStmt": _cluster,
    "ReindexStmt": _reindex,
    "CopyStmt": _copy,
    "GrantStmt": _grant,
    "DoStmt": _do,
    "CallStmt": _call,
}

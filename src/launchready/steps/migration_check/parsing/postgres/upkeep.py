"""Sessions, transactions, locks and upkeep in PostgreSQL's trees."""

from launchready.facts.acts import (
    Act,
    Kind,
    LockTable,
    Maintain,
    Other,
    SetVariable,
    Transaction,
    TransactionVerb,
)
from launchready.steps.migration_check.parsing.postgres.expressions import literal
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import name_of, relation
from launchready.steps.migration_check.parsing.postgres.source import Source

_VERBS = {
    "TRANS_STMT_BEGIN": TransactionVerb.BEGIN,
    "TRANS_STMT_START": TransactionVerb.BEGIN,
    "TRANS_STMT_COMMIT": TransactionVerb.COMMIT,
    "TRANS_STMT_ROLLBACK": TransactionVerb.ROLLBACK,
    "TRANS_STMT_SAVEPOINT": TransactionVerb.SAVEPOINT,
    "TRANS_STMT_RELEASE": TransactionVerb.RELEASE,
    "TRANS_STMT_ROLLBACK_TO": TransactionVerb.ROLLBACK_TO,
    "TRANS_STMT_PREPARE": TransactionVerb.COMMIT,  # ends the session's own transaction
}
_MODES = (
    "",
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)
"""By the numbers of PostgreSQL's storage/lockdefs.h."""

_REINDEXED = {
    "REINDEX_OBJECT_INDEX": Kind.INDEX,
    "REINDEX_OBJECT_TABLE": Kind.TABLE,
    "REINDEX_OBJECT_SCHEMA": Kind.SCHEMA,
    "REINDEX_OBJECT_SYSTEM": Kind.OTHER,  # the catalogs of the database, no table of a person
    "REINDEX_OBJECT_DATABASE": Kind.DATABASE,
}


def set_variable(node: Node, source: Source) -> Act:
    """`SET` and `RESET`."""
    kind = node.get("kind", "VAR_SET_VALUE")
    name = node.get("name", "").lower()
    if kind in ("VAR_SET_MULTI", "VAR_SET_CURRENT"):
        return Other(kind="VariableSetStmt")
    if kind == "VAR_RESET_ALL":
        return SetVariable(name="all", value=None)
    value = None
    if kind == "VAR_SET_VALUE":
        value = ", ".join(_value(each) for each in node.get("args", ()))
    return SetVariable(name=name, value=value, is_local=bool(node.get("is_local")))


def _value(node: Node) -> str:
    if "ColumnRef" in node:
        return name_of(node["ColumnRef"]["fields"])
    return literal(node) or ""


def transaction(node: Node, source: Source) -> Act:
    """`BEGIN`, `COMMIT`, …."""
    verb = _VERBS.get(node.get("kind", "TRANS_STMT_BEGIN"))
    return Transaction(verb=verb) if verb else Other(kind="TransactionStmt")


def lock(node: Node, source: Source) -> Act:
    """`LOCK TABLE`."""
    return LockTable(
        tables=tuple(relation(each["RangeVar"]) for each in node["relations"]),
        mode=_MODES[node.get("mode", 8)],
        is_nowait=bool(node.get("nowait")),
    )


def vacuum(node: Node, source: Source) -> Act:
    """`VACUUM` and `ANALYZE`."""
    verb = "VACUUM" if node.get("is_vacuumcmd") else "ANALYZE"
    if verb == "VACUUM" and _is_on(node.get("options", ()), "full"):
        verb = "VACUUM FULL"
    relations = (each["VacuumRelation"].get("relation") for each in node.get("rels", ()))
    return Maintain(verb=verb, names=tuple(relation(each) for each in relations if each))


def cluster(node: Node, source: Source) -> Act:
    """`CLUSTER`."""
    names = (relation(node["relation"]),) if "relation" in node else ()
    return Maintain(verb="CLUSTER", names=names)


def reindex(node: Node, source: Source) -> Act:
    """`REINDEX`."""
    name = relation(node["relation"]) if "relation" in node else node.get("name", "")
    return Maintain(
        verb="REINDEX",
        names=(name,) if name else (),
        kind=_REINDEXED.get(node.get("kind", ""), Kind.INDEX),
        is_concurrent=_is_on(node.get("params", ()), "concurrently"),
    )


def _is_on(options: object, name: str) -> bool:
    """Whether an option is there and not switched off."""
    for each in options if isinstance(options, list) else ():
        option = each["DefElem"]
        if option["defname"] == name:
            argument = option.get("arg")
            if argument is None:
                return True
            word = argument.get("String", {}).get("sval", "")
            number = argument.get("Integer", {}).get("ival", 0)
            is_true = argument.get("Boolean", {}).get("boolval", False)
            return bool(word.lower() in ("true", "on") or number or is_true)
    return False

"""Objects dropped, renamed and moved in PostgreSQL's trees, whatever their kind."""

from launchready.facts.acts import (
    ALL_OWNED,
    Act,
    AddEnumValue,
    AlterDomain,
    AlterPolicy,
    Drop,
    Kind,
    Other,
    Privileges,
    Rename,
    SetSchema,
)
from launchready.steps.migration_check.parsing.postgres.columns import constraint
from launchready.steps.migration_check.parsing.postgres.conditions import is_always
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import (
    joined,
    name_of,
    named,
    relation,
    role,
    strings,
)
from launchready.steps.migration_check.parsing.postgres.source import Source

_KINDS = {
    "OBJECT_TABLE": Kind.TABLE,
    "OBJECT_FOREIGN_TABLE": Kind.TABLE,
    "OBJECT_VIEW": Kind.VIEW,
    "OBJECT_MATVIEW": Kind.MATERIALIZED_VIEW,
    "OBJECT_INDEX": Kind.INDEX,
    "OBJECT_SEQUENCE": Kind.SEQUENCE,
    "OBJECT_TYPE": Kind.TYPE,
    "OBJECT_DOMAIN": Kind.DOMAIN,
    "OBJECT_FUNCTION": Kind.FUNCTION,
    "OBJECT_PROCEDURE": Kind.FUNCTION,
    "OBJECT_ROUTINE": Kind.FUNCTION,
    "OBJECT_TRIGGER": Kind.TRIGGER,
    "OBJECT_POLICY": Kind.POLICY,
    "OBJECT_RULE": Kind.RULE,
    "OBJECT_SCHEMA": Kind.SCHEMA,
    "OBJECT_DATABASE": Kind.DATABASE,
    "OBJECT_EXTENSION": Kind.EXTENSION,
    "OBJECT_TABCONSTRAINT": Kind.CONSTRAINT,
    "OBJECT_COLUMN": Kind.COLUMN,
    "OBJECT_ROLE": Kind.ROLE,
}
_ON_TABLES = (Kind.TRIGGER, Kind.POLICY, Kind.RULE)
_INSIDE = (*_ON_TABLES, Kind.COLUMN, Kind.CONSTRAINT)


def drop(node: Node, source: Source) -> Act:
    """`DROP …`."""
    kind = _KINDS.get(node["removeType"], Kind.OTHER)
    names, table = [], ""
    for each in node["objects"]:
        if kind in _ON_TABLES and "List" in each:
            *where, name = strings(each["List"]["items"])
            table = joined(where)
            names.append(name)
        else:
            names.append(named(each))
    return Drop(
        kind=kind,
        names=tuple(names),
        is_if_exists=bool(node.get("missing_ok")),
        is_cascade=node.get("behavior") == "DROP_CASCADE",
        is_concurrent=bool(node.get("concurrent")),
        table=table,
    )


def drop_database(node: Node, source: Source) -> Act:
    """`DROP DATABASE`."""
    is_if_exists = bool(node.get("missing_ok"))
    return Drop(kind=Kind.DATABASE, names=(node.get("dbname", ""),), is_if_exists=is_if_exists)


def drop_roles(node: Node, source: Source) -> Act:
    """`DROP ROLE`."""
    names = tuple(role(each["RoleSpec"]) for each in node["roles"])
    return Drop(kind=Kind.ROLE, names=names, is_if_exists=bool(node.get("missing_ok")))


def drop_owned(node: Node, source: Source) -> Act:
    """`DROP OWNED BY`, which names none of what it drops."""
    names = tuple(f"{ALL_OWNED}{role(each['RoleSpec'])}" for each in node["roles"])
    return Drop(kind=Kind.OTHER, names=names, is_cascade=node.get("behavior") == "DROP_CASCADE")


def rename(node: Node, source: Source) -> Act:
    """`RENAME TO`, of a column, constraint, trigger or policy too."""
    word = node["renameType"]
    kind = _KINDS.get(word, Kind.OTHER)
    table = relation(node["relation"]) if "relation" in node else ""
    if kind in _INSIDE:
        return Rename(kind=kind, old=node["subname"], new=node["newname"], table=table)
    old = table or named(node.get("object", {})) or node.get("subname", "")
    if word in ("OBJECT_ATTRIBUTE", "OBJECT_DOMCONSTRAINT"):
        old = f"{old}.{node['subname']}"
    return Rename(kind=kind, old=old, new=_beside(old, node["newname"], kind))


def _beside(old: str, new: str, kind: Kind) -> str:
    """The new name, in the schema of the old one."""
    schema, dot, _ = old.rpartition(".")
    return f"{schema}{dot}{new}" if kind not in (Kind.SCHEMA, Kind.ROLE, Kind.OTHER) else new


def set_schema(node: Node, source: Source) -> Act:
    """`SET SCHEMA`."""
    kind = _KINDS.get(node["objectType"], Kind.OTHER)
    name = relation(node["relation"]) if "relation" in node else named(node.get("object", {}))
    return SetSchema(kind=kind, name=name, schema=node["newschema"])


def alter_enum(node: Node, source: Source) -> Act:
    """`ALTER TYPE … ADD VALUE` and `RENAME VALUE`."""
    name = name_of(node["typeName"])
    if "oldVal" in node:
        return Rename(kind=Kind.ENUM_VALUE, old=node["oldVal"], new=node["newVal"], table=name)
    return AddEnumValue(
        type=name,
        value=node.get("newVal", ""),
        is_if_not_exists=bool(node.get("skipIfNewValExists")),
        is_last="newValNeighbor" not in node,
    )


def alter_domain(node: Node, source: Source) -> Act:
    """`ALTER DOMAIN`; its constraint counts as the server checks it."""
    name, what = name_of(node["typeName"]), node["subtype"]
    if what == "C":
        made = constraint(node["def"]["Constraint"], source)
        return AlterDomain(name=name, adds=made)
    if what in "NO":
        return AlterDomain(name=name, is_not_null=what == "O")
    if what == "V":
        return AlterDomain(name=name, validates=node.get("name", ""))
    return AlterDomain(name=name, drops=node.get("name", "") if what == "X" else "")


def alter_policy(node: Node, source: Source) -> Act:
    """`ALTER POLICY`."""
    conditions = [node[each] for each in ("qual", "with_check") if each in node]
    return AlterPolicy(
        table=relation(node["table"]),
        name=node["policy_name"],
        is_narrowed=not all(map(is_always, conditions)),
    )


def privileges(node: Node, source: Source) -> Act:
    """`GRANT` and `REVOKE`; on anything but relations it is none of our acts."""
    if node.get("objtype") != "OBJECT_TABLE" or node.get("targtype") != "ACL_TARGET_OBJECT":
        return Other(kind="GrantStmt")
    return Privileges(
        is_grant=bool(node.get("is_grant")),
        relations=tuple(named(each) for each in node.get("objects", ())),
        roles=tuple(role(each["RoleSpec"]) for each in node.get("grantees", ())),
    )

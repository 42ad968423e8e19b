"""CREATE, ALTER, DROP and RENAME of whatever is no table."""

from collections.abc import Iterator
from typing import Any

from launchready.facts.acts import (
    Act,
    AddEnumValue,
    AlterDomain,
    AlterPolicy,
    Create,
    CreateFunction,
    CreateTrigger,
    CreateType,
    CreateView,
    Drop,
    Kind,
    RefreshView,
    Rename,
    SetSchema,
)
from launchready.steps.migration_check.parsing.postgres.nodes import (
    Node,
    columns_in,
    dotted,
    expression,
    listed,
    named,
    relation,
    relations_in,
    string,
    type_of,
    walk,
)
from launchready.steps.migration_check.parsing.postgres.tables import constraint_of, strings

KINDS = {
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
    "OBJECT_AGGREGATE": Kind.FUNCTION,
    "OBJECT_TRIGGER": Kind.TRIGGER,
    "OBJECT_POLICY": Kind.POLICY,
    "OBJECT_RULE": Kind.RULE,
    "OBJECT_SCHEMA": Kind.SCHEMA,
    "OBJECT_DATABASE": Kind.DATABASE,
    "OBJECT_EXTENSION": Kind.EXTENSION,
    "OBJECT_TABCONSTRAINT": Kind.CONSTRAINT,
    "OBJECT_COLUMN": Kind.COLUMN,
    "OBJECT_ATTRIBUTE": Kind.COLUMN,
    "OBJECT_ROLE": Kind.ROLE,
}
_ON_TABLE = (Kind.TRIGGER, Kind.POLICY, Kind.RULE)


def drop(node: Node, sql: str) -> Iterator[Act]:
    """DROP of objects."""
    del sql
    kind = KINDS.get(node["removeType"], Kind.OTHER)
    facts: dict[str, Any] = {
        "kind": kind,
        "is_if_exists": bool(node.get("missing_ok")),
        "is_cascade": node.get("behavior") == "DROP_CASCADE",
        "is_concurrent": bool(node.get("concurrent")),
    }
    if kind in _ON_TABLE:
        for each in node.get("objects", ()):
            items = [string(item) for item in each.get("List", {}).get("items", ())]
            yield Drop(names=(items[-1],), table=named(items[:-1]), **facts)
        return
    yield Drop(names=tuple(listed(each) for each in node.get("objects", ())), **facts)


def drop_database(node: Node, sql: str) -> Iterator[Act]:
    """DROP DATABASE."""
    del sql
    name = node.get("dbname", "")
    yield Drop(kind=Kind.DATABASE, names=(name,), is_if_exists=bool(node.get("missing_ok")))


def drop_role(node: Node, sql: str) -> Iterator[Act]:
    """DROP ROLE."""
    del sql
    names = tuple(each.get("RoleSpec", {}).get("rolename", "") for each in node.get("roles", ()))
    yield Drop(kind=Kind.ROLE, names=names, is_if_exists=bool(node.get("missing_ok")))


def rename(node: Node, sql: str) -> Iterator[Act]:
    """ALTER … RENAME."""
    del sql
    kind = KINDS.get(node["renameType"], Kind.OTHER)
    table = relation(node.get("relation")) if "relation" in node else ""
    new, old = node.get("newname", ""), node.get("subname", "")
    if kind in (Kind.COLUMN, Kind.CONSTRAINT, *_ON_TABLE):
        if node["renameType"] == "OBJECT_ATTRIBUTE":
            kind = Kind.OTHER
        yield Rename(kind=kind, old=old, new=new, table=table)
        return
    if kind is Kind.TABLE and KINDS.get(node.get("relationType", "")) is Kind.VIEW:
        kind = Kind.VIEW
    name = table or old or listed(node.get("object", {}))
    if not name and "List" in node.get("object", {}):
        name = dotted(node["object"]["List"].get("items", ()))
    yield Rename(kind=kind, old=name, new=_beside(name, new))


def _beside(old: str, new: str) -> str:
    """The new name in the schema of the old one."""
    schema = old.rpartition(".")[0]
    return f"{schema}.{new}" if schema else new


def set_schema(node: Node, sql: str) -> Iterator[Act]:
    """ALTER … SET SCHEMA."""
    del sql
    kind = KINDS.get(node["objectType"], Kind.OTHER)
    name = relation(node.get("relation")) if "relation" in node else listed(node.get("object", {}))
    yield SetSchema(kind=kind, name=name, schema=node.get("newschema", ""))


def create_view(node: Node, sql: str) -> Iterator[Act]:
    """CREATE VIEW."""
    del sql
    query = node.get("query")
    yield CreateView(
        name=relation(node.get("view")),
        reads=relations_in(query),
        columns=columns_in(query),
        is_replace=bool(node.get("replace")),
        is_star=any(name == "A_Star" for name, _ in walk(query)),
    )


def create_materialized(node: Node, sql: str) -> Iterator[Act]:
    """CREATE MATERIALIZED VIEW, which the parser takes for a CREATE TABLE AS."""
    del sql
    query = node.get("query")
    yield CreateView(
        name=relation(node["into"]["rel"]),
        reads=relations_in(query),
        columns=columns_in(query),
        is_materialized=True,
        is_if_not_exists=bool(node.get("if_not_exists")),
        has_data=not node["into"].get("skipData"),
        is_star=any(name == "A_Star" for name, _ in walk(query)),
    )


def refresh(node: Node, sql: str) -> Iterator[Act]:
    """REFRESH MATERIALIZED VIEW."""
    del sql
    yield RefreshView(
        name=relation(node.get("relation")),
        is_concurrent=bool(node.get("concurrent")),
        has_data=not node.get("skipData"),
    )


def create_function(node: Node, sql: str) -> Iterator[Act]:
    """CREATE FUNCTION and CREATE PROCEDURE."""
    options = {
        each["DefElem"]["defname"]: each["DefElem"].get("arg", {})
        for each in node.get("options", ())
    }
    sets = [
        each["DefElem"].get("arg", {}).get("VariableSetStmt", {}).get("name", "")
        for each in node.get("options", ())
        if each["DefElem"]["defname"] == "set"
    ]
    body = options.get("as", {})
    text = string(body["List"]["items"][0]) if "List" in body else string(body)
    definer = options.get("security", {})
    yield CreateFunction(
        name=dotted(node.get("funcname", ())),
        language=string(options.get("language", {})).lower() or "sql",
        body=text or (sql if "sql_body" in node else ""),
        volatility=string(options.get("volatility", {})) or "volatile",
        is_replace=bool(node.get("replace")),
        is_security_definer=bool(definer.get("Boolean", {}).get("boolval")),
        sets_search_path="search_path" in sets,
        is_trigger=type_of(node.get("returnType")).name == "trigger",
    )


def create_trigger(node: Node, sql: str) -> Iterator[Act]:
    """CREATE TRIGGER."""
    del sql
    yield CreateTrigger(
        table=relation(node.get("relation")),
        name=node.get("trigname", ""),
        function=dotted(node.get("funcname", ())),
        is_constraint=bool(node.get("isconstraint")),
    )


def create_enum(node: Node, sql: str) -> Iterator[Act]:
    """CREATE TYPE … AS ENUM."""
    del sql
    yield CreateType(
        name=dotted(node.get("typeName", ())), values=strings(node.get("vals")), is_enum=True
    )


def create_composite(node: Node, sql: str) -> Iterator[Act]:
    """CREATE TYPE of several columns."""
    del sql
    yield CreateType(name=relation(node.get("typevar")))


def create_range(node: Node, sql: str) -> Iterator[Act]:
    """CREATE TYPE … AS RANGE."""
    del sql
    yield CreateType(name=dotted(node.get("typeName", ())))


def create_domain(node: Node, sql: str) -> Iterator[Act]:
    """CREATE DOMAIN."""
    kinds = [each["Constraint"] for each in node.get("constraints", ())]
    default = next((e.get("raw_expr") for e in kinds if e["contype"] == "CONSTR_DEFAULT"), None)
    yield CreateType(
        name=dotted(node.get("domainname", ())),
        base=type_of(node.get("typeName")),
        is_not_null=any(each["contype"] == "CONSTR_NOTNULL" for each in kinds),
        constraints=tuple(
            constraint_of(each, sql) for each in kinds if each["contype"] == "CONSTR_CHECK"
        ),
        default=expression(default, sql),
    )


def alter_domain(node: Node, sql: str) -> Iterator[Act]:
    """ALTER DOMAIN. The letter says what: https://doxygen.postgresql.org/parsenodes_8h_source.html"""
    name, letter = dotted(node.get("typeName", ())), node.get("subtype", "")
    if isinstance(letter, int):
        letter = chr(letter)
    letter = _DOMAIN_WORDS.get(letter, letter)
    adds = node.get("def", {}).get("Constraint")
    yield AlterDomain(
        name=name,
        adds=constraint_of(adds, sql)
        if letter == "C" and adds and adds["contype"] == "CONSTR_CHECK"
        else None,
        is_not_null={"O": True, "N": False}.get(letter),
        validates=node.get("name", "") if letter == "V" else "",
        drops=node.get("name", "") if letter == "X" else "",
    )


_DOMAIN_WORDS = {
    "AD_AddConstraint": "C",
    "AD_DropConstraint": "X",
    "AD_ValidateConstraint": "V",
    "AD_SetNotNull": "O",
    "AD_DropNotNull": "N",
    "AD_AlterDefault": "T",
}


def alter_enum(node: Node, sql: str) -> Iterator[Act]:
    """ALTER TYPE … ADD VALUE and RENAME VALUE."""
    del sql
    name, new = dotted(node.get("typeName", ())), node.get("newVal", "")
    if node.get("oldVal"):
        yield Rename(kind=Kind.ENUM_VALUE, old=node["oldVal"], new=new, table=name)
        return
    yield AddEnumValue(
        type=name,
        value=new,
        is_if_not_exists=bool(node.get("skipIfNewValExists")),
        is_last=not node.get("newValNeighbor"),
    )


def create_policy(node: Node, sql: str) -> Iterator[Act]:
    """CREATE POLICY."""
    del sql
    yield Create(
        kind=Kind.POLICY, name=node.get("policy_name", ""), table=relation(node.get("table"))
    )


def alter_policy(node: Node, sql: str) -> Iterator[Act]:
    """ALTER POLICY."""
    del sql
    yield AlterPolicy(table=relation(node.get("table")), name=node.get("policy_name", ""))


def create_schema(node: Node, sql: str) -> Iterator[Act]:
    """CREATE SCHEMA, with what is written inside it."""
    from launchready.steps.migration_check.parsing.postgres.statements import acts_of

    name = node.get("schemaname", "") or node.get("authrole", {}).get("rolename", "")
    yield Create(kind=Kind.SCHEMA, name=name, is_if_not_exists=bool(node.get("if_not_exists")))
    for each in node.get("schemaElts", ()):
        yield from (act for _, act in acts_of(each, sql))


def create_sequence(node: Node, sql: str) -> Iterator[Act]:
    """CREATE SEQUENCE."""
    del sql
    yield Create(
        kind=Kind.SEQUENCE,
        name=relation(node.get("sequence")),
        is_if_not_exists=bool(node.get("if_not_exists")),
    )


def create_extension(node: Node, sql: str) -> Iterator[Act]:
    """CREATE EXTENSION."""
    del sql
    yield Create(
        kind=Kind.EXTENSION,
        name=node.get("extname", ""),
        is_if_not_exists=bool(node.get("if_not_exists")),
    )


def create_role(node: Node, sql: str) -> Iterator[Act]:
    """CREATE ROLE."""
    del sql
    yield Create(kind=Kind.ROLE, name=node.get("role", ""))


def create_database(node: Node, sql: str) -> Iterator[Act]:
    """CREATE DATABASE."""
    del sql
    yield Create(kind=Kind.DATABASE, name=node.get("dbname", ""))


def define(node: Node, sql: str) -> Iterator[Act]:
    """CREATE AGGREGATE, OPERATOR, TYPE (…), TEXT SEARCH …"""
    del sql
    kind = KINDS.get(node.get("kind", ""), Kind.OTHER)
    if kind is Kind.TYPE:
        yield CreateType(name=dotted(node.get("defnames", ())))
        return
    yield Create(kind=kind, name=dotted(node.get("defnames", ())))

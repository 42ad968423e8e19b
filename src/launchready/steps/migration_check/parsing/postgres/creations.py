"""What is made and is no table: types, functions, triggers, schemas, … in PostgreSQL's trees."""

from collections.abc import Callable
from typing import Any

from launchready.facts.acts import Act, Create, CreateFunction, CreateTrigger, CreateType, Kind
from launchready.facts.schema import Constraint, Expression
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.postgres.columns import constraint
from launchready.steps.migration_check.parsing.postgres.expressions import expression
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import (
    name_of,
    named,
    relation,
    strings,
    type_of,
)
from launchready.steps.migration_check.parsing.postgres.source import Source

_TABLE = "FUNC_PARAM_TABLE"
_OUTWARD = ("FUNC_PARAM_OUT", "FUNC_PARAM_INOUT", _TABLE)
_ATOMIC = Regex(r"\bBEGIN\s+ATOMIC\b(?s:(.*))\bEND\b|\bRETURN\b(?s:(.*))", 2)


def create_enum(node: Node, source: Source) -> Act:
    """`CREATE TYPE … AS ENUM`."""
    values = tuple(strings(node.get("vals", ())))
    return CreateType(name=name_of(node["typeName"]), values=values, is_enum=True)


def create_domain(node: Node, source: Source) -> Act:
    """`CREATE DOMAIN`."""
    is_not_null, default = False, None
    constraints: list[Constraint] = []
    for each in node.get("constraints", ()):
        inside = each["Constraint"]
        match inside["contype"]:
            case "CONSTR_NOTNULL":
                is_not_null = True
            case "CONSTR_DEFAULT":
                default = _default(inside, source)
            case "CONSTR_CHECK":
                constraints.append(constraint(inside, source))
    return CreateType(
        name=name_of(node["domainname"]),
        base=type_of(node["typeName"]),
        is_not_null=is_not_null,
        constraints=tuple(constraints),
        default=default,
    )


def _default(node: Node, source: Source) -> Expression:
    return expression(node["raw_expr"], source.default(source.place(node) + len("default")))


def create_composite(node: Node, source: Source) -> Act:
    """`CREATE TYPE … AS (…)`."""
    return CreateType(name=relation(node["typevar"]))


def create_range(node: Node, source: Source) -> Act:
    """`CREATE TYPE … AS RANGE`."""
    return CreateType(name=name_of(node["typeName"]))


def define(node: Node, source: Source) -> Act:
    """`CREATE TYPE` of a base type; aggregates, operators and others."""
    name = name_of(node["defnames"])
    if node["kind"] == "OBJECT_TYPE":
        return CreateType(name=name)
    is_function = node["kind"] == "OBJECT_AGGREGATE"
    return Create(kind=Kind.FUNCTION if is_function else Kind.OTHER, name=name)


def create_function(node: Node, source: Source) -> Act:
    """`CREATE FUNCTION`, `CREATE PROCEDURE`."""
    options: dict[str, Any] = {}
    sets_path = False
    for each in node.get("options", ()):
        option = each["DefElem"]
        argument = option.get("arg", {})
        if option["defname"] == "set":
            changed = argument.get("VariableSetStmt", {})
            sets_path = sets_path or changed.get("name") == "search_path"
        else:
            options[option["defname"]] = argument
    body = "".join(strings(options.get("as", {}).get("List", {}).get("items", ()))[:1])
    if "sql_body" in node and (found := _ATOMIC.search(source.sql)):
        body = (found[1] or found[2] or "").strip()
        body = body if found[1] else f"SELECT {body}"
    security = options.get("security", {}).get("Boolean", {})
    returned = node.get("returnType", {}).get("names", ())
    parameters = (each["FunctionParameter"] for each in node.get("parameters", ()))
    given = [each for each in parameters if each.get("mode") not in ("FUNC_PARAM_OUT", _TABLE)]
    return CreateFunction(
        name=name_of(node["funcname"]),
        language=named(options.get("language", {})).lower() or "sql",
        body=body,
        volatility=named(options.get("volatility", {})) or "volatile",
        is_replace=bool(node.get("replace")),
        is_security_definer=bool(security.get("boolval")),
        sets_search_path=sets_path,
        is_trigger=name_of(returned) in ("trigger", "event_trigger"),
        arguments=tuple(str(type_of(each["argType"])) for each in given),
        returns=_returned(node),
    )


def _returned(node: Node) -> str:
    """What a function gives back: two with different words here cannot replace one another.

    Source: https://www.postgresql.org/docs/current/sql-createfunction.html (Notes).
    """
    kind = node.get("returnType", {})
    found = [f"{'SETOF ' if kind.get('setof') else ''}{type_of(kind)}"] if kind else []
    found.extend(
        f"{each.get('name', '')} {type_of(each['argType'])}"
        for each in (parameter["FunctionParameter"] for parameter in node.get("parameters", ()))
        if each.get("mode") in _OUTWARD
    )
    return ", ".join(found)


def create_trigger(node: Node, source: Source) -> Act:
    """`CREATE TRIGGER`."""
    return CreateTrigger(
        table=relation(node["relation"]),
        name=node["trigname"],
        function=name_of(node["funcname"]),
        is_constraint=bool(node.get("isconstraint")),
    )


def create_schema(node: Node, source: Source) -> Act:
    """`CREATE SCHEMA`; one of a role without a name has the role's."""
    name = node.get("schemaname") or node.get("authrole", {}).get("rolename", "")
    return Create(kind=Kind.SCHEMA, name=name, is_if_not_exists=bool(node.get("if_not_exists")))


def create_policy(node: Node, source: Source) -> Act:
    """`CREATE POLICY`."""
    return Create(
        kind=Kind.POLICY,
        name=node["policy_name"],
        table=relation(node["table"]),
        is_restrictive=not node.get("permissive"),
    )


def create_rule(node: Node, source: Source) -> Act:
    """`CREATE RULE`."""
    return Create(kind=Kind.RULE, name=node["rulename"], table=relation(node["relation"]))


def create_sequence(node: Node, source: Source) -> Act:
    """`CREATE SEQUENCE`."""
    is_if_not_exists = bool(node.get("if_not_exists"))
    name = relation(node["sequence"])
    return Create(kind=Kind.SEQUENCE, name=name, is_if_not_exists=is_if_not_exists)


def create_statistics(node: Node, source: Source) -> Act:
    """`CREATE STATISTICS`."""
    return Create(kind=Kind.OTHER, name=name_of(node.get("defnames", ())))


def made(kind: Kind, field: str) -> Callable[[Node, Source], Act]:
    """A reader of what has a kind and a plain name, and nothing else that matters."""

    def read(node: Node, source: Source) -> Act:
        is_if_not_exists = bool(node.get("if_not_exists"))
        return Create(kind=kind, name=node.get(field, ""), is_if_not_exists=is_if_not_exists)

    return read

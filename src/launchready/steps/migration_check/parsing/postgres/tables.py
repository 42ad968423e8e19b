"""Tables, indexes and views made, in PostgreSQL's trees."""

from launchready.facts.acts import Act, CreateIndex, CreateTable, CreateView, RefreshView
from launchready.facts.schema import Column, Constraint, ConstraintKind, IndexKey
from launchready.frozen import replace
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.postgres.columns import column, constraint
from launchready.steps.migration_check.parsing.postgres.expressions import expression, seen_in
from launchready.steps.migration_check.parsing.postgres.library import Node
from launchready.steps.migration_check.parsing.postgres.names import name_of, relation, strings
from launchready.steps.migration_check.parsing.postgres.source import Source, first_location
from launchready.steps.migration_check.parsing.postgres.views import owned_in

_ORDER = Regex(r"(?:\s+(?:ASC|DESC))?(?:\s+NULLS\s+(?:FIRST|LAST))?\s*\Z", 2)
_ORDERS = {"SORTBY_ASC": "ASC", "SORTBY_DESC": "DESC"}
_NULLS = {"SORTBY_NULLS_FIRST": "NULLS FIRST", "SORTBY_NULLS_LAST": "NULLS LAST"}


def create_table(node: Node, source: Source) -> Act:
    """`CREATE TABLE`, `CREATE FOREIGN TABLE`."""
    node = node.get("base", node)
    columns: list[Column] = []
    constraints: list[Constraint] = []
    like = []
    for each in node.get("tableElts", ()):
        if "ColumnDef" in each:
            columns.append(column(each["ColumnDef"], source))
        elif "Constraint" in each:
            if not each["Constraint"]["contype"].startswith("CONSTR_ATTR"):
                constraints.append(constraint(each["Constraint"], source))
        elif "TableLikeClause" in each:
            like.append(relation(each["TableLikeClause"]["relation"]))
    parents = tuple(relation(each["RangeVar"]) for each in node.get("inhRelations", ()))
    bound = node.get("partbound")
    persistence = node["relation"].get("relpersistence")
    return CreateTable(
        table=relation(node["relation"]),
        columns=_with_keys(columns, constraints),
        constraints=tuple(constraints),
        is_if_not_exists=bool(node.get("if_not_exists")),
        is_temporary=persistence == "t" or node["relation"].get("schemaname") == "pg_temp",
        is_unlogged=persistence == "u",
        is_partitioned="partspec" in node,
        partition_of=parents[0] if bound and parents else "",
        is_default_partition=bool(bound and bound.get("is_default")),
        inherits=() if bound else parents,
        like=tuple(like),
        is_elsewhere="tablespacename" in node or "accessMethod" in node,
    )


def _with_keys(columns: list[Column], constraints: list[Constraint]) -> tuple[Column, ...]:
    """Columns of a primary key are NOT NULL, wherever the key is written."""
    keys: set[str] = set()
    for each in constraints:
        if each.kind in (ConstraintKind.PRIMARY_KEY, ConstraintKind.NOT_NULL):
            keys.update(each.columns)
    return tuple(
        replace(each, is_not_null=True) if each.name in keys and not each.is_not_null else each
        for each in columns
    )


def create_table_as(node: Node, source: Source) -> Act:
    """`CREATE TABLE … AS`, `CREATE MATERIALIZED VIEW`."""
    into = node["into"]
    seen = seen_in(node["query"])
    if node.get("objtype") == "OBJECT_MATVIEW":
        return CreateView(
            name=relation(into["rel"]),
            reads=seen.relations,
            columns=seen.columns,
            owned=owned_in(node["query"]),
            is_materialized=True,
            is_if_not_exists=bool(node.get("if_not_exists")),
            has_data=not into.get("skipData"),
            is_star=seen.is_star,
        )
    return replace(
        created_by_query(into, node["query"]), is_if_not_exists=bool(node.get("if_not_exists"))
    )


def created_by_query(into: Node, query: Node) -> CreateTable:
    """The table that a query fills."""
    persistence = into["rel"].get("relpersistence")
    return CreateTable(
        table=relation(into["rel"]),
        is_of_query=True,
        is_temporary=persistence == "t",
        is_unlogged=persistence == "u",
        reads=seen_in(query).relations,
    )


def refresh_view(node: Node, source: Source) -> Act:
    """`REFRESH MATERIALIZED VIEW`."""
    return RefreshView(
        name=relation(node["relation"]),
        is_concurrent=bool(node.get("concurrent")),
        has_data=not node.get("skipData"),
    )


def create_index(node: Node, source: Source) -> Act:
    """`CREATE INDEX`."""
    where = None
    if condition := node.get("whereClause"):
        start = source.place(node["relation"])
        where = expression(condition, source.after("WHERE", start))
    return CreateIndex(
        table=relation(node["relation"]),
        name=node.get("idxname", ""),
        keys=tuple(_key(each["IndexElem"], source) for each in node.get("indexParams", ())),
        is_unique=bool(node.get("unique")),
        is_concurrent=bool(node.get("concurrent")),
        is_if_not_exists=bool(node.get("if_not_exists")),
        is_only=not node["relation"].get("inh"),
        method=node.get("accessMethod", "btree"),
        where=where,
    )


def _key(node: Node, source: Source) -> IndexKey:
    words = [
        name_of(node.get("opclass", ())),
        _ORDERS.get(node.get("ordering", ""), ""),
        _NULLS.get(node.get("nulls_ordering", ""), ""),
    ]
    options = " ".join(word for word in words if word)
    if name := node.get("name"):
        return IndexKey(column=name, options=options)
    tree = node["expr"]
    text = source.expression(source.at(first_location(tree) or 0))
    text = _ORDER.sub("", text)
    if opclass := strings(node.get("opclass", ())):
        text = text.rpartition(opclass[-1])[0].rstrip() or text
    return IndexKey(expression=expression(tree, text), options=options)

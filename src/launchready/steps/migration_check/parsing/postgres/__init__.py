"""PostgreSQL's statements to acts, through its own parser."""

from collections.abc import Callable
from typing import Any

from launchready.facts.acts import Act, Change, Do, Kind, Other, Unread
from launchready.regex import Regex
from launchready.steps.migration_check.parsing.postgres import (
    alter,
    creations,
    objects,
    rows,
    tables,
    upkeep,
    views,
)
from launchready.steps.migration_check.parsing.postgres.bodies import block, done_by
from launchready.steps.migration_check.parsing.postgres.inserts import acts_of_rows
from launchready.steps.migration_check.parsing.postgres.library import Node, Refusal, tree
from launchready.steps.migration_check.parsing.postgres.names import joined
from launchready.steps.migration_check.parsing.postgres.source import Source

Acts = tuple[tuple[int, Act], ...]

_BULK = 50_000
"""Characters from which on an INSERT of values is known by its first words."""

_INSERT = Regex(
    r'\s*INSERT\s+INTO\s+((?:"[^"]+"|\w+)(?:\s*\.\s*(?:"[^"]+"|\w+))?)\s*(?:\(([^()]*)\)\s*)?'
    r"(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES\s*\(",
    2,
)
_NAME = Regex(r'"((?:[^"]|"")+)"|(\w+)')
# The first command of a line ends the query; those behind it on the line are about the same query.
_COMMAND = Regex(
    r"(?s:(.*?))(?<![\w\\])(\\(?:gexec|gset|gdesc|gx|g|crosstabview))\b[^\n']*\Z"
    r"|(?s:())(\\(?:i|ir|include|include_relative|copy))\b[^\n]*\Z"
)
_RUNS_ROWS = Regex(r"(?<![\w\\])\\gexec\b")
_FILES = {"\\i", "\\ir", "\\include", "\\include_relative"}


def acts_of(sql: str) -> Acts:
    """The acts of one statement, each with its offset in characters."""
    if len(sql) > _BULK and (found := _INSERT.match(sql)):
        return ((0, _bulk(found[1], found[2] or "")),)
    if "\\" in sql:
        if found := _COMMAND.fullmatch(sql):
            return _psql(found[1] or "", found[2] or found[4], sql)
    elif sql[:1] in "iI" and (acts := acts_of_rows(sql, _parsed)) is not None:
        return acts
    return _parsed(sql)


def _parsed(sql: str) -> Acts:
    try:
        node = tree(sql)
        if isinstance(node, Refusal):
            return _unread(sql, node)
        source = Source(sql)
        return tuple(each for kind in node for each in _read(kind, node[kind], source))
    except RecursionError:
        return ((0, Unread(message="it is nested too deeply")),)


def _read(kind: str, node: Node, source: Source) -> Acts:
    reader = _READERS.get(kind)
    if reader is None:
        return ((0, Other(kind=kind)),)
    found = reader(node, source)
    return ((0, found),) if isinstance(found, Act) else tuple(found)


def _unread(sql: str, refusal: Refusal) -> Acts:
    return ((0, Unread(message=refusal.message, offset=min(refusal.at, len(sql)))),)


def _bulk(table: str, columns: str) -> Change:
    return Change(
        verb="INSERT",
        table=joined(_names(table)),
        columns=tuple(_names(columns)),
        is_bounded=True,
        is_of_values=True,
    )


def _names(text: str) -> list[str]:
    found = (each.groups() for each in _NAME.finditer(text))
    return [quoted.replace('""', '"') if quoted else bare.lower() for quoted, bare in found]


def _psql(query: str, command: str, sql: str) -> Acts:
    """What psql runs of elsewhere: a file, or the text that a query returns."""
    if command in _FILES:
        return ((0, Do(opaque=f"another file is run: {sql.split(maxsplit=1)[-1]}")),)
    if command == "\\copy":
        words = sql.split()
        if "from" in (word.lower() for word in words[2:]):
            name = words[1].partition("(")[0]
            return ((0, Change(verb="COPY", table=joined(_names(name)), is_of_values=True)),)
        return ((0, Other(kind="copy")),)
    found = acts_of(query)
    if _RUNS_ROWS.search(sql, len(query)):
        acts = tuple((at, act, False) for at, act in found)
        return ((0, Do(acts=acts, opaque="what the query returns is run")),)
    return found


def acts_of_body(body: str, language: str) -> Do:
    """What a function's body does when it runs, with offsets in the body."""
    return done_by(body, language.lower(), acts_of)


def _block(node: Node, source: Source) -> Act:
    return block(node, source, acts_of)


def _explain(node: Node, source: Source) -> Acts:
    options = [each["DefElem"]["defname"] for each in node.get("options", ())]
    if "analyze" not in options:
        return ((0, Other(kind="ExplainStmt")),)
    return tuple(
        each for kind, inner in node["query"].items() for each in _read(kind, inner, source)
    )


def _schema(node: Node, source: Source) -> Acts:
    acts: list[tuple[int, Act]] = [(0, creations.create_schema(node, source))]
    for each in node.get("schemaElts", ()):
        for kind, inner in each.items():
            acts.extend(_read(kind, inner, source))
    return tuple(acts)


_READERS: dict[str, Callable[[Node, Source], Any]] = {
    "AlterDomainStmt": objects.alter_domain,
    "AlterEnumStmt": objects.alter_enum,
    "AlterObjectSchemaStmt": objects.set_schema,
    "AlterPolicyStmt": objects.alter_policy,
    "AlterTableStmt": alter.alter_table,
    "CallStmt": rows.call,
    "ClusterStmt": upkeep.cluster,
    "CompositeTypeStmt": creations.create_composite,
    "CopyStmt": rows.copy,
    "CreateDomainStmt": creations.create_domain,
    "CreateEnumStmt": creations.create_enum,
    "CreateEventTrigStmt": creations.made(Kind.OTHER, "trigname"),
    "CreateExtensionStmt": creations.made(Kind.EXTENSION, "extname"),
    "CreateForeignTableStmt": tables.create_table,
    "CreateFunctionStmt": creations.create_function,
    "CreatePolicyStmt": creations.create_policy,
    "CreatePublicationStmt": creations.made(Kind.OTHER, "pubname"),
    "CreateRangeStmt": creations.create_range,
    "CreateRoleStmt": creations.made(Kind.ROLE, "role"),
    "CreateSchemaStmt": _schema,
    "CreateSeqStmt": creations.create_sequence,
    "CreateStatsStmt": creations.create_statistics,
    "CreateStmt": tables.create_table,
    "CreateTableAsStmt": tables.create_table_as,
    "CreateTrigStmt": creations.create_trigger,
    "CreatedbStmt": creations.made(Kind.DATABASE, "dbname"),
    "DefineStmt": creations.define,
    "DeleteStmt": rows.delete,
    "DoStmt": _block,
    "DropOwnedStmt": objects.drop_owned,
    "DropRoleStmt": objects.drop_roles,
    "DropStmt": objects.drop,
    "DropdbStmt": objects.drop_database,
    "ExplainStmt": _explain,
    "GrantStmt": objects.privileges,
    "IndexStmt": tables.create_index,
    "InsertStmt": rows.insert,
    "LockStmt": upkeep.lock,
    "MergeStmt": rows.merge,
    "RefreshMatViewStmt": tables.refresh_view,
    "ReindexStmt": upkeep.reindex,
    "RenameStmt": objects.rename,
    "RuleStmt": creations.create_rule,
    "SelectStmt": rows.select,
    "TransactionStmt": upkeep.transaction,
    "TruncateStmt": rows.truncate,
    "UpdateStmt": rows.update,
    "VacuumStmt": upkeep.vacuum,
    "VariableSetStmt": upkeep.set_variable,
    "ViewStmt": views.create_view,
}

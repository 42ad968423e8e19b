"""The names that a database gives what nobody named, and how names with a schema come apart.

Source: PostgreSQL's src/backend/commands/indexcmds.c (makeObjectName, ChooseRelationName,
ChooseIndexName) and src/backend/catalog/pg_constraint.c (ChooseConstraintName).
"""

from collections.abc import Iterable

from launchready.facts.catalogue import Catalogue, Table
from launchready.facts.schema import Constraint, ConstraintKind, Engine, IndexKey
from launchready.steps.migration_check.replay.relations import relations_of

LONGEST = 63
"""Bytes of a name that PostgreSQL keeps."""

_LABELS = {
    ConstraintKind.PRIMARY_KEY: "pkey",
    ConstraintKind.UNIQUE: "key",
    ConstraintKind.EXCLUSION: "excl",
    ConstraintKind.FOREIGN_KEY: "fkey",
    ConstraintKind.NOT_NULL: "not_null",
    ConstraintKind.CHECK: "check",
}


def schema_of(name: str) -> str:
    """The schema of a relation's name; "" for the default one."""
    return name.rpartition(".")[0]


def plain(name: str) -> str:
    """A name without its schema."""
    return name.rpartition(".")[2]


def beside(name: str, other: str) -> str:
    """`other` in the schema of `name`, unless it names one itself."""
    schema = schema_of(name)
    return f"{schema}.{other}" if schema and "." not in other else other


def cut(name: str, size: int = LONGEST) -> str:
    """A name as PostgreSQL keeps it: no more than 63 bytes."""
    if len(name) * 4 <= size:
        return name
    return name.encode("utf-8", "replace")[:size].decode("utf-8", "ignore")


def joined(first: str, second: str, label: str) -> str:
    """`first_second_label`, of which the longer of the first two is cut until it fits."""
    room = LONGEST - len(label.encode()) - 1 - (1 if second else 0)
    one, two = len(first.encode("utf-8", "replace")), len(second.encode("utf-8", "replace"))
    if one + two > room:  # the longer one gives way until both are as long, then both in turn
        half = room // 2
        if two <= half:
            one = room - two
        elif one <= room - half:
            two = room - one
        else:
            one, two = room - half, half
    return "_".join(part for part in (cut(first, one), cut(second, two), label) if part)


def constraint_name(catalogue: Catalogue, table: Table, constraint: Constraint) -> str:
    """The name that the server gives a constraint that has none."""
    if catalogue.server.engine in (Engine.MYSQL, Engine.MARIADB):
        return _mysql_name(table, constraint)
    words, kind = _addition(constraint.columns), constraint.kind
    if kind is ConstraintKind.PRIMARY_KEY or (
        kind is ConstraintKind.CHECK and len(constraint.columns) != 1
    ):
        words = ""
    if kind is ConstraintKind.FOREIGN_KEY and catalogue.server.version < (12,):
        words = next(iter(constraint.columns), "")
    return chosen(catalogue, table, words, _LABELS[kind])


def index_name(catalogue: Catalogue, table: Table, keys: Iterable[IndexKey]) -> str:
    """The name that the server gives an index that has none."""
    if catalogue.server.engine in (Engine.MYSQL, Engine.MARIADB):
        first = next((key.column for key in keys if key.column), "functional_index")
        return _numbered(first, table.indexes, "_", 2)
    return chosen(catalogue, table, _addition([_key_name(key) for key in keys]), "idx")


def chosen(catalogue: Catalogue, table: Table, second: str, label: str) -> str:
    """A name that nothing else in the table's schema has, with a number where it must be.

    Numbers are taken to be without gaps, so that thousands of namesakes are not tried in turn.
    """
    schema, bare = schema_of(table.name), plain(table.name)

    def name(number: int) -> str:
        return joined(bare, second, f"{label}{number or ''}")

    def is_taken(number: int) -> bool:
        return _is_taken(catalogue, table, schema, name(number))

    if not is_taken(0):
        return name(0)
    low, high = 0, 1  # low is taken
    while is_taken(high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_taken(middle) else (low, middle)
    return name(high)


def _is_taken(catalogue: Catalogue, table: Table, schema: str, name: str) -> bool:
    full = f"{schema}.{name}" if schema else name
    if full in catalogue.tables or name in table.indexes or name in table.constraints:
        return True
    if name not in relations_of(catalogue.tables).taken:
        return False
    return any(
        (name in other.indexes or name in other.constraints) and schema_of(other.name) == schema
        for other in catalogue.tables.values()
    )


def _addition(columns: Iterable[str]) -> str:
    """The middle of an index's name: columns, until there are as many bytes as a name may have."""
    text = ""
    for column in columns:
        text += ("_" if text else "") + column
        if len(text.encode("utf-8", "replace")) > LONGEST:
            break
    return text


def _key_name(key: IndexKey) -> str:
    if key.column:
        return key.column
    functions = key.expression.functions if key.expression else ()
    text = key.expression.sql.lower().lstrip(' ("') if key.expression else ""
    return next((each for each in functions if text.startswith(each)), "expr")


def _mysql_name(table: Table, constraint: Constraint) -> str:
    if constraint.kind is ConstraintKind.PRIMARY_KEY:
        return "PRIMARY"
    if constraint.kind is ConstraintKind.UNIQUE:
        return _numbered(next(iter(constraint.columns), "key"), table.indexes, "_", 2)
    label = "ibfk" if constraint.kind is ConstraintKind.FOREIGN_KEY else "chk"
    return _numbered(f"{plain(table.name)}_{label}", table.constraints, "_", 1, is_bare=False)


def _numbered(
    name: str, taken: Iterable[str], mark: str, first: int, *, is_bare: bool = True
) -> str:
    known, number = frozenset(taken), first
    if is_bare and name not in known:
        return name
    while f"{name}{mark}{number}" in known:
        number += 1
    return f"{name}{mark}{number}"

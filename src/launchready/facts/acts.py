"""What the statements of a migration do, whatever parser read them: one small value per deed.

An `ALTER TABLE` with three clauses is three acts; a `DO` block is its own act and those inside.
Names are those of `facts.schema`. Fields that only one engine has keep their defaults elsewhere.
"""

import enum

from launchready.facts.schema import Column, Constraint, Expression, IndexKey, Type
from launchready.frozen import frozen


class Act:
    """Anything a statement does."""


@frozen
class CreateTable(Act):
    """`CREATE TABLE`, `CREATE TABLE … AS`, `SELECT … INTO`. `like` and `inherits` name others.
    `is_elsewhere` says that it names a tablespace or an access method.
    """

    table: str
    columns: tuple[Column, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    indexes: tuple["CreateIndex", ...] = ()
    is_if_not_exists: bool = False
    is_temporary: bool = False
    is_unlogged: bool = False
    is_of_query: bool = False
    is_partitioned: bool = False
    partition_of: str = ""
    is_default_partition: bool = False
    inherits: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    is_elsewhere: bool = False


@frozen
class AddColumn(Act):
    """`ADD COLUMN`. `position` is MySQL's FIRST or AFTER."""

    table: str
    column: Column
    is_if_not_exists: bool = False
    position: str = ""


@frozen
class DropColumn(Act):
    """`DROP COLUMN`."""

    table: str
    column: str
    is_if_exists: bool = False
    is_cascade: bool = False


@frozen
class AlterType(Act):
    """`ALTER COLUMN … TYPE`; of MySQL's MODIFY and CHANGE `definition` is the whole new column."""

    table: str
    column: str
    type: Type
    using: Expression | None = None
    collation: str = ""
    definition: Column | None = None


@frozen
class SetDefault(Act):
    """`ALTER COLUMN … SET DEFAULT`; `DROP DEFAULT` where `default` is None."""

    table: str
    column: str
    default: Expression | None


@frozen
class SetNullability(Act):
    """`ALTER COLUMN … SET NOT NULL` or `DROP NOT NULL`."""

    table: str
    column: str
    is_not_null: bool


@frozen
class AlterGenerated(Act):
    """`ADD GENERATED … AS IDENTITY`, `DROP IDENTITY`, `DROP EXPRESSION`, `SET EXPRESSION`."""

    table: str
    column: str
    what: str
    expression: Expression | None = None


@frozen
class AddConstraint(Act):
    """`ADD CONSTRAINT`, with or without a name."""

    table: str
    constraint: Constraint


@frozen
class ValidateConstraint(Act):
    """`VALIDATE CONSTRAINT`."""

    table: str
    name: str


@frozen
class DropConstraint(Act):
    """`DROP CONSTRAINT`; MySQL's DROP FOREIGN KEY and DROP PRIMARY KEY too."""

    table: str
    name: str
    is_if_exists: bool = False
    is_cascade: bool = False


@frozen
class CreateIndex(Act):
    """`CREATE INDEX`. `name` is empty where the database chooses it; `method` is `btree`, `gin`, …,
    MySQL's `fulltext` and `spatial` too.
    """

    table: str
    name: str
    keys: tuple[IndexKey, ...] = ()
    is_unique: bool = False
    is_concurrent: bool = False
    is_if_not_exists: bool = False
    is_only: bool = False
    method: str = "btree"
    where: Expression | None = None


class Kind(enum.StrEnum):
    """What sort of object a name stands for."""

    TABLE = "table"
    VIEW = "view"
    MATERIALIZED_VIEW = "materialized view"
    INDEX = "index"
    SEQUENCE = "sequence"
    TYPE = "type"
    DOMAIN = "domain"
    FUNCTION = "function"
    TRIGGER = "trigger"
    POLICY = "policy"
    RULE = "rule"
    SCHEMA = "schema"
    DATABASE = "database"
    EXTENSION = "extension"
    CONSTRAINT = "constraint"
    COLUMN = "column"
    ENUM_VALUE = "enum value"
    ROLE = "role"
    OTHER = "object"


@frozen
class Drop(Act):
    """`DROP …` of whole objects. `table` is the one that triggers and policies stand on."""

    kind: Kind
    names: tuple[str, ...]
    is_if_exists: bool = False
    is_cascade: bool = False
    is_concurrent: bool = False
    table: str = ""


@frozen
class Rename(Act):
    """`RENAME TO` of an object; `table` is where a column, constraint, trigger, policy stands, and
    the type of an enum value.
    """

    kind: Kind
    old: str
    new: str
    table: str = ""


@frozen
class SetSchema(Act):
    """`SET SCHEMA`."""

    kind: Kind
    name: str
    schema: str


@frozen
class CreateView(Act):
    """`CREATE VIEW` and `CREATE MATERIALIZED VIEW`. `reads` are the relations, `columns` the names
    of the columns that the query names, whatever relation they are of, `owned` those that it names
    with their relation, as (relation, column). `gives` are the names of its own columns, where all
    of them are known.
    """

    name: str
    reads: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    is_replace: bool = False
    is_materialized: bool = False
    is_if_not_exists: bool = False
    has_data: bool = True
    is_star: bool = False
    owned: tuple[tuple[str, str], ...] = ()
    gives: tuple[str, ...] = ()


@frozen
class RefreshView(Act):
    """`REFRESH MATERIALIZED VIEW`."""

    name: str
    is_concurrent: bool = False
    has_data: bool = True


@frozen
class CreateFunction(Act):
    """`CREATE FUNCTION` and `CREATE PROCEDURE`. `volatility` is `volatile` unless it says so.

    `arguments` are the types of what goes in, `returns` what comes out, OUT arguments and the
    columns of a TABLE with their names.
    """

    name: str
    language: str = "sql"
    body: str = ""
    volatility: str = "volatile"
    is_replace: bool = False
    is_security_definer: bool = False
    sets_search_path: bool = False
    is_trigger: bool = False
    arguments: tuple[str, ...] = ()
    returns: str = ""


@frozen
class CreateTrigger(Act):
    """`CREATE TRIGGER`."""

    table: str
    name: str
    function: str = ""
    is_constraint: bool = False


@frozen
class SetTriggers(Act):
    """`ENABLE` or `DISABLE TRIGGER`; `name` is `ALL` or `USER` for more than one."""

    table: str
    name: str
    is_enabled: bool


@frozen
class CreateType(Act):
    """`CREATE TYPE … AS ENUM` with its `values`, `CREATE DOMAIN` with its `base`, others."""

    name: str
    values: tuple[str, ...] = ()
    is_enum: bool = False
    base: Type | None = None
    is_not_null: bool = False
    constraints: tuple[Constraint, ...] = ()
    default: Expression | None = None


@frozen
class AddEnumValue(Act):
    """`ALTER TYPE … ADD VALUE`."""

    type: str
    value: str
    is_if_not_exists: bool = False
    is_last: bool = True


@frozen
class AlterDomain(Act):
    """`ALTER DOMAIN`; `adds` is the constraint that it adds, `validates` the one it validates."""

    name: str
    adds: Constraint | None = None
    is_not_null: bool | None = None
    validates: str = ""
    drops: str = ""


@frozen
class Create(Act):
    """`CREATE` of what has no act of its own: schema, sequence, extension, policy, role, …
    `is_restrictive` is of a policy that every other one is narrowed by.
    """

    kind: Kind
    name: str
    table: str = ""
    is_if_not_exists: bool = False
    is_restrictive: bool = False


@frozen
class RowSecurity(Act):
    """`ENABLE`, `DISABLE`, `FORCE`, `NO FORCE ROW LEVEL SECURITY`."""

    table: str
    is_enabled: bool | None = None
    is_forced: bool | None = None


@frozen
class AlterPolicy(Act):
    """`ALTER POLICY`; `is_narrowed` says that it gets a condition that is not always true."""

    table: str
    name: str
    is_narrowed: bool = False


@frozen
class Privileges(Act):
    """`GRANT` and `REVOKE` on relations."""

    is_grant: bool
    relations: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class Where(enum.StrEnum):
    """How much of a table the condition of an UPDATE or DELETE leaves."""

    NONE = "no condition"
    TAUTOLOGY = "a condition that is always true"
    SOME = "a condition"


@frozen
class Change(Act):
    """`UPDATE`, `DELETE`, `INSERT`, `MERGE`, `COPY … FROM`. `verb` is the word; `columns` are those
    that it sets; `reads` the other relations. `is_bounded` says that it is meant to touch few rows:
    a list of values, an equality with a unique key, a LIMIT in a subquery. `equals` are the columns
    that the condition sets equal to a value: where they hold a unique key, it is bounded too.
    `present` are columns of which the whole condition asks that they are not NULL; `is_joined` says
    that every row with a partner in one of `reads` is meant.
    """

    verb: str
    table: str
    where: Where = Where.SOME
    columns: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    where_columns: tuple[str, ...] = ()
    equals: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    is_bounded: bool = False
    is_of_values: bool = False
    values: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    is_joined: bool = False


@frozen
class Truncate(Act):
    """`TRUNCATE`."""

    tables: tuple[str, ...]
    is_cascade: bool = False


@frozen
class Select(Act):
    """A query; `locks` are the words of FOR UPDATE and its like. `values` are its string
    literals, which may be labels of an enum.
    """

    reads: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    locks: str = ""


@frozen
class SetVariable(Act):
    """`SET`, `SET LOCAL`, `RESET`, `SELECT set_config(…)`, MySQL's `SET`, SQLite's `PRAGMA`.

    `value` is as written, None for a RESET or DEFAULT.
    """

    name: str
    value: str | None
    is_local: bool = False


class TransactionVerb(enum.StrEnum):
    """What a statement does to the transaction."""

    BEGIN = "BEGIN"
    COMMIT = "COMMIT"
    ROLLBACK = "ROLLBACK"
    SAVEPOINT = "SAVEPOINT"
    RELEASE = "RELEASE"
    ROLLBACK_TO = "ROLLBACK TO"


@frozen
class Transaction(Act):
    """`BEGIN`, `COMMIT`, `ROLLBACK` and the rest of their kind."""

    verb: TransactionVerb


@frozen
class LockTable(Act):
    """`LOCK TABLE`; `mode` is the lock's name in capitals: `ACCESS EXCLUSIVE`."""

    tables: tuple[str, ...]
    mode: str
    is_nowait: bool = False


@frozen
class Maintain(Act):
    """`VACUUM`, `ANALYZE`, `CLUSTER`, `REINDEX`, MySQL's OPTIMIZE. `verb` is the word, with FULL
    where it is said. `kind` is what `names` are; none for the whole database.
    """

    verb: str
    names: tuple[str, ...] = ()
    kind: Kind = Kind.TABLE
    is_concurrent: bool = False


@frozen
class SetPersistence(Act):
    """`SET LOGGED`, `SET UNLOGGED`, `SET TABLESPACE`, `SET ACCESS METHOD`: all write the table
    anew. `what` are the words, `to` is the tablespace or access method.
    """

    table: str
    what: str
    to: str = ""


@frozen
class AttachPartition(Act):
    """`ATTACH PARTITION`; `bound` is what follows FOR VALUES. `kind` is INDEX for an index's."""

    table: str
    partition: str
    is_default: bool = False
    bound: str = ""
    kind: Kind = Kind.TABLE


@frozen
class DetachPartition(Act):
    """`DETACH PARTITION`; `is_final` ends one that was CONCURRENTLY and was interrupted."""

    table: str
    partition: str
    is_concurrent: bool = False
    is_final: bool = False


@frozen
class AlterOther(Act):
    """A further clause of `ALTER TABLE`, told by PostgreSQL's own word for it (`AT_SetStorage`,
    `AT_ChangeOwner`, `AT_ReplicaIdentity`, …), or MySQL's (`CONVERT TO CHARACTER SET`, `ENGINE`).
    """

    table: str
    what: str
    argument: str = ""


@frozen
class Do(Act):
    """`DO`, `CALL` or a function's body that runs. `acts` are those found in it, each as (offset of
    its first character in the statement, act, whether it runs only under a condition or in a loop);
    `opaque` says what could not be read: dynamic SQL that is built of variables.
    """

    acts: tuple[tuple[int, "Act", bool], ...] = ()
    opaque: str = ""


@frozen
class Other(Act):
    """A statement that touches no table's lock, rows or shape: COMMENT, NOTIFY, …. `kind` is the
    parser's name for it.
    """

    kind: str


ALL_OWNED = "all owned by "
"""How the name begins that stands for what `DROP OWNED BY` drops."""
RAISED = "RAISE"
"""The kind of `Other` that stands for an exception which a body always raises."""


@frozen
class Unread(Act):
    """A statement that the parser does not take. `message` is its own; `offset` counts characters
    from the statement's first.
    """

    message: str
    offset: int = 0

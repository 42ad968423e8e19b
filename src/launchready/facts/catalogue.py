"""What a database holds at one moment of its history, and what an act does to it."""

import enum
from collections.abc import Mapping
from dataclasses import field

from launchready.facts.acts import Kind
from launchready.facts.schema import Column, Constraint, Engine, Expression, IndexKey, Type
from launchready.frozen import frozen


class Lock(enum.IntEnum):
    """PostgreSQL's table locks, in the order of their strength.

    Source: https://www.postgresql.org/docs/current/explicit-locking.html
    """

    ACCESS_SHARE = 1
    ROW_SHARE = 2
    ROW_EXCLUSIVE = 3
    SHARE_UPDATE_EXCLUSIVE = 4
    SHARE = 5
    SHARE_ROW_EXCLUSIVE = 6
    EXCLUSIVE = 7
    ACCESS_EXCLUSIVE = 8

    @property
    def label(self) -> str:
        """PostgreSQL's name for it: `ACCESS EXCLUSIVE`."""
        return self.name.replace("_", " ")

    @property
    def blocks_writes(self) -> bool:
        """Whether it conflicts with ROW EXCLUSIVE, which every INSERT, UPDATE and DELETE takes."""
        return self >= Lock.SHARE

    @property
    def blocks_reads(self) -> bool:
        """Whether it conflicts with ACCESS SHARE, which every SELECT takes."""
        return self is Lock.ACCESS_EXCLUSIVE

    @property
    def stops(self) -> str:
        """What waits for it, in words."""
        return "reads and writes" if self.blocks_reads else "writes" if self.blocks_writes else ""


@frozen
class Index:
    """An index. `is_valid` is None where a failed CONCURRENTLY may have left it otherwise."""

    name: str
    table: str
    keys: tuple[IndexKey, ...] = ()
    is_unique: bool = False
    method: str = "btree"
    where: Expression | None = None
    is_new: bool = False
    is_constraint: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Its key columns, expressions left out."""
        return tuple(key.column for key in self.keys if key.column)


@frozen
class Table:
    """A relation. `is_new` says that the change under judgement creates it, so that nobody uses it
    yet. `is_whole` says that all its columns are known: it was created in the history.
    `columns`, `constraints` and `indexes` are by name. `policies` are names of row-level policies.
    `copies` are the tables whose rows were written into this one while it was new, `replaces` the
    one that it takes the place of: SQLite's way to change a table. `trigger_functions` are what
    its triggers call, by their names. `owned` are the columns that a view names with their
    relation, `gives` its own, where all are known. `is_elsewhere` says that it has, or once had, a
    tablespace or an access method of its own.
    """

    name: str
    kind: Kind = Kind.TABLE
    columns: Mapping[str, Column] = field(default_factory=dict)
    constraints: Mapping[str, Constraint] = field(default_factory=dict)
    indexes: Mapping[str, Index] = field(default_factory=dict)
    is_new: bool = False
    is_whole: bool = False
    is_partitioned: bool = False
    partition_of: str = ""
    inherits: tuple[str, ...] = ()
    is_unlogged: bool = False
    is_temporary: bool = False
    has_row_security: bool = False
    policies: frozenset[str] = frozenset()
    reads: tuple[str, ...] = ()
    read_columns: tuple[str, ...] = ()
    triggers: frozenset[str] = frozenset()
    new_columns: frozenset[str] = frozenset()
    new_constraints: frozenset[str] = frozenset()
    is_default_partition: bool = False
    has_default_partition: bool = False
    copies: frozenset[str] = frozenset()
    replaces: str = ""
    trigger_functions: Mapping[str, str] = field(default_factory=dict)
    owned: tuple[tuple[str, str], ...] = ()
    gives: tuple[str, ...] = ()
    is_elsewhere: bool = False


@frozen
class UserType:
    """A type that the history made: an enum with its labels, a domain with its base. `was` is the
    name that it had before the change under judgement gave it another.
    """

    name: str
    values: tuple[str, ...] = ()
    is_enum: bool = False
    base: Type | None = None
    is_not_null: bool = False
    constraints: tuple[Constraint, ...] = ()
    default: Expression | None = None
    is_new: bool = False
    was: str = ""


@frozen
class Routine:
    """A function that the history made."""

    name: str
    volatility: str = "volatile"
    language: str = "sql"
    body: str = ""
    is_new: bool = False
    is_trigger: bool = False
    arguments: tuple[str, ...] = ()
    returns: str = ""


@frozen
class Server:
    """The server that the migrations run on. `version` is (16,), (8, 0), (10, 11), (3, 45)."""

    engine: Engine = Engine.POSTGRESQL
    version: tuple[int, ...] = (16,)
    time_zone: str = "UTC"


@frozen
class Catalogue:
    """All objects at one moment, by name. It is a value: an act makes another one of it.

    `is_whole` says that the history begins with an empty database, so that a table that is not
    here does not exist; where it is false, one that is not here may be there, and have rows.
    """

    server: Server = Server()
    tables: Mapping[str, Table] = field(default_factory=dict)
    types: Mapping[str, UserType] = field(default_factory=dict)
    routines: Mapping[str, Routine] = field(default_factory=dict)
    schemas: frozenset[str] = frozenset()
    sequences: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()
    is_whole: bool = True

    def column(self, table: str, name: str) -> Column | None:
        """A column, None where the history does not tell of it."""
        known = self.tables.get(table)
        return known.columns.get(name) if known else None


class When(enum.Enum):
    """Under which circumstances a statement fails."""

    ALWAYS = "always"
    ON_ROWS = "as soon as the table has a row"
    ON_SOME_DATA = "if the rows do not fit"


class Cause(enum.StrEnum):
    """Why a statement fails."""

    TRANSACTION_BLOCK = "it cannot run inside a transaction"
    NO_DEFAULT = "a column that must have a value gets none"
    NULLS = "rows may hold NULL there"
    DUPLICATES = "rows may hold the same value twice"
    ROWS_DO_NOT_FIT = "rows may not fit the condition"
    VALUES_DO_NOT_CAST = "values may not fit the new type"
    VIEW_READS_COLUMN = "a view reads the column"
    DEPENDED_ON = "other objects depend on it"
    REFERRED_TO = "rows of another table may refer to it"
    NEW_ENUM_VALUE = "a new label cannot be used in the transaction that adds it"
    NO_SUCH_OBJECT = "what it names is not there"
    ALREADY_THERE = "it is there already"
    TWICE_ASSIGNED = "a column is set twice"
    NOT_SUPPORTED = "the server's version does not know it"
    OTHER = "the server refuses it"


@frozen
class Trouble:
    """That a statement fails. `about` names the objects that it is about, `reason` says more."""

    when: When
    cause: Cause
    about: tuple[str, ...] = ()
    reason: str = ""


class Loss(enum.Enum):
    """What an act takes from the schema that the running release knows."""

    TABLE = "table"
    VIEW = "view"
    COLUMN = "column"
    TYPE = "type"
    ENUM_VALUE = "enum value"
    CONSTRAINT = "constraint"
    INDEX = "index"
    FUNCTION = "function"
    SCHEMA = "schema"
    SEQUENCE = "sequence"
    TRIGGER = "trigger"
    POLICY = "policy"
    DEFAULT = "default"
    NULLABILITY = "nullability"
    WIDTH = "width"
    PARTITION = "partition"
    ACCESS = "access"


@frozen
class Lost:
    """One thing that is gone, or has another name (`now`), or another type, after an act.

    `table` is where a column, constraint, … stood. `is_cascade` says that nobody named it.

    A TYPE with a `table` is the type of the column `name`, and `now` the new one; WIDTH is a column
    that takes less than before, NULLABILITY one that takes no NULL any more (or a new one that an
    INSERT must name), ACCESS rows that are hidden or may no longer be touched.
    """

    what: Loss
    name: str
    table: str = ""
    now: str = ""
    is_cascade: bool = False

    @property
    def full(self) -> str:
        """Its name with the table's: `profiles.email`, `profiles`."""
        return f"{self.table}.{self.name}" if self.table else self.name


@frozen
class Effect:
    """What an act does to relations that the running release uses: those that are not new.

    `locks` are the strongest table locks it takes, by relation (an index or view by its own name).
    `rewrites` are tables whose rows are written anew under their lock; `scans` are tables read
    whole under theirs; `builds` are tables on which an index is built under theirs. `changes` are
    tables whose rows are all, or nearly all, changed. `is_brief` says that it holds its locks
    for no longer than the catalogue takes. `doubts` are what the catalogue does not know and that
    would matter: the old type of a column, the volatility of a function. `why` is a reason in
    words, for what is costly. `algorithm` is MySQL's and MariaDB's: INSTANT, INPLACE, NOCOPY, COPY.
    """

    locks: Mapping[str, Lock] = field(default_factory=dict)
    rewrites: tuple[str, ...] = ()
    scans: tuple[str, ...] = ()
    builds: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    losses: tuple[Lost, ...] = ()
    doubts: tuple[str, ...] = ()
    why: str = ""
    algorithm: str = ""

    @property
    def is_brief(self) -> bool:
        """Whether its locks last no longer than the change of the catalogue."""
        return not (self.rewrites or self.scans or self.builds or self.changes)

    @property
    def strongest(self) -> Lock | None:
        """The strongest lock of all."""
        return max(self.locks.values(), default=None)

"""The nouns of a database schema as a migration writes them: types, expressions, columns,
constraints.

Names are as the database keeps them: what stands without quotes is in lower case, and a relation in
the default schema (`public`) is named without it: `orders`, `auth.users`, `Order Items`.
"""

import enum
from dataclasses import field

from launchready.frozen import frozen


class Engine(enum.StrEnum):
    """The family of database that a history of migrations is written for."""

    POSTGRESQL = "postgresql"
    MYSQL = "mysql"
    MARIADB = "mariadb"
    SQLITE = "sqlite"


@frozen
class Type:
    """A data type. `name` is the engine's own, without its schema: `int4`, `varchar`, `numeric`,
    `timestamptz`, `mood`. `modifiers` are as written: the 255 of `varchar(255)`, the 10 and 2 of
    `numeric(10,2)`. `dimensions` is 1 for `text[]`. `serial` stays `serial` here.
    """

    name: str
    modifiers: tuple[int, ...] = ()
    dimensions: int = 0
    is_unsigned: bool = False
    charset: str = ""
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        inside = f"({','.join(map(str, self.modifiers))})" if self.modifiers else ""
        return f"{self.name}{inside}{'[]' * self.dimensions}"


@frozen
class Expression:
    """An expression: a default, a condition, the USING of a type change.

    `functions` are the functions that it calls, in lower case, `columns` the columns that it reads.
    `is_constant` says that it is a literal, perhaps cast; `is_null` that it is NULL.
    """

    sql: str
    functions: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    is_constant: bool = False
    is_null: bool = False
    casts_to: str = ""


class ConstraintKind(enum.StrEnum):
    """What a constraint demands."""

    CHECK = "CHECK"
    NOT_NULL = "NOT NULL"
    UNIQUE = "UNIQUE"
    PRIMARY_KEY = "PRIMARY KEY"
    FOREIGN_KEY = "FOREIGN KEY"
    EXCLUSION = "EXCLUDE"


@frozen
class Constraint:
    """A constraint of a table or column; `name` is empty where the database chooses it.

    `columns` are those that it stands on, of a CHECK those that it reads. `references` and
    `referenced_columns` are the other end of a foreign key. `using_index` names an index that is
    already there and becomes the constraint's. `is_not_enforced` says that it is only written down,
    which makes it not valid.
    """

    kind: ConstraintKind
    name: str = ""
    columns: tuple[str, ...] = ()
    references: str = ""
    referenced_columns: tuple[str, ...] = ()
    on_delete: str = ""
    condition: Expression | None = None
    is_not_valid: bool = False
    is_not_enforced: bool = False
    using_index: str = ""
    is_deferrable: bool = False


class Generated(enum.StrEnum):
    """How a generated column comes by its value."""

    STORED = "STORED"
    VIRTUAL = "VIRTUAL"


@frozen
class Column:
    """A column as a definition has it. `constraints` are those written beside it, NOT NULL aside.

    `is_auto` says that the database numbers the rows: serial, identity, AUTO_INCREMENT.
    """

    name: str
    type: Type
    is_not_null: bool = False
    default: Expression | None = None
    generated: Generated | None = None
    generation: Expression | None = None
    is_identity: bool = False
    is_auto: bool = False
    collation: str = ""
    constraints: tuple[Constraint, ...] = ()


@frozen
class IndexKey:
    """One key of an index: a column, or an expression where `column` is empty."""

    column: str = ""
    expression: Expression | None = None
    options: str = field(default="")

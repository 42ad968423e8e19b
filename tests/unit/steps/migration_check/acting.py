"""Acts written short, and a database made of them."""

from typing import Any

from launchready.facts.acts import (
    Act,
    AddColumn,
    AddConstraint,
    AlterType,
    CreateIndex,
    CreateTable,
    CreateType,
    CreateView,
)
from launchready.facts.catalogue import Catalogue, Effect, Server
from launchready.facts.migrations import SessionFacts
from launchready.facts.schema import (
    Column,
    Constraint,
    ConstraintKind,
    Engine,
    Expression,
    IndexKey,
    Type,
)
from launchready.steps.migration_check.effects import effect_of
from launchready.steps.migration_check.replay import after

Kinds = ConstraintKind
IN_TRANSACTION = SessionFacts()
ALONE = SessionFacts(is_in_transaction=False)


def typed(text: str) -> Type:
    """`varchar(20)`, `text[]`: a type as its name in a few words."""
    dimensions = text.count("[]")
    name, _, inside = text.replace("[]", "").rstrip(")").partition("(")
    modifiers = tuple(int(each) for each in inside.split(",")) if inside else ()
    return Type(name=name, modifiers=modifiers, dimensions=dimensions)


def constant(sql: str) -> Expression:
    """A literal."""
    return Expression(sql=sql, is_constant=True, is_null=sql.upper() == "NULL")


def call(name: str) -> Expression:
    """A call of a function."""
    return Expression(sql=f"{name}()", functions=(name,))


def of(sql: str, *columns: str) -> Expression:
    """An expression on columns."""
    return Expression(sql=sql, columns=columns)


def col(name: str, kind: str = "int4", *constraints: Constraint, **more: Any) -> Column:
    """A column."""
    return Column(name=name, type=typed(kind), constraints=constraints, **more)


def primary(*columns: str, **more: Any) -> Constraint:
    """A primary key."""
    return Constraint(kind=Kinds.PRIMARY_KEY, columns=columns, **more)


def unique(*columns: str, **more: Any) -> Constraint:
    """A unique constraint."""
    return Constraint(kind=Kinds.UNIQUE, columns=columns, **more)


def refers(table: str, *columns: str, **more: Any) -> Constraint:
    """A foreign key."""
    return Constraint(kind=Kinds.FOREIGN_KEY, references=table, columns=columns, **more)


def checks(sql: str, *columns: str, **more: Any) -> Constraint:
    """A check."""
    return Constraint(kind=Kinds.CHECK, columns=columns, condition=of(sql, *columns), **more)


def table(name: str, *columns: Column, **more: Any) -> CreateTable:
    """`CREATE TABLE`."""
    return CreateTable(table=name, columns=columns, **more)


def index(table: str, *columns: str, name: str = "", **more: Any) -> CreateIndex:
    """`CREATE INDEX` on columns."""
    keys = tuple(IndexKey(column=column) for column in columns)
    return CreateIndex(table=table, name=name, keys=keys, **more)


def adds(table: str, column: Column, **more: Any) -> AddColumn:
    """`ADD COLUMN`."""
    return AddColumn(table=table, column=column, **more)


def retypes(table: str, column: str, kind: str, **more: Any) -> AlterType:
    """`ALTER COLUMN … TYPE`."""
    return AlterType(table=table, column=column, type=typed(kind), **more)


def constrains(table: str, constraint: Constraint) -> AddConstraint:
    """`ADD CONSTRAINT`."""
    return AddConstraint(table=table, constraint=constraint)


def database(
    *acts: Act, engine: Engine = Engine.POSTGRESQL, version: tuple[int, ...] = (18,)
) -> Catalogue:
    """A database in use, after some acts."""
    catalogue = Catalogue(server=Server(engine=engine, version=version))
    return then(catalogue, *acts, is_new=False)


def then(catalogue: Catalogue, *acts: Act, is_new: bool = True) -> Catalogue:
    """The database after further acts, of the change under judgement unless told otherwise."""
    for act in acts:
        catalogue = after(catalogue, act, is_new=is_new)
    return catalogue


def effect(catalogue: Catalogue, *acts: Act, session: SessionFacts = IN_TRANSACTION) -> Effect:
    """The effect of the last act, once those before it have run in the same change."""
    *before, last = acts
    return effect_of(last, then(catalogue, *before), session)


BASE: tuple[Act, ...] = (
    CreateType(name="mood", is_enum=True, values=("a", "b")),
    CreateType(name="posint", base=typed("int4"), constraints=(checks("VALUE > 0"),)),
    CreateType(name="plainint", base=typed("int4")),
    table(
        "p",
        col("id", "int4", primary()),
        col("name", "varchar(20)"),
        col("n", "numeric(10,2)"),
        col("m", "mood"),
        constraints=(checks("length(name) < 100", "name", name="namelen"),),
    ),
    table(
        "c",
        col("id", "int4", primary()),
        col("p_id", "int4", refers("p")),
        col("v", "varchar(20)", unique()),
        col("k", "varchar(30)"),
        col("t", "timestamp(3)"),
        col("ip", "cidr"),
        col("d", "posint"),
        col("d2", "plainint"),
        col("arr", "varchar(10)[]"),
        col("e"),
        col("bit1", "varbit(4)"),
    ),
    index("c", "t", name="c_t_idx"),
    index("c", "ip", name="c_ip_idx"),
    CreateIndex(
        table="c",
        name="c_expr",
        keys=(
            IndexKey(expression=Expression(sql="lower(k)", functions=("lower",), columns=("k",))),
        ),
    ),
    index("c", "e", name="c_part", where=of("k = 'x'", "k")),
    table("pt", col("id"), col("at", "date"), col("x"), is_partitioned=True),
    table("pt1", partition_of="pt"),
    table("ptd", partition_of="pt", is_default_partition=True),
    table("fresh", col("id"), col("at", "date", is_not_null=True), col("x")),
    table("base", col("a")),
    table("heir", inherits=("base",)),
    table("vp", col("k", "varchar(20)", primary())),
    table("vc", col("k", "varchar(20)", refers("vp")), col("q", "int4", checks("q > 0", "q"))),
    table(
        "nn",
        col("a"),
        col("b"),
        constraints=(checks("a IS NOT NULL AND b > 0", "a", "b", name="ca"),),
    ),
    index("nn", "a", name="nn_i", is_unique=True),
    table("g", col("a"), col("s", generation=of("a * 2", "a"))),
    CreateView(name="mv", is_materialized=True, reads=("p",), columns=("id",)),
    index("mv", "id", name="mv_i", is_unique=True),
    CreateView(name="vw", reads=("p",), columns=("name",)),
)
"""What tests/unit/steps/migration_check/test_measured.py was measured on."""

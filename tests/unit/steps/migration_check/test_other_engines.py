"""What MySQL, MariaDB and SQLite do with an act."""

import pytest
from tests.unit.steps.migration_check.acting import (
    adds,
    call,
    checks,
    col,
    constant,
    constrains,
    database,
    effect,
    index,
    primary,
    refers,
    retypes,
    table,
    unique,
)

from launchready.facts.acts import (
    Act,
    AlterOther,
    Change,
    Drop,
    DropColumn,
    DropConstraint,
    Kind,
    Maintain,
    Rename,
    SetDefault,
    SetNullability,
    SetVariable,
    Truncate,
    Where,
)
from launchready.facts.catalogue import Catalogue, Cause, Lock, Loss, When
from launchready.facts.migrations import Script, SessionFacts, Wrapping
from launchready.facts.schema import Column, Engine, Generated, Type
from launchready.model import FileLocation
from launchready.steps.migration_check.effects import effect_of
from launchready.steps.migration_check.sessions import Session
from launchready.steps.migration_check.settings import MigrationCheckSettings

MYSQL_57, MYSQL_80, MYSQL_8012 = (5, 7), (8, 0), (8, 0, 12)
TABLES: tuple[Act, ...] = (
    table("p", col("id", "int", primary())),
    table(
        "t",
        col("id", "int", primary()),
        col("a", "varchar(20)", unique()),
        col("b", "varchar(200)"),
        col("n", "int"),
        Column(name="e", type=Type(name="enum", values=("x", "y"))),
    ),
)


def mysql(version: tuple[int, ...] = MYSQL_80, engine: Engine = Engine.MYSQL) -> Catalogue:
    return database(*TABLES, engine=engine, version=version)


def labels(*values: str) -> Column:
    return Column(name="e", type=Type(name="enum", values=values))


def modify(column: Column, old: str = "") -> Act:
    made = retypes("t", old or column.name, "int", definition=column)
    return type(made)(table="t", column=made.column, type=column.type, definition=column)


@pytest.mark.parametrize(
    ("act", "version", "algorithm", "lock"),
    [
        (adds("t", col("z", "int")), MYSQL_80, "INSTANT", Lock.ACCESS_EXCLUSIVE),
        (adds("t", col("z", "int")), MYSQL_57, "INPLACE", Lock.SHARE_UPDATE_EXCLUSIVE),
        (
            adds("t", col("z", "int"), position="FIRST"),
            MYSQL_8012,
            "INPLACE",
            Lock.SHARE_UPDATE_EXCLUSIVE,
        ),
        (adds("t", col("z", "int", is_auto=True)), MYSQL_80, "INPLACE", Lock.SHARE),
        (adds("t", col("z", "int", generated=Generated.STORED)), MYSQL_80, "COPY", Lock.SHARE),
        (
            adds("t", col("z", "int", generated=Generated.VIRTUAL)),
            MYSQL_80,
            "INSTANT",
            Lock.ACCESS_EXCLUSIVE,
        ),
        (adds("t", col("z", "text", default=call("uuid"))), MYSQL_80, "COPY", Lock.SHARE),
        (
            adds("t", col("z", "datetime", default=call("now"))),
            MYSQL_80,
            "INSTANT",
            Lock.ACCESS_EXCLUSIVE,
        ),
        (DropColumn(table="t", column="n"), MYSQL_80, "INSTANT", Lock.ACCESS_EXCLUSIVE),
        (DropColumn(table="t", column="n"), MYSQL_8012, "INPLACE", Lock.SHARE_UPDATE_EXCLUSIVE),
        (modify(col("n", "bigint")), MYSQL_80, "COPY", Lock.SHARE),
        (modify(col("n", "int(11)")), MYSQL_80, "INSTANT", Lock.ACCESS_EXCLUSIVE),
        (modify(col("a", "varchar(60)")), MYSQL_80, "INPLACE", Lock.ACCESS_EXCLUSIVE),
        (modify(col("a", "varchar(100)")), MYSQL_80, "COPY", Lock.SHARE),
        (modify(col("b", "varchar(300)")), MYSQL_80, "INPLACE", Lock.ACCESS_EXCLUSIVE),
        (modify(col("b", "varchar(100)")), MYSQL_80, "COPY", Lock.SHARE),
        (modify(labels("x", "y", "z")), MYSQL_80, "INSTANT", Lock.ACCESS_EXCLUSIVE),
        (modify(labels("z", "x", "y")), MYSQL_80, "COPY", Lock.SHARE),
        (
            modify(col("n", "int", is_not_null=True)),
            MYSQL_80,
            "INPLACE",
            Lock.SHARE_UPDATE_EXCLUSIVE,
        ),
        (
            SetNullability(table="t", column="n", is_not_null=True),
            MYSQL_80,
            "INPLACE",
            Lock.SHARE_UPDATE_EXCLUSIVE,
        ),
        (
            SetDefault(table="t", column="n", default=constant("1")),
            MYSQL_80,
            "INSTANT",
            Lock.ACCESS_EXCLUSIVE,
        ),
        (index("t", "n"), MYSQL_80, "INPLACE", Lock.SHARE_UPDATE_EXCLUSIVE),
        (index("t", "b", method="fulltext"), MYSQL_80, "INPLACE", Lock.SHARE),
        (constrains("t", refers("p", "n")), MYSQL_80, "COPY", Lock.SHARE),
        (constrains("t", checks("n > 0", "n")), MYSQL_80, "COPY", Lock.SHARE),
        (DropConstraint(table="t", name="PRIMARY"), MYSQL_80, "COPY", Lock.SHARE),
        (AlterOther(table="t", what="CONVERT TO CHARACTER SET"), MYSQL_80, "COPY", Lock.SHARE),
        (AlterOther(table="t", what="ENGINE"), MYSQL_80, "INPLACE", Lock.SHARE_UPDATE_EXCLUSIVE),
        (Maintain(verb="OPTIMIZE", names=("t",)), MYSQL_80, "INPLACE", Lock.SHARE_UPDATE_EXCLUSIVE),
        (Rename(kind=Kind.TABLE, old="t", new="u"), MYSQL_80, "INPLACE", Lock.ACCESS_EXCLUSIVE),
    ],
)
def test_innodb_takes_the_cheapest_way(
    act: Act, version: tuple[int, ...], algorithm: str, lock: Lock
) -> None:
    found = effect(mysql(version), act)
    assert (found.algorithm, found.locks["t"]) == (algorithm, lock)
    assert found.is_brief is (lock is Lock.ACCESS_EXCLUSIVE)


@pytest.mark.parametrize(
    ("act", "algorithm"),
    [
        (adds("t", col("z", "int"), position="FIRST"), "INSTANT"),
        (DropColumn(table="t", column="n"), "INSTANT"),
        (Rename(kind=Kind.COLUMN, old="n", new="m", table="t"), "INSTANT"),
        (SetNullability(table="t", column="n", is_not_null=False), "INSTANT"),
        (index("t", "n"), "NOCOPY"),
        (constrains("t", refers("p", "n")), "COPY"),
        (adds("t", col("z", "text", default=call("uuid"))), "COPY"),
    ],
)
def test_mariadb_has_its_own_ways(act: Act, algorithm: str) -> None:
    assert effect(mysql((10, 11), Engine.MARIADB), act).algorithm == algorithm


def test_a_foreign_key_is_cheap_while_none_is_checked() -> None:
    session = SessionFacts(foreign_keys="0")
    act = constrains("t", refers("p", "n"))
    assert effect_of(act, mysql(), session).algorithm == "INPLACE"
    assert effect_of(act, mysql(), SessionFacts()).troubles


@pytest.mark.parametrize(
    ("act", "losses"),
    [
        (modify(col("m", "int"), "n"), [(Loss.COLUMN, "n", "m")]),
        (modify(col("n", "varchar(9)")), [(Loss.TYPE, "n", "varchar(9)")]),
        (modify(col("n", "smallint")), [(Loss.WIDTH, "n", "smallint")]),
        (modify(col("n", "int", is_not_null=True)), [(Loss.NULLABILITY, "n", "")]),
        (adds("t", col("z", "int", is_not_null=True)), [(Loss.NULLABILITY, "z", "")]),
        (Drop(kind=Kind.TABLE, names=("t",)), [(Loss.TABLE, "t", "")]),
        (Drop(kind=Kind.INDEX, names=("a",), table="t"), [(Loss.INDEX, "a", "")]),
        (Rename(kind=Kind.TABLE, old="t", new="u"), [(Loss.TABLE, "t", "u")]),
    ],
)
def test_what_mysql_loses(act: Act, losses: list[tuple[Loss, str, str]]) -> None:
    found = effect(mysql(), act)
    assert [(each.what, each.name, each.now) for each in found.losses] == losses


def test_rows_of_mysql() -> None:
    assert effect(mysql(), Truncate(tables=("t",))).changes == ("t",)
    update = Change(verb="UPDATE", table="t", where=Where.NONE)
    assert effect(mysql(), update).changes == ("t",)


def test_what_mysql_does_not_know_is_a_doubt() -> None:
    assert effect(mysql(), modify(col("unknown", "int"))).doubts


SQLITE: tuple[Act, ...] = (
    table("p", col("id", "integer", primary()), col("x"), col("gone")),
    table("k", col("p", "integer", refers("p", on_delete="CASCADE"))),
    table("r", col("p", "integer", refers("p"))),
    index("p", "x", name="p_x"),
)


def sqlite(version: tuple[int, ...] = (3, 45)) -> Catalogue:
    return database(*SQLITE, engine=Engine.SQLITE, version=version)


@pytest.mark.parametrize(
    ("act", "troubles"),
    [
        (adds("p", col("z")), []),
        (adds("p", col("z", is_not_null=True)), [(When.ON_ROWS, Cause.NO_DEFAULT)]),
        (adds("p", col("z", is_not_null=True, default=constant("1"))), []),
        (adds("p", col("z", "int", unique())), [(When.ALWAYS, Cause.NOT_SUPPORTED)]),
        (adds("p", col("z", default=call("now"))), [(When.ON_ROWS, Cause.NOT_SUPPORTED)]),
        (adds("p", col("z", generated=Generated.STORED)), [(When.ON_ROWS, Cause.NOT_SUPPORTED)]),
        (
            adds("p", col("z", "int", refers("r"), default=constant("1"))),
            [(When.ON_ROWS, Cause.NOT_SUPPORTED)],
        ),
        (DropColumn(table="p", column="gone"), []),
        (DropColumn(table="p", column="x"), [(When.ALWAYS, Cause.DEPENDED_ON)]),
        (DropColumn(table="p", column="id"), [(When.ALWAYS, Cause.DEPENDED_ON)]),
        (index("p", "x", is_unique=True), [(When.ON_SOME_DATA, Cause.DUPLICATES)]),
    ],
)
def test_when_sqlite_refuses(act: Act, troubles: list[tuple[When, Cause]]) -> None:
    found = effect(sqlite(), act)
    assert [(each.when, each.cause) for each in found.troubles] == troubles
    assert not found.locks


def test_an_old_sqlite_drops_no_column() -> None:
    found = effect(sqlite((3, 34)), DropColumn(table="p", column="gone"))
    assert [each.cause for each in found.troubles] == [Cause.NOT_SUPPORTED]


REBUILD: tuple[Act, ...] = (
    table("new_p", col("id", "integer", primary()), col("x")),
    Change(verb="INSERT", table="new_p", reads=("p",)),
    Drop(kind=Kind.TABLE, names=("p",)),
    Rename(kind=Kind.TABLE, old="new_p", new="p"),
)


def test_a_rebuild_with_foreign_keys_deletes_children_and_loses_what_it_leaves_out() -> None:
    found = effect(sqlite(), *REBUILD[:3])
    assert found.changes == ("k",)
    assert [(each.what, each.name) for each in found.losses] == [(Loss.COLUMN, "gone")]
    assert [each.cause for each in found.troubles] == [Cause.DEPENDED_ON]
    renamed = effect(sqlite(), *REBUILD)
    assert not renamed.losses


def test_a_rebuild_without_foreign_keys_deletes_nothing() -> None:
    found = effect(sqlite(), *REBUILD[:3], session=SessionFacts(foreign_keys="0"))
    assert not found.changes
    assert not found.troubles


@pytest.mark.parametrize(
    ("wrapping", "expected"), [(Wrapping.NONE, "0"), (Wrapping.FILE, None), (Wrapping.STRING, "0")]
)
def test_the_pragma_works_outside_of_a_transaction_only(
    wrapping: Wrapping, expected: str | None
) -> None:
    session = Session(MigrationCheckSettings(), Engine.SQLITE)
    session.enter(Script(wrapping=wrapping))
    place = FileLocation(path="a.sql", line=1)
    pragma = SetVariable(name="foreign_keys", value="OFF")
    session.record(pragma, effect_of(pragma, sqlite(), session.facts()), place)
    assert session.facts().foreign_keys == expected


def test_a_check_of_several_columns_holds_them() -> None:
    made = table("t", col("a"), col("b"), constraints=(checks("a > b", "a", "b"),))
    catalogue = database(made, engine=Engine.SQLITE, version=(3, 45))
    assert effect(catalogue, DropColumn(table="t", column="a")).troubles

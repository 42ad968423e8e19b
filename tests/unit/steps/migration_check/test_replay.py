"""The catalogue after acts: names that the server chooses, references that follow, what CASCADE
takes, and what a guard leaves.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.steps.migration_check.acting import (
    BASE,
    IN_TRANSACTION,
    adds,
    checks,
    col,
    constant,
    constrains,
    database,
    index,
    of,
    primary,
    refers,
    retypes,
    table,
    then,
    unique,
)

from launchready.facts import acts
from launchready.facts.acts import (
    Act,
    AddEnumValue,
    AlterDomain,
    AlterGenerated,
    AttachPartition,
    Change,
    Create,
    CreateFunction,
    CreateTrigger,
    CreateType,
    CreateView,
    DetachPartition,
    Do,
    Drop,
    DropColumn,
    DropConstraint,
    Kind,
    Rename,
    SetDefault,
    SetNullability,
    SetPersistence,
    SetSchema,
    ValidateConstraint,
)
from launchready.facts.catalogue import Catalogue
from launchready.facts.schema import Engine
from launchready.steps.migration_check.effects import effect_of
from launchready.steps.migration_check.replay import after, settled
from launchready.steps.migration_check.replay.names import joined


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (table("t", col("a", "int4", primary())), ["t_pkey"]),
        (table("t", col("a", "int4", unique())), ["t_a_key"]),
        (table("t", col("a"), col("b"), constraints=(unique("a", "b"),)), ["t_a_b_key"]),
        (table("t", col("a", "int4", refers("u"))), ["t_a_fkey"]),
        (table("t", col("a", "int4", checks("a > 0", "a"))), ["t_a_check"]),
        (table("t", constraints=(checks("a > b", "a", "b"),)), ["t_check"]),
        (
            table("t", constraints=(checks("a > b", "a", "b"), checks("b > c", "b", "c"))),
            ["t_check", "t_check1"],
        ),
        (table("auth.t", col("a", "int4", unique())), ["t_a_key"]),
    ],
    ids=lambda each: "-".join(each) if isinstance(each, list) else "",
)
def test_a_constraint_without_a_name_gets_the_servers(made: Act, names: list[str]) -> None:
    (one,) = database(made).tables.values()
    assert list(one.constraints) == names


def test_an_index_without_a_name_is_numbered_where_it_must_be() -> None:
    catalogue = database(table("t", col("a")), index("t", "a"), index("t", "a"))
    assert list(catalogue.tables["t"].indexes) == ["t_a_idx", "t_a_idx1"]


def test_a_number_is_found_without_trying_all_of_them() -> None:
    many = tuple(checks("a > b", "a", "b") for _ in range(40))
    names = list(database(table("t", constraints=many)).tables["t"].constraints)
    assert names == ["t_check", *(f"t_check{n}" for n in range(1, 40))]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # as PostgreSQL 18 named them
        ("t" * 40, "c" * 40, f"{'t' * 29}_{'c' * 28}_fkey"),
        ("t" * 60, "c" * 5, f"{'t' * 52}_{'c' * 5}_fkey"),
        ("t" * 5, "c" * 60, f"{'t' * 5}_{'c' * 52}_fkey"),
        ("short", "", "short_fkey"),
    ],
)
def test_a_long_name_is_cut_where_the_server_cuts_it(
    first: str, second: str, expected: str
) -> None:
    assert joined(first, second, "fkey") == expected


def test_a_table_under_another_name_keeps_what_refers_to_it() -> None:
    catalogue = database(*BASE, Rename(kind=Kind.TABLE, old="p", new="people"))
    assert catalogue.tables["c"].constraints["c_p_id_fkey"].references == "people"
    assert catalogue.tables["vw"].reads == ("people",)
    assert "p" not in catalogue.tables


def test_a_table_in_another_schema_keeps_what_refers_to_it() -> None:
    catalogue = database(*BASE, SetSchema(kind=Kind.TABLE, name="pt", schema="s"))
    assert catalogue.tables["pt1"].partition_of == "s.pt"
    back = then(catalogue, SetSchema(kind=Kind.TABLE, name="s.pt", schema="public"))
    assert back.tables["pt1"].partition_of == "pt"


def test_a_column_under_another_name_is_followed_everywhere() -> None:
    rename = Rename(kind=Kind.COLUMN, old="name", new="Full Name", table="p")
    catalogue = database(*BASE, rename)
    people = catalogue.tables["p"]
    assert list(people.columns) == ["id", "Full Name", "n", "m"]
    condition = people.constraints["namelen"].condition
    assert condition is not None
    assert condition.sql == 'length("Full Name") < 100'
    assert catalogue.tables["vw"].read_columns == ("Full Name",)


def test_a_column_of_a_partitioned_table_is_its_partitions_too() -> None:
    catalogue = database(*BASE, adds("pt", col("z")), DropColumn(table="pt", column="x"))
    assert list(catalogue.tables["pt1"].columns) == ["id", "at", "z"]


def test_an_index_that_is_renamed_takes_its_constraint_along() -> None:
    catalogue = database(*BASE, Rename(kind=Kind.INDEX, old="c_v_key", new="one_v"))
    assert "one_v" in catalogue.tables["c"].constraints
    assert "one_v" in catalogue.tables["c"].indexes


def test_an_index_becomes_a_constraint_under_its_name() -> None:
    catalogue = database(*BASE, constrains("nn", primary(name="nn_pk", using_index="nn_i")))
    table_ = catalogue.tables["nn"]
    assert list(table_.indexes) == ["nn_pk"]
    assert table_.columns["a"].is_not_null


def test_cascade_takes_keys_and_views() -> None:
    catalogue = database(*BASE, Drop(kind=Kind.TABLE, names=("p",), is_cascade=True))
    assert {"vw", "mv", "p"}.isdisjoint(catalogue.tables)
    assert "c_p_id_fkey" not in catalogue.tables["c"].constraints


def test_a_type_that_goes_takes_its_columns() -> None:
    catalogue = database(*BASE, Drop(kind=Kind.TYPE, names=("mood",), is_cascade=True))
    assert "m" not in catalogue.tables["p"].columns


def test_a_dropped_column_takes_what_stands_on_it() -> None:
    catalogue = database(*BASE, DropColumn(table="nn", column="a"))
    assert not catalogue.tables["nn"].indexes
    assert not catalogue.tables["nn"].constraints


def test_mysql_keeps_the_rest_of_an_index() -> None:
    made = (table("t", col("a"), col("b")), index("t", "a", "b", name="i"))
    catalogue = database(*made, DropColumn(table="t", column="a"), engine=Engine.MYSQL)
    assert catalogue.tables["t"].indexes["i"].columns == ("b",)


def test_serial_is_an_integer_with_a_default() -> None:
    column = database(table("t", col("id", "bigserial"))).tables["t"].columns["id"]
    assert (column.type.name, column.is_not_null, column.is_auto) == ("int8", True, True)
    assert column.default is not None
    assert column.default.sql == "nextval('t_id_seq')"


def test_if_not_exists_leaves_what_is_there() -> None:
    catalogue = database(*BASE, table("p", col("other"), is_if_not_exists=True))
    assert "name" in catalogue.tables["p"].columns


def test_a_table_that_is_made_again_stays_in_use() -> None:
    catalogue = then(database(*BASE), table("p", col("other")))
    assert not catalogue.tables["p"].is_new


def test_what_the_history_never_made_is_not_whole_but_there() -> None:
    catalogue = then(database(), adds("auth.users", col("x")))
    users = catalogue.tables["auth.users"]
    assert not users.is_whole
    assert users.new_columns == {"x"}
    assert not users.is_new


def test_a_retype_says_the_type_of_a_column_that_was_not_known() -> None:
    catalogue = database(retypes("t", "a", "text"))
    assert catalogue.tables["t"].columns["a"].type.name == "text"


def test_validating_makes_a_proof() -> None:
    late = checks("b IS NOT NULL", "b", name="late", is_not_valid=True)
    catalogue = database(*BASE, constrains("nn", late))
    assert catalogue.tables["nn"].constraints["late"].is_not_valid
    valid = then(catalogue, ValidateConstraint(table="nn", name="late"))
    assert not valid.tables["nn"].constraints["late"].is_not_valid


def test_a_partition_gets_indexes_and_keys_of_its_parent() -> None:
    parent = (
        table("h", col("id", "int4", primary()), is_partitioned=True),
        index("h", "id", name="h_i"),
        table("h1", partition_of="h"),
        index("h", "id", name="h_later"),
    )
    one = database(*parent).tables["h1"]
    assert list(one.indexes) == ["h1_pkey", "h1_id_idx", "h1_id_idx1"]


def test_a_partition_attached_and_detached() -> None:
    attach = AttachPartition(table="pt", partition="fresh")
    catalogue = database(*BASE, attach)
    assert catalogue.tables["fresh"].partition_of == "pt"
    catalogue = then(catalogue, DetachPartition(table="pt", partition="fresh"))
    assert not catalogue.tables["fresh"].partition_of


def test_acts_of_a_block_are_applied() -> None:
    block = Do(
        acts=(
            (0, adds("p", col("z")), False),
            (9, DropColumn(table="p", column="n"), False),
        )
    )
    assert list(database(*BASE, block).tables["p"].columns) == ["id", "name", "m", "z"]


def test_what_is_settled_is_new_no_more() -> None:
    made = (
        table("t", col("a")),
        adds("p", col("z")),
        index("p", "z"),
        CreateType(name="kind", is_enum=True),
        CreateFunction(name="f"),
    )
    catalogue = settled(then(database(*BASE), *made))
    assert not catalogue.tables["t"].is_new
    assert not catalogue.tables["p"].new_columns
    assert not any(each.is_new for each in catalogue.tables["p"].indexes.values())
    assert not catalogue.types["kind"].is_new
    assert not catalogue.routines["f"].is_new


def test_a_rebuilt_table_takes_the_place_of_the_old_one() -> None:
    rebuild = (
        table("new_p", col("id"), col("name"), col("more")),
        Change(verb="INSERT", table="new_p", reads=("p",)),
        Drop(kind=Kind.TABLE, names=("p",)),
        Rename(kind=Kind.TABLE, old="new_p", new="p"),
    )
    start = (
        table("p", col("id"), col("name"), col("gone")),
        table("k", col("p", "int4", refers("p"))),
    )
    catalogue = then(database(*start, engine=Engine.SQLITE), *rebuild)
    assert not catalogue.tables["p"].is_new
    assert catalogue.tables["p"].new_columns == {"more"}
    assert catalogue.tables["k"].constraints["k_p_fkey"].references == "p"


def test_a_label_and_a_domains_check() -> None:
    catalogue = database(
        *BASE,
        AddEnumValue(type="mood", value="c"),
        Rename(kind=Kind.ENUM_VALUE, old="a", new="z", table="mood"),
        AlterDomain(name="plainint", adds=checks("VALUE > 0"), is_not_null=True),
        AlterDomain(name="posint", drops="posint_check"),
    )
    assert catalogue.types["mood"].values == ("z", "b", "c")
    assert catalogue.types["plainint"].constraints[0].name == "plainint_check"
    assert not catalogue.types["posint"].constraints


def test_a_type_under_another_name_is_followed() -> None:
    catalogue = database(*BASE, Rename(kind=Kind.TYPE, old="mood", new="feeling"))
    assert catalogue.tables["p"].columns["m"].type.name == "feeling"


def test_triggers_go_with_their_function() -> None:
    made = (
        CreateFunction(name="f", is_trigger=True),
        CreateTrigger(table="p", name="t", function="f"),
    )
    catalogue = database(*BASE, *made)
    assert catalogue.tables["p"].triggers == {"t"}
    gone = then(catalogue, Drop(kind=Kind.FUNCTION, names=("f",), is_cascade=True))
    assert not gone.tables["p"].triggers


def test_a_schema_that_goes_takes_its_tables() -> None:
    made = (Create(kind=Kind.SCHEMA, name="s"), table("s.t", col("a")))
    catalogue = database(*made, Drop(kind=Kind.SCHEMA, names=("s",), is_cascade=True))
    assert not catalogue.tables
    assert not catalogue.schemas


_NAMES = st.sampled_from(["p", "c", "pt", "pt1", "vw", "s.t", "x"])
_COLUMNS = st.sampled_from(["id", "name", "a", "x"])
_KINDS = st.sampled_from(list(Kind))
_ANY: st.SearchStrategy[Act] = st.one_of(
    st.builds(
        table, _NAMES, st.builds(col, _COLUMNS), partition_of=st.sampled_from(["", "p", "pt"])
    ),
    st.builds(table, _NAMES, inherits=st.tuples(_NAMES)),
    st.builds(adds, _NAMES, st.builds(col, _COLUMNS)),
    st.builds(DropColumn, table=_NAMES, column=_COLUMNS, is_cascade=st.booleans()),
    st.builds(retypes, _NAMES, _COLUMNS, st.sampled_from(["text", "int8", "mood"])),
    st.builds(index, _NAMES, _COLUMNS, name=st.sampled_from(["", "i"])),
    st.builds(constrains, _NAMES, st.builds(unique, _COLUMNS)),
    st.builds(constrains, _NAMES, st.builds(refers, _NAMES, _COLUMNS)),
    st.builds(DropConstraint, table=_NAMES, name=st.sampled_from(["c_p_id_fkey", "p_pkey", "u"])),
    st.builds(Drop, kind=_KINDS, names=st.tuples(_NAMES), is_cascade=st.booleans(), table=_NAMES),
    st.builds(Rename, kind=_KINDS, old=_NAMES, new=_NAMES, table=_NAMES),
    st.builds(SetSchema, kind=_KINDS, name=_NAMES, schema=st.sampled_from(["s", "public"])),
    st.builds(CreateView, name=_NAMES, reads=st.tuples(_NAMES), columns=st.tuples(_COLUMNS)),
    st.builds(AttachPartition, table=_NAMES, partition=_NAMES, is_default=st.booleans()),
    st.builds(DetachPartition, table=_NAMES, partition=_NAMES),
    st.builds(SetNullability, table=_NAMES, column=_COLUMNS, is_not_null=st.booleans()),
    st.builds(SetDefault, table=_NAMES, column=_COLUMNS, default=st.just(constant("1"))),
    st.builds(AlterGenerated, table=_NAMES, column=_COLUMNS, what=st.sampled_from(["ADD", "DROP"])),
    st.builds(SetPersistence, table=_NAMES, what=st.just("SET UNLOGGED")),
    st.builds(ValidateConstraint, table=_NAMES, name=st.just("namelen")),
    st.builds(acts.Truncate, tables=st.tuples(_NAMES), is_cascade=st.booleans()),
    st.builds(acts.Change, verb=st.just("UPDATE"), table=_NAMES),
    st.builds(acts.Maintain, verb=st.sampled_from(["REINDEX", "VACUUM FULL"]), names=st.just(())),
)


@given(st.lists(_ANY, max_size=12), st.sampled_from(list(Engine)), st.booleans())
def test_any_acts_in_any_order_give_a_catalogue_and_effects(
    several: list[Act], engine: Engine, is_new: bool
) -> None:
    catalogue = database(*BASE, engine=engine, version=(8, 0))
    for act in several:
        effect_of(act, catalogue, IN_TRANSACTION)
        catalogue = after(catalogue, act, is_new=is_new)
    assert all(name == each.name for name, each in catalogue.tables.items())
    assert isinstance(replace(catalogue, is_whole=False), Catalogue)


def test_the_text_of_a_check_is_not_changed_within_its_literals() -> None:
    made = table("t", col("old", "text"), constraints=(checks("old <> 'old'", "old", name="k"),))
    catalogue = database(made, Rename(kind=Kind.COLUMN, old="old", new="new", table="t"))
    assert catalogue.tables["t"].constraints["k"].condition == of("new <> 'old'", "new")

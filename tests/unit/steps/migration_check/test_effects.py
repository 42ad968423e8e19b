"""What the running release loses, when a statement fails, and what is not known."""

import pytest
from tests.unit.steps.migration_check.acting import (
    ALONE,
    BASE,
    adds,
    call,
    checks,
    col,
    constant,
    constrains,
    database,
    effect,
    index,
    of,
    primary,
    refers,
    retypes,
    table,
    typed,
    unique,
)

from launchready.facts.acts import (
    Act,
    AddEnumValue,
    AlterGenerated,
    Change,
    CreateFunction,
    CreateType,
    Do,
    Drop,
    DropColumn,
    DropConstraint,
    Kind,
    Maintain,
    Privileges,
    RefreshView,
    Rename,
    RowSecurity,
    Select,
    SetDefault,
    SetNullability,
    SetPersistence,
    SetSchema,
    Truncate,
    Where,
)
from launchready.facts.catalogue import Cause, Effect, Lock, Loss, When
from launchready.facts.migrations import SessionFacts
from launchready.facts.schema import Expression
from launchready.steps.migration_check.replay import after


def lost(found: Effect) -> list[tuple[Loss, str, str, str]]:
    return [(each.what, each.table, each.name, each.now) for each in found.losses]


def causes(found: Effect) -> list[tuple[When, Cause]]:
    return [(each.when, each.cause) for each in found.troubles]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        (
            (DropColumn(table="c", column="e"),),
            [(Loss.COLUMN, "c", "e", ""), (Loss.INDEX, "c", "c_part", "")],
        ),
        (
            (DropColumn(table="vp", column="k", is_cascade=True),),
            [(Loss.COLUMN, "vp", "k", ""), (Loss.CONSTRAINT, "vc", "vc_k_fkey", "")],
        ),
        (
            (DropColumn(table="p", column="name", is_cascade=True),),
            [(Loss.COLUMN, "p", "name", ""), (Loss.VIEW, "", "vw", "")],
        ),
        ((Drop(kind=Kind.TABLE, names=("vc",)),), [(Loss.TABLE, "", "vc", "")]),
        (
            (Drop(kind=Kind.TABLE, names=("pt",)),),
            [(Loss.TABLE, "", "pt", ""), (Loss.TABLE, "", "pt1", ""), (Loss.TABLE, "", "ptd", "")],
        ),
        ((Drop(kind=Kind.TABLE, names=("not_there",), is_if_exists=True),), []),
        (
            (Drop(kind=Kind.TYPE, names=("mood",), is_cascade=True),),
            [(Loss.COLUMN, "p", "m", ""), (Loss.TYPE, "", "mood", "")],
        ),
        ((Drop(kind=Kind.INDEX, names=("c_t_idx",)),), [(Loss.INDEX, "c", "c_t_idx", "")]),
        ((Rename(kind=Kind.TABLE, old="c", new="d"),), [(Loss.TABLE, "", "c", "d")]),
        ((Rename(kind=Kind.TABLE, old="vw", new="d"),), [(Loss.VIEW, "", "vw", "d")]),
        ((Rename(kind=Kind.COLUMN, old="e", new="f", table="c"),), [(Loss.COLUMN, "c", "e", "f")]),
        (
            (Rename(kind=Kind.ENUM_VALUE, old="a", new="z", table="mood"),),
            [(Loss.ENUM_VALUE, "mood", "a", "z")],
        ),
        ((Rename(kind=Kind.TYPE, old="mood", new="old"),), [(Loss.TYPE, "", "mood", "old")]),
        ((SetSchema(kind=Kind.TABLE, name="c", schema="s"),), [(Loss.TABLE, "", "c", "s.c")]),
        ((retypes("c", "e", "int8"),), []),
        ((retypes("c", "e", "int2"),), [(Loss.WIDTH, "c", "e", "int2")]),
        ((retypes("c", "v", "varchar(10)"),), [(Loss.WIDTH, "c", "v", "varchar(10)")]),
        ((retypes("c", "e", "text"),), [(Loss.TYPE, "c", "e", "text")]),
        ((retypes("p", "m", "text"),), []),
        (
            (SetNullability(table="c", column="e", is_not_null=True),),
            [(Loss.NULLABILITY, "c", "e", "")],
        ),
        ((SetNullability(table="nn", column="a", is_not_null=True),), []),
        (
            (constrains("c", checks("(e IS NOT NULL)", "e", is_not_valid=True)),),
            [(Loss.NULLABILITY, "c", "e", "")],
        ),
        ((adds("c", col("z", is_not_null=True)),), [(Loss.NULLABILITY, "c", "z", "")]),
        ((adds("c", col("z", is_not_null=True, default=constant("1"))),), []),
        (
            (
                adds("c", col("z", is_not_null=True, default=constant("1"))),
                SetDefault(table="c", column="z", default=None),
            ),
            [(Loss.NULLABILITY, "c", "z", "")],
        ),
        ((SetDefault(table="c", column="e", default=None),), []),
        ((DropConstraint(table="c", name="c_v_key"),), [(Loss.CONSTRAINT, "c", "c_v_key", "")]),
        ((RowSecurity(table="c", is_enabled=True),), [(Loss.ACCESS, "c", "c", "")]),
        ((Privileges(is_grant=False, relations=("c",)),), [(Loss.ACCESS, "c", "c", "")]),
        ((Privileges(is_grant=True, relations=("c",)),), []),
        # what the change itself made is in nobody's use
        ((table("t", col("a")), Drop(kind=Kind.TABLE, names=("t",))), []),
        ((adds("c", col("z")), DropColumn(table="c", column="z")), []),
        ((adds("c", col("z")), Rename(kind=Kind.COLUMN, old="z", new="y", table="c")), []),
        ((index("c", "e", name="i"), Drop(kind=Kind.INDEX, names=("i",))), []),
        ((CreateType(name="n", is_enum=True), Drop(kind=Kind.TYPE, names=("n",))), []),
    ],
)
def test_what_is_lost(acts: tuple[Act, ...], expected: list[tuple[Loss, str, str, str]]) -> None:
    assert lost(effect(database(*BASE), *acts)) == expected


def test_a_dropped_default_is_lost_where_there_was_one() -> None:
    catalogue = database(table("t", col("a", default=constant("1"))))
    assert lost(effect(catalogue, SetDefault(table="t", column="a", default=None))) == [
        (Loss.DEFAULT, "t", "a", "")
    ]


def test_an_enum_that_is_exchanged_loses_only_its_labels() -> None:
    exchange: tuple[Act, ...] = (
        CreateType(name="mood_new", is_enum=True, values=("a",)),
        retypes("p", "m", "mood_new", using=of("m::text::mood_new", "m")),
        Rename(kind=Kind.TYPE, old="mood", new="mood_old"),
        Rename(kind=Kind.TYPE, old="mood_new", new="mood"),
        Drop(kind=Kind.TYPE, names=("mood_old",)),
    )
    losses = [
        lost(effect(database(*BASE), *exchange[: count + 1])) for count in range(len(exchange))
    ]
    assert losses == [[], [(Loss.ENUM_VALUE, "mood", "b", "")], [], [], []]


ALWAYS, ON_ROWS, ON_DATA = When.ALWAYS, When.ON_ROWS, When.ON_SOME_DATA
OUTSIDE: tuple[Act, ...] = (
    index("c", "e", name="i", is_concurrent=True),
    Drop(kind=Kind.INDEX, names=("c_t_idx",), is_concurrent=True),
    Maintain(verb="REINDEX", names=("c",), is_concurrent=True),
    Maintain(verb="VACUUM FULL", names=("c",)),
    Maintain(verb="VACUUM", names=("c",)),
)


@pytest.mark.parametrize("act", OUTSIDE, ids=lambda act: type(act).__name__)
def test_some_statements_fail_inside_a_transaction_only(act: Act) -> None:
    assert causes(effect(database(*BASE), act)) == [(ALWAYS, Cause.TRANSACTION_BLOCK)]
    assert not causes(effect(database(*BASE), act, session=ALONE))


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((adds("c", col("z", is_not_null=True)),), [(ON_ROWS, Cause.NO_DEFAULT)]),
        ((adds("c", col("z", "int4", primary())),), [(ON_ROWS, Cause.NO_DEFAULT)]),
        ((adds("c", col("z", "serial")),), []),
        (
            (adds("c", col("z", "int4", unique(), default=constant("1"))),),
            [(ON_ROWS, Cause.DUPLICATES)],
        ),
        ((adds("c", col("e")),), [(ALWAYS, Cause.ALREADY_THERE)]),
        ((adds("c", col("e"), is_if_not_exists=True),), []),
        ((DropColumn(table="c", column="nope"),), [(ALWAYS, Cause.NO_SUCH_OBJECT)]),
        ((DropColumn(table="c", column="nope", is_if_exists=True),), []),
        ((DropColumn(table="p", column="name"),), [(ALWAYS, Cause.VIEW_READS_COLUMN)]),
        ((DropColumn(table="vp", column="k"),), [(ALWAYS, Cause.DEPENDED_ON)]),
        ((retypes("p", "name", "text"),), [(ALWAYS, Cause.VIEW_READS_COLUMN)]),
        ((retypes("g", "a", "int8"),), [(ALWAYS, Cause.DEPENDED_ON)]),
        ((retypes("c", "v", "int4"),), [(ALWAYS, Cause.OTHER)]),
        (
            (retypes("c", "v", "int4", using=of("v::int", "v")),),
            [(ON_DATA, Cause.VALUES_DO_NOT_CAST)],
        ),
        ((retypes("c", "v", "varchar(10)"),), [(ON_DATA, Cause.VALUES_DO_NOT_CAST)]),
        ((SetNullability(table="nn", column="b", is_not_null=True),), [(ON_DATA, Cause.NULLS)]),
        ((SetNullability(table="nn", column="a", is_not_null=True),), []),
        ((SetNullability(table="c", column="id", is_not_null=False),), [(ALWAYS, Cause.OTHER)]),
        ((constrains("nn", unique("b")),), [(ON_DATA, Cause.DUPLICATES)]),
        ((constrains("nn", unique("a", "b")),), []),
        ((constrains("nn", checks("b > 0", "b")),), [(ON_DATA, Cause.ROWS_DO_NOT_FIT)]),
        ((constrains("nn", refers("p", "a")),), [(ON_DATA, Cause.ROWS_DO_NOT_FIT)]),
        ((constrains("nn", refers("p", "a", is_not_valid=True)),), []),
        ((constrains("nn", checks("b > 0", "b", name="ca")),), [(ALWAYS, Cause.ALREADY_THERE)]),
        ((DropConstraint(table="vp", name="vp_pkey"),), [(ALWAYS, Cause.DEPENDED_ON)]),
        ((Drop(kind=Kind.TABLE, names=("vp",)),), [(ALWAYS, Cause.DEPENDED_ON)]),
        ((Drop(kind=Kind.TABLE, names=("vp", "vc")),), []),
        ((Drop(kind=Kind.TYPE, names=("mood",)),), [(ALWAYS, Cause.DEPENDED_ON)]),
        ((Drop(kind=Kind.INDEX, names=("c_v_key",)),), [(ALWAYS, Cause.DEPENDED_ON)]),
        ((Truncate(tables=("p",)),), [(ALWAYS, Cause.DEPENDED_ON)]),
        ((SetPersistence(table="p", what="SET UNLOGGED"),), [(ALWAYS, Cause.DEPENDED_ON)]),
        ((AlterGenerated(table="c", column="e", what="ADD GENERATED"),), [(ALWAYS, Cause.OTHER)]),
        ((index("pt", "x", is_concurrent=True),), [(ALWAYS, Cause.NOT_SUPPORTED)]),
        ((index("c", "t", name="c_t_idx"),), [(ALWAYS, Cause.ALREADY_THERE)]),
        ((index("c", "e", name="u", is_unique=True),), [(ON_DATA, Cause.DUPLICATES)]),
        ((index("c", "v", name="u", is_unique=True),), []),
        ((AddEnumValue(type="mood", value="a"),), [(ALWAYS, Cause.ALREADY_THERE)]),
        ((AddEnumValue(type="mood", value="a", is_if_not_exists=True),), []),
        (
            (Drop(kind=Kind.INDEX, names=("mv_i",)), RefreshView(name="mv", is_concurrent=True)),
            [(ALWAYS, Cause.OTHER)],
        ),
        ((table("t", col("a")), constrains("t", checks("a > 0", "a"))), []),
        ((table("t", col("a")), adds("t", col("z", is_not_null=True))), []),
    ],
)
def test_when_it_fails(acts: tuple[Act, ...], expected: list[tuple[When, Cause]]) -> None:
    assert causes(effect(database(*BASE), *acts, session=ALONE)) == expected


def test_an_older_server_refuses_or_rewrites_more() -> None:
    ten, seventeen = database(*BASE, version=(10,)), database(*BASE, version=(17,))
    default = adds("c", col("z", default=constant("1")))
    assert effect(ten, default).rewrites == ("c",)
    assert not effect(database(*BASE, version=(11,)), default).rewrites
    assert causes(effect(ten, AddEnumValue(type="mood", value="z"))) == [
        (ALWAYS, Cause.TRANSACTION_BLOCK)
    ]
    late = constrains("pt", refers("p", "id", is_not_valid=True))
    assert causes(effect(seventeen, late)) == [(ALWAYS, Cause.NOT_SUPPORTED)]
    proven = SetNullability(table="nn", column="a", is_not_null=True)
    assert effect(database(*BASE, version=(11,)), proven).scans == ("nn",)


def test_a_label_is_of_no_use_in_the_transaction_that_adds_it() -> None:
    label = AddEnumValue(type="mood", value="z")
    session = SessionFacts(earlier=(label,), labels=(label,))
    update = Change(verb="UPDATE", table="p", columns=("m",), values=("z",))
    assert causes(effect(database(*BASE), label, update, session=session)) == [
        (ALWAYS, Cause.NEW_ENUM_VALUE)
    ]
    other = Change(verb="UPDATE", table="c", columns=("v",), values=("z",))
    assert not causes(effect(database(*BASE), label, other, session=session))
    set_default = SetDefault(table="p", column="m", default=constant("'z'"))
    assert causes(effect(database(*BASE), label, set_default, session=session)) == [
        (ALWAYS, Cause.NEW_ENUM_VALUE)
    ]


@pytest.mark.parametrize(
    ("function", "is_rewritten", "has_doubt"),
    [
        ("now", False, False),
        ("gen_random_uuid", True, False),
        ("uuid_generate_v4", True, False),
        ("clock_timestamp", True, False),
        ("lower", False, False),
        ("mine", True, False),
        ("steady", False, False),
        ("inlined", False, False),
        ("inlined_volatile", True, False),
        ("of_an_extension", True, True),
    ],
)
def test_a_default_rewrites_as_its_function_is_volatile(
    function: str, is_rewritten: bool, has_doubt: bool
) -> None:
    made = (
        CreateFunction(name="mine", language="plpgsql", body="BEGIN RETURN 1; END"),
        CreateFunction(name="steady", language="plpgsql", volatility="stable"),
        CreateFunction(name="inlined", body=" SELECT lower('A') "),
        CreateFunction(name="inlined_volatile", body="select random()"),
    )
    found = effect(database(*BASE, *made), adds("c", col("z", "text", default=call(function))))
    assert bool(found.rewrites) is is_rewritten
    assert bool(found.doubts) is has_doubt


def test_what_is_not_known_is_a_doubt() -> None:
    assert effect(database(), retypes("t", "a", "text")).doubts
    assert effect(database(), Drop(kind=Kind.INDEX, names=("i",))).doubts
    assert effect(database(), DropConstraint(table="t", name="k")).doubts
    assert effect(database(), Do(opaque="EXECUTE statement")).doubts


def test_a_new_table_is_no_ones() -> None:
    new = table("t", col("a"))
    for act in (
        index("t", "a"),
        constrains("t", unique("a")),
        retypes("t", "a", "text"),
        SetNullability(table="t", column="a", is_not_null=True),
        Change(verb="UPDATE", table="t", where=Where.NONE),
    ):
        found = effect(database(*BASE), new, act)
        assert found == Effect(why=found.why)
    keyed = effect(database(*BASE), new, constrains("t", refers("p", "a")))
    assert keyed.locks == {"p": Lock.SHARE_ROW_EXCLUSIVE}
    assert keyed.is_brief


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((Change(verb="UPDATE", table="c", where=Where.NONE),), ("c",)),
        ((Change(verb="DELETE", table="c", where=Where.TAUTOLOGY),), ("c",)),
        ((Change(verb="UPDATE", table="c", where_columns=("e",)),), ()),
        ((Change(verb="UPDATE", table="c", where=Where.NONE, is_bounded=True),), ()),
        ((Change(verb="INSERT", table="c", where=Where.NONE, reads=("p",)),), ()),
        ((adds("c", col("z")), Change(verb="UPDATE", table="c", where_columns=("z",))), ("c",)),
        ((Change(verb="UPDATE", table="c", reads=("p",), where_columns=("id", "p_id")),), ()),
        ((Truncate(tables=("p",), is_cascade=True),), ("p", "c")),
    ],
)
def test_which_rows_are_all_changed(acts: tuple[Act, ...], expected: tuple[str, ...]) -> None:
    assert effect(database(*BASE), *acts).changes == expected


def test_a_block_is_all_of_its_acts() -> None:
    block = Do(
        acts=(
            (0, table("t", col("a")), False),
            (5, index("t", "a"), False),
            (9, index("c", "e"), False),
        )
    )
    found = effect(database(*BASE), block)
    assert found.builds == ("c",)
    assert found.locks == {"c": Lock.SHARE}


def test_a_query_takes_the_weakest_lock() -> None:
    found = effect(database(*BASE), Select(reads=("c",)))
    assert found.locks == {"c": Lock.ACCESS_SHARE}
    locked = effect(database(*BASE), Select(reads=("c",), locks="UPDATE"))
    assert locked.locks == {"c": Lock.ROW_SHARE}


@pytest.mark.parametrize(
    ("condition", "is_proven"),
    [
        ("a IS NOT NULL", True),
        ("(a IS NOT NULL)", True),
        ("((b > 0) AND (a IS NOT NULL))", True),
        ("NOT (a IS NULL)", True),
        ('"a" IS NOT NULL AND b BETWEEN 1 AND 2', True),
        ("t.a IS NOT NULL", True),
        ("a IS NOT NULL OR b > 0", False),
        ("a > 0", False),
        ("b IS NOT NULL", False),
        ("CASE WHEN b > 0 THEN a IS NOT NULL AND true END", False),
    ],
)
def test_what_a_check_proves(condition: str, is_proven: bool) -> None:
    made = table("t", col("a"), col("b"), constraints=(checks(condition, "a", "b"),))
    found = effect(database(made), SetNullability(table="t", column="a", is_not_null=True))
    assert (not found.scans) is is_proven


@pytest.mark.parametrize(
    ("old", "new", "using", "is_rewritten"),
    [
        ("numeric(10,2)", "numeric(12,2)", None, False),
        ("numeric(10,2)", "numeric", None, False),
        ("numeric(10,2)", "numeric(12,4)", None, True),
        ("numeric", "numeric(10,2)", None, True),
        ("timestamp(3)", "timestamp(6)", None, False),
        ("timestamp", "timestamp(3)", None, True),
        ("interval(3)", "interval", None, False),
        ("bpchar(5)", "bpchar(10)", None, True),
        ("bpchar(5)", "text", None, True),
        ("text", "varchar", None, False),
        ("text", "varchar(10)", None, True),
        ("citext", "text", None, False),
        ("json", "jsonb", None, True),
        ("date", "timestamp", None, True),
        ("timestamptz", "timestamp", None, False),
        ("int4", "int8", None, True),
        ("int4", "int4", None, False),
        ("varchar(5)", "text", of("a", "a"), False),
        ("varchar(5)", "text", Expression(sql="a::text", columns=("a",), casts_to="text"), False),
        (
            "varchar(5)",
            "text",
            Expression(sql="upper(a)", functions=("upper",), columns=("a",)),
            True,
        ),
        ("varchar(5)", "text", of("a || 'x'", "a"), True),
    ],
)
def test_which_changes_of_type_write_every_row(
    old: str, new: str, using: Expression | None, is_rewritten: bool
) -> None:
    catalogue = database(table("t", col("a", old)))
    found = effect(catalogue, retypes("t", "a", new, using=using))
    assert bool(found.rewrites) is is_rewritten


def test_a_zone_matters_before_version_12() -> None:
    catalogue = database(table("t", col("a", "timestamp")), version=(11,))
    assert effect(catalogue, retypes("t", "a", "timestamptz")).rewrites == ("t",)


def test_a_default_that_does_not_follow_its_column_stops_it() -> None:
    made = (
        CreateType(name="state", is_enum=True, values=("on",)),
        table("t", col("a", "text", default=constant("'on'"))),
    )
    change = retypes("t", "a", "state", using=of("a::state", "a"))
    assert causes(effect(database(*made), change)) == [(ALWAYS, Cause.OTHER)]
    free = (*made, SetDefault(table="t", column="a", default=None))
    assert causes(effect(database(*free), change)) == []


def test_types_are_written_short() -> None:
    assert str(typed("varchar(20)[]")) == "varchar(20)[]"


@pytest.mark.parametrize(
    "act",
    [
        table("c", col("other")),
        adds("c", col("e")),
        index("c", "t", name="c_t_idx"),
        constrains("c", unique("v", name="c_v_key")),
        CreateType(name="mood", is_enum=True),
        AddEnumValue(type="mood", value="a"),
        Drop(kind=Kind.TABLE, names=("not_there",)),
    ],
)
def test_a_guard_keeps_what_is_there_and_minds_nothing_that_is_not(act: Act) -> None:
    catalogue = database(*BASE)
    guarded = Do(acts=((0, act, True),))
    assert effect(catalogue, guarded) == Effect()
    assert after(catalogue, guarded) == catalogue
    assert after(catalogue, act, is_conditional=True) == catalogue


def test_a_guarded_act_has_its_effect_where_it_may_run() -> None:
    guarded = Do(acts=((0, index("c", "e"), True),))
    assert effect(database(*BASE), guarded).builds == ("c",)

"""Effects beside what PostgreSQL 15 and 18 did: locks, rewrites, scans, on tables with rows.

Each row was run on both servers on the schema of `acting.BASE`; pg_locks, relfilenode and the
rows that a transaction read are what is expected here. Locks weaker than SHARE UPDATE EXCLUSIVE,
and those on indexes that the statement does not name, are left out.
"""

from typing import Any

import pytest
from tests.unit.steps.migration_check.acting import (
    BASE,
    Kinds,
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
    unique,
)

from launchready.facts.acts import (
    Act,
    AlterDomain,
    AlterGenerated,
    AlterOther,
    AttachPartition,
    CreateTrigger,
    DetachPartition,
    Drop,
    DropColumn,
    DropConstraint,
    Kind,
    LockTable,
    Maintain,
    RefreshView,
    Rename,
    RowSecurity,
    SetDefault,
    SetNullability,
    SetPersistence,
    SetSchema,
    SetTriggers,
    Truncate,
    ValidateConstraint,
)
from launchready.facts.catalogue import Lock
from launchready.facts.schema import Constraint, Generated

AEL, SRE, S, SUE = (
    Lock.ACCESS_EXCLUSIVE,
    Lock.SHARE_ROW_EXCLUSIVE,
    Lock.SHARE,
    Lock.SHARE_UPDATE_EXCLUSIVE,
)
RANGE = "FROM ('2022-01-01') TO ('2023-01-01')"
INSIDE = "at >= '2022-01-01' AND at < '2023-01-01'"


def drops(kind: Kind, *names: str, **more: Any) -> Drop:
    return Drop(kind=kind, names=names, **more)


NO_VIEW = drops(Kind.VIEW, "vw")

# name, acts, locks, rewritten, read (scans and builds)
CASES: list[tuple[str, tuple[Act, ...], dict[str, Lock], str, str]] = [
    ("varchar-to-text-unique", (retypes("c", "v", "text"),), {"c": AEL}, "", ""),
    ("varchar-to-text-expression", (retypes("c", "k", "text"),), {"c": AEL}, "", "c"),
    ("fk-column-to-bigint", (retypes("c", "p_id", "int8"),), {"c": AEL, "p": AEL}, "c", "c p"),
    ("checked-column", (NO_VIEW, retypes("p", "name", "text")), {"p": AEL}, "", "p"),
    ("array-of-varchar", (retypes("c", "arr", "varchar(20)[]"),), {"c": AEL}, "c", ""),
    ("array-of-text", (retypes("c", "arr", "text[]"),), {"c": AEL}, "c", ""),
    ("cidr-to-inet-indexed", (retypes("c", "ip", "inet"),), {"c": AEL}, "", ""),
    ("timestamp-to-timestamptz", (retypes("c", "t", "timestamptz"),), {"c": AEL}, "", "c"),
    ("timestamp-finer", (retypes("c", "t", "timestamp"),), {"c": AEL}, "", ""),
    ("domain-to-base", (retypes("c", "d", "int4"),), {"c": AEL}, "", ""),
    ("free-domain-to-base", (retypes("c", "d2", "int4"),), {"c": AEL}, "", ""),
    ("to-free-domain", (retypes("c", "e", "plainint"),), {"c": AEL}, "", "c"),
    ("to-bound-domain", (retypes("c", "e", "posint"),), {"c": AEL}, "c", ""),
    ("domain-to-bigint", (retypes("c", "d", "int8"),), {"c": AEL}, "c", ""),
    ("collation", (retypes("c", "v", "varchar(20)", collation="POSIX"),), {"c": AEL}, "", "c"),
    ("same-type-expression-index", (retypes("c", "k", "varchar(30)"),), {"c": AEL}, "", "c"),
    ("varbit-wider", (retypes("c", "bit1", "varbit(8)"),), {"c": AEL}, "", ""),
    (
        "using-other",
        (retypes("c", "v", "int4", using=of("v::int", "v")),),
        {"c": AEL},
        "c",
        "",
    ),
    ("enum-to-text", (retypes("p", "m", "text"),), {"p": AEL}, "p", ""),
    ("fk-of-varchar", (retypes("vc", "k", "varchar(30)"),), {"vc": AEL, "vp": AEL}, "", ""),
    ("key-of-varchar", (retypes("vp", "k", "varchar(30)"),), {"vc": AEL, "vp": AEL}, "", ""),
    ("checked-same-type", (retypes("vc", "q", "int4"),), {"vc": AEL}, "", "vc"),
    (
        "add-column",
        (adds("c", col("z", is_not_null=True, default=constant("1"))),),
        {"c": AEL},
        "",
        "",
    ),
    ("add-fk-column", (adds("c", col("z", "int4", refers("p"))),), {"c": AEL, "p": SRE}, "", ""),
    (
        "add-fk-column-default-null",
        (adds("c", col("z", "int4", refers("p"), default=constant("NULL"))),),
        {"c": AEL, "p": SRE},
        "",
        "c",
    ),
    (
        "add-fk-column-default",
        (adds("c", col("z", "int4", refers("p"), default=constant("1"))),),
        {"c": AEL, "p": SRE},
        "",
        "c",
    ),
    ("add-bound-domain", (adds("c", col("z", "posint")),), {"c": AEL}, "c", ""),
    ("add-free-domain", (adds("c", col("z", "plainint")),), {"c": AEL}, "", ""),
    (
        "add-checked-column",
        (adds("c", col("z", "int4", checks("z > 0", "z"))),),
        {"c": AEL},
        "",
        "c",
    ),
    ("add-unique-column", (adds("nn", col("z", "int4", unique())),), {"nn": AEL}, "", "nn"),
    ("add-serial", (adds("nn", col("z", "serial")),), {"nn": AEL}, "nn", ""),
    ("add-identity", (adds("nn", col("z", is_identity=True)),), {"nn": AEL}, "nn", ""),
    (
        "add-stored",
        (adds("c", col("z", generated=Generated.STORED, generation=of("e + 1", "e"))),),
        {"c": AEL},
        "c",
        "",
    ),
    (
        "add-virtual",
        (adds("c", col("z", generated=Generated.VIRTUAL, generation=of("e + 1", "e"))),),
        {"c": AEL},
        "",
        "",
    ),
    (
        "add-uuid",
        (adds("c", col("z", "uuid", default=call("gen_random_uuid"))),),
        {"c": AEL},
        "c",
        "",
    ),
    ("add-now", (adds("c", col("z", "timestamptz", default=call("now"))),), {"c": AEL}, "", ""),
    ("add-to-partitioned", (adds("pt", col("z")),), {"pt": AEL, "pt1": AEL, "ptd": AEL}, "", ""),
    ("add-to-parent", (adds("base", col("z")),), {"base": AEL, "heir": AEL}, "", ""),
    (
        "proven-not-null",
        (SetNullability(table="nn", column="a", is_not_null=True),),
        {"nn": AEL},
        "",
        "",
    ),
    (
        "not-null",
        (SetNullability(table="nn", column="b", is_not_null=True),),
        {"nn": AEL},
        "",
        "nn",
    ),
    (
        "not-null-of-parent",
        (SetNullability(table="base", column="a", is_not_null=True),),
        {"base": AEL, "heir": AEL},
        "",
        "base heir",
    ),
    (
        "drop-not-null",
        (SetNullability(table="nn", column="a", is_not_null=False),),
        {"nn": AEL},
        "",
        "",
    ),
    ("key-by-index", (constrains("nn", primary(using_index="nn_i")),), {"nn": AEL}, "", ""),
    ("key", (constrains("nn", primary("a")),), {"nn": AEL}, "", "nn"),
    ("unique-by-index", (constrains("nn", unique(using_index="nn_i")),), {"nn": AEL}, "", ""),
    ("unique", (constrains("nn", unique("b")),), {"nn": AEL}, "", "nn"),
    (
        "not-null-constraint",
        (constrains("nn", Constraint(kind=Kinds.NOT_NULL, columns=("b",))),),
        {"nn": AEL},
        "",
        "nn",
    ),
    (
        "not-null-constraint-later",
        (constrains("nn", Constraint(kind=Kinds.NOT_NULL, columns=("b",), is_not_valid=True)),),
        {"nn": AEL},
        "",
        "",
    ),
    (
        "check-later",
        (constrains("nn", checks("b > 0", "b", is_not_valid=True)),),
        {"nn": AEL},
        "",
        "",
    ),
    ("check", (constrains("nn", checks("b > 0", "b")),), {"nn": AEL}, "", "nn"),
    (
        "fk-later",
        (constrains("nn", refers("p", "a", is_not_valid=True)),),
        {"nn": SRE, "p": SRE},
        "",
        "",
    ),
    ("fk", (constrains("nn", refers("p", "a")),), {"nn": SRE, "p": SRE}, "", "nn p"),
    (
        "validate-fk",
        (
            constrains("nn", refers("p", "a", name="f", is_not_valid=True)),
            ValidateConstraint(table="nn", name="f"),
        ),
        {"nn": SUE},
        "",
        "nn p",
    ),
    ("drop-check", (DropConstraint(table="nn", name="ca"),), {"nn": AEL}, "", ""),
    ("drop-fk", (DropConstraint(table="vc", name="vc_k_fkey"),), {"vc": AEL, "vp": AEL}, "", ""),
    (
        "drop-key-cascade",
        (DropConstraint(table="vp", name="vp_pkey", is_cascade=True),),
        {"vc": AEL, "vp": AEL},
        "",
        "",
    ),
    ("drop-fk-column", (DropColumn(table="vc", column="k"),), {"vc": AEL, "vp": AEL}, "", ""),
    ("drop-referencing-table", (drops(Kind.TABLE, "vc"),), {"vc": AEL, "vp": AEL}, "", ""),
    (
        "drop-table-cascade",
        (drops(Kind.TABLE, "vp", is_cascade=True),),
        {"vc": AEL, "vp": AEL},
        "",
        "",
    ),
    ("partition-default", (table("pt2", partition_of="pt"),), {"pt": AEL, "ptd": AEL}, "", "ptd"),
    (
        "attach",
        (AttachPartition(table="pt", partition="fresh", bound=RANGE),),
        {"fresh": AEL, "pt": SUE, "ptd": AEL},
        "",
        "fresh",
    ),
    (
        "attach-proven",
        (
            constrains("fresh", checks(INSIDE, "at")),
            AttachPartition(table="pt", partition="fresh", bound=RANGE),
        ),
        {"fresh": AEL, "pt": SUE, "ptd": AEL},
        "",
        "",
    ),
    (
        "detach",
        (DetachPartition(table="pt", partition="pt1"),),
        {"pt": AEL, "pt1": AEL, "ptd": AEL},
        "",
        "",
    ),
    (
        "detach-finalize",
        (DetachPartition(table="pt", partition="pt1", is_final=True),),
        {"pt": SUE, "pt1": AEL},
        "",
        "",
    ),
    ("drop-partition", (drops(Kind.TABLE, "pt1"),), {"pt": AEL, "pt1": AEL, "ptd": AEL}, "", ""),
    ("index-on-partitioned", (index("pt", "x"),), {"pt": S, "pt1": S, "ptd": S}, "", "pt pt1 ptd"),
    ("index-only", (index("pt", "x", is_only=True),), {"pt": S}, "", ""),
    ("index-there", (index("c", "t", name="c_t_idx", is_if_not_exists=True),), {"c": S}, "", ""),
    (
        "fk-of-partitioned",
        (constrains("pt", refers("p", "id")),),
        {"p": SRE, "pt": SRE, "pt1": SRE, "ptd": SRE},
        "",
        "p pt pt1 ptd",
    ),
    ("drop-index", (drops(Kind.INDEX, "c_t_idx"),), {"c": AEL, "c_t_idx": AEL}, "", ""),
    (
        "set-expression",
        (AlterGenerated(table="g", column="s", what="SET EXPRESSION"),),
        {"g": AEL},
        "g",
        "",
    ),
    ("trigger-off", (SetTriggers(table="nn", name="ALL", is_enabled=False),), {"nn": SRE}, "", ""),
    ("trigger", (CreateTrigger(table="nn", name="t5", function="tf"),), {"nn": SRE}, "", ""),
    ("domain-check", (AlterDomain(name="posint", adds=checks("VALUE < 9")),), {"c": S}, "", "c"),
    (
        "domain-check-later",
        (AlterDomain(name="posint", adds=checks("VALUE < 9", is_not_valid=True)),),
        {},
        "",
        "",
    ),
    ("domain-not-null", (AlterDomain(name="plainint", is_not_null=True),), {"c": S}, "", "c"),
    ("row-security", (RowSecurity(table="nn", is_enabled=True),), {"nn": AEL}, "", ""),
    ("statistics", (AlterOther(table="nn", what="AT_SetStatistics"),), {"nn": SUE}, "", ""),
    ("owner", (AlterOther(table="nn", what="AT_ChangeOwner"),), {"nn": AEL}, "", ""),
    ("default", (SetDefault(table="nn", column="a", default=constant("1")),), {"nn": AEL}, "", ""),
    ("set-schema", (SetSchema(kind=Kind.TABLE, name="nn", schema="s"),), {"nn": AEL}, "", ""),
    ("rename-table", (Rename(kind=Kind.TABLE, old="nn", new="n2"),), {"nn": AEL}, "", ""),
    (
        "rename-column",
        (Rename(kind=Kind.COLUMN, old="a", new="aa", table="nn"),),
        {"nn": AEL},
        "",
        "",
    ),
    ("rename-index", (Rename(kind=Kind.INDEX, old="nn_i", new="zz"),), {"nn_i": SUE}, "", ""),
    ("unlogged", (SetPersistence(table="nn", what="SET UNLOGGED"),), {"nn": AEL}, "nn", ""),
    ("logged-already", (SetPersistence(table="nn", what="SET LOGGED"),), {"nn": AEL}, "", ""),
    ("cluster", (Maintain(verb="CLUSTER", names=("c",)),), {"c": AEL}, "c", ""),
    ("reindex-table", (Maintain(verb="REINDEX", names=("c",)),), {"c": S}, "", "c"),
    (
        "reindex-index",
        (Maintain(verb="REINDEX", names=("c_t_idx",), kind=Kind.INDEX),),
        {"c": S, "c_t_idx": AEL},
        "",
        "c",
    ),
    ("analyze", (Maintain(verb="ANALYZE", names=("c",)),), {"c": SUE}, "", ""),
    ("refresh", (RefreshView(name="mv"),), {"mv": AEL}, "mv", ""),
    (
        "refresh-beside",
        (RefreshView(name="mv", is_concurrent=True),),
        {"mv": Lock.EXCLUSIVE},
        "",
        "",
    ),
    ("truncate-cascade", (Truncate(tables=("p",), is_cascade=True),), {"c": AEL, "p": AEL}, "", ""),
    (
        "truncate-partitioned",
        (Truncate(tables=("pt",)),),
        {"pt": AEL, "pt1": AEL, "ptd": AEL},
        "",
        "",
    ),
    ("lock", (LockTable(tables=("c",), mode="ACCESS EXCLUSIVE"),), {"c": AEL}, "", ""),
    ("new-table-refers", (table("newt", col("a", "int4", refers("p"))),), {"p": SRE}, "", ""),
    ("new-table-inherits", (table("newt", inherits=("base",)),), {"base": SUE}, "", ""),
    ("drop-view", (NO_VIEW,), {"vw": AEL}, "", ""),
]


@pytest.mark.parametrize(
    ("acts", "locks", "rewritten", "read"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_effect_is_what_the_server_did(
    acts: tuple[Act, ...], locks: dict[str, Lock], rewritten: str, read: str
) -> None:
    found = effect(database(*BASE), *acts)
    strong = {name: lock for name, lock in found.locks.items() if lock >= SUE}
    assert strong == locks
    assert " ".join(sorted(found.rewrites)) == rewritten
    if not found.rewrites:  # a rewrite reads and builds everything anyway
        assert " ".join(sorted({*found.scans, *found.builds})) == read

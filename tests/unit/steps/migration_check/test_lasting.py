"""Losses that a migration makes good itself."""

import pytest
from tests.unit.steps.migration_check.acting import (
    BASE,
    adds,
    checks,
    col,
    constant,
    constrains,
    database,
    index,
    table,
    unique,
)

from launchready.facts.acts import (
    Act,
    AddConstraint,
    CreateFunction,
    CreateTrigger,
    CreateView,
    Drop,
    DropColumn,
    DropConstraint,
    Kind,
    Rename,
    SetDefault,
    SetNullability,
)
from launchready.facts.catalogue import Loss
from launchready.facts.migrations import SessionFacts
from launchready.facts.schema import Constraint, ConstraintKind
from launchready.steps.migration_check.effects import effect_of
from launchready.steps.migration_check.effects.lasting import lasting
from launchready.steps.migration_check.replay import after

STATE = (
    table("u", col("a", "text", default=constant("'x'")), col("b", "text")),
    CreateFunction(name="f", is_trigger=True),
    CreateTrigger(table="u", name="t", function="f"),
)
NOT_NULL = Constraint(kind=ConstraintKind.NOT_NULL, columns=("b",), is_not_valid=True)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((Drop(kind=Kind.VIEW, names=("vw",)), CreateView(name="vw")), []),
        ((Drop(kind=Kind.VIEW, names=("vw",)),), [Loss.VIEW]),
        ((Drop(kind=Kind.TABLE, names=("u",)), table("u", col("a"))), [Loss.TABLE]),
        ((Rename(kind=Kind.TABLE, old="u", new="v"), CreateView(name="u", reads=("v",))), []),
        ((DropColumn(table="u", column="b"), adds("u", col("b"))), [Loss.COLUMN]),
        (
            (
                adds("u", col("new_b")),
                Rename(kind=Kind.COLUMN, old="b", new="old_b", table="u"),
                Rename(kind=Kind.COLUMN, old="new_b", new="b", table="u"),
            ),
            [],
        ),
        (
            (
                SetDefault(table="u", column="a", default=None),
                SetDefault(table="u", column="a", default=constant("'y'")),
            ),
            [],
        ),
        ((SetDefault(table="u", column="a", default=None),), [Loss.DEFAULT]),
        (
            (
                adds("u", col("z", is_not_null=True)),
                SetDefault(table="u", column="z", default=constant("1")),
            ),
            [],
        ),
        (
            (
                SetNullability(table="u", column="b", is_not_null=True),
                SetNullability(table="u", column="b", is_not_null=False),
            ),
            [],
        ),
        ((AddConstraint(table="u", constraint=NOT_NULL),), [Loss.NULLABILITY]),
        (
            (constrains("u", checks("b IS NOT NULL", "b", is_not_valid=True)),),
            [Loss.NULLABILITY],
        ),
        ((Drop(kind=Kind.INDEX, names=("c_t_idx",)), index("c", "t", name="c_t_idx")), []),
        (
            (
                DropConstraint(table="c", name="c_v_key"),
                constrains("c", unique("v", name="c_v_key")),
            ),
            [],
        ),
        (
            (
                Drop(kind=Kind.TRIGGER, names=("t",), table="u"),
                CreateTrigger(table="u", name="t", function="f"),
            ),
            [],
        ),
        (
            (Drop(kind=Kind.FUNCTION, names=("f",), is_cascade=True), CreateFunction(name="f")),
            [Loss.TRIGGER],
        ),
        ((Rename(kind=Kind.TYPE, old="mood", new="feeling"),), [Loss.TYPE]),
    ],
)
def test_what_is_put_back_is_not_lost(acts: tuple[Act, ...], expected: list[Loss]) -> None:
    catalogue = database(*BASE, *STATE)
    effects = []
    for act in acts:
        effects.append(effect_of(act, catalogue, SessionFacts()))
        catalogue = after(catalogue, act, is_new=True)
    assert [each.what for one in effects for each in lasting(one, catalogue).losses] == expected

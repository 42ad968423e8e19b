"""The forms in which a change of a table is tried."""

import pytest

from launchready.steps.migration_check.rehearsal.mariadb_trials import forms, is_tried


@pytest.mark.parametrize(
    ("sql", "count", "first"),
    [
        ("ALTER TABLE t ADD c INT -- why", 12,
         "ALTER TABLE t ADD c INT -- why\n, ALGORITHM=INSTANT\n, LOCK=NONE"),
        ("alter table t add c int, algorithm=copy", 3,
         "alter table t add c int, algorithm=copy\n, LOCK=NONE"),
        ("ALTER TABLE t FORCE, ALGORITHM = INPLACE, LOCK = SHARED", 1,
         "ALTER TABLE t FORCE, ALGORITHM = INPLACE, LOCK = SHARED"),
        ("CREATE UNIQUE INDEX i ON t (c)", 12,
         "CREATE UNIQUE INDEX i ON t (c)\n ALGORITHM=INSTANT\n LOCK=NONE"),
        ("DROP INDEX IF EXISTS `i` ON `t`", 12,
         "ALTER TABLE `t` DROP INDEX IF EXISTS `i`\n, ALGORITHM=INSTANT\n, LOCK=NONE"),
    ],
)  # fmt: skip
def test_the_cheapest_comes_first(sql: str, count: int, first: str) -> None:
    assert is_tried(sql)
    found = list(forms(sql))
    assert (len(found), found[0][2]) == (count, first)
    assert found[-1][:2] == (("COPY", "EXCLUSIVE") if count == 12 else found[-1][:2])


@pytest.mark.parametrize("sql", ["CREATE TABLE t (i INT)", "DROP TABLE t", "UPDATE t SET a = 1"])
def test_other_statements_have_one_way(sql: str) -> None:
    assert not is_tried(sql)

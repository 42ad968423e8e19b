"""Sessions, transactions, locks and upkeep in PostgreSQL's words."""

import pytest
from tests.unit.steps.migration_check.reading import read

CASES: list[tuple[str, list[str]]] = [
    ("SET lock_timeout = '5s'", ["SetVariable(name=lock_timeout, value=5s)"]),
    (
        "SET LOCAL statement_timeout TO 0",
        ["SetVariable(name=statement_timeout, value=0, is_local=True)"],
    ),
    ('SET search_path TO a, "B"', ["SetVariable(name=search_path, value=a, B)"]),
    ("SET x TO DEFAULT", ["SetVariable(name=x, value=None)"]),
    ("RESET ALL", ["SetVariable(name=all, value=None)"]),
    ("RESET lock_timeout", ["SetVariable(name=lock_timeout, value=None)"]),
    ("SET TIME ZONE 'UTC'", ["SetVariable(name=timezone, value=UTC)"]),
    ("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", ["Other(kind=VariableSetStmt)"]),
    ("SET x FROM CURRENT", ["Other(kind=VariableSetStmt)"]),
    ("BEGIN", ["Transaction(verb=BEGIN)"]),
    ("START TRANSACTION", ["Transaction(verb=BEGIN)"]),
    ("COMMIT", ["Transaction(verb=COMMIT)"]),
    ("END", ["Transaction(verb=COMMIT)"]),
    ("ROLLBACK", ["Transaction(verb=ROLLBACK)"]),
    ("SAVEPOINT s", ["Transaction(verb=SAVEPOINT)"]),
    ("RELEASE s", ["Transaction(verb=RELEASE)"]),
    ("ROLLBACK TO s", ["Transaction(verb=ROLLBACK TO)"]),
    ("PREPARE TRANSACTION 'x'", ["Transaction(verb=COMMIT)"]),
    ("COMMIT PREPARED 'x'", ["Other(kind=TransactionStmt)"]),
    (
        "LOCK TABLE a, b IN SHARE MODE NOWAIT",
        ["LockTable(tables=[a, b], mode=SHARE, is_nowait=True)"],
    ),
    ("LOCK a", ["LockTable(tables=[a], mode=ACCESS EXCLUSIVE)"]),
    ("VACUUM FULL t", ["Maintain(verb=VACUUM FULL, names=[t])"]),
    ("VACUUM (FULL off, ANALYZE) t", ["Maintain(verb=VACUUM, names=[t])"]),
    ("VACUUM (FULL true)", ["Maintain(verb=VACUUM FULL)"]),
    ("ANALYZE t, u", ["Maintain(verb=ANALYZE, names=[t, u])"]),
    ("CLUSTER t USING i", ["Maintain(verb=CLUSTER, names=[t])"]),
    ("CLUSTER", ["Maintain(verb=CLUSTER)"]),
    (
        "REINDEX INDEX CONCURRENTLY i",
        ["Maintain(verb=REINDEX, names=[i], kind=index, is_concurrent=True)"],
    ),
    ("REINDEX TABLE t", ["Maintain(verb=REINDEX, names=[t])"]),
    ("REINDEX SYSTEM d", ["Maintain(verb=REINDEX, names=[d], kind=object)"]),
    ("REINDEX SCHEMA s", ["Maintain(verb=REINDEX, names=[s], kind=schema)"]),
    (
        "REINDEX (CONCURRENTLY false) DATABASE d",
        ["Maintain(verb=REINDEX, names=[d], kind=database)"],
    ),
]


@pytest.mark.parametrize(("sql", "acts"), CASES, ids=[sql for sql, _ in CASES])
def test_it_is_read_as(sql: str, acts: list[str]) -> None:
    assert read(sql) == acts

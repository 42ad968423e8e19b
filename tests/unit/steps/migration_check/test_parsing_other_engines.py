"""What statements of MySQL, MariaDB and SQLite do."""

# ruff: noqa: E501 - a statement and what it is read as stand in one line each

import pytest
from tests.unit.steps.migration_check.reading import MARIADB, MYSQL, SQLITE, opened, read

from launchready.facts.acts import Unread
from launchready.steps.migration_check.parsing import acts_of_body, parse, why_not

OF_MYSQL: list[tuple[str, list[str]]] = [
    (
        "alter table t add column a int unsigned not null default 3 comment 'x, y' after b, drop column c, modify d varchar(20) null, change e f bigint, add index i (a,b desc), add unique key u (a), drop index x, add constraint fk foreign key (a) references p(id) on delete cascade, algorithm=inplace, lock=none",
        [
            "AddColumn(table=t, column=Column(name=a, type=int unsigned, is_not_null=True, default=<3; constant>), position=after b)",
            "DropColumn(table=t, column=c)",
            "AlterType(table=t, column=d, type=varchar(20), definition=Column(name=d, type=varchar(20)))",
            "AlterType(table=t, column=e, type=bigint, definition=Column(name=f, type=bigint))",
            "CreateIndex(table=t, name=i, keys=[IndexKey(column=a), IndexKey(column=b, options=desc)])",
            "AddConstraint(table=t, constraint=Constraint(kind=UNIQUE, name=u, columns=[a]))",
            "Drop(kind=index, names=[x], table=t)",
            "AddConstraint(table=t, constraint=Constraint(kind=FOREIGN KEY, name=fk, columns=[a], references=p, referenced_columns=[id], on_delete=CASCADE))",
            "AlterOther(table=t, what=ALGORITHM, argument=inplace)",
            "AlterOther(table=t, what=LOCK, argument=none)",
        ],
    ),
    (
        "alter table `t` modify column a enum('a','b') character set utf8 not null first",
        [
            "AlterType(table=t, column=a, type=enum[a,b] utf8, definition=Column(name=a, type=enum[a,b] utf8, is_not_null=True))"
        ],
    ),
    (
        "alter table t convert to character set utf8mb4 collate x",
        ["AlterOther(table=t, what=CONVERT TO CHARACTER SET, argument=utf8mb4 collate x)"],
    ),
    (
        "alter table t engine=innodb, default charset=utf8, auto_increment = 5, force",
        [
            "AlterOther(table=t, what=ENGINE, argument=innodb)",
            "AlterOther(table=t, what=CHARSET, argument=utf8)",
            "AlterOther(table=t, what=AUTO_INCREMENT, argument=5)",
            "AlterOther(table=t, what=FORCE)",
        ],
    ),
    (
        "alter table t add partition (partition p1 values less than (5))",
        ["AlterOther(table=t, what=ADD PARTITION, argument=(partition p1 values less than (5)))"],
    ),
    ("alter table t drop partition p1", ["AlterOther(table=t, what=DROP PARTITION, argument=p1)"]),
    (
        "alter table t add (x int, y varchar(3)), add fulltext index ft (a), drop primary key, add primary key (id), drop foreign key fk, alter column z set default 5, rename column a to b, rename index i to j, rename to u, alter index i invisible",
        [
            "AddColumn(table=t, column=Column(name=x, type=int))",
            "AddColumn(table=t, column=Column(name=y, type=varchar(3)))",
            "CreateIndex(table=t, name=ft, keys=[IndexKey(column=a)], method=fulltext)",
            "DropConstraint(table=t, name=PRIMARY)",
            "AddConstraint(table=t, constraint=Constraint(kind=PRIMARY KEY, columns=[id]))",
            "DropConstraint(table=t, name=fk)",
            "SetDefault(table=t, column=z, default=<5; constant>)",
            "Rename(kind=column, old=a, new=b, table=t)",
            "Rename(kind=index, old=i, new=j, table=t)",
            "Rename(kind=table, old=t, new=u)",
            "AlterOther(table=t, what=ALTER INDEX, argument=i invisible)",
        ],
    ),
    (
        "create table if not exists a (id int(11) auto_increment primary key, name varchar(3) character set utf8 not null default 'x', ts timestamp not null default current_timestamp on update current_timestamp(), key k (name(3)), unique u (name), fulltext key f(name), constraint c check (id>1), g int generated always as (id+1) stored, `key` varchar(3), d decimal(10,2) unsigned default -1.5, u binary(16) default (uuid_to_bin(uuid()))) engine=innodb default charset=utf8",
        [
            "CreateTable(table=a, columns=[Column(name=id, type=int(11), is_not_null=True, is_auto=True, constraints=[Constraint(kind=PRIMARY KEY, columns=[id])]), Column(name=name, type=varchar(3) utf8, is_not_null=True, default=<'x'; constant>), Column(name=ts, type=timestamp, is_not_null=True, default=<current_timestamp; calls now>), Column(name=g, type=int, generated=STORED, generation=<id+1; reads id>), Column(name=key, type=varchar(3)), Column(name=d, type=decimal(10,2) unsigned, default=<-1.5; constant>), Column(name=u, type=binary(16), default=<(uuid_to_bin(uuid())); calls uuid_to_bin uuid>)], constraints=[Constraint(kind=UNIQUE, name=u, columns=[name]), Constraint(kind=CHECK, name=c, columns=[id], condition=<id>1; reads id>)], indexes=[CreateIndex(table=a, name=k, keys=[IndexKey(column=name, options=(3))]), CreateIndex(table=a, name=f, keys=[IndexKey(column=name)], method=fulltext)], is_if_not_exists=True)"
        ],
    ),
    (
        "create unique index i on t (a(10), (lower(b))) algorithm=inplace",
        [
            "CreateIndex(table=t, name=i, keys=[IndexKey(column=a, options=(10)), IndexKey(expression=<(lower(b)); calls lower, reads b>)], is_unique=True)"
        ],
    ),
    (
        "create table x as select * from y join z on 1",
        ["CreateTable(table=x, is_of_query=True, reads=[y, z])"],
    ),
    ("create table x like y", ["CreateTable(table=x, like=[y])"]),
    ("drop index i on t", ["Drop(kind=index, names=[i], table=t)"]),
    (
        "rename table a to b, c to d",
        ["Rename(kind=table, old=a, new=b)", "Rename(kind=table, old=c, new=d)"],
    ),
    (
        "update t set a=1, b=b+1 where id in (1,2) limit 10",
        [
            "Change(verb=UPDATE, table=t, columns=[a, b], where_columns=[id], equals=[id], is_bounded=True)"
        ],
    ),
    (
        "update t join u on t.id=u.id set t.a=1",
        ["Change(verb=UPDATE, table=t, columns=[a], reads=[u])"],
    ),
    (
        "insert ignore into t (a) values (1),(now())",
        [
            "Change(verb=INSERT, table=t, columns=[a], functions=[now], is_bounded=True, is_of_values=True)"
        ],
    ),
    (
        "insert into t select * from b on duplicate key update a=1",
        ["Change(verb=INSERT, table=t, reads=[b])"],
    ),
    (
        "replace into t values (1)",
        ["Change(verb=REPLACE, table=t, is_bounded=True, is_of_values=True)"],
    ),
    ("delete from t", ["Change(verb=DELETE, table=t, where=no condition)"]),
    (
        "delete t from t join u on u.id=t.id where u.x=5",
        ["Change(verb=DELETE, table=t, reads=[u], where_columns=[x], equals=[x])"],
    ),
    ("set foreign_key_checks=0", ["SetVariable(name=foreign_key_checks, value=0)"]),
    (
        "set @x = 5, session lock_wait_timeout=5",
        ["Select()", "SetVariable(name=lock_wait_timeout, value=5)"],
    ),
    (
        "lock tables a write, b read",
        ["LockTable(tables=[a], mode=WRITE)", "LockTable(tables=[b], mode=READ)"],
    ),
    (
        "create trigger a before insert on t for each row set new.a=1",
        ["CreateTrigger(table=t, name=a)"],
    ),
    (
        "create procedure p() begin select 1; end",
        ["CreateFunction(name=p, body=() begin select 1; end)"],
    ),
    (
        "prepare s from 'alter table x add y int'",
        ["Do(acts=[[0, AddColumn(table=x, column=Column(name=y, type=int)), False]])"],
    ),
    ("prepare s from @sql", ["Do(opaque=dynamic SQL that is built of variables)"]),
    ("call p(1)", ["Select(functions=[p])"]),
    ("alter tabel t add x int", ["Unread(message=syntax error, offset=12)"]),
    (
        "update t set a = 1 where 1 = 1",
        ["Change(verb=UPDATE, table=t, where=a condition that is always true, columns=[a])"],
    ),
    ("grant all on a.b to x", ["Privileges(is_grant=True, relations=[a.b])"]),
    (
        "select * from a, b left join c using (x) where exists (select 1 from d) and extract(year from e) = 5 for update",
        ["Select(reads=[a, b, c, d], functions=[extract], locks=FOR UPDATE)"],
    ),
    ("drop table if exists a, b cascade", ["Drop(kind=table, names=[a, b], is_if_exists=True)"]),
    (
        "with x as (select 1 from q) delete from t where id in (select id from x)",
        ["Change(verb=DELETE, table=t, reads=[q], where_columns=[id])"],
    ),
    ("truncate t", ["Truncate(tables=[t])"]),
    ("create view v as select a, b from t", ["CreateView(name=v, reads=[t], columns=[a, b])"]),
    (
        "ALTER TABLE t ADD COLUMN IF NOT EXISTS `key` varchar(20) DEFAULT b'0' COMMENT 'a;b' AFTER `b c`",
        [
            "AddColumn(table=t, column=Column(name=key, type=varchar(20), default=<b'0'; constant>), is_if_not_exists=True, position=AFTER `b c`)"
        ],
    ),
    ("alter table t rename u", ["Rename(kind=table, old=t, new=u)"]),
    (
        "alter table t add constraint c check (a > 0) not enforced, add constraint unique u (a), add unique (b), drop check c, drop constraint d, drop key k",
        [
            "AddConstraint(table=t, constraint=Constraint(kind=CHECK, name=c, columns=[a], condition=<a > 0; reads a>, is_not_valid=True))",
            "AddConstraint(table=t, constraint=Constraint(kind=UNIQUE, name=u, columns=[a]))",
            "AddConstraint(table=t, constraint=Constraint(kind=UNIQUE, columns=[b]))",
            "DropConstraint(table=t, name=c)",
            "DropConstraint(table=t, name=d)",
            "Drop(kind=index, names=[k], table=t)",
        ],
    ),
    (
        "alter table t add index using btree (a), add spatial index (g), alter z drop default, add partition (partition p2 values less than (9))",
        [
            "CreateIndex(table=t, name=, keys=[IndexKey(column=a)])",
            "CreateIndex(table=t, name=, keys=[IndexKey(column=g)], method=spatial)",
            "SetDefault(table=t, column=z, default=None)",
            "AlterOther(table=t, what=ADD PARTITION, argument=(partition p2 values less than (9)))",
        ],
    ),
    (
        "create table t (a serial, b double precision, c national varchar(3), d timestamp(6) default now(6) on update now(6), e json default (json_object()), f set('a','b') collate x, primary key using btree (a, b desc), index (c(5)), foreign key k (b) references s.p (id) on update cascade on delete set null) partition by hash (a)",
        [
            "CreateTable(table=t, columns=[Column(name=a, type=serial, is_not_null=True, is_auto=True), Column(name=b, type=double precision, is_not_null=True), Column(name=c, type=national varchar(3)), Column(name=d, type=timestamp(6), default=<now(6); calls now>), Column(name=e, type=json, default=<(json_object()); calls json_object>), Column(name=f, type=set[a,b], collation=x)], constraints=[Constraint(kind=PRIMARY KEY, columns=[a, b]), Constraint(kind=FOREIGN KEY, name=k, columns=[b], references=s.p, referenced_columns=[id], on_delete=SET NULL)], indexes=[CreateIndex(table=t, name=, keys=[IndexKey(column=c, options=(5))])], is_partitioned=True)"
        ],
    ),
    ("create temporary table t (like u)", ["CreateTable(table=t, is_temporary=True, like=[u])"]),
    (
        "create or replace view v (a) as select f(b) from t limit 5",
        ["CreateView(name=v, reads=[t], columns=[b], is_replace=True)"],
    ),
    ("alter algorithm=merge view v as select 1", ["CreateView(name=v, is_replace=True)"]),
    ("drop procedure if exists p", ["Drop(kind=function, names=[p], is_if_exists=True)"]),
    ("drop database d", ["Drop(kind=database, names=[d])"]),
    ("create user x", ["Create(kind=role, name=x)"]),
    ("set names utf8mb4", ["Other(kind=SET NAMES)"]),
    (
        "set global x = 1, @@session.sql_mode = '', y = default",
        ["SetVariable(name=sql_mode, value=)", "SetVariable(name=y, value=None)"],
    ),
    ("unlock tables", ["Other(kind=UNLOCK)"]),
    ("optimize table a, b", ["Maintain(verb=OPTIMIZE, names=[a, b])"]),
    ("start transaction read only", ["Transaction(verb=BEGIN)"]),
    ("rollback to savepoint s", ["Transaction(verb=ROLLBACK TO)"]),
    ("release savepoint s", ["Transaction(verb=RELEASE)"]),
    ("begin not atomic select 1; end", ["Do(opaque=a compound statement)"]),
    (
        "update t set a = 1 order by id limit 5",
        ["Change(verb=UPDATE, table=t, where=no condition, columns=[a], is_bounded=True)"],
    ),
    (
        "delete from t where a = 1 or 1 = 1",
        ["Change(verb=DELETE, table=t, where=a condition that is always true)"],
    ),
    (
        "delete from t where (a = 5 and `b` = 'x')",
        ["Change(verb=DELETE, table=t, where_columns=[a, b], equals=[a, b], values=[x])"],
    ),
    (
        "insert into t set a = 1",
        ["Change(verb=INSERT, table=t, is_bounded=True, is_of_values=True)"],
    ),
    (
        "insert into t values row(1), row(2)",
        ["Change(verb=INSERT, table=t, is_bounded=True, is_of_values=True)"],
    ),
    ("select get_lock('x', 10)", ["Select(functions=[get_lock], arguments=[x], values=[x])"]),
    ("explain select 1", ["Other(kind=EXPLAIN)"]),
    ("nonsense", ["Unread(message=syntax error)"]),
    ("alter table t", ["Other(kind=ALTER TABLE)"]),
    ("create index i t (a)", ["Unread(message=syntax error, offset=15)"]),
    ("revoke select on t from x", ["Privileges(is_grant=False, relations=[t])"]),
    ("load data infile 'x' into table t", ["Change(verb=COPY, table=t, is_of_values=True)"]),
    (
        "alter table t comment = 'x', row_format=dynamic, order by a, discard tablespace, exchange partition p with table u",
        [
            "AlterOther(table=t, what=COMMENT, argument='x')",
            "AlterOther(table=t, what=ROW_FORMAT, argument=dynamic)",
            "AlterOther(table=t, what=ORDER BY A)",
            "AlterOther(table=t, what=DISCARD TABLESPACE)",
            "AlterOther(table=t, what=EXCHANGE PARTITION P WITH, argument=table u)",
        ],
    ),
    ("check table t", ["Maintain(verb=CHECK, names=[t])"]),
    (
        "create trigger x before insert on t for each row begin set new.a = 1; end",
        ["CreateTrigger(table=t, name=x)"],
    ),
    ("drop trigger x", ["Drop(kind=trigger, names=[x])"]),
]

OF_SQLITE: list[tuple[str, list[str]]] = [
    (
        "create table \"a\" (id integer primary key autoincrement, x text not null default '' check (x <> ''), y, z references p(id) on delete cascade, unique (x, y), foreign key (y) references q) strict",
        [
            "CreateTable(table=a, columns=[Column(name=id, type=integer, is_not_null=True, is_auto=True, constraints=[Constraint(kind=PRIMARY KEY, columns=[id])]), Column(name=x, type=text, is_not_null=True, default=<''; constant>, constraints=[Constraint(kind=CHECK, columns=[x], condition=<x <> ''; reads x>)]), Column(name=y, type=), Column(name=z, type=, constraints=[Constraint(kind=FOREIGN KEY, columns=[z], references=p, referenced_columns=[id], on_delete=CASCADE)])], constraints=[Constraint(kind=UNIQUE, columns=[x, y]), Constraint(kind=FOREIGN KEY, columns=[y], references=q)])"
        ],
    ),
    ("alter table a rename to b", ["Rename(kind=table, old=a, new=b)"]),
    ("alter table a rename column x to y", ["Rename(kind=column, old=x, new=y, table=a)"]),
    (
        "alter table main.a add column z text not null default (datetime('now'))",
        [
            "AddColumn(table=a, column=Column(name=z, type=text, is_not_null=True, default=<(datetime('now')); calls datetime>))"
        ],
    ),
    ("alter table a drop column z", ["DropColumn(table=a, column=z)"]),
    (
        "create index if not exists i on a (x collate nocase, lower(y)) where x is not null",
        [
            "CreateIndex(table=a, name=i, keys=[IndexKey(column=x, options=collate nocase), IndexKey(expression=<lower(y); calls lower, reads y>)], is_if_not_exists=True, where=<x is not null; reads x>)"
        ],
    ),
    ("pragma foreign_keys = off", ["SetVariable(name=foreign_keys, value=off)"]),
    ("pragma foreign_keys(0)", ["SetVariable(name=foreign_keys, value=0)"]),
    ("pragma table_info(x)", ["SetVariable(name=table_info, value=x)"]),
    ("insert into new_a select id, x from a", ["Change(verb=INSERT, table=new_a, reads=[a])"]),
    (
        "insert or replace into a(x) values (1)",
        ["Change(verb=INSERT, table=a, columns=[x], is_bounded=True, is_of_values=True)"],
    ),
    ("drop table a", ["Drop(kind=table, names=[a])"]),
    ("begin immediate", ["Transaction(verb=BEGIN)"]),
    ("commit", ["Transaction(verb=COMMIT)"]),
    (
        "create trigger t after insert on a begin update b set c = 1; end",
        ["CreateTrigger(table=a, name=t)"],
    ),
    ("create virtual table v using fts5(a, b)", ["CreateTable(table=v)"]),
    (
        "update a set x = 1 from c where c.id = a.id",
        ["Change(verb=UPDATE, table=a, columns=[x], reads=[c], where_columns=[id])"],
    ),
    ("reindex", ["Maintain(verb=REINDEX)"]),
    (
        "create temp table t as select a from u",
        ["CreateTable(table=t, is_temporary=True, is_of_query=True, reads=[u])"],
    ),
    (
        'create table t (a integer primary key, b text default "x", c varchar(10) collate nocase unique on conflict ignore, d as (a * 2) stored, e generated always as (a))',
        [
            'CreateTable(table=t, columns=[Column(name=a, type=integer, is_not_null=True, is_auto=True, constraints=[Constraint(kind=PRIMARY KEY, columns=[a])]), Column(name=b, type=text, default=<"x"; constant>), Column(name=c, type=varchar(10), collation=nocase, constraints=[Constraint(kind=UNIQUE, columns=[c])]), Column(name=d, type=, generated=STORED, generation=<a * 2; reads a>), Column(name=e, type=, generated=VIRTUAL, generation=<a; reads a>)])'
        ],
    ),
    ("drop index if exists main.i", ["Drop(kind=index, names=[i], is_if_exists=True)"]),
    ("delete from t", ["Change(verb=DELETE, table=t, where=no condition)"]),
    ("vacuum into 'x'", ["Maintain(verb=VACUUM)"]),
    ("end transaction", ["Transaction(verb=COMMIT)"]),
    (
        "create unique index i on t (a)",
        ["CreateIndex(table=t, name=i, keys=[IndexKey(column=a)], is_unique=True)"],
    ),
    (
        "insert into t select a from u union select b from v where c in (select d from w)",
        ["Change(verb=INSERT, table=t, reads=[u, v, w])"],
    ),
    (
        "with recursive x(n) as (select 1 union all select n + 1 from x) insert into t select n from x",
        ["Change(verb=INSERT, table=t)"],
    ),
    (
        "replace into t (a) select b from u",
        ["Change(verb=REPLACE, table=t, columns=[a], reads=[u])"],
    ),
    ("attach database 'x' as y", ["Other(kind=ATTACH)"]),
    ("rollback", ["Transaction(verb=ROLLBACK)"]),
    ('alter table t rename to "a b"', ["Rename(kind=table, old=t, new=a b)"]),
]


@pytest.mark.parametrize(("sql", "acts"), OF_MYSQL, ids=[sql for sql, _ in OF_MYSQL])
def test_mysql_is_read_as(sql: str, acts: list[str]) -> None:
    assert read(sql, MYSQL) == acts


@pytest.mark.parametrize(("sql", "acts"), OF_SQLITE, ids=[sql for sql, _ in OF_SQLITE])
def test_sqlite_is_read_as(sql: str, acts: list[str]) -> None:
    assert read(sql, SQLITE) == acts


def test_clauses_have_places() -> None:
    sql = "ALTER TABLE t ADD a int,\n  DROP b, /* , */ RENAME TO u"
    assert [sql[at : at + 6] for at, _ in parse(sql, MYSQL)] == ["ALTER ", "DROP b", "RENAME"]


def test_mariadb_minds_a_foreign_key_beside_a_column_and_mysql_does_not() -> None:
    sql = "ALTER TABLE t ADD a int REFERENCES p (id)"
    assert "FOREIGN KEY" in read(sql, MARIADB)[0]
    assert "FOREIGN KEY" not in read(sql, MYSQL)[0]


def test_a_table_that_is_replaced_is_dropped_first() -> None:
    assert read("CREATE OR REPLACE TABLE t (a int)", MARIADB) == [
        "Drop(kind=table, names=[t], is_if_exists=True)",
        "CreateTable(table=t, columns=[Column(name=a, type=int)])",
    ]


def test_a_prepared_literal_is_opened() -> None:
    assert opened("PREPARE s FROM 'DROP TABLE t'", MYSQL) == [
        "PREPARE: Drop(kind=table, names=[t])"
    ]
    assert opened("PREPARE s FROM @x", MYSQL) == ["opaque: dynamic SQL that is built of variables"]


def test_a_statement_that_is_wrong_says_where() -> None:
    ((_, act),) = parse("CREATE INDEX i t (a)", MYSQL)
    assert act == Unread(message="syntax error", offset=15)


@pytest.mark.parametrize(
    ("head", "table"), [("INSERT INTO `t` VALUES ", "t"), ("insert t (a) values", "t")]
)
def test_a_long_insert_is_known_by_its_head(head: str, table: str) -> None:
    long = head + "(1, 'x')," * 10_000 + "(2, 'y')"
    assert read(long, MYSQL) == [
        f"Change(verb=INSERT, table={table}, is_bounded=True, is_of_values=True)"
    ]


def test_other_long_statements_are_read_whole() -> None:
    long = "DELETE FROM t WHERE a IN (" + "'x'," * 20_000 + "'y')"
    assert "is_bounded=True" in read(long, SQLITE)[0]
    assert read("SELECT " + "1," * 4_000_001 + "1", SQLITE) == ["Unread(message=it is too long)"]


def test_bodies_are_not_opened() -> None:
    assert acts_of_body("BEGIN END", "sql", MYSQL).opaque
    assert not why_not(SQLITE)

"""MySQL and MariaDB: the algorithm by which InnoDB does each act, and who waits for it.

Every ALTER takes the metadata lock exclusively for a moment, so that it queues behind open
transactions and everybody queues behind it: ACCESS EXCLUSIVE, brief. One that goes on for long
without stopping writes (LOCK=NONE) is SHARE UPDATE EXCLUSIVE here, one that stops them
(LOCK=SHARED) is SHARE. Sources:
https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html,
https://dev.mysql.com/doc/refman/5.7/en/innodb-online-ddl-operations.html,
https://mariadb.com/kb/en/innodb-online-ddl-overview/; of MariaDB 10.11 the server was asked.
"""

from collections.abc import Callable
from typing import Any

from launchready.facts import acts
from launchready.facts.acts import Act
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.mysql import columns, tables

EFFECTS: dict[type[Act], Callable[[Any, Draft], None]] = {
    acts.CreateTable: tables.create_table,
    acts.Drop: tables.drop,
    acts.Rename: tables.rename,
    acts.CreateIndex: tables.create_index,
    acts.AddConstraint: tables.add_constraint,
    acts.DropConstraint: tables.drop_constraint,
    acts.AlterOther: tables.alter_other,
    acts.Maintain: tables.maintain,
    acts.Truncate: tables.truncate,
    acts.LockTable: tables.lock_tables,
    acts.Change: tables.change,
    acts.CreateTrigger: tables.create_trigger,
    acts.AddColumn: columns.add_column,
    acts.DropColumn: columns.drop_column,
    acts.AlterType: columns.alter_type,
    acts.SetDefault: columns.set_default,
    acts.SetNullability: columns.set_nullability,
    acts.AlterGenerated: columns.alter_generated,
}

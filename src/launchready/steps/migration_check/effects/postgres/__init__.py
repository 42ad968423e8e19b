"""PostgreSQL: what each act locks, rewrites, scans, builds, loses, and when it fails.

Everything that looks as if it were known was asked of PostgreSQL 15 and 18 (tests/lab); the rest
names its page or its source file.
"""

from collections.abc import Callable
from typing import Any

from launchready.facts import acts
from launchready.facts.acts import Act
from launchready.steps.migration_check.effects.draft import Draft
from launchready.steps.migration_check.effects.postgres import (
    columns,
    constraints,
    drops,
    indexes,
    names,
    objects,
    partitions,
    retypes,
    rows,
    tables,
    upkeep,
)

EFFECTS: dict[type[Act], Callable[[Any, Draft], None]] = {
    acts.CreateTable: tables.create_table,
    acts.CreateView: tables.create_view,
    acts.RefreshView: tables.refresh_view,
    acts.SetPersistence: tables.set_persistence,
    acts.AlterOther: tables.alter_other,
    acts.AddColumn: columns.add_column,
    acts.DropColumn: columns.drop_column,
    acts.SetDefault: columns.set_default,
    acts.SetNullability: columns.set_nullability,
    acts.AlterGenerated: columns.alter_generated,
    acts.AlterType: retypes.alter_type,
    acts.AddConstraint: constraints.add_constraint,
    acts.ValidateConstraint: constraints.validate_constraint,
    acts.DropConstraint: constraints.drop_constraint,
    acts.CreateIndex: indexes.create_index,
    acts.Drop: drops.drop,
    acts.Rename: names.rename,
    acts.SetSchema: names.set_schema,
    acts.AttachPartition: partitions.attach,
    acts.DetachPartition: partitions.detach,
    acts.CreateFunction: objects.create_function,
    acts.CreateTrigger: objects.create_trigger,
    acts.SetTriggers: objects.set_triggers,
    acts.AddEnumValue: objects.add_enum_value,
    acts.AlterDomain: objects.alter_domain,
    acts.Create: objects.create,
    acts.RowSecurity: objects.row_security,
    acts.AlterPolicy: objects.alter_policy,
    acts.Privileges: objects.privileges,
    acts.Change: rows.change,
    acts.Truncate: rows.truncate,
    acts.Select: rows.select,
    acts.Other: upkeep.other,
    acts.LockTable: upkeep.lock_table,
    acts.Maintain: upkeep.maintain,
}

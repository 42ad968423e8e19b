"""Rules on writes of the running release that fail from now on, or get lost."""

from collections.abc import Iterator

from launchready.facts.acts import Change, CreateTable, CreateTrigger, Kind, Rename
from launchready.facts.catalogue import Lock
from launchready.facts.migrations import ActFacts, MigrationFacts
from launchready.facts.schema import Engine
from launchready.model import Finding, Severity
from launchready.regex import Regex
from launchready.step import rule
from launchready.steps.migration_check.saying import is_noticed, named, said
from launchready.steps.migration_check.settings import MigrationCheckSettings

_ASSIGNED = Regex(r"\bNEW\s*\.\s*(\w+|\"[^\"]+\")\s*:?=(?!=)", 2)
_ASKS = Regex(r"\bTG_(?:TABLE_NAME|RELNAME|RELID|ARGV)\b", 2)


@rule(ActFacts, Severity.ERROR, of=(CreateTrigger,))
def trigger_breaks_writes(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A trigger's function sets a column that its table does not have.

    From that moment each write that fires it fails: `record "new" has no field`. The migration
    itself runs through.

    Add the column first, or give the table a function of its own.

    Bad:
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.updated_at := now();
          RETURN NEW;
        END $$;
        CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
    Good:
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.updated_at := now();
          RETURN NEW;
        END $$;
        ALTER TABLE orders ADD COLUMN updated_at timestamptz;
        CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
    Reference:
        https://www.postgresql.org/docs/current/plpgsql-trigger.html
    """
    act = facts.act
    if not isinstance(act, CreateTrigger) or not is_noticed(facts, act.table, settings):
        return
    table, routine = facts.end.tables.get(act.table), facts.end.routines.get(act.function)
    if table is None or not table.is_whole or table.inherits or routine is None:
        return
    if routine.language != "plpgsql" or _ASKS.search(routine.body):
        return
    set_by_it = {each.strip('"') for each in _ASSIGNED.findall(routine.body)}
    if missing := sorted(set_by_it - {*table.columns, *(name.lower() for name in table.columns)}):
        yield said(
            facts,
            f"`{act.function}` sets {named(missing)}, and `{act.table}` has no such column: writes"
            " that fire the trigger fail",
            about=f"trigger {act.table} {act.name}",
        )


@rule(MigrationFacts, Severity.ERROR)
def copied_while_written(
    facts: MigrationFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A table is copied and its copy takes its name, while others may write to it.

    What is written between the copy and the exchange of names stays in the old table: those rows
    are lost to the product.

    Lock the table against writes before it is copied (`LOCK TABLE … IN SHARE MODE`), at a quiet
    hour, or let a trigger carry the writes over.

    Bad:
        BEGIN;
        CREATE TABLE new_items AS SELECT * FROM items;
        ALTER TABLE items RENAME TO old_items;
        ALTER TABLE new_items RENAME TO items;
        COMMIT;
    Good:
        BEGIN;
        LOCK TABLE items IN SHARE MODE;
        CREATE TABLE new_items AS SELECT * FROM items;
        ALTER TABLE items RENAME TO old_items;
        ALTER TABLE new_items RENAME TO items;
        COMMIT;
    Reference:
        https://www.postgresql.org/docs/current/sql-lock.html
    """
    if facts.history.engine is not Engine.POSTGRESQL:
        return
    copies: dict[tuple[str, str], ActFacts] = {}
    for each in facts.acts:
        match each.act:
            case CreateTable(table=copy, reads=reads, is_of_query=True):
                pass
            case Change(verb="INSERT", table=copy, reads=reads) if not is_noticed(
                each, copy, settings
            ):
                pass
            case Rename(kind=Kind.TABLE, old=old, new=new) if (old, new) in copies:
                yield said(
                    copies.pop((old, new)),
                    f"what is written to `{new}` after it is copied is not in `{old}`, which takes"
                    " its place",
                    about=f"copy of {new}",
                )
                continue
            case _:
                continue
        for name in reads:
            is_held = each.session.held.get(name, 0) >= Lock.SHARE
            if is_noticed(each, name, settings) and not is_held:
                copies[copy, name] = each


RULES = (trigger_breaks_writes, copied_while_written)

"""Rules on who may read rows: row-level security, and functions that run as their owner."""

from collections.abc import Iterator

from launchready.facts.acts import CreateFunction, CreateTable, RowSecurity
from launchready.facts.migrations import ActFacts, Framework
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.saying import said
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(ActFacts, Severity.ERROR, of=(CreateTable,))
def new_table_without_rls(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A table of a Supabase project is created, and row-level security is not enabled on it.

    Supabase serves the schema `public` to the internet: whoever has the anonymous key, which is in
    every browser, can read and change all its rows.

    Enable row-level security in the same migration, and add the policies that the product needs.

    Bad:
        --- supabase/migrations/20260101000000_a.sql
        SELECT 1;
        === new
        --- supabase/migrations/20260102000000_b.sql
        CREATE TABLE notes (id bigint PRIMARY KEY, body text);
    Good:
        --- supabase/migrations/20260101000000_a.sql
        SELECT 1;
        === new
        --- supabase/migrations/20260102000000_b.sql
        CREATE TABLE notes (id bigint PRIMARY KEY, body text);
        ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON notes USING (auth.uid()::text = body);
    Reference:
        https://supabase.com/docs/guides/database/postgres/row-level-security
    """
    act = facts.act
    if facts.history.framework is not Framework.SUPABASE or not isinstance(act, CreateTable):
        return
    if "." in act.table or act.is_temporary or act.partition_of:
        return
    table = facts.end.tables.get(act.table)
    if table and not table.has_row_security:
        yield said(
            facts,
            f"`{act.table}` is open to everybody who has the anonymous key: row-level security is"
            " not enabled",
            about=f"rls {act.table}",
            fix=f"Add `ALTER TABLE {act.table} ENABLE ROW LEVEL SECURITY;` and its policies.",
        )


@rule(ActFacts, Severity.WARNING, of=(RowSecurity,))
def rls_enabled_no_policy(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """Row-level security is enabled on a table in use that has no policy.

    Every role but the owner sees no rows from that moment: the product looks empty.

    Add the policies in the same migration.

    Bad:
        ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
    Good:
        ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON orders USING (user_id = 7);
    Reference:
        https://www.postgresql.org/docs/current/ddl-rowsecurity.html
    """
    act = facts.act
    if not isinstance(act, RowSecurity) or not act.is_enabled:
        return
    table, old = facts.end.tables.get(act.table), facts.before.tables.get(act.table)
    if table and not table.policies and old and not old.is_new and old.is_whole:
        yield said(
            facts,
            f"`{act.table}` has no policy: every role but its owner sees no rows from now on",
            about=f"policy {act.table}",
        )


@rule(ActFacts, Severity.ERROR, of=(RowSecurity,))
def disable_rls(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """Row-level security is switched off.

    Whoever can reach the table, through an API with the anonymous key for example, sees and changes
    all rows.

    Leave it on, and write a policy that allows what is needed.

    Bad:
        ALTER TABLE orders DISABLE ROW LEVEL SECURITY;
    Good:
        CREATE POLICY readable ON orders FOR SELECT USING (true);
    Reference:
        https://www.postgresql.org/docs/current/ddl-rowsecurity.html
    """
    act = facts.act
    if not isinstance(act, RowSecurity) or act.is_enabled is not False:
        return
    table = facts.end.tables.get(act.table)
    if table is None or not table.has_row_security:
        yield said(
            facts,
            f"whoever can reach `{act.table}` sees and changes all its rows from now on",
            about=f"rls {act.table}",
        )


@rule(ActFacts, Severity.WARNING, of=(CreateFunction,))
def security_definer_search_path(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A function runs with its owner's rights and looks names up on the caller's search_path.

    A caller who can create a table or function in any schema on it makes the owner run that one.

    Add `SET search_path = ''` and name the schema of everything in it.

    Bad:
        CREATE FUNCTION wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM items';
    Good:
        CREATE FUNCTION wipe() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = ''
          AS 'DELETE FROM public.items';
    Reference:
        https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY
    """
    act = facts.act
    if isinstance(act, CreateFunction) and act.is_security_definer and not act.sets_search_path:
        yield said(
            facts,
            f"`{act.name}` runs as its owner, on the caller's search_path",
            about=f"definer {act.name}",
        )


RULES = (new_table_without_rls, rls_enabled_no_policy, disable_rls, security_definer_search_path)

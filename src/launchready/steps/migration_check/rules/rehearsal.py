"""Rules on what a rehearsal saw and the reading of the files did not."""

from collections.abc import Iterator

from launchready.facts.migrations import ActFacts
from launchready.facts.rehearsal import STAND_IN, RehearsalFacts, Side
from launchready.model import Evidence, FileLocation, Finding, Severity
from launchready.step import rule
from launchready.steps.migration_check.saying import is_noticed, named, said
from launchready.steps.migration_check.settings import MigrationCheckSettings


@rule(RehearsalFacts, Severity.ERROR)
def migration_fails(facts: RehearsalFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A migration fails on a database that has rows.

    It passes in tests, where tables are empty, and stops the deploy on production.

    Mend the rows in the migration before the statement that fails, or let it accept them.

    Bad:
        ALTER TABLE users ADD CONSTRAINT grown_up CHECK (age > 1000000);
    Good:
        ALTER TABLE users ADD CONSTRAINT born CHECK (age >= 0);
    Reference:
        https://www.postgresql.org/docs/current/errcodes-appendix.html
    """
    if facts.side is Side.UP:
        what = "the server refuses this" if facts.sqlstate else "its command fails"
        yield _told(facts, f"{what}: {_why(facts)}{_half(facts)}", "fails")


@rule(RehearsalFacts, Severity.ERROR)
def down_fails(facts: RehearsalFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """The down of a migration fails.

    A rollback stops half way, in the middle of the incident that it should have ended.

    Mend the down, or say that there is none and plan for the way forward.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- migrations/0001_a.down.sql
        DROP TABLE users;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE users ADD COLUMN name text;
        --- migrations/0002_b.down.sql
        ALTER TABLE users DROP COLUMN names;
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- migrations/0001_a.down.sql
        DROP TABLE users;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE users ADD COLUMN name text;
        --- migrations/0002_b.down.sql
        ALTER TABLE users DROP COLUMN name;
    Reference:
        https://www.postgresql.org/docs/current/errcodes-appendix.html
    """
    if facts.side is Side.DOWN:
        yield _told(facts, f"its down fails: {_why(facts)}", "down fails")


@rule(RehearsalFacts, Severity.ERROR)
def down_does_not_restore(
    facts: RehearsalFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """After the down of a migration the schema is not what it was.

    The old release meets a database that it was never tested with, and the next up may fail.

    Let the down undo everything that the up does.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
        --- migrations/0001_a.down.sql
        DROP TABLE users;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE users ADD COLUMN plan text;
        CREATE INDEX users_plan ON users (name);
        --- migrations/0002_b.down.sql
        ALTER TABLE users DROP COLUMN plan;
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
        --- migrations/0001_a.down.sql
        DROP TABLE users;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE users ADD COLUMN plan text;
        CREATE INDEX users_plan ON users (name);
        --- migrations/0002_b.down.sql
        DROP INDEX users_plan;
        ALTER TABLE users DROP COLUMN plan;
    Reference:
        https://martinfowler.com/articles/evodb.html
    """
    if facts.not_restored:
        first, *more = facts.not_restored
        rest = f", and {len(more)} more differences" if more else ""
        yield _told(facts, f"after its down the schema {first}{rest}", "not restored")


@rule(RehearsalFacts, Severity.WARNING)
def down_loses_data(facts: RehearsalFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """After a migration and its down, columns no longer hold what they held.

    A rollback loses customers' data, without an error.

    Keep what the up takes away until nobody would roll back any more: add beside, copy, and drop a
    release later.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY, name text);
        --- migrations/0001_a.down.sql
        DROP TABLE users;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE users DROP COLUMN name;
        --- migrations/0002_b.down.sql
        ALTER TABLE users ADD COLUMN name text;
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY, name text);
        --- migrations/0001_a.down.sql
        DROP TABLE users;
        === new
        --- migrations/0002_b.up.sql
        ALTER TABLE users ADD COLUMN title text;
        --- migrations/0002_b.down.sql
        ALTER TABLE users DROP COLUMN title;
    Reference:
        https://martinfowler.com/bliki/ParallelChange.html
    """
    if facts.rows_lost:
        what = named(facts.rows_lost)
        yield _told(facts, f"after its down {what} no longer hold what they held", "rows lost")


@rule(RehearsalFacts, Severity.WARNING)
def reup_fails(facts: RehearsalFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """A migration fails when it is run again after its down.

    After a rollback the next deploy stops.

    Let the down undo everything that the up does.

    Bad:
        --- migrations/0001_a.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- migrations/0001_a.down.sql
        DROP TABLE users;
        === new
        --- migrations/0002_b.up.sql
        CREATE TYPE mood AS ENUM ('sad');
        --- migrations/0002_b.down.sql
        SELECT 1;
    Good:
        --- migrations/0001_a.up.sql
        CREATE TABLE users (id bigint PRIMARY KEY);
        --- migrations/0001_a.down.sql
        DROP TABLE users;
        === new
        --- migrations/0002_b.up.sql
        CREATE TYPE mood AS ENUM ('sad');
        --- migrations/0002_b.down.sql
        DROP TYPE mood;
    Reference:
        https://martinfowler.com/articles/evodb.html
    """
    if facts.side is Side.UP_AGAIN:
        yield _told(facts, f"it cannot run again after its down: {facts.error}", "up again")


@rule(RehearsalFacts, Severity.ERROR)
def old_code_breaks(facts: RehearsalFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """After a migration something that the running release does with a table fails.

    Customers meet the error until the new release has taken over, and again after a rollback.

    Change the code first, or keep what it uses for one release.

    Bad:
        ALTER TABLE orders ADD CONSTRAINT no_new CHECK (id < 0) NOT VALID;
    Good:
        ALTER TABLE orders ADD CONSTRAINT some_new CHECK (total >= -1) NOT VALID;
    Reference:
        https://martinfowler.com/bliki/ParallelChange.html
    """
    seen = set()
    queries = [probe for probe in facts.probes if not probe.table]
    for probe in queries[:_MOST_QUERIES]:
        more = f" (and {len(queries) - 1} more of its queries)" if len(queries) > 1 else ""
        yield _told(
            facts,
            f"the running release's query at {probe.source} fails: {probe.error}{more}",
            f"breaks {probe.source}",
        )
    for probe in facts.probes:
        if not probe.table or probe.names & facts.expected or probe.table in seen:
            continue
        seen.add(probe.table)
        yield _told(
            facts,
            f"what the running release {probe.source} in `{probe.table}` fails: {probe.error}",
            f"breaks {probe.table}",
        )


@rule(ActFacts, Severity.ERROR)
def table_rewrite_by_other_means(
    facts: ActFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A rehearsal saw a table written anew, or read whole, under a lock that keeps others out.

    The reading of the migration did not tell; on production's rows it lasts accordingly.

    Split the statement, or do it in steps that the server does without a rewrite.

    Bad:
        DO $$ DECLARE wide text; BEGIN
          SELECT typname INTO wide FROM pg_type WHERE typname = 'int8';
          EXECUTE 'ALTER TABLE users ALTER COLUMN age TYPE ' || wide;
        END $$;
    Good:
        DO $$ DECLARE wide text; BEGIN
          SELECT typname INTO wide FROM pg_type WHERE typname = 'int8';
        END $$;
    Reference:
        https://www.postgresql.org/docs/current/explicit-locking.html
    """
    done = facts.rehearsed
    if done is None or (facts.beside and facts.act is not facts.beside[0]):
        return
    for table in dict.fromkeys((*done.rewrites, *done.scans)):
        lock = done.locks.get(table)
        if table in facts.expected or not lock or not lock.blocks_writes:
            continue
        if is_noticed(facts, table, settings):
            how = "writes it anew" if table in done.rewrites else "reads all of it"
            with_ = f"with LOCK={done.sharing}" if done.sharing else f"under {lock.label}"
            yield said(
                facts,
                f"the server {how} {with_}: `{table}`, {lock.stops} stop meanwhile",
                about=f"seen {table}",
            )


@rule(RehearsalFacts, Severity.ERROR)
def code_works_under_lock(
    facts: RehearsalFacts, settings: MigrationCheckSettings
) -> Iterator[Finding]:
    """A rehearsal by the project's command saw code work on a table while a lock keeps others out.

    What a data migration does with rows lasts as long as there are many: with the lock of a
    statement before it, or of a rewrite that nobody wrote down, the site stands still meanwhile.

    Put the work on rows into a migration of its own, in batches, outside of a transaction.

    Bad:
        --- shop/migrations/0001_initial.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel("Order", [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("note", models.TextField(null=True)),
                ]),
            ]
        === new
        --- shop/migrations/0002_note.py
        from django.db import migrations, models

        def fill(apps, editor):
            apps.get_model("shop", "Order").objects.update(note=models.F("id"))

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [
                migrations.AddField("Order", "copy", models.TextField(null=True)),
                migrations.RunPython(fill, migrations.RunPython.noop),
            ]
    Good:
        --- shop/migrations/0001_initial.py
        from django.db import migrations, models

        class Migration(migrations.Migration):
            operations = [
                migrations.CreateModel("Order", [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("note", models.TextField(null=True)),
                ]),
            ]
        === new
        --- shop/migrations/0002_note.py
        from django.db import migrations, models

        def fill(apps, editor):
            apps.get_model("shop", "Order").objects.update(note=models.F("id"))

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [
                migrations.RunPython(fill, migrations.RunPython.noop),
            ]
    Reference:
        https://docs.djangoproject.com/en/5.2/howto/writing-migrations/#non-atomic-migrations
    """
    done = facts.whole
    if done is None:
        return
    small = {*facts.known, *settings.small}
    held = {name: lock for name, lock in facts.held.items() if name not in settings.small}
    for table, count in facts.late.items():
        if table not in small and held:
            other = table if table in held else max(held, key=lambda name: held[name])
            yield _told(
                facts,
                f"the project's code writes {count} rows of `{table}` while it holds"
                f" {held[other].label} on `{other}`: {held[other].stops} stop meanwhile",
                f"late {table}",
            )
    for table in dict.fromkeys((*done.rewrites, *done.scans)):
        lock = done.locks.get(table)
        if table not in small and table not in facts.late and lock and lock.blocks_writes:
            how = "writes it anew" if table in done.rewrites else "reads all of it"
            yield _told(
                facts,
                f"the server {how} under {lock.label}: `{table}`, {lock.stops} stop meanwhile",
                f"seen {table}",
            )


@rule(ActFacts, Severity.NOTE)
def refuted_by_rehearsal(facts: ActFacts, settings: MigrationCheckSettings) -> Iterator[Finding]:
    """The reading of a migration expected a rewrite or a whole read that the server did not do.

    It is told so that nobody takes the silence for an oversight.

    Nothing has to be done.

    Bad:
        DO $$ BEGIN
          IF current_setting('server_version_num')::int < 90000 THEN
            ALTER TABLE users ALTER COLUMN age TYPE bigint;
          END IF;
        END $$;
    Good:
        ALTER TABLE users ADD COLUMN copy text DEFAULT 'a';
    Reference:
        https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
    """
    for words in facts.refuted:
        yield said(facts, f"on the server {words}, although it seemed so", about=f"refuted {words}")


_MOST_QUERIES = 10


def _why(facts: RehearsalFacts) -> str:
    return f"{facts.error} ({facts.sqlstate})" if facts.sqlstate else facts.error


def _half(facts: RehearsalFacts) -> str:
    """What of a migration that fails stays, where no transaction takes it back."""
    if not facts.left:
        return ""
    first, *more = facts.left
    rest = f", and {len(more)} more differences" if more else ""
    return f"; what ran before it stays: the schema {first}{rest}"


def _told(facts: RehearsalFacts, message: str, about: str) -> Finding:
    place = facts.location if facts.side is Side.UP else FileLocation(path=facts.path, line=1)
    caveat = f" (seen on {facts.server})" if STAND_IN in facts.server else ""
    return Finding(
        message=f"{message}{caveat}",
        location=place,
        identity=f"{facts.path} {about}",
        evidence=Evidence(measured=(("rehearsed on", facts.server),)),
    )


RULES = (
    migration_fails,
    down_fails,
    down_does_not_restore,
    down_loses_data,
    reup_fails,
    old_code_breaks,
    table_rewrite_by_other_means,
    code_works_under_lock,
    refuted_by_rehearsal,
)
"""They are silent without `--rehearse`."""
